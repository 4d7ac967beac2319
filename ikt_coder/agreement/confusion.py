"""What the second coder used where the first used a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikt_coder.agreement.counts import Segment
from ikt_coder.agreement.ground import CodedDocument, Ground
from ikt_coder.agreement.spans import Pair, overlap, unite
from ikt_coder.core.frozen import frozen

Codes = tuple[int, int | None]
"""A code of the first coder, a code of the second; None: the second coded nothing there."""


@frozen
class Confused:
    """``characters`` that carry both codes; of these ``instead`` are those where the first did
    not use the second's code nor the second the first's; ``passages`` of the first coder (spans
    of one code that touch or overlap are one) of which a passage of the second overlaps at
    least half of the shorter."""

    characters: int
    instead: int
    passages: int


_Sums = dict[Codes, list[int]]
"""The three numbers of ``Confused``, while they grow."""


def confusion(
    documents: Sequence[CodedDocument],
    segments: Iterable[Segment],
    first: int,
    second: int,
) -> dict[Codes, Confused]:
    """For each code of ``first`` what ``second`` used on the same text, over the documents both
    finished; codes on the diagonal are agreement. Swap the two for the other direction. A
    character with several codes counts for each pair of them. Only the text in scope is looked
    at, character by character, whatever the unit of the figures is."""
    pair = 1 << first | 1 << second
    sides: dict[int, tuple[dict[int, list[Pair]], dict[int, list[Pair]]]] = {}
    grounds = [Ground(document) for document in documents]
    for at, code, coder, start, end in segments:
        if coder in (first, second) and grounds[at].present & pair == pair:
            own = sides.setdefault(at, ({}, {}))[coder == second]
            own.setdefault(code, []).extend(grounds[at].cut(start, end))
    found: _Sums = {}
    for one, other in sides.values():
        theirs = {code: unite(spans) for code, spans in other.items()}
        ours = {code: unite(spans) for code, spans in one.items()}
        _characters(ours, theirs, found)
        _passages(ours, theirs, found)
    return {codes: Confused(*sums) for codes, sums in found.items()}


def _characters(ours: dict[int, list[Pair]], theirs: dict[int, list[Pair]], found: _Sums) -> None:
    events: list[tuple[int, int, int, int]] = []
    for side, codes in enumerate((ours, theirs)):
        for code, spans in codes.items():
            for start, end in spans:
                events += [(start, 1, side, code), (end, 0, side, code)]
    events.sort()
    open_codes: tuple[set[int], set[int]] = (set(), set())
    before = 0
    for at, opens, side, code in events:
        if at > before:
            _add(open_codes, at - before, found)
            before = at
        if opens:
            open_codes[side].add(code)
        else:
            open_codes[side].discard(code)


def _add(open_codes: tuple[set[int], set[int]], characters: int, found: _Sums) -> None:
    ours, theirs = open_codes
    for one in ours:
        if not theirs:
            sums = found.setdefault((one, None), [0, 0, 0])
            sums[0] += characters
            sums[1] += characters
            continue
        for other in theirs:
            sums = found.setdefault((one, other), [0, 0, 0])
            sums[0] += characters
            if one not in theirs and other not in ours:
                sums[1] += characters


def _passages(ours: dict[int, list[Pair]], theirs: dict[int, list[Pair]], found: _Sums) -> None:
    others = sorted((start, end, code) for code, spans in theirs.items() for start, end in spans)
    longest = max((end - start for start, end, _code in others), default=0)
    for one, spans in ours.items():
        from_here = 0
        for start, end in spans:
            while from_here < len(others) and others[from_here][0] + longest <= start:
                from_here += 1
            met: set[int | None] = set()
            for position in range(from_here, len(others)):
                low, high, code = others[position]
                if low >= end:
                    break
                shorter = min(end - start, high - low)
                if 2 * overlap((start, end), (low, high)) >= shorter:
                    met.add(code)
            for other in met or {None}:
                found.setdefault((one, other), [0, 0, 0])[2] += 1
