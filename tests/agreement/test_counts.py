"""The sweep against counting character by character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.counts import (
    CodedDocument,
    Fourfold,
    Segment,
    count,
    count_presence,
    counts_of_tables,
    frequency_agreement,
    roll_up,
)
from ikt_coder.agreement.ground import Rule, unit_flags
from ikt_coder.agreement.spans import clip, fixed_units, iou, trim, unite
from tests.agreement.studies_of_two import (
    CODES,
    applied,
    counted_slowly,
    finished_by,
    in_scope,
    studies,
)

Study = tuple[list[CodedDocument], list[Segment], int]


@given(studies())
def test_characters_are_counted_as_by_walking_over_the_text(study: Study) -> None:
    documents, segments, coders = study
    counts = count(documents, segments, codes=CODES, coders=coders)
    for code in range(CODES):
        assert counts.tally(code) == counted_slowly(documents, segments, code)


@given(studies(units=True), st.sampled_from(list(Rule)))
def test_units_are_counted_as_by_walking_over_the_text(study: Study, rule: Rule) -> None:
    documents, segments, coders = study
    counts = count(documents, segments, codes=CODES, coders=coders, rule=rule)
    for code in range(CODES):
        assert counts.tally(code) == counted_slowly(documents, segments, code, rule)


@given(studies(units=True), st.sampled_from(list(Rule)))
def test_the_raw_table_of_units_adds_up_to_the_counts(study: Study, rule: Rule) -> None:
    documents, segments, coders = study
    counts = count(documents, segments, codes=CODES, coders=coders, rule=rule)
    for at, document in enumerate(documents):
        if not finished_by(document):
            continue
        own = [
            (coder, start, end)
            for d, code, coder, start, end in segments
            if d == at and code == 0 and document.coders >> coder & 1
        ]
        flags = unit_flags(document, own, rule, coders=coders)
        tally: dict[tuple[int, int], int] = {}
        for unit in zip(*flags, strict=True):
            mask = sum(1 << coder for coder, coded in enumerate(unit) if coded)
            tally[document.coders, mask] = tally.get((document.coders, mask), 0) + 1
        assert counts.tally(0, (at,)) == tally


@given(studies(scopes=False))
def test_passages_are_all_coders_spans_where_touching_ones_are_one(study: Study) -> None:
    documents, segments, coders = study
    counts = count(documents, segments, codes=CODES, coders=coders)
    for code in range(CODES):
        for at, document in enumerate(documents):
            finished = finished_by(document)
            coded = [
                bool(applied(segments, at, code, one, finished)) for one in range(document.length)
            ]
            runs = sum(1 for i, one in enumerate(coded) if one and (i == 0 or not coded[i - 1]))
            cell = counts.cells[code].get(at)
            assert (cell.passages if cell else 0) == runs


@given(studies())
def test_presence_counts_documents(study: Study) -> None:
    documents, segments, coders = study
    counts = count_presence(documents, segments, codes=CODES, coders=coders)
    for code in range(CODES):
        for at, document in enumerate(documents):
            finished = finished_by(document)
            counting = in_scope(document)
            expected = {}
            if finished and counting:
                mask = 0
                for one in counting:
                    mask |= applied(segments, at, code, one, finished)
                expected = {(finished, mask): 1}
            assert counts.tally(code, (at,)) == expected


@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_segments_changes_nothing(study: Study, order: object) -> None:
    documents, segments, coders = study
    mixed = list(segments)
    order.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert count(documents, mixed, codes=CODES, coders=coders) == count(
        documents, segments, codes=CODES, coders=coders
    )


def test_a_document_that_one_coder_has_not_finished_gives_no_zeros() -> None:
    documents = [CodedDocument(100, 0b11), CodedDocument(60, 0b01)]
    segments = [(0, 0, 0, 10, 20), (1, 0, 0, 0, 30), (1, 0, 1, 5, 9)]
    counts = count(documents, segments, codes=1, coders=2)
    assert counts.fourfold(0, 0, 1) == Fourfold(0, 10, 0, 90)
    assert counts.counted == (0,)


def test_a_document_finished_without_a_coding_is_zeros() -> None:
    counts = count([CodedDocument(100, 0b11)], [(0, 0, 0, 10, 20)], codes=1, coders=2)
    assert counts.fourfold(0, 0, 1) == Fourfold(0, 10, 0, 90)


def test_an_empty_document_is_left_out() -> None:
    counts = count([CodedDocument(0, 3), CodedDocument(9, 3, scope=())], [], codes=1, coders=2)
    assert counts.counted == ()
    assert counts.tally(0) == {}


def test_one_coders_overlapping_spans_are_counted_once() -> None:
    segments = [(0, 0, 0, 10, 30), (0, 0, 0, 20, 40), (0, 0, 1, 15, 35), (0, 0, 1, 15, 35)]
    counts = count([CodedDocument(50, 3)], segments, codes=1, coders=2)
    assert counts.fourfold(0, 0, 1) == Fourfold(20, 10, 0, 20)


def test_what_leaves_the_text_is_cut_off() -> None:
    counts = count([CodedDocument(10, 3)], [(0, 0, 0, 5, 99)], codes=1, coders=2)
    assert counts.fourfold(0, 0, 1) == Fourfold(0, 5, 0, 5)


def test_twelve_coders() -> None:
    segments = [(0, 0, coder, coder, 20) for coder in range(12)]
    counts = count([CodedDocument(20, 2**12 - 1)], segments, codes=1, coders=12)
    tally = counts.tally(0)
    assert tally[2**12 - 1, 2**12 - 1] == 9
    assert tally[2**12 - 1, 1] == 1
    assert sum(tally.values()) == 20


@pytest.mark.parametrize("spans", [((0, 5), (4, 8)), ((5, 8), (0, 3)), ((5, 3),)])
def test_units_or_a_scope_out_of_order_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="units"):
        count([CodedDocument(9, 3, units=spans)], [], codes=1, coders=2)
    with pytest.raises(ValueError, match="scope"):
        count([CodedDocument(9, 3, scope=spans)], [], codes=1, coders=2)


def test_half_of_a_unit_is_of_what_lies_in_the_scope() -> None:
    """The unit [0, 10) counts with its four characters in scope; two of them are half."""
    document = CodedDocument(10, 3, scope=((6, 10),), units=((0, 10),))
    for end, coded in ((8, 1), (7, 0)):
        segments = [(0, 0, 0, 6, end), (0, 0, 1, 0, 6)]
        counts = count([document], segments, codes=1, coders=2, rule=Rule.HALF)
        assert counts.fourfold(0, 0, 1) == Fourfold(0, coded, 0, 1 - coded)


def test_parents_are_coded_where_a_child_is() -> None:
    rolled = list(roll_up([(0, 2, 1, 3, 9), (0, 0, 0, 1, 2)], [(), (), (0, 1)]))
    assert rolled == [(0, 2, 1, 3, 9), (0, 0, 1, 3, 9), (0, 1, 1, 3, 9), (0, 0, 0, 1, 2)]


def test_frequency_is_equal_or_not_document_by_document() -> None:
    documents = [CodedDocument(50, 3), CodedDocument(50, 3), CodedDocument(50, 1)]
    segments = [
        (0, 0, 0, 0, 5),
        (0, 0, 1, 9, 12),
        (1, 0, 0, 0, 5),
        (1, 1, 0, 0, 5),
        (2, 0, 0, 0, 5),
    ]
    assert frequency_agreement(documents, segments, codes=3, first=0, second=1) == [0.5, 0.5, 1.0]
    assert frequency_agreement(documents[2:], [], codes=1, first=0, second=1) == [None]


def test_four_numbers_alone_make_counts() -> None:
    tables = [Fourfold(1, 2, 3, 4), Fourfold(0, 0, 0, 0), Fourfold(0, 0, 0, 9)]
    counts = counts_of_tables(tables)
    assert counts.fourfold(0, 0, 1) == Fourfold(1, 2, 3, 13)
    assert counts.counted == (0, 2)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_uniting_keeps_every_character_and_no_overlap(pairs: list[tuple[int, int]]) -> None:
    spans = [(min(pair), max(pair)) for pair in pairs]
    for touching in (True, False):
        united = unite(spans, touching=touching)
        covered = {at for start, end in spans for at in range(start, end)}
        assert {at for start, end in united for at in range(start, end)} == covered
        for (_, end), (start, _) in pairwise(united):
            assert end < start if touching else end <= start


@given(st.integers(0, 30), st.integers(0, 30), st.data())
def test_clipping_keeps_what_lies_in_the_pieces(start: int, end: int, data: st.DataObject) -> None:
    from tests.agreement.studies_of_two import disjoint

    pieces = data.draw(disjoint(30))
    covered = {at for low, high in pieces for at in range(low, high) if start <= at < end}
    found = clip(start, end, pieces)
    assert {at for low, high in found for at in range(low, high)} == covered


def test_fixed_segments_cover_the_text() -> None:
    assert fixed_units(25, 10) == ((0, 10), (10, 20), (20, 25))
    assert fixed_units(0, 10) == ()
    with pytest.raises(ValueError, match="at least one"):
        fixed_units(10, 0)


def test_trimming_takes_white_space_and_signs_off_the_edges() -> None:
    text = " “We trusted her,” she said. … "
    start, end = trim(text, 0, len(text))
    assert text[start:end] == "We trusted her,” she said"
    assert trim("  …  ", 0, 5) == (0, 5)


def test_overlap_over_union() -> None:
    assert iou((0, 10), (5, 15)) == pytest.approx(1 / 3)
    assert iou((0, 10), (10, 20)) == 0
    assert iou((3, 3), (3, 3)) == 0
