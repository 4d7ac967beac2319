"""The coders on screen: added, changed in place, and who sits down."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ikt_coder.core.words import Role
from ikt_coder.services.project import Project
from ikt_coder.ui.coders.dialog import CodersDialog
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.history.study_desk import Desk


@pytest.fixture
def coders(desk: Desk) -> CodersDialog:
    dialog = CodersDialog(desk.context)
    desk.show(dialog)
    return dialog


def choose(coders: CodersDialog, name: str) -> None:
    names = [coders.model.index(at, 0).data() for at in range(coders.model.rowCount())]
    coders.list.setCurrentIndex(coders.model.index(names.index(name), 0))


def test_the_present_coder_is_shown_first(desk: Desk, coders: CodersDialog) -> None:
    assert coders.name.editor.text() == "Amara Okafor"
    first = coders.model.index(0, 0)
    assert first.data(ItemRole.STRONG) is True
    assert first.data(ItemRole.BADGE) == "AO"
    assert first.data(ItemRole.SUBTITLE) == "Coding now · Researcher · no codings yet"
    assert not coders.switch_button.isEnabled()


def test_a_coder_is_added_by_keys(desk: Desk, coders: CodersDialog) -> None:
    coders.new_name.setFocus()
    desk.bot.keyClicks(coders.new_name, "Chi Duong")
    desk.bot.keyClick(coders.new_name, Qt.Key.Key_Return)
    assert [row.name for row in desk.project.coders.all()][-1] == "Chi Duong"
    assert coders.name.editor.text() == "Chi Duong"
    assert coders.initials.editor.text() == "CD"
    assert desk.said == ["Added the coder <b>Chi Duong</b>"]
    assert desk.project.coder == desk.first
    desk.bot.keyClicks(coders.new_name, "chi duong")
    desk.bot.keyClick(coders.new_name, Qt.Key.Key_Return)
    assert "already" in desk.failures[0].what
    assert coders.new_name.text() == "chi duong"


def test_a_field_is_kept_when_it_is_left(desk: Desk, coders: CodersDialog) -> None:
    editor = coders.name.editor
    editor.setFocus()
    editor.selectAll()
    desk.bot.keyClicks(editor, "Amara O. Okafor")
    assert desk.project.coders.get(desk.first).name == "Amara Okafor"
    desk.bot.keyClick(editor, Qt.Key.Key_Tab)
    assert desk.project.coders.get(desk.first).name == "Amara O. Okafor"
    desk.project.history.undo()
    desk.bot.waitUntil(lambda: editor.text() == "Amara Okafor")


def test_a_name_that_is_taken_says_so_at_its_field(desk: Desk, coders: CodersDialog) -> None:
    editor = coders.name.editor
    editor.setFocus()
    editor.selectAll()
    desk.bot.keyClicks(editor, "Beni Kask")
    desk.bot.keyClick(editor, Qt.Key.Key_Return)
    assert "already" in coders.name.note()
    assert desk.project.coders.get(desk.first).name == "Amara Okafor"


def test_role_and_positionality_are_kept(desk: Desk, coders: CodersDialog) -> None:
    box = coders.role.editor
    at = box.findText("Knowledge user")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    assert desk.project.coders.get(desk.first).role is Role.KNOWLEDGE_USER
    note = coders.position.editor
    note.setFocus()
    desk.bot.keyClicks(note, "A nurse.")
    choose(coders, "Beni Kask")
    assert desk.project.coders.get(desk.first).positionality == "A nurse."
    assert desk.project.coders.get(desk.second).positionality == ""
    assert note.text() == ""
    choose(coders, "Amara Okafor")
    assert note.text() == "A nurse."
    assert coders.role.editor.currentText() == "Knowledge user"


def test_another_coder_sits_down_and_is_remembered(desk: Desk, coders: CodersDialog) -> None:
    choose(coders, "Beni Kask")
    desk.bot.mouseClick(coders.switch_button, Qt.MouseButton.LeftButton)
    assert desk.project.coder == desk.second
    assert desk.context.settings.last_coder(desk.project.id) == str(desk.second)
    assert desk.said == ["Coding as <b>Beni Kask</b>"]
    assert coders.name.editor.text() == "Beni Kask"
    assert not coders.switch_button.isEnabled()
    assert coders.model.index(1, 0).data(ItemRole.STRONG) is True


def test_the_first_coder_of_a_project(desk: Desk, tmp_path: Path) -> None:
    project = Project.create(tmp_path / "new.ikt")
    old = desk.context
    context = Context(project, old.settings, old.appearance, old.tasks)
    dialog = CodersDialog(context)
    desk.show(dialog)
    assert dialog._empty.isVisible()
    desk.bot.keyClicks(dialog.new_name, "Amara Okafor")
    desk.bot.keyClick(dialog.new_name, Qt.Key.Key_Return)
    assert dialog.list.isVisible()
    assert dialog.name.editor.text() == "Amara Okafor"
    assert dialog.switch_button.isEnabled()
    dialog.switch()
    present = project.coders.present()
    assert present is not None
    assert present.name == "Amara Okafor"
    context.signals.end()
    project.close()


def test_nothing_can_be_changed_in_a_project_open_for_reading(desk: Desk) -> None:
    desk.project.file.read_only = True
    dialog = CodersDialog(desk.context)
    desk.show(dialog)
    for field in (dialog.name, dialog.initials, dialog.role, dialog.position):
        assert not field.editor.isEnabled()
    assert not dialog.new_name.isEnabled()
