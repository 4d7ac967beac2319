"""Which of two coders' segments belong together: the largest one-to-one matching.

Among all matchings with the most pairs it takes one with the largest summed overlap. Taking the
first that fits instead can halve the number of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ikt_coder.agreement.assignment import assign
from ikt_coder.agreement.spans import Pair, iou

Match = tuple[int, int, float]
"""Positions in the two sequences, and the overlap (intersection over union)."""

_SCALE: Final = 1 << 40
_ALONE: Final = 1 << 62
"""What it costs to leave a segment alone: more than any sum of overlaps can outweigh."""


def match(
    first: Sequence[Pair],
    second: Sequence[Pair],
    theta: float,
    allowed: Callable[[int, int], bool] | None = None,
    preferred: Callable[[int, int], bool] | None = None,
) -> list[Match]:
    """Pairs of spans whose intersection over union is above 0 and at least ``theta``.

    ``allowed`` may rule out pairs by their positions. Where several matchings are equally good,
    one with more ``preferred`` pairs is taken, and then the order of the sequences decides: give
    them sorted by start, end and id.
    """
    edges: list[dict[int, int]] = [{} for _ in first]
    for one, other in _overlapping(first, second):
        overlap = iou(first[one], second[other])
        if overlap > 0 and overlap >= theta and (allowed is None or allowed(one, other)):
            wanted = preferred is not None and preferred(one, other)
            edges[one][other] = 2 * round((1 - overlap) * _SCALE) + (not wanted)
    partner = assign([dict(sorted(of.items())) for of in edges], _ALONE)
    return [
        (one, other, iou(first[one], second[other]))
        for one, other in enumerate(partner)
        if other is not None
    ]


def _overlapping(first: Sequence[Pair], second: Sequence[Pair]) -> list[tuple[int, int]]:
    """All pairs that share a code point, found in one walk over the text."""
    events = [(span[0], 0, at, span[1]) for at, span in enumerate(first) if span[0] < span[1]]
    events += [(span[0], 1, at, span[1]) for at, span in enumerate(second) if span[0] < span[1]]
    events.sort()
    open_spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    pairs: list[tuple[int, int]] = []
    for start, side, at, end in events:
        others = open_spans[1 - side]
        others[:] = [span for span in others if span[0] > start]
        pairs += [(at, other) if side == 0 else (other, at) for _end, other in others]
        open_spans[side].append((end, at))
    return pairs
