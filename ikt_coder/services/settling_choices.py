"""The ways to settle an item that are offered, at most five, by its class."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services import settling_results as results
from ikt_coder.services.settling_rows import Choice, Item, Segment, Side

ASKS_REASON = frozenset(
    {DecisionKind.NEITHER, DecisionKind.OTHER_CODE, DecisionKind.DEFER, DecisionKind.UNCLEAR}
)
"""Ways to settle for which a reason is asked; it may always be given."""

MOST = 5
_SHOWN_SIDES = 3


def choices(item: Item, gone: frozenset[UUID] = frozenset()) -> tuple[Choice, ...]:
    """The choices of an item; what has a code of ``gone`` (deleted since) is not offered.

    "1", "2", "3" take a side's version, of a side that coded nothing too; a side whose version
    is that of one before it is not offered apart. "T" takes all together, "I" the edges that
    all have in common, "Z" nothing. Of a match, and of what one coder alone coded, nothing is
    offered twice; elsewhere "T" and "I" are there for the hand also where one of the coders
    has just these edges.
    """
    sides = [side.segments for side in item.sides]
    offered: list[Choice] = []

    def offer(
        key: str,
        kind: DecisionKind,
        label: str,
        result: tuple[Segment, ...],
        side: int | None = None,
        *,
        again: bool = False,
    ) -> None:
        if any(each.code in gone for each in result):
            return
        if not again and any(results.same(result, each.result) for each in offered):
            return
        kept = None if side is None else item.sides[side].coder
        offered.append(Choice(key, kind, kept, side, label, result, kind in ASKS_REASON))

    for at in range(min(_SHOWN_SIDES, len(sides))):
        label = _who(item.sides, at)
        offer(str(at + 1), DecisionKind.KEEP, label, results.version(sides[at]), at)
    every = results.together(sides)
    again = item.kind not in (DifferenceKind.MATCH, DifferenceKind.ONE_SIDE)
    if item.kind in (DifferenceKind.DIFFERENT_CODE, DifferenceKind.ONE_SIDE):
        label = "Both" if len(sides) == 2 else "All together"
        offer("T", DecisionKind.BOTH, label, every, again=again)
    else:
        offer("T", DecisionKind.EDGES, "Together", every, again=again)
    neither = Choice("Z", DecisionKind.NEITHER, None, None, "Neither", (), True)
    empty = any(not each.result for each in offered)
    if item.kind is DifferenceKind.BOUNDARY and len(offered) + (not empty) < MOST:
        shared = results.common(sides)
        if shared:
            offer("I", DecisionKind.EDGES, "What all have in common", shared, again=True)
    if not empty:
        offered.append(neither)
    return tuple(offered[:MOST])


def _who(sides: tuple[Side, ...], at: int) -> str:
    """Everybody whose version it is."""
    mine = sides[at].segments
    return ", ".join(side.label for side in sides if results.same(side.segments, mine))
