"""Words or phrases with how often, by how many and where they are said."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ikt_coder.services.word_rows import WordRow, WordTable
from ikt_coder.ui.counting import figure

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FIELDS = ("text", "count", "participants", "documents")


class WordModel(QAbstractTableModel):
    """Sorted by any column; filtered by letters."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[WordRow] = []
        self._all: tuple[WordRow, ...] = ()
        self._words = ""
        self._sorted = (1, Qt.SortOrder.DescendingOrder)

    def show(self, table: WordTable | None) -> None:
        """Show another table."""
        self._all = table.rows if table is not None else ()
        self._build()

    def filter(self, words: str) -> None:
        """Show only rows that hold these letters."""
        self._words = words.casefold().strip()
        self._build()

    def _build(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._words in row.text.casefold()]
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        column, order = self._sorted
        field = _FIELDS[column]
        descending = order == Qt.SortOrder.DescendingOrder
        if column:
            self._rows.sort(key=lambda row: row.text.casefold())
            self._rows.sort(key=lambda row: getattr(row, field), reverse=descending)
        else:
            self._rows.sort(key=lambda row: row.text.casefold(), reverse=descending)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = (column, order)
        self.layoutAboutToBeChanged.emit()
        self._order()
        self.layoutChanged.emit()

    def row(self, index: Index) -> WordRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(_FIELDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            value = getattr(row, _FIELDS[index.column()])
            return value if index.column() == 0 else figure(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return _RIGHT
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Said"),
                self.tr("Times"),
                self.tr("Participants"),
                self.tr("Documents"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        return None
