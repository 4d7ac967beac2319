"""Coding by mouse: dragging out, dropping in, clicking codes, moving edges, hovering."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from ikt_coder.settings import SELECT_THEN_CLICK
from ikt_coder.ui.transcript.selection_mime import CODES, SELECTION, codes_in, selection_in

from .conftest import TURNS, Table

# The offscreen platform says so of every menu.
MENUS = pytest.mark.qt_log_ignore(
    "raise\\(\\)", "grabbing the keyboard", "propagateSizeHints", extend=True
)
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def codes_mime(table: Table, *names: str) -> QMimeData:
    data = QMimeData()
    data.setData(CODES, "\n".join(str(table.codes[name]) for name in names).encode())
    return data


def drag(table: Table, at: QPoint, data: QMimeData, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    event = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, LEFT, modifiers)
    QApplication.sendEvent(table.view.pane.viewport(), event)
    return event.isAccepted()


def drop(table: Table, at: QPoint, data: QMimeData, modifiers: Qt.KeyboardModifier = NONE) -> None:
    drag(table, at, data, modifiers)
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, LEFT, modifiers)
    QApplication.sendEvent(table.view.pane.viewport(), event)


def test_words_can_be_selected_by_dragging_over_them(table: Table) -> None:
    viewport = table.view.pane.viewport()
    start, end = table.point("paid for the taxi"), table.point("paid for the taxi", end=True)
    table.bot.mousePress(viewport, LEFT, pos=start + QPoint(1, 0))
    table.bot.mouseMove(viewport, end)
    table.bot.mouseRelease(viewport, LEFT, pos=end)
    assert table.view.selection() == table.span("paid for the taxi")


def test_a_dragged_selection_carries_its_words_and_their_place(table: Table) -> None:
    span = table.select("expected of me 🙂. Nobody")
    data = table.view.pane.createMimeDataFromSelection()
    assert data.hasFormat(SELECTION)
    assert selection_in(data) == (table.document, span)
    assert data.text() == "expected of me 🙂. Nobody"


@pytest.mark.parametrize("junk", [b"", b"{", b'{"document": 3}', b'{"document":"x","start":0}'])
def test_a_foreign_selection_is_not_taken_for_ours(junk: bytes) -> None:
    data = QMimeData()
    data.setData(SELECTION, junk)
    assert selection_in(data) is None


def test_only_ids_count_as_codes() -> None:
    data = QMimeData()
    data.setData(CODES, "nonsense\n\nü".encode())
    assert codes_in(data) == []


def test_a_code_dropped_on_the_selection_codes_it(table: Table) -> None:
    table.select("paid for the taxi")
    drop(table, table.point("for the taxi"), codes_mime(table, "Resources for partners"))
    assert table.coded("Resources for partners") == ["paid for the taxi"]


def test_a_code_dropped_elsewhere_codes_the_sentence_shown_beforehand(table: Table) -> None:
    at = table.point("small thing")
    data = codes_mime(table, "Resources for partners")
    assert drag(table, at, data)
    assert table.view.pane.preview == table.view.page.offsets.units(
        table.span("It is a small thing.")
    )
    drop(table, at, data)
    assert table.view.pane.preview is None
    assert table.coded("Resources for partners") == ["It is a small thing."]


def test_with_shift_the_whole_turn_is_coded(table: Table) -> None:
    at = table.point("small thing")
    data = codes_mime(table, "Resources for partners")
    drop(table, at, data, Qt.KeyboardModifier.ShiftModifier)
    assert table.coded("Resources for partners") == [TURNS[4][2]]


def test_several_codes_are_dropped_together(table: Table) -> None:
    data = codes_mime(table, "Resources for partners", "Social influences")
    drop(table, table.point("small thing"), data)
    assert table.coded("Resources for partners") == table.coded("Social influences")
    assert table.coded("Social influences") == ["It is a small thing."]


def test_a_drag_that_leaves_takes_its_preview_away(table: Table) -> None:
    drag(table, table.point("small thing"), codes_mime(table, "Clear role"))
    QApplication.sendEvent(table.view.pane.viewport(), QDragLeaveEvent())
    assert table.view.pane.preview is None


def test_other_things_cannot_be_dropped(table: Table) -> None:
    data = QMimeData()
    data.setText("words from elsewhere")
    before = table.text
    assert not drag(table, table.point("small thing"), data)
    drop(table, table.point("small thing"), data)
    assert table.text == before
    assert table.view.pane.document().toRawText().replace("\u2029", "\n") == before


def test_select_then_click_applies_the_clicked_code(table: Table) -> None:
    assert not table.view.code_clicked(table.codes["Clear role"])
    table.select("paid for the taxi")
    assert table.view.code_clicked(table.codes["Resources for partners"])
    assert table.coded("Resources for partners") == ["paid for the taxi"]
    table.view.settings.set(SELECT_THEN_CLICK, False)
    assert not table.view.code_clicked(table.codes["Social influences"])
    assert table.coded("Social influences") == []


def test_words_that_were_coded_before_the_text_was_left_wait_no_more(table: Table) -> None:
    table.select("paid for the taxi")
    assert table.view.code_clicked(table.codes["Resources for partners"])
    assert table.view.code_clicked(table.codes["Clear role"]), "several codes on one selection"
    told: list[str] = []
    table.view.told.connect(told.append)
    table.view.hide()
    table.view.show()
    assert not table.view.code_clicked(table.codes["Social influences"])
    assert table.coded("Social influences") == []
    assert "Select them again" in told[0]
    table.select("the taxi")
    table.select("paid for the taxi")
    assert table.view.code_clicked(table.codes["Social influences"])


def test_words_that_nobody_has_coded_wait_also_after_the_text_was_left(table: Table) -> None:
    table.select("paid for the taxi")
    table.view.hide()
    table.view.show()
    assert table.view.code_clicked(table.codes["Resources for partners"])
    assert table.coded("Resources for partners") == ["paid for the taxi"]


def test_a_click_into_a_coding_makes_it_current(table: Table) -> None:
    current: list[object] = []
    table.view.current_coding_changed.connect(current.append)
    at = table.point("through the slides") + QPoint(3, 0)
    table.bot.mouseClick(table.view.pane.viewport(), LEFT, pos=at)
    assert current == [table.coding("Trusting relationship")]
    outside = table.point("And practically") + QPoint(3, 0)
    table.bot.mouseClick(table.view.pane.viewport(), LEFT, pos=outside)
    assert current[-1] is None


def test_the_edge_of_the_current_coding_can_be_dragged(table: Table) -> None:
    viewport = table.view.pane.viewport()
    table.caret_in("through the slides")
    edge = table.point("She went through the slides with me", end=True)
    table.bot.mouseMove(viewport, edge)
    assert viewport.cursor().shape() is Qt.CursorShape.SplitHCursor
    goal = table.point("through the slides", end=True)
    table.bot.mousePress(viewport, LEFT, pos=edge)
    table.bot.mouseMove(viewport, goal)
    assert table.coded("Trusting relationship") == ["She went through the slides with me"]
    table.bot.mouseRelease(viewport, LEFT, pos=goal)
    assert table.coded("Trusting relationship") == ["She went through the slides"]
    table.project.history.undo()
    mark = table.view.pane.marks.get(table.coding("Trusting relationship"))
    assert mark is not None
    assert mark.end == table.view.page.offsets.to_qt(mark.row.span.end)


def test_an_edge_cannot_be_dragged_over_the_other(table: Table) -> None:
    viewport = table.view.pane.viewport()
    table.caret_in("through the slides")
    edge = table.point("She went through the slides with me", end=True)
    goal = table.point("Then the coordinator")
    table.bot.mousePress(viewport, LEFT, pos=edge)
    table.bot.mouseMove(viewport, goal)
    table.bot.mouseRelease(viewport, LEFT, pos=goal)
    assert table.coded("Trusting relationship") == ["S"]


def test_hovering_lists_the_codes_in_words(table: Table) -> None:
    at = table.point("partner is supposed") + QPoint(4, 0)
    table.bot.mouseMove(table.view.pane.viewport(), at)
    table.bot.waitUntil(lambda: table.view.hover.text != "")
    text = table.view.hover.text
    assert "Clear role" in text
    assert "Knowledge of the research process" in text
    assert "barrier" in text
    QApplication.sendEvent(table.view.pane.viewport(), QEvent(QEvent.Type.Leave))
    assert table.view.hover.text == ""


def test_hovering_a_name_tells_the_whole_of_it(make_table: Callable[..., Table]) -> None:
    table = make_table(width=640)
    table.view.stripes.grab()
    left, top, right, bottom, mark = table.view.stripes._boxes[0]
    middle = QPoint(round((left + right) / 2), round((top + bottom) / 2))
    table.bot.mouseMove(table.view.stripes, middle)
    assert table.view.code_name(mark.row.code) in table.view.hover.text


def asked_menu(table: Table, at: QPoint) -> QMenu:
    viewport = table.view.pane.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at), NONE)
    QApplication.sendEvent(viewport, event)
    menu = table.view.menu.shown
    assert menu is not None
    return menu


@MENUS
def test_the_menu_has_code_recent_in_vivo_new_in_this_order(table: Table) -> None:
    span = table.select("paid for the taxi")
    menu = asked_menu(table, table.point("for the taxi"))
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert texts[:4] == ["Code with…", *(texts[1:4])]
    assert set(texts[1:4]) == {
        "Trusting relationship",
        "Clear role",
        "Knowledge of the research process",
    }
    rest = [text for text in texts[4:] if text]
    assert rest[:4] == ["Code with the last code", "In-vivo code", "New code…", "Memo"]
    assert table.view.selection() == span
    recent = next(a for a in menu.actions() if a.text().startswith("Clear role"))
    recent.trigger()
    assert "paid for the taxi" in table.coded("Clear role")
    menu.close()


@MENUS
def test_a_right_click_outside_the_selection_goes_there(table: Table) -> None:
    table.select("paid for the taxi")
    menu = asked_menu(table, table.point("through the slides") + QPoint(2, 0))
    assert table.view.selection() is None
    assert table.view.current_coding == table.coding("Trusting relationship")
    menu.close()


@MENUS
def test_the_menu_key_opens_the_menu_at_the_caret(table: Table) -> None:
    table.caret_in("through the slides")
    table.key(Qt.Key.Key_Menu)
    menu = table.view.menu.shown
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_a_click_in_the_legend_applies_its_code(table: Table) -> None:
    table.select("paid for the taxi")
    table.view.legend.grab()
    box, digit = table.view.legend._boxes[0]
    table.bot.mouseClick(table.view.legend, LEFT, pos=box.center().toPoint())
    code = table.view.digits.codes()[digit]
    assert "paid for the taxi" in table.coded(table.view.code_name(code))


def test_a_click_on_the_empty_paper_goes_to_the_nearest_words(
    make_table: Callable[..., Table],
) -> None:
    table = make_table(height=900)
    pane = table.view.pane
    for y in (1, 6, 20):
        pane.place_caret(pane.page.offsets.qt_length)  # type: ignore[union-attr]  # a page is shown
        table.bot.mouseClick(pane.viewport(), LEFT, pos=QPoint(200, y))
        assert pane.textCursor().blockNumber() == 0
    table.bot.mouseClick(pane.viewport(), LEFT, pos=QPoint(200, pane.viewport().height() - 4))
    assert pane.textCursor().blockNumber() == len(TURNS) - 1
    assert pane.lines()[0].top > 20
