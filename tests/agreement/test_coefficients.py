"""Coefficients against other programs' and against each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import isnan
from typing import Any

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ikt_coder.agreement import many_coders, two_coders
from ikt_coder.agreement.alpha import Row, alpha, by_distance, interval, ordinal, ratio_scale
from ikt_coder.agreement.analytic import kappa_interval, kappa_standard_error
from ikt_coder.agreement.counts import CodedDocument, Fourfold, Tally, fourfold_of
from ikt_coder.agreement.figure import Figure, Reason
from ikt_coder.agreement.nominal import Judgements
from ikt_coder.agreement.per_code import COEFFICIENTS, figures_of
from ikt_coder.agreement.sets import (
    DISTANCES,
    _by_arrays,
    dice_distance,
    jaccard_distance,
    masi_distance,
    set_rows,
)
from tests.agreement.studies_of_two import judged

Units = list[tuple[int | None, ...]]

# 0/0 is among what is tried here, and three of the packages warn of it instead of saying so.
pytestmark = [
    pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning:krippendorff"),
    pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning:statsmodels"),
    pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning:sklearn"),
]

pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)
fourfolds = st.builds(Fourfold, *[st.integers(0, 30)] * 4)


def rows_of(units: Units) -> list[Row]:
    return [(1, unit) for unit in units]


def judgements(units: Units, categories: Any = (0, 1, 2, 3)) -> Judgements:
    return Judgements(rows_of(units), len(units[0]), categories)


def same(figure: Figure, oracle: float | None) -> bool:
    """Equal, or undefined on both sides."""
    if oracle is None or isnan(oracle):
        return figure.value is None
    return figure.value is not None and figure.value == pytest.approx(oracle, abs=1e-9)


@given(pairs)
def test_kappa_is_scikit_learns(units: list[tuple[int, int]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    assume(len({value for unit in units for value in unit}) > 1)
    first, second = zip(*units, strict=True)
    oracle = float(cohen_kappa_score(first, second))
    assert same(judgements(list(units)).kappa(), oracle)


@given(fourfolds)
def test_dice_and_jaccard_are_scikit_learns(counts: Fourfold) -> None:
    from sklearn.metrics import f1_score, jaccard_score

    assume(counts.both + counts.only_a + counts.only_b)
    first = [1] * counts.both + [1] * counts.only_a + [0] * (counts.only_b + counts.neither)
    second = [1] * counts.both + [0] * counts.only_a + [1] * counts.only_b + [0] * counts.neither
    assert same(two_coders.figure("dice", counts), float(f1_score(first, second)))
    assert same(two_coders.figure("jaccard", counts), float(jaccard_score(first, second)))


@given(judged())
def test_alpha_is_krippendorffs(units: Units) -> None:
    import krippendorff

    values = {value for unit in units for value in unit if value is not None}
    assume(len(values) > 1 and any(len(unit) - unit.count(None) > 1 for unit in units))
    matrix = numpy.array(
        [[numpy.nan if v is None else v for v in unit] for unit in units], dtype=float
    ).T
    rows = rows_of(units)
    for level, apart in (("nominal", None), ("ordinal", ordinal(rows)), ("interval", interval)):
        try:
            oracle = krippendorff.alpha(reliability_data=matrix, level_of_measurement=level)
        except ValueError:  # "there has to be more than one value": what it says for 0/0
            oracle = None
        assert same(alpha(level, rows, apart), oracle)


@given(judged())
def test_alpha_on_a_scale_with_a_true_zero_is_krippendorffs(units: Units) -> None:
    import krippendorff

    shifted = [tuple(None if v is None else v + 1 for v in unit) for unit in units]
    values = {v for unit in shifted for v in unit if v is not None}
    assume(len(values) > 1 and any(len(unit) - unit.count(None) > 1 for unit in units))
    matrix = numpy.array(
        [[numpy.nan if v is None else v for v in unit] for unit in shifted], dtype=float
    ).T
    try:
        oracle = krippendorff.alpha(reliability_data=matrix, level_of_measurement="ratio")
    except ValueError:
        oracle = None
    assert same(alpha("ratio", rows_of(shifted), by_distance(ratio_scale)), oracle)


@given(judged(missing=False))
def test_fleiss_and_free_marginal_kappa_are_statsmodels(units: Units) -> None:
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

    table, categories = aggregate_raters(numpy.array(units))
    assume(len(categories) > 1)
    assert same(judgements(units).fleiss_kappa(), float(fleiss_kappa(table)))
    oracle = float(fleiss_kappa(table, method="randolph"))
    assert same(judgements(units, tuple(categories)).bennett_s(), oracle)


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_standard_error_is_statsmodels(table: list[list[int]]) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    cells = {(i, j): table[i][j] for i in range(3) for j in range(3)}
    error = kappa_standard_error(cells)
    assume(error is not None)
    oracle = float(cohens_kappa(numpy.array(table)).std_kappa)
    assume(not isnan(oracle))
    assert error == pytest.approx(oracle, abs=1e-7)


@given(pairs)
def test_pi_s_and_alpha_are_nltks(units: list[tuple[int, int]]) -> None:
    from nltk.metrics.agreement import AnnotationTask

    assume(len({value for unit in units for value in unit}) > 1)
    task = AnnotationTask(
        data=[
            (coder, at, value) for at, unit in enumerate(units) for coder, value in enumerate(unit)
        ]
    )
    own = judgements(list(units), None)
    assert same(own.scott_pi(), float(task.pi()))
    assert same(own.bennett_s(), float(task.S()))
    assert same(alpha("alpha", rows_of(list(units))), float(task.alpha()))


@given(st.lists(st.tuples(*[st.frozensets(st.sampled_from("abcd"), min_size=1)] * 2), min_size=2))
def test_alpha_over_sets_is_nltks(units: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    from nltk.metrics import distance
    from nltk.metrics.agreement import AnnotationTask

    assume(len({value for unit in units for value in unit}) > 1)
    data = [(coder, at, value) for at, unit in enumerate(units) for coder, value in enumerate(unit)]
    for own, theirs in (
        (jaccard_distance, distance.jaccard_distance),
        (masi_distance, distance.masi_distance),
    ):
        oracle = float(AnnotationTask(data=data, distance=theirs).alpha())
        figure = alpha("sets", [(1, unit) for unit in units], by_distance(own))
        assert figure.value == pytest.approx(oracle, abs=1e-9)


@given(
    st.dictionaries(st.frozensets(st.integers(0, 5)), st.integers(1, 9), min_size=1),
    st.sampled_from(["jaccard", "masi", "dice"]),
)
def test_many_sets_are_summed_by_arrays_as_few_are_one_by_one(
    numbers: dict[frozenset[int], int], distance: str
) -> None:
    expected = by_distance(DISTANCES[distance])(Counter(numbers))
    assert _by_arrays(Counter(numbers), distance) == pytest.approx(expected, abs=1e-9)


def test_sets_of_codes_at_each_character() -> None:
    """Eleven characters: A gives x to 0–5 and y to 3–8, B gives x to 0–5; C has not finished."""
    segments = [(0, 0, 0, 0, 5), (0, 1, 0, 3, 8), (0, 0, 1, 0, 5), (0, 0, 2, 0, 9)]
    rows = set_rows([CodedDocument(11, 0b011, scope=((0, 4), (6, 11)))], segments, coders=3)
    x, both, y, none = frozenset({0}), frozenset({0, 1}), frozenset({1}), frozenset[int]()
    assert {values: number for number, values in rows} == {
        (x, x, None): 3,
        (both, x, None): 1,
        (y, none, None): 2,
        (none, none, None): 3,
    }


def test_two_empty_sets_are_the_same_and_one_is_all_apart() -> None:
    nothing, something = frozenset[str](), frozenset("a")
    for distance in (jaccard_distance, masi_distance, dice_distance):
        assert distance(nothing, nothing) == 0
        assert distance(nothing, something) == 1


@given(judged(), st.lists(st.integers(1, 50), min_size=25, max_size=25))
def test_weights_are_units_written_several_times(units: Units, weights: list[int]) -> None:
    weighted = list(zip(weights, units, strict=False))
    many = [unit for number, unit in weighted for _ in range(number)]
    one = Judgements(weighted, len(units[0]), range(4))
    other = judgements(many, range(4))
    assert one.fleiss_kappa() == other.fleiss_kappa()
    assert one.ac1() == other.ac1()
    assert one.conger_kappa() == other.conger_kappa()
    figure, repeated = alpha("alpha", weighted), alpha("alpha", rows_of(many))
    assert figure.value == pytest.approx(repeated.value, abs=1e-9)


# --- a code that is applied or not, against the formulas for any categories ---

tallies = st.integers(2, 5).flatmap(
    lambda coders: st.dictionaries(
        st.tuples(st.integers(0, 2**coders - 1), st.integers(0, 2**coders - 1)).map(
            lambda masks: (masks[0], masks[0] & masks[1])
        ),
        st.integers(1, 40),
        max_size=10,
    ).map(lambda tally: (tally, coders))
)


def as_rows(tally: Tally, coders: int) -> list[Row]:
    return [
        (
            number,
            tuple(
                (applied >> coder & 1) if present >> coder & 1 else None for coder in range(coders)
            ),
        )
        for (present, applied), number in tally.items()
    ]


def close(one: Figure, other: Figure) -> bool:
    if one.value is None or other.value is None:
        return one.value is other.value and one.reason == other.reason
    return one.value == pytest.approx(other.value, abs=1e-9)


@given(tallies)
def test_the_sums_give_what_the_units_give(given_: tuple[Tally, int]) -> None:
    tally, coders = given_
    general = Judgements(as_rows(tally, coders), coders, (0, 1))
    everyone = tuple(range(coders))
    for id, expected in (
        ("percent", general.percent()),
        ("fleiss_kappa", general.fleiss_kappa()),
        ("ac1", general.ac1()),
        ("bennett_s", general.bennett_s()),
        ("conger_kappa", general.conger_kappa()),
        ("alpha", alpha("alpha", as_rows(tally, coders))),
    ):
        assert close(many_coders.figures((id,), tally, everyone)[id], expected), id


@given(tallies)
def test_the_kappa_of_many_coders_is_the_mean_of_their_pairs(given_: tuple[Tally, int]) -> None:
    tally, coders = given_
    general = Judgements(as_rows(tally, coders), coders, (0, 1))
    values = [
        value
        for pair in combinations(range(coders), 2)
        if (value := general.kappa(*pair).value) is not None
    ]
    found = many_coders.figures(("kappa",), tally, range(coders))["kappa"].value
    if not values:
        assert found is None
    else:
        assert found == pytest.approx(sum(values) / len(values), abs=1e-9)


@given(fourfolds)
def test_two_coders_are_a_case_of_many(counts: Fourfold) -> None:
    tally: Tally = {
        (3, applied): number for applied, number in zip((3, 1, 2, 0), counts, strict=True) if number
    }
    general = Judgements(as_rows(tally, 2), 2, (0, 1))
    figures = figures_of(tally, (0, 1))
    for id in ("percent", "alpha", "ac1", "bennett_s", "fleiss_kappa", "conger_kappa"):
        assert close(figures[id], many_coders.figures((id,), tally, (0, 1))[id]), id
    assert close(figures["kappa"], general.kappa())
    assert close(figures["scott_pi"], general.scott_pi())


# --- identities ---


@given(fourfolds)
def test_alpha_is_pi_drawn_without_putting_back(counts: Fourfold) -> None:
    """α = 1 − (1 − π)(2n − 1)/2n."""
    pi, own = two_coders.figure("scott_pi", counts), two_coders.figure("alpha", counts)
    if pi.value is None:
        assert own.value is None
    else:
        n = 2 * counts.units
        assert own.value == pytest.approx(1 - (1 - pi.value) * (n - 1) / n, abs=1e-9)


@given(fourfolds)
def test_s_is_the_percentage_stretched(counts: Fourfold) -> None:
    percent = two_coders.figure("percent", counts).value
    s = two_coders.figure("bennett_s", counts).value
    assert (percent is None) == (s is None)
    if percent is not None:
        assert s == pytest.approx(2 * percent - 1, abs=1e-12)


@given(tallies, st.permutations(range(5)))
def test_renaming_coders_changes_nothing(given_: tuple[Tally, int], order: list[int]) -> None:
    tally, coders = given_
    to = [one for one in order if one < coders]

    def renamed(mask: int) -> int:
        return sum(1 << to[coder] for coder in range(coders) if mask >> coder & 1)

    other: Counter[tuple[int, int]] = Counter()
    for (present, applied), number in tally.items():
        other[renamed(present), renamed(applied)] += number
    one, two = (figures_of(dict(t), tuple(range(coders))) for t in (tally, other))
    for id in COEFFICIENTS:
        if one[id].value is None or two[id].value is None:
            assert one[id].value is two[id].value, id
        else:
            assert one[id].value == pytest.approx(two[id].value, abs=1e-9), id


@given(fourfolds, st.integers(2, 9))
def test_writing_every_unit_again_leaves_kappa_and_moves_alpha_towards_pi(
    counts: Fourfold, times: int
) -> None:
    more = Fourfold(*(times * number for number in counts))
    kappa = two_coders.figure("kappa", counts)
    assert close(kappa, two_coders.figure("kappa", more))
    pi = two_coders.figure("scott_pi", counts).value
    one, two = (two_coders.figure("alpha", table).value for table in (counts, more))
    if pi is not None and one is not None and two is not None:
        assert abs(two - pi) <= abs(one - pi) + 1e-12


@given(tallies)
def test_no_coefficient_is_above_one_or_not_a_number(given_: tuple[Tally, int]) -> None:
    tally, coders = given_
    for figure in figures_of(tally, tuple(range(coders))).values():
        assert (figure.value is None) != (figure.reason is None)
        if figure.value is not None:
            assert not isnan(figure.value)
            assert figure.value <= 1 + 1e-12


@given(st.lists(fourfolds, min_size=1, max_size=6))
def test_the_pooled_kappa_averages_before_it_divides(tables: list[Fourfold]) -> None:
    used = [table for table in tables if table.units]
    assume(used)
    observed = sum((t.both + t.neither) / t.units for t in used) / len(used)
    expected = sum(
        (
            (t.both + t.only_a) * (t.both + t.only_b)
            + (t.only_a + t.neither) * (t.only_b + t.neither)
        )
        / t.units**2
        for t in used
    ) / len(used)
    pooled = two_coders.pooled_kappa(tables)
    if pooled.value is None:
        assert expected == pytest.approx(1)
    else:
        assert pooled.value == pytest.approx((observed - expected) / (1 - expected), abs=1e-7)


def test_a_code_nobody_used_drops_out_of_the_pooled_kappa() -> None:
    tables = [Fourfold(50, 10, 40, 300), Fourfold(10, 50, 50, 290)]
    unused = Fourfold(0, 0, 0, 400)
    assert two_coders.pooled_kappa([*tables, unused]) == two_coders.pooled_kappa(tables)
    assert two_coders.pooled_kappa([unused]).reason is Reason.NO_VARIATION
    assert two_coders.pooled_kappa([Fourfold(0, 0, 0, 0)]).reason is Reason.NO_COMMON_DOCUMENT
    assert two_coders.pooled_kappa([]).reason is Reason.NOT_APPLICABLE


# --- figures worked out by hand ---


def test_half_overlapping_passages_by_hand() -> None:
    """10 both, 10 only A, 10 only B, 70 neither: (.8 − .68)/.32."""
    counts = Fourfold(10, 10, 10, 70)
    expected = {
        "percent": 0.8,
        "kappa": 0.375,
        "dice": 0.5,
        "jaccard": 1 / 3,
        "negative_agreement": 0.875,
        "bennett_s": 0.6,
        "ac1": (0.8 - 0.32) / 0.68,
    }
    for id, value in expected.items():
        assert two_coders.figure(id, counts).value == pytest.approx(value, abs=1e-12), id


def test_the_two_paradoxes_of_feinstein_and_cicchetti() -> None:
    """The same 85 %, kappa .70 where half of the units are coded and .32 where nearly all are."""
    even, rare = Fourfold(40, 9, 6, 45), Fourfold(80, 10, 5, 5)
    assert two_coders.figure("percent", even) == two_coders.figure("percent", rare)
    assert two_coders.figure("kappa", even).value == pytest.approx(0.6995, abs=5e-5)
    assert two_coders.figure("kappa", rare).value == pytest.approx(0.3182, abs=5e-5)
    assert two_coders.figure("ac1", rare).value == pytest.approx(0.808, abs=5e-4)
    assert two_coders.prevalence_index(rare) == pytest.approx(0.75)
    assert two_coders.bias_index(rare) == pytest.approx(0.05)


def test_an_interval_of_independent_units() -> None:
    """Fleiss, Cohen and Everitt: 50 proposals, 20/5/10/15, kappa .4, error .127."""
    found = kappa_interval(Fourfold(20, 5, 10, 15))
    assert found is not None
    assert (found.low + found.high) / 2 == pytest.approx(0.4)
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * 0.126996063, abs=1e-6)
    assert found.method == "Fleiss-Cohen-Everitt"
    assert kappa_interval(Fourfold(0, 0, 0, 9)) is None
    clipped = kappa_interval(Fourfold(3, 0, 0, 3))
    assert clipped is not None
    assert clipped.high == 1.0


def test_fourfold_leaves_out_what_either_did_not_judge() -> None:
    tally: Tally = {(0b111, 0b101): 4, (0b011, 0b011): 2, (0b110, 0b110): 7, (0b101, 0b001): 3}
    assert fourfold_of(tally, 0, 2) == Fourfold(4, 3, 0, 0)
    assert fourfold_of(tally, 0, 1) == Fourfold(2, 4, 0, 0)
