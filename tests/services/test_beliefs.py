"""Belief statements, and the relevance of domains by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.words import Consent, Valence
from ikt_coder.services.belief_reports import beliefs_table, relevance_table
from tests.crosswalk_study import CrosswalkStudy


@pytest.fixture
def study(tmp_path: Path) -> Iterator[CrosswalkStudy]:
    made = CrosswalkStudy(tmp_path / "study.ikt")
    yield made
    made.project.close()


def _two(study: CrosswalkStudy) -> tuple[UUID, UUID]:
    one = study.coding("Nobody had explained", "Knowledge", Valence.BARRIER, strength=2)
    other = study.coding("I came late", "Knowledge", Valence.BARRIER)
    return one, other


def test_a_statement_with_its_passages_is_counted(study: CrosswalkStudy) -> None:
    one, other = _two(study)
    beliefs = study.project.beliefs
    key = beliefs.add(
        "  Nobody tells me\nwhat to do. ",
        code=study.code("Knowledge"),
        direction=Valence.BARRIER,
        codings=[one],
    )
    row = beliefs.get(key)
    assert (row.text, row.code_name) == ("Nobody tells me what to do.", "Knowledge")
    assert (row.participants, row.passages, row.elsewhere) == (1, 1, 0)
    beliefs.gather(key, [one, other])
    assert beliefs.get(key).participants == 2
    beliefs.release(key, [one])
    assert beliefs.get(key).codings == (other,)


def test_only_the_analysis_layer_counts(study: CrosswalkStudy) -> None:
    one, _ = _two(study)
    project = study.project
    project.coders.switch(project.coders.add("Bo Lindqvist"))
    second = study.coding("She phoned me", "Knowledge")
    key = project.beliefs.add("I was called.", codings=[one, second])
    row = project.beliefs.get(key)
    assert (row.codings, row.elsewhere) == ((one,), 1)


def test_acts_are_undone_and_refused(study: CrosswalkStudy) -> None:
    beliefs = study.project.beliefs
    with pytest.raises(UserError, match="sentence"):
        beliefs.add("   ")
    first, second = beliefs.add("First."), beliefs.add("Second.")
    beliefs.move(second, 0)
    assert [row.text for row in beliefs.all()] == ["Second.", "First."]
    beliefs.change(first, text="Changed.", direction=Valence.MIXED, note="Why")
    row = beliefs.get(first)
    assert (row.text, row.direction, row.note) == ("Changed.", Valence.MIXED, "Why")
    beliefs.delete(first)
    with pytest.raises(NotFound):
        beliefs.get(first)
    study.project.history.undo()
    assert beliefs.get(first).text == "Changed."
    one, _ = _two(study)
    with pytest.raises(NotFound):
        beliefs.gather(first, [one, first])
    assert beliefs.codings(first) == ()


def test_relevance_ranks_by_participants_then_statements(study: CrosswalkStudy) -> None:
    one, other = _two(study)
    study.coding("She phoned me", "Social influences", Valence.FACILITATOR)
    study.coding("at two", "Skills", Valence.BARRIER)
    beliefs = study.project.beliefs
    knowledge = study.code("Knowledge")
    beliefs.add("Nobody tells me.", code=knowledge, direction=Valence.BARRIER, codings=[one])
    first, *_ = beliefs.relevance()
    assert (first.name, first.participants, first.beliefs) == ("Knowledge", 2, 1)
    assert not first.conflicting
    assert (first.strong, first.strong_participants) == ((one,), 1)
    beliefs.add("I find out.", code=knowledge, direction=Valence.FACILITATOR, codings=[other])
    beliefs.add("Others help.", code=study.code("Social influences"))
    ranked = beliefs.relevance()
    assert ranked[0].conflicting
    assert [row.name for row in ranked] == ["Knowledge", "Social influences", "Skills"]


def test_a_domain_of_beliefs_counts_their_passages_once(study: CrosswalkStudy) -> None:
    one, other = _two(study)
    trust = study.code("Trust")
    study.project.beliefs.add("I trust.", code=trust, codings=[one, other])
    study.project.beliefs.add("I do not.", code=trust, codings=[one])
    row = next(r for r in study.project.beliefs.relevance() if r.name == "Trust")
    assert (row.participants, row.passages, row.beliefs) == (2, 2, 2)


def test_tables_say_unit_layer_and_obey_consent(study: CrosswalkStudy) -> None:
    one, other = _two(study)
    study.project.beliefs.add(
        "Nobody tells me.",
        code=study.code("Knowledge"),
        direction=Valence.BARRIER,
        codings=[one, other],
    )
    people = {row.label: row.id for row in study.project.participants.all()}
    study.project.participants.change(people["P02"], consent=Consent.NONE)
    table = beliefs_table(study.project)
    (row,) = table.rows
    assert [cell.text for cell in row][:5] == ["Knowledge", "Nobody tells me.", "Barrier", "2", "2"]
    assert "Nobody had explained (P01)" in row[5].text
    assert "came late" not in row[5].text
    note = "".join(run.text for run in table.note[0])
    assert "Analysis layer" in note
    assert "N = 2 participants" in note
    relevance = relevance_table(study.project)
    assert [cell.text for cell in relevance.rows[0]] == ["Knowledge", "2", "2", "1", "No", "1 (1)"]
