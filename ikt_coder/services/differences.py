"""Which codings of two to twelve coders belong together as one item to settle.

For two coders the classes are those of :mod:`ikt_coder.agreement.differences`. For more, every
pair of coders is compared in the same way and what is linked by any pair, directly or over a
third coder, is one item. Every coding lies in exactly one item. Positions are code points.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations
from uuid import UUID

from ikt_coder.agreement.differences import Difference, classify
from ikt_coder.agreement.spans import Pair, clip, length, unite
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind

Coded = tuple[UUID, int, int, UUID, tuple[object, ...]]
"""A coding: id, start, end, code, what else it carries (valence, strength, levels)."""

Near = Callable[[UUID, UUID], bool]


@frozen
class Group:
    """Codings that belong together. ``members`` has a tuple for each coder, in text order, the
    empty one where they coded nothing there; ``overlap`` is the intersection over union of the
    sides, None where one is empty."""

    kind: DifferenceKind
    near: bool
    members: tuple[tuple[UUID, ...], ...]
    overlap: float | None
    start: int
    end: int

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(key for side in self.members for key in side)


def group(
    sides: Sequence[Sequence[Coded]],
    *,
    near: Near,
    text: str | None = None,
    theta: float = 0.5,
    fixed: Sequence[tuple[DifferenceKind, Collection[UUID]]] = (),
) -> list[Group]:
    """The items of one document, in text order.

    ``fixed`` are sets of codings that stay together whatever the rules say now, with their
    class: what was decided once is never taken apart because two codes were merged since. A set
    of which a coding is missing, or already in another, is passed over.
    """
    coded = {coding[0]: coding for side in sides for coding in side}
    owner = {coding[0]: at for at, side in enumerate(sides) for coding in side}
    found: list[Group] = []
    taken: set[UUID] = set()
    for kind, keys in fixed:
        if keys and all(key in coded and key not in taken for key in keys):
            taken.update(keys)
            found.append(_made(kind, sorted(keys), coded, owner, len(sides), near))
    free = [[coding for coding in side if coding[0] not in taken] for side in sides]
    # Ties between matchings are broken by order. Ordered by what they coded and not by who they
    # are, the same codings give the same items whoever made them.
    order = sorted(range(len(sides)), key=lambda at: min((c[0].int for c in free[at]), default=0))
    if len(sides) == 2:
        first, second = order
        for each in _pair(free[first], free[second], near, text, theta):
            keys = sorted(each.first + each.second)
            found.append(_made(each.kind, keys, coded, owner, 2, near, each.iou))
    else:
        found += _of_many(free, order, coded, owner, near, text, theta)
    found.sort(key=lambda each: (each.start, each.end, sorted(each.ids)))
    return found


def _pair(
    first: Sequence[Coded], second: Sequence[Coded], near: Near, text: str | None, theta: float
) -> list[Difference]:
    return classify(first, second, near=near, text=text, theta=theta)


def _of_many(
    sides: Sequence[Sequence[Coded]],
    order: Sequence[int],
    coded: dict[UUID, Coded],
    owner: dict[UUID, int],
    near: Near,
    text: str | None,
    theta: float,
) -> Iterator[Group]:
    above = {coding[0]: coding[0] for side in sides for coding in side}
    matched: set[frozenset[UUID]] = set()

    def root(key: UUID) -> UUID:
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for one, other in combinations(order, 2):
        for each in _pair(sides[one], sides[other], near, text, theta):
            keys = each.first + each.second
            if each.kind is DifferenceKind.MATCH:
                matched.add(frozenset(keys))
            for key in keys[1:]:
                above[root(key)] = root(keys[0])
    parts: dict[UUID, list[UUID]] = {}
    for key in above:
        parts.setdefault(root(key), []).append(key)
    for part in parts.values():
        kind = _kind_of_many(part, coded, owner, len(sides), matched)
        yield _made(kind, sorted(part), coded, owner, len(sides), near)


def _kind_of_many(
    keys: Sequence[UUID],
    coded: dict[UUID, Coded],
    owner: dict[UUID, int],
    sides: int,
    matched: set[frozenset[UUID]],
) -> DifferenceKind:
    """The class of an item of three coders or more: what weighs most comes first."""
    codes: dict[int, set[UUID]] = {}
    for key in keys:
        codes.setdefault(owner[key], set()).add(coded[key][3])
    if len(set(map(frozenset, codes.values()))) > 1:
        return DifferenceKind.DIFFERENT_CODE
    if len(keys) > len(codes):
        return DifferenceKind.SPLIT
    if len(codes) < sides:
        return DifferenceKind.ONE_SIDE
    if len({coded[key][4] for key in keys}) > 1:
        return DifferenceKind.ATTRIBUTE
    if all(frozenset(pair) in matched for pair in combinations(keys, 2)):
        return DifferenceKind.MATCH
    return DifferenceKind.BOUNDARY


def _made(
    kind: DifferenceKind,
    keys: Sequence[UUID],
    coded: dict[UUID, Coded],
    owner: dict[UUID, int],
    sides: int,
    near: Near,
    overlap: float | None = None,
) -> Group:
    members: list[list[UUID]] = [[] for _ in range(sides)]
    codings = sorted((coded[key] for key in keys), key=lambda c: (c[1], c[2], c[0]))
    for coding in codings:
        members[owner[coding[0]]].append(coding[0])
    codes = sorted({coding[3] for coding in codings})
    whole = all(members)
    if whole and overlap is None:
        overlap = _overlap([[(coded[k][1], coded[k][2]) for k in side] for side in members])
    return Group(
        kind,
        len(codes) > 1 and all(near(one, other) for one, other in combinations(codes, 2)),
        tuple(tuple(side) for side in members),
        overlap if whole else None,
        min(coding[1] for coding in codings),
        max(coding[2] for coding in codings),
    )


def in_common(sides: Sequence[Sequence[Pair]]) -> list[Pair]:
    """What all sides cover, as spans in order; nothing where there is no side."""
    shared = unite(sides[0]) if sides else []
    for side in sides[1:]:
        theirs = unite(side)
        shared = [piece for start, end in shared for piece in clip(start, end, theirs)]
    return shared


def _overlap(sides: Sequence[Sequence[Pair]]) -> float:
    together = length(unite([span for side in sides for span in side]))
    return length(in_common(sides)) / together if together else 0.0
