"""The filter field, the growing field and the form field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit


@pytest.fixture
def field(qtbot: QtBot, appearance: Appearance) -> FilterField:
    made = FilterField(appearance, "Find or create a code", "Ctrl+K")
    qtbot.addWidget(made)
    made.resize(260, 32)
    made.show()
    return made


def test_escape_clears_and_then_leaves(qtbot: QtBot, field: FilterField) -> None:
    qtbot.keyClicks(field, "reso")
    with qtbot.assertNotEmitted(field.leave_asked):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.leave_asked):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_the_clear_button_shows_with_the_first_letter(qtbot: QtBot, field: FilterField) -> None:
    assert not field.clear_button().isVisible()
    qtbot.keyClicks(field, "r")
    assert field.clear_button().isVisible()
    assert min(field.clear_button().width(), field.clear_button().height()) >= 24
    qtbot.mouseClick(field.clear_button(), Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert not field.clear_button().isVisible()


def test_down_goes_into_the_list(qtbot: QtBot, field: FilterField) -> None:
    with qtbot.waitSignal(field.enter_list_asked):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_a_growing_field_grows_and_stops(qtbot: QtBot, appearance: Appearance) -> None:
    edit = GrowingTextEdit(appearance, least=2, most=4)
    qtbot.addWidget(edit)
    edit.resize(300, 60)
    edit.show()
    heights = []
    for _ in range(6):
        qtbot.keyClicks(edit, "line")
        heights.append(edit.height())
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_text_is_committed_once_when_the_focus_leaves(qtbot: QtBot, appearance: Appearance) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    edit, other = GrowingTextEdit(appearance), QLineEdit()
    column.addWidget(edit)
    column.addWidget(other)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    edit.set_text("kept")
    edit.setFocus()
    heard: list[str] = []
    edit.committed.connect(heard.append)
    qtbot.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, " words")
    assert heard == []
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert other.hasFocus()
    assert heard == ["kept words"]
    edit.setFocus()
    other.setFocus()
    assert heard == ["kept words"]


def test_ctrl_enter_commits(qtbot: QtBot, appearance: Appearance) -> None:
    edit = GrowingTextEdit(appearance)
    qtbot.addWidget(edit)
    edit.show()
    qtbot.keyClicks(edit, "x")
    with qtbot.waitSignal(edit.committed) as signal:
        qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert signal.args == ["x"]


def test_a_problem_takes_the_place_of_the_hint(qtbot: QtBot, appearance: Appearance) -> None:
    field = FormField.line(appearance, "&Name", "As short as it can be.")
    qtbot.addWidget(field)
    field.show()
    assert field.editor.accessibleName() == "Name"
    assert field.editor.accessibleDescription() == "As short as it can be."
    field.set_problem("A code of this name exists.")
    assert field.note() == "A code of this name exists."
    assert field.editor.accessibleDescription() == "A code of this name exists."
    field.set_problem("")
    assert field.note() == "As short as it can be."
