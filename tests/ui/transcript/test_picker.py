from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from ikt_coder.core.words import Valence
from ikt_coder.ui.transcript.picker import CodePicker
from ikt_coder.ui.widgets.roles import ItemRole

from .conftest import Table

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(table: Table, words: str = "paid for the taxi") -> CodePicker:
    table.select(words)
    table.key(Qt.Key.Key_Return)
    picker = table.view.hand.picker
    assert picker is not None
    assert picker.isVisible()
    return picker


def test_type_then_enter_applies_and_the_keys_act_on_the_new_coding(table: Table) -> None:
    picker = opened(table)
    table.type("reso")
    assert picker.rows[0] == "Resources for partners"
    table.key(Qt.Key.Key_Return)
    assert not picker.isVisible()
    assert table.coded("Resources for partners") == ["paid for the taxi"]
    table.key(Qt.Key.Key_F)
    coding = table.coding("Resources for partners")
    assert table.project.codings.get(coding).valence is Valence.FACILITATOR


def test_ctrl_k_opens_it_too(table: Table) -> None:
    table.select("paid for the taxi")
    table.key(Qt.Key.Key_K, CONTROL)
    picker = table.view.hand.picker
    assert picker is not None
    assert picker.isVisible()


def test_it_never_covers_the_selected_words(table: Table) -> None:
    for words in ("When you joined", "paid for the taxi", "I am still not sure"):
        picker = opened(table, words)
        viewport = table.view.pane.viewport()
        rect = table.view.selection_rect()
        chosen = QRect(viewport.mapTo(table.window, rect.topLeft()), rect.size())
        assert not picker.panel_rect().intersects(chosen)
        assert table.window.rect().contains(picker.panel_rect())
        table.type("r")
        assert not picker.panel_rect().intersects(chosen)
        table.key(Qt.Key.Key_Escape)


def test_shift_enter_applies_and_stays_open_for_one_more(table: Table) -> None:
    picker = opened(table)
    table.type("reso")
    table.key(Qt.Key.Key_Return, SHIFT)
    assert picker.isVisible()
    assert picker.field.text() == ""
    table.type("social")
    table.key(Qt.Key.Key_Return)
    assert table.coded("Resources for partners") == ["paid for the taxi"]
    assert table.coded("Social influences") == ["paid for the taxi"]


def test_esc_closes_and_gives_the_focus_back(table: Table) -> None:
    picker = opened(table)
    table.key(Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert QApplication.focusWidget() is table.view.pane
    assert table.view.selection() == table.span("paid for the taxi")


def test_what_does_not_exist_can_be_made(table: Table) -> None:
    picker = opened(table)
    table.type("Transport")
    assert picker.rows == ["New code “Transport”"]
    table.key(Qt.Key.Key_Return)
    assert table.project.codes.find("Transport").codings == 1


def test_a_name_that_exists_is_not_offered_as_new(table: Table) -> None:
    picker = opened(table)
    table.type("clear ROLE")
    assert picker.rows == ["Clear role"]


def test_arrows_choose_another_row_and_its_rule_is_shown(table: Table) -> None:
    table.project.codes.change(
        table.codes["Environmental context and resources"],
        include="time and money",
        exclude="people",
    )
    picker = opened(table)
    table.type("reso")
    table.key(Qt.Key.Key_Down)
    assert "Use when" in picker.about
    assert "time and money" in picker.about
    assert "Not" in picker.about
    table.key(Qt.Key.Key_Return)
    assert table.coded("Environmental context and resources") == ["paid for the taxi"]


def test_the_last_passages_of_a_code_are_shown(table: Table) -> None:
    picker = opened(table)
    table.type("trust")
    assert "She went through the slides with me" in picker.about
    assert "P01" in picker.about


def test_recent_codes_lead_where_nothing_is_typed(table: Table) -> None:
    picker = opened(table)
    assert picker.rows[0] == "Trusting relationship"


def test_a_click_on_a_row_applies_it(table: Table) -> None:
    picker = opened(table)
    table.type("reso")
    rows = picker._list
    at = rows.visualRect(rows.model().index(1, 0)).center()
    table.bot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.coded("Environmental context and resources") == ["paid for the taxi"]


def test_counts_are_those_of_now(table: Table) -> None:
    table.select("day to day")
    table.key(Qt.Key.Key_Q)
    picker = opened(table)
    table.type("trust")
    model = picker._list.model()
    table.bot.waitUntil(lambda: model.index(0, 0).data(ItemRole.COUNT) == "2")


def test_a_codebook_of_hundreds_is_shown_some_at_a_time(table: Table) -> None:
    for number in range(90):
        table.project.codes.add(f"Code {number:03}")
    picker = opened(table)
    first = len(picker.rows)
    assert first < 90
    for _ in range(first + 5):
        table.key(Qt.Key.Key_Down)
    table.bot.waitUntil(lambda: len(picker.rows) > first)
    table.type("code 089")
    table.key(Qt.Key.Key_Return)
    assert table.project.codes.find("Code 089").codings == 1


def test_without_a_code_it_says_so_and_how_to_make_one(table: Table) -> None:
    roots = [code.id for code in table.project.codes.all(counted=False) if code.parent is None]
    table.project.codes.delete(roots)
    assert "There is no code yet" in opened(table).about
