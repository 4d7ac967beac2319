"""Excel workbooks, opened again with another library."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.exporters import xlsx_table
from ikt_coder.exporters.xlsx_table import write
from tests.exporters.conftest import heading, long_table


def opened(tables: Sequence[Table], sources: str = "", language: str = "en") -> Workbook:
    stream = io.BytesIO()
    write(tables, stream, language, sources)
    stream.seek(0)
    return openpyxl.load_workbook(stream)


def test_a_numbered_table_stands_under_its_title_and_over_its_notes(themes: Table) -> None:
    sheet = opened([themes])["Table 3"]
    assert sheet["A1"].value == "Table 3"
    assert sheet["A1"].font.b
    assert sheet["A2"].value == themes.title
    assert sheet["A2"].font.i
    assert [one.value for one in sheet[4]][:4] == ["Theme", "Description", "Quote", "n"]
    assert sheet["D4"].font.i
    assert sheet["A9"].value.startswith("Note. N = 8 participants")
    assert "A9:H9" in [str(area) for area in sheet.merged_cells.ranges]
    assert sheet.row_dimensions[9].height > 20  # merged cells do not grow by themselves


def test_the_spanner_is_merged_over_its_columns(themes: Table) -> None:
    sheet = opened([themes])["Table 3"]
    assert sheet["E3"].value == "Passages, n"
    assert "E3:G3" in [str(area) for area in sheet.merged_cells.ranges]
    assert [one.value for one in sheet[4]][4:7] == ["Barrier", "Facilitator", "Mixed"]


def test_panes_filter_and_print_setup(themes: Table) -> None:
    sheet = opened([themes])["Table 3"]
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:H7"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$4"
    assert sheet["B5"].alignment.wrap_text


def test_numbers_are_numbers(themes: Table) -> None:
    row = [one.value for one in opened([themes])["Table 3"][5]]
    assert row[3:7] == [8, 11, 49, 4]
    assert all(isinstance(value, int) for value in row[3:7])


def test_decimals_show_as_the_report_prints_them() -> None:
    figures = [number(0.7123, ".71"), number(0.7123, "0,712"), number(-0.5, "−.50"), number(12)]
    table = Table("T", tuple(Column(heading(str(n))) for n in range(4)), (tuple(figures),))
    cells = opened([table])["Table 1"][4]
    assert [one.value for one in cells] == [0.7123, 0.7123, -0.5, 12]
    assert [one.number_format for one in cells] == [".00", "0.000", ".00", "General"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60])
def test_a_figure_no_cell_can_hold_is_written_as_text(value: float) -> None:
    table = Table("T", (Column(heading("x")),), ((number(value, "as printed"),),))
    assert opened([table])["Table 1"]["A4"].value == "as printed"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.test", "'x"])
def test_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    table = Table(text, (Column(heading(text)),), ((cell(text),),), note=((Run(text),),), number=0)
    book = opened([table], sources=text)
    first = book.worksheets[0]
    for one in (first["A1"], first["A2"]):
        assert (one.value, one.data_type) == (text, "s")
        assert one.hyperlink is None


def test_a_plain_list_begins_with_its_headings_and_notes_stand_apart() -> None:
    table = long_table(60)
    book = opened([table], sources="Cane et al. (2012).")
    assert book.sheetnames == ["Codings", "Note"]
    sheet = book["Codings"]
    assert [one.value for one in sheet[1]] == [column.name for column in table.columns]
    assert sheet.max_row == 61
    assert sheet.freeze_panes == "B2"
    assert [row[0].value for row in book["Note"].rows] == [
        "Note. Analysis layer: lead coder of each document.",
        "Sources. Cane et al. (2012).",
    ]


def test_an_empty_table_says_so(empty: Table) -> None:
    sheet = opened([empty])["Table 6"]
    assert sheet["A5"].value == "No theme has been set aside."
    assert sheet.auto_filter.ref is None


def test_sheet_names_are_what_excel_accepts() -> None:
    titles = ["History", "a/b:c*?[d]\\", "'quoted'", "x" * 80, "X" * 80, "", "😀" * 30, "history"]
    tables = [Table(title, (Column(heading("x")),), (), number=0) for title in titles]
    names = opened(tables).sheetnames
    assert len({name.lower() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'" != name[-1]
        assert name.lower() != "history"


def test_a_text_too_long_for_a_cell_says_where_it_was_cut() -> None:
    long = "😀" * 20_000
    table = Table("T", (Column(heading("Memo")),), ((cell(long),),))
    text = opened([table])["Table 1"]["A4"].value
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.startswith("😀" * 16_000)
    assert text.endswith("[cut here: the text is longer than a spreadsheet cell can hold]")


def test_nobody_is_named(themes: Table) -> None:
    properties = opened([themes]).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.title == themes.title


def test_runs_of_several_styles_in_a_cell() -> None:
    mixed = Cell(((Run("plain "), Run("bold", bold=True)), (Run("second"),)))
    table = Table("T", (Column(heading("x"), Align.CENTRE),), ((mixed,),))
    assert opened([table])["Table 1"]["A4"].value == "plain bold\nsecond"


def test_the_frugal_way_for_large_tables_writes_the_same(
    themes: Table, hard: Table, empty: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [themes, replace(hard, number=0, note=((Run("n"),),)), empty]

    def values() -> list[list[list[object]]]:
        return [[[one.value for one in row] for row in sheet.rows] for sheet in opened(tables, "s")]

    usual = values()
    monkeypatch.setattr(xlsx_table, "_STREAM_FROM", 0)
    assert values() == usual
