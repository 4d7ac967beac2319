from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Origin
from ikt_coder.services.rows import CodingRow
from ikt_coder.ui.transcript.marks import BUCKET, Marks
from ikt_coder.ui.transcript.offsets import Offsets

LENGTH = 5 * BUCKET
TEXT = "x" * LENGTH
LINES = [*range(400, LENGTH, 400), LENGTH]
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 1500) | st.just(4 * BUCKET)).map(
    lambda t: Span(t[0], min(LENGTH, t[0] + t[1]))
)


def row(number: int, span: Span) -> CodingRow:
    return CodingRow(
        id=UUID(int=number),
        document=UUID(int=1),
        span=span,
        code=UUID(int=2),
        coder=None,
        layer=Layer.CODER,
        valence=None,
        strength=None,
        levels=frozenset(),
        memo="",
        behaviour=None,
        origin=Origin.HAND,
        basis=None,
        flags=frozenset(),
        mapping_choice=(),
        created=datetime(2026, 1, 1, tzinfo=UTC),
    )


def marks_of(spans: list[Span]) -> Marks:
    marks = Marks()
    marks.load([row(n, s) for n, s in enumerate(spans)], Offsets(TEXT), LINES)
    return marks


@given(st.lists(SPANS, max_size=40), SPANS)
def test_a_look_up_finds_what_a_plain_search_finds(spans: list[Span], asked: Span) -> None:
    found = [mark.id.int for mark in marks_of(spans).between(asked.start, asked.end)]
    assert sorted(found) == [n for n, span in enumerate(spans) if span.overlaps(asked)]


@given(st.lists(SPANS, max_size=40), st.data())
def test_stripes_of_one_lane_never_overlap(spans: list[Span], data: st.DataObject) -> None:
    marks = marks_of(spans[: len(spans) // 2])
    for number, span in enumerate(spans[len(spans) // 2 :], 1000):
        marks.put(row(number, span), Offsets(TEXT))
    if spans and data.draw(st.booleans()):
        marks.drop(UUID(int=0))
    every = list(marks)
    assert all(mark.lane < marks.lanes for mark in every)
    for one in every:
        for other in every:
            if one is not other and one.lane == other.lane:
                assert one.end <= other.start or other.end <= one.start


def test_a_changed_coding_that_stays_in_place_keeps_its_lane() -> None:
    marks = marks_of([Span(0, 100), Span(20, 60)])
    lane = next(mark.lane for mark in marks if mark.id.int == 1)
    marks.put(row(1, Span(20, 60)), Offsets(TEXT))
    assert next(mark.lane for mark in marks if mark.id.int == 1) == lane


def test_a_caret_at_the_edge_between_two_codings_is_in_the_one_that_begins() -> None:
    marks = marks_of([Span(0, 10), Span(10, 20)])
    assert [mark.id.int for mark in marks.at(10)] == [1]
    assert [mark.id.int for mark in marks.at(20)] == [1]


def test_the_narrowest_coding_at_a_caret_comes_first() -> None:
    marks = marks_of([Span(0, 100), Span(40, 50)])
    assert [mark.id.int for mark in marks.at(45)] == [1, 0]


def test_what_changed_is_told_once() -> None:
    marks = marks_of([Span(0, 10)])
    marks.take_touched()
    marks.move(UUID(int=0), 0, 20)
    assert (0, 20) in marks.take_touched()
    assert marks.take_touched() == []
