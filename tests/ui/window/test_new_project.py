"""A new project: three steps, each of which can be skipped after the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.words import Approach, Role, WordPair
from ikt_coder.services.project import Project
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.new_project.answers import (
    BehaviourAnswers,
    CardAnswers,
    answers_of,
    keep_card,
    make_project,
)
from ikt_coder.ui.new_project.dialog import NewProjectDialog, file_name


@pytest.fixture
def dialog(appearance: Appearance, tmp_path: Path, qtbot: QtBot) -> NewProjectDialog:
    dialog = NewProjectDialog(appearance, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def made(dialog: NewProjectDialog) -> Project:
    assert dialog.answers is not None
    return make_project(dialog.answers)


@pytest.fixture
def closing() -> Iterator[list[Project]]:
    projects: list[Project] = []
    yield projects
    for project in projects:
        project.close()


def test_what_is_wrong_with_the_folder_moves_no_button(
    dialog: NewProjectDialog, qtbot: QtBot
) -> None:
    (choose,) = (b for b in dialog.findChildren(QPushButton) if b.text() == "Choose…")
    qtbot.keyClicks(dialog.name.editor, "Partners in panels")

    def top(widget: QWidget) -> int:
        return widget.mapTo(dialog, QPoint()).y()

    below, apart = top(dialog.place), top(choose) - top(dialog.folder.editor)
    dialog.folder.editor.setText("/nowhere/at/all")
    dialog.keep()
    assert dialog.folder.note()
    qtbot.waitUntil(lambda: top(dialog.place) > below)
    assert top(choose) - top(dialog.folder.editor) == apart


def test_the_whole_way_by_keyboard(
    dialog: NewProjectDialog, qtbot: QtBot, tmp_path: Path, closing: list[Project]
) -> None:
    qtbot.keyClicks(dialog.name.editor, "Partners in panels")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.coder.name.editor
    qtbot.keyClicks(dialog.coder.name.editor, "Amara Okafor")
    assert dialog.coder.initials.editor.text() == "AO"
    dialog.coder.role.editor.setCurrentIndex(dialog.coder.role.editor.findData(Role.TRAINEE))
    qtbot.keyClick(dialog.coder.name.editor, Qt.Key.Key_Return)
    chosen = dialog.card.approach.button(Approach.UNDECIDED)
    assert dialog.focusWidget() is chosen
    qtbot.keyClick(chosen, Qt.Key.Key_Up)
    qtbot.keyClicks(dialog.card.question.editor, "What helps partners?")
    form = dialog.card.behaviours()[0]
    qtbot.keyClicks(form.action.editor, "taking part")
    qtbot.keyClicks(form.actor.editor, "patient partners")
    qtbot.keyClicks(dialog.card.focal_actor.editor, "patient partner")
    qtbot.keyClick(dialog.card.focal_actor.editor, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    project = made(dialog)
    closing.append(project)
    assert project.path == tmp_path / "Partners in panels.ikt"
    card = project.card.get()
    assert card.name == "Partners in panels"
    assert card.approach is Approach.RELIABILITY
    assert card.research_question == "What helps partners?"
    assert [b.label for b in card.behaviours] == ["patient partners, taking part"]
    coder = project.coders.present()
    assert coder is not None
    assert (coder.name, coder.initials, coder.role) == ("Amara Okafor", "AO", Role.TRAINEE)
    assert project.history.next_undo() is None, "what a project begins with is not taken back"


def test_all_but_the_name_can_be_skipped(
    dialog: NewProjectDialog, qtbot: QtBot, closing: list[Project]
) -> None:
    assert not dialog.skip_button.isEnabled()
    qtbot.keyClicks(dialog.name.editor, "Pilot")
    qtbot.mouseClick(dialog.skip_button, Qt.MouseButton.LeftButton)
    project = made(dialog)
    closing.append(project)
    assert project.card.get().approach is Approach.UNDECIDED
    assert project.coders.all() == ()


def test_a_name_that_is_taken_is_told_at_its_field(
    dialog: NewProjectDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "Pilot.ikt").touch()
    qtbot.keyClicks(dialog.name.editor, "Pilot")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.steps.currentIndex() == 0
    assert "Pilot.ikt" in dialog.name.note()


def test_a_folder_that_is_not_there_is_told_at_its_field(
    dialog: NewProjectDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.keyClicks(dialog.name.editor, "Pilot")
    dialog.folder.editor.setText(str(tmp_path / "nowhere"))
    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert dialog.steps.currentIndex() == 0
    assert dialog.folder.note()


def test_a_behaviour_without_its_action_is_told_at_its_field(
    dialog: NewProjectDialog, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.name.editor, "Pilot")
    dialog.go_to(2)
    qtbot.keyClicks(dialog.card.behaviours()[0].actor.editor, "partners")
    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    action = dialog.card.behaviours()[0].action
    assert "action" in action.note()
    assert dialog.focusWidget() is action.editor
    assert not action.editor.visibleRegion().isEmpty(), "it was scrolled to where it can be seen"


def test_back_keeps_what_was_typed(dialog: NewProjectDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.name.editor, "Pilot")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.coder.name.editor, "Ana")
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert dialog.coder.name.editor.text() == "Ana"


def test_initials_that_were_typed_stay(dialog: NewProjectDialog, qtbot: QtBot) -> None:
    dialog.go_to(1)
    qtbot.keyClicks(dialog.coder.name.editor, "Ana")
    dialog.coder.initials.editor.clear()
    qtbot.keyClicks(dialog.coder.initials.editor, "ZZ")
    qtbot.keyClicks(dialog.coder.name.editor, " Silva")
    assert dialog.coder.initials.editor.text() == "ZZ"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Pilot", "Pilot.ikt"),
        ("  What/why?  ", "What why.ikt"),
        ("Étude 2 : partenaires", "Étude 2 partenaires.ikt"),
        ("..", ""),
        ("   ", ""),
        ("a" * 300, "a" * 100 + ".ikt"),
    ],
)
def test_file_names(name: str, file: str) -> None:
    assert file_name(name) == file


def test_keeping_the_card_is_one_act_and_touches_only_what_changed(
    tmp_path: Path, closing: list[Project]
) -> None:
    project = Project.create(tmp_path / "p.ikt", "P")
    closing.append(project)
    project.coder = project.coders.add("Ana")
    first = project.card.add_behaviour("walking", "patients")
    project.card.add_behaviour("resting")
    before = project.card.get()
    keep_card(project, answers_of(before))
    assert project.card.get() == before
    newest = project.history.all(limit=1)[0].seq
    keep_card(
        project,
        CardAnswers(
            Approach.REFLEXIVE,
            "Why?",
            "nurse",
            WordPair.HINDERS_HELPS,
            (
                BehaviourAnswers(first, "walking", "nurses"),
                BehaviourAnswers(None, "sleeping"),
                BehaviourAnswers(),
            ),
        ),
    )
    card = project.card.get()
    assert [b.label for b in card.behaviours] == ["nurses, walking", "sleeping"]
    assert card.words is WordPair.HINDERS_HELPS
    assert project.history.all(limit=1)[0].seq == newest + 1
    project.history.undo()
    assert project.card.get() == before
