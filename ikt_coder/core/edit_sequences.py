"""Sequences of replacements in a text, known by id: swapping them, parting them, and carrying
spans between two states of one text.

A file holds the edits of a text in the order in which they were made there; another file may
hold some of them in another order, with others between. Two edits that neither overlap nor
touch can change places: each keeps its words and only its position shifts. So the edits that
two states share can be brought to the front of both, where the texts are equal, and a span is
carried back through what the one has alone and forward through what the other has alone.

Only lengths matter here, so that records need not hold anybody's words. Positions are code
points; spans are half-open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span, moved_edges, moved_point


@frozen
class EditMark:
    """An edit without its words: at code point ``at`` of the text before it, ``removed`` code
    points gave way to ``inserted`` others."""

    id: UUID
    at: int
    removed: int
    inserted: int

    @property
    def shift(self) -> int:
        return self.inserted - self.removed

    def move_edges(self, start: int, end: int) -> tuple[int, int]:
        """Where a span lies after the edit (as ``TextEdit.move_edges``)."""
        return moved_edges(self.at, self.removed, self.inserted, start, end)

    def move_edges_back(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the text after the edit lay before it."""
        return moved_edges(self.at, self.inserted, self.removed, start, end)

    def move_point(self, at: int) -> int:
        """Where a mark (a time, where words begin) lies after the edit."""
        return moved_point(self.at, self.removed, self.inserted, at)

    def move_point_back(self, at: int) -> int:
        """Where a mark in the text after the edit lay before it."""
        return moved_point(self.at, self.inserted, self.removed, at)


Marks = Sequence[EditMark]


def transposed(first: EditMark, second: EditMark) -> tuple[EditMark, EditMark] | None:
    """The two edits in the other order, the second one first, with the same text after both.

    None where the second touches what the first inserted: it was made on top of it.
    """
    if second.at + second.removed < first.at:
        return second, replace(first, at=first.at + second.shift)
    if second.at > first.at + first.inserted:
        return replace(second, at=second.at - first.shift), first
    return None


def part(marks: Marks, front: Collection[UUID]) -> tuple[list[EditMark], list[EditMark]]:
    """The sequence with the edits in ``front`` first and the others behind them.

    An edit in ``front`` that was made on top of one that is not stays behind that one.
    """
    before: list[EditMark] = []
    behind: list[EditMark] = []
    for mark in marks:
        if mark.id not in front:
            behind.append(mark)
            continue
        moved: list[EditMark] = []
        here = mark
        for other in reversed(behind):
            pair = transposed(other, here)
            if pair is None:
                behind.append(mark)
                break
            here = pair[0]
            moved.append(pair[1])
        else:
            before.append(here)
            behind = moved[::-1]
    return before, behind


def shared(source: Marks, target: Marks) -> tuple[list[EditMark], list[EditMark]]:
    """What two states of a text have alone: the edits of each behind those that both have."""
    common: AbstractSet[UUID] = {mark.id for mark in source} & {mark.id for mark in target}
    while True:
        front, only = part(source, common)
        other_front, other_only = part(target, common)
        reached = {mark.id for mark in front} & {mark.id for mark in other_front}
        if reached == common:
            return only, other_only
        common = reached


def way(source: Marks, target: Marks) -> tuple[list[EditMark], list[EditMark]]:
    """How to go from one state of a text to another: the edits to take back, in that order,
    and those to make then."""
    same = 0
    for one, other in zip(source, target, strict=False):
        if one != other:
            break
        same += 1
    back, forward = shared(source[same:], target[same:])
    return back[::-1], forward


def carry(spans: Iterable[Span], source: Marks, target: Marks) -> list[Span]:
    """Where spans of the text with the edits ``source`` lie in that with the edits ``target``.

    A span whose words are all gone there is empty.
    """
    edges = carry_edges(((span.start, span.end) for span in spans), source, target)
    return [Span(start, end) for start, end in edges]


def carry_edges(
    edges: Iterable[tuple[int, int]], source: Marks, target: Marks
) -> list[tuple[int, int]]:
    """``carry`` for thousands of spans, as pairs of start and end."""
    back, forward = way(source, target)
    if not back and not forward:
        return list(edges)
    moved = []
    for start, end in edges:
        for mark in back:
            start, end = mark.move_edges_back(start, end)
        for mark in forward:
            start, end = mark.move_edges(start, end)
        moved.append((start, end))
    return moved


def carry_points(points: Iterable[int], source: Marks, target: Marks) -> list[int]:
    """Where marks of the text with the edits ``source`` lie in that with ``target``."""
    back, forward = way(source, target)
    moved = []
    for point in points:
        for mark in back:
            point = mark.move_point_back(point)
        for mark in forward:
            point = mark.move_point(point)
        moved.append(point)
    return moved


@frozen
class Place:
    """A stretch of the shared text that edits of one side, or of both, lie in or touch."""

    span: Span
    ours: tuple[UUID, ...]
    theirs: tuple[UUID, ...]

    @property
    def of_both(self) -> bool:
        return bool(self.ours and self.theirs)


def places(ours: Marks, theirs: Marks) -> tuple[Place, ...]:
    """Where two sequences of edits, both made from the same text, changed it: stretches of
    that text which do not touch each other. A place of both sides is a conflict."""
    reaches = [(*reach, mark.id, True) for mark, reach in _reaches(ours)]
    reaches += [(*reach, mark.id, False) for mark, reach in _reaches(theirs)]
    found: list[tuple[int, int, list[UUID], list[UUID]]] = []
    for start, end, key, here in sorted(reaches, key=lambda r: (r[0], r[1], r[2])):
        if not found or start > found[-1][1]:
            found.append((start, end, [], []))
        else:
            found[-1] = (found[-1][0], max(found[-1][1], end), *found[-1][2:])
        (found[-1][2] if here else found[-1][3]).append(key)
    return tuple(Place(Span(a, b), tuple(one), tuple(other)) for a, b, one, other in found)


def _reaches(marks: Marks) -> Iterable[tuple[EditMark, tuple[int, int]]]:
    """What each edit lies on, in the text before the first of them. An edit on top of another
    reaches over all that one touched."""
    for index, mark in enumerate(marks):
        start, end = mark.at, mark.at + mark.removed
        for before in reversed(marks[:index]):
            after = before.at + before.inserted
            if start > after:
                start -= before.shift
            elif start >= before.at:
                start = before.at
            if end > after:
                end -= before.shift
            elif end >= before.at:
                end = before.at + before.removed
        yield mark, (start, end)


def version(span: Span, marks: Marks) -> Span:
    """What became of a place: its span after edits that lie within it or do not touch it."""
    start, end = span.start, span.end
    for mark in marks:
        if mark.at + mark.removed < start:
            start, end = start + mark.shift, end + mark.shift
        elif mark.at <= end:
            end += mark.shift
    return Span(start, end)


def over(marks: Marks, others: Marks) -> list[EditMark]:
    """Edits made from the same text as ``others``, as they are made after them.

    Raises ValueError where an edit touches one of the others: that is a conflict (``places``).
    """
    result: list[EditMark] = []
    beside = list(others)
    for mark in marks:
        here = mark
        for index, other in enumerate(beside):
            if here.at + here.removed < other.at:
                beside[index] = replace(other, at=other.at + here.shift)
            elif here.at > other.at + other.removed:
                here = replace(here, at=here.at + other.shift)
            else:
                raise ValueError("two edits touch each other")
        result.append(here)
    return result
