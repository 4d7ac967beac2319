"""F1 opens the guide at the chapter on where the person is."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import ikt_coder.ui
from ikt_coder.services.sample import sample_path
from ikt_coder.ui.guide.chapters import KEYS, OF_WIDGET, read_chapters
from ikt_coder.ui.guide.window import GuideWindow
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.preferences.keys import KeyListDialog
from ikt_coder.ui.window.session import Session
from tests.samples import sample_project


def press_f1(window: MainWindow, widget: QWidget, qtbot: QtBot) -> GuideWindow:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_F1)
    guide = window.dialogs.shown(GuideWindow)
    assert guide is not None
    return guide


def test_f1_in_the_text_tells_of_coding(window: MainWindow, qtbot: QtBot) -> None:
    guide = press_f1(window, window.transcript.pane, qtbot)
    assert guide.current() == "03-read-and-code"
    assert guide.parentWidget() is None, "it may lie behind the work"


def test_f1_in_the_side_panels(window: MainWindow, qtbot: QtBot) -> None:
    guide = press_f1(window, window.codes.field, qtbot)
    assert guide.current() == "04-codebook-and-frameworks"
    again = press_f1(window, window.documents.tree, qtbot)
    assert again is guide
    assert guide.current() == "02-bring-in-interviews"


@pytest.mark.parametrize(
    ("place", "chapter"),
    [
        ("retrieve", "05-retrieve"),
        ("themes", "07-themes"),
        ("reports", "08-what-a-supervisor-reads"),
        ("compare", "12-two-coders"),
    ],
)
def test_f1_in_each_place(window: MainWindow, place: str, chapter: str) -> None:
    window.going.go_to_place(place)
    window.places.focus_place(place)
    window.actions_["guide"].trigger()
    guide = window.dialogs.shown(GuideWindow)
    assert guide is not None
    assert guide.current() == chapter


def test_f1_in_the_search(window: MainWindow, qtbot: QtBot) -> None:
    window.going.search()
    field = window.retrieval.search.panel.field
    assert press_f1(window, field, qtbot).current() == "06-search-and-words"


def test_f1_clears_a_search_so_that_the_chapter_is_listed(window: MainWindow, qtbot: QtBot) -> None:
    guide = press_f1(window, window.transcript.pane, qtbot)
    guide.field.setText("vancouver")
    press_f1(window, window.codes.field, qtbot)
    assert guide.field.text() == ""
    assert guide.current() == "04-codebook-and-frameworks"


def test_f1_acts_in_dialogs_too(window: MainWindow, qtbot: QtBot) -> None:
    history = window.dialogs.history()
    qtbot.waitUntil(history.isActiveWindow)
    history.filter.setFocus()
    qtbot.keyClick(history.filter, Qt.Key.Key_F1)
    guide = window.dialogs.shown(GuideWindow)
    assert guide is not None
    assert guide.current() == "10-safety"


def test_f1_acts_over_a_dialog_that_blocks_the_window(window: MainWindow, qtbot: QtBot) -> None:
    card = window.dialogs.card()
    qtbot.waitUntil(card.isActiveWindow)
    focus = card.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_F1)
    guide = window.dialogs.shown(GuideWindow)
    assert guide is not None
    assert guide.current() == "01-begin"
    card.reject()


def test_the_guide_lists_the_keys_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    guide = press_f1(window, window.transcript.pane, qtbot)
    guide.keys.click()
    assert window.dialogs.shown(KeyListDialog) is not None


def test_the_guide_closes_with_the_window(window: MainWindow, qtbot: QtBot) -> None:
    guide = press_f1(window, window.transcript.pane, qtbot)
    with qtbot.waitSignal(guide.destroyed):
        window.close()


def test_before_a_project_is_open_the_guide_tells_how_to_begin(
    session: Session, qtbot: QtBot
) -> None:
    welcome = session.show_welcome()
    qtbot.waitExposed(welcome)
    welcome.activateWindow()
    qtbot.waitUntil(welcome.isActiveWindow)
    welcome.view.new_button.setFocus()
    qtbot.keyClick(welcome.view.new_button, Qt.Key.Key_F1)
    guide = welcome.guide
    assert guide is not None
    assert guide.isVisible()
    assert guide.current() == "01-begin"
    guide.keys.click()
    assert guide.current() == KEYS


def test_who_opens_the_sample_with_the_guide_reads_on(session: Session, qtbot: QtBot) -> None:
    sample_project(sample_path()).close()
    guide = session.show_welcome().show_guide()
    session.open_sample()
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    window = session.window
    assert window is not None
    assert window.dialogs.shown(GuideWindow) is guide
    guide.keys.click()
    assert window.dialogs.shown(KeyListDialog) is not None
    assert guide.current() == "01-begin"


def test_a_guide_that_was_closed_is_not_handed_on(session: Session, qtbot: QtBot) -> None:
    sample_project(sample_path()).close()
    session.show_welcome().show_guide().close()
    session.open_sample()
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    assert session.window is not None
    assert session.window.dialogs.shown(GuideWindow) is None


def test_every_part_with_a_chapter_is_there_and_every_chapter_too() -> None:
    classes = set()
    for module in pkgutil.walk_packages(ikt_coder.ui.__path__, "ikt_coder.ui."):
        for name, what in vars(importlib.import_module(module.name)).items():
            if isinstance(what, type) and issubclass(what, QWidget):
                classes.add(name)
    assert set(OF_WIDGET) - classes == set()
    chapters = {chapter.key for chapter in read_chapters()}
    assert set(OF_WIDGET.values()) - chapters == set()
