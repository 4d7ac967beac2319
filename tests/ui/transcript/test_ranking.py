from __future__ import annotations

from uuid import UUID

import pytest

from ikt_coder.core.words import Pattern
from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.transcript.ranking import rank, same_name


def code(number: int, name: str, *above: str, applicable: bool = True) -> CodeRow:
    return CodeRow(
        id=UUID(int=number),
        parent=None,
        position=number,
        name=name,
        path=(*above, name),
        definition="",
        include="",
        exclude="",
        example="",
        colour="blue",
        pattern=Pattern.SOLID,
        pin=None,
        framework=None,
        framework_key=None,
        node_key=None,
        short_framework=None,
        source_wording="",
        source_page="",
        applicable=applicable,
    )


CODES = [
    code(1, "Environmental context and resources"),
    code(2, "Resources for partners"),
    code(3, "Unresolved tension"),
    code(4, "Réseau et soutien"),
    code(5, "Time", "Resources for partners"),
    code(6, "Resources heading", applicable=False),
]


def names(query: str, *recent: int) -> list[str]:
    return [m.code.name for m in rank(query, CODES, [UUID(int=n) for n in recent])]


def test_names_that_start_with_the_letters_lead_then_words_then_parts() -> None:
    assert names("reso") == [
        "Resources for partners",
        "Environmental context and resources",
        "Unresolved tension",
        "Time",
    ]


def test_recent_codes_come_before_other_words_but_after_beginnings() -> None:
    assert names("reso", 3)[:2] == ["Resources for partners", "Unresolved tension"]


def test_without_letters_recent_codes_lead() -> None:
    assert names("", 4, 2)[:3] == [
        "Réseau et soutien",
        "Resources for partners",
        "Environmental context and resources",
    ]


def test_accents_and_case_do_not_matter() -> None:
    assert names("RESEAU") == ["Réseau et soutien"]
    assert same_name("reseau  et SOUTIEN", CODES) == CODES[3]


def test_all_words_must_be_found() -> None:
    assert names("res part") == ["Resources for partners", "Time"]  # the last by its path
    assert names("res zebra") == []


def test_headings_that_only_group_are_not_offered() -> None:
    assert "Resources heading" not in names("")


@pytest.mark.parametrize(("query", "runs"), [("reso", ((0, 4),)), ("res part", ((0, 3), (14, 18)))])
def test_what_matched_is_told(query: str, runs: tuple[tuple[int, int], ...]) -> None:
    assert rank(query, [CODES[1]])[0].runs == runs
