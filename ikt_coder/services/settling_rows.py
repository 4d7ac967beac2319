"""The frozen rows of settling: items, choices, decisions and how far it is.

Positions are code points, half-open, over the present text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, NoteKind, ReasonCategory
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence


class ItemState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    DEFERRED = "deferred"
    UNCLEAR = "unclear"
    CLASH = "clash"  # two copies decided differently


class Edges(StrEnum):
    """Whose edges a coding of the Consensus gets."""

    OWN = "own"  # each keeps its own
    UNION = "union"
    INTERSECTION = "intersection"
    CUSTOM = "custom"


@frozen
class Segment:
    """A coded span as one coder had it, or as the Consensus is to have it."""

    span: Span
    code: UUID
    valence: Valence | None = None
    strength: int | None = None
    levels: frozenset[UUID] = frozenset()
    coding: UUID | None = None


@frozen
class Side:
    """One coder's part in an item. ``coder`` is None while names are hidden; ``label`` then
    is a letter, else the coder's name."""

    coder: UUID | None
    label: str
    initials: str
    segments: tuple[Segment, ...]


@frozen
class DecisionRow:
    """A decision as it holds (or held). ``result`` is what the Consensus got."""

    id: UUID
    item: UUID
    kind: DecisionKind
    kept: UUID | None
    result: tuple[Segment, ...]
    category: ReasonCategory | None
    reason: str
    present: tuple[UUID, ...]
    coder: UUID | None
    at: datetime
    in_bulk: bool
    names_hidden: bool


@frozen
class Item:
    """Something to settle: segments of two or more coders that belong together, of one
    document. ``span`` covers all of them; ``overlap`` is the share that the sides have in
    common (intersection over union), None where one side has nothing."""

    id: UUID
    round: UUID
    document: UUID
    document_title: str
    kind: DifferenceKind
    near: bool  # the codes are parent and child, or siblings
    span: Span
    sides: tuple[Side, ...]
    overlap: float | None
    state: ItemState
    decision: DecisionRow | None = None
    notes: int = 0
    also: tuple[DecisionRow, ...] = ()  # what another copy decided, where they clash

    @property
    def codes(self) -> tuple[UUID, ...]:
        """The codes in question, each once, in order of the sides."""
        return tuple(dict.fromkeys(s.code for side in self.sides for s in side.segments))


@frozen
class Choice:
    """One of at most five ways to settle an item. ``key`` is what is typed for it ("1",
    "T", …); ``result`` what the Consensus would get; ``asks_reason`` whether a reason is
    asked for (it may always be given)."""

    key: str
    kind: DecisionKind
    kept: UUID | None  # the coder; None while names are hidden or nobody's is kept
    side: int | None  # which side is kept
    label: str
    result: tuple[Segment, ...]
    asks_reason: bool


@frozen
class NoteRow:
    id: UUID
    item: UUID
    kind: NoteKind
    text: str
    coder: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is settled. ``agreed`` counts matches, which need no talk; ``total``
    the differences; ``ways`` how the settled ones were (by DecisionKind), ``codes`` those with
    the most differences, ``kinds`` all differences by class."""

    agreed: int
    agreed_accepted: int
    total: int
    settled: int
    deferred: int
    unclear: int
    clashes: int
    ways: dict[DecisionKind, int] = field(default_factory=dict)
    kinds: dict[DifferenceKind, int] = field(default_factory=dict)
    codes: tuple[tuple[UUID, int], ...] = ()

    @property
    def left(self) -> int:
        return self.total - self.settled - self.deferred - self.unclear - self.clashes


@frozen
class SettlingDocument:
    """How far a document of a round is. ``whole``: its Consensus counts in analysis."""

    document: UUID
    title: str
    differences: int
    settled: int
    left: int
    matches: int
    matches_accepted: int
    whole: bool


@frozen
class ConsensusState:
    """The documents whose Consensus is whole, and those that are being settled."""

    settled: frozenset[UUID]
    being_settled: frozenset[UUID]


@frozen
class LoggedDecision:
    """A decision of the log as it was made. Spans are those of the text as it was then;
    ``before`` names the coder of each segment (None: names are hidden). ``stands``: no later
    decision took its place. ``proposed_by``: "" a person at the item, "match" accepted as
    agreed, "edges:…", a strategy, "history" said again by undo, redo or going back."""

    decision: DecisionRow
    document: UUID
    difference: DifferenceKind
    before: tuple[tuple[UUID | None, Segment], ...]
    role: str
    proposed_by: str
    program: str
    codebook_version: UUID | None
    text_digest: str
    replaces: UUID | None
    stands: bool
