from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.span import Span
from ikt_coder.ui.transcript.widening import sentence_at, trimmed, units_around

TEXT = "P01: I met Dr. Smith 🙂 there. We talked.\nMore words here.\nI: Why?"
TURNS = [Span(5, TEXT.index("\nI:")), Span(TEXT.index("Why"), len(TEXT))]


def widened(at: int) -> list[str]:
    return [TEXT[u.start : u.end] for u in units_around(TEXT, Span(at, at), TURNS)]


def test_word_sentence_paragraph_turn() -> None:
    assert widened(TEXT.index("Smith") + 1) == [
        "Smith",
        "I met Dr. Smith 🙂 there.",
        "I met Dr. Smith 🙂 there. We talked.",
        "I met Dr. Smith 🙂 there. We talked.\nMore words here.",
    ]


def test_a_selection_over_two_sentences_widens_to_what_holds_both() -> None:
    span = Span(TEXT.index("there"), TEXT.index("talked"))
    held = [TEXT[u.start : u.end] for u in units_around(TEXT, span, TURNS)]
    assert held[0] == "there. We"
    assert held[1] == "I met Dr. Smith 🙂 there. We talked."


def test_the_sentence_under_a_drop_leaves_the_label_out() -> None:
    for at in (0, 3, 8):
        found = sentence_at(TEXT, at, TURNS)
        assert found is not None
        assert TEXT[found.start : found.end] == "I met Dr. Smith 🙂 there."


def test_an_empty_line_has_no_sentence() -> None:
    assert sentence_at("one\n\ntwo", 4, []) is None


@given(st.text("ab .\n🙂?é", min_size=1, max_size=60), st.data())
def test_units_hold_the_selection_and_grow(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = trimmed(text, Span(start, end))
    units = units_around(text, span, [])
    for unit in units:
        assert 0 <= unit.start < unit.end <= len(text)
        assert text[unit.start : unit.end].strip() == text[unit.start : unit.end]
    assert sorted(units, key=len) == units
