"""The files of an import with what will become of each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent

from ikt_coder.services.importing import Candidate
from ikt_coder.ui.exchange.wording import state_words
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex


class FileList(RowList):
    """Space takes a file in or leaves it out."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class FileModel(QAbstractListModel):
    """Candidates by row. A duplicate is left out until it is wanted, anything else readable
    is wanted until it is left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: list[Candidate] = []
        self._wanted: list[bool] = []

    def show_candidates(self, candidates: list[Candidate]) -> None:
        self.beginResetModel()
        self._candidates = list(candidates)
        self._wanted = [candidate.ready for candidate in candidates]
        self.endResetModel()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(self._candidates)

    def candidate(self, row: int) -> Candidate:
        return self._candidates[row]

    def replace(self, row: int, candidate: Candidate) -> None:
        """The candidate of a row has been read anew."""
        self._candidates[row] = candidate
        self._tell(row)

    def put_together(self, rows: list[int], merged: Candidate) -> int:
        """One candidate in the place of several; returns its row."""
        first = min(rows)
        for row in sorted(rows, reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._candidates[row], self._wanted[row]
            self.endRemoveRows()
        self._insert(first, merged)
        return first

    def take_apart(self, row: int) -> None:
        """The files of a merged candidate by themselves again."""
        parts = self._candidates[row].parts
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._candidates[row], self._wanted[row]
        self.endRemoveRows()
        for offset, part in enumerate(parts):
            self._insert(row + offset, part)

    def _insert(self, row: int, candidate: Candidate) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self._candidates.insert(row, candidate)
        self._wanted.insert(row, candidate.ready)
        self.endInsertRows()

    def is_wanted(self, row: int) -> bool:
        return self._wanted[row]

    def want(self, row: int, wanted: bool) -> None:
        if self._candidates[row].readable:
            self._wanted[row] = wanted
            self._tell(row)

    def _tell(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._candidates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        candidate, wanted = self._candidates[index.row()], self._wanted[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return candidate.name
        if role == ItemRole.SUBTITLE:
            return state_words(candidate, wanted)
        if role == ItemRole.SIGN:
            return "!" if candidate.error is not None else "✓" if wanted else "–"
        if role == ItemRole.SIGN_COLOUR:
            return "danger" if candidate.error is not None else "accent" if wanted else "dim"
        if role == ItemRole.DIM:
            return not wanted
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{candidate.name}, {state_words(candidate, wanted)}"
        if role == Qt.ItemDataRole.ToolTipRole and candidate.error is not None:
            return str(candidate.error)
        return None
