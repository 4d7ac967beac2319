"""Opening and closing: what the session does with good, bad, busy and lost projects."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder import paths
from ikt_coder.core.span import Span
from ikt_coder.services.project import Project
from ikt_coder.settings import RECENT_PROJECTS, Settings
from ikt_coder.ui.new_project.dialog import NewProjectDialog
from ikt_coder.ui.window.in_use import InUseDialog
from ikt_coder.ui.window.panels import LEFT
from ikt_coder.ui.window.session import Session
from tests.ui.window.conftest import Open, document_named, end_of


def test_a_project_that_is_open_elsewhere_can_be_read(
    session: Session, project_file: Path, qtbot: QtBot
) -> None:
    other = Project.open(project_file)
    try:
        session.open(project_file)
        qtbot.waitUntil(lambda: isinstance(session.dialog, InUseDialog))
        dialog = session.dialog
        assert isinstance(dialog, InUseDialog)
        qtbot.mouseClick(dialog.read_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
        window = session.window
        assert window is not None
        assert window.context.project.read_only
        assert window.reading_only.isVisible()
        assert window.status.state("saved") == "Reading only"
        assert not window.undo.undo.isEnabled()
        assert not window.actions_["project_memo"].isEnabled()
        assert not window.transcript.acts["repeat"].isEnabled()
    finally:
        end_of(session, qtbot)
        other.close()


def test_a_project_that_is_open_elsewhere_can_be_left(
    session: Session, project_file: Path, qtbot: QtBot
) -> None:
    other = Project.open(project_file)
    try:
        session.open(project_file)
        qtbot.waitUntil(lambda: isinstance(session.dialog, InUseDialog))
        dialog = session.dialog
        assert isinstance(dialog, InUseDialog)
        qtbot.mouseClick(dialog.leave_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: session.welcome is not None)
        assert session.window is None
    finally:
        other.close()


def test_a_file_that_is_no_project_is_told_at_the_welcome_view(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    letter = tmp_path / "letter.ikt"
    letter.write_text("Dear all")
    session.open(letter)
    qtbot.waitUntil(lambda: session.welcome is not None)
    assert session.welcome is not None
    assert "not an IKT Coder project" in session.welcome.view.bar.message()
    assert letter.read_text() == "Dear all"


def test_closing_remembers_the_project_makes_a_backup_and_gives_the_file_back(
    session: Session, open_window: Open, project_file: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    identity = str(window.context.project.id)
    with qtbot.waitSignal(session.ended, timeout=20_000):
        window.close()
    assert settings.get(RECENT_PROJECTS)[0] == str(project_file)
    assert len(list((paths.backups_dir() / identity).glob("*.ikt"))) == 1
    again = Project.open(project_file)
    assert not again.warnings, "it was closed properly"
    again.close()


def test_closing_the_project_leads_back_to_the_welcome_view(
    session: Session, open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    window.actions_["close_project"].trigger()
    qtbot.waitUntil(lambda: session.welcome is not None, timeout=20_000)
    assert session.welcome is not None
    assert session.welcome.view.model.rowCount() == 1
    assert session.window is None


def test_opening_another_project_closes_the_first(
    session: Session, open_window: Open, project_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "Other.ikt"
    Project.create(other, "Other").close()
    first = open_window(project_file)
    first.open_asked.emit(other)
    qtbot.waitUntil(
        lambda: session.window is not None and session.window is not first, timeout=20_000
    )
    window = session.window
    assert window is not None
    assert window.windowTitle().startswith("Other")
    Project.open(project_file).close()


def test_opening_what_is_open_keeps_its_window(
    session: Session, open_window: Open, project_file: Path
) -> None:
    window = open_window(project_file)
    session.open(project_file)
    assert session.window is window


def test_opening_again_after_closing_for_writing(
    session: Session, open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    first = open_window(project_file)
    session.reopen(project_file)
    qtbot.waitUntil(
        lambda: session.window is not None and session.window is not first, timeout=20_000
    )


def test_a_new_project_opens_in_its_window(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.show_welcome()
    session.new_project()
    dialog = session.dialog
    assert isinstance(dialog, NewProjectDialog)
    dialog.folder.editor.setText(str(tmp_path))
    qtbot.keyClicks(dialog.name.editor, "Fresh")
    qtbot.mouseClick(dialog.skip_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    window = session.window
    assert window is not None
    assert window.windowTitle().startswith("Fresh")
    assert session.welcome is None
    assert window.middle.currentWidget() is window.nothing, "it says what to do next"
    assert window.nothing.isVisible()
    assert window.coder.pill.text() == "Who is coding?"


def test_the_next_day_begins_where_the_last_one_ended(
    session: Session, open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    project = window.context.project
    first = document_named(project, "P01 Patient partner")
    second = document_named(project, "P02 Clinician")
    window.going.open_document(first)
    window.transcript.reveal(first, Span(4000, 4010))
    window.going.open_document(second)
    window.going.open_document(first)
    code = next(row for row in project.codes.all() if row.name == "Trust")
    window.context.passages_wanted.emit(code.id)
    window.panels.turn(LEFT)
    top = window.transcript.view_state().top
    assert top > 1000
    window.going.go_to_place("themes")
    window.close()
    qtbot.waitUntil(lambda: session.window is None and not session.busy, timeout=20_000)

    again = open_window(project_file)
    assert again.switch.current() == "themes"
    assert again.places.current() == "themes"
    assert not again.passages.isHidden()
    again.going.go_to_place("code")
    assert again.transcript.document == first
    assert not again.documents.isVisible()
    assert again.transcript.selection() == Span(4000, 4010)
    # Where it was, give or take a line.
    qtbot.waitUntil(lambda: abs(again.transcript.view_state().top - top) < 100)


def test_who_coded_last_here_sits_down_again(
    session: Session, open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    ben = window.context.project.coders.find("Ben Roy").id
    window.coder.switch(ben)
    window.close()
    qtbot.waitUntil(lambda: session.window is None and not session.busy, timeout=20_000)
    other = Project.open(project_file)
    other.coder = other.coders.find("Ana Silva").id
    other.codes.add("Something of Ana's")
    other.close()
    again = open_window(project_file)
    assert again.context.project.coder == ben
    assert again.coder.pill.accessibleName() == "Coding as Ben Roy"


def test_the_sample_project_opens(session: Session, qtbot: QtBot) -> None:
    session.start(None, sample=True)
    qtbot.waitUntil(lambda: session.window is not None, timeout=60_000)
    window = session.window
    assert window is not None
    assert window.transcript.document is not None
    assert len(window.context.project.documents.all()) == 6


def test_a_program_told_to_quit_gives_the_file_back(
    session: Session, open_window: Open, project_file: Path
) -> None:
    open_window(project_file)
    session.finish()
    assert session.window is None
    again = Project.open(project_file)
    assert not again.warnings
    again.close()


@pytest.mark.parametrize("there", [True, False], ids=["good", "missing"])
def test_leaving_while_another_project_is_being_opened(
    there: bool,
    session: Session,
    open_window: Open,
    project_file: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    other = tmp_path / "Other.ikt"
    if there:
        Project.create(other, "Other").close()
    open_window(project_file)
    session.open(other)
    with qtbot.waitSignal(session.ended, timeout=20_000):
        session.close_all()
    assert session.window is None
    assert session.welcome is None
    if there:
        Project.open(other).close()


def test_the_place_is_kept_without_closing(
    open_window: Open, project_file: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    project = window.context.project
    second = document_named(project, "P02 Clinician")
    window.going.open_document(second)
    qtbot.waitUntil(
        lambda: settings.local_state(project.id).get("window", {}).get("document") == str(second)
    )


def test_the_keyboard_is_in_the_place_that_was_left(
    session: Session, open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    qtbot.mouseClick(window.switch.button("themes"), Qt.MouseButton.LeftButton)
    session.reopen(project_file)
    qtbot.waitUntil(lambda: session.window not in (None, window), timeout=20_000)
    again = session.window
    assert again is not None
    board = again.themes.board
    qtbot.waitUntil(lambda: board.canvas.isAncestorOf(again.focusWidget() or again))
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    qtbot.mouseClick(again.switch.button("code"), Qt.MouseButton.LeftButton)
    assert again.transcript.isAncestorOf(QApplication.focusWidget() or again)
