"""The reports of the interview guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.table import Table
from ikt_coder.core.words import DocumentStatus
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import ReportOptions, report_kind
from tests.services.theme_tables import code, note, rows
from tests.studies import add_talk, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, document = study(tmp_path / "Study.ikt")
    first, second, _ = project.guide.bring_in(
        "What made it possible?\nWhat got in the way?\nWhat would you tell others?"
    )
    project.guide.change(first, label="Possible")
    one, other = project.guide.asked(document)
    project.guide.match({one.turn: first, other.turn: second})
    project.documents.set_status(document, DocumentStatus.CODED)
    yield project, document
    project.close()


def report(project: Project, key: str) -> Table:
    made = report_kind(key).build(project, ReportOptions())
    assert isinstance(made, Table)
    return made


def test_the_guide_says_how_often_each_question_was_asked_and_answered(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    project.frameworks.add("research-stages")
    stage = project.guide.stages()[0]
    row = project.guide.all()[1]
    project.guide.change(row.id, stages=[stage.id])
    made = report(project, "guide")
    assert [line[3:] for line in rows(made)] == [["1", "1", "1"], ["1", "1", "2"], ["0", "0", "0"]]
    assert rows(made)[1][2] == stage.shown
    assert [run.text for part in made.rows[0][1].paragraphs for run in part] == [
        "Possible",
        "What made it possible?",
    ]
    assert "2 of 2 interviewer turns were looked at" in note(made)
    assert not made.interim


def test_who_was_left_out_of_analysis_did_not_answer(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    person = next(row.id for row in project.participants.all() if row.label == "P02")
    project.participants.leave_out(person)
    made = report(project, "guide")
    assert [line[5] for line in rows(made)] == ["1", "1", "0"]
    assert "1 participant left out of analysis not counted" in note(made)


def test_turns_nobody_looked_at_make_the_table_interim(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    add_talk(project, title="Second", people=())
    made = report(project, "guide")
    assert made.interim
    assert "2 of 4 interviewer turns" in note(made)


def test_answers_are_counted_by_question(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    code(project, document, "She phoned me before", name="Support")
    code(project, document, "the slides with me", name="Support")
    code(project, document, "slides", name="Material")
    code(project, document, "always at two", name="Timing")
    code(project, document, "What made it feel", name="Asking")
    made = report(project, "questions")
    assert [[cell.text for cell in row[1:4]] for row in made.rows] == [
        ["1", "3", "4"],
        ["1", "1", "1"],
        ["0", "0", "0"],
    ]
    codes = ["".join(run.text for run in part) for part in made.rows[0][4].paragraphs]
    assert codes == ["Support (2)", "Asking (1)", "Material (1)"]
    assert made.rows[2][4].text == "—"
    assert "N = 2 participants in documents marked coded" in note(made)


def test_codings_before_the_first_question_stand_apart(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    project.guide.unmatch([project.guide.asked(document)[0].turn])
    code(project, document, "She phoned me before", name="Support")
    assert rows(report(project, "questions"))[-1][:4] == [
        "No question of the guide",
        "1",
        "1",
        "1",
    ]


def test_without_a_guide_the_reports_say_so(tmp_path: Path) -> None:
    project, document = study(tmp_path / "Study.ikt")
    try:
        code(project, document, "She phoned me before")
        for key in ("guide", "questions"):
            made = report(project, key)
            assert (made.rows, made.empty) == ((), "There is no interview guide yet.")
    finally:
        project.close()


def test_what_is_merged_or_deleted_breaks_nothing(opened: tuple[Project, UUID]) -> None:
    project, document = opened
    project.frameworks.add("research-stages")
    stage = project.guide.stages()[0]
    project.guide.change(project.guide.all()[0].id, stages=[stage.id])
    code(project, document, "She phoned me before", name="Support")
    code(project, document, "the slides with me", name="Material")
    known = {row.name: row.id for row in project.codes.all()}
    project.codes.merge([known["Material"]], known["Support"])
    assert rows(report(project, "questions"))[0][4] == "Support (2)"
    project.charting.delete(stage.field)
    assert rows(report(project, "guide"))[0][2] == ""
    project.documents.delete(document)
    assert [line[3:] for line in rows(report(project, "guide"))] == [["0", "0", "0"]] * 3
    assert project.guide.progress() == ()
    for _ in range(2):
        project.history.undo()
    assert rows(report(project, "guide"))[0][2] == stage.shown
