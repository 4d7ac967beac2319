"""Backups rotate, copies are whole, the check finds faults, compacting keeps the work."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder import paths
from ikt_coder.core.errors import Cancelled, NotAllowed, ProjectFileError
from ikt_coder.services import safety
from ikt_coder.services.project import Project
from ikt_coder.services.safety import DAYS_KEPT, NEWEST_KEPT, backups_of, restore_copy
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, talk = study(tmp_path / "study.ikt")
    yield project, talk
    project.close()


class Clock(datetime):
    """A clock that tests move on."""

    moment = datetime(2026, 3, 10, 12, 0, 0)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # the service asks for local time only
        return cls.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    Clock.moment = datetime(2026, 3, 10, 12, 0, 0)
    monkeypatch.setattr(safety, "datetime", Clock)
    return Clock


def moments(project: Project) -> list[datetime]:
    return [row.made for row in backups_of(project.path)]


# -- backups ------------------------------------------------------------------------------------


def test_a_backup_is_whole_and_opens(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    project.codings.apply(talk, span_of(project, talk, "She phoned me"), project.codes.add("Trust"))
    backup = project.safety.backup()
    assert dump(backup) == dump(project.path)
    assert paths.backups_dir() in backup.parents
    copy = Project.open(backup, read_only=True)
    assert copy.safety.check().sound
    copy.close()


def test_the_newest_eight_stay_and_one_a_day(
    opened: tuple[Project, UUID], clock: type[Clock]
) -> None:
    project, _ = opened
    made = []
    for day in range(20):
        for hour in (9, 13, 17):
            clock.moment = datetime(2026, 3, 1, hour) + timedelta(days=day)
            project.safety.backup()
            made.append(clock.moment)
    kept = moments(project)
    assert kept == sorted(kept, reverse=True)
    assert kept[:NEWEST_KEPT] == made[::-1][:NEWEST_KEPT]
    rest = kept[NEWEST_KEPT:]
    assert all(clock.moment - moment < timedelta(days=DAYS_KEPT) for moment in rest)
    days = [moment.date() for moment in rest]
    assert len(days) == len(set(days))
    # The last one of each day is the one that stays.
    assert all(moment.hour == 17 for moment in rest)
    last = {moment.date() for moment in kept}
    assert len(last) == DAYS_KEPT


def test_many_in_a_day_leave_the_newest_eight(
    opened: tuple[Project, UUID], clock: type[Clock]
) -> None:
    project, _ = opened
    for minute in range(12):
        clock.moment = datetime(2026, 3, 1, 9, minute)
        project.safety.backup()
    assert [m.minute for m in moments(project)] == list(range(11, 3, -1))


def test_a_backup_is_made_only_where_something_was_done(
    opened: tuple[Project, UUID], clock: type[Clock]
) -> None:
    project, _ = opened
    assert project.safety.backup_if_changed() is not None
    clock.moment += timedelta(minutes=1)
    assert project.safety.backup_if_changed() is None
    project.codes.add("Trust")
    assert project.safety.backup_if_changed() is not None
    assert len(project.safety.backups()) == 2
    clock.moment += timedelta(minutes=1)
    project.history.undo()
    assert project.safety.backup_if_changed() is not None


def test_a_copy_of_the_project_has_backups_of_its_own(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, _ = opened
    project.safety.save_copy(tmp_path / "other.ikt")
    project.safety.backup()
    copy = Project.open(tmp_path / "other.ikt")
    assert copy.safety.backup_if_changed() is not None
    for number in range(NEWEST_KEPT + 2):
        (copy.safety.backups()[0].parent / f"other 2026-01-01 0000{number:02}.ikt").touch()
    copy.safety.backup()
    names = {row.path.name[:5] for row in backups_of(project.path)}
    assert names == {"study", "other"}
    copy.close()


def test_backups_are_found_without_opening_the_project(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, _ = opened
    backup = project.safety.backup()
    path = project.path
    assert [row.path for row in backups_of(path)] == [backup]
    assert backups_of(path)[0].size == backup.stat().st_size
    damaged = tmp_path / "damaged" / "study.ikt"
    damaged.parent.mkdir()
    damaged.write_bytes(path.read_bytes()[:5000])
    assert [row.path for row in backups_of(damaged)] == [backup]
    assert [row.path for row in backups_of(tmp_path / "gone" / "study.ikt")] == [backup]
    assert backups_of(tmp_path / "another.ikt") == ()


def test_a_backup_comes_back_beside_what_is_there(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, _ = opened
    then = dump(project.path)
    backup = project.safety.backup()
    project.codes.add("Trust")
    now = dump(project.path)
    target = tmp_path / "brought back.ikt"
    restore_copy(backup, target)
    assert dump(target) == then
    assert dump(project.path) == now
    with pytest.raises(ProjectFileError, match="already"):
        restore_copy(backup, project.path)
    assert dump(project.path) == now
    broken = tmp_path / "broken.ikt"
    broken.write_bytes(b"nothing")
    with pytest.raises(ProjectFileError):
        restore_copy(broken, tmp_path / "never.ikt")
    assert not (tmp_path / "never.ikt").exists()
    copy = Project.open(target)
    copy.codes.add("Work goes on")
    copy.close()


@pytest.mark.skipif(os.name == "nt", reason="rights of folders differ")
def test_a_folder_that_cannot_be_written_is_told_and_harms_nothing(
    opened: tuple[Project, UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = opened
    before = dump(project.path)
    # A file where the folder of backups should be: no rights help against that, not even root's.
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    (home / "data" / "backups").mkdir()
    (home / "data" / "backups" / str(project.id)).write_text("in the way")
    monkeypatch.setenv("IKT_CODER_HOME", str(home))
    for act in (
        project.safety.backup,
        project.safety.backup_if_changed,
        project.safety.compact,
    ):
        with pytest.raises(ProjectFileError, match="No backup could be made"):
            act()
    assert dump(project.path) == before
    with pytest.raises(ProjectFileError, match="could not be written"):
        project.safety.save_copy(tmp_path / "no such folder" / "copy.ikt")
    assert not (tmp_path / "no such folder").exists()


# -- copies -------------------------------------------------------------------------------------


def test_a_copy_is_whole_and_leaves_the_lock_with_the_project(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, _ = opened
    project.codes.add("Trust")
    target = tmp_path / "copy.ikt"
    project.safety.save_copy(target)
    assert dump(target) == dump(project.path)
    copy = Project.open(target)
    assert copy.warnings == ()
    copy.history.undo()
    assert copy.codes.all() == ()
    assert [c.name for c in project.codes.all()] == ["Trust"]
    copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_is_never_written_over_the_project(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, _ = opened
    before = dump(project.path)
    detour = tmp_path / "folder" / ".." / project.path.name
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link.ikt"
    link.symlink_to(project.path)
    hard = tmp_path / "hard.ikt"
    hard.hardlink_to(project.path)
    for target in (project.path, detour, link, hard):
        with pytest.raises(NotAllowed):
            project.safety.save_copy(target)
    assert dump(project.path) == before


# -- the check and compacting -------------------------------------------------------------------


def test_the_check_tells_its_parts_and_can_be_ended(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    told: list[tuple[int, int]] = []
    report = project.safety.check(lambda done, whole: told.append((done, whole)))
    assert report.sound
    assert report.operations == project.history.all(limit=1)[0].seq
    assert told[-1][0] == told[-1][1]

    def stop(_done: int, _whole: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        project.safety.check(stop)


def test_the_check_finds_what_was_written_past_the_door(
    opened: tuple[Project, UUID], tmp_path: Path
) -> None:
    project, talk = opened
    project.codings.apply(talk, span_of(project, talk, "She phoned me"), project.codes.add("Trust"))
    target = tmp_path / "copy.ikt"
    project.safety.save_copy(target)
    foreign = sqlite3.connect(target)
    for (name,) in foreign.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'coding'"
    ).fetchall():
        foreign.execute(f'DROP TRIGGER "{name}"')
    foreign.execute('UPDATE coding SET "end" = 99999999')
    foreign.commit()
    foreign.close()
    copy = Project.open(target)
    findings = copy.safety.check().findings
    assert any(finding.where == "coding" and "outside" in finding.what for finding in findings)
    copy.close()


def test_compacting_keeps_the_work_and_the_history(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    memo = project.memos.add("long words " * 20_000)
    project.memos.delete(memo)
    project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    rows = [r for table in dump(project.path).values() for r in table]
    acts = [(r.seq, r.kind, r.coder_name) for r in project.history.all()]
    size = project.path.stat().st_size
    won = project.safety.compact()
    assert won == size - project.path.stat().st_size > 100_000
    assert [r for table in dump(project.path).values() for r in table] == rows
    assert [(r.seq, r.kind, r.coder_name) for r in project.history.all()][1:] == acts
    assert project.safety.check().sound
    assert len(project.safety.backups()) == 1
    old = Project.open(project.safety.backups()[0], read_only=True)
    assert old.history.next_undo() is not None
    old.close()


def test_a_project_open_for_reading_is_not_compacted(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    project.close()
    project = Project.open(tmp_path / "study.ikt", read_only=True)
    size = project.path.stat().st_size
    with pytest.raises(ProjectFileError):
        project.safety.compact()
    assert project.path.stat().st_size == size
    project.close()
