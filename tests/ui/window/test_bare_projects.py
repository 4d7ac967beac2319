"""Every place of a project without anything, and of one that may only be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import Query, Whose
from ikt_coder.core.search import SearchQuery
from ikt_coder.services.matrices import MatrixCell
from ikt_coder.services.project import Project
from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.reports.place import ReportsPlace
from ikt_coder.ui.retrieval.place import RetrievePlace
from ikt_coder.ui.themes.place import ThemesPlace
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.window.session import Session
from tests.services.test_attack_reports import hostile
from tests.studies import dump
from tests.ui.window.conftest import Open


def visit(window: MainWindow, qtbot: QtBot) -> None:
    """Go everywhere and ask everything."""

    def quiet() -> bool:
        return not window.context.tasks.busy

    window.places.show_place("retrieve")
    place = window.retrieval
    assert isinstance(place, RetrievePlace)
    for whose in Whose:
        place.coded.ask(Query(whose=whose))
        qtbot.wait_until(lambda: place.coded.up_to_date)
    place.coded.found.views.choose("matrix")
    place.coded.found.views.chosen.emit("matrix")
    for rows in place.coded.found.matrix.row_choices():
        place.coded.found.matrix._set(rows, MatrixCell.PASSAGES)
        qtbot.wait_until(lambda: place.coded.up_to_date)
    place.search_texts()
    for words in ("", "phoned", "(a+)+b"):
        place.search.search(SearchQuery(words))
        qtbot.wait_until(lambda: place.search.up_to_date and quiet())
    place.show_page("words")
    qtbot.wait_until(quiet, timeout=60_000)
    window.places.show_place("themes")
    themes = window.themes
    assert isinstance(themes, ThemesPlace)
    qtbot.wait_until(lambda: themes.up_to_date and quiet())
    window.places.show_place("reports")
    reports = window.places.made("reports")
    assert isinstance(reports, ReportsPlace)
    for kind in REPORTS:
        reports.show_report(kind.key)
        qtbot.wait_until(lambda: reports.up_to_date and quiet(), timeout=60_000)
        assert reports.stack.currentIndex() in (0, 1)


def test_a_project_without_document_code_and_coder(
    open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    Project.create(tmp_path / "Empty.ikt").close()
    window = open_window(tmp_path / "Empty.ikt")
    assert not window.context.project.coders.all()
    visit(window, qtbot)


@pytest.fixture
def read_only(session: Session, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    hostile(tmp_path / "Read.ikt", "Trust").close()
    session.open(tmp_path / "Read.ikt", read_only=True)
    qtbot.wait_until(lambda: session.window is not None, timeout=20_000)
    assert session.window is not None
    return session.window


def test_a_project_that_may_only_be_read(read_only: MainWindow, qtbot: QtBot) -> None:
    project = read_only.context.project
    assert project.read_only
    before = dump(project.path)
    visit(read_only, qtbot)
    assert dump(project.path) == before


def test_keys_change_nothing_where_only_reading_is_allowed(
    read_only: MainWindow, qtbot: QtBot
) -> None:
    window, project = read_only, read_only.context.project
    before = dump(project.path)
    window.places.show_place("retrieve")
    place = window.retrieval
    assert isinstance(place, RetrievePlace)
    tree, model = place.coded.found.tree, place.coded.found.model
    qtbot.wait_until(lambda: place.coded.up_to_date and model.count > 0)
    tree.setFocus()
    keys = [*(getattr(Qt.Key, f"Key_{letter}") for letter in "ABDEFGMNPRSUXZ123")]
    for key in (Qt.Key.Key_Delete, *keys):
        tree.setCurrentIndex(model.index(0, 0, model.index(0, 0)))
        qtbot.keyClick(tree, key)
        close_popups()
    window.places.show_place("themes")
    themes = window.themes
    assert isinstance(themes, ThemesPlace)
    qtbot.wait_until(lambda: themes.up_to_date and not window.context.tasks.busy)
    for card in themes.board.cards():
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2, *keys):
            themes.board.set_current(card)
            card.setFocus()
            qtbot.keyClick(card, key)
            close_popups()
    qtbot.wait_until(lambda: not window.context.tasks.busy)
    assert dump(project.path) == before


def close_popups() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog | QMenu | Popover) and widget.isVisible():
            widget.close()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
