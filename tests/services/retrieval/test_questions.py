"""Questions of the interview guide as a filter, as groups and as rows of a matrix."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.query import Filters, Grouping, Query
from ikt_coder.core.span import Span
from ikt_coder.services.matrices import MatrixCell, MatrixOptions, MatrixRows
from ikt_coder.services.project import Project
from tests.studies import add_talk, span_of, study

POSSIBLE, WAY = "What made it possible to take part?", "What got in the way?"


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[tuple[Project, dict[str, UUID]]]:
    """A talk in which both questions were asked, with codings in both answers, one across, and
    one in a second talk that has no guide questions."""
    project, document = study(tmp_path / "Study.ikt")
    first, second = project.guide.bring_in(f"{POSSIBLE}\n{WAY}")
    one, other = project.guide.asked(document)
    project.guide.match({one.turn: first, other.turn: second})
    help_, hours = project.codes.add("Help"), project.codes.add("Hours")
    text = project.texts.get(document)
    across = Span(text.index("She went"), text.index("Nobody had") + len("Nobody"))
    keys = {
        "first": first,
        "second": second,
        "help": help_,
        "hours": hours,
        "phoned": project.codings.apply(document, span_of(project, document, "She phoned"), help_),
        "late": project.codings.apply(document, span_of(project, document, "I came late"), hours),
        "across": project.codings.apply(document, across, help_),
    }
    talk = add_talk(project, "P01: By the way, the hours were long.\n", "Afterwards")
    keys["outside"] = project.codings.apply(talk, span_of(project, talk, "the hours"), hours)
    for key in (document, talk):
        project.documents.set_lead(key, project.coder)
    yield project, keys
    project.close()


def found(project: Project, *questions: UUID | None) -> set[UUID]:
    query = Query(filters=Filters(questions=frozenset(questions)))
    return {one.coding.id for one in project.retrieval.find(query).found}


def test_a_question_filters_what_answers_it(asked: tuple[Project, dict[str, UUID]]) -> None:
    project, keys = asked
    assert found(project, keys["first"]) == {keys["phoned"], keys["across"]}
    assert found(project, keys["second"]) == {keys["late"], keys["across"]}
    assert found(project, None) == {keys["outside"]}
    assert found(project, keys["first"], None) == {
        keys["phoned"],
        keys["across"],
        keys["outside"],
    }


def test_a_deleted_question_is_named_as_gone(asked: tuple[Project, dict[str, UUID]]) -> None:
    project, keys = asked
    query = Query(filters=Filters(questions=frozenset({keys["first"]})))
    project.guide.delete(keys["first"])
    result = project.retrieval.find(query)
    assert not result.found
    assert any("question" in sentence for sentence in result.missing)


def test_matching_anew_is_seen_at_once(asked: tuple[Project, dict[str, UUID]]) -> None:
    """What retrievals stand on is kept in memory, and forgotten when a match changes."""
    project, keys = asked
    assert keys["late"] in found(project, keys["second"])
    document = project.codings.get(keys["late"]).document
    other = project.guide.asked(document)[1]
    project.guide.match({other.turn: None})
    assert found(project, keys["second"]) == set()
    assert keys["late"] in found(project, keys["first"])


def test_a_coding_in_two_answers_stands_in_both_groups(
    asked: tuple[Project, dict[str, UUID]],
) -> None:
    project, _ = asked
    result = project.retrieval.find(Query(grouping=Grouping.QUESTION))
    groups = {group.label: group for group in result.groups}
    assert list(groups) == [POSSIBLE, WAY, "No question of the guide"]
    sizes = [len(group.indexes) for group in result.groups]
    assert sizes == [2, 2, 1]
    assert len(result.found) == 4


def test_questions_are_rows_of_a_matrix(asked: tuple[Project, dict[str, UUID]]) -> None:
    project, keys = asked
    options = MatrixOptions(MatrixRows.QUESTIONS, cell=MatrixCell.REFERENCES)
    matrix = project.retrieval.matrix(options)
    assert matrix.row_keys == (keys["first"], keys["second"])
    cells = [[cell.text for cell in row] for row in matrix.table.rows]
    assert cells == [[POSSIBLE, "2", "0"], [WAY, "1", "1"]]
    note = " ".join(run.text for part in matrix.table.note for run in part)
    assert "1 coding stands in no row." in note
    assert "each question" in note
    assert set(matrix.behind[(1, 1)]) == {keys["across"]}


def test_a_saved_retrieval_keeps_its_questions(asked: tuple[Project, dict[str, UUID]]) -> None:
    _, keys = asked
    query = Query(filters=Filters(questions=frozenset({keys["first"], None})))
    stored = json.loads(json.dumps(query.to_json()))
    assert Query.from_json(stored) == query
    del stored["filters"]["questions"]  # as it was saved before there was a guide
    assert Query.from_json(stored).filters.questions == frozenset()
