"""Word tables, opened again and looked at part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from ikt_coder.core.table import Align, Column, Run, Table, cell
from ikt_coder.exporters.docx_table import is_wide, write
from tests.exporters.conftest import heading, long_table


def written(tables: Sequence[Table], language: str = "en", sources: str = "") -> bytes:
    stream = io.BytesIO()
    write(tables, stream, language, sources)
    return stream.getvalue()


def opened(*tables: Table, language: str = "en", sources: str = "") -> docx.document.Document:
    return docx.Document(io.BytesIO(written(tables, language, sources)))


def edges(element: object) -> dict[str, str]:
    return {} if element is None else {one.tag: one.get(qn("w:val")) for one in element}


def test_number_title_table_and_note_in_order(themes: Table) -> None:
    document = opened(themes)
    number, title, *notes = document.paragraphs
    assert (number.text, number.style.name, number.style.font.bold) == (
        "Table 3",
        "Table Number",
        True,
    )
    assert title.text == "Themes on Taking Part in the Panel, With Passages by Direction"
    assert title.style.font.italic
    assert notes[0].text.startswith("Note. N = 8 participants")
    assert [run.italic for run in notes[0].runs] == [True, True, None]
    assert notes[0].style.font.size.pt == 10
    assert len(notes) == 2
    order = [child.tag.split("}")[1] for child in document.element.body]
    assert order == ["p", "p", "tbl", "p", "p", "sectPr"]


def test_three_rules_only_and_a_partial_one_under_the_spanner(themes: Table) -> None:
    table = opened(themes).tables[0]
    borders = edges(table._tbl.tblPr.find(qn("w:tblBorders")))
    assert {edge.split("}")[1]: line for edge, line in borders.items()} == {
        "top": "single",
        "left": "nil",
        "bottom": "single",
        "right": "nil",
        "insideH": "nil",
        "insideV": "nil",
    }
    assert table._tbl.tblPr.find(qn("w:tblStyle")) is None  # no lines from a style either
    ruled = []
    for at, row in enumerate(table._tbl.tr_lst):
        for one in row.tc_lst:
            lines = edges(one.tcPr.find(qn("w:tcBorders")))
            if lines:
                assert lines == {qn("w:bottom"): "single"}
                ruled.append(at)
    assert ruled == [1] * 8  # under the last row of headings, all across
    partial = [
        "".join(paragraph.xpath(".//w:t/text()"))
        for paragraph in table._tbl.iter(qn("w:p"))
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None
    ]
    assert partial == ["Passages, n"]


def test_the_spanner_is_one_cell_over_its_columns(themes: Table) -> None:
    first, second = opened(themes).tables[0].rows[:2]
    assert [one.text for one in first.cells] == [
        "Theme",
        "Description",
        "Quote",
        "n",
        *["Passages, n"] * 3,
        "TDF domain (n)",
    ]
    assert [one.text for one in second.cells][4:7] == ["Barrier", "Facilitator", "Mixed"]
    assert first._tr.tc_lst[4].grid_span == 3
    # A heading without spanner reaches down to the rule.
    assert first.cells[0]._tc is second.cells[0]._tc


def test_heading_rows_repeat_and_no_row_is_split(themes: Table) -> None:
    rows = opened(themes).tables[0]._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] * 2 + [
        False
    ] * 3
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_row_taller_than_half_a_page_may_be_split() -> None:
    columns = (Column(heading("Memo")), Column(heading("By")))
    table = Table("T", columns, ((cell("word " * 2000), cell("AB")), (cell("short"), cell("AB"))))
    rows = opened(table).tables[0]._tbl.tr_lst
    assert [row.trPr.find(qn("w:cantSplit")) is not None for row in rows] == [True, False, True]


def test_alternative_text(themes: Table, french: Table) -> None:
    one, two = opened(themes, french).tables
    assert one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == themes.title
    assert one._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == themes.description
    said = two._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    assert said == "Tableau de 2 lignes. Colonnes\u00a0: Thème, Description, Extrait, n."


def test_figures_are_aligned_and_subthemes_indented(themes: Table) -> None:
    rows = opened(themes).tables[0].rows
    assert rows[2].cells[5].paragraphs[0].alignment == 2  # right
    assert rows[1].cells[5].paragraphs[0].alignment == 2
    assert rows[2].cells[0].paragraphs[0].paragraph_format.left_indent is None
    assert rows[3].cells[0].paragraphs[0].paragraph_format.left_indent.inches == pytest.approx(0.15)


def test_a_wide_table_lies_in_a_landscape_section_of_its_own(themes: Table, french: Table) -> None:
    assert is_wide(themes)
    assert not is_wide(french)
    document = opened(french, themes, replace(themes, number=8), french)
    turned = [section.orientation for section in document.sections]
    assert turned == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in document.sections:
        wide = section.orientation == WD_ORIENT.LANDSCAPE
        assert (section.page_width > section.page_height) == wide
    # The sections end in the notes; an empty paragraph could be a page of its own.
    for paragraph in document.element.body.findall(qn("w:p")):
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            assert "".join(paragraph.itertext())


def test_every_table_fills_its_page_and_never_more(themes: Table, french: Table) -> None:
    document = opened(themes, french)
    for table, section in zip(document.tables, document.sections, strict=True):
        room = section.page_width - section.left_margin - section.right_margin
        width = sum(column.width for column in table.columns)
        assert width == pytest.approx(room, rel=0.002)


def test_upright_tables_each_begin_a_page(french: Table) -> None:
    document = opened(french, french, french)
    assert len(document.sections) == 1
    breaks = [
        paragraph.paragraph_format.page_break_before
        for paragraph in document.paragraphs
        if paragraph.style.name == "Table Number"
    ]
    assert breaks == [None, True, True]


def test_language_and_paper(french: Table) -> None:
    document = opened(french, language="fr")
    assert document.core_properties.language == "fr-CA"
    tag = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert tag.get(qn("w:val")) == "fr-CA"
    assert document.paragraphs[0].text == "Tableau 4 (provisoire)"
    assert document.sections[0].page_width.inches == pytest.approx(8.5)
    assert opened(french, language="de").sections[0].page_width.mm == pytest.approx(210, abs=0.2)


def test_nobody_is_named_and_nothing_of_the_template_is_left(themes: Table) -> None:
    data = written([themes])
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.title == themes.title
    assert properties.author == properties.last_modified_by == properties.comments == ""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        everything = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name]
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything


def test_an_empty_table_says_so(empty: Table) -> None:
    table = opened(empty).tables[0]
    assert [one.text for one in table.rows[-1].cells] == ["No theme has been set aside."] * 3
    assert table.rows[-1]._tr.tc_lst[0].grid_span == 3
    silent = opened(replace(empty, empty="", language="fr")).tables[0]
    assert silent.rows[-1].cells[0].text == "Il n’y a encore rien à présenter."


def test_a_plain_list_has_a_title_and_no_number() -> None:
    document = opened(replace(long_table(3), interim=True))
    assert document.paragraphs[0].text == "Codings (interim)"


def test_the_sources_close_the_document(french: Table) -> None:
    last = opened(french, sources="Cane et al. (2012).").paragraphs[-1]
    assert last.text == "Sources. Cane et al. (2012)."


def test_right_to_left_text_is_marked() -> None:
    table = Table("T", (Column(heading("Name")),), ((cell("العربية"),), (cell("Latin"),)))
    cells = [row.cells[0].paragraphs[0]._p for row in opened(table).tables[0].rows[1:]]
    assert [one.find(f".//{qn('w:bidi')}") is not None for one in cells] == [True, False]
    assert [one.find(f".//{qn('w:rtl')}") is not None for one in cells] == [True, False]


def test_the_page_number_stands_in_the_header(themes: Table, french: Table) -> None:
    sections = opened(themes, french).sections
    field = sections[0].header._element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")).strip() == "PAGE"
    assert sections[1].header.is_linked_to_previous


def test_two_spanners_side_by_side_keep_apart() -> None:
    columns = tuple(
        Column(heading(name), Align.RIGHT, spanner=heading(over))
        for over, name in [("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")]
    )
    table = Table("T", columns, ((cell("1"),) * 4,))
    first = opened(table).tables[0].rows[0]
    assert [one.grid_span for one in first._tr.tc_lst] == [2, 2]


def test_runs_keep_bold_and_italic() -> None:
    runs = (Run("a "), Run("b", bold=True), Run("c", italic=True))
    table = Table("T", (Column(runs),), ())
    words = opened(table).tables[0].rows[0].cells[0].paragraphs[0].runs
    assert [(run.text, run.bold, run.italic) for run in words] == [
        ("a ", None, None),
        ("b", True, None),
        ("c", None, True),
    ]


def test_a_short_table_stays_on_one_page_and_a_long_one_does_not() -> None:
    def kept(source: Table) -> list[bool]:
        (table,) = opened(source).tables
        rows = [row for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is None]
        return [
            all(one.paragraph_format.keep_with_next for one in row.cells[0].paragraphs)
            for row in rows
        ]

    short = long_table(5)
    assert kept(short) == [True, True, True, True, bool(short.note)]
    assert not any(kept(long_table(60))[:-1])
    wordy = replace(short, rows=tuple((cell("word " * 400), *row[1:]) for row in short.rows))
    assert not any(kept(wordy)[:-1])
