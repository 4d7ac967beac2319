"""A coder's copy under hard conditions: names that are taken, full disks, cancelling."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.core.errors import Cancelled, NotAllowed, ProjectFileError, ProjectInUse
from ikt_coder.core.ops import Op
from ikt_coder.storage import schema
from ikt_coder.storage.operation import Door
from tests.studies import add_talk
from tests.team import Team, opened, opened_again


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.project.close()


def test_a_file_that_is_there_is_replaced_only_when_told(team: Team, tmp_path: Path) -> None:
    target = tmp_path / "amara.ikt"
    target.write_text("precious")
    with pytest.raises(ProjectFileError, match="is there already"):
        team.project.copies.make(team.amara, target)
    assert target.read_text() == "precious"
    assert team.project.copies.made() == ()
    team.project.copies.make(team.amara, target, replace=True)
    opened(target).close()
    with opened_again(target), pytest.raises(ProjectInUse):
        team.project.copies.make(team.amara, target, replace=True)
    assert len(team.project.copies.made()) == 1


def test_the_project_itself_is_never_the_target(team: Team, tmp_path: Path) -> None:
    here = team.project.path
    link = tmp_path / "other name.ikt"
    link.hardlink_to(here)
    for target in (here, link, here.parent / "." / here.name):
        with pytest.raises(NotAllowed, match="another name than the project"):
            team.project.copies.make(team.amara, target, replace=True)
    assert team.project.safety.check().sound


@pytest.mark.parametrize("last", [1, 2, 5])
def test_a_cancelled_copy_leaves_nothing(team: Team, tmp_path: Path, last: int) -> None:
    before = sorted(tmp_path.iterdir())
    asked = iter(range(100))
    with pytest.raises(Cancelled):
        team.project.copies.make(
            team.amara, tmp_path / "amara.ikt", cancel=lambda: next(asked) >= last
        )
    assert sorted(tmp_path.iterdir()) == before
    assert team.project.copies.made() == ()
    team.project.codes.add("Work goes on")


def test_a_full_disk_leaves_no_half_file(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_talk(team.project, "P01: " + "and so on " * 5000, "Long")
    before = sorted(tmp_path.iterdir())
    begin = Door._begin

    def full(door: Door, connection: Any, kind: Op, params: dict[str, Any]) -> Any:
        if kind is Op.BEGIN_COPY:
            (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        return begin(door, connection, kind, params)

    monkeypatch.setattr(Door, "_begin", full)
    with pytest.raises(ProjectFileError, match=r"could not be written: .*disk is full"):
        team.project.copies.make(team.amara, tmp_path / "amara.ikt")
    assert sorted(tmp_path.iterdir()) == before
    monkeypatch.undo()
    team.project.copies.make(team.amara, tmp_path / "amara.ikt")


def test_a_copy_nobody_could_note_is_not_left(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Door._commit

    def fails(door: Door, operation: Any) -> Any:
        if operation.kind is Op.COPY_FOR_CODER:
            raise sqlite3.OperationalError("database or disk is full")
        return commit(door, operation)

    monkeypatch.setattr(Door, "_commit", fails)
    with pytest.raises(ProjectFileError, match="disk is full"):
        team.project.copies.make(team.amara, tmp_path / "amara.ikt")
    assert not (tmp_path / "amara.ikt").exists()
    assert team.project.copies.made() == ()


def test_a_folder_that_is_not_there_is_said(team: Team, tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError):
        team.project.copies.make(team.amara, tmp_path / "nowhere" / "amara.ikt")
    assert team.project.copies.made() == ()


def test_a_synchronised_folder_is_named(team: Team, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    made = team.project.copies.make(team.amara, folder / "amara.ikt")
    assert any("Dropbox" in warning for warning in made.warnings)
    assert schema.unfinished(made.path) is False


def test_progress_is_told_from_nothing_to_all(team: Team, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    team.project.copies.make(
        team.amara, tmp_path / "amara.ikt", progress=lambda *step: told.append(step)
    )
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
