"""What is counted of a document: its text or the scope in it, in characters or larger units."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ikt_coder.agreement.spans import Pair, clip, length, unite
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Projection

Rule = Projection
"""When a unit counts as coded: any of its characters is, at least half are, all are."""


@frozen
class CodedDocument:
    """What of one document is counted.

    ``coders`` is the mask of those who finished it: where they applied nothing is a zero;
    everybody else's judgement is missing. ``scope`` are sorted, disjoint spans, None the whole
    text. ``units`` are sorted, disjoint spans, None single characters; a unit counts with what
    of it lies in the scope, and not at all where nothing does.
    """

    length: int
    coders: int
    scope: tuple[Pair, ...] | None = None
    units: tuple[Pair, ...] | None = None


CoderSpan = tuple[int, int, int]
"""Coder, start, end."""


class Ground:
    """A document made ready for counting."""

    __slots__ = ("length", "present", "scope", "size", "units")

    def __init__(self, document: CodedDocument) -> None:
        self.length = document.length
        self.scope: tuple[Pair, ...] | None = None
        if document.scope is not None:
            _check_order(document.scope, "the scope")
            self.scope = tuple(clip(0, document.length, document.scope))
        self.units = None if document.units is None else Units(document.units, self)
        if self.units is not None:
            self.size = len(self.units.sizes)
        else:
            self.size = document.length if self.scope is None else length(self.scope)
        self.present = document.coders if self.size and document.coders.bit_count() > 1 else 0
        if not self.present:
            self.size = 0

    def cut(self, start: int, end: int) -> list[Pair]:
        """What of a span lies in the text and in the scope."""
        if self.scope is not None:
            return clip(start, end, self.scope)
        start, end = max(0, start), min(end, self.length)
        return [(start, end)] if start < end else []


class Units:
    """The units of a document, with the number of characters each has in scope."""

    __slots__ = ("ends", "ground", "sizes", "starts")

    def __init__(self, units: Sequence[Pair], ground: Ground) -> None:
        _check_order(units, "the units")
        self.ground = ground
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sizes: list[int] = []
        whole = ground.scope is None and (not units or units[-1][1] <= ground.length)
        for start, end in units:
            size = end - start if whole else length(ground.cut(start, end))
            if size:
                self.starts.append(start)
                self.ends.append(end)
                self.sizes.append(size)

    def projected(self, spans: Iterable[CoderSpan], rule: Rule) -> Iterator[CoderSpan]:
        """Spans of units that count as coded, by number of unit, coder for coder."""
        of_coder: dict[int, list[Pair]] = {}
        for coder, start, end in spans:
            of_coder.setdefault(coder, []).append((start, end))
        for coder, own in of_coder.items():
            for first, last in self._touched(unite(own), rule):
                yield (coder, first, last)

    def _touched(self, spans: Sequence[Pair], rule: Rule) -> Iterator[Pair]:
        """Only the units at a span's two edges can be coded in part."""
        partly: dict[int, int] = {}
        starts, ends = self.starts, self.ends
        for start, end in spans:
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            if first >= last:
                continue
            if rule is Rule.ANY:
                yield (first, last)
                continue
            for edge in {first, last - 1}:
                if start > starts[edge] or end < ends[edge]:
                    low, high = max(start, starts[edge]), min(end, ends[edge])
                    covered = length(self.ground.cut(low, high))
                    partly[edge] = partly.get(edge, 0) + covered
            whole_first = first + (start > starts[first])
            whole_last = last - (end < ends[last - 1])
            if whole_first < whole_last:
                yield (whole_first, whole_last)
        for unit, covered in partly.items():
            size = self.sizes[unit]
            if covered == size or (rule is Rule.HALF and 2 * covered >= size):
                yield (unit, unit + 1)


def _check_order(spans: Sequence[Pair], what: str) -> None:
    before = 0
    for start, end in spans:
        if start < before or end < start:
            raise ValueError(f"{what} must be in order and must not overlap: ({start}, {end})")
        before = end


def unit_flags(
    document: CodedDocument, spans: Iterable[CoderSpan], rule: Rule, *, coders: int
) -> list[list[int]]:
    """For each coder 1 or 0 for every unit: the raw table behind figures on larger units.
    ValueError where the document has no units."""
    ground = Ground(document)
    if ground.units is None:
        raise ValueError("the document has no units")
    flags = [[0] * len(ground.units.sizes) for _ in range(coders)]
    inside = ((coder, *cut) for coder, start, end in spans for cut in ground.cut(start, end))
    for coder, first, last in ground.units.projected(inside, rule):
        flags[coder][first:last] = [1] * (last - first)
    return flags
