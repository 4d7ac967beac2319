"""Attributes from .xlsx files: dates, numbers, truths, errors and formulas as Excel keeps them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.cells import Day, Failed, Figure, Truth, read_cells
from ikt_coder.services.attribute_files.rows import AttributePlan, ImportChoices
from tests.services.attribute_files.conftest import Desk


def workbook(path: Path, *rows: tuple[object, ...], title: str = "Sheet") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def planned(desk: Desk, *rows: tuple[object, ...]) -> AttributePlan:
    path = workbook(desk.folder / "people.xlsx", *rows)
    return desk.project.attributes.read_file(path, Subject.PARTICIPANT, ImportChoices())


def test_cells_remember_what_the_workbook_keeps(tmp_path: Path) -> None:
    moment = datetime(2024, 3, 4, 10, 30)
    path = workbook(
        tmp_path / "a.xlsx",
        ("Name", "a", "b", "c", "d", "e", "f", "g"),
        ("P01", 3.0, 3.25, date(2024, 3, 4), moment, True, "=1+1", time(10, 30)),
    )
    table = read_cells(path)
    (row,) = table.rows
    assert row == (
        "P01",
        "3",
        "3.25",
        "2024-03-04",
        "2024-03-04 10:30:00",
        "TRUE",
        "=1+1",
        "10:30:00",
    )
    kinds = [type(cell) for cell in row]
    assert kinds == [str, Figure, Figure, Day, Day, Truth, Failed, str]
    assert (table.heading_number, table.numbers, table.separator) == (1, (2,), "")


def test_a_workbook_is_imported(desk: Desk) -> None:
    plan = planned(
        desk,
        ("Name", "Years", "Joined", "Role", "Smokes"),
        ("P01", 3.5, date(2024, 3, 4), "nurse", True),
        ("P02", 4, None, None, False),
    )
    assert (plan.faults, plan.questions) == ((), ())
    assert plan.columns[4].kind is AttributeKind.CHOICE
    desk.project.attributes.import_plan(plan)
    assert desk.known() == {
        "P01": {"Years": "3.5", "Joined": "2024-03-04", "Role": "Nurse", "Smokes": "TRUE"},
        "P02": {"Years": "4", "Smokes": "FALSE"},
    }


def test_truths_are_the_choices_that_mean_them(desk: Desk) -> None:
    desk.project.attributes.add("Smokes", Subject.PARTICIPANT, AttributeKind.CHOICE, ("Yes", "No"))
    plan = planned(desk, ("Name", "Smokes"), ("P01", True), ("P02", False))
    assert not plan.faults
    desk.project.attributes.import_plan(plan)
    assert desk.known() == {"P01": {"Smokes": "Yes"}, "P02": {"Smokes": "No"}}


def test_numbers_of_a_workbook_are_never_two_things(desk: Desk) -> None:
    plan = planned(desk, ("Name", "Years"), ("P01", 1.234), ("P02", 1234))
    assert not plan.questions
    desk.project.attributes.import_plan(plan)
    assert desk.known() == {"P01": {"Years": "1.234"}, "P02": {"Years": "1234"}}


BAD = [
    ("Years", "=1/0", "formula without its result"),
    ("Years", True, "“TRUE” is not a number."),
    ("Years", date(2024, 3, 4), "“2024-03-04” is not a number."),
    ("Joined", 45355, "“45355” is not a date."),
    ("Joined", datetime(2024, 3, 4, 9), "has a time of day"),
    ("Site", "=A1", "formula without its result"),
]


@pytest.mark.parametrize(("name", "value", "what"), BAD)
def test_what_does_not_fit_is_told(desk: Desk, name: str, value: object, what: str) -> None:
    plan = planned(desk, ("Name", name), ("P02", None), ("P01", value))
    (fault,) = plan.faults
    assert (fault.row, fault.column) == (3, 1)
    assert what in fault.what


def test_an_error_of_excel_is_told(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Name", "Site"))
    sheet.append(("P01", "x"))
    sheet["B2"].value = "#N/A"
    sheet["B2"].data_type = "e"
    path = desk.folder / "error.xlsx"
    book.save(path)
    plan = desk.project.attributes.read_file(path, Subject.PARTICIPANT)
    assert "error of the spreadsheet" in plan.faults[0].what


def test_a_formula_with_its_result_gives_the_result(desk: Desk) -> None:
    path = workbook(desk.folder / "formula.xlsx", ("Name", "Years"), ("P01", "=1+1"))
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                assert b"<v />" in content or b"<v></v>" in content or b"<v/>" in content
                for empty in (b"<v />", b"<v></v>", b"<v/>"):
                    content = content.replace(empty, b"<v>2</v>")
            new.writestr(part, content)
    path.write_bytes(packed.getvalue())
    desk.project.attributes.import_plan(
        desk.project.attributes.read_file(path, Subject.PARTICIPANT)
    )
    assert desk.known() == {"P01": {"Years": "2"}}


def test_the_first_sheet_that_says_anything_is_read_and_told(desk: Desk) -> None:
    book = Workbook()
    second = book.create_sheet("People")
    second.append(("Name", "Years"))
    second.append(("P01", 3))
    book.create_sheet("Notes").append(("x",))
    path = desk.folder / "sheets.xlsx"
    book.save(path)
    plan = desk.project.attributes.read_file(path, Subject.PARTICIPANT)
    assert plan.notices == ("Only the sheet “People” is read, not “Sheet”, “Notes”.",)
    assert plan.new == 1


def test_empty_rows_above_and_between_keep_the_numbers_of_the_rows(desk: Desk) -> None:
    plan = planned(desk, (None,), ("Name", "Years"), (None, None), ("P01", "many"))
    assert plan.table.heading_number == 2
    assert [fault.row for fault in plan.faults] == [4]


def test_a_damaged_workbook_is_refused(desk: Desk) -> None:
    path = workbook(desk.folder / "a.xlsx", ("Name", "Years"), ("P01", 3))
    data = path.read_bytes()
    for cut in range(10, len(data), 400):
        path.write_bytes(data[:cut])
        with pytest.raises(UnreadableFile):
            desk.project.attributes.read_file(path, Subject.PARTICIPANT)
