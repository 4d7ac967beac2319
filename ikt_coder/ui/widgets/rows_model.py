"""Rows of one kind as a Qt list, read anew as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowsModel(QAbstractListModel, Generic[Row]):
    """Holds what it was given last; says of each row what :meth:`shown` says."""

    rows: tuple[Row, ...] = ()

    def put(self, rows: Iterable[Row]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """The row of an index; None where it is not in the list."""
        return self.rows[index.row()] if index.isValid() else None

    def shown(self, row: Row, role: int) -> Any:
        """What a row shows in a role."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        return self.shown(row, role) if row is not None else None
