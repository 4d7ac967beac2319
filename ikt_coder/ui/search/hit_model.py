"""What a search found; the words around a hit are read when they are first painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ikt_coder.services.project import Project
from ikt_coder.services.search_rows import Hit, HitContext

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_AT_ONCE = 60
_AROUND = 160
"""Code points before and after a hit: more than two lines hold."""


class HitModel(QAbstractListModel):
    """Rows of hits. ``left_out`` holds those a person does not want coded, ``coded`` those
    that were coded since the search."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._hits: Sequence[Hit] = ()
        self._read: dict[int, HitContext] = {}
        self.left_out: set[int] = set()
        self.coded: set[int] = set()

    def show(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._hits = hits
        self._read = {}
        self.left_out, self.coded = set(), set()
        self.endResetModel()

    @property
    def hits(self) -> Sequence[Hit]:
        return self._hits

    def hit(self, row: int) -> Hit:
        return self._hits[row]

    def context(self, row: int) -> HitContext:
        """The hit with the words around it."""
        if row not in self._read:
            first = max(0, row - 5)
            rows = range(first, min(first + _AT_ONCE, len(self._hits)))
            missing = [at for at in rows if at not in self._read]
            found = self._project.search.contexts([self._hits[at] for at in missing], _AROUND)
            self._read.update(zip(missing, found, strict=True))
        return self._read[row]

    def wanted(self) -> list[int]:
        """The rows that are neither left out nor coded."""
        gone = self.left_out | self.coded
        return [row for row in range(len(self._hits)) if row not in gone]

    def toggle(self, rows: Sequence[int]) -> None:
        """Leave hits out, or take all of them in again where all were left out."""
        out = set(rows)
        if out <= self.left_out:
            self.left_out -= out
        else:
            self.left_out |= out
        self._tell(rows)

    def mark_coded(self, rows: Sequence[int]) -> None:
        self.coded |= set(rows)
        self._tell(rows)

    def forget_coded(self) -> None:
        """Nothing counts as coded any more (another code was chosen, or an act undone)."""
        rows = sorted(self.coded)
        self.coded = set()
        self._tell(rows)

    def _tell(self, rows: Sequence[int]) -> None:
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            found = self.context(index.row())
            return f"{found.before}{found.words}{found.after}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            found = self.context(index.row())
            state = self.tr("left out") if index.row() in self.left_out else ""
            if index.row() in self.coded:
                state = self.tr("coded")
            parts = [found.title, found.hit.speaker or "", found.words, state]
            parts.append(f"{found.before}{found.words}{found.after}")
            return ", ".join(part for part in parts if part)
        return None
