"""A lock and one calm sentence, where a view leaves out what is sealed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance

_SIDE = 14


class SealedNote(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._picture = QLabel(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("tone", "dim")
        self.words.setProperty("face", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(appearance.px(6))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        appearance.changed.connect(self._draw)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; an empty one hides the note."""
        if sentence and not self.words.text():
            self._draw()
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def _draw(self) -> None:
        look = self._appearance
        side, colour = look.px(_SIDE), look.colour("dim").name()
        self._picture.setPixmap(render("lock", colour, side, self.devicePixelRatioF()))
