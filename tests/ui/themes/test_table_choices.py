"""Order, filters, style, language and appendix of the theme table, and saved tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox

from ikt_coder.core.span import Span
from ikt_coder.core.table import TableStyle
from ikt_coder.core.words import ThemeStatus
from ikt_coder.services.theme_table import ThemeColumn
from ikt_coder.services.theme_table_options import ExportLanguage, RowOrder
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.themes.place import ThemesPlace
from ikt_coder.ui.widgets.popover import Popover
from tests.studies import add_talk
from tests.ui.themes.desk import Desk

LONG = (
    "P03: I said it to the nurse and I said it to the one who runs the study and I said it "
    "again at the third meeting because nobody in that room had ever asked me what I would "
    "want a study like this to find out at all.\n"
)


def choose(desk: Desk, **options: object) -> None:
    choices = desk.place.table.choices
    choices.set_options(replace(choices.options, **options))  # type: ignore[arg-type]  # options by name
    desk.settle()


def body(desk: Desk) -> str:
    return desk.place.table.preview.toPlainText()


def menu_of_rows(desk: Desk, words: str) -> None:
    menu = desk.place.table.choices.rows_menu()
    next(action for action in menu.actions() if action.text() == words).trigger()
    desk.settle()


def form(desk: Desk) -> Popover:
    desk.click(desk.place.table.choices.style_pill)
    return next(p for p in desk.place.findChildren(Popover) if p.isVisible())


def pick(desk: Desk, box: QComboBox, words: str) -> None:
    """Choose an entry of a box by its keys."""
    box.setFocus()
    while box.currentText() != words:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"there is no {words}"
    desk.settle()


def long_quote(desk: Desk) -> None:
    """A theme with an accepted quote of more than forty words."""
    desk.fill()
    other = add_talk(desk.project, LONG, "Another talk", ["P03"])
    start = LONG.index("I said")
    code = desk.code_id("Contact")

    coding = desk.project.codings.apply(other, Span(start, len(LONG) - 1), code)
    theme = desk.project.themes.all()[0].id
    desk.project.quotes.accept(theme, coding)
    desk.settle()


def test_rows_are_ordered_from_a_menu(desk: Desk) -> None:
    desk.fill()
    menu_of_rows(desk, "By name")
    assert desk.place.options().order is RowOrder.NAME
    assert body(desk).index("A role nobody described") < body(desk).index("Someone phones")


def test_orders_by_level_and_framework_have_heading_rows(desk: Desk) -> None:
    desk.fill()
    desk.project.frameworks.add("levels-micro-meso-macro")
    first = desk.project.themes.all()[0].id
    level = desk.project.frameworks.levels()[0]
    desk.project.themes.set_levels(first, [level.id])
    desk.settle()
    menu_of_rows(desk, "By level")
    table = desk.place.table.preview.table()
    assert table is not None
    assert table.headings
    html = desk.place.table.preview.toHtml()
    assert f'colspan="{len(table.columns)}"' in html
    assert level.name in body(desk)


def test_filters_are_chips_that_can_be_taken_away(desk: Desk) -> None:
    first, _ = desk.fill()
    filters = desk.place.table.choices.filters
    assert not filters.isVisible()
    kind = next(one for one in filters.kinds if one.field == "themes")
    offered = filters.choices(kind)
    offered.changed.emit(frozenset({first}))
    desk.settle()
    assert filters.chips["themes"].text() == "Themes: Someone phones"
    assert "A role nobody described" not in body(desk)
    filters.chips["themes"].setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert not filters.isVisible()
    assert "A role nobody described" in body(desk)


def test_a_filter_is_chosen_in_a_list_with_check_marks(desk: Desk) -> None:
    first, _ = desk.fill()
    desk.project.themes.change(first, status=ThemeStatus.DEFINED)
    desk.settle()
    menu_of_rows(desk, "Only themes of some status…")
    popover = next(p for p in desk.place.findChildren(Popover) if p.isVisible())
    assert popover.isAncestorOf(desk.focus())
    QTest.keyClick(desk.focus(), Qt.Key.Key_Down)
    QTest.keyClick(desk.focus(), Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    assert desk.place.options().statuses == {ThemeStatus.DEFINED}
    assert popover.isVisible()
    assert "A role nobody described" not in body(desk)


@pytest.mark.parametrize(
    ("style", "caption", "lead"),
    [
        ("APA 7", "<b>Table 1</b> &nbsp;<i>Themes</i>", "Note. "),
        ("BMC / Springer", "<b>Table 1</b> Themes", ""),
        ("Vancouver (ICMJE)", "Table 1. Themes", ""),
    ],
)
def test_number_title_and_note_follow_the_style(
    desk: Desk, style: str, caption: str, lead: str
) -> None:
    desk.fill()
    box = form(desk).findChildren(QComboBox)[0]
    pick(desk, box, style)
    assert desk.place.table.caption() == caption
    assert ("Note. " in body(desk)) == bool(lead)
    assert desk.place.table.choices.style_pill.text() == style


def test_the_language_is_that_of_the_export_alone(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    pick(desk, form(desk).findChildren(QComboBox)[1], "French")
    assert desk.place.table.caption() == "<b>Tableau 1</b> &nbsp;<i>Thèmes</i>"
    assert desk.place.table.choices.style_pill.text() == "APA 7, French"
    desk.place.export.choose = lambda path, ending: tmp_path / "t.docx"
    desk.place.export.export(".docx")
    desk.settle()
    written = Document(str(tmp_path / "t.docx"))
    assert any("Tableau 1" in paragraph.text for paragraph in written.paragraphs)


def test_long_quotes_stand_whole_in_an_appendix_on_screen_and_in_the_file(
    desk: Desk, tmp_path: Path
) -> None:
    long_quote(desk)
    panel = form(desk)
    panel.findChildren(QCheckBox)[0].click()
    desk.settle()
    assert "Table 2" in body(desk)
    assert body(desk).count("to find out at all") == 1
    desk.place.export.choose = lambda path, ending: tmp_path / "t.docx"
    desk.place.export.export(".docx")
    desk.settle()
    assert len(Document(str(tmp_path / "t.docx")).tables) == 2


def test_warnings_stand_above_the_table(desk: Desk) -> None:
    desk.fill()
    warning = desk.place.table.warning
    assert not warning.isVisible()
    person = next(row.id for row in desk.project.participants.all() if row.label == "P01")
    desk.project.participants.change(person, group="patient partner")
    choose(desk, group_labels=True)
    assert warning.isVisible()
    assert "Fewer than three participants fit “patient partner”" in warning.words.text()


def test_a_table_is_saved_changed_saved_again_renamed_and_deleted(desk: Desk) -> None:
    desk.fill()
    saved = desk.place.table.saved
    choose(desk, columns=(ThemeColumn.PARTICIPANTS,), number=3)

    def act(words: str) -> None:
        next(one for one in saved.menu().actions() if one.text() == words).trigger()
        desk.settle()

    def name(words: str) -> None:
        asked = next(p for p in desk.place.findChildren(NamePopover) if p.isVisible())
        asked.field.selectAll()
        QTest.keyClicks(asked.field, words)
        QTest.keyClick(asked.field, Qt.Key.Key_Return)
        desk.settle()

    act("Save this table as…")
    name("Thesis")
    assert saved.pill.text() == "Thesis"
    choose(desk, number=4)
    assert saved.pill.text() == "Thesis (changed)"
    act("Save the changes to “Thesis”")
    assert saved.pill.text() == "Thesis"
    (row,) = desk.project.tables.all()
    assert row.options is not None
    assert row.options.number == 4
    act("Rename…")
    name("Article")
    assert saved.pill.text() == "Article"
    choose(desk, number=9)
    act("Article")
    assert desk.place.options().number == 4
    act("Delete “Article”")
    assert saved.pill.text() == "Saved tables"
    assert desk.project.tables.all() == ()
    desk.project.history.undo()
    desk.settle()
    assert saved.pill.text() == "Article"


def test_a_saved_table_counts_anew(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk, columns=(ThemeColumn.PARTICIPANTS,))
    desk.project.tables.save("Kept", "themes", desk.place.table.choices.options)
    desk.code("I came late, and", "Contact")
    desk.settle()
    desk.place.table.saved.choose(desk.project.tables.find("Kept"))
    desk.settle()
    table = desk.place.table.preview.table()
    assert table is not None
    assert table.rows[0][1].text == "2"
    assert desk.row(first).participants == 2


def test_another_table_of_the_name_is_told_calmly(desk: Desk) -> None:
    desk.fill()
    for name in ("One", "Two"):
        desk.project.tables.save(name, "themes", desk.place.table.choices.options)
    desk.settle()
    saved = desk.place.table.saved
    saved.choose(desk.project.tables.find("One"))
    next(one for one in saved.menu().actions() if one.text() == "Rename…").trigger()
    asked = next(p for p in desk.place.findChildren(NamePopover) if p.isVisible())
    asked.field.selectAll()
    QTest.keyClicks(asked.field, "two")
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    desk.settle()
    assert len(desk.failures) == 1
    assert saved.pill.text() == "One"


def test_what_was_chosen_is_there_another_day(desk: Desk) -> None:
    desk.fill()
    desk.project.tables.save("Kept", "themes", desk.place.table.choices.options)
    desk.settle()
    desk.place.table.saved.choose(desk.project.tables.find("Kept"))
    choose(desk, style=TableStyle.BMC, language=ExportLanguage.FRENCH, order=RowOrder.NAME)
    again = ThemesPlace(desk.context)
    desk.bot.addWidget(again)
    options = again.table.choices.options
    assert (options.style, options.language, options.order) == (
        TableStyle.BMC,
        ExportLanguage.FRENCH,
        RowOrder.NAME,
    )
    assert again.table.saved.key == desk.project.tables.find("Kept").id


@pytest.mark.parametrize("ending", [".docx", ".html", ".md"])
def test_a_draft_chapter_is_written(desk: Desk, tmp_path: Path, ending: str) -> None:
    first, _ = desk.fill()
    desk.project.themes.change(first, narrative="They were phoned, one by one.")
    desk.settle()
    target = tmp_path / f"chapter{ending}"
    desk.place.export.choose = lambda path, _ending: target
    draft = next(one.menu() for one in desk.place.export.menu().actions() if one.menu())
    next(one for one in draft.actions() if ending in one.text()).trigger()
    desk.settle()
    if ending == ".docx":
        words = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    else:
        words = target.read_text(encoding="utf-8")
    assert "They were phoned, one by one." in words
    assert desk.place.bar.message() == f"Saved chapter{ending}"
