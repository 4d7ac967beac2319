"""Cases side by side: ratings and the framework matrix.

A case is a participant, a document, a study or a group of participants (by name); exactly one
of the four columns is set.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.model.base import Entity, Mapped, reference


class CaseRating(Entity):
    """How a construct works in a case: -2 to +2. ``value`` None with ``mixed`` False is Missing:
    somebody looked and there is nothing to rate. ``mixed`` goes with 0. Without ``coder_id`` it
    is the rating the raters settled on. The id is derived from case, code and coder."""

    __tablename__ = "case_rating"
    participant_id: Mapped[UUID | None] = reference("participant")
    document_id: Mapped[UUID | None] = reference("document")
    study_id: Mapped[UUID | None] = reference("study")
    group_name: Mapped[str | None]
    code_id: Mapped[UUID] = reference("code")
    value: Mapped[int | None]
    mixed: Mapped[bool]
    rationale: Mapped[str]
    coder_id: Mapped[UUID | None] = reference("coder")
    changed: Mapped[datetime]


class FrameworkMatrix(Entity):
    """A framework matrix; ``case_kind`` says what its rows are."""

    __tablename__ = "framework_matrix"
    name: Mapped[str]
    case_kind: Mapped[str]
    note: Mapped[str]
    position: Mapped[int]
    created: Mapped[datetime]


class MatrixColumn(Entity):
    """A code or a theme as a column; the id is derived from the matrix and it."""

    __tablename__ = "matrix_column"
    matrix_id: Mapped[UUID] = reference("framework_matrix")
    code_id: Mapped[UUID | None] = reference("code")
    theme_id: Mapped[UUID | None] = reference("theme")
    position: Mapped[int]


class MatrixCell(Entity):
    """The summary a person wrote for a case in a column; the id is derived from both."""

    __tablename__ = "matrix_cell"
    matrix_id: Mapped[UUID] = reference("framework_matrix")
    column_id: Mapped[UUID] = reference("matrix_column")
    participant_id: Mapped[UUID | None] = reference("participant")
    document_id: Mapped[UUID | None] = reference("document")
    study_id: Mapped[UUID | None] = reference("study")
    group_name: Mapped[str | None]
    text: Mapped[str]
    done: Mapped[bool]
    coder_id: Mapped[UUID | None] = reference("coder", on_delete="SET NULL")
    changed: Mapped[datetime]


class CellCoding(Entity):
    """A passage a summary rests on, pointed out by a person; the id is derived from both."""

    __tablename__ = "cell_coding"
    cell_id: Mapped[UUID] = reference("matrix_cell")
    coding_id: Mapped[UUID] = reference("coding")
