"""Settling in the program's own window: undo from the status line and by key, and the way there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.services.settling_rows import ItemState
from ikt_coder.ui.comparison.settle.page import SettlePage
from ikt_coder.ui.main_window import MainWindow
from tests.ui.comparison.settling import Coded
from tests.ui.window.conftest import open_window as open_window
from tests.ui.window.conftest import session as session
from tests.ui.window.conftest import settings as settings

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


@pytest.fixture
def window(open_window: Callable[[Path], MainWindow], tmp_path: Path) -> MainWindow:
    study = Coded(tmp_path / "study.ikt")
    study.differ()
    study.finish()
    study.project.close()
    return open_window(tmp_path / "study.ikt")


def settle_page(window: MainWindow, qtbot: QtBot) -> SettlePage:
    window.going.go_to_place("compare")
    window.compare.show_page("settle")
    page = window.compare.settle
    qtbot.waitUntil(lambda: page.up_to_date)
    page.focus_place()
    return page


def states(page: SettlePage) -> list[ItemState]:
    return [item.state for item in page.queue.model.rows]


def test_undo_by_key_and_from_the_status_line(window: MainWindow, qtbot: QtBot) -> None:
    page = settle_page(window, qtbot)
    press(Key.Key_1)
    assert states(page)[0] is ItemState.SETTLED
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: page.up_to_date and states(page)[0] is ItemState.OPEN)
    assert QApplication.focusWidget() is page.queue.list
    press(Key.Key_1)
    assert states(page)[1] is ItemState.SETTLED, "the place stayed on the second item"
    link = window.status.undo_button()
    assert link.isVisible()
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.up_to_date and states(page)[1] is ItemState.OPEN)


def test_undo_in_the_reason_takes_back_the_typing(window: MainWindow, qtbot: QtBot) -> None:
    page = settle_page(window, qtbot)
    press(Key.Key_1)
    press(Key.Key_Return)
    text = page.panel.reason.text
    QTest.keyClicks(text, "because")
    press(Key.Key_Z, CTRL)
    assert text.text() == ""
    assert states(page)[0] is ItemState.SETTLED


def test_side_by_side_hands_over_to_settle(window: MainWindow, qtbot: QtBot) -> None:
    page = settle_page(window, qtbot)
    window.compare.show_page("beside")
    beside = window.compare.beside
    qtbot.waitUntil(lambda: beside.up_to_date)
    beside.focus_place()
    press(Key.Key_J)
    press(Key.Key_J)
    press(Key.Key_Return)
    assert window.compare.stack.currentWidget() is page
    qtbot.waitUntil(lambda: page.up_to_date)
    assert page.queue.current_id() == beside.current
    assert QApplication.focusWidget() is page.queue.list


def test_an_item_opens_in_its_transcript(window: MainWindow, qtbot: QtBot) -> None:
    page = settle_page(window, qtbot)
    item = page.queue.current()
    assert item is not None
    press(Key.Key_O)
    qtbot.waitUntil(lambda: window.transcript.document == item.document)
    selected = window.transcript.selection()
    assert selected == item.span
