"""What is shown of each code, over all codes, of pairs and of documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.counts import CodedDocument, Fourfold, Segment, count, counts_of_tables
from ikt_coder.agreement.figure import Figure, Flag, Reason, mean, ratio
from ikt_coder.agreement.overall import overall, pair_matrix
from ikt_coder.agreement.per_code import (
    code_agreement,
    document_figures,
    mean_of_documents,
    per_code,
)
from tests.agreement.studies_of_two import CODES, studies

Study = tuple[list[CodedDocument], list[Segment], int]


def test_a_code_that_nobody_used_has_no_kappa_and_says_why() -> None:
    row = code_agreement(counts_of_tables([Fourfold(0, 0, 0, 100)]), 0)
    for id in ("kappa", "alpha", "scott_pi", "fleiss_kappa", "dice", "jaccard"):
        assert row.figures[id] == Figure(id, None, Reason.NO_VARIATION)
    assert row.value("percent") == row.value("ac1") == row.value("bennett_s") == 1
    assert row.flags == (Flag.NOT_USED,)


def test_a_code_used_everywhere_by_both_has_no_kappa_but_full_overlap() -> None:
    row = code_agreement(counts_of_tables([Fourfold(100, 0, 0, 0)]), 0)
    assert row.figures["kappa"].reason is Reason.NO_VARIATION
    assert row.value("dice") == row.value("jaccard") == row.value("percent") == 1
    assert row.figures["negative_agreement"].reason is Reason.NO_VARIATION
    assert Flag.NOT_USED not in row.flags


def test_a_code_that_one_coder_used_has_a_kappa_of_exactly_zero() -> None:
    row = code_agreement(counts_of_tables([Fourfold(0, 20, 0, 80)]), 0)
    assert row.value("kappa") == 0
    assert row.value("alpha") == pytest.approx(-0.105555556)
    assert row.used_by == 0b01
    assert Flag.ONLY_ONE_CODER in row.flags


def test_without_a_common_document_every_figure_says_so() -> None:
    counts = count([CodedDocument(100, 0b01)], [(0, 0, 0, 1, 9)], codes=1, coders=2)
    row = code_agreement(counts, 0)
    assert {figure.reason for figure in row.figures.values()} == {Reason.NO_COMMON_DOCUMENT}
    assert row.flags == ()
    assert row.prevalence is None
    assert overall(counts).pooled_kappa.reason is Reason.NO_COMMON_DOCUMENT


@pytest.mark.parametrize(
    ("numbers", "flagged"),
    [
        ((2, 3, 3, 992), True),  # 99.4 %, kappa .40
        ((40, 9, 6, 45), False),
        ((200, 1, 1, 1798), False),  # rare, but kappa is high too
        ((980, 4, 4, 2), True),  # nearly everywhere
    ],
)
def test_high_agreement_and_low_kappa_of_a_rare_code_is_flagged(
    numbers: tuple[int, int, int, int], flagged: bool
) -> None:
    row = code_agreement(counts_of_tables([Fourfold(*numbers)] * 2), 0)
    assert (Flag.PREVALENCE in row.flags) is flagged


def test_one_coder_coding_far_more_is_flagged() -> None:
    flags = {
        gap: code_agreement(counts_of_tables([Fourfold(20, gap, 0, 80 - gap)]), 0).flags
        for gap in (9, 10)
    }
    assert Flag.BIAS not in flags[9]
    assert Flag.BIAS in flags[10]


def test_few_passages_or_one_document_are_a_small_base() -> None:
    documents = [CodedDocument(100, 3)] * 2
    two = [(0, 0, 0, 0, 5), (1, 0, 1, 0, 5)]
    three = [*two, (1, 0, 0, 50, 60)]
    alone = [(0, 0, 0, at, at + 2) for at in (0, 10, 20)]
    for segments, small in ((two, True), (three, False), (alone, True)):
        counts = count(documents, segments, codes=1, coders=2)
        assert (Flag.SMALL_BASE in code_agreement(counts, 0).flags) is small


def test_three_coders_are_told_apart() -> None:
    segments = [(0, 0, 0, 0, 40), (0, 0, 1, 20, 60), (0, 0, 2, 30, 35)]
    counts = count([CodedDocument(100, 0b111)], segments, codes=1, coders=3)
    row = code_agreement(counts, 0)
    assert (row.both, row.only, row.some, row.neither) == (5, (20, 20, 0), 15, 40)
    assert row.units == 100
    assert row.prevalence == pytest.approx((40 + 40 + 5) / 300)
    assert (row.documents, row.passages) == (1, 1)


def test_two_chosen_of_three_coders_are_as_if_the_third_were_not_there() -> None:
    segments = [(0, 0, 0, 0, 40), (0, 0, 1, 20, 60), (0, 0, 2, 30, 95), (1, 0, 1, 0, 9)]
    documents = [CodedDocument(100, 0b111), CodedDocument(50, 0b110), CodedDocument(50, 0b011)]
    counts = count(documents, segments, codes=1, coders=3)
    row = code_agreement(counts, 0, (0, 1))
    assert (row.both, row.only, row.neither) == (20, (20, 20), 90)
    assert row.units == 150
    with pytest.raises(ValueError, match="at least two"):
        code_agreement(counts, 0, (1,))


@given(studies())
def test_the_four_counts_are_all_units(study: Study) -> None:
    documents, segments, coders = study
    counts = count(documents, segments, codes=CODES, coders=coders)
    for row in per_code(counts):
        assert row.both + sum(row.only) + row.some + row.neither == row.units
        assert row.units == sum(counts.units)


@given(studies(most_coders=2), st.permutations(range(3)))
def test_renaming_documents_changes_nothing(study: Study, order: list[int]) -> None:
    documents, segments, coders = study
    to = [one for one in order if one < len(documents)]
    moved = [documents[0]] * len(documents)
    for at, document in enumerate(documents):
        moved[to[at]] = document
    other = [(to[at], *rest) for at, *rest in segments]
    one = count(documents, segments, codes=CODES, coders=coders)
    two = count(moved, other, codes=CODES, coders=coders)  # type: ignore[arg-type]  # rebuilt tuples
    assert per_code(one) == per_code(two)
    assert overall(one) == overall(two)


def test_documents_pooled_and_averaged_are_three_different_figures() -> None:
    documents = [CodedDocument(1000, 3), CodedDocument(200, 3), CodedDocument(50, 3)]
    segments = [(0, 0, 0, 0, 100), (0, 0, 1, 50, 150), (1, 0, 0, 20, 60), (1, 0, 1, 20, 60)]
    counts = count(documents, segments, codes=1, coders=2)
    rows = document_figures(counts, 0)
    assert [document for document, _row in rows] == [0, 1, 2]
    assert rows[2][1].value("kappa") is None
    assert mean_of_documents(rows, "kappa").value == pytest.approx(0.722222222)
    weighted = mean_of_documents(rows, "kappa", weighted=True)
    assert weighted.value == pytest.approx(0.537037037)
    assert code_agreement(counts, 0).value("kappa") == pytest.approx(0.597812098)


def test_over_all_codes_undefined_ones_are_counted_and_left_out() -> None:
    segments = [(0, 0, 0, 0, 20), (0, 0, 1, 10, 30), (0, 1, 0, 50, 60), (0, 1, 1, 50, 60)]
    counts = count([CodedDocument(100, 3)], segments, codes=3, coders=2)
    together = overall(counts)
    kappas = [row.value("kappa") for row in per_code(counts)]
    assert kappas == [pytest.approx(0.375), 1, None]
    assert together.mean_kappa.value == pytest.approx((0.375 + 1) / 2)
    assert (together.lowest_kappa, together.highest_kappa) == (pytest.approx(0.375), 1)
    assert (together.codes, together.left_out, together.not_used) == (3, 1, 1)
    assert together.documents == 1


def test_every_pair_of_coders_has_the_documents_both_finished() -> None:
    documents = [CodedDocument(100, 0b111), CodedDocument(60, 0b011)]
    segments = [
        (0, 0, 0, 10, 40),
        (0, 0, 1, 15, 45),
        (0, 0, 2, 10, 30),
        (1, 0, 0, 0, 20),
        (1, 0, 1, 5, 20),
    ]
    counts = count(documents, segments, codes=1, coders=3)
    found = {(pair.first, pair.second): pair for pair in pair_matrix(counts, 0)}
    assert found[0, 1].kappa.value == pytest.approx(0.775700935)
    assert found[0, 2].kappa.value == pytest.approx(0.736842105)
    assert found[1, 2].kappa.value == pytest.approx(0.473684211)
    assert (found[0, 1].documents, found[0, 2].documents) == (2, 1)
    pooled = pair_matrix(counts)
    assert [pair.kappa.value for pair in pooled] == [
        pytest.approx(pair.kappa.value) for pair in found.values()
    ]
    alpha = code_agreement(counts, 0).value("alpha")
    assert alpha == pytest.approx(0.701354241)


def test_a_missing_document_is_not_a_document_of_zeros() -> None:
    segments = [(0, 0, 0, 10, 40), (0, 0, 1, 15, 45), (0, 0, 2, 10, 30), (1, 0, 0, 0, 20)]
    segments.append((1, 0, 1, 5, 20))
    missing = [CodedDocument(100, 0b111), CodedDocument(60, 0b011)]
    zeros = [CodedDocument(100, 0b111), CodedDocument(60, 0b111)]
    one, two = (
        code_agreement(count(documents, segments, codes=1, coders=3), 0).value("alpha")
        for documents in (missing, zeros)
    )
    assert one is not None
    assert two is not None
    assert one - two > 0.1


def test_a_figure_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="not both"):
        Figure("kappa", 0.5, Reason.NO_VARIATION)
    with pytest.raises(ValueError, match="not both"):
        Figure("kappa", None)
    assert ratio("kappa", 1, 0, Reason.NO_VARIATION).value is None


def test_a_mean_takes_the_defined_and_else_the_best_reason() -> None:
    none = Figure("kappa", None, Reason.NO_COMMON_DOCUMENT)
    even = Figure("kappa", None, Reason.NO_VARIATION)
    assert mean("m", [none, Figure("kappa", 0.5), even, Figure("kappa", 1.0)]).value == 0.75
    assert mean("m", [none, even]).reason is Reason.NO_VARIATION
    assert mean("m", [none]).reason is Reason.NO_COMMON_DOCUMENT
    assert mean("m", []).reason is Reason.NOT_APPLICABLE
