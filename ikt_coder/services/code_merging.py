"""Merging codes: codings move to the survivor, the merged rows stay and forward to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, func, select, update

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Flag, Valence
from ikt_coder.model import Code, Coding, Memo, Quote, ThemeCode
from ikt_coder.services.code_proposals import refuse_under_proposal
from ikt_coder.services.following import follow_code, follow_coding
from ikt_coder.services.rows import CodeRow, CodingRow, MergePreview
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class _Plan:
    """Codings that fall together: on one span (``doubles``) or touching (``joins``)."""

    doubles: list[tuple[CodingRow, CodingRow]]  # (stays, goes)
    joins: list[list[CodingRow]]


def preview(project: Project, sources: Sequence[UUID], target: UUID) -> MergePreview:
    """What a merge would touch, over all coders as far as the present one may know. Raises
    NotAllowed as ``merge`` does."""
    rows = {row.id: row for row in project.codes.all(counted=False)}
    keys = _merged(rows, sources, target)
    codings = project.codings.of_codes(keys, coder=None)
    plan = _plan(project, keys, target)
    count = project.connection.execute(
        select(
            select(func.count()).select_from(Memo).where(Memo.code_id.in_(keys)).scalar_subquery(),
            select(func.count(ThemeCode.theme_id.distinct()))
            .where(ThemeCode.code_id.in_(keys))
            .scalar_subquery(),
        )
    ).one()
    return MergePreview(
        sources=tuple(rows[key].name for key in keys),
        target=rows[target].name,
        codings=len(codings),
        duplicates=len(plan.doubles),
        touching=sum(len(join) - 1 for join in plan.joins),
        memos=count[0],
        children=sum(
            1 for r in rows.values() if r.parent in keys and r.id != target and r.id not in keys
        ),
        themes=count[1],
    )


def merge(project: Project, sources: Sequence[UUID], target: UUID, *, join_touching: bool) -> None:
    """Merge ``sources`` into ``target`` in one act.

    Codings of one coder that would be equal become one that carries both memos and both
    sets of levels; a barrier and a facilitator on the same words become mixed. With
    ``join_touching`` a moved coding and those of the same coder and direction that it
    touches or overlaps become one as well. Sub-codes, themes and memos follow to the target.
    Raises NotAllowed for a heading, or where nothing would be merged.
    """
    rows = {row.id: row for row in project.codes.all(counted=False)}
    keys = _merged(rows, sources, target)
    refuse_under_proposal(project, keys, target)
    names = [rows[key].name for key in keys]
    # The history tells what the one who merges may know; the act itself works on all codings.
    codings = len(project.codings.of_codes(keys, coder=None))
    with project.operation(
        Op.MERGE_CODES,
        name=rows[target].name,
        sources=names[:20],
        count=len(keys),
        codings=codings,
    ) as op:
        project.rounds.refuse_codebook_act(op, [*keys, target])
        with project.sight.everything():
            plan = _plan(project, keys, target)
            rows = {row.id: row for row in project.codes.all(counted=False)}
        for stays, goes in plan.doubles:
            absorb(op, stays.id, goes.id)
        op.execute(update(Coding).where(Coding.code_id.in_(keys)).values(code_id=target))
        if join_touching:
            for join in plan.joins:
                _join(project, op, join)
        op.execute(update(Memo).where(Memo.code_id.in_(keys)).values(code_id=target))
        follow_code(op, keys, target)
        op.execute(update(Code).where(Code.id.in_(keys)).values(merged_into=target, pin=None))
        _lift_target(project, op, rows, keys, target)
        below = [r.id for r in rows.values() if r.parent in keys and r.id not in (*keys, target)]
        if below:
            project.codes.hang(op, below, target)
        project.reconciliation.core.codes_merged(op, target)


def _merged(rows: Mapping[UUID, CodeRow], sources: Sequence[UUID], target: UUID) -> list[UUID]:
    """The codes that give way. Raises NotAllowed."""
    keys = [key for key in dict.fromkeys(sources) if key != target]
    if not keys or target not in rows or any(key not in rows for key in keys):
        raise NotAllowed("Choose at least two codes that are in the codebook.")
    for key in (target, *keys):
        if not rows[key].applicable:
            raise NotAllowed(
                f"“{rows[key].name}” is a heading and has no passages to merge.",
                "Choose codes below it.",
            )
    return keys


def _lift_target(
    project: Project,
    op: Operation,
    rows: Mapping[UUID, CodeRow],
    keys: Sequence[UUID],
    target: UUID,
) -> None:
    """A target that lies below a source moves up to where the topmost source lay."""
    top, step = None, rows[target].parent
    while step is not None:
        if step in keys:
            top = step
        step = rows[step].parent if step in rows else None
    if top is not None:
        project.codes.hang(op, [target], rows[top].parent)


def _plan(project: Project, keys: Sequence[UUID], target: UUID) -> _Plan:
    rows = sorted(
        project.codings.of_codes([*keys, target], coder=None),
        key=lambda r: (str(r.document), str(r.coder), r.layer, r.span, r.code != target, r.id),
    )
    doubles: list[tuple[CodingRow, CodingRow]] = []
    joins: list[list[CodingRow]] = []
    for _, group in groupby(rows, key=lambda r: (r.document, r.coder, r.layer)):
        kept: list[CodingRow] = []
        for row in group:
            if kept and kept[-1].span == row.span:
                doubles.append((kept[-1], row))
                # What it will point to, so that only like directions are joined.
                valence = _both(kept[-1].valence, row.valence)
                kept[-1] = replace(kept[-1], valence=valence)
            else:
                kept.append(row)
        runs = [run for run in _touching(kept) if any(row.code != target for row in run)]
        joins += _without_equals(kept, runs)
    return _Plan(doubles, joins)


def _both(one: Valence | None, other: Valence | None) -> Valence | None:
    """The direction of a coding that two became: both ways is mixed, nothing gives way."""
    if one is None or other is None or one is other:
        return one or other
    if Valence.NEUTRAL in (one, other):
        return other if one is Valence.NEUTRAL else one
    return Valence.MIXED


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


def _without_equals(rows: list[CodingRow], runs: list[list[CodingRow]]) -> list[list[CodingRow]]:
    """The runs to join; what would come to lie on the same words as a joined run, pointing
    another way, is joined with it, so that no coding stands twice."""
    joined = {row.id for run in runs for row in run}
    alone = [[row] for row in rows if row.id not in joined]
    by_span: dict[tuple[int, int], list[CodingRow]] = {}
    for run in (*runs, *alone):
        span = (run[0].span.start, max(row.span.end for row in run))
        by_span.setdefault(span, []).extend(run)
    return [run for run in by_span.values() if len(run) > 1]


def absorb(op: Operation, stays: UUID, goes: UUID) -> None:
    """One coding takes over what an equal one carried."""
    # Read anew: it may have taken over another one before.
    here = op.execute(select(Coding.__table__).where(Coding.id == stays)).one()
    there = op.execute(select(Coding.__table__).where(Coding.id == goes)).one()
    values: dict[str, object] = {
        "memo": _both_memos(here.memo, there.memo),
    }
    valence = _both(_valence(here.valence), _valence(there.valence))
    values["valence"] = valence.value if valence else None
    for name in ("strength", "behaviour_id", "basis", "review", "mapping_choice"):
        values[name] = getattr(here, name) or getattr(there, name)
    for flag in Flag:
        values[flag.value] = bool(getattr(here, flag.value) or getattr(there, flag.value))
    changed = {name: value for name, value in values.items() if value != getattr(here, name)}
    if changed:
        op.execute(update(Coding).where(Coding.id == stays).values(**changed))
    op.execute(update(Quote).where(Quote.coding_id == goes).values(coding_id=stays))
    op.execute(update(Memo).where(Memo.coding_id == goes).values(coding_id=stays))
    follow_coding(op, goes, stays)
    op.execute(delete(Coding).where(Coding.id == goes))


def _both_memos(one: str, other: str) -> str:
    """Both memos, one below the other; what stands there already is not said twice."""
    if not one or not other or f"\n{other}\n" in f"\n{one}\n":
        return one or other
    return f"{one}\n{other}"


def _valence(stored: str | None) -> Valence | None:
    return Valence(stored) if stored else None


def _join(project: Project, op: Operation, rows: list[CodingRow]) -> None:
    """Touching codings become the first of them, over all their words."""
    first = rows[0]
    for other in rows[1:]:
        absorb(op, first.id, other.id)
    end = max(row.span.end for row in rows)
    op.execute(
        update(Coding)
        .where(Coding.id == first.id)
        .values(end=end, since_edit_id=project.texts.newest_edit(first.document))
    )
