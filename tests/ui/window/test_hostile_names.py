"""Names that look like markup are names in every view: nothing of them is taken for HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Rich
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import Block, Grouping, Query, Term, TermKind
from ikt_coder.services.theme_table_options import FULL_COLUMNS, ThemeTableOptions
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.reports.place import ReportsPlace
from ikt_coder.ui.retrieval.place import RetrievePlace
from ikt_coder.ui.themes.place import ThemesPlace
from tests.services.test_attack_reports import MARKUP, hostile
from tests.ui.window.conftest import Open

NAME = f"<b>Trust</b> {MARKUP}"


@pytest.fixture
def window(open_window: Open, tmp_path: Path) -> MainWindow:
    hostile(tmp_path / "Hostile.ikt", NAME).close()
    return open_window(tmp_path / "Hostile.ikt")


def taken_for_markup(window: QWidget) -> list[str]:
    """What Qt would show as rich text though it holds the name as it was typed."""
    found = []
    for widget in window.findChildren(QWidget):
        where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        if isinstance(widget, QLabel):
            rich = widget.textFormat() is Qt.TextFormat.RichText or (
                widget.textFormat() is Qt.TextFormat.AutoText
                and Rich.mightBeRichText(widget.text())
            )
            if rich and NAME[:12] in widget.text():
                found.append(f"{where}: {widget.text()[:60]}")
    return sorted(set(found))


def test_the_desk(window: MainWindow, qtbot: QtBot) -> None:
    project = window.context.project
    (document,) = project.documents.all()
    coding = project.codings.in_document(document.id)[0]
    window.context.reveal_coding.emit(coding.id)
    window.context.passages_wanted.emit((coding.id,))
    qtbot.wait_until(lambda: not window.context.tasks.busy)
    assert taken_for_markup(window) == []


def test_retrieve(window: MainWindow, qtbot: QtBot) -> None:
    window.places.show_place("retrieve")
    place = window.retrieval
    assert isinstance(place, RetrievePlace)
    page = place.coded
    project = window.context.project
    terms = tuple(Term(TermKind.CODE, row.id) for row in project.codes.all())
    themes = tuple(Term(TermKind.THEME, row.id) for row in project.themes.all())
    for grouping in Grouping:
        page.ask(Query((Block((*terms, *themes)),), grouping=grouping))
        qtbot.wait_until(lambda: page.up_to_date)
        assert taken_for_markup(window) == [], grouping
    page.found.views.choose("matrix")
    page.found.views.chosen.emit("matrix")
    qtbot.wait_until(lambda: page.up_to_date and page.found.matrix.model.rowCount() > 0)
    assert taken_for_markup(window) == []
    place.search_texts("phoned")
    qtbot.wait_until(lambda: not window.context.tasks.busy)
    assert taken_for_markup(window) == []


def test_themes(window: MainWindow, qtbot: QtBot) -> None:
    window.places.show_place("themes")
    place = window.themes
    assert isinstance(place, ThemesPlace)
    place.table.choices.set_options(ThemeTableOptions(columns=FULL_COLUMNS, title=NAME))
    qtbot.wait_until(lambda: place.up_to_date and not window.context.tasks.busy)
    assert taken_for_markup(window) == []
    assert "<script>" in place.table.preview.toPlainText()


def test_reports(window: MainWindow, qtbot: QtBot) -> None:
    window.places.show_place("reports")
    place = window.places.made("reports")
    assert isinstance(place, ReportsPlace)
    for key in ("codebook", "passages", "matrix", "theme_report", "supervision", "memos"):
        place.show_report(key)
        qtbot.wait_until(lambda: place.up_to_date and not window.context.tasks.busy)
        assert taken_for_markup(window) == [], key
        assert "<script>" in place.preview.toPlainText(), key


class TestLongNames:
    """A name of one word and 300 letters, in every place."""

    @pytest.fixture
    def window(self, open_window: Open, tmp_path: Path) -> MainWindow:
        hostile(tmp_path / "Long.ikt", "W" * 300).close()
        return open_window(tmp_path / "Long.ikt")

    def test_the_figures_of_a_matrix_stay_in_sight(self, window: MainWindow, qtbot: QtBot) -> None:
        window.places.show_place("retrieve")
        place = window.retrieval
        assert isinstance(place, RetrievePlace)
        page = place.coded
        page.found.views.choose("matrix")
        page.found.views.chosen.emit("matrix")
        grid = page.found.matrix.grid
        qtbot.wait_until(lambda: page.up_to_date and grid.model().rowCount() > 0)
        qtbot.wait_until(lambda: grid.viewport().width() > grid.columnWidth(0))
        assert grid.visualRect(grid.model().index(0, 0)).right() < grid.viewport().width()
        assert grid.verticalHeader().width() < grid.width() / 2

    def test_the_fields_of_a_theme_are_not_cut(self, window: MainWindow, qtbot: QtBot) -> None:
        window.places.show_place("themes")
        place = window.themes
        assert isinstance(place, ThemesPlace)
        qtbot.wait_until(lambda: place.up_to_date and not window.context.tasks.busy)
        cut = [
            type(one).__name__
            for one in place.fields.findChildren(QWidget)
            if one.isVisible()
            and one.mapTo(place.fields, one.rect().topRight()).x() > place.fields.width()
        ]
        assert cut == []


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # offscreen
def test_hints_are_plain_words(window: MainWindow, qtbot: QtBot) -> None:
    QToolTip.showText(window.mapToGlobal(window.rect().center()), NAME, window)

    def hints() -> list[QLabel]:
        labels = [one for one in QApplication.topLevelWidgets() if isinstance(one, QLabel)]
        return [one for one in labels if one.text() == NAME]

    qtbot.wait_until(lambda: bool(hints()))
    assert [one.textFormat() for one in hints()] == [Qt.TextFormat.PlainText]
    QToolTip.hideText()


def test_what_a_saved_retrieval_names_and_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    window.places.show_place("retrieve")
    place = window.retrieval
    assert isinstance(place, RetrievePlace)
    project = window.context.project
    (saved,) = project.queries.all()
    assert saved.query is not None
    place.coded.ask(saved.query)
    project.codes.delete([row.id for row in project.codes.all()])
    qtbot.wait_until(lambda: place.coded.up_to_date and place.coded.found.missing.isVisible())
    assert taken_for_markup(window) == []
    project.history.undo()
    qtbot.wait_until(lambda: place.coded.up_to_date and place.coded.found.model.count == 2)
