"""The rows of the queue, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from ikt_coder.services.settling_rows import Item, ItemState
from ikt_coder.ui.comparison.columns.differing import ICONS
from ikt_coder.ui.comparison.columns.item_words import row_words, spoken, title_words
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.comparison.settle.queue_order import needs_somebody
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate

Index = QModelIndex | QPersistentModelIndex

_MOST_HEIGHTS = 40_000
_PAGE = 80
_STATE_ICONS = {
    ItemState.SETTLED: ("check", "accent"),
    ItemState.DEFERRED: ("deferred", "dim"),
    ItemState.UNCLEAR: ("unsure", "dim"),
    ItemState.CLASH: ("warning", "danger"),
}


def icon_of(item: Item) -> tuple[str, str]:
    """The icon of a row and the role of its colour: its class while open, then its state."""
    return _STATE_ICONS.get(item.state, (ICONS[item.kind], "ink"))


class QueueModel(RowsModel[Item]):
    """Items in the order of the queue.

    Rows are handed out some at a time: thousands must not be measured before one is seen.
    """

    study: Study | None = None
    _at: dict[UUID, int] = {}
    _given = 0
    wanted: Callable[[Item], bool] = staticmethod(needs_somebody)
    """What is still to be decided, by who sits here."""

    def put_items(self, items: list[Item], study: Study) -> None:
        """Show these instead."""
        self.study = study
        self._at = {item.id: at for at, item in enumerate(items)}
        self._given = min(len(items), _PAGE)
        self.put(items)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._given

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._given < len(self.rows)

    def fetchMore(self, parent: Index) -> None:
        self.give(self._given + _PAGE)

    def give(self, rows: int) -> None:
        """Hand out at least so many rows."""
        rows = min(rows, len(self.rows))
        if rows > self._given:
            self.beginInsertRows(QModelIndex(), self._given, rows - 1)
            self._given = rows
            self.endInsertRows()

    def at(self, row: int) -> QModelIndex:
        """The index of a row, handed out now with some that follow it."""
        self.give(row + _PAGE // 2)
        return self.index(row)

    def place(self, item: UUID | None) -> int:
        """The row of an item; -1 where it is not in the queue."""
        return self._at.get(item, -1) if item is not None else -1

    def renew(self, item: Item) -> None:
        """Show an item as it is now."""
        at = self.place(item.id)
        if at >= 0:
            self.rows = (*self.rows[:at], item, *self.rows[at + 1 :])
            if at < self._given:
                index = self.index(at)
                self.dataChanged.emit(index, index)

    def after(self, item: UUID | None) -> int:
        """The row of the next item that is still open, from the beginning where none follows;
        -1 where none is left."""
        start = self.place(item) + 1
        places: list[int] = [*range(start, len(self.rows)), *range(start)]
        for at in places:
            if self.rows[at].id != item and self.wanted(self.rows[at]):
                return at
        return -1

    def shown(self, row: Item, role: int) -> Any:
        if self.study is None or role not in _SHOWN:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_words(row, short=True)
        if role == ItemRole.SUBTITLE:
            return row_words(row, self.study)
        if role == ItemRole.SIGN:
            return icon_of(row)[0]
        if role == ItemRole.SIGN_COLOUR:
            return icon_of(row)[1]
        if role == ItemRole.DIM:
            return not self.wanted(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, self.study)
        if role == ItemRole.KEY:
            return row.id
        return None


_SHOWN = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        ItemRole.SUBTITLE,
        ItemRole.SIGN,
        ItemRole.SIGN_COLOUR,
        ItemRole.DIM,
        ItemRole.KEY,
    )
)


class QueueDelegate(TreeRowDelegate):
    """Rows whose sign is an icon: a class of difference, or what became of it.

    Heights are kept: after each decision the view asks for those of all rows.
    """

    _heights: dict[tuple[object, ...], int] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model, view = index.model(), option.widget
        if not isinstance(model, QueueModel) or not isinstance(view, QAbstractItemView):
            return super().sizeHint(option, index)
        item, width = model.rows[index.row()], view.viewport().width()
        key = (item.id, item.state, item.decision, item.notes, width, self._appearance.text_size)
        if self._heights is None or len(self._heights) > _MOST_HEIGHTS:
            self._heights = {}
        height = self._heights.get(key)
        if height is None:
            height = self._heights[key] = self._row(index, width).height
        return QSize(self._appearance.px(48), height)

    def forget_heights(self) -> None:
        """Names changed: measure again."""
        self._heights = None

    def _paint_signs(self, painter: QPainter, index: Index, box: QRect, middle: float) -> None:
        look, px = self._appearance, self._appearance.px
        name = index.data(ItemRole.SIGN)
        if name:
            side = px(14)
            icon = look.icon(name, index.data(ItemRole.SIGN_COLOUR))
            icon.paint(painter, box.left() + px(13), round(middle - side / 2), side, side)
