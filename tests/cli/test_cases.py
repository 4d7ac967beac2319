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
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["Construct", "P01", "P02"]
    assert rows[1] == ["Support", "2", "M", "1", "1"]


def test_what_is_not_there_is_said(ikt: Command, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "matrix.docx"
    outcome = ikt(
        *("export", study, "--what", "framework_matrix", "--matrix", "Other", "--to", target)
    )
    assert outcome.status != 0
    assert "Support and time" in outcome.err
    assert not target.exists()
    assert ikt("export", study, "--what", "codes", "--matrix", "x", "--to", target).status == 2
