"""Spans as plain pairs ``(start, end)``, code points, half-open: two hundred thousand of them
are counted in a second, which objects would not allow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Pair = tuple[int, int]


def unite(spans: Iterable[Pair], *, touching: bool = True) -> list[Pair]:
    """Overlapping spans made one, in order; also touching ones, unless told otherwise.
    Empty spans vanish."""
    united: list[Pair] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if united:
            last_start, last_end = united[-1]
            if start < last_end or (touching and start == last_end):
                if end > last_end:
                    united[-1] = (last_start, end)
                continue
        united.append((start, end))
    return united


def length(spans: Iterable[Pair]) -> int:
    """How many code points spans that do not overlap hold together."""
    return sum(end - start for start, end in spans)


def overlap(first: Pair, second: Pair) -> int:
    """How many code points two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def iou(first: Pair, second: Pair) -> float:
    """Shared code points over those of either span (intersection over union); 0 for two empty
    spans."""
    shared = overlap(first, second)
    whole = first[1] - first[0] + second[1] - second[0] - shared
    return shared / whole if whole else 0.0


def clip(start: int, end: int, pieces: Sequence[Pair]) -> list[Pair]:
    """What of a span lies in some sorted, disjoint pieces of the text."""
    found: list[Pair] = []
    at = max(0, bisect_right(pieces, (start, start)) - 1)
    while at < len(pieces) and pieces[at][0] < end:
        low, high = max(start, pieces[at][0]), min(end, pieces[at][1])
        if low < high:
            found.append((low, high))
        at += 1
    return found


def fixed_units(text_length: int, size: int) -> tuple[Pair, ...]:
    """Segments of ``size`` code points each, the last perhaps shorter. ValueError where the
    size is not positive."""
    if size < 1:
        raise ValueError("a fixed segment has at least one code point")
    return tuple((at, min(at + size, text_length)) for at in range(0, text_length, size))


_EDGE_SIGNS = frozenset(".,;:!?…\"'“”‘’«»()[]–—-")


def trim(text: str, start: int, end: int) -> Pair:
    """A span without white space and without punctuation at its edges; as it was where
    nothing else is in it."""
    low, high = start, min(end, len(text))
    while low < high and (text[low].isspace() or text[low] in _EDGE_SIGNS):
        low += 1
    while low < high and (text[high - 1].isspace() or text[high - 1] in _EDGE_SIGNS):
        high -= 1
    return (low, high) if low < high else (start, end)
