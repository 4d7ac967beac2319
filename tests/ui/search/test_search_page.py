"""Searching all texts and coding what was found."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ikt_coder.core.search import Mode, SearchQuery, Unit
from ikt_coder.core.words import Origin
from ikt_coder.ui.retrieval.choices import ChoiceList
from ikt_coder.ui.search.page import SearchPage
from ikt_coder.ui.search.words_page import WordsPage
from tests.ui.retrieval.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[SearchPage]:
    window = QMainWindow()
    made = SearchPage(desk.context, window)
    window.setCentralWidget(made)
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: made.up_to_date)
    yield made
    desk.context.tasks.wait(5000)
    window.close()
    shiboken6.delete(window)


def search(page: SearchPage, qtbot: QtBot, words: str, mode: Mode = Mode.PLAIN) -> None:
    """Type and press Enter."""
    if page.panel.query().mode is not mode:
        qtbot.mouseClick(page.panel.modes[mode], LEFT)
    page.panel.focus_field()
    for key in words:
        qtbot.keyClick(page.panel.field, key)
    qtbot.keyClick(page.panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.up_to_date)


def coded(desk: Desk, code: UUID) -> list[str]:
    rows = [
        row for document in desk.documents for row in desk.project.codings.in_document(document)
    ]
    assert all(row.origin is Origin.SEARCH for row in rows)
    return [
        desk.project.texts.get(row.document)[row.span.start : row.span.end]
        for row in rows
        if row.code == code
    ]


class TestSearching:
    def test_hits_stand_in_their_context(self, desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
        search(page, qtbot, "MEETING")
        assert page.title.text() == "4 hits"  # two in each talk
        context = page.hits.model.context(0)
        assert (context.title, context.words) == ("Talk", "meeting")
        assert context.before.endswith("before the third ")
        assert page.counts.lists["document"].model().rowCount() == 2

    def test_whole_words_and_patterns(self, desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
        search(page, qtbot, "meeting", Mode.WORD)
        assert page.hits.model.rowCount() == 2
        search(page, qtbot, "meetings?", Mode.REGEX)
        assert page.hits.model.rowCount() == 4

    def test_a_bad_pattern_is_said_in_words(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        search(page, qtbot, "(meet", Mode.REGEX)
        assert page.empty.isVisible()
        assert desk.refused == []

    def test_counts_say_what_they_count(self, page: SearchPage) -> None:
        said = [heading.accessibleName() for heading in page.counts.headings.values()]
        assert said == ["Hits by document", "Hits by participant"]

    def test_nothing_found(self, desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
        search(page, qtbot, "zebra")
        assert page.empty.isVisible()
        assert page.title.text() == "0 hits"

    def test_a_count_keeps_the_hits_of_one_document(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        search(page, qtbot, "meeting")
        rows = page.counts.lists["document"]
        first = rows.model().index(0, 0)
        qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(first).center())
        assert page.hits.model.rowCount() == 2
        qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(first).center())
        assert page.hits.model.rowCount() == 4

    def test_a_mended_text_is_searched_anew(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        from ikt_coder.core.span import TextEdit

        search(page, qtbot, "slides")
        assert page.hits.model.rowCount() == 2
        at = desk.project.texts.get(desk.documents[0]).index("slides")
        desk.project.documents.mend(desk.documents[0], [TextEdit(at, "slides", "pages")])
        qtbot.waitUntil(lambda: page.hits.model.rowCount() == 1)


class TestCoding:
    def test_enter_codes_one_and_goes_on(self, desk: Desk, page: SearchPage, qtbot: QtBot) -> None:
        search(page, qtbot, "slides")
        page.hits.coding.choose(desk.code)
        page.hits.coding.unit = Unit.HIT
        page.hits.focus_list()
        qtbot.keyClick(page.hits.list, Qt.Key.Key_Return)
        assert coded(desk, desk.code) == ["slides"]
        assert page.hits.list.currentIndex().row() == 1
        assert page.hits.model.coded == {0}
        desk.project.history.undo()
        assert page.hits.model.coded == set()

    def test_what_is_left_out_is_not_coded_with_all(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        search(page, qtbot, "meeting")
        page.hits.coding.choose(desk.code)
        page.hits.coding.unit = Unit.HIT
        page.hits.focus_list()
        qtbot.keyClick(page.hits.list, Qt.Key.Key_Space)
        assert page.hits.coding.all.text() == "Code all 3"
        qtbot.mouseClick(page.hits.coding.all, LEFT)
        assert len(coded(desk, desk.code)) == 3
        assert "3 codings" in desk.said[-1]
        assert not page.hits.coding.all.isEnabled()

    def test_a_sentence_with_two_hits_is_coded_once(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        search(page, qtbot, "s")
        page.hits.coding.choose(desk.code)
        page.hits.coding.unit = Unit.SENTENCE
        hits = page.hits.model.rowCount()
        qtbot.mouseClick(page.hits.coding.all, LEFT)
        qtbot.waitUntil(lambda: bool(desk.said))
        found = coded(desk, desk.code)
        spans = [
            (row.document, row.span)
            for document in desk.documents
            for row in desk.project.codings.in_document(document)
        ]
        assert 0 < len(found) < hits
        assert len(spans) == len(set(spans))

    def test_without_a_code_enter_asks_for_one(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        search(page, qtbot, "slides")
        page.hits.focus_list()
        qtbot.keyClick(page.hits.list, Qt.Key.Key_Return)
        assert [one for one in page.window().findChildren(ChoiceList) if one.isVisible()]
        assert coded(desk, desk.code) == []

    def test_a_code_is_made_by_the_name_that_is_typed(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        search(page, qtbot, "slides")
        qtbot.mouseClick(page.hits.coding.code_pill, LEFT)
        choices = next(one for one in page.window().findChildren(ChoiceList) if one.isVisible())
        for key in "Going through":
            qtbot.keyClick(choices.field, key)
        qtbot.keyClick(choices.field, Qt.Key.Key_Return)
        code = desk.project.codes.find("Going through").id
        assert page.hits.coding.code == code
        page.hits.focus_list()
        qtbot.keyClick(page.hits.list, Qt.Key.Key_Return)
        assert len(coded(desk, code)) == 1

    def test_a_double_click_opens_the_document(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        asked: list[tuple[object, object]] = []
        desk.context.reveal_span.connect(lambda document, span: asked.append((document, span)))
        search(page, qtbot, "slides")
        place = page.hits.list.visualRect(page.hits.model.index(1)).center()
        qtbot.mouseClick(page.hits.list.viewport(), LEFT, pos=place)
        assert asked == []
        qtbot.mouseDClick(page.hits.list.viewport(), LEFT, pos=place)
        assert [document for document, _ in asked] == [desk.documents[1]]


class TestReadOnly:
    def test_search_from_elsewhere_shows_its_words(
        self, desk: Desk, page: SearchPage, qtbot: QtBot
    ) -> None:
        page.search(SearchQuery("slides"))
        qtbot.waitUntil(lambda: page.hits.model.rowCount() == 2)
        assert page.panel.field.text() == "slides"


class TestWords:
    @pytest.fixture
    def words(self, desk: Desk, qtbot: QtBot) -> Iterator[WordsPage]:
        window = QMainWindow()
        made = WordsPage(desk.context, window)
        window.setCentralWidget(made)
        window.resize(1200, 700)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: made.up_to_date, timeout=60_000)
        yield made
        desk.context.tasks.wait(5000)
        window.close()
        shiboken6.delete(window)

    def test_a_word_shows_where_it_is_said(self, words: WordsPage, qtbot: QtBot) -> None:
        words.field.setText("meeting")
        row = words.model.row(words.table.currentIndex())
        assert row is not None
        assert row.count == 4
        qtbot.waitUntil(lambda: words.hits.model.rowCount() == row.count)
        assert "said 4 times" in words.title.text()

    def test_every_count_opens_as_many_places(self, words: WordsPage, qtbot: QtBot) -> None:
        project = words._context.project
        table = words._table
        assert table is not None
        for row in table.rows:
            assert len(project.words.places(table, row)) == row.count, row
