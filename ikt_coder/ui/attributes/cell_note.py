"""Words beside a cell: why a value was refused, and what is there still."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.placement import place_beside

_WIDTH = 300


class CellNote(QFrame):
    """Floats without taking the keyboard; whoever shows it takes it away again."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("surface", "paper")
        self.setProperty("line", "all")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("tone", "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self.words)
        self._seen = QTimer(self, singleShot=True, interval=0)
        self.hide()

    def dismiss(self) -> None:
        """Take the words away; not in the very event that has brought them."""
        if not self._seen.isActive():
            self.hide()

    def say(self, words: str, cell: QRect) -> None:
        """Show words beside ``cell`` (in the coordinates of the parent), never over it."""
        parent = self.parentWidget()
        assert parent is not None
        self.words.setText(words)
        width = self._appearance.px(_WIDTH)
        height = self.words.heightForWidth(width - 22) + 18
        self.setGeometry(place_beside(cell, QSize(width, height), parent.rect()))
        self.show()
        self.raise_()
        self._seen.start()
        announce(self, words, now=True)
