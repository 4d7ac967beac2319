"""Undo, redo and going back where decisions were made: the log says so itself.

Decisions outlive undo. When an act is taken back, its codings of the Consensus go with the
journal, and in the same act decisions are recorded that say again what stood before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import UndoRefused
from ikt_coder.core.rounds import DECIDED, DecisionKind
from ikt_coder.model import Operation as OperationEntity
from ikt_coder.services.decision_writing import HISTORY, Pen
from ikt_coder.services.decisions import Decided, DecisionLog, heads, standing
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.storage.undoing import Act


class SettlingHistory:
    def __init__(self, project: Project, log: DecisionLog) -> None:
        self._project = project
        self._log = log

    def refuse(self, act: Act) -> None:
        """Raise UndoRefused where something else was decided on an item of ``act`` since."""
        after, upto = act.params[DECIDED]
        items = {each.item for each in self._log.numbered(after, upto)}
        for item, decisions in self._log.of_items(items).items():
            then = [each for each in decisions if each.number <= upto]
            if _said(then) != _said(decisions):
                later = next(
                    (d for d in reversed(decisions) if d.number > upto and d.item == item), None
                )
                raise UndoRefused(
                    "Something else was decided on this since. Nothing was changed.",
                    "Take that decision back first, or decide anew in Compare.",
                    blocker=None if later is None else self._act_of(later.number),
                )

    def undone(self, op: Operation, act: Act) -> set[UUID]:
        """Record what stands again after ``act`` was played back; returns the documents."""
        after, upto = act.params[DECIDED]
        op.params.pop(DECIDED, None)
        items = {each.item for each in self._log.numbered(after, upto)}
        return self._say_again(op, items, after)

    def gone_back(self, op: Operation, seq: int) -> set[UUID]:
        """Record what stands again after going back to the state after operation ``seq``."""
        numbers = [
            json.loads(params)[DECIDED][0]
            for (params,) in op.execute(
                select(OperationEntity.params).where(
                    OperationEntity.seq > seq, OperationEntity.params.like(f'%"{DECIDED}"%')
                )
            ).all()
        ]
        if not numbers:
            return set()
        first = min(numbers)
        items = {each.item for each in self._log.numbered(first)}
        return self._say_again(op, items, first)

    def _say_again(self, op: Operation, items: Iterable[UUID], upto: int) -> set[UUID]:
        """Let stand on some items what stood when the log ended with number ``upto``."""
        documents: set[UUID] = set()
        pen = Pen(self._project, self._log, op)
        rows: list[dict[str, Any]] = []
        for decisions in self._log.of_items(items).values():
            then = standing(each for each in decisions if each.number <= upto)
            if decisions:
                documents.add(decisions[0].document)
            if _said(then) == _said(decisions):
                continue
            rows += _rows_saying(pen, then, heads(decisions))
        pen.write(rows)
        return documents

    def _act_of(self, number: int) -> int | None:
        """The operation that recorded a decision."""
        rows = self._project.connection.execute(
            select(OperationEntity.seq, OperationEntity.params)
            .where(OperationEntity.params.like(f'%"{DECIDED}"%'))
            .order_by(OperationEntity.seq.desc())
        ).all()
        for row in rows:
            after, upto = json.loads(row.params)[DECIDED]
            if after < number <= upto:
                return int(row.seq)
        return None


def _said(decisions: Iterable[Decided]) -> set[tuple[object, ...]]:
    """What stands, whichever decision says it."""
    return {
        (d.kind, d.kept, d.result_text, d.edits_text, d.category, d.reason)
        for d in standing(decisions)
    }


def _rows_saying(
    pen: Pen, wanted: Sequence[Decided], present: Sequence[Decided]
) -> list[dict[str, Any]]:
    """Decisions that make ``wanted`` stand in the place of the heads ``present``."""
    kept = {each.id for each in wanted}
    there = {each.id for each in present}
    free = [each for each in present if each.id not in kept]
    # What stands is replaced first; a withdrawal may stay where it is.
    free.sort(key=lambda each: each.kind is DecisionKind.WITHDRAW)
    rows = []
    for again in wanted:
        if again.id not in there:
            replaced = free.pop(0) if free else None
            rows.append(pen.again(again, None if replaced is None else replaced.id))
    rows += [
        pen.withdrawal(each, proposed_by=HISTORY)
        for each in free
        if each.kind is not DecisionKind.WITHDRAW
    ]
    return rows
