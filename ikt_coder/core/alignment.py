"""Aligning two texts that say nearly the same: a trailing space, other line ends, a mended typo.

The alignment is a sequence of edits that make the one text the other, so that spans are carried
as they are through mended places. Lines are matched first, then the words of what is left, then
the white space between matched words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span, TextEdit

# The share of characters that have to be aligned for two texts to count as the same.
SIMILAR = 0.95

_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")


@frozen
class Alignment:
    """How one text becomes the other. ``similarity`` is the share of the characters of both,
    white space apart, that were aligned."""

    edits: tuple[TextEdit, ...]
    similarity: float

    @property
    def close(self) -> bool:
        return self.similarity >= SIMILAR

    def move_edges(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the one text lies in the other; empty where its words are not there."""
        for edit in self.edits:
            if edit.at > end:
                break
            start, end = edit.move_edges(start, end)
        return start, end


def align(source: str, target: str) -> Alignment:
    """Align two texts."""
    matched = [*_matched(source, target, Span(0, len(source)), Span(0, len(target)), _LINE)]
    edits = []
    at = there = shift = kept = 0
    for one, other, length in [*matched, (len(source), len(target), 0)]:
        if source[at:one] != target[there:other]:
            edits.append(TextEdit(at + shift, source[at:one], target[there:other]))
            shift += edits[-1].shift
        else:
            kept += _ink(source[at:one])
        kept += _ink(source[one : one + length])
        at, there = one + length, other + length
    whole = _ink(source) + _ink(target)
    return Alignment(tuple(edits), 2 * kept / whole if whole else 1.0)


def _ink(text: str) -> int:
    return sum(not sign.isspace() for sign in text)


def _matched(
    source: str, target: str, here: Span, there: Span, unit: re.Pattern[str]
) -> Iterator[tuple[int, int, int]]:
    """Stretches (start, start there, length) that are equal, in order."""
    one = [match.span() for match in unit.finditer(source, here.start, here.end)]
    other = [match.span() for match in unit.finditer(target, there.start, there.end)]
    words = [source[a:b] for a, b in one]
    others = [target[a:b] for a, b in other]
    at, at_there = here.start, there.start
    for first, second, size in _blocks(words, others):
        end, end_there = (one[first][0], other[second][0]) if size else (here.end, there.end)
        if unit is _LINE:
            gap, gap_there = Span(at, end), Span(at_there, end_there)
            if len(gap) and len(gap_there):
                yield from _matched(source, target, gap, gap_there, _WORD)
        for index in range(size):
            a, b = one[first + index]
            yield a, other[second + index][0], b - a
        if size:
            at, at_there = one[first + size - 1][1], other[second + size - 1][1]


def _blocks(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Matching blocks in order, and an empty one at the end."""
    yield from _matches(one, other, 0, 0)
    yield len(one), len(other), 0


def _matches(
    one: Sequence[str], other: Sequence[str], here: int, there: int
) -> Iterator[tuple[int, int, int]]:
    """Matching blocks of two stretches that begin at ``here`` and ``there``. What both begin
    and end with is not searched for; long stretches are parted where a run of words stands
    once in each."""
    front = 0
    while front < min(len(one), len(other)) and one[front] == other[front]:
        front += 1
    back = 0
    while back < min(len(one), len(other)) - front and one[-1 - back] == other[-1 - back]:
        back += 1
    if front:
        yield here, there, front
    first, second = one[front : len(one) - back], other[front : len(other) - back]
    if first and second:
        yield from _middle(first, second, here + front, there + front)
    if back:
        yield here + len(one) - back, there + len(other) - back, back


def _middle(
    one: Sequence[str], other: Sequence[str], here: int, there: int
) -> Iterator[tuple[int, int, int]]:
    if len(one) * len(other) <= _SEARCHED:
        for first, second, size in SequenceMatcher(
            None, one, other, autojunk=False
        ).get_matching_blocks():
            if size:
                yield here + first, there + second, size
        return
    for length in _RUNS:
        anchors = _anchors(one, other, length)
        if anchors:
            break
    else:
        return  # nothing in them stands out
    at = at_there = 0
    for first, second in [*anchors, (len(one), len(other))]:
        if first < at or second < at_there:
            continue  # it lies in what was matched already
        yield from _matches(one[at:first], other[at_there:second], here + at, there + at_there)
        if first < len(one):
            yield here + first, there + second, length
        at, at_there = first + length, second + length


# Up to so many pairs of words are searched through; a longer stretch is parted first, where
# runs of so many words stand once in each.
_SEARCHED = 1_000_000
_RUNS = (8, 4, 2, 1)


def _anchors(one: Sequence[str], other: Sequence[str], length: int) -> list[tuple[int, int]]:
    """Where runs of words that stand once in each stand in both, in the same order."""
    places = _once(one, length), _once(other, length)
    pairs = sorted((place, places[1][run]) for run, place in places[0].items() if run in places[1])
    # The longest row of pairs that rises on both sides.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(ends, second)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(second)
            last.append(index)
        else:
            ends[at], last[at] = second, index
    row = []
    step = last[-1] if last else -1
    while step >= 0:
        row.append(pairs[step])
        step = before[step]
    return row[::-1]


def _once(words: Sequence[str], length: int) -> dict[tuple[str, ...], int]:
    """Runs of words that stand once, with their places."""
    found: dict[tuple[str, ...], int] = {}
    for index in range(len(words) - length + 1):
        run = tuple(words[index : index + length])
        found[run] = -1 if run in found else index
    return {run: place for run, place in found.items() if place >= 0}
