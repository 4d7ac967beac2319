"""The lists of questions of the guide, which are dragged into order, and of interviewer turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from ikt_coder.services.interview_guide.rows import AskedTurn, QuestionRow
from ikt_coder.ui.counting import counted
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel

Index = QModelIndex | QPersistentModelIndex
QUESTION = "application/x-ikt-question"
"""A question that is dragged: its key in hexadecimal."""
DIGITS = 9
"""So many questions are chosen by their number."""


class QuestionsModel(RowsModel[QuestionRow]):
    """``moved`` is told of a question that fell before another one, or (None) at the end."""

    def __init__(self, moved: Callable[[UUID, UUID | None], None], parent: QObject) -> None:
        super().__init__(parent)
        self._moved = moved
        self.stages: Mapping[UUID, str] = {}

    def show_rows(self, rows: Iterable[QuestionRow], stages: Mapping[UUID, str]) -> None:
        self.stages = stages
        self.put(rows)

    def shown(self, row: QuestionRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.rows.index(row) + 1}. {row.name}"
        if role == ItemRole.SUBTITLE:
            parts = [row.text] if row.label else []
            parts += [self.stages[key] for key in row.stages if key in self.stages]
            return " · ".join(parts) or None
        if role == ItemRole.COUNT:
            return str(row.turns) if row.turns else ""
        if role == ItemRole.KEY:
            return row.id
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.note or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            asked = counted(
                row.turns, self.tr("asked by 1 turn"), self.tr("asked by {count} turns")
            )
            return f"{self.rows.index(row) + 1}. {row.name}, {asked}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid():
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled  # between two questions, never onto one

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [QUESTION]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(QUESTION, self.rows[indexes[0].row()].id.hex.encode("ascii"))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not data.hasFormat(QUESTION) or parent.isValid():
            return False
        key = UUID(hex=bytes(data.data(QUESTION).data()).decode("ascii"))
        before = self.rows[row].id if 0 <= row < len(self.rows) else None
        if before != key:
            self._moved(key, before)
        return False  # the rows are read anew: the view has nothing to remove


class TurnsModel(RowsModel[AskedTurn]):
    """The interviewer's turns of a document; those a gesture would accept stand out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: dict[UUID, str] = {}
        self._least = 1.0

    def show_turns(
        self, rows: Iterable[AskedTurn], questions: Iterable[QuestionRow], least: float
    ) -> None:
        """``least``: the likeness from which a proposal would be accepted with the others."""
        self._names = {row.id: f"{at}. {row.name}" for at, row in enumerate(questions, start=1)}
        self._least = least
        self.put(rows)

    def set_least(self, least: float) -> None:
        self._least = least
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def accepted(self) -> dict[UUID, UUID | None]:
        """What accepting all proposals that are shown strong would say."""
        return {
            row.turn: row.proposed
            for row in self.rows
            if row.proposed is not None and row.likeness >= self._least
        }

    def says(self, row: AskedTurn) -> str:
        """What is known of a turn, in words."""
        if row.reviewed:
            if row.question is None:
                return self.tr("None of the guide")
            return self._names.get(row.question, "")
        if row.proposed is None:
            return self.tr("Not looked at; no question is like it")
        return self.tr("Proposed: {question} ({percent} % alike)").format(
            question=self._names.get(row.proposed, ""), percent=round(row.likeness * 100)
        )

    def shown(self, row: AskedTurn, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(row.words.split())
        if role == ItemRole.SUBTITLE:
            return self.says(row)
        if role == ItemRole.SIGN:
            if row.reviewed:
                return "✓" if row.question is not None else "–"
            return "?" if row.proposed is not None else " "
        if role == ItemRole.SIGN_COLOUR:
            return "accent" if row.reviewed else "dim"
        if role == ItemRole.STRONG:
            return row.turn in self.accepted()
        if role == ItemRole.KEY:
            return row.turn
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}. {self.says(row)}"
        return None
