"""``crosswalk`` and the reports on frameworks, on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ikt_coder.core.words import Valence
from tests.cli.conftest import Command
from tests.crosswalk_study import CrosswalkStudy


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    study = CrosswalkStudy(tmp_path / "coded.ikt")
    skills = study.coding("She phoned me", "Skills", Valence.FACILITATOR)
    study.coding("Nobody had explained", "Skills", Valence.BARRIER)
    study.coding("I came late", "Optimism", Valence.BARRIER)
    study.project.crosswalks.choose(skills, ("comb.c.phys",))
    study.project.beliefs.add("I can do it.", code=study.code("Skills"), codings=[skills])
    study.project.recommendations.add(code=study.code("Skills"), text="Show it once")
    study.project.close()
    return tmp_path / "coded.ikt"


def _by_name(found: dict[str, object]) -> dict[str, tuple[int, int]]:
    return {
        row["name"]: (row["references"], row["undecided"])
        for row in found["targets"]  # type: ignore[attr-defined]  # a list of rows
    }


def test_counts_by_the_source_the_project_follows(coded: Path, done: Command) -> None:
    found = done("crosswalk", coded, "--json").json
    assert _by_name(found) == {
        "Physical capability": (1, 1),
        "Psychological capability": (0, 1),
        "Reflective motivation": (0, 1),
        "Automatic motivation": (0, 1),
    }
    assert found["total"]["references"] == 3
    assert found["total"]["undecided"] == 2
    assert [one["source"] for one in found["sources"]] == ["cane2012"]


def test_counts_by_another_source_change_nothing(coded: Path, done: Command) -> None:
    found = done("crosswalk", coded, "--source", "michie2014", "--json").json
    assert _by_name(found)["Reflective motivation"] == (1, 0)
    assert found["total"]["undecided"] == 1
    assert done("crosswalk", coded, "--json").json["total"]["undecided"] == 2
    told = done("crosswalk", coded)
    assert "total\t\t2\t3\t3\t2" in told.out
    assert "Cane 2012" in told.err


def test_what_is_not_there_is_named(coded: Path, ikt: Command) -> None:
    for option, value, named in (("--source", "nobody", "cane2012"), ("--to", "kta", "com-b")):
        outcome = ikt("crosswalk", coded, option, value)
        assert outcome.status == 1
        assert named in outcome.err


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("crosswalk", "Leads to"),
        ("undecided", "Document"),
        ("beliefs", "Domain"),
        ("belief_relevance", "Domain"),
        ("recommendations", "Participants, n"),
    ],
)
def test_each_report_is_written(
    coded: Path, tmp_path: Path, done: Command, what: str, first: str
) -> None:
    for ending in ("csv", "docx", "xlsx", "html", "md"):
        done("export", coded, "--what", what, "--to", tmp_path / f"{what}.{ending}")
        assert (tmp_path / f"{what}.{ending}").stat().st_size > 100
    with (tmp_path / f"{what}.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert first in cells
