"""Case ratings and framework matrices on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Command
from tests.services.framework_matrices.test_matrices import Small


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "Study.ikt"
    small = Small(path)
    small.project.matrices.write(small.matrix, small.support_column, small.p01, "Was phoned")
    small.project.ratings.rate(small.p01, small.support, 2)
    small.project.ratings.rate(small.p02, small.support, None)
    small.close()
    return path


def test_a_matrix_is_written_whole_to_a_sheet(ikt: Command, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "matrix.xlsx"
    outcome = ikt(
        *("export", study, "--what", "framework_matrix"),
        *("--matrix", "support and time", "--to", target),
    )
    assert outcome.status == 0
    sheet = openpyxl.load_workbook(target).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    heads = rows.index(["Participant", "Support", "Time", "Being heard"])
    assert rows[heads + 1] == ["P01", "Was phoned", "no passages", "not summarised yet"]
    assert sheet.freeze_panes == f"B{heads + 2}"
    assert sheet.cell(heads + 2, 2).alignment.wrap_text


def test_ratings_are_written(ikt: Command, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "ratings.csv"
    assert ikt("export", study, "--what", "case_ratings", "--to", target).status == 0
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    given = [(row["construct"], row["case"], row["value"], row["state"]) for row in rows[:2]]
    assert given == [("Support", "P01", "2", "rated"), ("Support", "P02", "", "missing")]


def test_a_matrix_as_data_has_a_row_for_each_cell(
    ikt: Command, study: Path, tmp_path: Path
) -> None:
    target = tmp_path / "matrix.csv"
    assert ikt("export", study, "--what", "framework_matrix", "--to", target).status == 0
    whole, _, _ = target.read_text("utf-8-sig").replace("\r\n", "\n").partition("\n\n")
    rows = list(csv.DictReader(whole.splitlines()))
    cells = {(row["case"], row["column"]): (row["summary"], row["passages"]) for row in rows}
    assert cells["P01", "Support"][0] == "Was phoned"
    assert cells["P01", "Time"] == ("", "0")  # "no passages" on paper
    assert cells["P01", "Being heard"][0] == ""
    assert int(cells["P01", "Being heard"][1]) > 0  # "not summarised yet" on paper


def test_what_is_not_there_is_said(ikt: Command, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "matrix.docx"
    outcome = ikt(
        *("export", study, "--what", "framework_matrix", "--matrix", "Other", "--to", target)
    )
    assert outcome.status != 0
    assert "Support and time" in outcome.err
    assert not target.exists()
    assert ikt("export", study, "--what", "codes", "--matrix", "x", "--to", target).status == 2
