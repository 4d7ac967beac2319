"""Code and verify: the second coder goes through what the first one coded.

Every coding of the first coder is judged, what was missed is added, and each turn or document
is marked as checked by an act. What is judged makes the same Consensus as settling does; the
first coder's own codings stay as they are. Positions are code points of the present text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ids import derived_id, new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    ReasonCategory,
    RoundMode,
    Task,
)
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.model import Checked, Document, Turn
from ikt_coder.services import settling_results as results
from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.decision_writing import New, Pen, Reason
from ikt_coder.services.decisions import standing
from ikt_coder.services.settling_core import SettlingCore, unknown_item
from ikt_coder.services.settling_rows import Item, ItemState, Segment
from ikt_coder.services.verification_rows import CheckedState, Rates, VerifiedDocument

if TYPE_CHECKING:
    from ikt_coder.services.round_rows import RoundRow
    from ikt_coder.services.settling_items import Bare
    from ikt_coder.storage.operation import Operation

JUDGEMENTS = (
    *(DecisionKind.ACCEPT, DecisionKind.CHANGE_EDGES, DecisionKind.CHANGE_CODE),
    *(DecisionKind.REMOVE, DecisionKind.DEFER, DecisionKind.UNCLEAR),
)
NO_COEFFICIENT = (
    "No kappa and no alpha: the second coder saw the first one's coding, so that the second "
    "judgement is not independent of the first."
)


class VerificationService(Service):
    @property
    def _core(self) -> SettlingCore:
        return self._project.reconciliation.core

    # -- reading ------------------------------------------------------------------------------

    def items(
        self,
        round_: UUID,
        document: UUID | None = None,
        *,
        states: Collection[ItemState] | None = None,
    ) -> tuple[Item, ...]:
        """The first coder's codings of documents that are verified, in text order, and behind
        those of each document what was added. Raises NotAllowed for a round of another kind."""
        row = self._verify_round(round_)
        documents = [d for d in self._core.maker.verified(row) if document in (None, d)]
        return tuple(
            item
            for items in self._core.view.items(row, documents)
            for item in items
            if states is None or item.state in states
        )

    def documents(self, round_: UUID) -> tuple[VerifiedDocument, ...]:
        """The documents of a round that are verified, and how far each is."""
        row = self._verify_round(round_)
        documents = tuple(self._core.maker.verified(row))
        titles = dict(self._rows(select(Document.id, Document.title)))
        whole = self._project.reconciliation.settled()
        found = []
        for document, items in zip(documents, self._core.view.items(row, documents), strict=True):
            checked = self.checked(round_, document)
            theirs = [item for item in items if item.kind is DifferenceKind.FIRST_CODER]
            found.append(
                VerifiedDocument(
                    document,
                    titles.get(document, ""),
                    len(theirs),
                    sum(item.state is not ItemState.OPEN for item in theirs),
                    _decided(items, DecisionKind.ADD),
                    checked,
                    document in whole,
                )
            )
        return tuple(found)

    def checked(self, round_: UUID, document: UUID) -> CheckedState:
        """What of a document was marked as checked."""
        turns = set(
            self._connection.execute(select(Turn.id).where(Turn.document_id == document)).scalars()
        )
        marked = set(
            self._connection.execute(
                select(Checked.turn_id).where(
                    Checked.round_id == round_, Checked.document_id == document
                )
            ).scalars()
        )
        return CheckedState(
            None in marked, frozenset(turn for turn in marked if turn is not None), len(turns)
        )

    def rates(self, round_: UUID, documents: Iterable[UUID] | None = None) -> Rates:
        """What became of the first coder's codings, by type; what was added; what was checked.
        Never a coefficient: ``Rates.why_no_coefficient`` says why."""
        self._verify_round(round_)
        wanted = None if documents is None else set(documents)
        rows = [r for r in self.documents(round_) if wanted is None or r.document in wanted]
        keys = {row.document for row in rows}
        items = [item for item in self.items(round_) if item.document in keys]
        theirs = [item for item in items if item.kind is DifferenceKind.FIRST_CODER]
        return Rates(
            documents=len(rows),
            codings=len(theirs),
            accepted=_decided(theirs, DecisionKind.ACCEPT),
            edges_changed=_decided(theirs, DecisionKind.CHANGE_EDGES),
            code_changed=_decided(theirs, DecisionKind.CHANGE_CODE),
            removed=_decided(theirs, DecisionKind.REMOVE),
            deferred=sum(i.state is ItemState.DEFERRED for i in theirs),
            unclear=sum(i.state is ItemState.UNCLEAR for i in theirs),
            left=sum(i.state in (ItemState.OPEN, ItemState.CLASH) for i in theirs),
            added=_decided(items, DecisionKind.ADD),
            turns=sum(row.checked.of for row in rows),
            turns_checked=sum(row.checked.count for row in rows),
            documents_checked=sum(row.checked.all for row in rows),
            why_no_coefficient=NO_COEFFICIENT,
        )

    def whole(self, row: RoundRow, document: UUID) -> bool:
        """Whether every coding of a document is judged, and all of it is checked."""
        if document not in self._core.maker.verified(row):
            return False
        if not self.checked(row.id, document).all:
            return False
        _, log = self._core.view.ground(row, document)
        ground = self._core.maker.of(row, document)
        judged = (standing(log.get(bare.id, ())) for bare in ground.items)
        return all(len(each) == 1 and each[0].kind.settles for each in judged)

    def hindrance(self, round_: UUID, document: UUID) -> str:
        """Why the present coder cannot go through a document; empty where they can."""
        if self._project.read_only:
            return "The project is open for reading only."
        tasks = self._tasks(round_, document)
        coder = self._project.coder
        if coder is not None and tasks.get(coder) is Task.VERIFY:
            return ""
        names = {row.id: row.name for row in self._project.coders.everyone()}
        who = [names.get(key, "") for key, task in tasks.items() if task is Task.VERIFY]
        verbs = "verifies" if len(who) == 1 else "verify"
        return f"{' and '.join(who)} {verbs} this document." if who else "Nobody verifies it."

    # -- judging --------------------------------------------------------------------------------

    def judge(
        self,
        item: UUID,
        round_: UUID,
        kind: DecisionKind,
        *,
        span: Span | None = None,
        code: UUID | None = None,
        valence: Valence | Unset | None = UNSET,
        strength: int | Unset | None = UNSET,
        levels: Collection[UUID] | Unset = UNSET,
        category: ReasonCategory | None = None,
        reason: str = "",
        present: Sequence[UUID] = (),
    ) -> UUID:
        """Judge a coding of the first coder: ACCEPT it, CHANGE_EDGES to ``span``, CHANGE_CODE to
        ``code`` (or its direction, strength or levels), REMOVE it; DEFER and UNCLEAR leave it
        open and need a reason. Returns the decision.

        Raises NotAllowed where somebody else verifies the document; the first coder can decide
        anew on what was judged, when both have talked. Raises UserError, NotFound.
        """
        if kind not in JUDGEMENTS:
            raise NotAllowed(f"A coding is not verified by “{kind.value}”.")
        why = Reason(category, reason, tuple(present)).checked(kind)
        self._project.coders.ensure_present()
        with self._operation(Op.DECIDE, item=item, decision=kind.value) as op:
            row = self._verify_round(round_)
            document = self._document_of(row, item)
            bare, segment = self._bare(row, document, item)
            _, log = self._core.view.ground(row, document)
            self._refuse_stranger(row, document, judged=bool(standing(log.get(item, ()))))
            self._core.refuse(row, log.get(item, ()))
            given = {
                name: value
                for name, value in (
                    ("valence", valence),
                    ("strength", strength),
                    ("levels", levels if levels is UNSET else frozenset(levels)),
                )
                if value is not UNSET
            }
            kind, made = _judged(kind, segment, span, code, given)
            if bare.kind is DifferenceKind.MISSED and made:
                kind = DecisionKind.ADD
            self._core.refuse_result(op, document, kind, made)
            pen = Pen(self._project, self._core.decisions, op)
            ground = self._core.maker.of(row, document)
            new = self._core.new(row, ground, bare, kind, made)
            rows = pen.rows(new, why, log.get(item, ()))
            pen.write(rows)
            self._core.tell(op, document, (segment.code,))
            if kind is DecisionKind.UNCLEAR:
                self._project.memos.add(why.text, code=segment.code, ask=True)
            self._core.follow(op, row, [document])
            return UUID(int=rows[-1]["id"].int)

    def add_missed(
        self,
        round_: UUID,
        document: UUID,
        span: Span,
        code: UUID,
        *,
        valence: Valence | None = None,
        strength: int | None = None,
        levels: Collection[UUID] = (),
        category: ReasonCategory | None = None,
        reason: str = "",
        present: Sequence[UUID] = (),
    ) -> UUID:
        """Add a passage that the first coder missed; returns the new item."""
        self._project.coders.ensure_present()
        segment = Segment(span, code, valence, strength, frozenset(levels))
        item = new_id()
        with self._operation(Op.DECIDE, item=item, decision=DecisionKind.ADD.value) as op:
            row = self._verify_round(round_)
            self._refuse_stranger(row, document, judged=False)
            self._core.refuse_result(op, document, DecisionKind.ADD, (segment,))
            pen = Pen(self._project, self._core.decisions, op)
            new = New(
                *(round_, document, item, DifferenceKind.MISSED, DecisionKind.ADD),
                before=(),
                result=(segment,),
            )
            pen.write(pen.rows(new, Reason(category, reason.strip(), tuple(present)), ()))
            self._core.tell(op, document, (code,))
            self._core.follow(op, row, [document])
        return item

    def withdraw(self, item: UUID, round_: UUID, *, reason: str = "") -> None:
        """Take a judgement back, or an addition. Raises UserError where there is none."""
        self._project.coders.ensure_present()
        with self._operation(Op.DECIDE, item=item, decision=DecisionKind.WITHDRAW.value) as op:
            row = self._verify_round(round_)
            document = self._document_of(row, item)
            self._refuse_stranger(row, document, judged=True)
            _, log = self._core.view.ground(row, document)
            stand = standing(log.get(item, ()))
            if not stand:
                raise UserError("Nothing is decided on this item. Nothing was changed.")
            pen = Pen(self._project, self._core.decisions, op)
            pen.write([pen.withdrawal(each, Reason(None, reason)) for each in stand])
            self._core.tell(op, document)
            self._core.follow(op, row, [document])

    def accept_rest(self, round_: UUID, document: UUID, span: Span | None = None) -> int:
        """Accept what is not judged yet in a document, or of what begins in ``span``; recorded
        coding by coding. Returns how many."""
        self._project.coders.ensure_present()
        row = self._verify_round(round_)
        left = self.items(round_, document, states={ItemState.OPEN})
        if not any(span is None or span.start <= i.span.start < span.end for i in left):
            return 0  # an act that does nothing leaves nothing in the history
        with self._operation(Op.DECIDE_MANY, kinds=DecisionKind.ACCEPT.value) as op:
            self._refuse_stranger(row, document, judged=False)
            ground, log = self._core.view.ground(row, document)
            pen = Pen(self._project, self._core.decisions, op)
            rows: list[dict[str, Any]] = []
            codes = self._core.maker.codebook()
            for bare in ground.items:
                made = results.version(bare.sides[0])
                inside = span is None or span.start <= bare.span.start < span.end
                known = all(codes.counts_as.get(each.code) == each.code for each in made)
                if inside and known and made and not standing(log.get(bare.id, ())):
                    new = self._core.new(row, ground, bare, DecisionKind.ACCEPT, made)
                    rows += pen.rows(replace(new, in_bulk=True), Reason(), log.get(bare.id, ()))
            pen.write(rows)
            self._core.tell(op, document)
            op.note(count=len(rows))
            self._core.follow(op, row, [document])
            return len(rows)

    # -- checking -------------------------------------------------------------------------------

    def mark_checked(
        self, round_: UUID, document: UUID, turn: UUID | None = None, on: bool = True
    ) -> None:
        """Mark a turn, or a whole document, as checked by the present coder, or take the mark
        off. It says that somebody looked, not that somebody read."""
        coder = self._project.coders.ensure_present()
        with self._operation(Op.MARK_CHECKED, document=document, on=on) as op:
            row = self._verify_round(round_)
            self._refuse_stranger(row, document, judged=False)
            self._core.tell(op, document)
            self._mark(op, row, coder, document, turn, on)
            self._core.follow(op, row, [document])

    def check_turn(self, round_: UUID, document: UUID, turn: UUID) -> int:
        """Mark a turn as checked and accept what is left to judge in it, in one act. Returns
        how many codings were accepted."""
        spans = {each.id: each.span for each in self._project.documents.turns(document)}
        if turn not in spans:
            raise unknown_item()
        coder = self._project.coders.ensure_present()
        with self._operation(Op.MARK_CHECKED, document=document, on=True) as op:
            row = self._verify_round(round_)
            self._refuse_stranger(row, document, judged=False)
            accepted = self.accept_rest(round_, document, spans[turn])
            self._mark(op, row, coder, document, turn, on=True)
            self._core.follow(op, row, [document])
        return accepted

    @staticmethod
    def _mark(
        op: Operation, row: RoundRow, coder: UUID, document: UUID, turn: UUID | None, on: bool
    ) -> None:
        key = derived_id("checked", row.id, coder, document, turn or "")
        there = op.execute(select(Checked.id).where(Checked.id == key)).scalar() is not None
        if there and not on:
            op.execute(delete(Checked).where(Checked.id == key))
        if on and not there:
            op.execute(
                insert(Checked).values(
                    id=key,
                    round_id=row.id,
                    coder_id=coder,
                    document_id=document,
                    turn_id=turn,
                    at=datetime.now(UTC),
                )
            )

    # -- within -----------------------------------------------------------------------------------

    def _verify_round(self, round_: UUID) -> RoundRow:
        row = self._project.rounds.get(round_)
        if row.mode is not RoundMode.VERIFY:
            raise NotAllowed(
                f"In “{row.name}” coders code each document on their own; nothing is verified.",
                "Settle its differences instead.",
            )
        return row

    def _document_of(self, row: RoundRow, item: UUID) -> UUID:
        for document in self._core.maker.verified(row):
            ground, log = self._core.view.ground(row, document)
            if item in ground.by_id or item in log:
                return document
        raise unknown_item()

    def _bare(self, row: RoundRow, document: UUID, item: UUID) -> tuple[Bare, Segment]:
        """An item and the coding it is about. Raises NotFound."""
        ground, log = self._core.view.ground(row, document)
        bare = ground.by_id.get(item)
        if bare is not None:
            return bare, bare.sides[0][0]
        for missed in self._core.view.missed(log, ground):
            if missed.id == item:
                return missed, _added(missed, log[item][-1].result)
        raise unknown_item()

    def _tasks(self, round_: UUID, document: UUID) -> dict[UUID, Task]:
        return {
            each.coder: each.task
            for place, each in self._project.rounds.of(round_).assigned.items()
            if place[1] == document
        }

    def _refuse_stranger(self, row: RoundRow, document: UUID, *, judged: bool) -> None:
        """Only who verifies a document judges it; the first coder speaks on what was judged."""
        coder = self._project.coder
        tasks = self._tasks(row.id, document)
        if coder is not None and tasks.get(coder) is Task.VERIFY:
            return
        if judged and coder is not None and (coder in tasks or coder == row.adjudicator):
            return
        raise NotAllowed(
            "You do not verify this document. Nothing was changed.",
            "The round says who goes through it; a coding that was judged can be talked over.",
        )


def _judged(
    kind: DecisionKind,
    segment: Segment,
    span: Span | None,
    code: UUID | None,
    given: dict[str, Any],
) -> tuple[DecisionKind, tuple[Segment, ...]]:
    """What a judgement gives the Consensus, and its kind: accepting with another direction is a
    change."""
    if kind in (DecisionKind.REMOVE, DecisionKind.DEFER, DecisionKind.UNCLEAR):
        return kind, ()
    if kind is DecisionKind.CHANGE_EDGES and span is None:
        raise UserError("Select the words that the coding is to have.")
    if kind is DecisionKind.CHANGE_CODE and code is None and not given:
        raise UserError("Choose the code that the passage gets.")
    made = replace(segment, coding=None, **given)
    if code is not None:
        made = replace(made, code=code)
    if span is not None:
        made = replace(made, span=span)
    if kind is DecisionKind.ACCEPT and made != replace(segment, coding=None):
        same_but_edges = replace(made, span=segment.span) == replace(segment, coding=None)
        kind = DecisionKind.CHANGE_EDGES if same_but_edges else DecisionKind.CHANGE_CODE
    return kind, (made,)


def _added(missed: Bare, result: Sequence[Segment]) -> Segment:
    if not result:
        raise unknown_item()
    return replace(result[0], span=missed.span, coding=None)


def _decided(items: Iterable[Item], kind: DecisionKind) -> int:
    return sum(item.decision is not None and item.decision.kind is kind for item in items)
