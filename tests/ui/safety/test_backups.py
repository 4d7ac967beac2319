"""Backups on screen: listed, made, brought back beside the project, also without opening it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ikt_coder.services.project import Project
from ikt_coder.ui.safety.backups import BackupsDialog
from ikt_coder.ui.widgets.roles import ItemRole
from tests.services.test_safety import Clock, clock
from tests.studies import dump
from tests.ui.history.study_desk import Desk

__all__ = ["clock"]


@pytest.fixture
def backups(desk: Desk) -> BackupsDialog:
    dialog = BackupsDialog(desk.context)
    desk.show(dialog)
    return dialog


def test_the_first_backup_is_made_by_a_click(desk: Desk, backups: BackupsDialog) -> None:
    assert backups._empty.isVisible()
    assert not backups.restore.isEnabled()
    desk.bot.mouseClick(backups.now, Qt.MouseButton.LeftButton)
    desk.bot.waitUntil(lambda: backups.model.rowCount() == 1)
    desk.settle()
    assert backups.message.message() == "A backup was made."
    assert backups.restore.isEnabled()
    index = backups.model.index(0, 0)
    assert index.data().startswith("Today, ")
    assert index.data(ItemRole.COUNT)
    assert index.data(ItemRole.SUBTITLE).startswith("study ")


def test_the_newest_is_first(desk: Desk, clock: type[Clock]) -> None:
    desk.project.safety.backup()
    clock.moment = clock.moment.replace(day=12, hour=8)
    desk.project.safety.backup()
    dialog = BackupsDialog(desk.context)
    desk.bot.addWidget(dialog)
    made = [dialog.model.row(dialog.model.index(at, 0)) for at in range(2)]
    assert [row.made.day for row in made if row is not None] == [12, 10]


def test_one_is_brought_back_beside_the_project(
    desk: Desk, backups: BackupsDialog, tmp_path: Path
) -> None:
    then = dump(desk.project.path)
    backup = desk.project.safety.backup()
    desk.project.codes.add("Trust")
    now = dump(desk.project.path)
    backups.refresh()
    backups.write_copy(backup, tmp_path / "brought back")
    desk.settle()
    target = tmp_path / "brought back.ikt"
    assert dump(target) == then
    assert dump(desk.project.path) == now
    assert "Brought back as “brought back.ikt”" in backups.message.message()
    with desk.bot.waitSignal(backups.open_wanted) as asked:
        backups.message.buttons()[0].click()
    assert asked.args == [target]
    backups.write_copy(backup, target)
    desk.settle()
    assert "already" in backups.message.message()
    assert dump(target) == then


def test_those_of_a_project_that_cannot_be_opened(desk: Desk, tmp_path: Path) -> None:
    desk.project.safety.backup()
    broken = tmp_path / "broken" / "study.ikt"
    broken.parent.mkdir()
    broken.write_bytes(b"SQLite format 3\0 and then nothing")
    context = desk.context
    dialog = BackupsDialog.for_file(broken, context.settings, context.appearance, context.tasks)
    desk.show(dialog)
    assert dialog.model.rowCount() == 1
    assert not dialog.now.isVisible()
    row = dialog.model.row(dialog.model.index(0, 0))
    assert row is not None
    dialog.write_copy(row.path, tmp_path / "saved.ikt")
    desk.settle()
    saved = Project.open(tmp_path / "saved.ikt")
    assert saved.documents.all()[0].title == "Talk"
    saved.close()
    assert broken.read_bytes() == b"SQLite format 3\0 and then nothing"


def test_a_failure_is_told_in_the_dialog(
    desk: Desk, backups: BackupsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "data" / "backups").mkdir(parents=True)
    (home / "data" / "backups" / str(desk.project.id)).write_text("in the way")
    monkeypatch.setenv("IKT_CODER_HOME", str(home))
    backups.make()
    desk.settle()
    assert "No backup could be made" in backups.message.message()
    assert backups.now.isEnabled()
