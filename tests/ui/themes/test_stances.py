"""What a coding says to its theme, by key and click, and the list of deviant cases."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from ikt_coder.core.words import Flag, Stance
from ikt_coder.ui.themes.coding_entry import CodingEntry
from tests.ui.themes.desk import Desk


def codings(desk: Desk) -> list[CodingEntry]:
    return desk.place.fields.codings.entries


def two_codings(desk: Desk) -> None:
    desk.fill()
    desk.code("the slides", "Contact")
    desk.settle()
    desk.click(desk.card("Someone phones"))
    desk.place.fields.show_page("codings")


def test_letters_set_the_stance_and_the_keyboard_stays(desk: Desk) -> None:
    two_codings(desk)
    theme = desk.place.fields.theme()
    assert theme is not None
    codings(desk)[1].setFocus()
    for key, stance, words in (
        (Qt.Key.Key_C, Stance.CONTRADICTS, "≠ contradicts"),
        (Qt.Key.Key_Q, Stance.QUALIFIES, "≈ qualifies"),
        (Qt.Key.Key_S, Stance.SUPPORTS, "= supports"),
    ):
        desk.press(key)
        assert desk.project.themes.codings(theme)[1].stance is stance
        assert codings(desk)[1].stance.text() == words
        assert codings(desk)[1].hasFocus()
    desk.press(Qt.Key.Key_Up)
    assert codings(desk)[0].hasFocus()
    assert desk.revealed == []


def test_star_and_quote_have_letters_too(desk: Desk) -> None:
    two_codings(desk)
    theme, coding = desk.place.fields.theme(), codings(desk)[0].coding
    assert theme is not None
    codings(desk)[0].setFocus()
    desk.press(Qt.Key.Key_P)
    assert Flag.STAR in desk.project.codings.get(coding).flags
    desk.press(Qt.Key.Key_A)
    assert [row.coding for row in desk.project.quotes.of(theme)] == [coding]
    desk.press(Qt.Key.Key_A)
    assert desk.project.quotes.of(theme) == ()


def test_the_list_of_a_theme_is_narrowed_to_its_deviant_cases(desk: Desk) -> None:
    two_codings(desk)
    page = desk.place.fields.codings
    assert not page.switch.isVisible()
    codings(desk)[0].setFocus()
    desk.press(Qt.Key.Key_Q)
    assert page.switch.isVisible()
    desk.click(page.switch.button("deviant"))
    assert [entry.row.stance for entry in page.entries] == [Stance.QUALIFIES]
    desk.click(page.count)
    assert desk.wanted == [(page.entries[0].coding,)]


def test_deviant_cases_are_a_view_once_there_are_some(desk: Desk) -> None:
    two_codings(desk)
    switch = desk.place.view_switch
    assert switch.keys() == ["board", "outline"]
    theme = desk.place.fields.theme()
    assert theme is not None
    first, second = (entry.coding for entry in codings(desk))
    desk.project.themes.set_stance(theme, [first], Stance.QUALIFIES)
    desk.project.themes.set_stance(theme, [second], Stance.CONTRADICTS)
    desk.settle()
    assert switch.button("deviant").text() == "Deviant cases 2"
    desk.click(switch.button("deviant"))
    view = desk.place.deviant
    assert [entry.coding for entry in view.entries] == [first, second]
    desk.click(view.count)
    assert desk.wanted == [(first, second)]
    desk.click(view.entries[0], QPoint(10, 10))
    assert desk.revealed == [first]


def test_deviant_cases_are_filtered_by_stance_and_theme(desk: Desk) -> None:
    first, second = desk.fill()
    lone = desk.code("always at two", "Time")
    desk.project.themes.add_codings(second, [lone])
    (own,) = (row.passage.coding.id for row in desk.project.themes.codings(first))
    desk.project.themes.set_stance(first, [own], Stance.QUALIFIES)
    desk.project.themes.set_stance(second, [lone], Stance.CONTRADICTS)
    desk.settle()
    desk.click(desk.place.view_switch.button("deviant"))
    view = desk.place.deviant
    desk.click(view.chips[Stance.QUALIFIES])
    assert [entry.coding for entry in view.entries] == [lone]
    desk.click(view.chips[Stance.CONTRADICTS])
    assert view.entries == []
    assert view.empty.isVisible()
    for chip in view.chips.values():
        desk.click(chip)
    names = view.themes_list()
    names.changed.emit(frozenset({first}))
    assert [entry.coding for entry in view.entries] == [own]
    assert view.theme_pill.text() == "Someone phones"
    # The chosen theme has no case any more: the filter goes with it.
    desk.project.themes.set_stance(first, [own], Stance.SUPPORTS)
    desk.settle()
    assert [entry.coding for entry in view.entries] == [lone]
    assert view.theme_pill.text() == "All themes"


def test_a_case_that_supports_again_leaves_the_list_and_undo_brings_it_back(desk: Desk) -> None:
    first, _ = desk.fill()
    (own,) = (row.passage.coding.id for row in desk.project.themes.codings(first))
    desk.project.themes.set_stance(first, [own], Stance.CONTRADICTS)
    desk.settle()
    desk.click(desk.place.view_switch.button("deviant"))
    view = desk.place.deviant
    view.entries[0].setFocus()
    desk.press(Qt.Key.Key_S)
    assert view.cases() == []
    assert desk.place.view_switch.keys() == ["board", "outline"]
    desk.project.history.undo()
    desk.settle()
    assert [case.passage.coding.id for case in view.cases()] == [own]
