"""The memos as rows of a list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt

from ikt_coder.core.words import MemoKind
from ikt_coder.services.memo_links import MemoTopic, Topic
from ikt_coder.services.project import Project
from ikt_coder.services.rows import MemoRow
from ikt_coder.ui.memos import wording
from ikt_coder.ui.memos.place import place_of
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel


class MemoModel(RowsModel[MemoRow]):
    """Memos, newest change first; under each its kind, its place and its day."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._under: dict[UUID, str] = {}

    def show(self, kind: MemoKind | None, query: str, *, ask: bool, phase: str = "") -> None:
        """Read the memos of a kind (None: all) that hold ``query``; ``ask``: only those on
        which the others are asked something; ``phase``: those of a phase of the analysis."""
        rows = list(self._project.memos.all(kind, query))
        if kind in (None, MemoKind.NOTE):
            rows += self._project.memos.of_codings(query)
            rows.sort(key=lambda row: row.changed, reverse=True)
        self._under.clear()
        if phase:
            linked = set(self._project.memo_links.about(MemoTopic(Topic.PHASE, phase)))
            rows = [row for row in rows if row.id in linked]
        self.put(row for row in rows if row.ask or not ask)

    def place_of_memo(self, memo: MemoRow) -> int:
        """The row that shows a memo; -1 where none does."""
        return next((at for at, row in enumerate(self.rows) if row.id == memo.id), -1)

    def shown(self, row: MemoRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.heading(row)
        if role == ItemRole.SUBTITLE:
            return self._subtitle(row)
        if role == ItemRole.BADGE:
            return row.coder_initials
        if role == ItemRole.SIGN:
            return "?" if row.ask else None
        if role == ItemRole.SIGN_COLOUR:
            return "accent"
        if role == ItemRole.STRONG:
            return bool(row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (wording.heading(row), self._subtitle(row), row.coder_initials)
            return ", ".join(part for part in parts if part)
        return None

    def _subtitle(self, row: MemoRow) -> str:
        # Places are looked up for the rows that are seen only.
        if row.id not in self._under:
            private = row.kind is MemoKind.REFLEXIVE and not row.shared
            words = [
                f"{wording.kind_word(row.kind)}, "
                f"{wording.place_words(self._project, place_of(row))}",
                wording.day_words(row),
            ]
            if private:
                words.append(self.tr("only you see it"))
            if row.ask:
                words.append(self.tr("asks the others"))
            self._under[row.id] = " · ".join(words)
        return self._under[row.id]
