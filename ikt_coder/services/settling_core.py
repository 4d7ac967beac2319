"""What settling stands on, for reconciliation and for code and verify: the log of decisions, the
items, the Consensus that follows, and which documents are whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundMode
from ikt_coder.core.words import Layer
from ikt_coder.model import Code, Coding, Decision, Document, Settled
from ikt_coder.services import settling_results as results
from ikt_coder.services.consensus import Consensus, drop_orphans, holding, write_settled
from ikt_coder.services.decision_writing import HISTORY, New, Pen, Reason
from ikt_coder.services.decisions import NUMBER, Decided, DecisionLog, heads, standing
from ikt_coder.services.new_codings import refuse_strength
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.settling_history import SettlingHistory
from ikt_coder.services.settling_items import Bare, DocumentItems, ItemMaker
from ikt_coder.services.settling_rows import Item, ItemState, Segment
from ikt_coder.services.settling_view import ItemView
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project
    from ikt_coder.storage.undoing import Act

_GIVES_NOTHING = frozenset(
    {DecisionKind.KEEP, DecisionKind.NEITHER, DecisionKind.DEFER, DecisionKind.UNCLEAR}
) | {DecisionKind.REMOVE}


class SettlingCore:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.decisions = DecisionLog(project)
        self.maker = ItemMaker(project)
        self.view = ItemView(project, self.maker, self.decisions)
        self.consensus = Consensus(project, self.decisions)
        self._history = SettlingHistory(project, self.decisions)

    # -- where ----------------------------------------------------------------------------------

    def open_round(self, round_: UUID) -> RoundRow:
        """A round. Raises NotFound; NotAllowed where all of it is sealed."""
        row = self.project.rounds.get(round_)
        if row.sealed and row.unsealed is None:
            raise NotAllowed(
                f"“{row.name}” is sealed: nobody sees what others coded, and nothing is settled.",
                "Finish the documents and unseal the round.",
            )
        return row

    def documents(self, row: RoundRow) -> tuple[UUID, ...]:
        """The documents of a round that are settled by comparing, in the order of the list."""
        return tuple(self.maker.documents(row))

    def among(self, row: RoundRow, documents: Iterable[UUID] | None) -> tuple[UUID, ...]:
        wanted = None if documents is None else set(documents)
        return tuple(d for d in self.documents(row) if wanted is None or d in wanted)

    def document_of(self, row: RoundRow, item: UUID) -> UUID:
        """The document of an item. Raises NotFound."""
        known = self.maker.where(item)
        documents = (*self.documents(row), *self.maker.verified(row))
        if known is not None and known in documents:
            return known
        for document in documents:
            if item in self.view.ground(row, document)[0].by_id:
                return document
        raise unknown_item()

    # -- rights ---------------------------------------------------------------------------------

    def hindrance(self, row: RoundRow, state: ItemState) -> str:
        """Why the present coder cannot decide an item; empty where they can."""
        judge = row.adjudicator
        if state is not ItemState.DEFERRED or judge in (None, self.project.coder):
            return ""
        names = {coder.id: coder.name for coder in self.project.coders.everyone()}
        return f"This item waits for {names.get(judge, 'the adjudicator')}, who adjudicates."

    def refuse(self, row: RoundRow, decisions: Sequence[Decided]) -> None:
        """Raise NotAllowed where an item with these decisions is not the present coder's to
        decide."""
        deferred = any(each.kind is DecisionKind.DEFER for each in standing(decisions))
        why = self.hindrance(row, ItemState.DEFERRED if deferred else ItemState.OPEN)
        if why:
            raise NotAllowed(
                f"{why} Nothing was changed.", "Withdraw the deferral to decide it yourselves."
            )

    def refuse_result(
        self, op: Operation, document: UUID, kind: DecisionKind, result: Sequence[Segment]
    ) -> None:
        """Raise NotAllowed where the Consensus cannot get this."""
        if not result and kind not in _GIVES_NOTHING:
            raise UserError(
                "Nothing would be left of this item. Nothing was settled.",
                "To leave the passage uncoded, settle it with neither.",
            )
        length = op.execute(select(Document.length).where(Document.id == document)).scalar()
        codes = {each.code for each in result}
        known = {
            row.id: row
            for row in op.execute(
                select(Code.id, Code.name, Code.applicable, Code.merged_into).where(
                    Code.id.in_(codes)
                )
            ).all()
        }
        for each in result:
            refuse_strength(each.strength)
            if not 0 <= each.span.start < each.span.end <= (length or 0):
                raise NotAllowed("A coding needs at least one letter inside the text.")
            code = known.get(each.code)
            if code is None or code.merged_into is not None:
                raise NotAllowed(
                    "The code of this version is no longer in the codebook. Nothing was settled.",
                    "Choose another code, or neither.",
                )
            if not code.applicable:
                raise NotAllowed(f"“{code.name}” is a heading.", "Choose a code below it.")

    def gone(self, item: Item) -> frozenset[UUID]:
        """The codes in question that were deleted since."""
        known = self.maker.codebook().counts_as
        return frozenset(code for code in item.codes if code not in known)

    def place(
        self,
        row: RoundRow,
        bare: Bare,
        ground: DocumentItems,
        kept: UUID | None,
        side: int | None,
    ) -> int:
        """Whose version is kept, as a place among the coders of the document. Raises NotFound;
        UserError where nobody is named."""
        if kept is not None:
            if kept not in ground.coders:
                raise NotFound("This coder did not code the document in this round.")
            return ground.coders.index(kept)
        if side is None or not 0 <= side < len(ground.coders):
            raise UserError("Say whose version is kept. Nothing was settled.")
        hidden = self.view.hidden(row)
        return self.view.shuffled(bare.id, len(ground.coders), hidden=hidden)[side]

    # -- writing --------------------------------------------------------------------------------

    def new(
        self,
        row: RoundRow,
        ground: DocumentItems,
        bare: Bare,
        kind: DecisionKind,
        result: Sequence[Segment],
    ) -> New:
        """A decision on an item, to be written."""
        return New(
            row.id,
            ground.document,
            bare.id,
            bare.kind,
            kind,
            bare.before(ground.coders),
            result,
            names_hidden=self.view.hidden(row),
        )

    def tell(self, op: Operation, document: UUID, codes: Iterable[UUID] = ()) -> None:
        """Let the history name the document and the first code in question."""
        title = op.execute(select(Document.title).where(Document.id == document)).scalar()
        op.note(title=title or "", document=document)
        first = next(iter(codes), None)
        name = op.execute(select(Code.name).where(Code.id == first)).scalar() if first else None
        if name:
            op.note(code=name)

    def accept_open_matches(
        self, row: RoundRow, document: UUID, pen: Pen, only_if_last: bool = False
    ) -> int:
        """Record that the matches of a document nobody said anything about are accepted; with
        ``only_if_last`` where all else is settled. Returns how many."""
        ground, log = self.view.ground(row, document)
        matches: list[Bare] = []
        for bare in ground.items:
            stand = standing(log.get(bare.id, ()))
            if bare.kind is DifferenceKind.MATCH and not stand:
                if only_if_last and _opened(log.get(bare.id, ())):
                    return 0  # somebody opened it, and will say why
                matches.append(bare)
            elif only_if_last and not self._settled(stand, ground):
                return 0
        rows: list[dict[str, Any]] = []
        codes = self.maker.codebook()
        taken = 0
        for bare in matches:
            result = results.together(bare.sides)
            if any(codes.counts_as.get(each.code) != each.code for each in result):
                continue  # its code was deleted since: people have to say what holds
            new = self.new(row, ground, bare, DecisionKind.KEEP, result)
            rows += pen.rows(new.accepted(), Reason(), log.get(bare.id, ()))
            taken += 1
        pen.write(rows)
        return taken

    def left_to_accept(self, row: RoundRow, documents: Sequence[UUID]) -> bool:
        """Whether accepting matches would settle anything."""
        open_ = any(t.agreed > t.agreed_accepted for t in self.view.tally(row, documents))
        return open_ or any(
            self.consensus.round_of(document) is None for document in self.unsaid(row)
        )

    def unsaid(self, row: RoundRow) -> list[UUID]:
        """Documents in which nobody coded anything and that do not count as settled yet."""
        settled = set(self.project.connection.execute(select(Settled.document_id)).scalars())
        return [document for document in self.maker.empty(row) if document not in settled]

    def _settled(self, stand: Sequence[Decided], ground: DocumentItems) -> bool:
        held, _ = holding(stand, ground.marks, self.maker.codebook())
        return held is not None and held.kind.settles

    def follow(
        self,
        op: Operation,
        row: RoundRow,
        documents: Iterable[UUID],
        pen: Pen | None = None,
    ) -> None:
        """Let the Consensus and what is settled follow from the decisions on some documents.
        With ``pen``, where all differences of a document are settled its matches are accepted
        with them."""
        for document in documents:
            if pen is not None and document in self.documents(row):
                _, log = self.view.ground(row, document)
                if any(standing(each) for each in log.values()):
                    self.accept_open_matches(row, document, pen, only_if_last=True)
            self._renew(op, document, row)
        for document in self.unsaid(row):
            if self.consensus.round_of(document) is None:
                write_settled(op, document, row.id)

    def _renew(self, op: Operation, document: UUID, row: RoundRow | None = None) -> None:
        """The Consensus of a document and whether it is whole."""
        round_ = self.consensus.rebuild(op, document, self.maker.codebook())
        if document in self.project.sight.sealed():
            return  # what was frozen is not to be seen, so that whether all is settled stays
        if round_ is None and row is not None:
            round_ = row.id  # everything was withdrawn, or nobody coded anything
        if round_ is None:
            write_settled(op, document, None)
            return
        of_round = row if row is not None and row.id == round_ else self._round(round_)
        whole = of_round is not None and self.whole(of_round, document)
        log = self.decisions.of_document(round_, document)
        at = max((d.at for each in log.values() for d in each), default=None)
        write_settled(op, document, round_ if whole else None, at)

    def _round(self, round_: UUID) -> RoundRow | None:
        try:
            return self.project.rounds.get(round_)
        except NotFound:
            return None

    def whole(self, row: RoundRow, document: UUID) -> bool:
        """Whether nothing is left to settle in a document of a round."""
        if document in self.documents(row):
            ground, log = self.view.ground(row, document)
            return all(self._settled(standing(log.get(b.id, ())), ground) for b in ground.items)
        if row.mode is RoundMode.VERIFY:
            return self.project.verification.whole(row, document)
        return False

    # -- undo, going back, merging ----------------------------------------------------------------

    def refuse_undo(self, act: Act) -> None:
        """Raise UndoRefused where something else was decided on an item of ``act`` since."""
        self._history.refuse(act)

    def undone(self, op: Operation, act: Act) -> None:
        """After ``act`` was played back: record what stands again."""
        for document in self._history.undone(op, act):
            self._renew(op, document, self._round_in(document))

    def gone_back(self, op: Operation, seq: int) -> None:
        """After going back to the state after operation ``seq``: record what stands again."""
        self.project.rounds.forget()
        for document in self._history.gone_back(op, seq):
            self._renew(op, document, self._round_in(document))

    def brought(self, op: Operation, decisions: Sequence[UUID]) -> None:
        """After another copy was brought in, with its ``decisions`` perhaps: build the Consensus
        of their documents anew from all decisions, and remember them so that the act can be
        undone. Where codes were merged there, the Consensus has the survivors."""
        self.maker.forget()
        self.project.rounds.forget()
        numbers: list[int] = []
        documents: dict[UUID, None] = {}
        for start in range(0, len(decisions), 500):
            some = list(decisions[start : start + 500])
            for number, document in op.execute(
                select(NUMBER, Decision.document_id).where(Decision.id.in_(some))
            ).all():
                numbers.append(number)
                documents[document] = None
        if numbers:
            self.decisions.note(op, min(numbers) - 1)
        gone = select(Code.id).where(Code.merged_into.is_not(None))
        recoded = op.execute(
            select(Coding.document_id)
            .where(Coding.layer == Layer.CONSENSUS.value, Coding.code_id.in_(gone))
            .distinct()
        ).scalars()
        documents.update(dict.fromkeys(recoded.all()))
        for document in documents:
            self._renew(op, document, self._round_in(document))
        if documents:
            drop_orphans(op)

    def frozen_anew(self, op: Operation, documents: Sequence[UUID]) -> None:
        """After documents were finished again: where that brings something new to settle, they
        are not settled any more. What was coded blind keeps what stood at unsealing."""
        settled = select(Settled.document_id).where(Settled.document_id.in_(documents))
        found = op.execute(settled).scalars().all()
        if found:
            self.maker.forget()
            self.project.rounds.forget()
        for document in found:
            self._renew(op, document, self._round_in(document))

    def codes_merged(self, op: Operation, code: UUID) -> None:
        """After other codes were merged into ``code``: where the Consensus had two of them on
        the same words, it has the one once."""
        found = op.execute(
            select(Coding.document_id)
            .where(Coding.code_id == code, Coding.layer == Layer.CONSENSUS.value)
            .distinct()
        ).scalars()
        for document in found.all():
            if self.consensus.round_of(document) is not None:
                self._renew(op, document)

    def _round_in(self, document: UUID) -> RoundRow | None:
        """The newest round in which anything was said about a document."""
        said = self.decisions.rounds_of(document)
        rows = [row for row in self.project.rounds.all() if row.id in said]
        return rows[-1] if rows else None


def _opened(decisions: Sequence[Decided]) -> bool:
    """Whether people opened an item again, and not undo or going back."""
    return any(
        each.kind is DecisionKind.WITHDRAW and each.proposed_by != HISTORY
        for each in heads(decisions)
    )


def unknown_item() -> NotFound:
    return NotFound(
        "This item is not in the round.", "Codings were finished anew since, or merged; look again."
    )
