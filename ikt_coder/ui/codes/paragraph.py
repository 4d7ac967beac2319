"""A paragraph of plain text that takes whatever width there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import refresh_face


class Paragraph(QLabel):
    """Wraps, can be copied with the pointer, and is hidden while it has nothing to say."""

    def __init__(
        self,
        *,
        tone: str = "",
        face: str = "",
        rich: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        if tone:
            self.setProperty("tone", tone)
        if face:
            self.setProperty("face", face)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, words: str) -> None:
        """Show ``words``; nothing hides the paragraph."""
        if words != self.text():
            self.setText(words)
        self.setVisible(bool(words))

    def set_tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        refresh_face(self)
