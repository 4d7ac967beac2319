"""What the Verify page reads: the documents of a round, and of one its codings and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundMode
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.rows import DocumentText, TurnRow
from ikt_coder.services.settling_rows import Item, ItemState, Segment
from ikt_coder.services.verification_rows import CheckedState, Rates, VerifiedDocument
from ikt_coder.ui.comparison.columns.study import Study, read_study


@frozen
class Verified:
    """A round of code and verify, and the document of it that is shown (None: there is none).
    ``hindrance`` says why the present coder cannot judge in it."""

    row: RoundRow
    documents: tuple[VerifiedDocument, ...]
    rates: Rates
    study: Study
    document: UUID | None
    text: DocumentText | None
    items: tuple[Item, ...]
    checked: CheckedState
    hindrance: str

    @property
    def first_coder(self) -> UUID | None:
        """Whose codings are verified."""
        sides = (side for item in self.items for side in item.sides[:1])
        known = next((side.coder for side in sides), None)
        return known if known is not None else next(iter(self.row.coders), None)

    def turn_at(self, point: int) -> TurnRow | None:
        """The turn that holds a code point."""
        if self.text is None:
            return None
        for turn in self.text.turns:
            if turn.span.start <= point < turn.span.end:
                return turn
        return None


def read_verified(project: Project, round_: UUID, document: UUID | None) -> Verified | None:
    """Read a round; without ``document`` (or where it is not in it) the first that is not
    whole. None for a round of another kind."""
    row = project.rounds.get(round_)
    if row.mode is not RoundMode.VERIFY:
        return None
    service = project.verification
    documents = service.documents(round_)
    known: Mapping[UUID, VerifiedDocument] = {each.document: each for each in documents}
    if document not in known:
        left = (each.document for each in documents if not each.whole)
        document = next(left, next(iter(known), None))
    nothing = CheckedState(False, frozenset(), 0)
    return Verified(
        row,
        documents,
        service.rates(round_),
        read_study(project, row.codebook_version),
        document,
        None if document is None else project.documents.text(document),
        () if document is None else service.items(round_, document),
        nothing if document is None else known[document].checked,
        "" if document is None else service.hindrance(round_, document),
    )


def shown_segments(item: Item) -> tuple[Segment, ...]:
    """What is shown of an item in the text: as it was coded, or as it was judged. What was
    removed stays to be seen."""
    own = item.sides[-1].segments if item.kind is DifferenceKind.MISSED else item.sides[0].segments
    if item.decision is None or not item.decision.result:
        return own
    keys = [each.coding for each in own] or [None]
    return tuple(
        replace(each, coding=keys[min(at, len(keys) - 1)] or each.coding)
        for at, each in enumerate(item.decision.result)
    )


def waits(item: Item) -> bool:
    """Whether an item is still to be judged."""
    return item.state in (ItemState.OPEN, ItemState.CLASH)


def removed(item: Item) -> bool:
    return item.decision is not None and item.decision.kind is DecisionKind.REMOVE


def changed_code(item: Item) -> bool:
    """Whether a coding got another code, and not only another direction."""
    if item.decision is None or item.decision.kind is not DecisionKind.CHANGE_CODE:
        return False
    before = {each.code for each in item.sides[0].segments}
    return any(each.code not in before for each in item.decision.result)


def sign_of(item: Item) -> DifferenceKind:
    """The class whose icon an item bears in the margin: what became of it."""
    kind = item.decision.kind if item.decision is not None and not waits(item) else None
    if kind is None:
        return item.kind
    return {
        DecisionKind.ACCEPT: DifferenceKind.MATCH,
        DecisionKind.CHANGE_EDGES: DifferenceKind.BOUNDARY,
        DecisionKind.CHANGE_CODE: (
            DifferenceKind.DIFFERENT_CODE if changed_code(item) else DifferenceKind.ATTRIBUTE
        ),
        DecisionKind.REMOVE: DifferenceKind.ONE_SIDE,
    }.get(kind, item.kind)
