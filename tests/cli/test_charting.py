"""``chart`` and the charting reports on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.cli.conftest import Command
from tests.services.charting.review import of, review, scoping_review


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "Review.ikt"
    project, _ = review(path, 2)
    project.close()
    return path


def answers(outcome: object) -> dict[str, dict[str, object]]:
    return {each["key"]: each for each in outcome.json["answers"]}  # type: ignore[attr-defined] # an Outcome


def test_answers_are_set_and_shown(ikt: Command, study: Path) -> None:
    outcome = ikt(
        *("chart", study, "R01", "--set", "iap2=collaborate", "--inferred", "iap2"),
        *("--set", "KTA phases=kta.a1", "--set", "KTA phases=Adapt knowledge"),
        *("--set", "Research stages=not reported", "--set", "Content=Aims of it"),
        *("--status", "charted", "--pilot", "--note", "Tried", "--json"),
    )
    assert outcome.status == 0
    assert outcome.json["status"] == "charted"
    assert (outcome.json["pilot"], outcome.json["note"]) == (True, "Tried")
    told = answers(outcome)
    assert told["iap2.level"]["options"] == ["Collaborate"]
    assert told["iap2.level"]["basis"] == "inferred"
    assert len(told["kta.phase"]["options"]) == 2  # type: ignore[arg-type] # a list
    assert told["stage.taken"]["not_reported"] is True
    assert told["wider.seed.content"]["text"] == "Aims of it"
    assert told["out.reported"]["charted"] is False
    shown = ikt("chart", study, "R01")
    assert "Collaborate (inferred)" in shown.out
    project = Project.open(study)
    project.history.undo()  # all of it was one act
    assert not project.charting.form(of(project.documents.all()[0].id)).answers
    project.close()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--set", "iap2"], 2),
        (["--set", "iap2=Nothing like it"], 1),
        (["--set", "no such=Inform"], 1),
        (["--set", "iap2=Inform", "--set", "iap2=Consult"], 1),
        (["--set", "iap2=Inform", "--set", "iap2=Not reported"], 2),
        (["--set", "kta.phase=kta.a1", "--inferred", "kta.phase"], 1),
        (["--inferred", "iap2"], 1),
    ],
)
def test_a_mistake_changes_nothing(
    ikt: Command, study: Path, arguments: list[str], status: int
) -> None:
    outcome = ikt("chart", study, "R01", "--set", "stage.taken=stage.1", *arguments)
    assert outcome.status == status
    assert outcome.out == ""
    assert not any(
        each["charted"] for each in answers(ikt("chart", study, "R01", "--json")).values()
    )


def test_a_field_is_emptied(ikt: Command, study: Path) -> None:
    ikt("chart", study, "R01", "--set", "iap2=Inform")
    outcome = ikt("chart", study, "R01", "--set", "iap2=", "--json")
    assert answers(outcome)["iap2.level"]["charted"] is False


def test_the_counts_of_a_review(ikt: Command, tmp_path: Path) -> None:
    path = tmp_path / "Review.ikt"
    project, _ = scoping_review(path)
    project.close()
    file = tmp_path / "counts.csv"
    assert ikt("export", path, "--what", "chart_counts", "--to", file).status == 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    n = {(row["field"], row["answer"]): (row["n"], row["denominator"], row["unit"]) for row in rows}
    level = "Level of participation"
    assert n[level, "Collaborate"] == ("43", "72", "study")
    assert n[level, "Not reported"] == ("4", "72", "study")
    outcomes = [row for row in rows if row["field"] == "Outcomes of the partnership"]
    top = [int(row["n"]) for row in outcomes if not row["under"]]
    assert top == [38, 40, 15, 20, 0]
    assert sum(top[:3]) == 93
    records = tmp_path / "records.csv"
    ikt("export", path, "--what", "chart_counts", "--count-by", "record", "--to", records)
    assert ",74," in records.read_text(encoding="utf-8-sig")
    for what in ("charting", "chart_counts", "chart_verification"):
        for ending in ("docx", "xlsx", "html", "md", "csv"):
            made = tmp_path / f"{what}.{ending}"
            assert ikt("export", path, "--what", what, "--to", made).status == 0
            assert made.stat().st_size > 0
    assert ikt("export", path, "--what", "codes", "--count-by", "study").status == 2
