"""The codebook as a tree: inductive codes, then one heading per framework."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.codes.wording import codings_in_words
from ikt_coder.ui.transcript.ranking import Match, rank, same_name
from ikt_coder.ui.transcript.selection_mime import CODES, SELECTION
from ikt_coder.ui.widgets.roles import ItemRole

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()

# Put together once: the views ask for each row's flags again and again.
_HERE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TAKES = _HERE | Qt.ItemFlag.ItemIsDropEnabled
_GOES = _HERE | Qt.ItemFlag.ItemIsDragEnabled
_CHANGES = _GOES | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled


class Kind(StrEnum):
    """What a row of the tree is."""

    CODE = "code"
    HEADING = "heading"  # a framework's heading: a code that only groups
    INDUCTIVE = "inductive"  # stands over the codes of no framework; not in the project
    CREATE = "create"  # makes a code of the words in the field above


@dataclass(eq=False, repr=False, slots=True)
class Branch:
    """One row with what is below it."""

    kind: Kind
    row: CodeRow | None
    parent: Branch | None
    place: int
    number: int = 0
    below: list[Branch] = field(default_factory=list)
    runs: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> UUID | None:
        return self.row.id if self.row is not None else None

    @property
    def fold_name(self) -> str:
        """What the memory of folded branches knows this one by."""
        return str(self.key) if self.row is not None else self.kind.value


class CodeTreeModel(QAbstractItemModel):
    """Counts are kept apart from the codes, so that coding changes them without a new tree."""

    renamed = Signal(object, str)
    """A code and the new name that was typed for it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CodeRow, ...] = ()
        self._counts: Mapping[UUID, int] = {}
        self._sums: dict[UUID, int] = {}
        self._query = ""
        self._top = Branch(Kind.HEADING, None, None, 0)
        self._by_key: dict[UUID, Branch] = {}
        # Indexes carry numbers that are never used twice: one kept from an earlier tree
        # leads to nothing instead of to memory that is gone.
        self._by_number: dict[int, Branch] = {}
        self._last_number = 0
        self._best: UUID | None = None
        self.may_change = True

    # -- content ----------------------------------------------------------------------------

    def show(self, rows: Iterable[CodeRow], counts: Mapping[UUID, int]) -> bool:
        """Show these codes. Returns whether the tree was built anew; where only words,
        colours or counts differ, the rows are told to paint themselves again."""
        before, self._rows = self._rows, tuple(rows)
        if _shape(before) == _shape(self._rows) and not self._query:
            for row in self._rows:
                self._by_key[row.id].row = row
            self._tell([row.id for row, was in zip(self._rows, before, strict=True) if row != was])
            self.set_counts(counts)
            return False
        self._counts = counts
        self._build()
        return True

    def set_counts(self, counts: Mapping[UUID, int]) -> None:
        """Show other counts; only rows whose figures changed are painted again."""
        sums = self._summed(counts)
        changed = [
            row.id
            for row in self._rows
            if counts.get(row.id, 0) != self._counts.get(row.id, 0)
            or sums.get(row.id) != self._sums.get(row.id)
        ]
        self._counts, self._sums = counts, sums
        self._tell(changed)

    def set_query(self, query: str) -> None:
        """Show only codes that fit ``query`` with those above them."""
        query = " ".join(query.split())
        if query != self._query:
            self._query = query
            self._build()

    @property
    def query(self) -> str:
        return self._query

    @property
    def rows(self) -> tuple[CodeRow, ...]:
        return self._rows

    def row(self, code: UUID | None) -> CodeRow | None:
        branch = self._by_key.get(code) if code is not None else None
        if branch is not None:
            return branch.row
        return next((row for row in self._rows if row.id == code), None)

    def best(self) -> QModelIndex:
        """The code that fits the query best, or the row that creates one."""
        if self._best is not None:
            return self.index_of(self._best)
        last = self.rowCount() - 1
        return self.index(last, 0) if self._query and last >= 0 else QModelIndex()

    def branch(self, index: Index) -> Branch:
        return self._by_number.get(index.internalId(), self._top) if index.isValid() else self._top

    def key(self, index: Index) -> UUID | None:
        return self.branch(index).key if index.isValid() else None

    def kind(self, index: Index) -> Kind | None:
        return self.branch(index).kind if index.isValid() else None

    def index_of(self, code: UUID | None) -> QModelIndex:
        branch = self._by_key.get(code) if code is not None else None
        return self._index(branch) if branch is not None else QModelIndex()

    def branches(self) -> list[QModelIndex]:
        """Every row that has rows below it."""
        found: list[QModelIndex] = []
        waiting = list(self._top.below)
        while waiting:
            branch = waiting.pop()
            if branch.below:
                found.append(self._index(branch))
                waiting += branch.below
        return found

    def target(self, parent: Index, before: int) -> tuple[UUID | None, int | None]:
        """Where a drop before row ``before`` of ``parent`` (-1: onto it) puts codes: the new
        parent code (None: the top) and the position as ``CodeService.move`` counts it."""
        above = self.branch(parent)
        key = above.key
        sisters = [row for row in self._rows if row.parent == key]
        if before < 0 or not above.below:
            if above.kind is Kind.INDUCTIVE:
                own = [at for at, row in enumerate(sisters) if row.framework is None]
                return None, own[-1] + 1 if own else None
            return key, None
        shown = [branch for branch in above.below if branch.row is not None]
        if before < len(shown):
            return key, next(a for a, row in enumerate(sisters) if row.id == shown[before].key)
        if not shown:
            return key, None
        return key, next(a for a, row in enumerate(sisters) if row.id == shown[-1].key) + 1

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.beginResetModel()
        self._sums = self._summed(self._counts)
        runs: dict[UUID, tuple[tuple[int, int], ...]] = {}
        self._best = None
        if self._query:
            matches: Sequence[Match] = rank(self._query, self._rows)
            runs = {match.code.id: match.runs for match in matches}
            self._best = matches[0].code.id if matches else None
        self._top = Branch(Kind.HEADING, None, None, 0)
        self._by_key = {}
        self._by_number = {}
        grouped = any(row.framework is not None and not row.applicable for row in self._rows)
        inductive = self._top
        if grouped:
            inductive = self._add(Kind.INDUCTIVE, None, self._top)
        wanted = self._with_those_above(runs) if self._query else None
        for row in self._rows:
            if wanted is not None and row.id not in wanted:
                continue
            above = self._by_key.get(row.parent) if row.parent is not None else None
            if above is None:
                above = inductive if row.framework is None else self._top
            kind = Kind.CODE if row.applicable else Kind.HEADING
            branch = self._add(kind, row, above)
            branch.runs = runs.get(row.id, ())
            self._by_key[row.id] = branch
        if grouped and not inductive.below:
            self._top.below.remove(inductive)
            for place, branch in enumerate(self._top.below):
                branch.place = place
        if self._query and same_name(self._query, self._rows) is None and self.may_change:
            self._add(Kind.CREATE, None, self._top)
        self.endResetModel()

    def _add(self, kind: Kind, row: CodeRow | None, above: Branch) -> Branch:
        self._last_number += 1
        branch = Branch(kind, row, above, len(above.below), self._last_number)
        self._by_number[branch.number] = branch
        above.below.append(branch)
        return branch

    def _with_those_above(self, found: Iterable[UUID]) -> set[UUID]:
        parents = {row.id: row.parent for row in self._rows}
        wanted: set[UUID] = set()
        for code in found:
            step: UUID | None = code
            while step is not None and step not in wanted:
                wanted.add(step)
                step = parents.get(step)
        return wanted

    def _summed(self, counts: Mapping[UUID, int]) -> dict[UUID, int]:
        """Each code's count with its sub-codes: children stand after their parents."""
        sums = {row.id: counts.get(row.id, 0) for row in self._rows}
        for row in reversed(self._rows):
            if row.parent in sums:
                sums[row.parent] += sums[row.id]
        return sums

    def _tell(self, codes: Iterable[UUID]) -> None:
        for code in codes:
            branch = self._by_key.get(code)
            if branch is not None:
                index = self._index(branch)
                self.dataChanged.emit(index, index)

    def _index(self, branch: Branch) -> QModelIndex:
        return self.createIndex(branch.place, 0, branch.number)

    # -- the model --------------------------------------------------------------------------

    def rowCount(self, parent: Index = _TOP) -> int:
        return len(self.branch(parent).below)

    def columnCount(self, _parent: Index = _TOP) -> int:
        return 1

    def index(self, row: int, column: int, parent: Index = _TOP) -> QModelIndex:
        below = self.branch(parent).below
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self._index(below[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has no argument
        above = self.branch(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._top else self._index(above)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        branch = self.branch(index)
        if branch.row is None:
            return self._group_data(branch, role)
        return self._code_data(branch, branch.row, role)

    def _group_data(self, branch: Branch, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if branch.kind is Kind.CREATE:
                return self.tr("+ New code “{name}”").format(name=self._query)
            return self.tr("Inductive")
        if role == ItemRole.DIM:
            return True
        if role == ItemRole.COUNT and branch.kind is Kind.CREATE:
            return "↵"
        return branch.kind if role == ItemRole.KIND else None

    def _code_data(self, branch: Branch, row: CodeRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == ItemRole.KEY:
            return row.id
        if role == ItemRole.KIND:
            return branch.kind
        if branch.kind is Kind.HEADING:
            if role == ItemRole.DIM:
                return True
            if role == ItemRole.COUNT:
                return row.short_framework
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("{name}, framework").format(name=row.name)
            return None
        if role == ItemRole.COLOUR:
            return row.colour
        if role == ItemRole.PATTERN:
            return row.pattern
        if role == ItemRole.COUNT:
            return str(self._counts.get(row.id, 0))
        if role == ItemRole.BADGE:
            return str(row.pin) if row.pin is not None else None
        if role == ItemRole.MATCH:
            return _in_units(row.name, branch.runs) or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _hint(self, row: CodeRow) -> str:
        own, below = self._counts.get(row.id, 0), self._sums.get(row.id, 0)
        # The layer's may be other ones: themes and retrieval count those.
        lines = [row.name, self.tr("{codings} of yours").format(codings=codings_in_words(own))]
        if below != own:
            lines[-1] += self.tr("; {count} with sub-codes").format(count=below)
        if row.pin is not None:
            lines.append(self.tr("Key {digit}").format(digit=row.pin))
        return "\n".join(lines)

    def _spoken(self, row: CodeRow) -> str:
        parts = [row.name, codings_in_words(self._counts.get(row.id, 0))]
        if row.pin is not None:
            parts.append(self.tr("key {digit}").format(digit=row.pin))
        return ", ".join(parts)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self.key(index)
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or key is None or not name:
            return False
        self.renamed.emit(key, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        kind = self.kind(index)
        if kind is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        if kind in (Kind.CREATE, Kind.INDUCTIVE):
            return _TAKES if kind is Kind.INDUCTIVE and self.may_change else _HERE
        return _CHANGES if self.may_change else _GOES

    def mimeTypes(self) -> list[str]:
        return [CODES, SELECTION]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [row for index in indexes if (row := self.branch(index).row) is not None]
        data = QMimeData()
        data.setData(CODES, "\n".join(str(row.id) for row in rows).encode())
        data.setText("\n".join(row.name for row in rows))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def _shape(rows: Sequence[CodeRow]) -> list[tuple[UUID, UUID | None]]:
    return [(row.id, row.parent) for row in rows]


def _in_units(name: str, runs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Pieces counted in code points, as the delegate draws them."""
    return tuple((start, end) for start, end in runs if end <= len(name))
