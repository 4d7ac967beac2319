"""What can be asked of a matrix."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.query import Query


class MatrixRows(StrEnum):
    PARTICIPANTS = "participants"
    DOCUMENTS = "documents"
    GROUPS = "groups"
    QUESTIONS = "questions"
    ATTRIBUTE = "attribute"


class MatrixCell(StrEnum):
    """What a cell says: whether there is any coding (1 or 0), or how many."""

    PRESENCE = "presence"
    REFERENCES = "references"
    PASSAGES = "passages"


@dataclass(frozen=True, slots=True)
class MatrixOptions:
    """``codes`` empty: all that are used. ``below``: parents also with their sub-codes, in a
    column of its own. ``turned``: codes in rows, for paper. ``query``: which codings are
    counted. ``attribute``: whose values are the rows, where these are those of an attribute."""

    rows: MatrixRows = MatrixRows.PARTICIPANTS
    codes: tuple[UUID, ...] = ()
    below: bool = False
    cell: MatrixCell = MatrixCell.PRESENCE
    turned: bool = False
    query: Query = field(default_factory=Query)
    attribute: UUID | None = None
