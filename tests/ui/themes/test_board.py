"""The board: everything by drag and everything by key."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ikt_coder.core.words import Approach, DocumentStatus, ThemeStatus
from ikt_coder.ui.themes.code_card import CodeCard
from ikt_coder.ui.themes.drag import CODES, mime_of_codes, mime_of_codings, mime_of_theme
from ikt_coder.ui.themes.theme_card import ThemeCard
from ikt_coder.ui.themes.theme_picker import ThemePicker
from tests.ui.themes.desk import Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def names(desk: Desk) -> list[str]:
    return [card.name for card in desk.place.board.cards()]


# -- what stands on it ------------------------------------------------------------------------


def test_codes_in_no_theme_come_first_then_a_card_for_each_theme(desk: Desk) -> None:
    desk.fill()
    assert names(desk) == [
        "Not yet in a theme", "Clear role", "Time",
        "Someone phones", "Contact", "A role nobody described",
    ]  # fmt: skip


def test_sub_themes_lie_within_their_theme(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.theme("The first call", "Time", parent=first)
    desk.settle()
    card, nested = desk.card("Someone phones"), desk.card("The first call")
    assert nested.nested
    assert nested.parent() is card
    assert card.rect().contains(nested.geometry())
    assert card.cards()[-1] is desk.code_card("Time")


def test_a_theme_says_n_of_all_and_so_far_while_interim(desk: Desk) -> None:
    desk.fill()
    count = desk.card("Someone phones").count
    assert count is not None
    assert count.text() == "n = 1 of 2"
    desk.project.documents.set_status(desk.document, DocumentStatus.IN_PROGRESS)
    desk.settle()
    count = desk.card("Someone phones").count
    assert count is not None
    assert count.text() == "n = 1 so far"


def test_reflexive_projects_show_no_n(desk: Desk) -> None:
    desk.fill()
    desk.project.card.change(approach=Approach.REFLEXIVE)
    desk.settle()
    assert desk.card("Someone phones").count is None


def test_many_loose_codes_are_shown_on_demand(desk: Desk) -> None:
    words = ("phoned", "me", "before", "third", "meeting", "went", "through", "slides", "with")
    for number, word in enumerate(words):
        desk.code(word, f"Code {number}")
    desk.settle()
    card = desk.card("Not yet in a theme")
    assert len(card.codes) == 8
    assert card.foot is not None
    assert card.foot.text() == "1 more"
    desk.click(card.foot)
    assert len(desk.card("Not yet in a theme").codes) == 9


def test_themes_set_aside_stand_back(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.project.themes.change(first, status=ThemeStatus.SET_ASIDE)
    desk.settle()
    card = desk.card("Someone phones")
    assert card.quiet
    assert card.words.startswith("Set aside")


def test_names_wrap_and_cards_never_overlap(desk: Desk) -> None:
    desk.fill()
    long = "Memory, attention and decision processes of people who travel on winter roads " * 2
    for number in range(12):
        desk.project.themes.add(f"{number} {long}", description=long)
    desk.settle()
    for width in (1280, 700, 420):
        desk.place.resize(width, 860)
        tops = desk.place.board.tops
        for at, card in enumerate(tops):
            assert desk.place.board.canvas.rect().contains(card.geometry())
            for other in tops[at + 1 :]:
                assert not card.geometry().intersects(other.geometry())


# -- by key -----------------------------------------------------------------------------------


def test_arrows_go_from_card_to_card(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.card("Not yet in a theme"))
    met = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_End, Key.Key_Home):
        desk.press(key)
        met.append(desk.focus_name())
    assert met[0:2] == ["Clear role", "Time"]
    assert met[2] == "Contact"
    assert met[3] in ("Clear role", "Time", "Not yet in a theme")
    assert met[4:] == ["A role nobody described", "Not yet in a theme"]


def test_n_makes_a_theme_whose_name_is_typed_at_once(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.card("Someone phones"))
    desk.press(Key.Key_N)
    assert isinstance(desk.focus(), QLineEdit)
    desk.type("Making room, no less")
    desk.press(Key.Key_Return)
    assert "Making room, no less" in desk.names()
    assert "New theme" not in desk.names()
    assert desk.focus_name() == "Making room, no less"


def test_shift_n_makes_a_sub_theme(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.place.board.set_current(desk.card("Someone phones"))
    desk.press(Key.Key_N, SHIFT)
    desk.type("The first call")
    desk.press(Key.Key_Return)
    below = next(row for row in desk.project.themes.all() if row.name == "The first call")
    assert below.parent == first


def test_f2_renames_and_esc_drops(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.card("Someone phones"))
    desk.press(Key.Key_F2)
    desk.type("Not this")
    desk.press(Key.Key_Escape)
    assert "Someone phones" in desk.names()
    desk.press(Key.Key_F2)
    desk.type("A person calls")
    desk.press(Key.Key_Return)
    assert "A person calls" in desk.names()
    assert desk.focus_name() == "A person calls"


def test_a_taken_name_is_refused_and_nothing_is_lost(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.card("Someone phones"))
    desk.press(Key.Key_F2)
    desk.type("a role nobody described")
    desk.press(Key.Key_Return)
    assert len(desk.failures) == 1
    assert "Someone phones" in desk.names()


def test_cut_and_paste_move_a_code_and_the_keyboard_goes_along(desk: Desk) -> None:
    first, second = desk.fill()
    desk.place.board.set_current(desk.code_card("Contact"))
    desk.press(Key.Key_X, CTRL)
    assert desk.code_card("Contact").cut
    desk.place.board.set_current(desk.card("A role nobody described"))
    desk.press(Key.Key_V, CTRL)
    assert (desk.codes_of(first), desk.codes_of(second)) == ([], ["Contact"])
    assert desk.focus_name() == "Contact"
    assert desk.said[-1] == "Moved <b>Contact</b> into <b>A role nobody described</b>"
    desk.project.history.undo()
    assert (desk.codes_of(first), desk.codes_of(second)) == (["Contact"], [])


def test_copy_and_paste_let_a_code_stand_in_two_themes(desk: Desk) -> None:
    first, second = desk.fill()
    desk.place.board.set_current(desk.code_card("Contact"))
    desk.press(Key.Key_C, CTRL)
    desk.place.board.set_current(desk.card("A role nobody described"))
    desk.press(Key.Key_V, CTRL)
    assert (desk.codes_of(first), desk.codes_of(second)) == (["Contact"], ["Contact"])


def test_pasting_among_the_loose_codes_takes_out(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.place.board.set_current(desk.code_card("Contact"))
    desk.press(Key.Key_X, CTRL)
    desk.place.board.set_current(desk.card("Not yet in a theme"))
    desk.press(Key.Key_V, CTRL)
    assert desk.codes_of(first) == []
    assert desk.code_card("Contact").theme is None


def picker(desk: Desk) -> ThemePicker:
    return next(p for p in desk.place.findChildren(ThemePicker) if p.isVisible())


def test_t_moves_to_a_theme_found_by_typing(desk: Desk) -> None:
    _, second = desk.fill()
    desk.place.board.set_current(desk.code_card("Time"))
    desk.press(Key.Key_T)
    assert picker(desk).field.hasFocus()
    desk.type("role")
    desk.press(Key.Key_Return)
    assert desk.codes_of(second) == ["Time"]
    assert desk.focus_name() == "Time"


def test_t_makes_a_theme_of_an_unknown_name(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.code_card("Time"))
    desk.press(Key.Key_T)
    desk.type("Borrowed time")
    desk.press(Key.Key_Return)
    made = next(row for row in desk.project.themes.all() if row.name == "Borrowed time")
    assert desk.codes_of(made.id) == ["Time"]


def test_the_picker_leads_out_of_a_theme_and_esc_leaves_all_as_it_was(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.place.board.set_current(desk.code_card("Contact"))
    desk.press(Key.Key_T)
    desk.press(Key.Key_Escape)
    assert desk.codes_of(first) == ["Contact"]
    assert desk.focus_name() == "Contact"
    desk.press(Key.Key_T)
    desk.press(Key.Key_Down)
    assert picker(desk).list.currentIndex().data() == "Out of the theme"
    desk.press(Key.Key_Return)
    assert desk.codes_of(first) == []


def test_t_on_a_theme_puts_it_below_another(desk: Desk) -> None:
    first, second = desk.fill()
    desk.place.board.set_current(desk.card("A role nobody described"))
    desk.press(Key.Key_T)
    desk.type("phones")
    desk.press(Key.Key_Return)
    assert desk.row(second).parent == first


def test_del_takes_a_code_out_and_deletes_a_theme_with_undo(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.theme("The first call", parent=first)
    desk.settle()
    desk.place.board.set_current(desk.code_card("Contact"))
    desk.press(Key.Key_Delete)
    assert desk.codes_of(first) == []
    assert desk.focus_name() == "Someone phones"
    desk.press(Key.Key_Delete)
    assert desk.names() == ["A role nobody described"]
    assert "with 1 sub-theme" in desk.said[-1]
    desk.project.history.undo()
    assert "Someone phones" in desk.names()


def test_ctrl_down_and_up_change_the_order_of_themes(desk: Desk) -> None:
    desk.fill()
    desk.place.board.set_current(desk.card("Someone phones"))
    desk.press(Key.Key_Down, CTRL)
    assert desk.names() == ["A role nobody described", "Someone phones"]
    desk.press(Key.Key_Up, CTRL)
    assert desk.names() == ["Someone phones", "A role nobody described"]


def test_space_chooses_several_codes_that_move_together(desk: Desk) -> None:
    _, second = desk.fill()
    board = desk.place.board
    board.set_current(desk.code_card("Clear role"))
    desk.press(Key.Key_Space)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Space)
    assert desk.code_card("Clear role").chosen
    desk.press(Key.Key_T)
    desk.type("nobody")
    desk.press(Key.Key_Return)
    assert desk.codes_of(second) == ["Clear role", "Time"]


def test_enter_opens_fields_of_a_theme_and_passages_of_a_code(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.place.board.set_current(desk.card("Someone phones"))
    desk.press(Key.Key_Return)
    assert desk.place.fields.form.name.hasFocus()
    assert desk.place.fields.form.name.text() == "Someone phones"
    desk.press(Key.Key_Escape)
    assert desk.focus_name() == "Someone phones"
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    (coding,) = (row.passage.coding.id for row in desk.project.themes.codings(first))
    assert desk.wanted == [(coding,)]


def test_every_act_by_key_is_in_the_menu(desk: Desk) -> None:
    desk.fill()
    keys = desk.place.board.keys
    desk.place.board.set_current(desk.card("Someone phones"))
    on_theme = {action.text() for action in keys.actions()}
    assert {"New theme", "New sub-theme", "Rename", "Move to theme…", "Delete theme"} <= on_theme
    desk.place.board.set_current(desk.code_card("Contact"))
    on_code = {action.text() for action in keys.actions()}
    assert {"Move to theme…", "Cut", "Copy", "Paste", "Take out of the theme"} <= on_code


# -- by pointer ---------------------------------------------------------------------------------


def test_dropping_a_code_moves_it(desk: Desk) -> None:
    first, second = desk.fill()
    data = mime_of_codes([desk.code_id("Contact")], first)
    assert desk.drop(data, desk.card("A role nobody described"))
    assert (desk.codes_of(first), desk.codes_of(second)) == ([], ["Contact"])


def test_dropping_a_code_of_the_codebook_adds_it(desk: Desk) -> None:
    first, second = desk.fill()
    data = QMimeData()
    data.setData(CODES, str(desk.code_id("Contact")).encode())
    assert desk.drop(data, desk.card("A role nobody described"))
    assert (desk.codes_of(first), desk.codes_of(second)) == (["Contact"], ["Contact"])


def test_dropping_passages_gathers_single_codings(desk: Desk) -> None:
    _, second = desk.fill()
    coding = desk.code("always at two", "Time")
    assert desk.drop(mime_of_codings([coding]), desk.card("A role nobody described"))
    assert [row.passage.coding.id for row in desk.project.themes.codings(second)] == [coding]
    assert desk.code_card("Single coding").count == 1


def test_a_drop_on_empty_ground_makes_a_theme(desk: Desk) -> None:
    desk.fill()
    assert desk.drop(mime_of_codes([desk.code_id("Time")], None), None)
    assert isinstance(desk.focus(), QLineEdit)
    desk.type("Borrowed time")
    desk.press(Key.Key_Return)
    made = next(row for row in desk.project.themes.all() if row.name == "Borrowed time")
    assert desk.codes_of(made.id) == ["Time"]


def test_a_drop_from_a_theme_on_empty_ground_moves_the_code_in_one_act(desk: Desk) -> None:
    first, _ = desk.fill()
    before = len(desk.project.history.all())
    assert desk.drop(mime_of_codes([desk.code_id("Contact")], first), None)
    assert len(desk.project.history.all()) == before + 1
    assert desk.codes_of(first) == []
    desk.project.history.undo()
    assert desk.codes_of(first) == ["Contact"]


def test_dropping_among_the_loose_codes_takes_out(desk: Desk) -> None:
    first, _ = desk.fill()
    data = mime_of_codes([desk.code_id("Contact")], first)
    assert desk.drop(data, desk.card("Not yet in a theme"))
    assert desk.codes_of(first) == []


def test_a_theme_dropped_on_another_lies_below_it_and_on_the_ground_at_the_top(desk: Desk) -> None:
    first, second = desk.fill()
    assert desk.drop(mime_of_theme(second), desk.card("Someone phones"))
    assert desk.row(second).parent == first
    assert not desk.drop(mime_of_theme(first), desk.card("A role nobody described"))
    assert desk.drop(mime_of_theme(second), None)
    assert desk.row(second).parent is None


def test_drops_that_change_nothing_are_refused(desk: Desk) -> None:
    first, _ = desk.fill()
    contact = desk.code_id("Contact")
    before = len(desk.project.history.all())
    assert not desk.drop(mime_of_codes([contact], first), desk.card("Someone phones"))
    loose = mime_of_codes([desk.code_id("Time")], None)
    assert not desk.drop(loose, desk.card("Not yet in a theme"))
    strange = QMimeData()
    strange.setText("words")
    assert not desk.drop(strange, desk.card("Someone phones"))
    assert len(desk.project.history.all()) == before


def test_a_drag_begins_when_the_pointer_moves_away(desk: Desk) -> None:
    first, _ = desk.fill()
    taken: list[CodeCard] = []
    card = desk.code_card("Contact")
    card.drag_wanted.disconnect()
    card.drag_wanted.connect(taken.append)
    QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    QTest.mouseMove(card, QPoint(22, 14))
    assert taken == []
    QTest.mouseMove(card, QPoint(60, 60))
    assert taken == [card]
    held = desk.place.board.held()
    assert (held.codes, held.source, held.moved) == ((card.code,), first, True)


def test_a_click_on_a_count_shows_its_passages(desk: Desk) -> None:
    first, _ = desk.fill()
    (coding,) = (row.passage.coding.id for row in desk.project.themes.codings(first))
    card = desk.code_card("Contact")
    desk.click(card, card.count_rect().center().toPoint())
    count = desk.card("Someone phones").count
    assert count is not None
    desk.click(count)
    assert desk.wanted == [(coding,), (coding,)]


def test_a_double_click_on_empty_ground_makes_a_theme(desk: Desk) -> None:
    desk.fill()
    canvas = desk.place.board.canvas
    corner = QPoint(canvas.width() - 4, canvas.height() - 4)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=corner)
    desk.settle()
    assert "New theme" in desk.names()


def test_the_current_theme_is_marked_and_shown_in_the_fields(desk: Desk) -> None:
    _, second = desk.fill()
    desk.click(desk.card("A role nobody described"))
    assert desk.place.fields.theme() == second
    assert desk.card("A role nobody described").current
    assert not desk.card("Someone phones").current


def test_cards_read_themselves_aloud(desk: Desk) -> None:
    desk.fill()
    card = desk.card("Someone phones")
    assert isinstance(card, ThemeCard)
    assert card.accessibleName() == "Someone phones"
    assert "n = 1 of 2" in card.accessibleDescription()
    assert desk.code_card("Contact").accessibleName() == "Contact, 1 passage in the analysis layer"
