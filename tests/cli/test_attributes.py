"""Attributes listed, imported from files and written to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from tests.cli.conftest import Command
from tests.studies import dump, study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """P01 and P02 in one talk."""
    project, document = study(tmp_path / "study.ikt")
    project.studies.add("Trial", documents=[document])
    project.close()
    return tmp_path / "study.ikt"


def file(path: Path, text: str, name: str = "people.csv") -> Path:
    made = path.with_name(name)
    made.write_text(text, encoding="utf-8")
    return made


def known(ikt: Command, path: Path, *more: str) -> dict[str, dict[str, str]]:
    rows = ikt("attributes", path, "--json", *more).json["rows"]
    return {row["name"]: row["values"] for row in rows}


def test_a_file_is_looked_at_then_imported_then_written(ikt: Command, path: Path) -> None:
    source = file(path, "Name;Age;Joined\nP01;40,5;25/03/2024\nP03;50;\n")
    before = dump(path)
    looked = ikt("attributes", path, source, "--dry-run")
    assert (looked.status, dump(path)) == (0, before)
    assert "New attribute “Age”: number." in looked.err
    assert "Not in the project and left aside: P03." in looked.err
    assert "In the project and not in the file: P02." in looked.err
    assert "2 values would be new" in looked.err
    done = ikt("attributes", path, source, "--create", "--json")
    assert (done.status, done.json["imported"], done.json["new"]) == (0, True, 3)
    assert done.json["created"] == ["P03"]
    values = {"P01": {"Age": "40.5", "Joined": "2024-03-25"}, "P02": {}, "P03": {"Age": "50"}}
    assert known(ikt, path) == values
    out = path.with_name("out.xlsx")
    assert ikt("attributes", path, "--to", out).status == 0
    again = ikt("attributes", path, out, "--json")
    assert (again.status, again.json["same"], again.json["new"]) == (0, 3, 0)
    assert "P01\t40.5\t2024-03-25" in ikt("attributes", path).out


def test_faults_are_told_with_their_places_and_nothing_is_imported(
    ikt: Command, path: Path
) -> None:
    source = file(path, "Name,Age\nP01,40\nP02,old\np01,3\n")
    before = dump(path)
    failed = ikt("attributes", path, source, "--kind", "age=number")
    assert (failed.status, dump(path)) == (1, before)
    assert "Row 3, column B: “old” is not a number." in failed.err
    assert "Row 4, column A: “p01” stands in row 2 already." in failed.err
    told = ikt("attributes", path, source, "--kind", "Age=number", "--json")
    assert told.status == 1
    assert [(one["row"], one["column"]) for one in told.json["faults"]] == [(3, 2), (4, 1)]


def test_what_the_file_does_not_tell_is_asked(ikt: Command, path: Path) -> None:
    source = file(path, "Name;Seen;Score\nP01;03/04/2024;1,234\n")
    asked = ikt("attributes", path, source)
    assert asked.status == 1
    assert "“03/04/2024” can be two days" in asked.err
    assert "“1,234” can be two numbers" in asked.err
    assert known(ikt, path)["P01"] == {}
    done = ikt("attributes", path, source, "--days", "mdy", "--decimal", "comma")
    assert done.status == 0
    assert known(ikt, path)["P01"] == {"Seen": "2024-03-04", "Score": "1.234"}


def test_documents_studies_and_their_reports(ikt: Command, path: Path) -> None:
    titles = file(path, "Country,Study\nGhana,trial\n")
    done = ikt("attributes", path, titles, "--of", "studies", "--names", "study")
    assert done.status == 0
    assert known(ikt, path, "--of", "studies") == {"Trial": {"Country": "Ghana"}}
    records = file(path, "Title,Year,Note\nTalk,2019,x\n")
    ikt("attributes", path, records, "--of", "documents", "--skip", "Note")
    assert known(ikt, path, "--of", "documents") == {"Talk": {"Year": "2019"}}
    for what in (
        "studies",
        "attributes_participants",
        "attributes_documents",
        "attributes_studies",
    ):
        out = path.with_name(f"{what}.csv")
        assert ikt("export", path, "--what", what, "--to", out).status == 0, what
    assert "1 record describes 1 study" in path.with_name("studies.csv").read_text("utf-8-sig")


def test_wrong_usage(ikt: Command, path: Path) -> None:
    source = file(path, "Name,Age\nP01,40\n")
    assert ikt("attributes", path, source, "--names", "Who").status == 2
    assert ikt("attributes", path, source, "--kind", "Age=figure").status == 2
    assert ikt("attributes", path, source, "--to", "x.csv").status == 2
    assert ikt("attributes", path, path.with_name("gone.csv")).status == 1
    project = Project.open(path)
    assert project.attributes.all() == ()
    project.close()
