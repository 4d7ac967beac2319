"""From a coded span to a theme table, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from ikt_coder.services.project import Project
from tests.cli.conftest import TITLE, Command


def kinds(path: Path) -> list[str]:
    project = Project.open(path, read_only=True)
    found = [row.kind for row in project.history.all()]
    project.close()
    return found


def test_a_span_is_coded_with_all_it_carries(project: Path, done: Command) -> None:
    done("frameworks", "add", project, "sem-ikt3")
    text = done("text", project, TITLE).out
    start = text.index("a phone call 📞")
    end = start + len("a phone call 📞")
    record = done(
        "code", project, TITLE, start, end, "Contact/By phone", "--new", "--coder", "Ann Lee",
        "--valence", "facilitator", "--strength", "2",
        "--levels", "interpersonal; sem3.individual", "--memo", "first words", "--json",
    ).json  # fmt: skip
    assert record.pop("created")
    assert record == {
        "document": TITLE,
        "start": start,
        "end": end,
        "text": "a phone call 📞",
        "code": "Contact/By phone",
        "coder": "Ann Lee",
        "valence": "facilitator",
        "strength": 2,
        "levels": ["Individual", "Interpersonal"],
        "memo": "first words",
    }
    (row,) = done("codings", project, "--json").json
    del row["created"]
    assert row == record
    assert done("info", project, "--json").json["coders"] == ["Ann Lee"]


def test_a_code_with_a_slash_in_its_name(project: Path, done: Command) -> None:
    done("code", project, TITLE, 0, 5, r"Asking\/telling", "--new")
    done("code", project, TITLE, 5, 9, r"Asking\/telling")
    done("code", project, TITLE, 5, 9, "Asking/telling", "--new")
    assert [c["path"] for c in done("codebook", project, "--json").json] == [
        r"Asking\/telling",
        "Asking",
        "Asking/telling",
    ]


def test_the_same_span_is_not_coded_twice_by_one_coder(project: Path, done: Command) -> None:
    for coder in ("Ann", "Ann", "Ben"):
        done("code", project, TITLE, 0, 5, "A", "--new", "--coder", coder)
    rows = done("codings", project, "--json").json
    assert [(row["code"], row["coder"]) for row in rows] == [("A", "Ann"), ("A", "Ben")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Nowhere", 0, 5, "A"], "Nowhere"),
        ([TITLE, 5, 5, "A"], "no span"),
        ([TITLE, 0, 10**30, "A"], "no span"),
        ([TITLE, 7, 3, "A"], "no span"),
        ([TITLE, 0, 5, "Unknown"], "Unknown"),
        ([TITLE, 0, 5, "A//B", "--new"], "A//B"),
        ([TITLE, 0, 5, "A", "--levels", "Cosmic"], "Cosmic"),
        ([TITLE, 0, 5, "Theoretical Domains Framework, version 2"], "heading"),
        ([TITLE, 0, 5, "Theoretical Domains Framework, version 2", "--new"], "heading"),
    ],
)
def test_a_request_that_cannot_be_met_changes_nothing(
    arguments: list[object], said: str, project: Path, ikt: Command
) -> None:
    ikt("code", project, TITLE, 0, 3, "A", "--new")
    ikt("frameworks", "add", project, "tdf-v2")
    before = kinds(project)
    outcome = ikt("code", project, *arguments, "--coder", "Somebody New")
    assert outcome.status == 1
    assert said in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert kinds(project) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [TITLE, "x", 5, "A"],
        [TITLE, 0],
        [TITLE, 0, 5, "A", "--valence", "sideways"],
        [TITLE, 0, 5, "A", "--strength", 3],
        [TITLE, 0, 5, "A", "--unknown"],
        ["--", TITLE, -1, 5, "A"],
    ],
)
def test_wrong_usage_has_status_2(arguments: list[object], project: Path, ikt: Command) -> None:
    before = kinds(project)
    outcome = ikt("code", project, *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert "Usage: ikt-coder code" in outcome.err
    assert kinds(project) == before


def test_import_code_theme_table(project: Path, tmp_path: Path, done: Command) -> None:
    text = done("text", project, TITLE).out
    quote = "a phone call 📞 and a café visit"
    start = text.index(quote)
    done("code", project, TITLE, start, start + len(quote), "Contact", "--new", "--coder", "Ann")
    done("theme", "add", project, "It began with contact", "--description", "How it began.")
    done("theme", "add", project, "Below", "--parent", "It began with contact")
    gathered = done("theme", "gather", project, "It began with contact", "--code", "Contact")
    assert "Gathered 1 code in" in gathered.err + gathered.out
    done("theme", "quote", project, "It began with contact", TITLE, start, start + len(quote))
    assert done("themes", project, "--json").json == [
        {
            "name": "It began with contact",
            "parent": None,
            "description": "How it began.",
            "status": "candidate",
            "codes": ["Contact"],
            "references": 1,
            "passages": 1,
            "participants": 1,
        },
        {
            "name": "Below",
            "parent": "It began with contact",
            "description": "",
            "status": "candidate",
            "codes": [],
            "references": 0,
            "passages": 0,
            "participants": 0,
        },
    ]
    table = tmp_path / "Table 1.docx"
    done("export", project, "--what", "themes", "--to", table)
    cells = [cell.text for row in Document(str(table)).tables[0].rows for cell in row.cells]
    assert "It began with contact" in cells
    assert any(quote in cell for cell in cells)
    done("check", project)


def test_a_quote_must_lie_in_the_theme(sample: Path, ikt: Command) -> None:
    outcome = ikt("theme", "quote", sample, "Asked about the paint", "P01 Patient partner", 0, 5)
    assert outcome.status == 1
    assert "Nothing was accepted" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "It", "--parent", "No such theme"],
        ["add", "It", "--code", "No such code"],
        ["gather", "No such theme", "--code", "Clear role"],
        ["gather", "Asked about the paint", "--code", "No such code"],
        ["add", "Asked about the paint"],
    ],
)
def test_themes_that_cannot_be_made_change_nothing(
    arguments: list[str], sample: Path, ikt: Command
) -> None:
    before = kinds(sample)
    outcome = ikt("theme", arguments[0], sample, *arguments[1:])
    assert outcome.status == 1
    assert len(outcome.err.strip().splitlines()) == 1
    assert kinds(sample) == before
