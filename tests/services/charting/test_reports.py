"""Charting as tables and files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.table import Table
from ikt_coder.services.charting.rows import Basis, Verdict
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.services.charting.review import chart, field, of, option, review, scoping_review


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project, _ = scoping_review(tmp_path_factory.mktemp("review") / "Review.ikt")
    yield project
    project.close()


def made(project: Project, key: str, ending: str = ".docx", **more: str) -> list[Table]:
    product = report_kind(key).build(project, ReportOptions(ending=ending, **more))  # type: ignore[arg-type] # a keyword of ReportOptions
    return [product] if isinstance(product, Table) else list(product)  # type: ignore[arg-type] # these reports are tables


def cells(table: Table) -> dict[str, list[str]]:
    return {row[0].text: [each.text for each in row[1:]] for row in table.rows}


def note(table: Table) -> str:
    return " ".join(run.text for paragraph in table.note for run in paragraph)


def test_counts_say_unit_denominator_and_not_reported(reviewed: Project) -> None:
    tables = {table.title: table for table in made(reviewed, "chart_counts")}
    level = tables["Level of Participation in 72 Studies"]
    rows = cells(level)
    assert rows["Collaborate"][0] == "43"
    assert rows["Not reported"][0] == "4"
    assert "Adams 2018" in rows["Collaborate"][-1]
    assert rows["Collaborate"][-1].count(";") == 42
    said = note(level)
    for words in (
        "Unit: study",
        "n of 72 studies",
        "not reported in 4",
        "74 records report 72 studies",
        "charted by Amara Okafor",
        "International Association for Public Participation",
        "Counted on",
    ):
        assert words in said
    outcomes = tables["Outcomes of the Partnership in 72 Studies"]
    assert [row[1].text for row in outcomes.rows] == ["38", "0", "40", "15", "20"]
    assert "sum to 93 in 52 studies with any" in note(outcomes)
    assert "informed by Gagliardi" in note(outcomes) or "Cassidy" in note(outcomes)


def test_counts_of_records_and_for_other_programs(reviewed: Project) -> None:
    tables = {table.title for table in made(reviewed, "chart_counts", count_by="record")}
    assert "Level of Participation in 74 Records" in tables
    (data,) = made(reviewed, "chart_counts", ".csv")
    heads = [column.name for column in data.columns]
    rows = [dict(zip(heads, [c.text for c in row], strict=True)) for row in data.rows]
    level = [row for row in rows if row["field"] == "Level of participation"]
    assert sum(int(row["n"]) for row in level if row["answer"] != "Not charted yet") == 72
    assert {row["denominator"] for row in level} == {"72"}
    assert data.number == 0


def test_what_nobody_charted_is_not_zero(reviewed: Project) -> None:
    tables = {table.title: table for table in made(reviewed, "chart_counts")}
    phases = tables["KTA Phases in 0 Studies"]
    assert cells(phases)["Not charted yet"][0] == "72"
    assert "Interim: 72 of 72 studies" in note(phases)


def test_stage_by_level(tmp_path: Path) -> None:
    project, documents = review(tmp_path / "Review.ikt", 2)
    chart(project, documents[0], "stage.taken", "stage.5")
    chart(project, documents[0], "iap2.level", "Consult")
    table = made(project, "chart_counts")[-1]
    assert table.title == "Research Stages by Level of Participation"
    assert cells(table)["Data analysis"] == ["0", "1", "0", "0", "0", "0", "1"]
    assert "1 record not charted yet in one of both." in note(table)
    project.close()


def test_the_grid_and_local_words(tmp_path: Path) -> None:
    project, documents = review(tmp_path / "Review.ikt", 2)
    empower = option(project, "iap2.level", "Empower")
    project.charting.change_option(empower.id, label="Lead or co-lead")
    chart(project, documents[0], "iap2.level", "Lead or co-lead")
    chart(project, documents[0], "kta.phase")
    (grid,) = made(project, "charting", ".csv")
    heads = [column.name for column in grid.columns]
    first = dict(zip(heads, [c.text for c in grid.rows[0]], strict=True))
    assert first["Level of participation"] == "Lead or co-lead"
    assert first["KTA phases"] == "Not reported"
    assert (first["Content"], first["Status"], first["Charted by"]) == (
        *("", "In progress", "Amara Okafor"),
    )
    chart(project, documents[1], "iap2.level", "Inform", basis=Basis.INFERRED, text="From page 3")
    (grid,) = made(project, "charting", ".csv")
    second = dict(zip(heads, [c.text for c in grid.rows[1]], strict=True))
    level = [second[f"Level of participation{part}"] for part in ("", ": basis", ": in words")]
    assert level == ["Inform", "inferred", "From page 3"]
    (printed,) = made(project, "charting")
    assert "Inform (inferred) — From page 3" in [cell.text for cell in printed.rows[1]]
    assert "“Lead or co-lead” is the project's word for Empower." in note(printed)
    project.close()


def test_verification_says_what_was_changed_and_why_there_is_no_kappa(tmp_path: Path) -> None:
    project, documents = review(tmp_path / "Review.ikt", 1)
    chart(project, documents[0], "iap2.level", "Consult")
    chart(project, documents[0], "kta.phase")
    project.coders.switch(project.coders.add("Lucie Tremblay", "LT"))
    involve = option(project, "iap2.level", "Involve")
    check = project.charting.check
    check(of(documents[0]), involve.field, Verdict.CHANGED, options=[involve.id], note="Table 2")
    check(of(documents[0]), field(project, "kta.phase"), Verdict.AGREED)
    summary, log = made(project, "chart_verification")
    assert cells(summary)["All fields"] == ["2", "1", "1", "0", "0"]
    assert "No kappa" in note(summary)
    assert [c.text for c in log.rows[0][2:]] == [
        *("R01", "Level of participation", "Changed", "Consult", "Involve", "Table 2"),
    ]
    (data,) = made(project, "chart_verification", ".csv")
    assert len(data.rows) == 2
    project.close()


@pytest.mark.parametrize("key", ["charting", "chart_counts", "chart_verification"])
def test_an_empty_project_has_these_reports_too(tmp_path: Path, key: str) -> None:
    project = Project.create(tmp_path / "Empty.ikt")
    for ending in (".docx", ".csv"):
        assert all(isinstance(table, Table) for table in made(project, key, ending))
    project.close()
