"""``merge``: a dry run, the merge itself, answers to conflicts, and files nothing comes of."""

from __future__ import annotations

from pathlib import Path

from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.storage import schema
from tests.cli.conftest import Command
from tests.rounds import Team
from tests.studies import dump, study


def parted(folder: Path) -> tuple[Path, Path]:
    """A project and a copy of it, both with work of their own."""
    project, document = study(folder / "here.ikt")
    code = project.codes.add("Timing")
    schema.copy_database(project.path, folder / "there.ikt")
    project.codes.change(code, definition="How long it takes")
    project.close()
    there = Project.open(folder / "there.ikt")
    there.codings.apply(document, Span(13, 30), code, memo="seen")
    there.codes.change(code, definition="Time")
    there.close()
    return folder / "here.ikt", folder / "there.ikt"


def test_a_dry_run_says_what_would_happen_and_changes_nothing(ikt: Command, tmp_path: Path) -> None:
    here, there = parted(tmp_path)
    before = dump(here)
    found = ikt("merge", here, there, "--dry-run", "--json")
    assert found.status == 0
    assert found.json["kind"] == "same"
    assert found.json["merged"] is False
    assert found.json["documents"][0]["codings"]["added"] == 1
    (conflict,) = found.json["conflicts"]
    assert (conflict["field"], conflict["taken"]) == ("code.definition", "here")
    assert dump(here) == before
    assert "conflict\tcode:" in ikt("merge", here, there, "--dry-run").out


def test_merging_and_answering(ikt: Command, tmp_path: Path) -> None:
    here, there = parted(tmp_path)
    (conflict,) = ikt("merge", here, there, "--dry-run", "--json").json["conflicts"]
    answer = f"{conflict['key']}=there"
    found = ikt("merge", here, there, "--choose", answer, "--json")
    assert found.json["merged"] is True
    assert ikt("codebook", here, "--json").json[0]["definition"] == "Time"
    assert [row["memo"] for row in ikt("codings", here, "--json").json] == ["seen"]
    again = ikt("merge", here, there, "--json")
    assert (again.status, again.json["merged"], again.json["nothing_new"]) == (0, False, True)
    assert "nothing new" in ikt("merge", here, there).err


def test_files_nothing_comes_of(ikt: Command, tmp_path: Path) -> None:
    here, there = parted(tmp_path)
    before = dump(here)
    for path, said in (
        (here, "is the project that is open"),
        (tmp_path / "none.ikt", "There is no file"),
    ):
        found = ikt("merge", here, path)
        assert (found.status, found.out) == (1, "")
        assert said in found.err
    found = ikt("merge", here, there, "--choose", "code:1=perhaps")
    assert found.status == 1
    assert "no answer" in found.err
    assert dump(here) == before


def test_a_sealed_round_is_told_of_without_counts(ikt: Command, tmp_path: Path) -> None:
    team = Team(tmp_path / "team.ikt")
    round_ = team.round()
    team.project.copies.make(team.coders[1], tmp_path / "copy.ikt", round_)
    team.close()
    theirs = Project.open(tmp_path / "copy.ikt")
    theirs.codings.apply(team.documents[0], Span(0, 40), team.codes[0], memo="very telling")
    theirs.close()
    for options in (("--dry-run", "--json"), ("--json",)):
        found = ikt("merge", tmp_path / "team.ikt", tmp_path / "copy.ikt", *options)
        (row,) = found.json["documents"]
        assert row["sealed"] is True
        assert row["unfinished"] == ["Beni Kask"]
        assert "codings" not in row
        assert "coding" not in found.json["tables"]
        assert "telling" not in found.out
