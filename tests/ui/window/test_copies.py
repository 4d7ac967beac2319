"""Making a copy for a coder from the window, and the window of such a copy."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.exchange.copy_dialog import CopyDialog
from ikt_coder.ui.main_window import MainWindow
from tests.ui.window.conftest import Open


def test_the_menu_makes_a_copy_and_the_history_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.actions_["copy_for_coder"] in window.menus.project.actions()
    with qtbot.waitSignal(window.context.tasks.busy_changed):
        window.actions_["copy_for_coder"].trigger()
    dialog = window.dialogs.shown(CopyDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.write_button.isEnabled)
    dialog.line.setText(str(tmp_path / "for Ben.ikt"))
    with qtbot.waitSignal(dialog.written, timeout=20_000):
        dialog.write()
    dialog.close()
    assert "Wrote a copy for Ben Roy" in window.status.plain_words()
    assert [row.file_name for row in window.context.project.copies.made()] == ["for Ben.ikt"]


def test_the_window_of_a_copy_says_whose_it_is(
    project_file: Path, open_window: Open, settings: Settings, tmp_path: Path
) -> None:
    project = Project.open(project_file)
    ana, ben = (row.id for row in project.coders.all())
    project.copies.make(ben, tmp_path / "ben.ikt")
    settings.remember_coder(project.id, ana)
    project.close()
    window = open_window(tmp_path / "ben.ikt")
    assert window.windowTitle() == "Partners in panels, a copy for Ben Roy — IKT Coder"
    assert window.status.state("copy") == "A copy for Ben Roy"
    assert window.context.project.coder == ben
    assert "Send it back when you have finished" in window.notice.message()
    another = window.context.project.coders.add("Cleo Marsh")
    assert window.notice.isVisible()
    window.context.say("Done something")
    assert not window.notice.isVisible()
    window.coder.switch(another)
    assert "copy for Ben Roy" in window.status.plain_words()
    assert window.context.project.coder == ben
