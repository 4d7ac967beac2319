"""How many units each set of coders coded, per document and code: the base of every figure.

Documents, codes and coders are numbered by the caller. A set of coders is a bit mask: bit i
stands for coder i. One coder's spans of one code are united before anything is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ikt_coder.agreement.ground import CodedDocument, CoderSpan, Ground, Rule
from ikt_coder.core.frozen import frozen

__all__ = [
    "Cell",
    "CodedDocument",
    "Counts",
    "Fourfold",
    "Rule",
    "Segment",
    "Tally",
    "count",
    "count_presence",
    "counts_of_tables",
    "fourfold_of",
    "frequency_agreement",
    "roll_up",
]

Segment = tuple[int, int, int, int, int]
"""Document, code, coder, start, end."""

Tally = dict[tuple[int, int], int]
"""Units by (coders who judged the unit, coders who applied the code to it)."""


class Cell(NamedTuple):
    """One code in one document where somebody applied it: units by the mask of those who did,
    and passages (all coders' spans, touching or overlapping ones as one)."""

    patterns: dict[int, int]
    passages: int


class Fourfold(NamedTuple):
    """Two coders, one code: units that both coded, only the first, only the second, neither."""

    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def units(self) -> int:
        return self.both + self.only_a + self.only_b + self.neither


@frozen
class Counts:
    """The counts of all codes in all documents.

    ``present`` holds for each document the mask of coders who finished it, 0 where the document
    is left out (fewer than two finished it, or it has no unit in scope); ``units`` its number of
    units; ``cells`` for each code the documents where somebody applied it.
    """

    codes: int
    coders: int
    present: tuple[int, ...]
    units: tuple[int, ...]
    cells: tuple[dict[int, Cell], ...]

    @property
    def counted(self) -> tuple[int, ...]:
        """The documents that are not left out."""
        return tuple(at for at, mask in enumerate(self.present) if mask)

    def tally(self, code: int, documents: Iterable[int] | None = None) -> Tally:
        """The units of a code, over all documents or some."""
        chosen = self.counted if documents is None else documents
        cells = self.cells[code]
        tally: Tally = {}
        for document in chosen:
            mask = self.present[document]
            if not mask:
                continue
            left = self.units[document]
            cell = cells.get(document)
            if cell is not None:
                for applied, units in cell.patterns.items():
                    tally[mask, applied] = tally.get((mask, applied), 0) + units
                    left -= units
            if left:
                tally[mask, 0] = tally.get((mask, 0), 0) + left
        return tally

    def fourfold(
        self, code: int, first: int, second: int, documents: Iterable[int] | None = None
    ) -> Fourfold:
        """Two coders' counts, over the documents both finished."""
        return fourfold_of(self.tally(code, documents), first, second)


def fourfold_of(tally: Tally, first: int, second: int) -> Fourfold:
    """Two coders' counts out of a tally; units that either did not judge are left out."""
    a, b = 1 << first, 1 << second
    both = only_a = only_b = neither = 0
    for (present, applied), units in tally.items():
        if not (present & a and present & b):
            continue
        if applied & a:
            if applied & b:
                both += units
            else:
                only_a += units
        elif applied & b:
            only_b += units
        else:
            neither += units
    return Fourfold(both, only_a, only_b, neither)


def count(
    documents: Sequence[CodedDocument],
    segments: Iterable[Segment],
    *,
    codes: int,
    coders: int,
    rule: Rule = Rule.ANY,
) -> Counts:
    """Count units by who coded them. Segments of coders who have not finished a document are
    left out, and what of a segment lies outside the text or the scope. ValueError for units or
    a scope that overlap or are out of order."""
    grounds = [Ground(document) for document in documents]
    cells: tuple[dict[int, Cell], ...] = tuple({} for _ in range(codes))
    shift, steps = _shift(coders), _steps(coders)
    for key, events in _by_cell(grounds, segments, shift).items():
        code, at = divmod(key, len(grounds))
        units = grounds[at].units
        if units is None:
            patterns, passages = _sweep(events, shift, steps)
        else:
            coded = _events(units.projected(_spans(events, shift), rule), shift)
            patterns, _runs = _sweep(coded, shift, steps)
            _lengths, passages = _sweep(events, shift, steps)
        cells[code][at] = Cell(patterns, passages)
    return _counts(codes, coders, grounds, [ground.size for ground in grounds], cells)


def count_presence(
    documents: Sequence[CodedDocument], segments: Iterable[Segment], *, codes: int, coders: int
) -> Counts:
    """The unit is the document: a coder applied a code where it occurs at least once."""
    grounds = [Ground(document) for document in documents]
    cells: tuple[dict[int, Cell], ...] = tuple({} for _ in range(codes))
    shift, steps = _shift(coders), _steps(coders)
    for key, events in _by_cell(grounds, segments, shift).items():
        code, at = divmod(key, len(grounds))
        patterns, passages = _sweep(events, shift, steps)
        mask = 0
        for pattern in patterns:
            mask |= pattern
        cells[code][at] = Cell({mask: 1}, passages)
    sizes = [1 if ground.present else 0 for ground in grounds]
    return _counts(codes, coders, grounds, sizes, cells)


def counts_of_tables(tables: Iterable[Fourfold]) -> Counts:
    """The counts of one code and two coders where only the four numbers of each document are
    known; each document's passages are not known and count as one."""
    found = tuple(tables)
    return Counts(
        1,
        2,
        tuple(3 if table.units else 0 for table in found),
        tuple(table.units for table in found),
        (
            {
                at: Cell(
                    {
                        mask: number
                        for mask, number in ((3, table.both), (1, table.only_a), (2, table.only_b))
                        if number
                    },
                    1,
                )
                for at, table in enumerate(found)
                if table.units > table.neither
            },
        ),
    )


def frequency_agreement(
    documents: Sequence[CodedDocument],
    segments: Iterable[Segment],
    *,
    codes: int,
    first: int,
    second: int,
) -> list[float | None]:
    """For each code the share of documents, finished by both, in which the two applied it
    equally often (segments in scope); None where there is no such document."""
    pair = 1 << first | 1 << second
    grounds = [Ground(document) for document in documents]
    common = sum(1 for ground in grounds if ground.present & pair == pair)
    if not common:
        return [None] * codes
    unequal = [0] * codes
    numbers: dict[tuple[int, int], int] = {}
    for at, code, coder, start, end in segments:
        ground = grounds[at]
        if coder in (first, second) and ground.present & pair == pair and ground.cut(start, end):
            step = 1 if coder == first else -1
            numbers[code, at] = numbers.get((code, at), 0) + step
    for (code, _at), difference in numbers.items():
        unequal[code] += difference != 0
    return [(common - differing) / common for differing in unequal]


def roll_up(segments: Iterable[Segment], ancestors: Sequence[Sequence[int]]) -> Iterator[Segment]:
    """The segments, and each again for every ancestor of its code."""
    for segment in segments:
        yield segment
        document, code, coder, start, end = segment
        for ancestor in ancestors[code]:
            yield (document, ancestor, coder, start, end)


def _counts(
    codes: int,
    coders: int,
    grounds: Sequence[Ground],
    sizes: Sequence[int],
    cells: tuple[dict[int, Cell], ...],
) -> Counts:
    present = tuple(ground.present for ground in grounds)
    return Counts(codes, coders, present, tuple(sizes), cells)


# A span becomes two whole numbers, which sort many times faster than tuples: the position, then
# the coder, then whether it is the end. While the sweep walks, the state is one whole number
# too, with a field for each coder that holds how many of the coder's spans are open.

_FIELD: Final = 24
_OPEN: Final = (1 << _FIELD) - 1


def _shift(coders: int) -> int:
    return (2 * coders).bit_length()


def _steps(coders: int) -> list[int]:
    """What the start and the end of a coder's span add to the state."""
    return [step for coder in range(coders) for step in (1 << _FIELD * coder, -1 << _FIELD * coder)]


def _events(spans: Iterable[CoderSpan], shift: int) -> list[int]:
    events: list[int] = []
    for coder, start, end in spans:
        events.append(start << shift | coder << 1)
        events.append(end << shift | coder << 1 | 1)
    return events


def _spans(events: Sequence[int], shift: int) -> Iterator[CoderSpan]:
    """The spans behind events that have not been sorted yet."""
    low = (1 << shift) - 1
    for at in range(0, len(events), 2):
        yield ((events[at] & low) >> 1, events[at] >> shift, events[at + 1] >> shift)


def _by_cell(
    grounds: Sequence[Ground], segments: Iterable[Segment], shift: int
) -> dict[int, list[int]]:
    """The events of the segments that count, by code times number of documents plus document."""
    size = len(grounds)
    present = [ground.present for ground in grounds]
    # Without a scope a span within the text needs no cutting.
    ends = [ground.length if ground.scope is None else -1 for ground in grounds]
    cells: dict[int, list[int]] = {}
    for at, code, coder, start, end in segments:
        if not present[at] >> coder & 1:
            continue
        if 0 <= start < end <= ends[at]:
            events = [start << shift | coder << 1, end << shift | coder << 1 | 1]
        else:
            events = _events(((coder, *cut) for cut in grounds[at].cut(start, end)), shift)
            if not events:
                continue
        found = cells.get(code * size + at)
        if found is None:
            cells[code * size + at] = events
        else:
            found += events
    return cells


def _sweep(events: list[int], shift: int, steps: Sequence[int]) -> tuple[dict[int, int], int]:
    """Walk over the ends of all spans, adding what lies between two ends to the state there:
    the lengths by mask of coders, and the number of passages. Sorts the events."""
    events.sort()
    low = (1 << shift) - 1
    lengths: dict[int, int] = {}
    state = passages = 0
    before = -1
    for event in events:
        at = event >> shift
        if at != before:
            if state:
                lengths[state] = lengths.get(state, 0) + at - before
            else:
                passages += 1
            before = at
        state += steps[event & low]
    patterns: dict[int, int] = {}
    for state, length in lengths.items():
        mask = _mask(state)
        patterns[mask] = patterns.get(mask, 0) + length
    return patterns, passages


def _mask(state: int) -> int:
    mask = coder = 0
    while state:
        if state & _OPEN:
            mask |= 1 << coder
        state >>= _FIELD
        coder += 1
    return mask
