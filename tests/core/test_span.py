"""Spans, their union, and how they move when a text is mended."""

from __future__ import annotations

import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given

from ikt_coder.core.span import Span, TextEdit, apply_edits, unite

spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda p: Span(p[0], p[0] + p[1]))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, TextEdit, Span]:
    """A text, an edit that fits it, and a span in it."""
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
    at = draw(st.integers(0, len(text)))
    end = draw(st.integers(at, len(text)))
    inserted = draw(st.text(st.characters(codec="utf-8"), max_size=6))
    a = draw(st.integers(0, len(text)))
    b = draw(st.integers(a, len(text)))
    return text, TextEdit(at, text[at:end], inserted), Span(a, b)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(5, 4)


@given(st.lists(spans, max_size=12))
def test_passages_cover_the_same_letters_and_stay_apart(some: list[Span]) -> None:
    united = unite(some)
    letters = {i for span in some for i in range(span.start, span.end)}
    assert {i for span in united for i in range(span.start, span.end)} == letters
    assert all(a.end < b.start for a, b in itertools.pairwise(united))


def test_touching_codings_are_one_passage() -> None:
    assert unite([Span(0, 5), Span(5, 9), Span(10, 12)]) == [Span(0, 9), Span(10, 12)]


@pytest.mark.parametrize(
    ("one", "other", "tied"),
    [
        (Span(0, 10), Span(5, 100), True),  # half of the shorter
        (Span(0, 10), Span(6, 100), False),
        (Span(0, 10), Span(10, 20), False),
        (Span(0, 11), Span(5, 16), True),
        (Span(3, 3), Span(0, 10), False),
    ],
)
def test_half_of_the_shorter_span_ties(one: Span, other: Span, tied: bool) -> None:
    assert one.covers_half_of_shorter(other) is tied
    assert other.covers_half_of_shorter(one) is tied


@given(edited())
def test_words_that_an_edit_left_alone_stay_in_their_span(
    case: tuple[str, TextEdit, Span],
) -> None:
    """Whatever of a span's words lay outside the edit is in the moved span, in order, and
    nothing from outside the span and the edit has come in."""
    text, edit, span = case
    after = edit.apply(text)
    moved = edit.move(span)
    removed_end = edit.at + len(edit.removed)
    before_part = text[span.start : max(span.start, min(span.end, edit.at))]
    after_part = text[min(span.end, max(span.start, removed_end)) : span.end]
    words = after[moved.start : moved.end]
    assert words.startswith(before_part)
    assert words.endswith(after_part)
    middle = words[len(before_part) : len(words) - len(after_part)]
    assert middle in ("", edit.inserted)


@given(edited())
def test_an_edit_and_its_inverse_give_the_text_back(case: tuple[str, TextEdit, Span]) -> None:
    text, edit, _ = case
    assert apply_edits(text, [edit, edit.inverse()]) == text


@given(edited())
def test_order_is_kept(case: tuple[str, TextEdit, Span]) -> None:
    """A mark before another stays before it."""
    _, edit, span = case
    assert edit.move_point(span.start) <= edit.move_point(span.end)


def test_words_put_in_at_an_edge_stay_outside() -> None:
    edit = TextEdit(5, "", "very ")
    assert edit.move(Span(5, 9)) == Span(10, 14)
    assert edit.move(Span(0, 5)) == Span(0, 5)
    assert edit.move(Span(0, 9)) == Span(0, 14)


def test_a_replaced_first_word_stays_in() -> None:
    assert TextEdit(5, "teh", "the").move(Span(5, 12)) == Span(5, 12)
    assert TextEdit(5, "teh", "their").move(Span(5, 12)) == Span(5, 14)


def test_an_edit_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="not there"):
        TextEdit(0, "x", "y").apply("abc")
