"""Where sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.span import Span
from ikt_coder.text.sentences import sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    "parts",
    [
        ["It was hard.", "We went on!", "Why?", "Nobody knows…", "So."],
        ["Dr. Roy came at 3.5 p.m. and left.", "He was late."],
        ["J. Smith said so.", "I said no.", "Then I left."],
        ["“Really?” she asked.", "“Yes.”", "He nodded."],
        ["Well… and then it went on.", "Good."],
        ["C'est vrai.", "Ça va?", "Élise est venue."],
        ["很好。", "再见！"],
        ["no end at all"],
    ],
)
def test_sentences_end_where_a_reader_says(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_line_that_goes_on_small_goes_on_with_the_sentence() -> None:
    assert split("It was\nhard to say.\nHeading\nThen more") == [
        "It was\nhard to say.",
        "Heading",
        "Then more",
    ]


def test_no_sentence_crosses_from_one_turn_into_another() -> None:
    text = "P1: and then\nP2: the end."
    found = sentences(text, [Span(4, 13), Span(17, len(text))])
    assert [text[s.start : s.end] for s in found] == ["and then", "the end."]


@given(st.text(st.sampled_from('aB.?!…"’) \n。😀\u00a0'), max_size=60), st.data())
def test_sentences_lie_in_order_and_hold_every_sign_that_is_seen(
    text: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)))
    pieces = [Span(0, cut), Span(cut, len(text))]
    found = sentences(text, pieces)
    covered = {at for s in found for at in range(s.start, s.end)}
    assert {at for at, sign in enumerate(text) if not sign.isspace()} <= covered
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] for s in found)
    assert all(any(p.start <= s.start and s.end <= p.end for p in pieces) for s in found)
