"""Every language of reports says everything, and says it in its own words."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum

import pytest

from ikt_coder.codebooks.catalogue import catalogue
from ikt_coder.core.words import (
    FrameworkKind,
    LinkKind,
    Stance,
    ThemeStatus,
    WordPair,
)
from ikt_coder.services.report_language import ENGLISH, FRENCH, LANGUAGES, Language
from ikt_coder.services.report_language.words import Words
from ikt_coder.services.theme_table_options import ExportLanguage, ThemeColumn

ALL = list(LANGUAGES.values())
# Words that both languages write alike, and mappings that only French needs.
SAME = {"nodes", "frameworks", "passages_spanner", "participant", "document", "passage"}


def test_every_language_of_exports_is_there() -> None:
    assert set(LANGUAGES) == set(ExportLanguage)
    assert [language.tag for language in ALL] == list(ExportLanguage)


@pytest.mark.parametrize("language", ALL, ids=lambda one: one.tag)
def test_no_phrase_is_missing(language: Language) -> None:
    assert not inspect.isabstract(type(language))
    for field in fields(Words):
        if field.name not in ("nodes", "frameworks"):
            assert getattr(language.words, field.name), field.name
    vocabularies: tuple[tuple[Mapping[object, object], type[StrEnum]], ...] = (
        (language.words.headings, ThemeColumn),  # type: ignore[assignment]  # looked at by key
        (language.words.statuses, ThemeStatus),  # type: ignore[assignment]  # looked at by key
        (language.words.stances, Stance),  # type: ignore[assignment]  # looked at by key
        (language.words.links, LinkKind),  # type: ignore[assignment]  # looked at by key
        (language.words.directions, WordPair),  # type: ignore[assignment]  # looked at by key
    )
    for words, vocabulary in vocabularies:
        assert set(words) == set(vocabulary)
    assert len(language.words.months) == 12


def test_french_words_are_not_the_english_ones() -> None:
    for field in fields(Words):
        if field.name in SAME:
            continue
        english, french = (getattr(one.words, field.name) for one in (ENGLISH, FRENCH))
        if isinstance(english, str):
            assert english != french, field.name


@pytest.mark.parametrize("kind", [FrameworkKind.CODEBOOK, FrameworkKind.LEVEL_SCHEME])
def test_french_names_the_nodes_of_the_core_frameworks(kind: FrameworkKind) -> None:
    core = {"com-b", "tdf-v2", "levels-micro-meso-macro", "sem-ikt3", "sem-mcleroy"}
    for framework in catalogue():
        if framework.kind is kind and framework.key in core:
            assert {node.key for node in framework.nodes} <= set(FRENCH.words.nodes)


def test_french_sets_no_double_sign_without_its_space() -> None:
    said = " ".join(_sentences(FRENCH))
    assert re.findall(r"[^\s\u00a0\u202f](?=[;?!»%])", said) == []
    assert re.findall(r"[^\u00a0]:", said) == []
    assert re.findall(r"«[^\u202f]", said) == []
    assert '"' not in said
    assert "'" not in said


def test_sentences_end_with_a_full_stop_and_count_in_their_plural() -> None:
    assert FRENCH.unchosen(1).startswith("1 document n’a")
    assert FRENCH.unchosen(2).startswith("2 documents n’ont")
    assert ENGLISH.unchosen(1).startswith("1 document has")
    assert ENGLISH.withheld(2).startswith("2 accepted quotes are")
    assert FRENCH.withheld(1).startswith("1 citation acceptée n’est")
    assert FRENCH.interim(0, 1) == "Provisoire\u00a0: 0 codé sur 1 document."


def _sentences(language: Language) -> list[str]:
    """Every sentence, made with something for each of its parts."""
    made = []
    parts: dict[str, object] = {
        "int": 2,
        "Sequence[str]": ["a", "b", "c"],
        "str": "x",
        "bool": True,
        "Sequence[tuple[str, str]]": [("a", "b"), ("c", "")],
    }
    for name, method in inspect.getmembers(language, inspect.ismethod):
        asked = inspect.signature(method).parameters.values()
        if name.startswith("_") or any(str(one.annotation) not in parts for one in asked):
            continue
        given = {one.name: parts[str(one.annotation)] for one in asked}
        result = method(**given)
        if isinstance(result, str):
            made.append(result)
    assert len(made) > 40
    return made


def test_a_chapter_says_of_how_many_only_when_all_is_coded() -> None:
    assert ENGLISH.report_counts(1, 3, 7) == "1 passage, 3 of 7 participants, sub-themes included"
    assert ENGLISH.report_counts(2, 1, None) == (
        "2 passages, 1 participant so far, sub-themes included"
    )
    assert "sur" not in FRENCH.report_counts(2, 4, None)
