"""Codes added together are those that would have been added one by one, with few statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.code_adding import NewCodes
from ikt_coder.services.project import Project
from tests.rounds import Team

_COLOURS = (None, None, "teal", None, "#123456", None, None)


def begun(path: Path) -> Project:
    project = Project.create(path)
    project.coders.switch(project.coders.add("Amara Okafor"))
    time = project.codes.add("Time", colour="blue")
    project.codes.add("Meetings", time)
    project.codes.merge(project.codes.add("Talks", time), time)
    return project


def said(project: Project) -> list[tuple[Any, ...]]:
    return [
        (row.path, row.position, row.definition, row.colour, row.pattern, row.source_page)
        for row in project.codes.all()
    ]


def test_codes_added_together_are_as_if_added_one_by_one(tmp_path: Path) -> None:
    slow, quick = begun(tmp_path / "slow.ikt"), begun(tmp_path / "quick.ikt")
    for project in (slow, quick):
        with project.operation(Op.IMPORT_CODEBOOK, name="book", count=80) as op:
            new = NewCodes(project, op)
            parent = project.codes.find("Time").id
            for number in range(80):
                fields = {"definition": f" What {number} is ", "source_page": "7"}
                if colour := _COLOURS[number % len(_COLOURS)]:
                    fields["colour"] = colour
                if project is quick:
                    made = new.add(f"Code {number}", parent, **fields)  # type: ignore[arg-type]  # fields of a code
                else:
                    page = fields.pop("source_page")
                    made = project.codes.add(f"Code {number}", parent, **fields)  # type: ignore[arg-type]  # fields of a code
                    project.codes.change(made, source_page=page)
                parent = made if number % 3 else project.codes.find("Time").id
            new.write()
    assert said(slow) == said(quick)
    before = said(quick)
    quick.history.undo()
    assert len(said(quick)) == 2
    quick.history.redo()
    assert said(quick) == before
    with (
        pytest.raises(UserError, match="here already"),
        quick.operation(Op.IMPORT_CODEBOOK, name="book", count=1) as op,
    ):
        NewCodes(quick, op).add("MEETINGS", quick.codes.find("Time").id)
    slow.close()
    quick.close()


# -- while documents are sealed -------------------------------------------------------------------

A, B, SUPERVISOR = 0, 1, 2


def alone(project: Project, name: str, parent: UUID | None = None) -> UUID:
    return project.codes.add(name, parent)


def with_others(project: Project, name: str, parent: UUID | None = None) -> UUID:
    with project.operation(Op.IMPORT_CODEBOOK, name="book", count=1) as op:
        new = NewCodes(project, op)
        made = new.add(name, parent)
        new.write()
    return made


Adding = Callable[..., UUID]
either_way = pytest.mark.parametrize("adding", [alone, with_others])


def sealed(path: Path) -> Team:
    """A blind round of A and B; the supervisor is in no round."""
    team = Team(path, coders=3)
    team.round(coders=tuple(team.coders[:2]))
    return team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = sealed(tmp_path / "team.ikt")
    yield made
    made.close()


@either_way
@pytest.mark.parametrize("who", [B, SUPERVISOR])
def test_a_new_code_tells_nothing_of_what_others_proposed(
    team: Team, tmp_path: Path, adding: Adding, who: int
) -> None:
    """Neither by a refusal, nor by its colour, nor by its place."""
    quiet = sealed(tmp_path / "quiet.ikt")
    team.sit(A)
    for name in ("Money", "Pay", "Rest"):
        team.project.codes.add(name, team.codes[0])
        team.project.codes.add(name)
    looks = []
    for each in (team, quiet):
        each.sit(who)
        for parent in (None, each.codes[0]):
            row = each.project.codes.get(adding(each.project, "money", parent))
            looks.append((row.path, row.position, row.colour, row.pattern))
    assert looks[:2] == looks[2:]
    quiet.close()


@pytest.mark.parametrize("who", [B, SUPERVISOR])
def test_a_framework_tells_nothing_of_what_others_proposed(
    team: Team, tmp_path: Path, who: int
) -> None:
    quiet = sealed(tmp_path / "quiet.ikt")
    team.sit(A)
    for name in ("Money", "Pay", "Rest"):
        team.project.codes.add(name)
    looks = []
    for each in (team, quiet):
        each.sit(who)
        each.project.frameworks.add("npt")
        codes = each.project.codes.all()
        looks.append([(row.path, row.position, row.colour, row.pattern) for row in codes])
    assert looks[0] == looks[1]
    quiet.close()


@either_way
def test_no_coder_meets_two_codes_of_one_name(team: Team, adding: Adding) -> None:
    project = team.project
    team.sit(SUPERVISOR)
    project.codes.add("Wages")
    for who in (A, B, SUPERVISOR):
        team.sit(who)
        adding(project, f"Of {who}")
        for name in ("wages", f"OF {who}", "trust"):
            with pytest.raises(UserError, match="here already"):
                adding(project, name)
        names = [row.name.casefold() for row in project.codes.all()]
        assert len(set(names)) == len(names)


@either_way
def test_who_codes_in_a_sealed_round_proposes_and_nobody_else(team: Team, adding: Adding) -> None:
    project = team.project
    seen = {}
    for who in (A, B, SUPERVISOR):
        team.sit(who)
        adding(project, f"Of {who}")
    for who in (A, B, SUPERVISOR):
        team.sit(who)
        seen[who] = {row.name for row in project.codes.all()} & {"Of 0", "Of 1", "Of 2"}
    assert seen == {A: {"Of 0", "Of 2"}, B: {"Of 1", "Of 2"}, SUPERVISOR: {"Of 2"}}


@either_way
def test_a_code_that_was_merged_keeps_no_name(tmp_path: Path, adding: Adding) -> None:
    project = begun(tmp_path / "study.ikt")
    time = project.codes.find("Time").id
    talks = project.codes.get(adding(project, "Talks", time))
    assert talks.path == ("Time", "Talks")
    project.close()


def reads(project: Project, driver: sqlite3.Connection, path: Path, count: int) -> int:
    path.write_text(
        "path,definition\n"
        + "".join(f"{path.stem}/{path.stem} {n},What {n} is\n" for n in range(count))
    )
    plan = project.codes_import.read(path)
    found: list[str] = []
    driver.set_trace_callback(lambda one: found.append(one) if one[:6] == "SELECT" else None)
    project.codes_import.apply(plan)
    driver.set_trace_callback(None)
    return len(found)


def test_importing_more_codes_reads_no_more_often(tmp_path: Path) -> None:
    project = begun(tmp_path / "study.ikt")
    driver = project.file.connections.raw()
    few = reads(project, driver, tmp_path / "few.csv", 3)
    assert reads(project, driver, tmp_path / "many.csv", 90) == few
    project.close()


def test_many_values_are_written_as_few_are_and_memory_is_given_back(tmp_path: Path) -> None:
    project = begun(tmp_path / "study.ikt")
    site = project.attributes.add("Site", Subject.PARTICIPANT, AttributeKind.TEXT)
    people = project.participants.add_many([f"P{n}" for n in range(20_001)])
    driver = project.file.connections.raw()
    before = driver.execute("PRAGMA cache_size").fetchone()
    project.attributes.set({(one, site): f"ward {n}" for n, one in enumerate(people)})
    assert driver.execute("PRAGMA cache_size").fetchone() == before
    stored = project.attributes.stored(Subject.PARTICIPANT)
    assert stored == {one: {site: f"ward {n}"} for n, one in enumerate(people)}
    project.history.undo()
    assert project.attributes.stored(Subject.PARTICIPANT) == {}
    project.close()


def test_values_hold_signs_that_a_file_cannot_keep_as_texts_do(tmp_path: Path) -> None:
    project = begun(tmp_path / "study.ikt")
    site = project.attributes.add("Site", Subject.PARTICIPANT, AttributeKind.TEXT)
    one = project.participants.add_many(["P1"])[0]
    project.attributes.set({(one, site): "ward\0 a\ud800 b"})
    stored = project.attributes.stored(Subject.PARTICIPANT)
    assert stored == {one: {site: "ward\ufffd a\ufffd b"}}
    project.history.undo()
    project.history.redo()
    assert project.attributes.stored(Subject.PARTICIPANT) == stored
    project.close()
