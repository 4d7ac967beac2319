"""Merging codes: codings move to the survivor, the merged rows stay and forward to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.model import Code, Coding, CodingLevel, Memo, Quote, ThemeCode, ThemeCoding
from ikt_coder.services.rows import CodingRow, MergePreview
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@dataclass(frozen=True, slots=True)
class _Plan:
    """Codings that fall together: on one span (``doubles``) or touching (``joins``)."""

    doubles: list[tuple[CodingRow, CodingRow]]  # (stays, goes)
    joins: list[list[CodingRow]]


def preview(project: Project, sources: Sequence[UUID], target: UUID) -> MergePreview:
    """What a merge would touch, over all coders."""
    rows = {row.id: row for row in project.codes.all()}
    keys = [key for key in sources if key != target]
    codings = project.codings.of_codes(keys, coder=None)
    plan = _plan(project, [*keys, target])

    def count(entity: type[Memo] | type[ThemeCode]) -> int:
        return int(
            project.connection.execute(
                select(func.count()).select_from(entity).where(entity.code_id.in_(keys))
            ).scalar_one()
        )

    return MergePreview(
        sources=tuple(rows[key].name for key in keys if key in rows),
        target=rows[target].name,
        codings=len(codings),
        duplicates=len(plan.doubles),
        touching=sum(len(join) - 1 for join in plan.joins),
        memos=count(Memo),
        children=sum(1 for row in rows.values() if row.parent in keys and row.id != target),
        themes=count(ThemeCode),
    )


def merge(project: Project, sources: Sequence[UUID], target: UUID, *, join_touching: bool) -> None:
    """Merge ``sources`` into ``target`` in one act.

    Codings of one coder that would be equal become one that carries both memos and both
    sets of levels. With ``join_touching`` touching or overlapping codings of one coder and
    direction become one as well. Sub-codes, themes and memos follow to the target.
    Raises NotAllowed for a heading, or where nothing would be merged.
    """
    keys = [key for key in dict.fromkeys(sources) if key != target]
    rows = {row.id: row for row in project.codes.all()}
    if not keys or target not in rows or any(key not in rows for key in keys):
        raise NotAllowed("Choose at least two codes that are in the codebook.")
    if not rows[target].applicable:
        raise NotAllowed(f"“{rows[target].name}” is a heading; codings cannot move there.")
    names = [rows[key].name for key in keys]
    codings = len(project.codings.of_codes(keys, coder=None))
    with project.operation(
        Op.MERGE_CODES,
        name=rows[target].name,
        sources=names[:20],
        count=len(keys),
        codings=codings,
    ) as op:
        _lift_target(op, rows[target].parent, keys, target, {k: r.parent for k, r in rows.items()})
        plan = _plan(project, [*keys, target])
        for stays, goes in plan.doubles:
            _absorb(op, stays, goes)
        op.execute(update(Coding).where(Coding.code_id.in_(keys)).values(code_id=target))
        if join_touching:
            for join in plan.joins:
                _join(op, join)
        _carry_themes(op, keys, target)
        op.execute(update(Memo).where(Memo.code_id.in_(keys)).values(code_id=target))
        op.execute(
            update(Code)
            .where(Code.parent_id.in_(keys), Code.id.not_in(keys), Code.merged_into.is_(None))
            .values(parent_id=target)
        )
        op.execute(update(Code).where(Code.id.in_(keys)).values(merged_into=target, pin=None))


def _lift_target(
    op: Operation,
    parent: UUID | None,
    keys: Sequence[UUID],
    target: UUID,
    above: dict[UUID, UUID | None],
) -> None:
    """A target that lies below a source moves up to where the topmost source lay."""
    top, step = None, parent
    while step is not None:
        if step in keys:
            top = step
        step = above.get(step)
    if top is not None:
        op.execute(update(Code).where(Code.id == target).values(parent_id=above[top]))


def _plan(project: Project, codes: Sequence[UUID]) -> _Plan:
    target = codes[-1]
    rows = sorted(
        project.codings.of_codes(codes, coder=None),
        key=lambda r: (str(r.document), str(r.coder), r.layer, r.span, r.code != target, r.id),
    )
    doubles: list[tuple[CodingRow, CodingRow]] = []
    joins: list[list[CodingRow]] = []
    for _, group in groupby(rows, key=lambda r: (r.document, r.coder, r.layer)):
        kept: list[CodingRow] = []
        for row in group:
            if kept and kept[-1].span == row.span:
                doubles.append((kept[-1], row))
            else:
                kept.append(row)
        joins += _touching(kept)
    return _Plan(doubles, joins)


def _touching(rows: list[CodingRow]) -> list[list[CodingRow]]:
    """Runs of codings in text order that touch or overlap and point the same way."""
    runs: list[list[CodingRow]] = []
    for valence in {row.valence for row in rows}:
        run: list[CodingRow] = []
        end = -1
        for row in (r for r in rows if r.valence == valence):
            if run and row.span.start <= end:
                run.append(row)
            else:
                runs.append(run)
                run = [row]
            end = max(end, row.span.end) if len(run) > 1 else row.span.end
        runs.append(run)
    return [run for run in runs if len(run) > 1]


def _absorb(op: Operation, stays: CodingRow, goes: CodingRow) -> None:
    """One coding takes over what an equal one carried."""
    current = op.execute(select(Coding.memo).where(Coding.id == stays.id)).scalar_one()
    memo = "\n".join(text for text in dict.fromkeys((current, goes.memo)) if text)
    values: dict[str, object] = {}
    if memo != current:
        values["memo"] = memo
    if stays.valence is None and goes.valence is not None:
        values["valence"] = goes.valence.value
    for flag in goes.flags - stays.flags:
        values[flag.value] = True
    if values:
        op.execute(update(Coding).where(Coding.id == stays.id).values(**values))
    held = set(
        op.execute(select(CodingLevel.level_id).where(CodingLevel.coding_id == stays.id)).scalars()
    )
    fresh = [
        {"id": derived_id(stays.id, level), "coding_id": stays.id, "level_id": level}
        for level in goes.levels - held
    ]
    if fresh:
        op.execute(insert(CodingLevel), fresh)
    _carry_coding(op, goes.id, stays.id)
    op.execute(delete(Coding).where(Coding.id == goes.id))


def _join(op: Operation, rows: list[CodingRow]) -> None:
    """Touching codings become the first of them, over all their words."""
    first = rows[0]
    for other in rows[1:]:
        _absorb(op, first, other)
    whole = Span(first.span.start, max(row.span.end for row in rows))
    op.execute(update(Coding).where(Coding.id == first.id).values(end=whole.end))


def _carry_coding(op: Operation, gone: UUID, stays: UUID) -> None:
    """Places in themes, quotes and memos of a coding that goes follow to the one that stays."""
    for row in op.execute(
        select(ThemeCoding.theme_id, ThemeCoding.by_hand, ThemeCoding.stance).where(
            ThemeCoding.coding_id == gone
        )
    ).all():
        key = derived_id(row.theme_id, stays)
        if op.execute(select(ThemeCoding.id).where(ThemeCoding.id == key)).first() is None:
            op.execute(
                insert(ThemeCoding).values(
                    id=key,
                    theme_id=row.theme_id,
                    coding_id=stays,
                    by_hand=row.by_hand,
                    stance=row.stance,
                )
            )
    op.execute(update(Quote).where(Quote.coding_id == gone).values(coding_id=stays))
    op.execute(update(Memo).where(Memo.coding_id == gone).values(coding_id=stays))


def _carry_themes(op: Operation, keys: Sequence[UUID], target: UUID) -> None:
    for row in op.execute(
        select(ThemeCode.theme_id, ThemeCode.position).where(ThemeCode.code_id.in_(keys))
    ).all():
        key = derived_id(row.theme_id, target)
        if op.execute(select(ThemeCode.id).where(ThemeCode.id == key)).first() is None:
            op.execute(
                insert(ThemeCode).values(
                    id=key, theme_id=row.theme_id, code_id=target, position=row.position
                )
            )
    op.execute(delete(ThemeCode).where(ThemeCode.code_id.in_(keys)))
