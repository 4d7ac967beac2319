"""Asks for a name beside what it is for."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.popover import Popover

_WIDTH = 260


class NamePopover(Popover):
    """One field; Enter gives the name, Esc gives none. Goes away by itself."""

    named = Signal(str)

    def __init__(self, appearance: Appearance, window: QWidget, label: str, name: str = "") -> None:
        super().__init__(appearance, window)
        px = appearance.px
        inside = QWidget(self)
        inside.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(12), px(10), px(12), px(12))
        column.setSpacing(px(4))
        words = QLabel(label, inside)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("face", "small")
        words.setWordWrap(True)
        self.field = QLineEdit(name, inside)
        self.field.setAccessibleName(label)
        self.field.selectAll()
        self.field.setMaxLength(300)
        column.addWidget(words)
        column.addWidget(self.field)
        self.body.addWidget(inside)
        self.closed.connect(self.deleteLater)

    def open_for(self, rect: QRect, anchor: QWidget) -> None:
        self.open_beside(rect, anchor, self.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            name = " ".join(self.field.text().split())
            event.accept()
            self.close_popover()
            if name:
                self.named.emit(name)
            return
        super().keyPressEvent(event)
