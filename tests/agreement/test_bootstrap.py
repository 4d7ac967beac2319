"""Intervals: against all resamples, against leaving one out, and what they refuse."""

from __future__ import annotations

from itertools import product
from math import sqrt

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.agreement.bootstrap import (
    bootstrap,
    jackknife_standard_error,
    percentile_interval,
)
from ikt_coder.agreement.counts import CodedDocument, Counts, Fourfold, count, counts_of_tables
from ikt_coder.agreement.per_code import code_agreement
from ikt_coder.agreement.two_coders import FORMULAS, figure, pooled_kappa
from ikt_coder.core.errors import Cancelled

TABLES = [
    Fourfold(300, 20, 30, 650),
    Fourfold(20, 150, 40, 790),
    Fourfold(200, 10, 15, 775),
    Fourfold(0, 80, 60, 860),
    Fourfold(250, 60, 40, 650),
]


def every_resample(tables: list[Fourfold], coefficient: str) -> list[float | None]:
    """The coefficient of each way to draw as many documents as there are."""
    return [
        figure(coefficient, Fourfold(*(sum(numbers) for numbers in zip(*drawn, strict=True)))).value
        for drawn in product(tables, repeat=len(tables))
    ]


@pytest.mark.parametrize("coefficient", ["kappa", "alpha", "ac1", "percent", "dice", "jaccard"])
def test_drawing_comes_near_all_resamples(coefficient: str) -> None:
    values = numpy.array(every_resample(TABLES, coefficient), dtype=float)
    exact = percentile_interval(values, None)
    found = bootstrap(counts_of_tables(TABLES), (coefficient,)).of(coefficient, 0)
    assert exact is not None
    assert found is not None
    assert found.low == pytest.approx(exact.low, abs=0.02)
    assert found.high == pytest.approx(exact.high, abs=0.02)
    assert (found.replicates, found.skipped) == (2000, 0)


def test_all_resamples_of_the_reference_tables() -> None:
    """3,125 resamples of five documents: [.339, .875]."""
    exact = percentile_interval(numpy.array(every_resample(TABLES, "kappa"), dtype=float), None)
    assert exact is not None
    assert exact.low == pytest.approx(0.33866265, abs=1e-6)
    assert exact.high == pytest.approx(0.874608779, abs=1e-6)


def test_undefined_replicates_are_skipped_and_counted() -> None:
    """One document of five has the code; the draws without it have no kappa."""
    tables = [Fourfold(5, 1, 1, 93), *[Fourfold(0, 0, 0, 100)] * 4]
    values = numpy.array(
        [numpy.nan if v is None else v for v in every_resample(tables, "kappa")], dtype=float
    )
    exact = percentile_interval(values, None)
    found = bootstrap(counts_of_tables(tables)).of("kappa", 0)
    assert exact is not None
    assert found is not None
    assert exact.skipped == 4**5
    assert found.skipped / 2000 == pytest.approx((4 / 5) ** 5, abs=0.03)


def test_a_seed_gives_the_same_interval_again_and_another_seed_another() -> None:
    counts = counts_of_tables(TABLES)
    one, again, other = (bootstrap(counts, seed=seed).of("kappa", 0) for seed in (7, 7, 8))
    assert one == again
    assert one is not None
    assert other is not None
    assert (one.low, one.high) != (other.low, other.high)
    assert one.seed == 7


def test_fewer_than_five_documents_have_no_interval_and_fewer_than_ten_are_few() -> None:
    four, five, ten = (counts_of_tables((TABLES * 2)[:size]) for size in (4, 5, 10))
    assert bootstrap(four).of("kappa", 0) is None
    assert bootstrap(four).pooled is None
    assert bootstrap(five).few
    assert not bootstrap(ten).few
    assert bootstrap(ten).documents == 10


def test_a_code_without_a_kappa_has_no_interval() -> None:
    counts = counts_of_tables([Fourfold(0, 0, 0, 100)] * 6)
    found = bootstrap(counts)
    assert found.of("kappa", 0) is None
    assert found.pooled is None


def test_progress_is_told_and_cancelling_stops() -> None:
    told: list[tuple[int, int]] = []
    counts = counts_of_tables(TABLES)
    bootstrap(counts, progress=lambda done, whole: told.append((done, whole)))
    assert told[0] == (0, 2000)
    assert told[-1] == (2000, 2000)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    with pytest.raises(Cancelled):
        bootstrap(counts, cancelled=lambda: len(told) > 0)


def study(seed: int, documents: int, coders: int, codes: int) -> Counts:
    random = numpy.random.default_rng(seed)
    segments = []
    for document in range(documents):
        for code in range(codes):
            for _ in range(int(random.integers(0, 4))):
                start = int(random.integers(0, 80))
                for coder in range(coders):
                    if random.random() < 0.8:
                        low = start + int(random.integers(0, 6))
                        segments.append((document, code, coder, low, low + 12))
    texts = [CodedDocument(100, 2**coders - 1) for _ in range(documents)]
    return count(texts, segments, codes=codes, coders=coders)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(2, 4))
def test_replicates_are_the_figures_of_the_documents_drawn(seed: int, coders: int) -> None:
    """Drawn by hand with the same weights, the vectors give what the counts give."""
    from ikt_coder.agreement.bootstrap import _Sample

    counts = study(seed, 5, coders, 3)
    sample = _Sample(counts, tuple(range(coders)))
    drawn = [int(one) for one in numpy.random.default_rng(seed).integers(0, 5, 5)]
    weights = numpy.bincount(drawn, minlength=5).astype(float).reshape(1, 5)
    names = ["percent", "kappa", "alpha", "ac1", "dice", "jaccard", "bennett_s", "fleiss_kappa"]
    found = sample.estimates(weights, names)
    again = Counts(
        counts.codes,
        counts.coders,
        tuple(counts.present[at] for at in drawn),
        tuple(counts.units[at] for at in drawn),
        tuple(
            {new: cells[old] for new, old in enumerate(drawn) if old in cells}
            for cells in counts.cells
        ),
    )
    for code in range(3):
        row = code_agreement(again, code)
        for name in names:
            value = row.value(name)
            vector = found[name][0, code]
            if value is None:
                assert numpy.isnan(vector), name
            else:
                assert vector == pytest.approx(value, abs=1e-9), name


def test_the_pooled_interval_draws_documents_for_all_codes_at_once() -> None:
    counts = study(3, 5, 2, 3)
    values = []
    for drawn in product(range(5), repeat=5):
        tables = [counts.fourfold(code, 0, 1, (at,)) for code in range(3) for at in range(5)]
        sums = [
            Fourfold(
                *(
                    sum(numbers)
                    for numbers in zip(*(tables[5 * code + at] for at in drawn), strict=True)
                )
            )
            for code in range(3)
        ]
        values.append(pooled_kappa(sums).value)
    exact = percentile_interval(numpy.array(values, dtype=float), None)
    found = bootstrap(counts).pooled
    assert exact is not None
    assert found is not None
    assert found.low == pytest.approx(exact.low, abs=0.02)
    assert found.high == pytest.approx(exact.high, abs=0.02)


def test_leaving_out_one_document_at_a_time() -> None:
    counts = counts_of_tables(TABLES)
    for coefficient in ("kappa", "alpha"):
        left_out = []
        for at in range(5):
            rest = TABLES[:at] + TABLES[at + 1 :]
            pooled = Fourfold(*(sum(numbers) for numbers in zip(*rest, strict=True)))
            left_out.append(figure(coefficient, pooled).value or 0.0)
        middle = sum(left_out) / 5
        expected = sqrt(4 / 5 * sum((one - middle) ** 2 for one in left_out))
        found = jackknife_standard_error(counts, coefficient)
        assert found == pytest.approx(expected, abs=1e-9)
    assert jackknife_standard_error(counts, "kappa") == pytest.approx(0.133698643, abs=1e-8)


def test_leaving_one_out_is_undefined_with_one_document_or_without_variation() -> None:
    assert jackknife_standard_error(counts_of_tables(TABLES[:1]), "kappa") is None
    alone = [Fourfold(5, 1, 1, 93), Fourfold(0, 0, 0, 100)]
    assert jackknife_standard_error(counts_of_tables(alone), "kappa") is None


def test_an_unknown_coefficient_or_one_coder_is_refused() -> None:
    with pytest.raises(KeyError):
        bootstrap(counts_of_tables(TABLES), ("gamma",))
    with pytest.raises(ValueError, match="two coders"):
        bootstrap(counts_of_tables(TABLES), coders=(1,))


def test_every_coefficient_of_two_coders_can_be_drawn() -> None:
    found = bootstrap(counts_of_tables(TABLES), tuple(FORMULAS), replicates=50)
    for id in FORMULAS:
        interval = found.of(id, 0)
        value = figure(id, counts_of_tables(TABLES).fourfold(0, 0, 1)).value
        assert interval is not None
        assert value is not None
        assert interval.low <= interval.high
