"""Matching of segments against trying every matching."""

from __future__ import annotations

from itertools import permutations
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.figure import Reason
from ikt_coder.agreement.matching import match
from ikt_coder.agreement.segment_agreement import Rows, segment_match, two_way
from ikt_coder.agreement.spans import Pair, iou

spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 12)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=5,
)


def best(first: list[Pair], second: list[Pair], theta: float) -> tuple[int, float]:
    """The most pairs and the largest summed overlap among those, by trying all."""
    if len(first) > len(second):
        first, second = second, first
    found = (0, 0.0)
    for order in permutations(range(len(second)), len(first)):
        shared = [iou(one, second[at]) for one, at in zip(first, order, strict=True)]
        kept = [one for one in shared if one > 0 and one >= theta]
        found = max(found, (len(kept), sum(kept)))
    return found


@given(spans, spans, st.sampled_from([0.0, 0.25, 0.5, 0.9]))
def test_it_is_the_best_of_all_matchings(
    first: list[Pair], second: list[Pair], theta: float
) -> None:
    found = match(first, second, theta)
    assert len({one for one, _other, _shared in found}) == len(found)
    assert len({other for _one, other, _shared in found}) == len(found)
    for one, other, shared in found:
        assert shared == iou(first[one], second[other]) > 0
        assert shared >= theta
    count, overlap = best(first, second, theta)
    assert len(found) == count
    assert sum(shared for _one, _other, shared in found) == pytest.approx(overlap, abs=1e-6)


@given(spans, spans, st.data())
def test_only_allowed_pairs_are_made(
    first: list[Pair], second: list[Pair], data: st.DataObject
) -> None:
    allowed = {
        (one, other): data.draw(st.booleans())
        for one in range(len(first))
        for other in range(len(second))
    }
    found = match(first, second, 0.25, lambda one, other: allowed[one, other])
    assert all(allowed[one, other] for one, other, _shared in found)


def test_taking_the_first_that_fits_would_halve_the_pairs() -> None:
    """A's long segment fits both of B's; its short one fits only the first."""
    first, second = [(0, 20), (0, 12)], [(0, 14), (8, 20)]
    assert [(one, other) for one, other, _shared in match(first, second, 0.5)] == [(0, 1), (1, 0)]


def test_hundreds_of_overlapping_segments_are_matched_best_and_quickly() -> None:
    """A chain in which every segment fits several others, and a block in which all fit all;
    held against scipy's assignment."""
    import numpy
    from scipy.optimize import linear_sum_assignment

    random = Random(5)
    chain = [
        [
            (at * 30 + random.randrange(40), at * 30 + 100 + random.randrange(40))
            for at in range(400)
        ]
        for _ in "ab"
    ]
    block = [[(random.randrange(20), 200 + random.randrange(20)) for _ in range(60)] for _ in "ab"]
    for first, second in (chain, block):
        begun = perf_counter()
        found = match(first, second, 0.5)
        assert perf_counter() - begun < 10  # seconds; some hundredths on a quiet machine
        worth = numpy.array([[iou(one, other) for other in second] for one in first])
        worth = numpy.where(worth >= 0.5, worth + len(first), 0.0)
        best_rows, best_columns = linear_sum_assignment(worth, maximize=True)
        most = float(worth[best_rows, best_columns].sum())
        assert sum(shared + len(first) for _one, _other, shared in found) == pytest.approx(most)


def test_the_split_of_one_passage_depends_on_the_threshold() -> None:
    sides = ([(0, 10), (10, 20)], [(0, 20)])
    half = segment_match([sides], 0.5)
    assert (half.matched, half.only_first, half.only_second) == (1, 1, 0)
    assert half.f1.value == pytest.approx(2 / 3)
    assert half.precision.value == 1
    assert half.recall.value == 0.5
    edges = segment_match([sides], 0.9)
    assert (edges.matched, edges.only_first, edges.only_second) == (0, 2, 1)
    assert edges.f1.value == 0


def test_without_a_segment_nothing_can_be_said() -> None:
    found = segment_match([([], [])], 0.5)
    assert found.f1.reason is Reason.NO_VARIATION
    alone = segment_match([([(0, 5)], [])], 0.5)
    assert alone.f1.value == 0
    assert alone.precision.reason is Reason.NO_VARIATION


@given(st.lists(st.tuples(spans, spans), max_size=3), st.sampled_from([0.3, 0.5, 0.9]))
def test_swapping_the_coders_swaps_their_sides(
    cells: list[tuple[list[Pair], list[Pair]]], theta: float
) -> None:
    one = segment_match(cells, theta)
    other = segment_match([(second, first) for first, second in cells], theta)
    assert one.f1 == other.f1
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)
    assert one.precision.value == other.recall.value


def test_the_table_of_both_ways() -> None:
    """Five segments of A and four of B; at .9 four rows agree, and chance is a third."""
    cells = {
        "c1": [([(0, 100), (200, 300)], [(0, 95), (210, 330), (400, 460)])],
        "c2": [([(150, 250), (400, 460)], [(150, 250)])],
        "c3": [([(500, 520)], [])],
    }
    strict = two_way(cells, 0.9)
    assert strict.per_code == {"c1": Rows(2, 3), "c2": Rows(2, 1), "c3": Rows(0, 1)}
    assert strict.total == Rows(4, 5)
    assert strict.kappa_bp.value == pytest.approx(1 / 6)
    loose = two_way(cells, 0.5)
    assert loose.total.percent == pytest.approx(2 / 3)
    assert loose.kappa_bp.value == pytest.approx(0.5)


def test_the_table_of_both_ways_needs_two_codes_and_a_segment() -> None:
    assert two_way({"c": [([(0, 5)], [(0, 5)])]}, 0.5).kappa_bp.reason is Reason.ONE_CATEGORY
    empty: dict[str, list[tuple[list[Pair], list[Pair]]]] = {"c": [], "d": []}
    assert two_way(empty, 0.5).kappa_bp.reason is Reason.NO_VARIATION
    assert two_way({}, 0.5).chance is None
