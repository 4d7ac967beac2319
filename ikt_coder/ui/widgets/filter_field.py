"""A field that filters the list under it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.key_hint import KeyHint


class FilterField(QLineEdit):
    """Placeholder, a key's hint while empty, a clear button while not.

    Esc clears first and then, in an empty field, asks to leave; Down asks to enter the list.
    """

    leave_asked = Signal()
    enter_list_asked = Signal()

    def __init__(
        self,
        appearance: Appearance,
        placeholder: str,
        shortcut: QKeySequence | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._hint = KeyHint(appearance, shortcut, self)
        self._clear = QToolButton(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setToolTip(self.tr("Clear the filter"))
        self._clear.setAccessibleName(self.tr("Clear the filter"))
        self._clear.clicked.connect(self.clear)
        appearance.set_icon(self._clear, "close", "dim")
        self.textChanged.connect(self._arrange)
        appearance.changed.connect(self._arrange)
        self._arrange()

    def clear_button(self) -> QToolButton:
        return self._clear

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.leave_asked.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.enter_list_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        empty = not self.text()
        self._clear.setVisible(not empty)
        self._hint.setVisible(empty and bool(self._hint.key()))
        px = self._appearance.px
        side = max(24, px(24))
        self._clear.setGeometry(
            self.width() - side - px(3), (self.height() - side) // 2, side, side
        )
        size = self._hint.sizeHint()
        place = QPoint(self.width() - size.width() - px(8), (self.height() - size.height()) // 2)
        self._hint.resize(size)
        self._hint.move(place)
        room = side if not empty else size.width() + px(6) if self._hint.key() else 0
        self.setTextMargins(0, 0, room, 0)
