"""The table below the board: live, every figure opens, and it goes to files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox

from ikt_coder.core.words import Valence, WordPair
from ikt_coder.services.theme_table import Side, ThemeColumn
from ikt_coder.ui.widgets.popover import Popover
from tests.ui.themes.desk import Desk

COLUMNS = (ThemeColumn.PARTICIPANTS, ThemeColumn.DIRECTIONS)


def choose(desk: Desk, **options: object) -> None:
    choices = desk.place.table.choices
    choices.set_options(replace(choices.options, **options))  # type: ignore[arg-type]  # options by name
    desk.settle()


def words(desk: Desk) -> str:
    return desk.place.table.preview.toPlainText()


def headings(desk: Desk) -> list[str]:
    table = desk.place.table.preview.table()
    assert table is not None
    return [column.name for column in table.columns]


def test_the_table_follows_every_act(desk: Desk) -> None:
    first, _ = desk.fill()
    assert "Someone phones" in words(desk)
    desk.project.themes.change(first, description="A person, not a letter.")
    desk.settle()
    assert "A person, not a letter." in words(desk)
    desk.project.history.undo()
    desk.settle()
    assert "A person, not a letter." not in words(desk)


def test_number_title_rules_and_note_are_those_of_the_export(desk: Desk) -> None:
    desk.fill()
    choose(desk, columns=COLUMNS, number=3)
    assert desk.place.table.caption() == (
        "<b>Table 3</b> &nbsp;<i>Themes, With Passages by Direction</i>"
    )
    html = desk.place.table.preview.toHtml()
    assert "Passages" in html
    assert "N = 2 participants" in words(desk)
    assert "Columns without passages are left out" in words(desk)


def test_a_figure_opens_the_codings_behind_it(desk: Desk) -> None:
    first, _ = desk.fill()
    choose(desk, columns=COLUMNS)
    assert headings(desk) == ["Theme", "n", "Facilitator"]
    (coding,) = (row.passage.coding.id for row in desk.project.themes.codings(first))
    desk.place.table.preview.anchorClicked.emit(QUrl("0,2,0"))
    assert desk.wanted == [(coding,)]
    desk.place.table.preview.anchorClicked.emit(QUrl("1,2,0"))  # a zero opens nothing
    desk.place.table.preview.anchorClicked.emit(QUrl("nonsense"))
    assert desk.wanted == [(coding,)]


def test_a_figure_is_clicked_where_it_stands(desk: Desk) -> None:
    desk.fill()
    choose(desk, columns=(ThemeColumn.PARTICIPANTS,))
    preview = desk.place.table.preview
    place = next(
        QPoint(x, y)
        for y in range(0, preview.viewport().height(), 3)
        for x in range(preview.viewport().width() - 1, 0, -3)
        if preview.anchorAt(QPoint(x, y)) == "0,1,0"
    )
    QTest.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(desk.wanted) == 1


def test_figures_are_reached_by_tab_and_opened_by_enter(desk: Desk) -> None:
    desk.fill()
    choose(desk, columns=(ThemeColumn.PARTICIPANTS,))
    preview = desk.place.table.preview
    preview.setFocus()
    QTest.keyClick(preview, Qt.Key.Key_Tab)
    QTest.keyClick(preview, Qt.Key.Key_Return)
    assert len(desk.wanted) == 1


def test_columns_are_ticked_in_a_popover(desk: Desk) -> None:
    desk.fill()
    desk.click(desk.place.table.choices.columns_pill)
    popover = next(p for p in desk.place.findChildren(Popover) if p.isVisible())
    boxes = {box.text(): box for box in popover.findChildren(QCheckBox)}
    assert boxes["Quotes"].isChecked()
    boxes["Quotes"].click()
    boxes["Passages by direction"].click()
    desk.settle()
    assert headings(desk) == ["Theme", "Description", "n", "Facilitator"]


def test_one_side_is_chosen_in_a_menu(desk: Desk) -> None:
    desk.fill()
    menu = desk.place.table.choices.sides_menu()
    next(action for action in menu.actions() if action.text() == "Barriers only").trigger()
    desk.settle()
    assert desk.place.options().side is Side.BARRIERS
    assert "Someone phones" not in words(desk).split("Note.")[0]
    assert desk.place.table.choices.side_pill.text() == "Barriers only"


def test_directions_are_named_in_the_projects_words(desk: Desk) -> None:
    desk.fill()
    desk.project.card.change(words=WordPair.BARRIERS_ENABLERS)
    desk.settle()
    choices = desk.place.table.choices
    assert choices.side_pill.text() == "Barriers and enablers"
    assert [a.text() for a in choices.sides_menu().actions()][2] == "Enablers only"


def test_number_and_title_are_typed_in_a_popover(desk: Desk) -> None:
    desk.fill()
    desk.click(desk.place.table.choices.style_pill)
    popover = next(p for p in desk.place.findChildren(Popover) if p.isVisible())
    popover.findChildren(QSpinBox)[0].setValue(4)
    title = next(
        box for box in popover.findChildren(QLineEdit) if not isinstance(box.parent(), QSpinBox)
    )
    title.setFocus()
    QTest.keyClicks(title, "What Partners <Said>")
    QTest.keyClick(title, Qt.Key.Key_Return)
    desk.settle()
    assert desk.place.table.caption() == ("<b>Table 4</b> &nbsp;<i>What Partners &lt;Said&gt;</i>")


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".html", ".csv", ".md"])
def test_the_table_is_exported(desk: Desk, tmp_path: Path, ending: str) -> None:
    desk.fill()
    offered: list[Path] = []
    target = tmp_path / f"themes{ending}"

    def choose_path(path: Path, _ending: str) -> Path:
        offered.append(path)
        return target

    opened: list[Path] = []
    desk.place.export.choose = choose_path
    desk.place.export.open = opened.append
    desk.place.export.export(ending)
    desk.settle()
    assert offered[0].suffix == ending
    assert target.stat().st_size > 100
    assert desk.place.bar.message() == f"Saved themes{ending}"
    desk.click(desk.place.bar.buttons()[0])
    assert opened == [target]


def test_the_button_exports_to_word(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    target = tmp_path / "themes"
    desk.place.export.choose = lambda path, ending: target
    desk.click(desk.place.export_button.word)
    written = Document(str(tmp_path / "themes.docx"))
    cells = [cell.text for row in written.tables[0].rows for cell in row.cells]
    assert "Someone phones" in cells
    assert any("Table 1" in paragraph.text for paragraph in written.paragraphs)


def test_a_place_that_cannot_be_written_is_told_calmly(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    desk.place.export.choose = lambda path, ending: tmp_path / "no such folder" / "t.docx"
    desk.place.export.export(".docx")
    desk.settle()
    assert len(desk.failures) == 1
    assert not desk.place.bar.isVisible()


def test_a_cancelled_dialog_writes_nothing(desk: Desk) -> None:
    desk.fill()
    desk.place.export.choose = lambda path, ending: None
    desk.place.export.export(".docx")
    desk.settle()
    assert not desk.place.bar.isVisible()


def test_labels_that_tell_who_spoke_are_warned_about(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    person = next(row.id for row in desk.project.participants.all() if row.label == "P01")
    desk.project.participants.change(person, group="patient partner")
    choose(desk, group_labels=True)
    desk.place.export.choose = lambda path, ending: tmp_path / "t.docx"
    desk.place.export.export(".docx")
    desk.settle()
    assert "Fewer than three participants fit “patient partner”" in desk.place.bar.message()


def test_mixed_columns_fit_without_breaking_a_heading(desk: Desk) -> None:
    desk.fill()
    for words_, valence in (("the slides", Valence.MIXED), ("third meeting", Valence.NEUTRAL)):
        desk.code(words_, "Contact", valence)
    desk.settle()
    choose(desk, columns=tuple(ThemeColumn))
    preview = desk.place.table.preview
    table = preview.table()
    assert table is not None
    widths = preview.column_widths(table)
    metrics = preview.fontMetrics()
    for column, width in zip(table.columns, widths, strict=True):
        for word in column.name.split():
            assert metrics.horizontalAdvance(word) < width
