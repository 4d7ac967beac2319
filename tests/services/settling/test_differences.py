"""Which codings belong together, for two coders and for more."""

from __future__ import annotations

from itertools import permutations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.services.differences import Coded, Group, group

CODES = [UUID(int=900 + n) for n in range(3)]


def far(one: UUID, other: UUID) -> bool:
    return False


def near(one: UUID, other: UUID) -> bool:
    return {one, other} == {CODES[0], CODES[1]}


def coding(key: int, start: int, end: int, code: int = 0, told: object = None) -> Coded:
    return UUID(int=key), start, end, CODES[code], (told, None, frozenset())


def kinds(*sides: list[Coded]) -> list[DifferenceKind]:
    return [each.kind for each in group(sides, near=far)]


@st.composite
def studies(draw: st.DrawFn, most: int = 4) -> list[list[Coded]]:
    keys = iter(draw(st.permutations(range(1, 60))))
    return [
        [
            coding(
                next(keys),
                start := draw(st.integers(0, 40)),
                start + draw(st.integers(1, 15)),
                draw(st.integers(0, 2)),
                draw(st.sampled_from([None, "barrier"])),
            )
            for _ in range(draw(st.integers(0, 6)))
        ]
        for _ in range(draw(st.integers(2, most)))
    ]


@given(studies())
def test_every_coding_lies_in_exactly_one_item(sides: list[list[Coded]]) -> None:
    found = group(sides, near=near)
    listed = [key for each in found for side in each.members for key in side]
    assert sorted(listed) == sorted(c[0] for side in sides for c in side)
    for each in found:
        assert len(each.members) == len(sides)
        for side, members in zip(sides, each.members, strict=True):
            assert set(members) <= {c[0] for c in side}, "on the side of its coder"


@given(studies(), st.randoms())
def test_who_the_coders_are_changes_no_item(sides: list[list[Coded]], random: object) -> None:
    def told(of: list[list[Coded]]) -> set[tuple[object, ...]]:
        return {(g.ids, g.kind, g.near, g.overlap, g.start, g.end) for g in group(of, near=near)}

    for order in list(permutations(range(len(sides))))[:6]:
        assert told([sides[at] for at in order]) == told(sides)


@given(studies(most=2))
def test_two_coders_classes_follow_from_their_sides(sides: list[list[Coded]]) -> None:
    for each in group(sides, near=far):
        first, second = each.members
        if each.kind is DifferenceKind.ONE_SIDE:
            assert (len(first), len(second)) in ((1, 0), (0, 1))
            assert each.overlap is None
        elif each.kind is DifferenceKind.SPLIT:
            assert min(len(first), len(second)) == 1 < max(len(first), len(second))
        else:
            assert (len(first), len(second)) == (1, 1)
            assert each.overlap is not None


@given(studies(), st.data())
def test_what_was_decided_together_stays_together(
    sides: list[list[Coded]], data: st.DataObject
) -> None:
    found = group(sides, near=far)
    if not found:
        return
    kept: Group = data.draw(st.sampled_from(found))
    again = group(sides, near=far, fixed=[(DifferenceKind.BOUNDARY, kept.ids)])
    assert (kept.ids, DifferenceKind.BOUNDARY) in {(g.ids, g.kind) for g in again}
    listed = [key for each in again for side in each.members for key in side]
    assert sorted(listed) == sorted(c[0] for side in sides for c in side)


def test_a_set_of_which_a_coding_is_missing_is_passed_over() -> None:
    sides = [[coding(1, 0, 10)], [coding(2, 0, 10)]]
    fixed = [(DifferenceKind.SPLIT, {UUID(int=1), UUID(int=77)})]
    assert [g.kind for g in group(sides, near=far, fixed=fixed)] == [DifferenceKind.MATCH]


def test_three_coders() -> None:
    a, b, c = coding(1, 0, 10), coding(2, 0, 10), coding(3, 0, 10)
    assert kinds([a], [b], [c]) == [DifferenceKind.MATCH]
    assert kinds([a], [b], []) == [DifferenceKind.ONE_SIDE]
    assert kinds([a], [], []) == [DifferenceKind.ONE_SIDE]
    assert kinds([a], [b], [coding(3, 0, 16)]) == [DifferenceKind.BOUNDARY]
    assert kinds([a], [b], [coding(3, 0, 10, 1)]) == [DifferenceKind.DIFFERENT_CODE]
    assert kinds([a], [b], [coding(3, 0, 10, 0, "barrier")]) == [DifferenceKind.ATTRIBUTE]
    parts = [coding(3, 0, 5), coding(4, 5, 10)]
    assert kinds([a], [b], parts) == [DifferenceKind.SPLIT]


def test_a_coder_between_two_links_them() -> None:
    """The first and the last do not overlap enough; both do with the second."""
    first, second, third = coding(1, 0, 10), coding(2, 3, 13), coding(3, 6, 16)
    (only,) = group([[first], [second], [third]], near=far)
    assert only.kind is DifferenceKind.BOUNDARY
    assert len(only.ids) == 3
    assert len(group([[first], [], [third]], near=far)) == 2


def test_twelve_coders_of_one_passage_are_one_item() -> None:
    sides = [[coding(n + 1, 0, 10)] for n in range(12)]
    assert kinds(*sides) == [DifferenceKind.MATCH]
    sides[7] = []
    assert kinds(*sides) == [DifferenceKind.ONE_SIDE]


def test_near_codes_are_told() -> None:
    sides = [[coding(1, 0, 10, 0)], [coding(2, 0, 10, 1)]]
    assert [g.near for g in group(sides, near=near)] == [True]
    sides = [[coding(1, 0, 10, 0)], [coding(2, 0, 10, 2)]]
    assert [g.near for g in group(sides, near=near)] == [False]
