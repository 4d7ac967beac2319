"""Counts of the engagement log, against counting by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.table import Table
from ikt_coder.exporters.catalogue import write
from ikt_coder.exporters.column_widths import is_crowded
from ikt_coder.exporters.docx_file import MARGIN, page_size
from ikt_coder.services.charting.rows import Basis, Subject, SubjectKind
from ikt_coder.services.engagement.rows import EventTarget, LinkTarget, ListName, NewUser
from ikt_coder.services.engagement.terms import shipped_id
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.studies import study

EVENTS = (
    # date, activity, level, stages, users (type, part, number, influenced)
    ("2023-10", "meeting", "Collaborate", ["iap"], [("patient", "co-lead", 2, "the question")]),
    ("2024-01", "meeting", "Involve", ["iap", "rec"], [("patient", "adviser", None, "the guide")]),
    ("2024-02", "email", "Consult", [], [("policymaker", "adviser", 1, "")]),
    ("2024-03", "", "", ["rec"], []),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made, _ = study(tmp_path / "Study.ikt")
    yield made
    made.close()


def fill(project: Project) -> list[UUID]:
    """Four events: two with a level and a stage, one without stages (looked for, not reported),
    one whose level nobody charted."""
    keys = []
    for when, activity, level, stages, users in EVENTS:
        event = project.engagement.add(
            when,
            activity=shipped_id(ListName.ACTIVITY, activity) if activity else None,
            users=[
                NewUser(
                    shipped_id(ListName.KNOWLEDGE_USER, kind),
                    shipped_id(ListName.PART, part),
                    number,
                    "",
                    influenced,
                )
                for kind, part, number, influenced in users
            ],
        )
        subject = Subject(SubjectKind.EVENT, event)
        charting = project.charting
        ladder = charting.find_field("iap2")
        steps = charting.find_field("research-stages")
        offered = [option.id for option in steps.offered]
        if level:
            option = charting.find_option(ladder, level).id
            charting.answer(subject, ladder.id, options=[option], basis=Basis.INFERRED)
        if stages:
            chosen = [offered[0 if stage == "iap" else 1] for stage in stages]
            charting.answer(subject, steps.id, options=chosen)
        elif level:
            charting.answer(subject, steps.id, not_reported=True)
        keys.append(event)
    return keys


def grid(project: Project, at: int) -> dict[str, dict[str, str]]:
    """A table of counts by the names of its rows and columns."""
    tables = report_kind("engagement_counts").build(project, ReportOptions())
    assert isinstance(tables, tuple)
    table = tables[at]
    names = [column.name for column in table.columns]
    return {
        row[0].text: dict(zip(names[1:], [cell.text for cell in row[1:]], strict=True))
        for row in table.rows
    }


def test_stages_by_level(project: Project) -> None:
    fill(project)
    counts = grid(project, 0)
    first, second = list(counts)[:2]
    assert counts[first]["Collaborate"] == "1"
    assert counts[first]["Involve"] == "1"
    assert counts[first]["Total"] == "2"
    assert counts[second]["Involve"] == "1"
    # The stage nobody reported is a row, and the event without a charted level is not counted.
    assert counts["Not reported"]["Consult"] == "1"
    assert counts["Total"]["Total"] == "3"


def test_the_printed_log_fits_its_page_and_leaves_nothing_out(project: Project) -> None:
    """What belongs together stands beneath each other, so that no column breaks its words."""
    fill(project)
    (first, *_) = project.engagement.all()
    said = {
        "title": "Who would not be in the room",
        "description": "An hour of questions.",
        "changed_because": "Three interviews moved.",
        "disagreement": "One communication was misunderstood.",
        "hours": "1.5",
        "payment": "Declined",
    }
    project.engagement.change(first.id, **said)
    (table, data) = (
        report_kind("engagement").build(project, ReportOptions(ending=ending))
        for ending in (".docx", ".csv")
    )
    assert isinstance(table, Table)
    assert isinstance(data, Table)
    page = page_size("en")[1] - 2 * MARGIN
    assert not is_crowded(table, page)
    assert is_crowded(data, page)
    printed = "\n".join(cell.text for cell in table.rows[0])
    for words in (*said.values(), "2023-10", "Meeting", "Collaborate", "n = 2", "the question"):
        assert words in printed
    assert "Inferred" not in "".join(cell.text for cell in table.rows[3])
    assert "Activity: not reported" in table.rows[3][0].text


def test_counts_as_data_have_nothing_in_headings(project: Project) -> None:
    fill(project)
    data = report_kind("engagement_counts").build(project, ReportOptions(ending=".csv"))
    assert isinstance(data, Table)
    assert data.number == 0
    rows = [tuple(cell.text for cell in row) for row in data.rows]
    assert all(all(row) for row in rows)
    stages = {row[1]: None for row in rows if row[0] == "Research stages"}
    by_level = {(row[1], row[3]): row[4:] for row in rows if row[0] == "Research stages"}
    first = next(iter(stages))
    assert by_level[first, "Collaborate"] == ("event", "1", "3")
    assert by_level[first, "Total"] == ("event", "2", "3")
    assert by_level["Total", "Total"] == ("event", "3", "3")
    printed = report_kind("engagement_counts").build(project, ReportOptions())
    assert isinstance(printed, tuple)
    figures = sum(len(table.rows) * (len(table.columns) - 1) for table in printed)
    assert len(rows) == figures


def test_activities_by_level_and_by_stage(project: Project) -> None:
    fill(project)
    by_level, by_stage = grid(project, 1), grid(project, 2)
    assert by_level["Meeting"]["Total"] == "2"
    assert by_level["Email"]["Consult"] == "1"
    assert by_level["Phone call"]["Total"] == "0"
    assert by_level["Total"]["Total"] == "3"
    assert by_stage["Meeting"]["Total"] == "2"
    assert by_stage["Email"]["Not reported"] == "1"
    # Its activity was not noted, its stage was.
    assert by_stage["Not reported"]["Total"] == "1"
    assert by_stage["Total"]["Total"] == "4"


def test_an_event_in_two_stages_counts_once_in_the_total(project: Project) -> None:
    fill(project)
    by_stage = grid(project, 2)["Meeting"]
    stages = [int(n) for name, n in by_stage.items() if name != "Total"]
    assert sum(stages) == 3
    assert by_stage["Total"] == "2"


def test_what_each_part_influenced(project: Project) -> None:
    first, *_ = fill(project)
    code = project.codes.add("Trust")
    project.engagement.change(first, links={EventTarget(LinkTarget.CODE, code): "split"})
    by_part, by_type = report_kind("engagement_influence").build(project, ReportOptions())  # type: ignore[misc]  # it is a pair of tables
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in by_part.rows}
    assert rows["Co-lead"] == ["1", "2", "the question (Meeting 2023-10)", "Trust (split)"]
    assert rows["Adviser"][:2] == ["2", "1+"]
    kinds = {row[0].text: row[1].text for row in by_type.rows}
    assert kinds == {"Policymakers": "1", "Patients": "2"}
    note = " ".join(run.text for part in by_part.note for run in part)
    assert "N = 4 events" in note
    assert "1 event without knowledge users" in note


def test_what_changed_reads_as_sentences_and_one_paragraph_for_each_event(
    project: Project,
) -> None:
    first, second, *_ = fill(project)
    code = project.codes.add("Trust")
    links = {EventTarget(LinkTarget.CODE, code): "split"}
    project.engagement.change(first, changed_because="It was split.", links=links)
    project.engagement.change(second, changed_because="A new question")
    _, by_type = report_kind("engagement_influence").build(project, ReportOptions())  # type: ignore[misc]  # it is a pair of tables
    changed = {row[0].text: row[-1].text for row in by_type.rows}
    assert changed["Patients"] == "It was split. Trust (split)\nA new question"


def test_influence_as_data_has_one_fact_to_a_cell(project: Project) -> None:
    first, *_ = fill(project)
    code = project.codes.add("Trust")
    project.engagement.change(first, links={EventTarget(LinkTarget.CODE, code): "split"})
    data = report_kind("engagement_influence").build(project, ReportOptions(ending=".csv"))
    assert isinstance(data, Table)
    assert data.number == 0
    names = [column.name for column in data.columns]
    rows = [dict(zip(names, (cell.text for cell in row), strict=True)) for row in data.rows]
    assert [(row["part"], row["people"]) for row in rows] == [
        ("Co-lead", "2"),
        ("Adviser", ""),  # nobody noted how many: no sign for it, as "1+" on paper
        ("Adviser", "1"),
    ]
    assert rows[0]["influenced"] == "the question"
    assert rows[0]["changed_in_project"] == "Trust (split)"


def test_the_log_comes_out_whole(project: Project, tmp_path: Path) -> None:
    fill(project)
    file = tmp_path / "log.csv"
    write(report_kind("engagement").build(project, ReportOptions(ending=".csv")), file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Date"] for row in rows] == [event[0] for event in EVENTS]
    assert rows[0]["Knowledge users"] == "Patients, n = 2 (co-lead)"
    assert rows[3]["Activity"] == "Not reported"
    assert any("Collaborate" in value for value in rows[0].values())


def test_an_empty_log_says_so(project: Project) -> None:
    for key in ("engagement", "engagement_counts", "engagement_influence"):
        made = report_kind(key).build(project, ReportOptions())
        tables = made if isinstance(made, tuple) else (made,)
        assert all(not table.rows and table.empty for table in tables)  # type: ignore[union-attr]  # these are tables
