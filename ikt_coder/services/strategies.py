"""Strategies: rules that propose how to settle an item. People accept, or do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from uuid import UUID

from ikt_coder.agreement.spans import Pair
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services import settling_results as results
from ikt_coder.services.settling_rows import Choice, Item, Segment


class StrategyKind(StrEnum):
    MAJORITY = "majority"  # what more than half of the coders have
    PREFER = "prefer"  # one coder's version
    UNION = "union"  # what at least so many coders have


@frozen
class Strategy:
    """A rule; ``coder`` belongs to PREFER, ``threshold`` to UNION."""

    kind: StrategyKind
    coder: UUID | None = None
    threshold: int = 1

    @classmethod
    def majority(cls) -> Strategy:
        return cls(StrategyKind.MAJORITY)

    @classmethod
    def prefer(cls, coder: UUID) -> Strategy:
        return cls(StrategyKind.PREFER, coder=coder)

    @classmethod
    def union(cls, threshold: int = 1) -> Strategy:
        """Raises UserError for a threshold below 1."""
        if threshold < 1:
            raise UserError("At least one coder has to have coded it.", "Take 1 or more.")
        return cls(StrategyKind.UNION, threshold=threshold)

    @property
    def stored(self) -> str:
        """As a decision keeps who proposed it."""
        match self.kind:
            case StrategyKind.PREFER:
                return f"{self.kind.value}:{self.coder.hex if self.coder else ''}"
            case StrategyKind.UNION:
                return f"{self.kind.value}:{self.threshold}"
        return self.kind.value


def proposal(item: Item, coders: Sequence[UUID], strategy: Strategy) -> Choice | None:
    """What a strategy proposes for an item; None where it has nothing to say. ``coders`` are
    those of the item's sides, in their order."""
    if strategy.kind is StrategyKind.PREFER:
        if strategy.coder not in coders:
            return None
        at = coders.index(strategy.coder)
        return _choice(item, results.version(item.sides[at].segments), at)
    enough = len(coders) // 2 + 1 if strategy.kind is StrategyKind.MAJORITY else strategy.threshold
    if enough > len(coders):
        return None
    result = _shared_by(item, enough)
    return None if result is None else _choice(item, result)


def _choice(item: Item, result: tuple[Segment, ...], side: int | None = None) -> Choice:
    if side is None:
        equal = (at for at, each in enumerate(item.sides) if results.same(each.segments, result))
        side = next(equal, None)
    if side is not None:
        kept = item.sides[side].coder
        label = item.sides[side].label
        return Choice(str(side + 1), DecisionKind.KEEP, kept, side, label, result, False)
    if not result:
        return Choice("Z", DecisionKind.NEITHER, None, None, "Neither", (), True)
    several = len({each.code for each in result}) > 1
    kind = DecisionKind.BOTH if several else DecisionKind.EDGES
    if item.kind is DifferenceKind.DIFFERENT_CODE and not several:
        kind = DecisionKind.EDGES
    return Choice("T", kind, None, None, "Together", result, False)


def _shared_by(item: Item, enough: int) -> tuple[Segment, ...] | None:
    """Every code on what at least ``enough`` coders have with it. None where those coders do
    not agree on the direction or the strength by the same rule: that is for people to say."""
    sides = [results.version(side.segments) for side in item.sides]
    found: list[Segment] = []
    for code in dict.fromkeys(s.code for side in sides for s in side):
        for start, end in covered_by([_pairs(side, code) for side in sides], enough):
            span = Span(start, end)
            mine = [
                next(s for s in side if s.code == code and s.span.overlaps(span))
                for side in sides
                if any(s.code == code and s.span.overlaps(span) for s in side)
            ]
            valence = _told([s.valence for s in mine], enough)
            strength = _told([s.strength for s in mine], enough)
            if valence is None or strength is None:
                return None
            levels = Counter(level for s in mine for level in s.levels)
            kept = frozenset(level for level, count in levels.items() if count >= enough)
            found.append(replace(mine[0], span=span, coding=None, levels=kept))
            found[-1] = replace(found[-1], valence=_valence(valence[0]), strength=_int(strength[0]))
    return tuple(sorted(found, key=lambda s: (s.span, s.code)))


def _told(values: Sequence[object], enough: int) -> tuple[object] | None:
    """The one value that enough coders gave; of several such, or none, nothing is told."""
    if len(set(values)) == 1:
        return (values[0],)
    often = [value for value, count in Counter(values).items() if count >= enough]
    return (often[0],) if len(often) == 1 else None


def _valence(value: object) -> Valence | None:
    return value if isinstance(value, Valence) else None


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _pairs(side: Sequence[Segment], code: UUID) -> list[Pair]:
    return [(s.span.start, s.span.end) for s in side if s.code == code]


def covered_by(sides: Sequence[Sequence[Pair]], enough: int) -> list[Pair]:
    """The stretches that at least ``enough`` of the sides cover, in order."""
    events: Counter[int] = Counter()
    for side in sides:
        events.update(_edges(side))
    found: list[Pair] = []
    depth = 0
    start = 0
    for at in sorted(events):
        before, depth = depth, depth + events[at]
        if before < enough <= depth:
            start = at
        elif depth < enough <= before:
            found.append((start, at))
    return found


def _edges(side: Sequence[Pair]) -> Counter[int]:
    """+1 where a side begins to cover the text, −1 where it ends; it counts once."""
    edges: Counter[int] = Counter()
    covered = 0
    for start, end in sorted(side):
        start = max(start, covered)
        if start < end:
            edges[start] += 1
            edges[end] -= 1
            covered = end
    return edges
