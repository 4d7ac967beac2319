"""The frozen rows of settling: items, choices, decisions and how far it is.

Positions are code points, half-open, over the present text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Segment:
    """A coded span as one coder had it, or as the Consensus is to have it."""

    span: Span
    code: UUID
    valence: Valence | None = None
    strength: int | None = None
    levels: frozenset[UUID] = frozenset()
    coding: UUID | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One coder's part in an item. ``coder`` is None while names are hidden; ``label`` then
    is a letter, else the coder's name."""

    coder: UUID | None
    label: str
    initials: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
