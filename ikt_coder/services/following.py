"""What refers to a code or a coding that gives way follows to the one that stays.

Rows whose id is derived from what they refer to are made anew under the new id; where one stands
there already, the two are the same thing and it stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.model import (
    Base,
    Belief,
    BeliefCoding,
    CaseRating,
    CellCoding,
    CodeLink,
    Entity,
    EventLink,
    MatrixCell,
    MatrixColumn,
    MemoLink,
    Recommendation,
    Revisited,
    ThemeDomain,
)
from ikt_coder.model.derived import DERIVED, derived_key
from ikt_coder.storage.operation import Operation

_OF_CODES: tuple[tuple[type[Entity], str], ...] = (
    (CodeLink, "code_id"),
    (CodeLink, "target_id"),
    (CaseRating, "code_id"),
    (EventLink, "code_id"),
    (MemoLink, "code_id"),
    (ThemeDomain, "code_id"),
)
_OF_CODINGS: tuple[tuple[type[Entity], str], ...] = (
    (BeliefCoding, "coding_id"),
    (CellCoding, "coding_id"),
    (Revisited, "coding_id"),
    (MemoLink, "coding_id"),
)


def follow_code(op: Operation, gone: Iterable[UUID], stays: UUID) -> None:
    """Links, ratings, columns of matrices, domains of themes, belief statements and
    recommendations of codes that were merged into ``stays``.

    What was to be looked at again for the wording of a merged code is not: its codings are
    another code's now.
    """
    keys = list(gone)
    for entity, name in _OF_CODES:
        for key in keys:
            _move(op, entity, name, key, stays)
    op.execute(delete(CodeLink).where(CodeLink.code_id == CodeLink.target_id))
    for key in keys:
        _follow_columns(op, key, stays)
    for entity in (Belief, Recommendation):
        op.execute(update(entity).where(entity.code_id.in_(keys)).values(code_id=stays))


def follow_coding(op: Operation, gone: UUID, stays: UUID) -> None:
    """Places of a coding under belief statements, in matrices and in memos, and whether it was
    looked at again."""
    for entity, name in _OF_CODINGS:
        _move(op, entity, name, gone, stays)


def follow_group(op: Operation, group: str, name: str) -> None:
    """Ratings and summaries of a group of participants that is called ``name`` from now on.
    Where that group has a rating already it stays; two summaries become one."""
    if group == name:
        return
    _move(op, CaseRating, "group_name", group, name)
    for cell in (
        op.execute(select(MatrixCell.__table__).where(MatrixCell.group_name == group))
        .mappings()
        .all()
    ):
        _move_cell(op, dict(cell), {"group_name": name})


def _move(
    op: Operation, entity: type[Entity], name: str, gone: UUID | str, stays: UUID | str
) -> None:
    column = getattr(entity, name)
    for row in op.execute(select(entity.__table__).where(column == gone)).mappings().all():
        _renew(op, entity, dict(row), {name: stays})


def _renew(op: Operation, entity: type[Entity], row: dict[str, Any], new: dict[str, Any]) -> UUID:
    """Put a row in place of one of another id; returns the new id."""
    fresh = {**row, **new}
    table = entity.__tablename__
    key = derived_key(table, *(fresh[part] for part in DERIVED[table]))
    if not _there(op, entity, key):
        op.execute(insert(entity).values(**{**fresh, "id": key}))
    op.execute(delete(entity).where(entity.id == row["id"]))
    return key


def _there(op: Operation, entity: type[Base], key: UUID) -> bool:
    return (
        op.execute(select(entity.__table__.c.id).where(entity.__table__.c.id == key)).first()
        is not None
    )


def _follow_columns(op: Operation, gone: UUID, stays: UUID) -> None:
    """Columns of framework matrices with their cells. Where the code that stays has a column
    of its own, a summary that has no other goes there; two summaries become one."""
    for row in (
        op.execute(select(MatrixColumn.__table__).where(MatrixColumn.code_id == gone))
        .mappings()
        .all()
    ):
        column = derived_key("matrix_column", row["matrix_id"], stays)
        if not _there(op, MatrixColumn, column):
            op.execute(insert(MatrixColumn).values(**{**row, "id": column, "code_id": stays}))
        for cell in (
            op.execute(select(MatrixCell.__table__).where(MatrixCell.column_id == row["id"]))
            .mappings()
            .all()
        ):
            _move_cell(op, dict(cell), {"column_id": column})
        op.execute(delete(MatrixColumn).where(MatrixColumn.id == row["id"]))


def _move_cell(op: Operation, cell: dict[str, Any], new: dict[str, Any]) -> None:
    codings = list(
        op.execute(select(CellCoding.coding_id).where(CellCoding.cell_id == cell["id"])).scalars()
    )
    fresh = {**cell, **new}
    key = derived_key("matrix_cell", *(fresh[part] for part in DERIVED["matrix_cell"]))
    there = op.execute(select(MatrixCell.text).where(MatrixCell.id == key)).first()
    if there is not None and cell["text"] and cell["text"] not in there.text:
        text = f"{there.text}\n\n{cell['text']}".strip()
        op.execute(update(MatrixCell).where(MatrixCell.id == key).values(text=text, done=False))
    _renew(op, MatrixCell, cell, new)
    for coding in codings:
        pair = derived_key("cell_coding", key, coding)
        if not _there(op, CellCoding, pair):
            op.execute(insert(CellCoding).values(id=pair, cell_id=key, coding_id=coding))
