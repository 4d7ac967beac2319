"""Reports: one row for each thing, with the words and figures that are in the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import REPORTS, report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.studies import span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


def texts(project: Project, what: str) -> list[list[str]]:
    made = report_kind(what).build(project, ReportOptions())
    tables = made if isinstance(made, tuple) else (made,)
    assert all(isinstance(table, Table) for table in tables)
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def test_an_empty_project_has_every_report_and_says_so(desk: Desk) -> None:
    project, _ = desk
    for kind in REPORTS:
        made = kind.build(project, ReportOptions())
        for part in made if isinstance(made, tuple | list) else (made,):
            said = part.rows if isinstance(part, Table) else getattr(part, "blocks", part.title)
            assert said or part.empty


def test_codings_have_the_columns_of_the_command_line(desk: Desk) -> None:
    project, document = desk
    parent = project.codes.add("Roles")
    code = project.codes.add("Either/or", parent)
    span = span_of(project, document, "what a partner does")
    project.codings.apply(document, span, code, valence=Valence.BARRIER, memo="early")
    table = project.reports.codings_table()
    assert [column.name for column in table.columns] == [
        "document",
        "start",
        "end",
        "text",
        "code",
        "coder",
        "valence",
        "strength",
        "levels",
        "memo",
        "created",
    ]
    (row,) = texts(project, "codings")
    assert row[:10] == [
        "Talk",
        str(span.start),
        str(span.end),
        "what a partner does",
        "Roles/Either\\/or",
        "Amara Okafor",
        "barrier",
        "",
        "",
        "early",
    ]


def test_the_codebook_says_which_wording_coders_saw(desk: Desk) -> None:
    project, _ = desk
    project.frameworks.add("com-b")
    node = next(row for row in project.codes.all() if row.name == "Capability")
    rows = {row[0]: row for row in texts(project, "codebook")}
    assert "paraphrase by IKT Coder" in rows["Capability"][1]
    project.codes.change(node.id, definition="What one can do.")
    rows = {row[0]: row for row in texts(project, "codebook")}
    assert rows["Capability"][1] == "What one can do."
    project.codes.change(node.id, source_wording="As the authors put it", source_page="4")
    rows = {row[0]: row for row in texts(project, "codebook")}
    assert "Source wording, p. 4: As the authors put it" in rows["Capability"][1]


def test_the_codebook_ends_with_the_levels_and_their_wording(desk: Desk) -> None:
    project, _ = desk
    plain = texts(project, "codebook")
    project.frameworks.add("levels-micro-meso-macro")
    levels = project.frameworks.levels()
    assert {(row.source_wording, row.source_page) for row in levels} == {("", "")}
    project.level_sets.change(levels[0].id, source_wording="As the authors put it", source_page="7")
    changed = project.frameworks.levels()[0]
    assert (changed.source_wording, changed.source_page) == ("As the authors put it", "7")
    assert project.history.all()[0].params["name"] == changed.name
    rows = texts(project, "codebook")
    assert rows[: len(plain)] == plain
    tables = project.reports.codebook_tables()
    assert tables[-1].title == f"Levels: {changed.framework_name}"
    first, second, *_ = rows[len(plain) :]
    assert first[0] == changed.name
    assert first[1] == f"{changed.definition}\nSource wording, p. 7: As the authors put it"
    assert second[1] == f"{levels[1].definition}\n(paraphrase by IKT Coder)"
    assert len(rows) == len(plain) + len(levels)


def test_frequencies_never_add_coders_up(desk: Desk) -> None:
    project, document = desk
    code = project.codes.add("Role")
    for n in range(3):
        project.codings.apply(document, Span(n, n + 9), code)
    project.coders.switch(project.coders.add("Ben Roy"))
    project.codings.apply(document, Span(0, 9), code)
    found = {(row.coder, row.codings, row.documents) for row in project.reports.code_frequencies()}
    first, second = (row.id for row in project.coders.all())
    assert found == {(first, 3, 1), (second, 1, 1)}


def test_unshared_reflexive_memos_are_in_no_report(desk: Desk) -> None:
    project, _ = desk
    project.memos.add("I was once a nurse myself", reflexive=True)
    project.memos.add("ask about consent", ask=True)
    assert [row[-1] for row in texts(project, "memos")] == ["ask about consent"]


def test_the_history_tells_every_act_and_what_was_taken_back(desk: Desk) -> None:
    project, _ = desk
    project.codes.add("Role")
    project.history.undo()
    told = [row[3] for row in texts(project, "history")]
    assert told[0] == "create project"
    assert told[-2:] == ["add code", "took back: add code"]


def test_the_beginning_of_a_long_list_says_that_it_is_one(desk: Desk) -> None:
    project, document = desk
    code = project.codes.add("Time")
    for at in range(5):
        project.codings.apply(document, Span(at, at + 4), code)
    whole, first = project.reports.codings_table(), project.reports.codings_table(most=3)
    assert first.rows == whole.rows[:3]
    assert "".join(run.text for run in first.note[0]) == "The first 3 of 5 codings."
    assert "first" not in "".join(run.text for run in whole.note[0])
