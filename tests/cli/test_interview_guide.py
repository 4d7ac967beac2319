"""Questions of the interview guide on the command line: as a filter, as groups, as rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ikt_coder.core.query import Grouping
from ikt_coder.services.project import Project
from tests.cli.conftest import Command


@pytest.fixture
def guided(sample: Path) -> Path:
    """The sample with another guide; its questions were asked one after the other in each talk."""
    project = Project.open(sample)
    try:
        guide = project.guide
        for row in guide.all():
            guide.delete(row.id)
        keys = guide.bring_in("How did it begin?\nWhat got in the way?\nWhat comes next?")
        guide.change(keys[0], label="Beginning")
        for progress in guide.progress():
            turns = guide.asked(progress.document)
            # The first turn opens the talk; nobody asks the last question.
            guide.match({turn.turn: keys[at > len(turns) // 2] for at, turn in enumerate(turns)})
    finally:
        project.close()
    return sample


def test_a_question_narrows_a_retrieval(guided: Path, done: Command) -> None:
    def references(*asked: str) -> int:
        return int(done("retrieve", guided, *asked, "--json").json["references"])

    whole = references()
    beginning, none = references("--question", "beginning"), references("--question", "none")
    assert 0 < beginning < whole
    assert references("--question", "1", "--question", "none") == beginning + none
    assert references("--question", "What comes next?") == 0


def test_passages_are_grouped_by_question(guided: Path, done: Command) -> None:
    groups = done("retrieve", guided, "--group-by", Grouping.QUESTION.value, "--json").json[
        "groups"
    ]
    assert [row["group"] for row in groups][:2] == ["Beginning", "What got in the way?"]


def test_a_question_that_is_not_in_the_guide_is_refused(guided: Path, ikt: Command) -> None:
    result = ikt("retrieve", guided, "--question", "Why?")
    assert result.status != 0
    assert "There is no question “Why?” in the interview guide." in result.err


def test_a_matrix_has_a_row_for_each_question(guided: Path, tmp_path: Path, done: Command) -> None:
    file = tmp_path / "m.csv"
    asked = ("--what", "matrix", "--rows", "questions", "--cell", "references")
    done("export", guided, *asked, "--to", file)
    lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [line[0] for line in lines][1:4] == [
        "Beginning",
        "What got in the way?",
        "What comes next?",
    ]
    assert set(lines[3][1:]) == {"0"}


def test_the_theme_table_counts_answers_to_a_question(
    guided: Path, tmp_path: Path, done: Command
) -> None:
    def figures(*asked: str) -> list[int]:
        file = tmp_path / "t.csv"
        done("export", guided, "--what", "themes", "--columns", "references", "--to", file, *asked)
        lines = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
        return [int(line[-1]) for line in lines if line and line[-1].isdigit()]

    whole, part = figures(), figures("--question", "Beginning")
    assert 0 < sum(part) < sum(whole)
    assert sum(figures("--question", "What comes next?")) == 0


def test_the_guide_is_exported(guided: Path, tmp_path: Path, done: Command) -> None:
    for what in ("guide", "questions"):
        file = tmp_path / f"{what}.md"
        done("export", guided, "--what", what, "--to", file)
        assert "Beginning" in file.read_text(encoding="utf-8")
