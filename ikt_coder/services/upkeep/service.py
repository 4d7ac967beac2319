"""Codings to look at again.

A code whose definition, or when to use it and when not, changed after it was used has a revisit.
It waits, quietly, for the codings that were made before; a person looks at each and says that it
still fits, gives it another code, removes it, or closes the whole at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from ikt_coder.codebooks.actor import ACTOR, fill_actor
from ikt_coder.core.errors import NotFound
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.surroundings import leading, trailing
from ikt_coder.core.words import Layer
from ikt_coder.model import Code, Coding, Revisit, Revisited
from ikt_coder.services.base import UNSET, Service, Unset, add_row, change_row
from ikt_coder.services.rows import PassageRow
from ikt_coder.services.upkeep.rows import WORDING, CodeWording, RevisitRow
from ikt_coder.storage.operation import Operation


class UpkeepService(Service):
    # -- reading ----------------------------------------------------------------------------

    def all(
        self, coder: UUID | Unset | None = UNSET, *, closed: bool = False
    ) -> tuple[RevisitRow, ...]:
        """Codes with codings to look at again, the newest change first: the present coder's
        codings, those of ``coder``, or with None everyone's. ``closed``: also those that were
        closed, or where nothing is left to look at."""
        rows = self._rows(
            select(
                Revisit.__table__, Code.name, Code.node_key, Code.definition, Code.include,
                Code.exclude,
            )
            .join(Code, Code.id == Revisit.code_id)
            .where(*([] if closed else [Revisit.closed.is_(False)]))
            .order_by(Revisit.since.desc(), Revisit.id)
        )  # fmt: skip
        waiting, seen = self._counts(coder, waiting=True), self._counts(coder, waiting=False)
        actor = self._project.card.get().focal_actor if rows else ""
        found = (
            RevisitRow(
                id=r.id,
                code=r.code_id,
                code_name=r.name,
                since=r.since,
                before=_filled(_wording(json.loads(r.before)), r.node_key, actor),
                now=_filled(_wording(r._mapping), r.node_key, actor),
                waiting=0 if r.closed else waiting.get(r.id, 0),
                looked_at=seen.get(r.id, 0),
                closed=r.closed,
            )
            for r in rows
        )
        return tuple(row for row in found if closed or row.open)

    def get(self, revisit: UUID, coder: UUID | Unset | None = UNSET) -> RevisitRow:
        """One of them, closed or not. Raises NotFound."""
        for row in self.all(coder, closed=True):
            if row.id == revisit:
                return row
        raise NotFound("There is nothing to look at again here.", "Undo may bring it back.")

    def count(self, coder: UUID | Unset | None = UNSET) -> int:
        """How many codings wait to be looked at."""
        return sum(self._counts(coder, waiting=True).values())

    def codes_waiting(self) -> dict[UUID, int]:
        """For each code how many of the present coder's codings wait."""
        found: dict[UUID, int] = {}
        for row in self.all():
            found[row.code] = found.get(row.code, 0) + row.waiting
        return found

    def waiting(
        self, revisit: UUID, coder: UUID | Unset | None = UNSET, *, context: int = 160
    ) -> tuple[PassageRow, ...]:
        """The passages of a revisit that wait, in document order; ``context`` code points on
        either side at most, in whole words, with an ellipsis where the text goes on."""
        keys = self._rows(
            self._codings(coder)
            .add_columns(Coding.id)
            .where(Revisit.id == revisit, Revisit.closed.is_(False), _not_yet())
        )
        rows = self._project.codings.many([row.id for row in keys])
        # One code point more tells whether the text goes on.
        found = self._project.passages.of_codings(rows, context=context + 1 if context else 0)
        if not context:
            return found
        return tuple(
            replace(
                one,
                before=leading(one.before, context),
                after=trailing(one.after, context),
            )
            for one in found
        )

    def _codings(self, coder: UUID | Unset | None) -> Any:
        """Revisits with the codings that were made before the change."""
        statement = (
            select()
            .select_from(Revisit)
            .join(Coding, and_(Coding.code_id == Revisit.code_id, Coding.created <= Revisit.since))
            .outerjoin(
                Revisited,
                and_(Revisited.revisit_id == Revisit.id, Revisited.coding_id == Coding.id),
            )
            .where(Coding.layer == Layer.CODER.value)
        )
        if coder is None:
            return statement
        whose = self._project.coder if coder is UNSET else coder
        return statement.where(Coding.coder_id == whose)

    def _counts(self, coder: UUID | Unset | None, *, waiting: bool) -> dict[UUID, int]:
        fits = _not_yet() if waiting else Revisited.at >= Revisit.since
        opened = [Revisit.closed.is_(False)] if waiting else []
        rows = self._rows(
            self._codings(coder)
            .add_columns(Revisit.id, func.count())
            .where(fits, *opened)
            .group_by(Revisit.id)
        )
        return dict(map(tuple, rows))

    # -- acting -----------------------------------------------------------------------------

    def keep(self, revisit: UUID, codings: UUID | Iterable[UUID]) -> None:
        """Say of codings that they still fit. The revisit closes when nothing of it waits.
        What was looked at already, or waits for another change, is no change."""
        row = self.get(revisit)
        keys = [codings] if isinstance(codings, UUID) else list(dict.fromkeys(codings))
        asked = set(keys)
        some = [p.coding.id for p in self.waiting(revisit, None, context=0)]
        some = [key for key in some if key in asked]
        if not some:
            return
        now = datetime.now(UTC)
        with self._operation(
            Op.LOOK_AGAIN, revisit=revisit, name=row.code_name, count=len(some)
        ) as op:
            known = set(
                op.execute(
                    select(Revisited.coding_id).where(Revisited.revisit_id == revisit)
                ).scalars()
            )
            for key in some:
                values = {"coder_id": op.coder, "at": now}
                if key in known:
                    change_row(op, Revisited, derived_id(revisit, key), values)
                else:
                    add_row(
                        op,
                        Revisited,
                        id=derived_id(revisit, key),
                        revisit_id=revisit,
                        coding_id=key,
                        **values,
                    )
            self._close_where_done(op, revisit)

    def close(self, revisit: UUID) -> None:
        """Close a revisit without looking at the rest of its codings: the change was a small
        one. Undo opens it again."""
        row = self.get(revisit)
        if row.closed:
            return
        with self._operation(Op.CLOSE_REVISIT, revisit=revisit, name=row.code_name) as op:
            change_row(op, Revisit, revisit, {"closed": True})

    def wording_changed(
        self, op: Operation, code: UUID, before: Mapping[str, str], after: Mapping[str, str]
    ) -> None:
        """Part of the act that words a code anew: begin a revisit where it has codings, or
        carry on with the one that waits, which keeps its first wording. Where that wording is
        back before anybody coded by another, there is nothing to look at."""
        if all(before[name].strip() == after[name].strip() for name in WORDING):
            return
        now = datetime.now(UTC)
        sealed = bool(self._project.sight.sealed())
        row = op.execute(
            select(Revisit.__table__)
            .where(Revisit.code_id == code, Revisit.closed.is_(False))
            .order_by(Revisit.since.desc())
        ).first()
        # While anything is sealed a row must not tell whether others used the code.
        if row is not None and (sealed or self._some_wait(op, row.id)):
            was = json.loads(row.before)
            back = all(was[name].strip() == after[name].strip() for name in WORDING)
            if back and not sealed and not self._coded_since(op, code, row.since):
                change_row(op, Revisit, row.id, {"closed": True})
            else:
                change_row(op, Revisit, row.id, {"since": now})
            return
        if row is not None:
            change_row(op, Revisit, row.id, {"closed": True})
        if sealed or self._used(op, code):
            wording = {name: before[name] for name in WORDING}
            op.execute(
                insert(Revisit).values(
                    id=new_id(),
                    code_id=code,
                    since=now,
                    before=json.dumps(wording, ensure_ascii=False),
                    closed=False,
                )
            )

    def _close_where_done(self, op: Operation, revisit: UUID) -> None:
        """Close where nobody's coding waits. While anything is sealed that would tell of what
        others did; then it is closed when somebody looks again later, or never needs to be."""
        if not self._project.sight.sealed() and not self._some_wait(op, revisit):
            op.execute(update(Revisit).where(Revisit.id == revisit).values(closed=True))

    def _some_wait(self, op: Operation, revisit: UUID) -> bool:
        statement = self._codings(None).add_columns(Coding.id)
        found = op.execute(statement.where(Revisit.id == revisit, _not_yet()).limit(1))
        return found.first() is not None

    @staticmethod
    def _used(op: Operation, code: UUID) -> bool:
        found = select(Coding.id).where(Coding.code_id == code, Coding.layer == Layer.CODER.value)
        return op.execute(found.limit(1)).first() is not None

    @staticmethod
    def _coded_since(op: Operation, code: UUID, since: datetime) -> bool:
        found = select(Coding.id).where(Coding.code_id == code, Coding.created > since)
        return op.execute(found.limit(1)).first() is not None


def _not_yet() -> ColumnElement[bool]:
    return or_(Revisited.id.is_(None), Revisited.at < Revisit.since)


def _wording(stored: Mapping[str, Any]) -> CodeWording:
    return CodeWording(*(str(stored[name]) for name in WORDING))


def _filled(wording: CodeWording, node_key: str | None, actor: str) -> CodeWording:
    """The wording as people read it: a framework's names the project's focal actor."""
    if not node_key:
        return wording
    texts: Sequence[str] = [getattr(wording, name) for name in WORDING]
    if not any(ACTOR in text for text in texts):
        return wording
    return replace(
        wording,
        **{name: fill_actor(text, actor) for name, text in zip(WORDING, texts, strict=True)},
    )
