"""The place as a whole: empty, live, its layer, its views."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ikt_coder.core.words import DocumentStatus, Valence
from ikt_coder.services.theme_table import Side
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Mode
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.layer_popover import LayerPopover
from ikt_coder.ui.themes.place import ThemesPlace
from tests.ui.themes.desk import Desk

Key = Qt.Key


def test_without_codings_it_says_what_to_do(desk: Desk) -> None:
    assert desk.place.no_codings.isVisible()
    assert not desk.place.table.isVisible()
    assert not desk.place.export_button.isEnabled()
    wanted: list[str] = []
    desk.context.place_wanted.connect(wanted.append)
    button = desk.place.no_codings.findChildren(type(desk.place.export_button.word))[0]
    desk.click(button)
    assert wanted == ["code"]


def test_without_themes_the_codes_wait_and_a_hint_stands_beside_them(desk: Desk) -> None:
    desk.code("She phoned me", "Contact")
    desk.settle()
    assert desk.code_card("Contact").isVisible()
    assert desk.place.board.hint.isVisible()
    assert not desk.place.board.hint.geometry().intersects(desk.place.board.tops[0].geometry())
    desk.theme("Someone phones", "Contact")
    desk.settle()
    assert not desk.place.board.hint.isVisible()
    assert desk.place.table.isVisible()
    desk.bot.waitUntil(lambda: desk.place.table.height() > 200)
    assert desk.place.board.height() > 200


def test_what_changes_elsewhere_shows_at_once_and_keeps_the_keyboard(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.code_card("Contact"))
    desk.code("the slides", "Contact")
    desk.settle()
    assert desk.code_card("Contact").count == 2
    assert desk.focus_name() == "Contact"


def test_a_hidden_place_reads_when_it_is_shown(desk: Desk) -> None:
    desk.fill()
    desk.place.hide()
    desk.project.themes.add("Meanwhile")
    QApplication.processEvents()
    assert not desk.place.up_to_date
    desk.place.show()
    desk.settle()
    assert desk.card("Meanwhile").isVisible()


def test_the_layer_pill_names_the_coder_and_how_far_it_is(desk: Desk) -> None:
    assert desk.place.layer_pill.text() == "Layer: not chosen, 0 of 1 coded"
    desk.fill()
    assert desk.place.layer_pill.text() == "Layer: Amara Okafor, 1 of 1 coded"
    desk.project.documents.set_status(desk.document, DocumentStatus.IN_PROGRESS)
    desk.settle()
    assert desk.place.layer_pill.text() == "Layer: Amara Okafor, 0 of 1 coded"


def test_the_layer_popover_sets_lead_and_status(desk: Desk) -> None:
    desk.fill()
    other = desk.project.coders.add("Bo Lindqvist")
    desk.settle()
    desk.click(desk.place.layer_pill)
    popover = next(p for p in desk.place.findChildren(LayerPopover) if p.isVisible())
    lead = popover.leads[desk.document]
    assert lead.hasFocus()
    lead.setCurrentIndex(lead.findText("Bo Lindqvist"))
    lead.activated.emit(lead.currentIndex())
    assert desk.project.documents.get(desk.document).lead_coder == other
    status = popover.states[desk.document]
    status.setCurrentIndex(status.findText("In progress"))
    status.activated.emit(status.currentIndex())
    assert desk.project.documents.get(desk.document).status is DocumentStatus.IN_PROGRESS
    desk.settle()
    assert desk.place.layer_pill.text() == "Layer: Bo Lindqvist, 0 of 1 coded"
    desk.press(Key.Key_Escape)
    assert not popover.isVisible()
    count = desk.card("Someone phones").count
    assert count is not None
    assert count.text() == "n = 0 so far"


def test_the_fields_fold_away_and_open_where_they_are_wanted(desk: Desk) -> None:
    first, _ = desk.fill()
    button = desk.place.fields_button
    desk.bot.waitUntil(lambda: desk.place.across.sizes()[1] > 0)
    assert button.isChecked()
    desk.click(button)
    assert desk.place.across.is_folded(1)
    desk.place.open_fields(first)
    desk.settle()
    assert not desk.place.across.is_folded(1)
    assert button.isChecked()
    assert desk.place.fields.form.name.hasFocus()


def test_board_and_outline_keep_the_chosen_theme(desk: Desk) -> None:
    _, second = desk.fill()
    desk.click(desk.card("A role nobody described"))
    desk.click(desk.place.view_switch.button("outline"))
    assert desk.place.outline.isVisible()
    assert desk.place.outline.currentIndex().data() == "A role nobody described"
    assert desk.place.fields.theme() == second


def test_the_view_and_the_table_are_as_they_were_left(desk: Desk) -> None:
    desk.fill()
    desk.place.show_view("outline")
    choices = desk.place.table.choices
    choices.set_options(replace(choices.options, side=Side.BARRIERS, number=3))
    desk.settle()
    again = Context(
        desk.project, Settings.load(), desk.context.appearance, desk.context.tasks, desk.context
    )
    place = ThemesPlace(again)
    desk.bot.addWidget(place)
    assert place.view_switch.current() == "outline"
    assert place.options().side is Side.BARRIERS
    assert place.options().number == 3
    again.signals.end()


def test_it_fits_small_windows_large_text_and_the_dark(desk: Desk) -> None:
    desk.fill()
    desk.code("Nobody had", "Clear role", Valence.MIXED)
    look = desk.context.appearance
    for mode, size in ((Mode.LIGHT, 200), (Mode.DARK, 100)):
        look.set_mode(mode)
        look.set_text_size(size)
        desk.place.resize(1024, 640)
        desk.settle()
        assert desk.place.width() == 1024
        tops = desk.place.board.tops
        assert all(card.width() > 100 for card in tops)
        assert not desk.place.grab().isNull()
