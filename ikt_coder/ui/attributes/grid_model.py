"""The grid of attributes as a model: rows sorted and filtered, values as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ikt_coder.core.words import AttributeKind
from ikt_coder.services.attribute_block import chosen
from ikt_coder.services.attribute_grid import AttributeGrid, GridOwner, sort_keys, text_of
from ikt_coder.services.attribute_values import AttributeRow, folded, shown_value
from ikt_coder.services.attributes import Place
from ikt_coder.ui.attributes.wording import attribute_in_words, nothing_word

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_TYPED = (AttributeKind.TEXT, AttributeKind.NUMBER, AttributeKind.DATE)
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITED = _READ | Qt.ItemFlag.ItemIsEditable
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Order = tuple[UUID | None, bool]
"""An attribute (None: the name) and whether the largest comes first."""


class GridModel(QAbstractTableModel):
    """``change`` carries out what was typed into a cell."""

    def __init__(
        self, change: Callable[[GridOwner, AttributeRow, str], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._change = change
        self._grid: AttributeGrid | None = None
        self._places: dict[UUID, int] | None = None
        self._typed: set[int] = set()
        self._shown: list[int] = []
        self._order: Order | None = None
        self._words = ""
        self._only: dict[UUID, frozenset[str]] = {}
        self.editable = True

    # -- what is shown ----------------------------------------------------------------------

    def show_grid(self, grid: AttributeGrid) -> None:
        """Show what was read. Rows stay where they are; new ones come last until the next
        sorting."""
        before = self._grid
        same = (
            before is not None
            and before.attributes == grid.attributes
            and [one.id for one in before.owners] == [one.id for one in grid.owners]
        )
        if not same:
            self.beginResetModel()
        stood = [before.owners[at].id for at in self._shown] if before is not None else []
        self._grid = grid
        self._typed = {at for at, one in enumerate(grid.attributes) if one.kind in _TYPED}
        self._places = None
        if same:
            self._tell_all()
            return
        known = {one.id for one in grid.attributes}
        self._only = {key: values for key, values in self._only.items() if key in known}
        if self._order is not None and self._order[0] not in known | {None}:
            self._order = None
        self._shown = self._wanted()
        if self._order is not None:
            place = {key: at for at, key in enumerate(stood)}
            self._shown.sort(key=lambda at: place.get(grid.owners[at].id, len(place)))
        self.endResetModel()

    def _tell_all(self) -> None:
        if self._shown and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    @property
    def grid(self) -> AttributeGrid | None:
        return self._grid

    @property
    def order(self) -> Order | None:
        """What rows are sorted by; None for their own order."""
        return self._order

    @property
    def only(self) -> Mapping[UUID, frozenset[str]]:
        """The values that rows must have, by attribute; kept ones, empty for nothing known."""
        return self._only

    def owner(self, row: int) -> GridOwner:
        assert self._grid is not None
        return self._grid.owners[self._shown[row]]

    def attribute(self, column: int) -> AttributeRow:
        assert self._grid is not None
        return self._grid.attributes[column]

    def stored(self, row: int, column: int) -> str:
        """A value as it is kept."""
        assert self._grid is not None
        return self._grid.cells[self._shown[row]][column]

    def shown(self, row: int, column: int) -> str:
        """A value as it is shown."""
        assert self._grid is not None
        return self._grid.shown(self._shown[row], column)

    def place(self, row: int, column: int) -> Place:
        return self.owner(row).id, self.attribute(column).id

    @property
    def _at(self) -> dict[UUID, int]:
        """Where each owner stands in what was read; put together when it is first asked for,
        which may be never."""
        if self._places is None:
            owners = self._grid.owners if self._grid is not None else ()
            self._places = {one.id: at for at, one in enumerate(owners)}
        return self._places

    def first_words(self, column: int, rows: int) -> set[str]:
        """What the first so many rows show in a column, each once."""
        if self._grid is None:
            return set()
        stored = {self._grid.cells[at][column] for at in self._shown[:rows]}
        return {shown_value(self.attribute(column), value) for value in stored}

    def row_of(self, owner: UUID) -> int:
        """The row of an owner; -1 where it is not shown."""
        at = self._at.get(owner)
        return self._shown.index(at) if at is not None and at in self._shown else -1

    def column_of(self, attribute: UUID) -> int:
        rows = self._grid.attributes if self._grid is not None else ()
        return next((at for at, one in enumerate(rows) if one.id == attribute), -1)

    def known(self, column: int) -> int:
        """Of how many owners a value is known, shown or not."""
        return sum(bool(row[column]) for row in self._grid.cells) if self._grid else 0

    def values(self, column: int) -> dict[str, int]:
        """The single values of an attribute as they are kept, with how many have them; the
        empty one stands for nothing known."""
        counts: dict[str, int] = {}
        attribute = self.attribute(column)
        for row in self._grid.cells if self._grid is not None else ():
            for one in chosen(attribute, row[column]) or ("",):
                counts[one] = counts.get(one, 0) + 1
        return counts

    def put(self, values: Mapping[Place, str]) -> None:
        """Take over values that were just written, as they are kept; no row moves."""
        assert self._grid is not None
        columns = {one.id: at for at, one in enumerate(self._grid.attributes)}
        rows = {at: row for row, at in enumerate(self._shown)} if len(values) > 1 else None
        for (owner, attribute), value in values.items():
            at, column = self._at[owner], columns[attribute]
            self._grid.cells[at][column] = value
            self._grid.texts[at] = text_of(self._grid, at)
            row = self.row_of(owner) if rows is None else rows.get(at, -1)
            if row >= 0:
                index = self.index(row, column)
                self.dataChanged.emit(index, index)

    # -- sorting and filtering --------------------------------------------------------------

    def sort_by(self, order: Order | None) -> None:
        """Sort rows now; later edits move none. None: the order of the project."""
        self._order = order
        self.beginResetModel()
        self._shown = self._sorted(self._wanted())
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only rows whose name or values hold these letters."""
        self._words = words.casefold().strip()
        self._narrow()

    def show_only(self, attribute: UUID, values: frozenset[str]) -> None:
        """Show only rows that have one of these values; none of them ends it."""
        self._only.pop(attribute, None)
        if values:
            self._only[attribute] = values
        self._narrow()

    def show_every(self) -> None:
        self._only = {}
        self._narrow()

    def _narrow(self) -> None:
        self.beginResetModel()
        self._shown = self._sorted(self._wanted())
        self.endResetModel()

    def _wanted(self) -> list[int]:
        grid = self._grid
        if grid is None:
            return []
        wanted = list(range(len(grid.owners)))
        for key, values in self._only.items():
            column = self.column_of(key)
            attribute = grid.attributes[column]
            wanted = [
                at
                for at in wanted
                if not values.isdisjoint(chosen(attribute, grid.cells[at][column]) or ("",))
            ]
        if self._words:
            wanted = [at for at in wanted if self._words in grid.texts[at]]
        return wanted

    def _sorted(self, rows: list[int]) -> list[int]:
        grid = self._grid
        if grid is None or self._order is None:
            return rows
        attribute, descending = self._order
        if attribute is None:
            return sorted(rows, key=lambda at: folded(grid.owners[at].name), reverse=descending)
        column = self.column_of(attribute)
        row = grid.attributes[column]
        values = [grid.cells[at][column] for at in rows]
        keys = dict(zip(rows, sort_keys(row.kind, values), strict=True))
        # Where nothing is known, the row stands last both ways.
        known = [at for at in rows if not keys[at][0]]
        unknown = [at for at in rows if keys[at][0]]
        return sorted(known, key=lambda at: keys[at][1], reverse=descending) + unknown

    # -- what Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self._grid is None else len(self._grid.attributes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._grid is None:
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.attribute(column).kind is AttributeKind.NUMBER else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.shown(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            value = self.shown(row, column) or nothing_word()
            return f"{self.owner(row).name}, {self.attribute(column).name}: {value}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, column = index.row(), index.column()
        if str(value).strip() == self.shown(row, column):
            return True
        return self._change(self.owner(row), self.attribute(column), str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Choices are not typed; a list of them opens beside the cell. Asked for every cell of
        # what is chosen, so nothing is worked out here.
        column = index.column()
        if column < 0:
            return Qt.ItemFlag.NoItemFlags
        return _EDITED if self.editable and column in self._typed else _READ

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._grid is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            if not 0 <= section < len(self._shown):
                return None
            owner = self.owner(section)
            if role == Qt.ItemDataRole.DisplayRole:
                return owner.name
            if role == Qt.ItemDataRole.ToolTipRole:
                return " · ".join(part for part in (owner.name, owner.below) if part)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return None
        if not 0 <= section < len(self._grid.attributes):
            return None
        attribute = self.attribute(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if self._order is not None and self._order[0] == attribute.id:
                return f"{attribute.name} {'↓' if self._order[1] else '↑'}"
            return attribute.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return attribute_in_words(attribute)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = attribute.kind is AttributeKind.NUMBER
            return _RIGHT if number else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
