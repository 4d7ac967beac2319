"""A file of attributes looked at and imported, and written again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.rows import Missing
from ikt_coder.ui.attributes.import_columns import Part
from ikt_coder.ui.attributes.import_dialog import AttributeImportDialog
from ikt_coder.ui.attributes.page import AttributesPage
from ikt_coder.ui.people.view import PeopleDialog
from tests.ui.attributes.cells import acts, names, shown, value
from tests.ui.documents.workplace import Workplace


def file(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def opened(page: AttributesPage, work: Workplace, path: Path) -> AttributeImportDialog:
    """The dialog for a file, its plan shown."""
    page.files.import_file(path)
    dialog = page.files.dialog
    assert dialog is not None
    work.bot.waitUntil(dialog.isActiveWindow)
    if dialog.plan is None:
        work.bot.waitSignal(dialog.planned).wait()
    dialog.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  # lives with the dialog
        dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return dialog


def cell(dialog: AttributeImportDialog, row: int, part: Part) -> str:
    return str(dialog.model.index(row, part).data())


def choose(dialog: AttributeImportDialog, work: Workplace, row: int, part: Part, at: int) -> None:
    """Choose the option ``at`` of a cell with the keyboard."""
    dialog.columns.setFocus()
    dialog.columns.setCurrentIndex(dialog.model.index(row, part))
    with work.bot.waitSignal(dialog.planned):
        work.key(Qt.Key.Key_F2)
        box = dialog.columns.viewport().findChild(QComboBox)
        assert isinstance(box, QComboBox)
        work.bot.waitUntil(lambda: box.view().isVisible())
        box.view().setCurrentIndex(box.model().index(at, 0))
        work.bot.keyClick(box.view(), Qt.Key.Key_Return)


def faults(dialog: AttributeImportDialog) -> list[str]:
    model = dialog.faults.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_file_is_looked_at_and_imported_in_one_act(
    page: AttributesPage, people: PeopleDialog, work: Workplace, tmp_path: Path
) -> None:
    before = acts(work)
    dialog = opened(page, work, file(tmp_path, "Name,Years,Country\nP01,12,Ghana\nP02,9,Nepal\n"))
    assert dialog.summary.text() == "2 values are new, 1 is changed, 1 stands there already."
    assert dialog.import_button.text() == "Import 3 values"
    assert cell(dialog, 1, Part.USE) == "there already: number"
    assert cell(dialog, 2, Part.USE) == "new: text ▾"
    assert acts(work) == before
    with work.bot.waitSignal(dialog.imported, timeout=20_000):
        work.bot.keyClick(dialog.import_button, Qt.Key.Key_Return)
    work.bot.waitUntil(lambda: page.up_to_date and "Country" in names(page))
    assert shown(page, "P01", "Country") == "Ghana"
    assert value(work, "P01", "Years") == "12"
    assert acts(work) == before + 1
    assert "Imported 3 values" in work.said[-1]
    work.bot.waitUntil(lambda: page.files.dialog is None)
    with work.bot.waitSignal(work.context.message):
        work.click(people.status.undo_button())
    work.bot.waitUntil(lambda: "Country" not in names(page))
    assert value(work, "P01", "Years") == "10"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
def test_a_column_is_text_because_of_one_odd_value_and_the_dialog_says_which(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    rows = "P01,12,City\nP03,9,North\nP02,about ten,City\nP04,4,North\n"
    dialog = opened(page, work, file(tmp_path, f"Name,Months,Home\n{rows}"))
    assert cell(dialog, 1, Part.USE) == "new: text ▾"
    assert cell(dialog, 1, Part.READING) == "3 of 4 are numbers"
    assert cell(dialog, 1, Part.VALUES).startswith("about ten · ")
    said = (
        "“Months” is taken as text, though 3 of 4 are numbers. The odd one: “about ten” in row 4."
    )
    assert dialog.odd.text() == said
    assert dialog.odd.isVisible()
    assert cell(dialog, 2, Part.READING) == ""
    # Chosen, it is no guess any more.
    choose(dialog, work, 1, Part.USE, 1)
    assert not dialog.odd.isVisible()
    assert dialog.plan is not None
    assert dialog.plan.columns[1].kind is AttributeKind.NUMBER
    assert faults(dialog)[0].startswith("Row 4, column B")
    choose(dialog, work, 1, Part.USE, 0)
    assert not dialog.odd.isVisible()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
def test_the_menu_of_kinds_shows_all_of_them(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    dialog = opened(page, work, file(tmp_path, "Name,Home\nP01,City\nP02,North\n"))
    dialog.columns.edit(dialog.model.index(1, Part.USE))
    box = dialog.columns.viewport().findChild(QComboBox)
    assert isinstance(box, QComboBox)
    work.bot.waitUntil(lambda: box.view().isVisible())
    last = box.model().index(box.count() - 1, 0)
    assert box.view().visualRect(last).bottom() < box.view().viewport().height()
    work.bot.keyClick(box.view(), Qt.Key.Key_Escape)


def test_faults_keep_the_file_out_until_a_column_is_left_aside(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    before = acts(work)
    dialog = opened(page, work, file(tmp_path, "Name,Years,Site\nP01,many,East\nP02,few,West\n"))
    assert not dialog.import_button.isEnabled()
    assert faults(dialog) == [
        "Row 2, column B: “many” is not a number.",
        "Row 3, column B: “few” is not a number.",
    ]
    assert "2 cells do not fit" in dialog.summary.text()
    dialog.columns.setCurrentIndex(dialog.model.index(1, Part.NAME))
    dialog.columns.setFocus()
    with work.bot.waitSignal(dialog.planned):
        work.key(Qt.Key.Key_Space)
    assert cell(dialog, 1, Part.USE) == "left aside"
    assert not dialog.faults.isVisible()
    assert dialog.import_button.text() == "Import 2 values"
    work.key(Qt.Key.Key_Escape)
    assert page.files.dialog is None
    assert acts(work) == before


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
def test_days_that_can_be_two_are_asked_and_answered_by_keyboard(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    dialog = opened(page, work, file(tmp_path, "Name;Joined\nP01;03/04/2024\n"))
    assert not dialog.import_button.isEnabled()
    assert cell(dialog, 1, Part.READING) == "please choose… ▾"
    (question,) = faults(dialog)
    assert question == "“Joined”: “03/04/2024” can be two days. How are its days written?"
    choose(dialog, work, 1, Part.READING, 1)
    assert cell(dialog, 1, Part.READING) == "month, day, year ▾"
    with work.bot.waitSignal(dialog.imported, timeout=20_000):
        work.click(dialog.import_button)
    assert value(work, "P01", "Joined") == "2024-03-04"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")
def test_the_kind_of_a_new_attribute_is_chosen(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    dialog = opened(page, work, file(tmp_path, "Name,Postcode\nP01,12\nP02,13\n"))
    assert cell(dialog, 1, Part.USE) == "new: number ▾"
    choose(dialog, work, 1, Part.USE, list(AttributeKind).index(AttributeKind.TEXT))
    assert cell(dialog, 1, Part.USE) == "new: text ▾"


def test_who_is_missing_is_added_and_new_choices_are_offered(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    dialog = opened(page, work, file(tmp_path, "Name,Role\nP01,Carer\nP09,Nurse\n"))
    assert dialog.missing.isVisible()
    assert "Not in the project and left aside: P09." in dialog.people.text()
    assert "In the project and not in the file: P02." in dialog.people.text()
    with work.bot.waitSignal(dialog.planned):
        work.click(dialog.add_choices, QPoint(8, dialog.add_choices.height() // 2))
    dialog.missing.setFocus()
    with work.bot.waitSignal(dialog.planned):
        work.key(Qt.Key.Key_Down)
        dialog.missing.activated.emit(dialog.missing.currentIndex())
    assert dialog.choices.missing is Missing.CREATE
    assert "1 participant would be added: P09." in dialog.people.text()
    with work.bot.waitSignal(dialog.imported, timeout=20_000):
        work.click(dialog.import_button)
    assert value(work, "P01", "Role") == "Carer"
    assert value(work, "P09", "Role") == "Nurse"


def test_a_file_that_cannot_be_read_says_why(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    dialog = opened_badly(page, work, file(tmp_path, "", "empty.csv"))
    assert not dialog.import_button.isEnabled()
    dialog.reject()


def opened_badly(page: AttributesPage, work: Workplace, path: Path) -> AttributeImportDialog:
    page.files.import_file(path)
    dialog = page.files.dialog
    assert dialog is not None
    work.bot.waitUntil(lambda: "Nothing can be imported" in dialog.summary.text())
    return dialog


def test_a_file_dropped_onto_the_grid_is_looked_at(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, "Name,Site\nP01,East\n")))])
    place = QPoint(200, 200)
    keys = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(place, *keys)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(place), *keys)
    QApplication.sendEvent(page, drop)
    dialog = page.files.dialog
    assert dialog is not None
    work.bot.waitUntil(lambda: dialog.plan is not None)
    dialog.reject()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "talk.docx"))])
    other = QDragEnterEvent(place, *keys)
    QApplication.sendEvent(page, other)
    assert not other.isAccepted()


def test_what_was_written_to_a_file_comes_back(
    page: AttributesPage, work: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    with work.bot.waitSignal(work.context.message, timeout=20_000):
        page.files.export_file(path)
    plan = work.project.attributes.read_file(path, Subject.PARTICIPANT)
    assert (plan.same, plan.something) == (4, False)
    page.files.export_file(tmp_path / "gone" / "out.csv")
    work.bot.waitUntil(lambda: bool(work.failures))
    assert isinstance(work.failures[-1], UserError)


def test_a_project_for_reading_imports_nothing(page: AttributesPage) -> None:
    page.model.editable = False
    read, write = page.files.menu().actions()
    assert (read.isEnabled(), write.isEnabled()) == (False, True)
    page.model.editable = True
