"""Gamma against trying every alignment, and what must hold whatever is drawn."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.agreement.figure import Reason
from ikt_coder.agreement.gamma import (
    MOST_UNITS,
    Dissimilarity,
    Gamma,
    Unit,
    align,
    disorder,
    gamma,
)

FIRST: list[Unit] = [(1, 5, "a"), (6, 10, "b"), (11, 15, "a")]
SECOND: list[Unit] = [(2, 6, "a"), (7, 11, "b"), (12, 16, "a")]

KEPT = 0.8757083918499714
"""Gamma of these for seed 7."""

units = st.builds(
    lambda start, length, value: (start, start + length, value),
    st.integers(0, 20),
    st.integers(1, 9),
    st.sampled_from("ab"),
)
tracks = st.lists(units, max_size=4)
weights = st.sampled_from([0.0, 0.5, 1.0, 3.0])
dissimilarities = st.builds(Dissimilarity, weights, weights, st.sampled_from([0.5, 1.0, 2.0]))


def least(first: list[Unit], second: list[Unit], given: Dissimilarity) -> Fraction:
    """The smallest summed dissimilarity of all alignments, by trying all, in fractions."""
    empty = Fraction(given.delta_empty)
    if not first:
        return len(second) * empty
    (start, end, value), rest = first[0], first[1:]
    found = empty + least(rest, second, given)
    for at, (low, high, other) in enumerate(second):
        edges = Fraction(abs(start - low) + abs(end - high)) / Fraction(end - start + high - low)
        cost = Fraction(given.alpha) * edges**2 + Fraction(given.beta) * (value != other)
        without = second[:at] + second[at + 1 :]
        found = min(found, cost * empty + least(rest, without, given))
    return found


@given(tracks, tracks, dissimilarities)
def test_the_disorder_is_the_least_of_all_alignments(
    first: list[Unit], second: list[Unit], dissimilarity: Dissimilarity
) -> None:
    if not first and not second:
        return
    mean = Fraction(len(first) + len(second), 2)
    assert disorder(first, second, dissimilarity) == pytest.approx(
        float(least(first, second, dissimilarity) / mean), abs=1e-9
    )


@given(tracks, tracks, dissimilarities)
def test_a_unit_is_in_one_pair_at_most(
    first: list[Unit], second: list[Unit], dissimilarity: Dissimilarity
) -> None:
    pairs = align(first, second, dissimilarity)
    assert len({one for one, _other in pairs}) == len(pairs)
    assert len({other for _one, other in pairs}) == len(pairs)


def test_a_cheap_pair_is_given_up_where_the_whole_gets_cheaper() -> None:
    """The first units of both lie nearest to each other, but then two units stay alone."""
    first: list[Unit] = [(10, 20, "a"), (22, 32, "a")]
    second: list[Unit] = [(12, 22, "a"), (1, 11, "a")]
    assert align(first, second, Dissimilarity()) == [(0, 1), (1, 0)]
    assert align(first[:1], second, Dissimilarity()) == [(0, 0)]


def test_the_worked_example() -> None:
    """(1 + 1)² / (4 + 4)² for each of three pairs; gamma near the .8774 of another program."""
    found = gamma([FIRST, SECOND])
    assert found.observed.value == 0.0625
    assert found.gamma.value == pytest.approx(0.8774, abs=0.03)
    assert found.samples >= 400


def test_seeds_differ_by_no_more_than_the_standard_error_says() -> None:
    found = [gamma([FIRST, SECOND], seed=seed) for seed in range(20)]
    expected = [one.expected for one in found if one.expected is not None]
    middle = sum(expected) / 20
    spread = (sum((one - middle) ** 2 for one in expected) / 19) ** 0.5
    assert len(set(expected)) == 20
    assert found[0].standard_error == pytest.approx(spread, rel=0.5)
    values = [one.gamma.value for one in found if one.gamma.value is not None]
    assert max(values) - min(values) < 0.03


def test_a_seed_gives_the_same_figure_again() -> None:
    """The value itself is kept, so that a figure in a report can be had again by a later version
    of the program."""
    assert gamma([FIRST, SECOND], seed=7) == gamma([FIRST, SECOND], seed=7)
    assert gamma([FIRST, SECOND], seed=7) != gamma([FIRST, SECOND], seed=8)
    assert gamma([FIRST, SECOND], seed=7).gamma.value == pytest.approx(KEPT, abs=1e-9)


@settings(deadline=None)
@given(tracks, tracks)
def test_which_coder_is_named_first_makes_no_difference(
    first: list[Unit], second: list[Unit]
) -> None:
    one, other = gamma([first, second], samples=20), gamma([second, first], samples=20)
    assert one.observed.reason == other.observed.reason
    assert one.observed.value == pytest.approx(other.observed.value, abs=1e-9)
    assert one.expected == pytest.approx(other.expected, abs=1e-9)


@settings(deadline=None)
@given(tracks, tracks)
def test_names_of_values_and_the_cost_of_none_make_no_difference(
    first: list[Unit], second: list[Unit]
) -> None:
    def renamed(units: list[Unit]) -> list[Unit]:
        return [(start, end, {"a": 2, "b": 1}[str(value)]) for start, end, value in units]

    found = gamma([first, second], samples=20)
    other = gamma([renamed(first), renamed(second)], Dissimilarity(delta_empty=4), samples=20)
    assert found.gamma.reason == other.gamma.reason
    assert found.gamma.value == pytest.approx(other.gamma.value, abs=1e-9)


@settings(deadline=None)
@given(tracks.filter(lambda units: len(units) > 1))
def test_the_same_units_are_in_full_agreement(units: list[Unit]) -> None:
    found = gamma([units, list(reversed(units))], samples=20)
    assert found.observed.value == 0
    # Units that are all alike, with no gaps, are drawn alike too: then nothing can be said.
    assert found.gamma.value == 1 or found.gamma.reason is Reason.NO_VARIATION


def test_the_same_units_twice() -> None:
    assert gamma([FIRST, FIRST]).gamma.value == 1


def test_units_drawn_at_random_agree_no_better_than_chance() -> None:
    """Two coders of whom one marks the other half of the text, with other values."""
    first: list[Unit] = [(at * 20, at * 20 + 9, "a") for at in range(12)]
    second: list[Unit] = [(at * 20 + 10, at * 20 + 19, "b") for at in range(12)]
    found = gamma([first, second])
    assert found.gamma.value is not None
    assert found.gamma.value < 0


def undefined(found: Gamma) -> Reason | None:
    assert found.gamma.value is None
    return found.gamma.reason


def test_where_it_is_undefined() -> None:
    assert undefined(gamma([FIRST, SECOND, FIRST])) is Reason.NOT_APPLICABLE
    many: list[Unit] = [(at, at + 1, "a") for at in range(MOST_UNITS + 1)]
    assert undefined(gamma([FIRST, many])) is Reason.NOT_APPLICABLE
    nobody = gamma([[], []])
    assert undefined(nobody) is Reason.NO_VARIATION
    assert (nobody.observed.value, nobody.expected, nobody.samples) == (None, None, 0)
    alike = gamma([[(0, 5, "a")], [(0, 5, "a")]])
    assert undefined(alike) is Reason.NO_VARIATION
    assert (alike.observed.value, alike.expected) == (0, 0)


def test_one_coder_without_a_unit_is_a_disagreement() -> None:
    found = gamma([FIRST, []])
    assert found.observed.value == 2
    assert found.gamma.value is not None
    assert found.gamma.value < 0.5


@pytest.mark.parametrize(
    "coders", [[], [FIRST], [FIRST, [(3, 3, "a")]], [FIRST, [(3, 2, "a")]]], ids=range(4)
)
def test_what_is_refused(coders: list[list[Unit]]) -> None:
    with pytest.raises(ValueError, match=r"two coders|empty"):
        gamma(coders)


def test_an_interview_takes_less_than_two_seconds() -> None:
    first: list[Unit] = [(at * 30, at * 30 + 5 + at % 23, at % 5) for at in range(100)]
    second: list[Unit] = [(at * 30 + at % 7, at * 30 + 25, at % 4) for at in range(100)]
    began = perf_counter()
    assert gamma([first, second]).gamma.value is not None
    assert perf_counter() - began < 2
