"""A person names a speaker whom the label rule would not take for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.importers.detection import build
from ikt_coder.importers.options import ImportOptions
from ikt_coder.importers.protocol import RawText

LONG = "the honourable lead of the regional programme (north)"


@pytest.mark.parametrize("set_off", [": ", ":", "\t", " - ", "> ", ".- ", ":\n"])
def test_a_given_name_is_a_speaker_however_it_is_set_off(set_off: str) -> None:
    text = "".join(f"Interviewer: How was {at}?\n{LONG}{set_off}It was fine.\n" for at in range(6))
    made = build(RawText(text), ImportOptions(speakers={LONG: LONG}))
    assert set(made.speakers) == {"Interviewer", LONG}
    said = [turn for turn in made.turns if turn.speaker == LONG]
    assert len(said) == 6
    for turn in said:
        assert turn.label_end is not None
        assert text[turn.label_end : turn.span.end].strip() == "It was fine."


def test_the_same_words_in_speech_begin_no_turn() -> None:
    text = f"Interviewer: And then?\n{LONG}: Yes.\n{LONG} was what they called me.\n" * 5
    made = build(RawText(text), ImportOptions(speakers={LONG: LONG}))
    assert sum(turn.speaker == LONG for turn in made.turns) == 5


def test_it_can_be_given_another_name_at_once() -> None:
    text = f"Interviewer: And then?\n{LONG}: Yes.\n" * 5
    made = build(RawText(text), ImportOptions(speakers={LONG: "P09"}))
    assert set(made.speakers) == {"Interviewer", "P09"}


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4))
def test_no_given_name_changes_the_text(text: str, names: list[str]) -> None:
    options = ImportOptions(speakers={name: name for name in names if name.strip()})
    made = build(RawText(text), options)
    assert made.text == text
    assert all(turn.span.end <= len(text) for turn in made.turns)
