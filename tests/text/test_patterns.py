"""Finding words as a person means them, and patterns that must not hold the program."""

from __future__ import annotations

import contextlib
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import UserError
from ikt_coder.text.folding import folded, has_unseen
from ikt_coder.text.patterns import Finder, PatternFinder

LETTERS = st.text(st.sampled_from("aAbéÉe\u0301 \n-–'’😀İ\u00ad."), min_size=1, max_size=12)


def found(text: str, words: str, **options: bool) -> list[str]:
    """The places that words are found in, as they stand in the text."""
    finder = Finder(words, **options)
    places = list(finder.find(text, folded(text), has_unseen(text)))
    if text.isascii():
        assert list(finder.find_in_ascii(text)) == places
    return [text[a:b] for a, b in places]


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("I don’t. Don't!", "don't", ["don’t", "Don't"]),
        ("I don't.", "don’t", ["don't"]),
        ("a follow‑up, a follow-up", "follow-up", ["follow‑up", "follow-up"]),
        ("the  waiting\n list", "waiting list", ["waiting\n list"]),
        ("the waitinglist", "waiting list", []),
        ("L’été, l'e\u0301te\u0301", "ete", ["été", "e\u0301te\u0301"]),
        ("İzmir and izmir", "izmir", ["İzmir", "izmir"]),
        ("co\u00adoperate", "cooperate", ["co\u00adoperate"]),
        ("Straße", "straße", ["Straße"]),
        ("so 😀 then 😀", "😀", ["😀", "😀"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("one (two) [three]", "(two) [", ["(two) ["]),
    ],
)
def test_words_are_found_as_a_person_means_them(text: str, words: str, places: list[str]) -> None:
    assert found(text, words) == places


def test_whole_words_stop_at_letters_marks_and_figures() -> None:
    text = "plan plans replan plan2 plan_b plan, l'plan plane\u0301 pla\u00adn"
    assert found(text, "plan", whole=True) == ["plan", "plan", "plan", "pla\u00adn"]
    assert found("co\u00adoperate operate", "operate", whole=True) == ["operate"]
    assert found("say @home now", "@home", whole=True) == ["@home"]


def test_case_and_accents_matter_where_asked() -> None:
    text = "Rôle role ROLE rôle ro\u0302le"
    assert found(text, "rôle", accents=True) == ["Rôle", "rôle", "ro\u0302le"]
    assert found(text, "role", case=True) == ["role", "rôle", "ro\u0302le"]
    assert found(text, "rôle", case=True, accents=True) == ["rôle", "ro\u0302le"]
    assert found("The\nclinic", "The clinic", case=True) == ["The\nclinic"]


@given(LETTERS, LETTERS, LETTERS, st.booleans(), st.booleans(), st.booleans())
def test_words_taken_from_a_text_are_found_in_it(
    before: str, words: str, after: str, whole: bool, case: bool, accents: bool
) -> None:
    text = f"{before} {words} {after}"
    try:
        finder = Finder(words, whole=whole, case=case, accents=accents)
    except UserError:
        assert not "".join(words.split()).strip("\u0301\u00ad")
        return
    places = list(finder.find(text, folded(text), has_unseen(text)))
    # A mark that opens a word belongs to the sign before it.
    if all(part[0] not in "\u0301\u00ad" for part in words.split()):
        assert places
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(
    st.text(st.sampled_from("aAbB_2 \n\t\x1c'`-.k"), max_size=30),
    st.text(st.sampled_from("aAbB_2 '`’-.éK"), min_size=1, max_size=4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_text_of_ascii_is_searched_alike(
    text: str, words: str, whole: bool, case: bool, accents: bool
) -> None:
    with contextlib.suppress(UserError):
        finder = Finder(words, whole=whole, case=case, accents=accents)
        folding = list(finder.find(text, folded(text), unseen=False))
        assert list(finder.find_in_ascii(text)) == folding


@pytest.mark.parametrize("words", ["", "   ", "\n", "\u0301"])
def test_nothing_to_search_for_is_said(words: str) -> None:
    with pytest.raises(UserError, match="nothing to search for"):
        Finder(words)


def test_words_of_a_whole_page_are_refused() -> None:
    with pytest.raises(UserError, match="1,001 signs"):
        Finder("a" * 1001)


def test_a_pattern_that_cannot_be_read_says_where() -> None:
    with pytest.raises(UserError, match="cannot be read to its end: missing"):
        PatternFinder("ab (c")
    with pytest.raises(UserError, match="cannot be read at sign 4"):
        PatternFinder("ab*** c")
    with pytest.raises(UserError, match="nothing"):
        PatternFinder("")


@pytest.mark.parametrize(
    "pattern",
    [
        "(((a{99}){99}){99}){99}",
        "(?:(?:[)]{9,999}){,999}b){5}",
        "a{99999999999}",
        r"(\({400}\){400}x){200}",
    ],
)
def test_a_pattern_that_would_fill_all_memory_is_refused(pattern: str) -> None:
    with pytest.raises(UserError, match="repeats too much"):
        PatternFinder(pattern)


@pytest.mark.parametrize("pattern", ["(?R)", "a(b|(?1))", "(?P<x>a(?&x)?)", "(?P<x>a)(?P>x)"])
def test_a_pattern_that_calls_itself_is_refused(pattern: str) -> None:
    with pytest.raises(UserError, match="calls itself"):
        PatternFinder(pattern)


def test_options_that_exclude_each_other_are_said() -> None:
    with pytest.raises(UserError, match="exclude each other"):
        PatternFinder("(?u)a(?a)")
    assert list(PatternFinder(r"\(\?R\)").find("(?R)", 1)) == [(0, 4)]


def test_counts_that_a_person_types_are_taken() -> None:
    for pattern in (
        r"\d{4}-\d{2}",
        r"why.{0,300}because.{0,300}end",
        r"(\w+ ){3,20}",
        "{x}",
        "[{]{3}",
    ):
        PatternFinder(pattern)


def test_a_pattern_nested_without_end_is_refused() -> None:
    with pytest.raises(UserError, match="too deeply nested"):
        PatternFinder("(" * 500 + ")" * 500)


def test_an_exploding_pattern_ends_in_time() -> None:
    begun = time.perf_counter()
    with pytest.raises(TimeoutError):
        list(PatternFinder(r"(a+)+b").find("a" * 5000, 0.3))
    assert time.perf_counter() - begun < 5


def test_places_without_signs_are_passed_over_and_lines_have_ends() -> None:
    def places(pattern: str, text: str, **options: bool) -> list[str]:
        return [text[a:b] for a, b in PatternFinder(pattern, **options).find(text, 1)]

    assert places("x*", "axxb") == ["xx"]
    assert places("^p\\d", "P1 P2\nP3") == ["P1", "P3"]
    assert places("^P\\d", "p1\nP3", case=True) == ["P3"]
    assert places(r"😀\w", "😀a") == ["😀a"]
