"""The theme table, theme report and links on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.services.project import Project
from ikt_coder.services.theme_table import (
    ExportLanguage,
    RowOrder,
    ThemeColumn,
    ThemeTable,
    ThemeTableOptions,
)
from tests.cli.conftest import Command


def test_options_of_the_theme_table_reach_the_file(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    file = tmp_path / "t.md"
    done(
        *("export", sample, "--what", "themes", "--to", file, "--side", "barriers"),
        *("--order", "name", "--style", "vancouver", "--language", "fr", "--number", 4),
        *("--columns", "participants", "--only-status", "defined"),
    )
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Tableau 4. Thèmes\u00a0: obstacles"
    names = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][2:]
    top = [name for name in names if not name.startswith("&emsp;")]
    assert top == sorted(top)
    assert "dont le statut est défini" in "\n".join(lines)


def test_the_file_says_what_the_project_says(sample: Path, tmp_path: Path, done: Command) -> None:
    file = tmp_path / "t.csv"
    columns = "participants,passages,references"
    done("export", sample, "--what", "themes", "--to", file, "--columns", columns)
    project = Project.open(sample, read_only=True)
    try:
        wanted = tuple(ThemeColumn(name) for name in columns.split(","))
        made = ThemeTable(project, ThemeTableOptions(columns=wanted)).build()
    finally:
        project.close()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    for row in made.rows:
        figures = ",".join(str(cell.value) for cell in row[1:])
        assert any(line.endswith(f",{figures}") for line in lines)


def test_a_saved_table_is_exported_by_its_name(sample: Path, tmp_path: Path, done: Command) -> None:
    project = Project.open(sample)
    try:
        project.tables.save(
            "For the paper",
            "themes",
            ThemeTableOptions(order=RowOrder.FRAMEWORK, language=ExportLanguage.FRENCH, number=2),
        )
    finally:
        project.close()
    file = tmp_path / "t.md"
    outcome = done("export", sample, "--table", "for the paper", "--to", file, "--json")
    assert outcome.json["what"] == "themes"
    assert file.read_text(encoding="utf-8").startswith("**Tableau 2**")


def test_labels_that_tell_who_spoke_are_warned_about(
    sample: Path, tmp_path: Path, done: Command
) -> None:
    project = Project.open(sample)
    try:
        project.participants.change(project.participants.all()[0].id, group="the one plumber")
    finally:
        project.close()
    file = tmp_path / "t.md"
    plain = done("export", sample, "--what", "themes", "--to", file)
    assert "Before you give it away" not in plain.err
    told = done("export", sample, "--what", "themes", "--to", file, "--group-labels")
    assert "Before you give it away: Fewer than three participants fit" in told.err


def test_the_theme_report_is_a_chapter_draft(sample: Path, tmp_path: Path, done: Command) -> None:
    file = tmp_path / "chapter.md"
    done("export", sample, "--what", "theme_report", "--to", file)
    text = file.read_text(encoding="utf-8")
    project = Project.open(sample, read_only=True)
    try:
        for row in project.themes.all():
            assert row.name in text
        links = project.themes.links.all()
    finally:
        project.close()
    assert links
    assert all(link.note.split(".")[0][:40] in text for link in links)
    assert "\n> “" in text
    assert "- **Qualifies:** " in text
    assert "emerge" not in text.lower()
    done("export", sample, "--what", "theme_report", "--to", file, "--language", "fr-CA")
    assert "Idée centrale" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--what", "codebook", "--side", "barriers"],
        ["--what", "themes", "--side", "neither"],
        ["--what", "themes", "--style", "chicago"],
        ["--what", "themes", "--language", "de"],
        ["--what", "themes", "--table", "Mine"],
        ["--table", "Mine", "--order", "name"],
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(
    arguments: list[str], sample: Path, tmp_path: Path, ikt: Command
) -> None:
    outcome = ikt("export", sample, *arguments, "--to", tmp_path / "t.md")
    assert (outcome.status, outcome.out) == (2, "")
    assert not (tmp_path / "t.md").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--what", "themes", "--only-document", "No such document"],
        ["--what", "themes", "--only-theme", "No such theme"],
        ["--what", "themes", "--only-folder", "No such folder"],
        ["--table", "No such table"],
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(
    arguments: list[str], sample: Path, tmp_path: Path, ikt: Command
) -> None:
    outcome = ikt("export", sample, *arguments, "--to", tmp_path / "t.md")
    assert outcome.status == 1
    assert len(outcome.err.strip().splitlines()) == 1
    assert not (tmp_path / "t.md").exists()


def test_themes_are_linked_and_the_note_changed(sample: Path, done: Command, ikt: Command) -> None:
    one, two = "Paper outlasts people", "A room full of homeowners"
    done("theme", "link", sample, one, "contrast", two, "--note", "first")
    done("theme", "link", sample, two, "contrast", one, "--note", "second")
    project = Project.open(sample, read_only=True)
    try:
        notes = [row.note for row in project.themes.links.all() if {row.theme_name} <= {one, two}]
    finally:
        project.close()
    assert "second" in notes
    assert "first" not in notes
    done("theme", "link", sample, one, "contrast", two, "--remove")
    assert ikt("theme", "link", sample, one, "contrast", two, "--remove").status == 1
    assert ikt("theme", "link", sample, one, "contrast", one).status == 1
