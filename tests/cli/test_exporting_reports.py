"""``export``: coded transcripts and the supervision sheet, and what a report does not take."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Command


def test_a_coded_transcript_of_one_document(sample: Path, tmp_path: Path, done: Command) -> None:
    title = done("info", sample, "--json").json["documents"][0]["name"]
    file = tmp_path / "one.docx"
    done("export", sample, "--what", "coded_transcript", "--document", title, "--to", file)
    document = Document(str(file))
    assert document.paragraphs[0].text == title
    rows = [row for row in done("codings", sample, "--json").json if row["document"] == title]
    lead = {row["coder"] for row in rows} & {one.author for one in document.comments}
    assert len(lead) == 1  # the coders' codings are never mixed
    assert len(document.comments) == sum(row["coder"] in lead for row in rows)
    other = next(iter({row["coder"] for row in rows} - lead))
    command = ("export", sample, "--what", "coded_transcript", "--document", title)
    done(*command, "--coder", other, "--initials", "--to", file)
    authors = {one.author for one in Document(str(file)).comments}
    assert len(authors) == 1
    assert other not in authors


def test_the_supervision_sheet_since_a_day(sample: Path, tmp_path: Path, done: Command) -> None:
    command = ("export", sample, "--what", "supervision")
    done(*command, "--to", tmp_path / "sheet.md")
    assert "**New (" in (tmp_path / "sheet.md").read_text(encoding="utf-8")
    done(*command, "--since", "2999-01-01", "--to", tmp_path / "later.md")
    assert "No code was changed." in (tmp_path / "later.md").read_text(encoding="utf-8")


def test_writing_a_report_changes_nothing(sample: Path, tmp_path: Path, done: Command) -> None:
    def acts() -> int:
        with sqlite3.connect(sample) as connection:
            return int(connection.execute("SELECT count(*) FROM operation").fetchone()[0])

    before = acts()
    done("export", sample, "--what", "supervision", "--to", tmp_path / "sheet.docx")
    assert acts() == before
    assert Document(BytesIO((tmp_path / "sheet.docx").read_bytes())).paragraphs


@pytest.mark.parametrize(
    "arguments",
    [
        ["--what", "codebook", "--to", "x.md", "--document", "P01"],
        ["--what", "codebook", "--to", "x.md", "--since", "2026-11-08"],
        ["--what", "supervision", "--to", "x.md", "--since", "last Tuesday"],
        ["--what", "coded_transcript", "--to", "x.docx"],
    ],
)
def test_what_a_report_does_not_take(arguments: list[str], sample: Path, ikt: Command) -> None:
    outcome = ikt("export", sample, *arguments)
    assert (outcome.status, outcome.out) == (2, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--what", "supervision", "--to", "x.xlsx"],
        ["--what", "coded_transcript", "--document", "nobody's", "--to", "x.docx"],
    ],
)
def test_what_cannot_be_met(arguments: list[str], sample: Path, ikt: Command) -> None:
    outcome = ikt("export", sample, *arguments)
    assert (outcome.status, outcome.out) == (1, "")
    assert len(outcome.err.strip().splitlines()) == 1
