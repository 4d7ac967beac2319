"""Undo of acts on many rows: what refers to them is found, and memory is made for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.errors import UndoRefused
from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.project import Project
from ikt_coder.storage import journal
from tests.services.undoing import as_second
from tests.studies import dump, study

PEOPLE = 1100


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project, _ = study(tmp_path / "study.ikt")
    project.coders.add("Beni Kask")
    yield project
    project.close()


def _many_people(project: Project) -> None:
    with project.operation(Op.ADD_PARTICIPANT):
        for number in range(PEOPLE):
            project.participants.add(f"Q{number:04}")


def test_a_later_row_that_refers_to_one_of_many_is_in_the_way(project: Project) -> None:
    before = dump(project.path)
    _many_people(project)
    someone = project.participants.all()[-1].id
    first = as_second(project)
    site = project.attributes.add("Site", Subject.PARTICIPANT, AttributeKind.TEXT)
    project.attributes.set({(someone, site): "north"})
    project.coders.switch(first)
    with pytest.raises(UndoRefused, match="builds on this one"):
        project.history.undo()
    as_second(project)
    project.history.undo()
    project.history.undo()
    project.coders.switch(first)
    project.history.undo()
    assert dump(project.path) == before


def test_tables_nobody_touched_since_are_not_looked_through(project: Project) -> None:
    _many_people(project)
    asked: list[str] = []
    driver = project.file.connections.raw()
    driver.set_trace_callback(asked.append)
    try:
        project.history.undo()
    finally:
        driver.set_trace_callback(None)
    assert not [words for words in asked if 'FROM "attribute_value" c' in words]


def test_there_is_room_while_many_rows_are_played_back(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_MANY", PEOPLE)
    driver = project.file.connections.raw()
    rooms: list[int] = []

    def look(_done: int, _whole: int) -> None:
        rooms.append(driver.execute("PRAGMA cache_size").fetchone()[0])

    before = driver.execute("PRAGMA cache_size").fetchone()[0]
    _many_people(project)
    project.history.undo(look)
    assert set(rooms) == {journal._PAGES}
    assert driver.execute("PRAGMA cache_size").fetchone()[0] == before
    rooms.clear()
    project.participants.add("Alone")
    project.history.undo(look)
    assert set(rooms) == {before}
