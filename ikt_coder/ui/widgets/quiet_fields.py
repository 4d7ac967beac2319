"""Fields with values to step through, which the wheel leaves alone.

The wheel scrolls the form they stand in. A field that took it would change what is set, in
passing and unseen, as soon as it came under the pointer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QSpinBox,
    QWidget,
)

_BEFORE_WORDS = 8
"""Pixels between a field's edge and its words, as the style sheet gives other fields: in those
with arrows Qt lays the words out without asking it."""

_ROWS_SHOWN = 40
"""A list of more rows scrolls on any screen."""


def _settle(field: QAbstractSpinBox) -> None:
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.lineEdit().setTextMargins(_BEFORE_WORDS, 0, 0, 0)


class QuietComboBox(QComboBox):
    """A list to choose from, opened by click or key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def showPopup(self) -> None:
        super().showPopup()
        self._show_whole()

    def _show_whole(self) -> None:
        """Give the open list the height of its rows, where the screen has it: Qt leaves out the
        edges that the style sheet draws, and would cut the last row for them."""
        view = self.view()
        if self.count() > _ROWS_SHOWN:
            return
        needed = sum(view.sizeHintForRow(row) for row in range(self.count()))
        popup, room = view.window(), self.screen().availableGeometry()
        layout = popup.layout()
        if popup is self.window() or layout is None:
            return
        for _ in range(2):  # once more after the arrows for scrolling went, which took room
            layout.activate()
            missing = needed - view.viewport().height()
            if not missing or popup.height() + missing > room.height():
                return
            place = popup.geometry()
            place.setHeight(place.height() + missing)
            place.moveBottom(min(place.bottom(), room.bottom()))
            popup.setGeometry(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class QuietSpinBox(QSpinBox):
    """A whole number, stepped by its arrows or by key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class QuietDoubleSpinBox(QDoubleSpinBox):
    """A number, stepped by its arrows or by key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class QuietDateEdit(QDateEdit):
    """A day, stepped by its arrows or by key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
