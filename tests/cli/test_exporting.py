"""``export``: every report in every format."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.services.report_kinds import Choice, ReportKind
from tests.cli.conftest import Command


def test_the_list_names_every_report_and_its_formats(done: Command) -> None:
    assert done("export", "--list", "--json").json == [
        {"what": kind.key, "formats": list(kind.endings)} for kind in REPORTS
    ]
    assert "themes\t.docx" in done("export", "--list").out


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.key)
def test_every_report_is_written_in_every_format(
    kind: ReportKind, sample: Path, tmp_path: Path, done: Command
) -> None:
    asked = ["--document", "P01 Patient partner"] if Choice.DOCUMENT in kind.choices else []
    for ending in kind.endings:
        file = tmp_path / f"ä {kind.key}{ending}"
        outcome = done("export", sample, "--what", kind.key, "--to", file, *asked)
        assert outcome.out == ""
        # A list without rows has its headings or says why, elsewhere also title and note.
        if ending == ".csv":
            lines = file.read_text(encoding="utf-8-sig").split("\n")
            told = [line.strip() for line in lines if line.strip()]
            assert "," in told[0] or told[0].startswith("There is no ")
        else:
            assert file.stat().st_size > 100


@pytest.mark.parametrize("what", ["codings", "history"])
def test_lists_for_other_programs_begin_with_their_headings(
    what: str, sample: Path, tmp_path: Path, done: Command
) -> None:
    done("export", sample, "--what", what, "--to", tmp_path / "list.csv")
    done("export", sample, "--what", what, "--to", tmp_path / "list.xlsx")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 1 + (715 if what == "codings" else 23)
    assert len({len(line) for line in lines}) == 1
    sheet = load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == lines[0]


def test_columns_of_the_theme_table_are_chosen(sample: Path, tmp_path: Path, done: Command) -> None:
    file = tmp_path / "t.csv"
    done("export", sample, "--what", "themes", "--to", file, "--columns", "participants, levels")
    heading = file.read_text(encoding="utf-8-sig").splitlines()[0]
    assert heading.startswith("Theme,n")
    assert "Quote" not in heading


def test_the_theme_table_closes_with_the_sources_of_its_frameworks(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    file = tmp_path / "t.md"
    done("export", sample, "--what", "themes", "--to", file, "--columns", "participants, domains")
    closing = file.read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert closing.startswith("*Sources.* ")
    assert "Cane" in closing
    done("export", sample, "--what", "themes", "--to", file, "--columns", "participants")
    assert "Sources." not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--what", "themes"],
        ["--to", "x.md"],
        ["--what", "nonsense", "--to", "x.md"],
        ["--what", "themes", "--to", "x.md", "--columns", "shoe size"],
    ],
)
def test_wrong_usage(arguments: list[str], sample: Path, ikt: Command) -> None:
    outcome = ikt("export", sample, *arguments)
    assert (outcome.status, outcome.out) == (2, "")


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.qdpx", "no folder/x.docx"])
def test_a_file_that_cannot_be_written(
    name: str, sample: Path, tmp_path: Path, ikt: Command
) -> None:
    before = sorted(tmp_path.iterdir())
    outcome = ikt("export", sample, "--what", "themes", "--to", tmp_path / name)
    assert outcome.status == 1
    assert len(outcome.err.strip().splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before
