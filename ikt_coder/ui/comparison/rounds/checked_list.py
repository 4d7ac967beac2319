"""A list in which several rows are ticked, with a field that narrows it where it is long."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance

_KEY = Qt.ItemDataRole.UserRole
_LONG = 9
_SHOWN = 6
_ROW = 28


class CheckedList(QWidget):
    """Space ticks the row at the keyboard."""

    changed = Signal()

    def __init__(
        self, appearance: Appearance, name: str, find: str, parent: QWidget | None = None
    ) -> None:
        """``name`` is what a screen reader calls the list, ``find`` stands in the field."""
        super().__init__(parent)
        self._appearance = appearance
        self.finder = QLineEdit(self)
        self.finder.setPlaceholderText(find)
        self.finder.setAccessibleName(find)
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(self._narrow)
        self.list = QListWidget(self)
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.setProperty("surface", "paper")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.px(6))
        column.addWidget(self.finder)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        appearance.changed.connect(self._measure)

    def put(self, rows: Iterable[tuple[UUID, str]], ticked: Iterable[UUID] = ()) -> None:
        """Show rows; those of ``ticked`` are ticked."""
        on = set(ticked)
        self.list.blockSignals(True)
        self.list.clear()
        for key, words in rows:
            item = QListWidgetItem(words, self.list)
            item.setData(_KEY, key)
            item.setToolTip(words)
            item.setSizeHint(QSize(0, self._appearance.px(_ROW)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.finder.setVisible(self.list.count() >= _LONG)
        self._measure()

    def ticked(self) -> tuple[UUID, ...]:
        """The ticked rows in their order, also those that are not shown now."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(
            item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def tick(self, key: UUID, on: bool = True) -> None:
        """Tick a row or take the tick away."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(_KEY) == key:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _narrow(self, words: str) -> None:
        wanted = words.strip().casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in item.text().casefold())

    def _measure(self) -> None:
        row = self._appearance.px(_ROW)
        count = min(max(self.list.count(), 1), _SHOWN)
        for at in range(self.list.count()):
            self.list.item(at).setSizeHint(QSize(0, row))
        self.list.setFixedHeight(count * row + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._appearance.set_focus_by_keyboard(True)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Who looks for a row means the row, not the dialog's button.
            self.list.setFocus()
            event.accept()
            return
        super().keyPressEvent(event)
