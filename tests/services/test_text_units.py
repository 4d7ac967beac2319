"""The units agreement is counted in: sorted, disjoint, and what their names say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import Scope, Unit
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.transcript import Transcript
from ikt_coder.services.project import Project
from ikt_coder.services.text_units import pack_spans, scope_spans, unit_spans, unpack_spans
from tests.studies import TALK, study


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def words(project: Project, document: UUID, spans: tuple[tuple[int, int], ...] | None) -> list[str]:
    text = project.texts.get(document)
    return [text[a:b] for a, b in spans or ()]


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.CHARACTERS])
def test_units_lie_in_order_and_apart(talk: tuple[Project, UUID], unit: Unit) -> None:
    project, document = talk
    length = len(project.texts.get(document))
    spans = unit_spans(project, document, unit, 25)
    assert spans
    before = 0
    for start, end in spans:
        assert before <= start < end <= length
        before = end


def test_turns_are_the_words_without_the_label(talk: tuple[Project, UUID]) -> None:
    found = words(*talk, unit_spans(*talk, Unit.TURNS))
    assert found[0] == "What made it feel possible to take part?"
    assert len(found) == 5


def test_paragraphs_are_lines_and_sentences_end_with_signs(talk: tuple[Project, UUID]) -> None:
    assert words(*talk, unit_spans(*talk, Unit.PARAGRAPHS)) == TALK.splitlines()
    found = words(*talk, unit_spans(*talk, Unit.SENTENCES))
    assert "She went through the slides with me." in found
    assert not any(sentence.startswith("P01:") for sentence in found)


def test_words_are_those_of_the_language(talk: tuple[Project, UUID]) -> None:
    found = words(*talk, unit_spans(*talk, Unit.TOKENS))
    assert found[:4] == ["What", "made", "it", "feel"]


def test_fixed_segments_cover_the_text(talk: tuple[Project, UUID]) -> None:
    project, document = talk
    assert "".join(words(project, document, unit_spans(project, document, Unit.FIXED, 17))) == TALK
    with pytest.raises(UserError, match="length"):
        unit_spans(project, document, Unit.FIXED)


def test_characters_need_no_boundaries(talk: tuple[Project, UUID]) -> None:
    assert unit_spans(*talk, Unit.CHARACTERS) is None
    assert unit_spans(*talk, Unit.DOCUMENTS) == ((0, len(TALK)),)


def test_units_follow_a_mended_text(talk: tuple[Project, UUID]) -> None:
    project, document = talk
    before = unit_spans(project, document, Unit.TURNS)
    project.texts.mend(document, [TextEdit(0, "Interviewer", "Host")])
    after = unit_spans(project, document, Unit.TURNS)
    assert before is not None
    assert after == tuple((a - 7, b - 7) for a, b in before)


def test_respondents_are_participants(talk: tuple[Project, UUID]) -> None:
    assert scope_spans(*talk, Scope.WHOLE) is None
    said = words(*talk, scope_spans(*talk, Scope.RESPONDENTS))
    assert len(said) == 3
    assert not any("And what got in the way?" in each for each in said)


def test_a_text_without_turns_is_all_theirs(talk: tuple[Project, UUID]) -> None:
    project, _ = talk
    plain = project.documents.add(Transcript("I came late. It rained."), "Plain", "p.txt")
    assert scope_spans(project, plain, Scope.RESPONDENTS) == ((0, 23),)
    assert unit_spans(project, plain, Unit.TURNS) == ()
    assert unit_spans(project, plain, Unit.SENTENCES) == ((0, 12), (13, 23))


def test_a_selection_is_united_and_kept_inside_the_text(talk: tuple[Project, UUID]) -> None:
    project, document = talk
    chosen = [(5, 9), (3, 6), (20, 10_000), (50_000, 60_000)]
    assert scope_spans(project, document, Scope.SELECTION, chosen) == ((3, 9), (20, len(TALK)))


spans = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 90_000)), max_size=60)


@given(spans)
def test_packed_spans_come_back(pairs: list[tuple[int, int]]) -> None:
    at = 0
    made = []
    for gap, length in pairs:
        made.append((at + gap, at + gap + length))
        at += gap + length
    assert unpack_spans(pack_spans(tuple(made))) == tuple(made)
    assert all(Span(a, b) for a, b in made if a < b)


def test_nothing_packed_is_nothing() -> None:
    assert pack_spans(None) is None
    assert unpack_spans(None) is None
    assert unpack_spans(pack_spans(())) == ()
