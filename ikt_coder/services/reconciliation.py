"""Settling what coders coded differently: items, decisions and the Consensus they make.

What is settled never changes what coders had: their own codings, and what was frozen, stay as
they are. Positions are code points of the present text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, select

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, NoteKind, ReasonCategory
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.model import Document, ItemNote, Settled
from ikt_coder.services import bulk_settling
from ikt_coder.services import settling_results as results
from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.decision_writing import Pen, Reason
from ikt_coder.services.decisions import Decided, standing
from ikt_coder.services.document_order import document_order
from ikt_coder.services.settling_choices import choices as choices_of
from ikt_coder.services.settling_core import SettlingCore, unknown_item
from ikt_coder.services.settling_items import Bare
from ikt_coder.services.settling_rows import (
    Choice,
    ConsensusState,
    Edges,
    Item,
    ItemState,
    LoggedDecision,
    NoteRow,
    Progress,
    Segment,
    SettlingDocument,
)
from ikt_coder.services.strategies import Strategy
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.services.round_rows import RoundRow

_ORDERS = ("document", "code", "length", "kind")


class ReconciliationService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.core = SettlingCore(project)
        self.decisions = self.core.decisions
        self._view = self.core.view

    # -- reading ------------------------------------------------------------------------------

    def items(
        self,
        round_: UUID,
        *,
        document: UUID | None = None,
        coders: Sequence[UUID] | None = None,
        states: Collection[ItemState] | None = None,
        kinds: Collection[DifferenceKind] | None = None,
        codes: Collection[UUID] | None = None,
        order: str = "document",
    ) -> tuple[Item, ...]:
        """What there is to settle in a round, settled things and matches among it.

        Items are made over all coders who finished a document, so that what is shown never
        changes them; ``coders`` come first among the sides. ``order`` is by document and place,
        by code, length (longest first) or kind. Raises NotFound; NotAllowed where nothing of
        the round is unsealed; ValueError for another order.
        """
        if order not in _ORDERS:
            raise ValueError(f"items are ordered by {', '.join(_ORDERS)}, not by {order}")
        row = self.core.open_round(round_)
        documents = [d for d in self.core.documents(row) if document in (None, d)]
        found = [
            item
            for of_document in self._view.items(row, documents)
            for item in of_document
            if (states is None or item.state in states)
            and (kinds is None or item.kind in kinds)
            and (codes is None or not set(codes).isdisjoint(item.codes))
        ]
        if coders is not None and not self._view.hidden(row):
            found = [_facing(item, coders) for item in found]
        if order == "length":
            found.sort(key=lambda item: -len(item.span))
        elif order == "kind":
            kind = {each: at for at, each in enumerate(DifferenceKind)}
            found.sort(key=lambda item: kind[item.kind])
        elif order == "code":
            places = {code.id: at for at, code in enumerate(self._project.codes.all(counted=False))}
            found.sort(key=lambda item: min(places.get(c, len(places)) for c in item.codes))
        return tuple(found)

    def item(self, item: UUID, round_: UUID) -> Item:
        """An item. Raises NotFound."""
        row = self.core.open_round(round_)
        document = self.core.document_of(row, item)
        for found in self._view.items(row, [document])[0]:
            if found.id == item:
                return found
        raise unknown_item()

    def documents(self, round_: UUID) -> tuple[SettlingDocument, ...]:
        """The documents of a round that at least two coders coded, and how far each is."""
        row = self.core.open_round(round_)
        documents = self.core.documents(row)
        titles = dict(self._rows(select(Document.id, Document.title)))
        whole = self.settled()
        return tuple(
            SettlingDocument(
                document,
                titles.get(document, ""),
                tally.total,
                tally.states[ItemState.SETTLED],
                tally.total - tally.states[ItemState.SETTLED],
                tally.agreed,
                tally.agreed_accepted,
                document in whole,
            )
            for document, tally in zip(documents, self._view.tally(row, documents), strict=True)
        )

    def progress(self, round_: UUID) -> Progress:
        """How far a round is settled."""
        row = self.core.open_round(round_)
        return self._view.progress(row, self.core.documents(row))

    def choices(self, item: Item) -> tuple[Choice, ...]:
        """The ways to settle an item that are offered, at most five."""
        return choices_of(item, self.core.gone(item))

    def adjudicating(self, round_: UUID) -> bool:
        """Whether the present coder adjudicates the round without seeing names."""
        return self._view.hidden(self._project.rounds.get(round_))

    def may_decide(self, item: Item) -> str:
        """Why the present coder cannot decide an item; empty where they can."""
        return self.core.hindrance(self._project.rounds.get(item.round), item.state)

    def settled(self) -> frozenset[UUID]:
        """The documents whose Consensus is whole, and counts in analysis."""
        return frozenset(self._connection.execute(select(Settled.document_id)).scalars())

    def consensus_state(self) -> ConsensusState:
        """The documents whose Consensus is whole, and those that are being settled."""
        settled = self.settled()
        begun: set[UUID] = set()
        for round_, document in self.decisions.places():
            log = self.decisions.of_document(round_, document)
            if any(d.kind.settles for each in log.values() for d in standing(each)):
                begun.add(document)
        there = set(self._connection.execute(select(Document.id)).scalars())
        return ConsensusState(settled, frozenset((begun & there) - settled))

    def _unsettled(self, round_: UUID) -> bool:
        told = self.progress(round_)
        return told.settled < told.total

    def log(self, round_: UUID) -> tuple[LoggedDecision, ...]:
        """Every decision of a round as it was made, oldest first.

        Persons are named to the one who adjudicates when nothing of the round is open: an
        audit trail without them would be none.
        """
        row = self.core.open_round(round_)
        hidden = self._view.hidden(row) and self._unsettled(round_)
        known = self.decisions.of_round(round_)
        of_item: dict[UUID, list[Decided]] = {}
        for each in known:
            of_item.setdefault(each.item, []).append(each)
        stand = {d.id for each in of_item.values() for d in standing(each)}
        order = {key: at for at, key in enumerate(document_order(self._connection))}
        made = [_logged(each, each.id in stand, hidden=hidden) for each in known]
        made.sort(key=lambda each: (each.decision.at, order.get(each.document, len(order))))
        return tuple(made)

    # -- deciding -----------------------------------------------------------------------------

    def decide(
        self,
        item: UUID,
        round_: UUID,
        kind: DecisionKind,
        *,
        kept: UUID | None = None,
        side: int | None = None,
        result: Sequence[Segment] | None = None,
        edges: Edges | None = None,
        span: Span | None = None,
        code: UUID | None = None,
        valence: Valence | Unset | None = UNSET,
        strength: int | Unset | None = UNSET,
        levels: Collection[UUID] | Unset = UNSET,
        category: ReasonCategory | None = None,
        reason: str = "",
        present: Sequence[UUID] = (),
        proposed_by: str = "",
    ) -> UUID:
        """Decide an item; the Consensus follows in the same act. Returns the decision.

        KEEP takes the version of ``kept`` or, where names are hidden, of the ``side`` at that
        place of the item's sides; BOTH all of them; EDGES one coding on the union, the
        intersection, or ``span``; OTHER_CODE puts ``code`` there; NEITHER, DEFER and UNCLEAR
        give nothing. ``result`` says outright what the Consensus gets. ``valence``,
        ``strength`` and ``levels`` hold for all of the result.
        UNCLEAR also writes the reason as a question at ``code`` (else the first in question).
        Raises UserError where a reason is asked for and missing or nothing would be left,
        NotAllowed where it waits for the adjudicator, NotFound.
        """
        why = Reason(category, reason, tuple(present)).checked(kind)
        self._project.coders.ensure_present()
        with self._operation(Op.DECIDE, item=item, decision=kind.value) as op:
            row = self.core.open_round(round_)
            document = self.core.document_of(row, item)
            ground, log = self._view.ground(row, document)
            bare = ground.by_id.get(item)
            if bare is None:
                raise unknown_item()
            self._refuse_verified(row, document)
            self.core.refuse(row, log.get(item, ()))
            if kind is DecisionKind.KEEP and result is None:
                place = self.core.place(row, bare, ground, kept, side)
                kept = ground.coders[place]
                made = results.of_side(bare.sides, bare.sides[place], edges, span)
            elif result is not None:
                made = tuple(result)
            else:
                made = _result(bare, kind, edges, span, code)
            made = _with(made, valence, strength, levels)
            self.core.refuse_result(op, document, kind, made)
            new = self.core.new(row, ground, bare, kind, made)
            kept = kept if kind is DecisionKind.KEEP else None
            new = replace(new, kept=kept, proposed_by=proposed_by)
            pen = Pen(self._project, self.decisions, op)
            rows = pen.rows(new, why, log.get(item, ()))
            pen.write(rows)
            self.core.tell(op, document, bare.codes)
            if kind is DecisionKind.UNCLEAR:
                asked = code or bare.codes[0]
                self._project.memos.add(why.text, code=asked, ask=True)
            self.core.follow(op, row, [document], pen)
            return UUID(int=rows[-1]["id"].int)

    def _refuse_verified(self, row: RoundRow, document: UUID) -> None:
        if document not in self.core.documents(row):
            raise NotAllowed(
                "This document is verified, not settled by comparing. Nothing was changed.",
                "Judge its codings on the page Verify.",
            )

    def choose(
        self,
        item: Item,
        choice: Choice,
        *,
        category: ReasonCategory | None = None,
        reason: str = "",
        present: Sequence[UUID] = (),
        edges: Edges | None = None,
        valence: Valence | Unset | None = UNSET,
        strength: int | Unset | None = UNSET,
        levels: Collection[UUID] | Unset = UNSET,
    ) -> UUID:
        """Decide an item by one of its choices."""
        outright = choice.result if choice.side is None and edges is None else None
        return self.decide(
            item.id,
            item.round,
            choice.kind,
            kept=choice.kept,
            side=choice.side,
            result=outright,
            edges=edges,
            valence=valence,
            strength=strength,
            levels=levels,
            category=category,
            reason=reason,
            present=present,
        )

    def other_code(self, item: UUID, round_: UUID, code: UUID, **said: Any) -> UUID:
        """Decide that neither code fits but ``code`` does (see ``decide``)."""
        return self.decide(item, round_, DecisionKind.OTHER_CODE, code=code, **said)

    def defer(self, item: UUID, round_: UUID, **said: Any) -> UUID:
        """Leave an item to the adjudicator (see ``decide``)."""
        return self.decide(item, round_, DecisionKind.DEFER, **said)

    def withdraw(
        self, item: UUID, round_: UUID, *, reason: str = "", present: Sequence[UUID] = ()
    ) -> None:
        """Open an item again; what it gave the Consensus goes. Raises UserError where nothing
        was decided on it."""
        self._project.coders.ensure_present()
        with self._operation(Op.DECIDE, item=item, decision=DecisionKind.WITHDRAW.value) as op:
            row = self.core.open_round(round_)
            document = self.core.document_of(row, item)
            ground, log = self._view.ground(row, document)
            self._refuse_verified(row, document)
            stand = standing(log.get(item, ()))
            if not stand:
                raise UserError("Nothing is decided on this item. Nothing was changed.")
            pen = Pen(self._project, self.decisions, op)
            said = Reason(None, reason, tuple(present))
            pen.write([pen.withdrawal(each, said) for each in stand])
            bare = ground.by_id.get(item)
            self.core.tell(op, document, bare.codes if bare else ())
            self.core.follow(op, row, [document])

    def accept_matches(self, round_: UUID, documents: Iterable[UUID] | None = None) -> int:
        """Take what coders agree on into the Consensus: one act, recorded item by item. Returns
        how many matches were accepted."""
        return bulk_settling.accept_matches(self.core, round_, documents)

    def accept_boundaries(
        self,
        round_: UUID,
        edges: Edges = Edges.UNION,
        documents: Iterable[UUID] | None = None,
    ) -> int:
        """Settle every open difference of edges alone in one way, recorded item by item; never
        one of direction, levels or strength. Returns how many."""
        return bulk_settling.accept_boundaries(self.core, round_, edges, documents)

    def propose(
        self, round_: UUID, strategy: Strategy, documents: Iterable[UUID] | None = None
    ) -> tuple[tuple[Item, Choice], ...]:
        """What a strategy would settle, and how: nothing is changed."""
        return bulk_settling.propose(self.core, round_, strategy, documents)

    def accept_proposals(
        self,
        round_: UUID,
        strategy: Strategy,
        documents: Iterable[UUID] | None = None,
        items: Collection[UUID] | None = None,
    ) -> int:
        """Settle open items as a strategy proposes, all or ``items``, recorded item by item;
        never differences of direction, levels or strength, which are settled one by one.
        Returns how many."""
        return bulk_settling.accept_proposals(self.core, round_, strategy, documents, items)

    # -- notes ----------------------------------------------------------------------------------

    def note(self, item: UUID, round_: UUID, kind: NoteKind, text: str) -> UUID:
        """Write a comment for the one who adjudicates, or keep a dissent beside a decision.
        Raises UserError where it is empty."""
        text = text.strip()
        if not text:
            raise UserError("The note is empty.", "Write something, or leave it.")
        self._project.coders.ensure_present()
        with self._operation(Op.NOTE_ITEM, note=kind.value) as op:
            row = self.core.open_round(round_)
            document = self.core.document_of(row, item)
            self.core.tell(op, document)
            key = new_id()
            op.execute(
                insert(ItemNote).values(
                    id=key,
                    round_id=round_,
                    item_id=item,
                    kind=kind.value,
                    text=text,
                    coder_id=op.coder,
                    at=datetime.now(UTC),
                )
            )
            return key

    def notes(self, item: UUID, round_: UUID) -> tuple[NoteRow, ...]:
        """What coders wrote on an item, oldest first; without their names for somebody who
        adjudicates without names."""
        hidden = self._view.hidden(self.core.open_round(round_))
        rows = self._rows(
            select(ItemNote.__table__)
            .where(ItemNote.item_id == item, ItemNote.round_id == round_)
            .order_by(ItemNote.at, ItemNote.id)
        )
        return tuple(
            NoteRow(
                r.id,
                r.item_id,
                NoteKind(r.kind),
                r.text,
                None if hidden and r.coder_id != self._project.coder else r.coder_id,
                r.at,
            )
            for r in rows
        )

    # -- merging --------------------------------------------------------------------------------

    def brought(self, op: Operation, decisions: Sequence[UUID]) -> None:
        """After another copy was brought in within an act, with its ``decisions`` perhaps: the
        Consensus and what is settled follow from all that is known now. Decisions that say
        different things about an item clash: nothing of them is in the Consensus until people
        decide."""
        self.core.brought(op, decisions)


def _result(
    bare: Bare, kind: DecisionKind, edges: Edges | None, span: Span | None, code: UUID | None
) -> tuple[Segment, ...]:
    """What follows from a kind of decision that keeps nobody's version outright."""
    custom = Edges.CUSTOM if span is not None and edges is None else edges
    if kind is DecisionKind.BOTH:
        if custom is None:
            return results.together(bare.sides)
        if custom is Edges.OWN:
            return results.apart(bare.sides)
        return results.with_edges(bare.sides, bare.codes, custom, span)
    if kind is DecisionKind.EDGES:
        codes = bare.codes if code is None else (code,)
        if len(codes) > 1:
            raise UserError("Say which code the passage gets. Nothing was settled.")
        return results.with_edges(bare.sides, codes, custom or Edges.UNION, span)
    if kind is DecisionKind.OTHER_CODE:
        if code is None:
            raise UserError("Say which code the passage gets. Nothing was settled.")
        return results.with_edges(bare.sides, (code,), custom or Edges.UNION, span)
    if kind in (DecisionKind.NEITHER, DecisionKind.DEFER, DecisionKind.UNCLEAR):
        return ()
    raise NotAllowed(f"An item of a comparison is not settled by “{kind.value}”.")


def _with(
    segments: Iterable[Segment],
    valence: Valence | Unset | None,
    strength: int | Unset | None,
    levels: Collection[UUID] | Unset,
) -> tuple[Segment, ...]:
    """Segments that carry what was decided beside their code, each once."""
    changed: dict[str, Any] = {"coding": None}
    if valence is not UNSET:
        changed["valence"] = valence
    if strength is not UNSET:
        changed["strength"] = strength
    if levels is not UNSET:
        changed["levels"] = frozenset(levels)
    return tuple(dict.fromkeys(replace(each, **changed) for each in segments))


def _facing(item: Item, coders: Sequence[UUID]) -> Item:
    """An item with the sides of some coders first."""
    place = {coder: at for at, coder in enumerate(coders)}
    sides = tuple(
        sorted(
            item.sides,
            key=lambda s: len(place) if s.coder is None else place.get(s.coder, len(place)),
        )
    )
    return item if sides == item.sides else replace(item, sides=sides)


def _logged(decided: Decided, stands: bool, *, hidden: bool) -> LoggedDecision:
    row = decided.row(decided.result)
    return LoggedDecision(
        replace(row, kept=None, present=(), coder=None) if hidden else row,
        decided.document,
        decided.difference,
        tuple((None if hidden else coder, segment) for coder, segment in decided.before),
        decided.role,
        decided.proposed_by,
        decided.program,
        decided.codebook_version,
        decided.text_digest,
        decided.replaces,
        stands,
    )
