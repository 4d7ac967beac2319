"""Context in whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.surroundings import leading, trailing


@pytest.mark.parametrize(
    ("text", "most", "before", "after"),
    [
        ("one two three", 13, "one two three", "one two three"),
        ("one two three", 11, "… two three", "one two …"),
        ("one two three", 5, "… three", "one …"),
        ("one two three ", 6, "… three ", "one …"),
        (" one two", 6, "… two", " one …"),
        ("onetwothree", 4, "… hree", "onet …"),
        ("one\ntwo", 4, "… two", "one …"),
        ("", 4, "", ""),
    ],
)
def test_words_stay_whole(text: str, most: int, before: str, after: str) -> None:
    assert (leading(text, most), trailing(text, most)) == (before, after)


@given(st.lists(st.text("abé", min_size=1, max_size=9), min_size=1), st.integers(10, 40))
def test_only_whole_words_are_left(words: list[str], most: int) -> None:
    text = " ".join(words)
    first, last = leading(text, most), trailing(text, most)
    assert len(first) <= most + 2
    assert len(last) <= most + 2
    if len(text) <= most:
        assert first == last == text
        return
    shown = first.removeprefix("… ").split()
    assert shown == words[len(words) - len(shown) :]
    shown = last.removesuffix(" …").split()
    assert shown == words[: len(shown)]
