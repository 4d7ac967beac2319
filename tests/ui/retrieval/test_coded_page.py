"""Coded passages: asking, narrowing, arranging, changing in place."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.core.query import (
    Block,
    Condition,
    Filters,
    Grouping,
    Query,
    Relation,
    Sorting,
    Term,
    TermKind,
    Whose,
)
from ikt_coder.core.words import Valence
from ikt_coder.ui.retrieval.choices import ChoiceList
from ikt_coder.ui.retrieval.coded_page import CodedPage
from tests.ui.retrieval.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


def term(code: UUID, *, below: bool = True) -> Term:
    return Term(TermKind.CODE, code, below)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[CodedPage]:
    lead = desk.project.coder
    for document in desk.documents:
        desk.project.documents.set_lead(document, lead)
    window = QMainWindow()
    made = CodedPage(desk.context, window)
    window.setCentralWidget(made)
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    settled(made, qtbot)
    yield made
    desk.context.tasks.wait(5000)
    window.close()
    shiboken6.delete(window)


def settled(page: CodedPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.up_to_date)


def shown(page: CodedPage) -> list[str]:
    """Headings and passages from top to bottom."""
    model, rows = page.found.model, []
    for at in range(model.rowCount()):
        group = model.index(at, 0)
        rows.append(f"[{group.data()}]")
        rows += [str(model.index(n, 0, group).data()) for n in range(model.rowCount(group))]
    return rows


def current_choices(page: QWidget) -> ChoiceList:
    found = [one for one in page.window().findChildren(ChoiceList) if one.isVisible()]
    assert len(found) == 1
    return found[0]


class TestAsking:
    def test_everything_is_shown_at_first(self, desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
        desk.apply(0, "She phoned me")
        desk.apply(1, "slides", desk.below)
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        assert shown(page) == ["[Trust]", "She phoned me", "[Trust › Earned]", "slides"]
        assert page.found.title.text() == "2 codings"
        assert page.found.facts.text().startswith("2 passages · 2 documents · 1 participant")

    def test_a_code_is_chosen_by_typing_and_enter(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "She phoned me")
        desk.apply(0, "slides", desk.below)
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        qtbot.mouseClick(page.query_panel.blocks[0].terms.add, LEFT)
        choices = current_choices(page)
        for key in "earn":
            qtbot.keyClick(choices.focus_widget(), key)
        qtbot.keyClick(choices.focus_widget(), Qt.Key.Key_Return)
        settled(page, qtbot)
        assert shown(page) == ["[Trust › Earned]", "slides"]
        assert page.query.blocks == (Block((term(desk.below),)),)

    def test_delete_takes_a_code_away_again(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "She phoned me")
        page.ask_for_code(desk.below)
        settled(page, qtbot)
        assert page.found.empty.isVisible()
        chip = page.query_panel.blocks[0].terms.chips[0]
        chip.setFocus()
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
        settled(page, qtbot)
        assert page.query.blocks == ()
        assert page.found.model.count == 1

    def test_the_cross_of_a_chip_takes_it_away(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        page.ask_for_code(desk.below)
        chip = page.query_panel.blocks[0].terms.chips[0]
        qtbot.mouseClick(chip, LEFT, pos=chip.cross().center().toPoint())
        assert page.query.blocks == ()

    def test_a_chip_of_a_kept_query_has_the_colour_of_its_code(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        page.ask_for_code(desk.code)
        settled(page, qtbot)
        again = CodedPage(desk.context, page.window())  # as at the next start, nothing read yet
        row = again.query_panel.blocks[0].terms
        assert row.chips[0].text() == "…"
        again.resize(900, 600)
        again.show()
        settled(again, qtbot)
        assert row.chips[0].text() == "Trust"
        assert row.chips[0].colour == desk.project.codes.get(desk.code).colour
        again.hide()

    def test_and_and_but_not(self, desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
        other = desk.project.codes.add("Time")
        desk.apply(0, "She phoned me before the third meeting")
        desk.apply(0, "third meeting", other)
        desk.apply(0, "slides")
        both = Block((term(desk.code),), (Condition((term(other),), Relation.OVERLAP),))
        page.ask(Query((both,)))
        settled(page, qtbot)
        assert shown(page) == ["[Trust]", "She phoned me before the third meeting"]
        assert "Time" in page.found.model.beside.popitem()[1]
        editor = page.query_panel.blocks[0].conditions[0]
        menu = editor.relations_menu()
        next(a for a in menu.actions() if a.text() == "in the same turn").trigger()
        settled(page, qtbot)
        assert page.found.model.count == 2  # "slides" is said in the same turn
        negated = Block(both.terms, (Condition((term(other),), Relation.OVERLAP, negated=True),))
        page.ask(Query((negated,)))
        settled(page, qtbot)
        assert shown(page) == ["[Trust]", "slides"]

    def test_a_query_survives_the_editor(self, desk: Desk, page: CodedPage) -> None:
        """What is shown in the panel is what is asked, whatever it is."""
        query = Query(
            (
                Block(
                    (term(desk.code, below=False), term(desk.below)),
                    (
                        Condition((term(desk.below),), Relation.WITHIN, 350, negated=True),
                        Condition((), Relation.TURN),
                    ),
                ),
                Block((), (Condition((term(desk.code),), Relation.SAME),)),
            ),
            Filters(directions=frozenset({None, Valence.BARRIER}), memo="*"),
            Whose.CODER,
            frozenset({desk.project.coder}),  # type: ignore[arg-type]  # somebody codes
            Grouping.PARTICIPANT,
            Sorting.NEWEST,
        )
        page.ask(query)
        assert page.query == query

    def test_nothing_fits_says_what_to_do(self, desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
        desk.apply(0, "slides")
        page.ask(Query(filters=Filters(words="nobody ever said this")))
        settled(page, qtbot)
        assert page.found.empty.isVisible()
        assert not page.found.export_button.isEnabled()

    def test_a_deleted_code_is_said_to_be_gone(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "slides")
        page.ask_for_code(desk.below)
        settled(page, qtbot)
        desk.project.codes.delete(desk.below)
        settled(page, qtbot)
        qtbot.waitUntil(page.found.missing.isVisible)


class TestFilters:
    def test_directions_are_checked_in_a_list(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        barrier = desk.apply(0, "slides")
        desk.project.codings.set_valence(barrier, Valence.BARRIER)
        desk.apply(0, "She phoned me")
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        qtbot.mouseClick(page.query_panel.filters.add, LEFT)
        kinds = current_choices(page)
        for key in "direction":
            qtbot.keyClick(kinds.focus_widget(), key)
        qtbot.keyClick(kinds.focus_widget(), Qt.Key.Key_Return)
        directions = current_choices(page)
        qtbot.keyClick(directions.focus_widget(), Qt.Key.Key_Space)
        settled(page, qtbot)
        assert shown(page) == ["[Trust]", "slides"]
        assert page.query_panel.filters.chips["directions"].text() == "Direction: barrier"
        qtbot.keyClick(directions.focus_widget(), Qt.Key.Key_Escape)
        page.query_panel.clear()
        settled(page, qtbot)
        assert page.found.model.count == 2

    def test_a_count_keeps_the_passages_of_one_document(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "slides")
        desk.apply(1, "slides")
        desk.apply(1, "I came late")
        qtbot.waitUntil(lambda: page.found.model.count == 3)
        rows = page.counts.lists["document"]
        first = rows.model().index(0, 0)
        assert first.data() == "Second talk"
        qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(first).center())
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        assert page.found.title.text() == "2 codings of 3"
        qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(first).center())
        qtbot.waitUntil(lambda: page.found.model.count == 3)

    def test_the_filter_field_narrows_by_words(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "slides")
        desk.apply(0, "I came late")
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        page.found.field.setFocus()
        for key in "late":
            qtbot.keyClick(page.found.field, key)
        qtbot.waitUntil(lambda: shown(page) == ["[Trust]", "I came late"])


class TestArranging:
    def test_groups_and_order(self, desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
        desk.apply(0, "slides")
        desk.apply(0, "I came late", desk.below)
        desk.apply(1, "She phoned me")
        page.found.arranged.emit(Grouping.DOCUMENT, Sorting.PLACE)
        settled(page, qtbot)
        assert shown(page) == ["[Talk]", "slides", "I came late", "[Second talk]", "She phoned me"]
        page.found.arranged.emit(Grouping.NONE, Sorting.LONGEST)
        settled(page, qtbot)
        assert shown(page) == ["[All passages]", "She phoned me", "I came late", "slides"]

    def test_a_passage_of_two_people_stands_under_both(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "what a partner does.\nP02: I came late")
        page.found.arranged.emit(Grouping.PARTICIPANT, Sorting.PLACE)
        settled(page, qtbot)
        assert [row for row in shown(page) if row.startswith("[")] == ["[P01]", "[P02]"]
        assert page.found.title.text() == "1 coding"


class TestInPlace:
    def test_letters_act_on_the_chosen_passage(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        coding = desk.apply(0, "slides")
        qtbot.waitUntil(lambda: page.found.model.count == 1)
        tree = page.found.tree
        tree.setFocus()
        tree.setCurrentIndex(page.found.model.index_of(coding))
        qtbot.keyClick(tree, Qt.Key.Key_B)
        assert desk.project.codings.get(coding).valence is Valence.BARRIER
        qtbot.keyClick(tree, Qt.Key.Key_B)
        assert desk.project.codings.get(coding).valence is None
        qtbot.keyClick(tree, Qt.Key.Key_F)
        assert desk.project.codings.get(coding).valence is Valence.FACILITATOR
        settled(page, qtbot)
        assert tree.chosen() == [coding]

    def test_a_click_shows_the_context_and_a_double_click_opens(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        coding = desk.apply(0, "slides")
        qtbot.waitUntil(lambda: page.found.model.count == 1)
        tree = page.found.tree
        place = tree.visualRect(page.found.model.index_of(coding)).topLeft() + QPoint(60, 30)
        qtbot.mouseClick(tree.viewport(), LEFT, pos=place)
        assert desk.revealed == []
        qtbot.waitUntil(lambda: "third meeting" in page.passage.text.toPlainText())
        assert page.passage.coding == coding
        qtbot.mouseDClick(tree.viewport(), LEFT, pos=place)
        assert desk.revealed == [coding]

    def test_the_pane_changes_what_a_passage_carries(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        coding = desk.apply(0, "slides")
        qtbot.waitUntil(lambda: page.found.model.count == 1)
        page.found.tree.setCurrentIndex(page.found.model.index_of(coding))
        memo = page.passage.details.memo.editor
        memo.setFocus()
        for key in "why":
            qtbot.keyClick(memo, key)
        page.found.tree.setFocus()
        QApplication.processEvents()
        assert desk.project.codings.get(coding).memo == "why"

    def test_undo_elsewhere_takes_a_passage_out(
        self, desk: Desk, page: CodedPage, qtbot: QtBot
    ) -> None:
        desk.apply(0, "slides")
        coding = desk.apply(0, "I came late")
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        page.found.tree.setCurrentIndex(page.found.model.index_of(coding))
        desk.project.history.undo()
        qtbot.waitUntil(lambda: page.found.model.count == 1)
        assert page.passage.coding != coding


class TestSaved:
    def test_save_ask_again_rename_delete(self, desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
        desk.apply(0, "slides", desk.below)
        page.ask_for_code(desk.below)
        asked = page.query
        desk.project.queries.save("Earned trust", asked)
        qtbot.waitUntil(page.saved.list.isVisible)
        page.query_panel.clear()
        settled(page, qtbot)
        rows = page.saved.list
        first = rows.model().index(0, 0)
        qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(first).center())
        assert page.query == asked
        rows.setFocus()
        rows.setCurrentIndex(first)
        qtbot.keyClick(rows, Qt.Key.Key_Delete)
        assert desk.project.queries.all() == ()


class TestMatrix:
    def test_a_figure_opens_its_passages(self, desk: Desk, page: CodedPage, qtbot: QtBot) -> None:
        first = desk.apply(0, "She phoned me")
        desk.apply(0, "I came late", desk.below)
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        wanted: list[object] = []
        desk.context.passages_wanted.connect(wanted.append)
        qtbot.mouseClick(page.found.views.button("matrix"), LEFT)
        grid = page.found.matrix.grid
        qtbot.waitUntil(lambda: page.found.matrix.model.columnCount() > 0)
        cells = {
            (
                grid.model().headerData(row, Qt.Orientation.Vertical),
                grid.model().headerData(column, Qt.Orientation.Horizontal),
            ): grid.model().index(row, column)
            for row in range(grid.model().rowCount())
            for column in range(grid.model().columnCount())
        }
        figures = {key: index.data() for key, index in cells.items()}
        assert sum(int(value) for value in figures.values()) == 2
        mine = next(key for key, value in figures.items() if value == "1" and "P01" in key)
        place = grid.visualRect(cells[mine]).center()
        qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
        assert wanted == [(first,)]


def test_each_coding_counts_once_with_and_without_a_filter(
    page: CodedPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.apply(0, "She phoned me")
    desk.apply(1, "slides", desk.below)
    qtbot.waitUntil(lambda: page.found.model.count == 2)
    first, _ = (row.id for row in page.found.model.listed)
    page.found.keep_only(frozenset([first]))
    assert page.found.model.count == 1
    assert page.found.title.text() == "1 coding of 2"
    page.found.keep_only(None)
    assert page.found.model.count == 2
    assert page.found.title.text() == "2 codings"


class TestManyPassages:
    def test_a_codes_new_look_lays_no_passage_out_anew(
        self,
        desk: Desk,
        page: CodedPage,
        qtbot: QtBot,
    ) -> None:
        desk.apply(0, "She phoned me")
        qtbot.waitUntil(lambda: page.found.model.count == 1)
        model = page.found.model
        changed: list[object] = []
        model.dataChanged.connect(lambda *told: changed.append(told))
        with qtbot.waitSignal(model.looks_changed):
            desk.project.codes.change(desk.code, colour="red")
        settled(page, qtbot)
        assert changed == []
        row = model.coding(model.index(0, 0, model.index(0, 0)))
        assert row is not None
        code = model.code(row)
        assert code is not None
        assert code.colour == "red"

    def test_the_main_thread_gets_what_changed_as_found_by_the_worker(
        self, desk: Desk, page: CodedPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        coding = desk.apply(0, "She phoned me")
        desk.apply(1, "slides")
        qtbot.waitUntil(lambda: page.found.model.count == 2)
        told: list[list[UUID]] = []
        take = page.found.model.take_changed

        def taken(changed, codings, headings):  # type: ignore[no-untyped-def]  # passes on
            told.append([row.id for row in changed])
            take(changed, codings, headings)

        monkeypatch.setattr(page.found.model, "take_changed", taken)
        desk.project.codings.change(coding, memo="Worth quoting")
        qtbot.waitUntil(lambda: bool(told))
        settled(page, qtbot)
        assert told == [[coding]]
        model = page.found.model
        index = model.index_of(coding)
        row = model.coding(index)
        assert row is not None
        assert row.memo == "Worth quoting"
        assert [one.memo for one in model.listed].count("Worth quoting") == 1
