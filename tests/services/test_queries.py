"""Saved retrievals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.query import Block, Filters, Grouping, Query, Term, TermKind
from ikt_coder.model import SavedQuery
from ikt_coder.services.project import Project
from tests.studies import study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project, _ = study(tmp_path / "study.ikt")
    yield project
    project.close()


def test_a_name_holds_one_query_and_the_newest_wins(project: Project) -> None:
    one, two = Query(), Query(grouping=Grouping.LEVEL)
    key = project.queries.save("Starred <b>", one)
    assert project.queries.save("  STARRED <B> ", two) == key
    (row,) = project.queries.all()
    assert (row.name, row.query, row.coder) == ("STARRED <B>", two, project.coder)
    project.history.undo()
    assert project.queries.find("starred <b>").query == one
    project.history.undo()
    assert project.queries.all() == ()


def test_saving_the_same_again_is_no_act(project: Project) -> None:
    project.queries.save("Same", Query())
    count = len(project.history.all())
    project.queries.save("Same", Query())
    assert len(project.history.all()) == count


def test_renaming_and_deleting(project: Project) -> None:
    first = project.queries.save("First", Query())
    second = project.queries.save("Second", Query(filters=Filters(memo="*")))
    with pytest.raises(UserError, match="already"):
        project.queries.rename(second, "FIRST")
    project.queries.rename(second, "second")
    project.queries.rename(second, "Third")
    project.queries.delete(first)
    assert [row.name for row in project.queries.all()] == ["Third"]
    with pytest.raises(NotFound):
        project.queries.delete(first)
    with pytest.raises(NotFound):
        project.queries.find("First")
    with pytest.raises(UserError):
        project.queries.save("x" * 200, Query())


@pytest.mark.parametrize(
    "definition", ["", "[]", "{}", "no json", '{"blocks": 3}', "null", '"text"']
)
def test_what_a_newer_version_wrote_is_listed_and_not_answered(
    project: Project, definition: str
) -> None:
    key = project.queries.save("New", Query())
    put(project, key, definition)
    assert project.queries.get(key).query is None
    project.queries.save("New", Query())  # and can be replaced
    assert project.queries.get(key).query == Query()


def test_an_unknown_word_in_a_definition_is_no_crash(project: Project) -> None:
    code = project.codes.add("A")
    data = Query((Block((Term(TermKind.CODE, code),)),)).to_json()
    data["sorting"] = "by_taste"
    key = project.queries.save("New", Query())
    put(project, key, json.dumps(data))
    assert project.queries.get(key).query is None


def test_words_and_labels_of_an_erased_participant_leave_the_file(project: Project) -> None:
    """P02 is a label of nobody else; the words were said by them."""
    person = next(row.id for row in project.participants.all() if row.label == "P02")
    query = Query(
        filters=Filters(words="the meetings were always at two", speakers=frozenset({"P02", "P01"}))
    )
    key = project.queries.save("Late", query)
    project.participants.erase(person, "asked for it")
    kept = project.queries.get(key).query
    assert kept is not None
    assert "always at two" not in kept.filters.words
    assert kept.filters.speakers == {"P01", "[erased]"}
    assert project.retrieval.find(kept).found == ()
    project.file.close()
    assert b"always at two" not in project.path.read_bytes()


def put(project: Project, key: UUID, definition: str) -> None:
    with project.operation(Op.SAVE_QUERY) as op:
        op.execute(update(SavedQuery).where(SavedQuery.id == key).values(definition=definition))
