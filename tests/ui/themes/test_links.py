"""Links between themes: made by a picker, seen on board and outline, gone along, removed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ikt_coder.core.words import LinkKind
from ikt_coder.ui.themes.link_popover import LinkPopover
from ikt_coder.ui.widgets.roles import ItemRole
from tests.ui.themes.desk import Desk

NOTE = "One shows what the other hides."


def popover(desk: Desk) -> LinkPopover:
    desk.bot.waitUntil(lambda: any(p.isVisible() for p in desk.place.findChildren(LinkPopover)))
    return next(p for p in desk.place.findChildren(LinkPopover) if p.isVisible())


def test_a_link_is_added_by_choosing_kind_note_and_theme(desk: Desk) -> None:
    first, second = desk.fill()
    desk.click(desk.card("Someone phones"))
    section = desk.place.fields.form.links
    desk.click(section.add)
    asked = popover(desk)
    asked.kind.setCurrentIndex(list(LinkKind).index(LinkKind.CONTRAST))
    asked.note.setPlainText(NOTE)
    assert asked.themes is not None
    asked.themes.focus_widget().setFocus()
    desk.press(Qt.Key.Key_Return)
    (link,) = desk.project.themes.links.of(first)
    assert {link.theme, link.other} == {first, second}
    assert (link.kind, link.note) == (LinkKind.CONTRAST, NOTE)
    assert section.rows[0].line.text() == "contrasts with A role nobody described"
    assert desk.said[-1] == "Linked <b>Someone phones</b> with <b>A role nobody described</b>"
    desk.project.history.undo()
    desk.settle()
    assert section.rows == []


def test_leads_to_reads_the_other_way_from_the_other_side(desk: Desk) -> None:
    first, second = desk.fill()
    desk.project.themes.links.add(first, second, LinkKind.LEADS_TO, NOTE)
    desk.settle()
    (there,) = desk.card("Someone phones").links
    (back,) = desk.card("A role nobody described").links
    assert there.text() == "leads to A role nobody described"
    assert back.text() == "follows from Someone phones"
    assert NOTE in there.toolTip()
    assert "leads to" in desk.card("Someone phones").accessibleDescription()


def test_a_click_on_a_link_goes_to_the_other_theme(desk: Desk) -> None:
    first, second = desk.fill()
    desk.project.themes.links.add(first, second, LinkKind.LEADS_TO)
    desk.settle()
    desk.click(desk.card("Someone phones"))
    desk.click(desk.card("Someone phones").links[0])
    assert desk.place.fields.theme() == second
    assert desk.card("A role nobody described").current
    desk.click(desk.place.fields.form.links.rows[0].line)
    assert desk.place.fields.theme() == first


def test_keys_link_and_go_along(desk: Desk) -> None:
    first, second = desk.fill()
    desk.click(desk.card("Someone phones"))
    desk.press(Qt.Key.Key_L)
    popover(desk)
    desk.press(Qt.Key.Key_Return)
    assert len(desk.project.themes.links.of(first)) == 1
    desk.card("Someone phones").setFocus()
    desk.press(Qt.Key.Key_G)
    assert desk.place.fields.theme() == second


def test_several_links_ask_which(desk: Desk) -> None:
    first, second = desk.fill()
    third = desk.theme("A third")
    for other in (second, third):
        desk.project.themes.links.add(first, other, LinkKind.RECIPROCAL)
    desk.settle()
    desk.click(desk.card("Someone phones"))
    menu = desk.place.board.keys.links_menu()
    words = [action.text() for action in menu.actions()]
    assert words == ["goes together with A role nobody described", "goes together with A third"]
    menu.actions()[1].trigger()
    desk.settle()
    assert desk.place.fields.theme() == third


def test_kind_and_note_are_changed_and_the_link_removed(desk: Desk) -> None:
    first, second = desk.fill()
    desk.project.themes.links.add(first, second, LinkKind.RECIPROCAL)
    desk.settle()
    desk.click(desk.card("Someone phones"))
    section = desk.place.fields.form.links
    kinds = {action.text(): action for action in section.rows[0].menu().actions()}
    kinds["Leads to"].trigger()
    desk.settle()
    (link,) = desk.project.themes.links.of(first)
    assert link.kind is LinkKind.LEADS_TO
    section.rows[0].line.setFocus()
    desk.press(Qt.Key.Key_F2)
    asked = popover(desk)
    asked.note.setPlainText(NOTE)
    QTest.keyClick(asked.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.click(asked.keep)
    (link,) = desk.project.themes.links.of(first)
    assert link.note == NOTE
    section.rows[0].line.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert desk.project.themes.links.of(first) == ()


def test_the_same_link_twice_is_refused_calmly(desk: Desk) -> None:
    first, second = desk.fill()
    desk.project.themes.links.add(first, second, LinkKind.RECIPROCAL)
    desk.settle()
    desk.place.acts.link(second, first, LinkKind.RECIPROCAL, "")
    assert "linked in this way already" in desk.failures[0].what


def test_a_theme_alone_has_none_to_link_with(desk: Desk) -> None:
    desk.code("She phoned me", "Contact")
    desk.theme("Someone phones", "Contact")
    desk.settle()
    desk.click(desk.card("Someone phones"))
    desk.click(desk.place.fields.form.links.add)
    assert desk.said[-1] == "There is no other theme to link with yet"


def test_a_card_shows_three_links_and_a_menu_has_them_all(desk: Desk) -> None:
    first, second = desk.fill()
    others = [second, *(desk.theme(f"Theme {number}") for number in range(4))]
    for other in others:
        desk.project.themes.links.add(first, other, LinkKind.CONTRAST)
    desk.settle()
    card = desk.card("Someone phones")
    assert [line.isVisible() for line in card.links] == [True, True, True, False, False]
    assert card.more_links is not None
    assert card.more_links.text() == "2 more links"
    desk.click(card)
    assert len(desk.place.board.keys.links_menu().actions()) == 5


def test_the_outline_says_links_in_words(desk: Desk) -> None:
    first, second = desk.fill()
    desk.project.themes.links.add(first, second, LinkKind.LEADS_TO)
    desk.settle()
    desk.place.show_view("outline")
    outline = desk.place.outline
    row = outline.model().index(0, 0)
    assert "leads to A role nobody described" in str(row.data(ItemRole.SUBTITLE))
    outline.setFocus()
    outline.setCurrentIndex(row)
    desk.press(Qt.Key.Key_G)
    assert desk.place.fields.theme() == second


def test_long_names_and_markup_stay_words(desk: Desk) -> None:
    first, second = desk.fill()
    name = "<b>Bold</b> & " + "x" * 280
    desk.project.themes.change(second, name=name)
    desk.project.themes.links.add(first, second, LinkKind.LEADS_TO, "<i>why</i>")
    desk.settle()
    desk.click(desk.card("Someone phones"))
    row = desk.place.fields.form.links.rows[0]
    assert row.line.text() == f"leads to {name}"
    assert row.line.lines()[-1].endswith("…")
    assert row.width() <= desk.place.fields.width()
    desk.place.acts.unlink(row.link)
    desk.settle()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; x" in desk.said[-1]


def test_among_many_themes_one_types_and_escape_leaves(desk: Desk) -> None:
    first, _ = desk.fill()
    names = [f"Theme {letter}" for letter in "abcdefghij"]
    keys = {name: desk.theme(name) for name in names}
    desk.settle()
    desk.click(desk.card("Someone phones"))
    desk.press(Qt.Key.Key_L)
    asked = popover(desk)
    desk.type("g")
    desk.press(Qt.Key.Key_Escape)
    assert asked.isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus_name() == "Someone phones"
    assert desk.project.themes.links.all() == ()
    desk.press(Qt.Key.Key_L)
    desk.type("theme g")
    desk.press(Qt.Key.Key_Return)
    (link,) = desk.project.themes.links.of(first)
    assert keys["Theme g"] in (link.theme, link.other)


def test_escape_leaves_a_long_list_of_a_filter(desk: Desk) -> None:
    desk.fill()
    for letter in "abcdefghij":
        desk.theme(f"Theme {letter}")
    desk.settle()
    choices = desk.place.table.choices
    kind = next(one for one in choices.filters.kinds if one.field == "themes")
    choices.rows_pill.setFocus()
    choices.filters.open_choices(kind, choices.rows_pill)
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus() is choices.rows_pill
