"""Whatever a cell holds, the file opens again and holds it too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from ikt_coder.core.table import Cell, Column, Run, Table, cell
from ikt_coder.exporters import csv_table, docx_table, html_table, markdown_table, xlsx_table
from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.column_widths import column_widths

# Half characters and controls too: a transcript of unknown origin may hold anything.
anything = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x0b\x1f\x7f\x85\r\n\t\ud800\udfff\ufffe\uffff=+-@'\"|\\&<>*_[]`~#"),
    ),
    max_size=60,
)


def table_of(text: str) -> Table:
    return Table(
        text,
        (Column((Run(text),)), Column((Run("b"),), spanner=(Run(text),))),
        ((cell(text, indent=2), Cell(((Run(text, italic=True),), (Run(text, bold=True),)))),),
        note=((Run(text),),),
        description=text,
        number=0,
    )


def from_docx(data: bytes) -> str:
    return docx.Document(io.BytesIO(data)).tables[0].rows[-1].cells[0].text


def from_xlsx(data: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return sheet.cell(3, 1).value or ""


def from_csv(data: bytes) -> str:
    text = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1][0]
    # Dropping the one apostrophe that keeps a formula from running gives the text back.
    return text[1:] if re.match(r"'[\s']*[=+\-@＝＋－＠]", text) else text


def from_html(data: bytes) -> str:
    first = html.document_fromstring(data.decode("utf-8")).find(".//tbody/tr/th/p")
    for line in first.iter("br"):
        line.tail = "\n" + (line.tail or "")
    return first.text_content()


WRITERS: list[tuple[Callable[..., None], Callable[[bytes], str]]] = [
    (docx_table.write, from_docx),
    (xlsx_table.write, from_xlsx),
    (csv_table.write, from_csv),
    (html_table.write, from_html),
]


@pytest.mark.parametrize(("write", "read"), WRITERS, ids=["docx", "xlsx", "csv", "html"])
@given(text=anything)
@example(text="_x000D_")
@example(text="<r><t>markup</t></r>")
@example(text="'=1")
@example(text="\r\n\r\x85\u2028 ")
@example(text="]]> <!-- &lt; &#0; </w:t>")
@settings(max_examples=60, deadline=None)
def test_a_file_opens_again_with_the_text(
    write: Callable[..., None], read: Callable[[bytes], str], text: str
) -> None:
    stream = io.BytesIO()
    write([table_of(text)], stream, "en", text)
    assert read(stream.getvalue()) == clean(text)


@given(text=anything)
@example(text="a\\|b\\")
@example(text="&amp; &emsp; &#35;")
@settings(max_examples=200, deadline=None)
def test_markdown_reads_back_as_the_text(text: str) -> None:
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    stream = io.BytesIO()
    markdown_table.write([table_of(text)], stream, "en", "")
    tokens = reader.parse(stream.getvalue().decode("utf-8"))
    opened = [at for at, token in enumerate(tokens) if token.type == "td_open"]
    assert len(opened) == 2
    read = ""
    for token in tokens[opened[0] + 1].children or ():
        assert token.type in ("text", "html_inline", "text_special")
        read += "\n" if token.type == "html_inline" else token.content
    # Blanks at the edges and in rows do not count in Markdown.
    assert read.split() == clean(text).split()


@given(text=anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")


@given(
    st.lists(st.tuples(anything, st.floats(0, 5)), min_size=1, max_size=12),
    st.floats(1, 12),
)
@settings(deadline=None)
def test_widths_fill_the_page_whatever_the_table(
    columns: list[tuple[str, float]], available: float
) -> None:
    table = Table(
        "T",
        tuple(Column((Run(text),), width=width) for text, width in columns),
        (tuple(cell(text) for text, _ in reversed(columns)),),
    )
    widths = column_widths(table, available)
    assert sum(widths) == pytest.approx(available)
    assert min(widths) > 0
