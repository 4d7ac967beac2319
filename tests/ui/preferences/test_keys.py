"""The list of keys: read from the window's own actions, found by words, mapped from elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from ikt_coder.settings import KEY_MAP
from ikt_coder.ui.preferences.former_tools import habits, tools
from ikt_coder.ui.preferences.key_rows import all_keys, former_tool
from ikt_coder.ui.preferences.keys import KeyListDialog
from ikt_coder.ui.transcript.acts import declared
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.history.study_desk import Desk


def shown(dialog: KeyListDialog) -> dict[str, str]:
    """What is listed: act and key."""
    found = {}
    for group in range(dialog.model.rowCount()):
        parent = dialog.model.index(group, 0)
        for row in range(dialog.model.rowCount(parent)):
            index = dialog.model.index(row, 0, parent)
            found[index.data()] = index.data(ItemRole.BADGE) or ""
    return found


@pytest.fixture
def window(desk: Desk) -> QMainWindow:
    window = QMainWindow()
    desk.bot.addWidget(window)
    menu = window.menuBar().addMenu("&Project")
    menu.addAction("&History…").setShortcut("Ctrl+Shift+H")
    menu.addAction("No key")
    below = menu.addMenu("&More")
    below.addAction("Save && copy").setShortcuts(["Ctrl+S", "F12"])  # type: ignore[list-item]  # texts are taken
    act = QAction("Memo", window)
    act.setObjectName("memo")
    act.setShortcut("M")
    menu.addAction(act)
    return window


@pytest.fixture
def keys(desk: Desk, window: QMainWindow) -> KeyListDialog:
    dialog = KeyListDialog(desk.context, window)
    desk.show(dialog)
    return dialog


def test_every_act_of_the_transcript_is_listed(keys: KeyListDialog) -> None:
    listed = shown(keys)
    for act in declared():
        if act.group != "digits":
            assert act.text in listed, act.name
    assert listed["Code with…"].startswith("Enter")
    assert listed["Pinned and recent codes"] == "1 – 9"


def test_menus_are_read_from_the_window(keys: KeyListDialog, window: QMainWindow) -> None:
    listed = shown(keys)
    assert listed["History"] == "Ctrl+Shift+H"
    assert listed["Save & copy"] == "Ctrl+S / F12"
    assert "No key" not in listed
    groups = dict(all_keys(window))
    assert [row.does for row in groups["Menu Project"]] == ["History", "Save & copy"]


def test_commands_are_named_by_themselves_and_rare_keys_left_out(
    desk: Desk, window: QMainWindow
) -> None:
    edit = window.menuBar().addMenu("&Edit")
    undo = edit.addAction("&Undo apply “Trust”")
    undo.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Undo))
    larger = edit.addAction("Larger")
    larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence(Qt.Key.Key_ZoomIn)])
    edit.addAction("Show").setShortcut("Ctrl+Return")
    rows = {row.does: row.key for row in dict(all_keys(window))["Menu Edit"]}
    assert set(rows) == {"Undo", "Larger", "Show"}
    assert rows["Larger"] == "Ctrl++"
    assert rows["Show"] == "Ctrl+Enter"


def test_it_is_found_by_word_or_key(desk: Desk, keys: KeyListDialog) -> None:
    desk.bot.keyClicks(keys.filter, "shift+h")
    assert shown(keys) == {"History": "Ctrl+Shift+H"}
    keys.filter.clear()
    desk.bot.keyClicks(keys.filter, "typing errors")
    assert list(shown(keys)) == ["Mend the text"]
    desk.bot.keyClicks(keys.filter, " nothing like it")
    assert keys._empty.isVisible()
    desk.bot.keyClick(keys.filter, Qt.Key.Key_Escape)
    assert keys.tree.isVisible()
    desk.bot.keyClick(keys.filter, Qt.Key.Key_Down)
    assert keys.tree.hasFocus()
    assert keys.tree.currentIndex().parent().isValid()


@pytest.mark.parametrize("tool", [key for key, _ in tools()])
def test_a_former_tool_has_a_map(desk: Desk, keys: KeyListDialog, tool: str) -> None:
    at = next(i for i in range(keys.tabs.count()) if keys.tabs.tabData(i) == tool)
    keys.tabs.setCurrentIndex(at)
    listed = shown(keys)
    assert len(listed) == len(habits(tool)) >= 10
    assert all("→" in does for does in listed)
    # Keys that the map names are keys of the transcript.
    ours = {key for act in declared() for key in act.keys} | {"Enter", "F2", "Ctrl+K"}
    for _, rows in former_tool(tool):
        for row in rows:
            parts = set(row.key.split(" / ")) - {"", "1 – 9"}
            assert parts <= ours, row


def test_the_tool_of_the_settings_comes_first(desk: Desk, window: QMainWindow) -> None:
    desk.context.settings.set(KEY_MAP, "maxqda")
    dialog = KeyListDialog(desk.context, window)
    desk.bot.addWidget(dialog)
    assert dialog.tabs.tabData(dialog.tabs.currentIndex()) == "maxqda"


def test_the_program_one_comes_from_changes_no_key(desk: Desk, window: QMainWindow) -> None:
    before = all_keys(window)
    for option in KEY_MAP.options:
        desk.context.settings.set(KEY_MAP, option.value)
        assert all_keys(window) == before
    assert "keys stay the same" in KEY_MAP.explanation


def test_without_a_window_the_keys_of_the_transcript_are_there(desk: Desk) -> None:
    dialog = KeyListDialog(desk.context)
    desk.bot.addWidget(dialog)
    assert "In-vivo code" in shown(dialog)
