"""Which mendings of a text stand where several copies mended one place.

What one copy did at a place is a *version*: edits of which each was made on top of another. Of
versions that touch each other the one with the earlier edit stands. Those that give way are
remembered, so that a third copy's version meets all of them: the versions are gone through from
the earliest to the latest, and each stands that touches none that stands already. What comes of
it follows from the versions alone and not from the order in which they came.

Versions are given over the text that all have in common; positions are code points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from ikt_coder.core.edit_sequences import EditMark, over, part, places, transposed
from ikt_coder.core.frozen import frozen


@frozen
class Version:
    """Edits that belong together, in order, over the shared text."""

    marks: tuple[EditMark, ...]

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(mark.id for mark in self.marks)

    @property
    def first(self) -> UUID:
        return min(mark.id for mark in self.marks)

    def touches(self, other: Version) -> bool:
        (start, end), (first, last) = _reach(self.marks), _reach(other.marks)
        return start <= last and first <= end


def _reach(marks: Sequence[EditMark]) -> tuple[int, int]:
    """What edits lie on, in the text before the first of them."""
    spans = [place.span for place in places(marks, ())]
    return min(span.start for span in spans), max(span.end for span in spans)


@frozen
class Contested:
    """A version as it is kept with a merge: over the text as it was imported, behind those
    edits it was made on top of (``beneath``). ``stands``: it was not the one to give way."""

    beneath: tuple[EditMark, ...]
    marks: tuple[EditMark, ...]
    stands: bool

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(mark.id for mark in self.marks)

    def over(self, base: Sequence[EditMark]) -> Version | None:
        """The version over a text with the edits ``base``; None where it cannot be made on it:
        an edit it needs is not there, or one that everybody has lies where it lies."""
        needed = {mark.id for mark in self.beneath}
        front, rest = part(base, needed)
        if {mark.id for mark in front} != needed:
            return None
        try:
            return Version(tuple(over(self.marks, rest)))
        except ValueError:
            return None


def versions(marks: Sequence[EditMark]) -> tuple[Version, ...]:
    """The versions that a sequence of edits consists of."""
    groups: list[set[UUID]] = []
    for mark in marks:
        ids = _with_needed(marks, {mark.id})
        joined = [group for group in groups if group & ids]
        groups = [group for group in groups if not group & ids]
        groups.append(ids.union(*joined))
    return tuple(Version(tuple(part(marks, group)[0])) for group in groups)


def _with_needed(marks: Sequence[EditMark], wanted: set[UUID]) -> set[UUID]:
    """Edits with those that they were made on top of."""
    found = set(wanted)
    while True:
        blocker = _blocker(marks, found)
        if blocker is None:
            return found
        found.add(blocker)


def _blocker(marks: Sequence[EditMark], wanted: set[UUID]) -> UUID | None:
    """An edit not among ``wanted`` that one of them was made on top of."""
    behind: list[EditMark] = []
    for mark in marks:
        if mark.id not in wanted:
            behind.append(mark)
            continue
        here = mark
        for index in range(len(behind) - 1, -1, -1):
            pair = transposed(behind[index], here)
            if pair is None:
                return behind[index].id
            here, behind[index] = pair
    return None


def standing(
    every: Iterable[Version], fixed: Collection[UUID] = (), out: Collection[UUID] = ()
) -> tuple[Version, ...]:
    """The versions that stand, in order; those with edits in ``fixed`` cannot give way, those
    with edits in ``out`` were decided against by a person."""
    taken: list[Version] = []
    reaches: list[tuple[int, int]] = []
    held, away = set(fixed), set(out)
    for each in sorted(every, key=lambda v: (not v.ids & held, v.first, len(v.ids))):
        start, end = _reach(each.marks)
        if not each.ids & away and not any(start <= b and a <= end for a, b in reaches):
            taken.append(each)
            reaches.append((start, end))
    return tuple(taken)


def fought_over(every: Iterable[Version]) -> list[Version]:
    """The versions that touch another one."""
    found: dict[Version, None] = {}
    open_: list[tuple[int, Version]] = []
    for start, end, each in sorted(
        ((*_reach(each.marks), each) for each in every), key=lambda found: found[:2]
    ):
        open_ = [(until, other) for until, other in open_ if until >= start]
        if open_:
            found |= dict.fromkeys([each, *(other for _, other in open_)])
        open_.append((end, each))
    return list(found)


def contests(every: Sequence[Version], stand: Sequence[Version]) -> tuple[tuple[Version, ...], ...]:
    """What gives way, each with what it gives way to: groups of versions."""
    groups: list[list[Version]] = []
    for loser in every:
        if loser in stand:
            continue
        group = [loser, *(other for other in stand if other.touches(loser))]
        if len(group) == 1:
            continue
        joined = [other for other in groups if any(v in other for v in group)]
        groups = [other for other in groups if other not in joined]
        groups.append(list(dict.fromkeys(v for some in (*joined, group) for v in some)))
    return tuple(tuple(group) for group in groups)


def in_order(some: Iterable[Version]) -> list[EditMark]:
    """Versions that do not touch each other, one made after the other."""
    marks: list[EditMark] = []
    for each in sorted(some, key=lambda version: version.first):
        marks += over(each.marks, marks)
    return marks


def contested(base: Sequence[EditMark], each: Version, stands: bool) -> Contested:
    """A version over the text with the edits ``base``, as it is kept."""
    sequence = [*base, *each.marks]
    wanted = _with_needed(sequence, set(each.ids))
    front, _ = part(sequence, wanted)
    own = each.ids
    return Contested(
        tuple(mark for mark in front if mark.id not in own),
        tuple(mark for mark in front if mark.id in own),
        stands,
    )
