"""Folding keeps every position, and makes equal what a person takes for equal."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ikt_coder.text.folding import comparable, folded, has_unseen, without_unseen

SIGNS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("İıßẞſΣσςŒœéÉe\u0301ǅﬁ\u00ad\u200b’'‘“\"–-\n\t \u00a0\u2028😀👩🏽‍⚕️가각क़"),
    )
)


@given(SIGNS)
@example("İstanbul")
@example("straße ẞ")
@example("e\u0301té 😀 👩🏽‍⚕️")
def test_no_position_moves(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(SIGNS)
def test_each_sign_is_folded_by_itself_and_once_is_enough(text: str) -> None:
    assert folded(text) == "".join(map(folded, text))
    assert folded(folded(text)) == folded(text)


@given(SIGNS, SIGNS)
def test_a_piece_folds_as_it_does_within_a_text(before: str, after: str) -> None:
    assert folded(before + after) == folded(before) + folded(after)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Élise", "elise"),
        ("İSTANBUL", "istanbul"),
        ("don’t", "don't"),
        ("don`t", "don't"),
        ("follow‑up – now", "follow-up - now"),
        ("a\nb\tc\u00a0d", "a b c d"),
        ("“So”", '"so"'),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("straße", "straße"),
        ("cœur", "cœur"),
    ],
)
def test_what_a_person_takes_for_the_same_is_one(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_marks_and_soft_hyphens_are_passed_over_and_letters_are_not() -> None:
    assert has_unseen("e\u0301")
    assert has_unseen("co\u00adoperate")
    assert not has_unseen("école œuvre 😀")
    assert without_unseen("e\u0301co\u00adle\ufeff") == "ecole"


def test_equal_pieces_are_equal_only_as_far_as_case_and_accents_matter() -> None:
    def same(one: str, other: str, *, case: bool, accents: bool) -> bool:
        return comparable(one, case=case, accents=accents) == comparable(
            other, case=case, accents=accents
        )

    assert same("É", "e\u0301", case=False, accents=True)
    assert not same("É", "e\u0301", case=True, accents=True)
    assert same("É", "E", case=True, accents=False)
    assert not same("É", "E", case=True, accents=True)
    assert same("the\n clinic", "the clinic", case=True, accents=True)
