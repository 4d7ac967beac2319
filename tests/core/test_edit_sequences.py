"""Edits of one text known by id: swapped, parted, and spans carried between states."""

from __future__ import annotations

import itertools
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given

from ikt_coder.core.edit_sequences import (
    EditMark,
    carry,
    over,
    part,
    places,
    shared,
    transposed,
    version,
)
from ikt_coder.core.span import Span, TextEdit

Words = dict[UUID, tuple[str, str]]


def applied(text: str, marks: list[EditMark], words: Words) -> str:
    """The text after edits; what they remove has to stand there."""
    for mark in marks:
        removed, inserted = words[mark.id]
        text = TextEdit(mark.at, removed, inserted).apply(text)
    return text


@st.composite
def mended(
    draw: st.DrawFn, text: str, words: Words, most: int = 4, first: int = 0
) -> list[EditMark]:
    """Edits that follow one another on a text; their words are noted in ``words``."""
    marks = []
    for number in range(draw(st.integers(0, most))):
        at = draw(st.integers(0, len(text)))
        end = draw(st.integers(at, min(len(text), at + 3)))
        inserted = draw(st.text("xyz", max_size=3))
        key = UUID(int=first + number)
        words[key] = (text[at:end], inserted)
        marks.append(EditMark(key, at, end - at, len(inserted)))
        text = text[:at] + inserted + text[end:]
    return marks


texts = st.text("abcdefgh", min_size=6, max_size=24)


@given(st.data(), texts)
def test_edits_that_change_places_leave_the_same_text(data: st.DataObject, text: str) -> None:
    words: Words = {}
    marks = data.draw(mended(text, words, 2))
    if len(marks) == 2 and (pair := transposed(*marks)) is not None:
        assert applied(text, list(pair), words) == applied(text, marks, words)
        assert transposed(*pair) == tuple(marks)


@given(st.data(), texts)
def test_parted_edits_leave_the_same_text(data: st.DataObject, text: str) -> None:
    words: Words = {}
    marks = data.draw(mended(text, words, 5))
    chosen = data.draw(st.sets(st.sampled_from([m.id for m in marks]))) if marks else set()
    front, behind = part(marks, chosen)
    assert {m.id for m in front} <= chosen
    assert applied(text, front + behind, words) == applied(text, marks, words)


@given(st.data(), texts)
def test_what_was_not_cut_is_carried_there_and_back(data: st.DataObject, text: str) -> None:
    """Both states share some edits and have some alone, made in places apart."""
    words: Words = {}
    common = data.draw(mended(text, words, 3))
    between = applied(text, common, words)
    one = data.draw(mended(between, words, 3, 100))
    other = data.draw(mended(between, words, 3, 200))
    source, target = common + one, common + other
    here = applied(text, source, words)
    start = data.draw(st.integers(0, len(here)))
    span = Span(start, data.draw(st.integers(start, len(here))))
    (there,) = carry([span], source, target)
    assert there.end <= len(applied(text, target, words))
    alone = [*shared(source, target)[0], *shared(source, target)[1]]
    if not alone:
        assert there == span
    cut = any(words[m.id][0] and words[m.id][1] for m in alone) or _touches(
        span, source, target, words, text
    )
    if not cut:
        assert carry([there], target, source) == [span]


def _touches(
    span: Span, source: list[EditMark], target: list[EditMark], words: Words, text: str
) -> bool:
    """Whether an edit of one state alone touches the span where it lies at that moment."""
    only, other = shared(source, target)
    start, end = span.start, span.end
    for mark in reversed(only):
        if mark.at <= end and mark.at + mark.inserted >= start:
            return True
        start, end = mark.move_edges_back(start, end)
    for mark in other:
        if mark.at <= end and mark.at + mark.removed >= start:
            return True
        start, end = mark.move_edges(start, end)
    return False


def test_brute_force_the_letters_of_a_span_are_the_same_letters() -> None:
    """Every span of a small text over every pair of edits apart: the letters that no edit
    touched are covered before and after, and no others."""
    text = "abcdefgh"
    edits = [
        (at, end, new)
        for at in range(len(text) + 1)
        for end in range(at, min(at + 2, len(text)) + 1)
        for new in ("", "X", "YY")
        if (at, end) != (at, at) or new
    ]
    for one, other in itertools.product(edits[::2], edits[1::2]):
        if one[1] >= other[0]:
            continue  # they touch, or stand in the other order
        first = EditMark(UUID(int=1), one[0], one[1] - one[0], len(one[2]))
        second = EditMark(UUID(int=2), other[0], other[1] - other[0], len(other[2]))
        moved = over([second], [first])
        both = TextEdit(moved[0].at, text[other[0] : other[1]], other[2]).apply(
            TextEdit(one[0], text[one[0] : one[1]], one[2]).apply(text)
        )
        swapped = over([first], [second])
        assert both == TextEdit(swapped[0].at, text[one[0] : one[1]], one[2]).apply(
            TextEdit(other[0], text[other[0] : other[1]], other[2]).apply(text)
        )
        for start, end in itertools.combinations(range(len(text) + 1), 2):
            (there,) = carry([Span(start, end)], [], [first, *moved])
            assert [there] == carry([Span(start, end)], [], [second, *swapped])
            kept = {
                letter
                for index, letter in enumerate(text)
                if start <= index < end
                and not one[0] <= index < one[1]
                and not other[0] <= index < other[1]
            }
            assert set(both[there.start : there.end]) - set("XY") == kept


@given(st.data(), texts)
def test_edits_of_two_sides_apart_give_one_text(data: st.DataObject, text: str) -> None:
    words: Words = {}
    ours = data.draw(mended(text, words, 4))
    theirs = data.draw(mended(text, words, 4, 100))
    found = places(ours, theirs)
    assert {key for place in found for key in place.ours} == {m.id for m in ours}
    assert [(p.span, p.theirs, p.ours) for p in found] == [
        (p.span, p.ours, p.theirs) for p in places(theirs, ours)
    ]
    conflicts = [place for place in found if place.of_both]
    for place in conflicts:
        for marks in (ours, theirs):
            span = version(place.span, marks)
            assert span.end <= len(applied(text, marks, words))
    lost = {key for place in conflicts for key in place.theirs}
    kept, set_aside = part(theirs, {m.id for m in theirs} - lost)
    assert {m.id for m in set_aside} == lost
    one = applied(applied(text, ours, words), over(kept, ours), words)
    other = applied(applied(text, kept, words), over(ours, kept), words)
    assert one == other


def test_edits_on_one_place_are_no_pair_to_be_put_one_after_the_other() -> None:
    one, other = EditMark(UUID(int=1), 3, 2, 1), EditMark(UUID(int=2), 4, 0, 5)
    with pytest.raises(ValueError, match="touch"):
        over([one], [other])


def test_an_edit_on_top_of_another_stays_behind_it() -> None:
    below = EditMark(UUID(int=1), 3, 2, 4)
    above = EditMark(UUID(int=2), 5, 1, 1)
    assert transposed(below, above) is None
    assert part([below, above], {above.id}) == ([], [below, above])
