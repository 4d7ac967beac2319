"""Where columns differ: together with what they share it is all that anybody coded."""

from __future__ import annotations

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.span import Span, unite
from ikt_coder.services.settling_rows import Item, ItemState, Segment, Side
from ikt_coder.ui.comparison.columns.differing import differing, shared, without

CODE = UUID(int=1)
spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda p: Span(p[0], p[0] + p[1]))
sides = st.lists(st.lists(spans, max_size=4), min_size=2, max_size=3)


def item_of(kind: DifferenceKind, coded: list[list[Span]]) -> Item:
    made = tuple(
        Side(uuid4(), f"C{n}", f"C{n}", tuple(Segment(span, CODE, coding=uuid4()) for span in each))
        for n, each in enumerate(coded)
    )
    everything = [span for each in coded for span in each] or [Span(0, 1)]
    whole = Span(min(s.start for s in everything), max(s.end for s in everything))
    return Item(uuid4(), uuid4(), uuid4(), "P01", kind, False, whole, made, None, ItemState.OPEN)


def letters(found: list[Span]) -> set[int]:
    return {at for span in found for at in range(span.start, span.end)}


@given(sides)
def test_what_a_column_has_or_lacks_and_what_all_share_is_everything(
    coded: list[list[Span]],
) -> None:
    item = item_of(DifferenceKind.BOUNDARY, coded)
    everything = letters([span for each in coded for span in each])
    common = letters(shared(item.sides))
    for side in item.sides:
        own = letters([segment.span for segment in side.segments])
        stretches = differing(item, side)
        held = letters([d.span for d in stretches if d.held])
        lacking = letters([d.span for d in stretches if not d.held])
        assert held == own - common
        assert lacking == everything - own
        assert held | lacking | common == everything


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=4))
def test_without_takes_away_letter_by_letter(first: list[Span], second: list[Span]) -> None:
    left = without(unite(first), unite(second))
    assert letters(left) == letters(first) - letters(second)


def test_another_code_on_the_same_words_puts_all_of_them_in_question() -> None:
    item = item_of(DifferenceKind.DIFFERENT_CODE, [[Span(0, 10)], [Span(0, 12)]])
    assert [(d.span, d.held) for d in differing(item, item.sides[0])] == [(Span(0, 10), True)]


def test_what_agrees_does_not_differ() -> None:
    item = item_of(DifferenceKind.MATCH, [[Span(0, 10)], [Span(0, 11)]])
    assert not differing(item, item.sides[0])
