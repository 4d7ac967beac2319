"""Where two coders of one document differ, class by class."""

from __future__ import annotations

from collections import Counter
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.attributes import attribute_agreement, level_agreement
from ikt_coder.agreement.confusion import Confused, confusion
from ikt_coder.agreement.counts import CodedDocument, Segment
from ikt_coder.agreement.differences import CodedSpan, Difference, classify, near_in
from ikt_coder.agreement.figure import Reason
from ikt_coder.core.rounds import DifferenceKind as Kind
from tests.agreement.studies_of_two import CODES, applied, finished_by, in_scope, studies

PLAIN: tuple[Any, ...] = (None, frozenset(), None)


def coded(id: int, start: int, end: int, code: str = "x", attributes: Any = PLAIN) -> CodedSpan:
    return id, start, end, code, attributes


def kinds(found: list[Difference]) -> list[tuple[Kind, tuple[int, ...], tuple[int, ...]]]:
    return [(item.kind, item.first, item.second) for item in found]


def test_same_edges_are_a_match_and_others_a_boundary() -> None:
    first = [coded(1, 0, 100), coded(2, 200, 300), coded(3, 400, 500)]
    second = [coded(11, 0, 95), coded(12, 200, 280), coded(13, 460, 560)]
    assert kinds(classify(first, second)) == [
        (Kind.MATCH, (1,), (11,)),
        (Kind.BOUNDARY, (2,), (12,)),
        (Kind.ONE_SIDE, (3,), ()),
        (Kind.ONE_SIDE, (), (13,)),
    ]


def test_another_attribute_goes_before_other_edges() -> None:
    levels = (None, frozenset({"micro"}), None)
    first = [coded(1, 0, 100, attributes=("barrier", frozenset(), 2)), coded(2, 200, 300)]
    second = [
        coded(11, 0, 80, attributes=("facilitator", frozenset(), 3)),
        coded(12, 200, 300, attributes=levels),
    ]
    found = classify(first, second)
    assert [item.kind for item in found] == [Kind.ATTRIBUTE, Kind.ATTRIBUTE]
    assert [item.attributes for item in found] == [(0, 2), (1,)]
    assert found[0].iou == pytest.approx(0.8)


def test_of_two_codings_on_the_same_words_those_alike_belong_together() -> None:
    """Both coders gave the passage the code twice, once for each direction."""
    barrier, facilitator = ("barrier",), ("facilitator",)
    first = [coded(1, 0, 50, attributes=barrier), coded(2, 0, 50, attributes=facilitator)]
    second = [coded(11, 0, 50, attributes=facilitator), coded(12, 0, 50, attributes=barrier)]
    found = classify(first, second)
    assert {(item.kind, item.first, item.second) for item in found} == {
        (Kind.MATCH, (1,), (12,)),
        (Kind.MATCH, (2,), (11,)),
    }


def test_another_code_on_the_same_passage_near_ones_first() -> None:
    parents = {"trust": "people", "power": "people", "people": None, "cost": None}
    first = [coded(1, 0, 50, "trust"), coded(2, 0, 50, "cost")]
    second = [coded(11, 0, 50, "people"), coded(12, 5, 50, "power")]
    found = classify(first, second, near=near_in(parents))
    assert {(item.first_code, item.second_code, item.near) for item in found} == {
        ("trust", "people", True),
        ("cost", "power", False),
    }
    assert {item.kind for item in found} == {Kind.DIFFERENT_CODE}


def test_near_is_parent_child_and_sibling() -> None:
    near = near_in({"a": None, "b": "a", "c": "a", "d": None, "e": "b"})
    assert near("a", "b")
    assert near("b", "a")
    assert near("b", "c")
    assert not near("a", "d")  # both at the top, which makes no siblings
    assert not near("a", "e")


def test_one_passage_cut_in_two_is_a_split() -> None:
    whole, parts = [coded(1, 0, 100)], [coded(11, 0, 50), coded(12, 50, 100)]
    (found,) = classify(whole, parts)
    assert (found.kind, found.first, found.second) == (Kind.SPLIT, (1,), (11, 12))
    (other,) = classify(parts, whole)
    assert (other.kind, other.first, other.second) == (Kind.SPLIT, (11, 12), (1,))
    assert found.iou == 1


def test_three_small_parts_are_a_split_though_none_matches_alone() -> None:
    parts = [coded(11, 0, 30), coded(12, 35, 60), coded(13, 70, 95)]
    (found,) = classify([coded(1, 0, 100)], parts)
    assert found.kind is Kind.SPLIT
    assert found.second == (11, 12, 13)
    assert found.iou == pytest.approx(0.8)


def test_parts_that_mostly_lie_elsewhere_are_no_split() -> None:
    found = classify([coded(1, 0, 100)], [coded(11, 0, 70), coded(12, 95, 200)])
    assert kinds(found) == [(Kind.BOUNDARY, (1,), (11,)), (Kind.ONE_SIDE, (), (12,))]


def test_a_match_is_not_made_a_split_by_a_scrap_beside_it() -> None:
    found = classify([coded(1, 0, 100)], [coded(11, 0, 95), coded(12, 96, 100)])
    assert kinds(found) == [(Kind.MATCH, (1,), (11,)), (Kind.ONE_SIDE, (), (12,))]


def test_a_split_tells_of_other_attributes() -> None:
    parts = [coded(11, 0, 50), coded(12, 50, 100, attributes=("barrier", frozenset(), None))]
    (found,) = classify([coded(1, 0, 100)], parts)
    assert found.attributes == (0,)


def test_white_space_and_full_stops_at_the_edges_make_no_difference() -> None:
    text = "Yes. No."
    first, second = [coded(1, 0, 4), coded(2, 5, 8)], [coded(11, 0, 3), coded(12, 4, 7)]
    assert [item.kind for item in classify(first, second)] == [Kind.BOUNDARY, Kind.BOUNDARY]
    trimmed = classify(first, second, text=text)
    assert [item.kind for item in trimmed] == [Kind.MATCH, Kind.MATCH]


codings = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.integers(0, 25),
        st.sampled_from("xyz"),
        st.sampled_from([None, "barrier"]),
    ),
    max_size=12,
)


def made(rows: list[tuple[int, int, str, str | None]], base: int) -> list[CodedSpan]:
    return [
        (base + at, start, start + size, code, (valence,))
        for at, (start, size, code, valence) in enumerate(rows)
    ]


@given(codings, codings)
def test_every_coding_is_in_exactly_one_item(
    one: list[tuple[int, int, str, str | None]], other: list[tuple[int, int, str, str | None]]
) -> None:
    first, second = made(one, 0), made(other, 100)
    by_id = {span[0]: span for span in first + second}
    found = classify(first, second, near=near_in({"x": None, "y": "x", "z": None}))
    assert Counter(id for item in found for id in item.first) == Counter(s[0] for s in first)
    assert Counter(id for item in found for id in item.second) == Counter(s[0] for s in second)
    for item in found:
        spans = [by_id[id] for id in item.first + item.second]
        codes = {span[3] for span in spans}
        assert (item.start, item.end) == (min(s[1] for s in spans), max(s[2] for s in spans))
        match item.kind:
            case Kind.MATCH | Kind.BOUNDARY:
                assert len(codes) == 1
                assert not item.attributes
                assert item.iou >= (0.9 if item.kind is Kind.MATCH else 0.5)
            case Kind.ATTRIBUTE:
                assert len(codes) == 1
                assert item.attributes == (0,)
            case Kind.DIFFERENT_CODE:
                assert len(codes) == 2
                assert item.iou >= 0.5
            case Kind.SPLIT:
                assert len(codes) == 1
                assert {len(item.first), len(item.second)} > {1}
            case Kind.ONE_SIDE:
                assert len(spans) == 1


@given(codings, codings)
def test_the_order_of_codings_changes_nothing(
    one: list[tuple[int, int, str, str | None]], other: list[tuple[int, int, str, str | None]]
) -> None:
    first, second = made(one, 0), made(other, 100)
    assert classify(first, second) == classify(first[::-1], second[::-1])


@given(codings)
def test_a_coder_agrees_with_a_copy_of_oneself(
    rows: list[tuple[int, int, str, str | None]],
) -> None:
    plain = [row for row in rows if row[1]]
    found = classify(made(plain, 0), made(plain, 100))
    assert {item.kind for item in found} <= {Kind.MATCH}


def test_eight_hundred_codings_are_classified_quickly() -> None:
    first = [coded(at, at * 70, at * 70 + 200, f"code {at % 9}") for at in range(400)]
    second = [
        coded(1000 + at, at * 70 + at % 50, at * 70 + 200, f"code {at % 10}") for at in range(400)
    ]
    begun = perf_counter()
    found = classify(first, second)
    assert perf_counter() - begun < 2  # seconds; some hundredths on a quiet machine
    assert sum(len(item.first) + len(item.second) for item in found) == 800


# --- what the other used instead ---


@given(studies(most_coders=2))
def test_confusion_is_counted_as_by_walking_over_the_text(
    study: tuple[list[CodedDocument], list[Segment], int],
) -> None:
    documents, segments, _coders = study
    characters: Counter[tuple[int, int | None]] = Counter()
    instead: Counter[tuple[int, int | None]] = Counter()
    for at, document in enumerate(documents):
        if finished_by(document) != 3:
            continue
        for one in in_scope(document):
            masks = [applied(segments, at, code, one, 3) for code in range(CODES)]
            ours = [code for code in range(CODES) if masks[code] & 1]
            theirs = [code for code in range(CODES) if masks[code] & 2]
            for mine in ours:
                for other in theirs or [None]:
                    characters[mine, other] += 1
                    if mine not in theirs and other not in ours:
                        instead[mine, other] += 1
    found = confusion(documents, segments, 0, 1)
    assert {key: cell.characters for key, cell in found.items() if cell.characters} == characters
    assert {key: cell.instead for key, cell in found.items() if cell.instead} == instead


def test_passages_meet_where_half_of_the_shorter_is_shared() -> None:
    documents = [CodedDocument(200, 3)]
    segments = [
        (0, 0, 0, 0, 20),
        (0, 0, 0, 20, 40),  # touches: one passage with the first
        (0, 0, 0, 100, 110),
        (0, 1, 1, 30, 50),  # half of its 20 characters
        (0, 2, 1, 39, 60),  # one character
    ]
    found = confusion(documents, segments, 0, 1)
    assert found == {
        (0, 1): Confused(10, 10, 1),
        (0, 2): Confused(1, 1, 0),
        (0, None): Confused(40, 40, 1),
    }
    assert confusion([CodedDocument(200, 1)], segments, 0, 1) == {}


def test_text_that_both_gave_a_second_code_is_not_used_instead() -> None:
    segments = [(0, 0, 0, 0, 10), (0, 1, 0, 0, 10), (0, 1, 1, 0, 10)]
    found = confusion([CodedDocument(10, 3)], segments, 0, 1)
    assert found == {(0, 1): Confused(10, 0, 1), (1, 1): Confused(10, 0, 1)}


# --- direction and levels among agreed passages ---


def test_directions_make_a_square_table_and_unset_ones_stand_apart() -> None:
    pairs = [
        *[("barrier", "barrier")] * 5,
        *[("facilitator", "facilitator")] * 3,
        *[("barrier", "mixed")] * 2,
        ("barrier", None),
        (None, "mixed"),
        (None, None),
    ]
    found = attribute_agreement(pairs, ("barrier", "facilitator", "mixed"))
    assert found.table == ((5, 0, 2), (0, 3, 0), (0, 0, 0))
    assert (found.units, found.neither_set) == (10, 1)
    assert (found.only_first_set, found.only_second_set) == (1, 1)
    assert found.percent.value == pytest.approx(0.8)
    # pe = (7·5 + 3·3)/100 = .44
    assert found.kappa.value == pytest.approx((0.8 - 0.44) / 0.56)
    with pytest.raises(ValueError, match="none of the categories"):
        attribute_agreement([("barrier", "neutral")], ("barrier",))


def test_directions_that_nobody_set_have_no_figure() -> None:
    found = attribute_agreement([(None, None)] * 3, ("barrier",))
    assert found.percent.reason is Reason.NO_COMMON_DOCUMENT
    assert found.neither_set == 3
    same = attribute_agreement([("barrier", "barrier")], ("barrier", "mixed"))
    assert same.kappa.reason is Reason.NO_VARIATION


def test_level_sets_are_as_alike_as_they_share() -> None:
    micro, both, none = frozenset({"micro"}), frozenset({"micro", "meso"}), frozenset[str]()
    found = level_agreement([(micro, micro), (micro, both), (none, micro), (none, none)])
    assert (found.units, found.same, found.neither_set) == (3, 1, 1)
    assert found.mean_jaccard.value == pytest.approx((1 + 0.5 + 0) / 3)
    assert level_agreement([(none, none)]).mean_jaccard.reason is Reason.NO_VARIATION
