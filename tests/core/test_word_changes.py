"""Both wordings can be read off the changes between them."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from ikt_coder.core.word_changes import Fate, word_changes

TEXTS = st.text(st.sampled_from("ab é,.\n-😀"), max_size=40)


def read(before: str, after: str, besides: Fate) -> str:
    return "".join(one.text for one in word_changes(before, after) if one.fate is not besides)


@given(TEXTS, TEXTS)
def test_both_wordings_are_kept(before: str, after: str) -> None:
    found = word_changes(before, after)
    assert read(before, after, Fate.NEW) == before
    assert read(before, after, Fate.GONE) == after
    assert all(one.text for one in found)
    assert all(one.fate is not other.fate for one, other in pairwise(found))


def test_one_word_is_one_change() -> None:
    before, after = "What a partner does.", "What a knowledge user does."
    gone = [one.text for one in word_changes(before, after) if one.fate is Fate.GONE]
    new = [one.text for one in word_changes(before, after) if one.fate is Fate.NEW]
    assert (gone, new) == (["partner"], ["knowledge user"])


def test_signs_between_two_changes_do_not_part_them() -> None:
    found = word_changes(
        "It tells of red, green at home and away.", "It tells of old, new at home and away."
    )
    assert [one.text for one in found if one.fate is Fate.GONE] == ["red, green"]


def test_wordings_that_share_hardly_a_word_are_shown_whole() -> None:
    before, after = "The title or mandate is misread.", "Somebody agrees on the work."
    assert [one.fate for one in word_changes(before, after)] == [Fate.GONE, Fate.NEW]
