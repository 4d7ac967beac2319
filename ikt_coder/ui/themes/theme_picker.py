"""Move to theme…: type, Enter puts; an unknown name makes the theme."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QMargins, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.themes.snapshot import ThemesSnapshot
from ikt_coder.ui.themes.wording import count_words
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

_NONE, _NEW = "none", "new"


class ThemePicker(Popover):
    """One field and one list; arrows move the choice while the field keeps the keyboard."""

    picked = Signal(object)
    """The theme, or None for no theme."""
    new_wanted = Signal(str)
    """The name of a theme to be made."""

    def __init__(
        self,
        appearance: Appearance,
        snapshot: ThemesSnapshot,
        window: QWidget,
        *,
        without: UUID | None = None,
        out: str = "",
    ) -> None:
        """``without`` is left out of the list; ``out`` words the way to no theme, if there
        is one."""
        super().__init__(appearance, window)
        px = appearance.px
        self.body.setContentsMargins(
            self.body.contentsMargins() + QMargins(px(8), px(8), px(8), px(8))
        )
        self.body.setSpacing(6)
        self._snapshot = snapshot
        self._without = without
        self._out = out
        self.field = FilterField(appearance, self.tr("Find or create a theme"))
        self.list = RowList(appearance, self.tr("Themes"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.list.setFixedSize(px(300), px(220))
        self.body.addWidget(self.field)
        self.body.addWidget(self.list)
        self.setAccessibleName(self.tr("Move to theme"))
        self.field.textChanged.connect(self._fill)
        self.field.leave_asked.connect(self.close_popover)
        self.list.clicked.connect(self._take)
        self.field.enter_list_asked.connect(lambda: self._step(1))
        self._fill()

    def _fill(self) -> None:
        words = " ".join(self.field.text().split())
        wanted = words.casefold()
        self._model.clear()
        rows = [row for row in self._snapshot.themes if row.id != self._without]
        for row in rows:
            if wanted in row.name.casefold():
                indent = "" if wanted else "    " * self._snapshot.depth(row)
                self._add(indent + row.name, str(row.id), count_words(row, self._snapshot)[0])
        if self._out and not wanted:
            self._add(self._out, _NONE)
        if words and all(row.name.casefold() != wanted for row in self._snapshot.themes):
            self._add(self.tr("New theme “{name}”").replace("{name}", words), _NEW)
        self._choose(0)

    def _add(self, words: str, key: str, count: str = "") -> None:
        item = QStandardItem(words)
        item.setEditable(False)
        item.setData(key, ItemRole.KEY)
        if count:
            item.setData(count, ItemRole.COUNT)
        self._model.appendRow(item)

    def _step(self, by: int) -> None:
        self._choose(self.list.currentIndex().row() + by)

    def _choose(self, row: int) -> None:
        if self._model.rowCount():
            row = max(0, min(row, self._model.rowCount() - 1))
            self.list.selectionModel().setCurrentIndex(
                self._model.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        key = str(index.data(ItemRole.KEY))
        name = " ".join(self.field.text().split())
        self.close_popover()
        if key == _NEW:
            self.new_wanted.emit(name)
        else:
            self.picked.emit(None if key == _NONE else UUID(key))

    def open_at(self, anchor: QWidget) -> None:
        place = QRect(0, 0, anchor.width(), min(anchor.height(), 40))
        self.open_beside(place, anchor, self.field)
