"""The Chart place in the window: when it is offered, and how one comes to it."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ikt_coder.ui.charting.place import ChartPlace
from ikt_coder.ui.main_window import MainWindow
from tests.ui.window.conftest import document_named


def place(window: MainWindow) -> ChartPlace:
    return cast(ChartPlace, window.places.made("chart"))


def offered(window: MainWindow) -> list[str]:
    return window.switch.keys()


def test_the_place_comes_with_the_first_question(window: MainWindow) -> None:
    assert "chart" not in offered(window)
    project = window.context.project
    project.charting.add_form(["iap2"])
    assert "chart" in offered(window)
    project.history.undo()
    assert "chart" not in offered(window)


def test_a_menu_leads_there_also_before(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["charting"].trigger()
    assert window.places.current() == "chart"
    assert window.switch.current() == "chart"
    page = place(window).charting
    qtbot.waitUntil(lambda: page.up_to_date)
    page.start_button.click()
    qtbot.waitUntil(lambda: page.up_to_date and len(page.form.cards) == 10)


def test_a_document_is_charted_and_opened_in_code(window: MainWindow, qtbot: QtBot) -> None:
    project = window.context.project
    project.charting.add_form(["iap2"])
    window.switch.button("chart").click()
    page = place(window).charting
    qtbot.waitUntil(lambda: page.up_to_date and bool(page.form.cards))
    second = document_named(project, "P02 Clinician")
    page.show_document(second)
    QTest.keyClick(page.form, Qt.Key.Key_2)
    QTest.keyClick(page.form, Qt.Key.Key_O)
    assert window.places.current() == "code"
    content = window.transcript.content
    assert content is not None
    assert content.id == second
    window.undo.undo.trigger()
    assert not project.charting.grid().rows[1].answers


@pytest.mark.parametrize("page", ["charting", "engagement", "ratings", "matrix"])
def test_every_page_takes_the_keyboard(window: MainWindow, page: str) -> None:
    window.actions_[page].trigger()
    assert place(window).switch.current() == page
    focused = QApplication.focusWidget()
    assert focused is not None
    assert place(window).isAncestorOf(focused)
