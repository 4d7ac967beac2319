"""Enter on a button of a window, and the folders in which its file dialogs begin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder import paths
from ikt_coder.services.project import Project
from ikt_coder.settings import READ_FROM, RECENT_PROJECTS, Settings
from ikt_coder.ui.file_places import documents_folder
from ikt_coder.ui.new_project.dialog import NewProjectDialog
from ikt_coder.ui.window.session import Session
from tests.ui.window.conftest import Open


class Asked:
    """Stands for the file dialogs: where each began, and what is chosen next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.began: list[str] = []
        self.chosen: list[str] = []
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", self._names)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", self._name)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._name)

    def _names(self, _parent: object, _title: str, folder: str, *_: Any) -> tuple[list[str], str]:
        self.began.append(folder)
        return self.chosen, ""

    def _name(self, _parent: object, _title: str, folder: str, *_: Any) -> tuple[str, str]:
        self.began.append(folder)
        return "", ""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


def focused_button(window: QWidget, words: str) -> QPushButton:
    found = [b for b in window.findChildren(QPushButton) if b.isVisible() and words in b.text()]
    found[0].setFocus()
    return found[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_with_the_focus(
    open_window: Open, tmp_path: Path, asked: Asked, qtbot: QtBot, key: Qt.Key
) -> None:
    empty = tmp_path / "Empty.ikt"
    Project.create(empty, "Empty").close()
    window = open_window(empty)
    button = focused_button(window, "Import interviews")
    qtbot.keyClick(button, key)
    assert len(asked.began) == 1


def test_enter_with_another_key_or_on_a_button_that_is_off_presses_nothing(
    open_window: Open, tmp_path: Path, asked: Asked, qtbot: QtBot
) -> None:
    empty = tmp_path / "Empty.ikt"
    Project.create(empty, "Empty").close()
    window = open_window(empty)
    button = focused_button(window, "Import interviews")
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    button.setEnabled(False)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert asked.began == []


def test_enter_in_the_welcome_view_begins_a_project(session: Session, qtbot: QtBot) -> None:
    welcome = session.show_welcome()
    qtbot.keyClick(focused_button(welcome, "New project"), Qt.Key.Key_Return)
    assert isinstance(session.dialog, NewProjectDialog)


def test_files_are_looked_for_where_the_last_one_was(
    open_window: Open, project_file: Path, asked: Asked, settings: Settings, tmp_path: Path
) -> None:
    window = open_window(project_file)
    window.documents._ask_for_files()
    interviews = tmp_path / "interviews"
    interviews.mkdir()
    asked.chosen = [str(interviews / "P07.docx")]
    window.documents._ask_for_files()
    window.dialogs.ask_for_codebook()
    interviews.rmdir()
    window.documents._ask_for_files()
    documents = str(documents_folder())
    assert asked.began == [documents, documents, str(interviews), documents]
    assert settings.get(READ_FROM) == (str(interviews),)


def test_nothing_of_a_person_is_laid_among_the_data_of_the_program(
    session: Session, settings: Settings, asked: Asked, tmp_path: Path, qtbot: QtBot
) -> None:
    sample = paths.user_data_dir() / "sample" / "Sample.ikt"
    sample.parent.mkdir(parents=True)
    settings.set(RECENT_PROJECTS, (str(sample),))
    session.new_project()
    dialog = session.dialog
    assert isinstance(dialog, NewProjectDialog)
    assert dialog.folder.editor.text() == str(documents_folder())
    session._ask_for_project()
    own = tmp_path / "Study.ikt"
    settings.set(RECENT_PROJECTS, (str(own), str(sample)))
    session._ask_for_project()
    assert asked.began == [str(documents_folder()), str(tmp_path)]


def test_a_copy_of_a_project_is_proposed_beside_it_and_of_the_sample_in_the_documents(
    open_window: Open, project_file: Path, asked: Asked
) -> None:
    window = open_window(project_file)
    window.dialogs.save_copy()
    assert asked.began == [str(project_file.with_name("Panels copy.ikt"))]


def test_enter_on_a_document_leads_into_its_words_and_a_click_stays_in_the_list(
    open_window: Open, project_file: Path, qtbot: QtBot
) -> None:
    window = open_window(project_file)
    tree, pane = window.documents.tree, window.transcript.pane
    second = tree.model().index(1, 0)
    tree.setFocus()
    qtbot.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(second).center()
    )
    opened = window.transcript.document
    assert opened is not None
    assert tree.hasFocus()
    before = window.context.project.documents.get(opened).status
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert window.transcript.document == opened
    assert pane.hasFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Space)
    assert window.context.project.documents.get(opened).status is before
