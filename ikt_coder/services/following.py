"""What refers to a code or a coding that gives way follows to the one that stays.

Rows whose id is derived from what they refer to are made anew under the new id; where one stands
there already, the two are the same thing and it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    CodingLevel,
    Entity,
    EventLink,
    MatrixCell,
    MatrixColumn,
    MemoLink,
    Recommendation,
    Revisited,
    ThemeCode,
    ThemeCoding,
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
    (ThemeCode, "code_id"),
    (ThemeDomain, "code_id"),
)
_OF_CODINGS: tuple[tuple[type[Entity], str], ...] = (
    (BeliefCoding, "coding_id"),
    (CellCoding, "coding_id"),
    (CodingLevel, "coding_id"),
    (ThemeCoding, "coding_id"),
    (Revisited, "coding_id"),
    (MemoLink, "coding_id"),
)


Joined = Callable[[str, str], str]
"""The summary that two become: of the cell that stays, and of the one that comes to it."""


def one_below_the_other(there: str, comes: str) -> str:
    """The summary that stays first."""
    return f"{there}\n\n{comes}".strip()


def follow_code(
    op: Operation, gone: Sequence[UUID], stays: UUID, joined: Joined = one_below_the_other
) -> None:
    """Places in themes, their domains, links, ratings, columns of matrices, belief statements
    and recommendations of codes that were merged into ``stays``.

    What was to be looked at again for the wording of a merged code is not: its codings are
    another code's now.
    """
    for entity, name in _OF_CODES:
        _move(op, entity, name, gone, stays)
    op.execute(delete(CodeLink).where(CodeLink.code_id == CodeLink.target_id))
    _follow_columns(op, gone, stays, joined)
    for entity in (Belief, Recommendation):
        op.execute(update(entity).where(entity.code_id.in_(gone)).values(code_id=stays))


def follow_coding(op: Operation, gone: UUID, stays: UUID) -> None:
    """Levels of a coding, its places in themes, under belief statements, in matrices and in
    memos, and whether it was looked at again."""
    for entity, name in _OF_CODINGS:
        _move(op, entity, name, [gone], stays)


def follow_group(op: Operation, group: str, name: str) -> None:
    """Ratings and summaries of a group of participants that is called ``name`` from now on.
    Where that group has a rating already it stays; two summaries become one."""
    if group == name:
        return
    _move(op, CaseRating, "group_name", [group], name)
    for cell in _referring(op, MatrixCell, "group_name", [group]):
        _move_cell(op, cell, {"group_name": name}, one_below_the_other)


def _move(
    op: Operation,
    entity: type[Entity],
    name: str,
    gone: Sequence[UUID | str],
    stays: UUID | str,
) -> None:
    for row in _referring(op, entity, name, gone):
        _renew(op, entity, row, {name: stays})


def _referring(
    op: Operation, entity: type[Entity], name: str, gone: Sequence[UUID | str]
) -> list[dict[str, Any]]:
    """The rows that refer to what goes, in its order: of two that become one the first stays."""
    order = {key: at for at, key in enumerate(gone)}
    found = op.execute(select(entity.__table__).where(getattr(entity, name).in_(gone))).mappings()
    return sorted(map(dict, found), key=lambda row: order[row[name]])


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


def _follow_columns(op: Operation, gone: Sequence[UUID], stays: UUID, joined: Joined) -> None:
    """Columns of framework matrices with their cells. Where the code that stays has a column
    of its own, a summary that has no other goes there; two summaries become one."""
    for row in _referring(op, MatrixColumn, "code_id", gone):
        column = derived_key("matrix_column", row["matrix_id"], stays)
        if not _there(op, MatrixColumn, column):
            op.execute(insert(MatrixColumn).values(**{**row, "id": column, "code_id": stays}))
        for cell in _referring(op, MatrixCell, "column_id", [row["id"]]):
            _move_cell(op, cell, {"column_id": column}, joined)
        op.execute(delete(MatrixColumn).where(MatrixColumn.id == row["id"]))


def _move_cell(op: Operation, cell: dict[str, Any], new: dict[str, Any], joined: Joined) -> None:
    codings = list(
        op.execute(select(CellCoding.coding_id).where(CellCoding.cell_id == cell["id"])).scalars()
    )
    fresh = {**cell, **new}
    key = derived_key("matrix_cell", *(fresh[part] for part in DERIVED["matrix_cell"]))
    there = op.execute(select(MatrixCell.text).where(MatrixCell.id == key)).first()
    if there is not None and cell["text"] and cell["text"] not in there.text:
        text = joined(there.text, cell["text"])
        op.execute(update(MatrixCell).where(MatrixCell.id == key).values(text=text, done=False))
    _renew(op, MatrixCell, cell, new)
    for coding in codings:
        pair = derived_key("cell_coding", key, coding)
        if not _there(op, CellCoding, pair):
            op.execute(insert(CellCoding).values(id=pair, cell_id=key, coding_id=coding))
