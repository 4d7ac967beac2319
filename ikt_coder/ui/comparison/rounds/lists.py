"""The lists of the rounds page: rounds, and the log of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt

from ikt_coder.core.frozen import frozen
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.ui.comparison.rounds.wording import documents_words, mode_title, whole_state
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel


class RoundModel(RowsModel[RoundRow]):
    """The newest round stands first."""

    reflexive = False

    def put(self, rows: Iterable[RoundRow]) -> None:
        super().put(reversed(tuple(rows)))

    def index_of(self, round_: UUID | None) -> QModelIndex:
        for at, row in enumerate(self.rows):
            if row.id == round_:
                return self.index(at, 0)
        return QModelIndex()

    def shown(self, row: RoundRow, role: int) -> Any:
        under = " · ".join(
            (
                mode_title(row.mode, self.reflexive),
                documents_words(len(row.documents)),
                whole_state(row),
            )
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.SUBTITLE:
            return under
        if role == ItemRole.STRONG:
            return not row.complete or row.sealed
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {under}"
        return None


@frozen
class Logged:
    """An event in words."""

    words: str
    when: str
    later: bool  # after unsealing


class LogModel(RowsModel[Logged]):
    """The newest event stands first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def put(self, rows: Iterable[Logged]) -> None:
        super().put(reversed(tuple(rows)))

    def shown(self, row: Logged, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == ItemRole.SUBTITLE:
            return row.when
        if role == ItemRole.SIGN:
            return "!" if row.later else None
        if role == ItemRole.SIGN_COLOUR:
            return "barrier"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}, {row.when}"
        return None
