"""Reports of several blocks as Word, HTML and Markdown."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from lxml import html

from ikt_coder.core.errors import UserError
from ikt_coder.core.report import (
    AnswerSpace,
    Heading,
    Report,
    Voice,
    bold,
    bullets,
    italic,
    prose,
)
from ikt_coder.core.table import Column, Run, Table, cell, number
from ikt_coder.exporters import report_docx, report_html, report_markdown
from ikt_coder.exporters.catalogue import REPORT_FORMATS, write

TABLE = Table(
    "Counts",
    (Column((Run("Name"),)), Column((Run("n", italic=True),))),
    ((cell("a"), number(3)),),
    note=((Run("Of four."),),),
)
WIDE = Table(
    "Wide",
    tuple(Column((Run(f"Column {at}"),)) for at in range(9)),
    (tuple(cell("some prose of a length that wants a column of its own " * 2) for _ in range(9)),),
    number=0,
)
REPORT = Report(
    "A <b>report</b> & more",
    (
        Heading("First"),
        prose("Plain, ", bold("bold"), ", ", italic("italic"), " <i>not</i>."),
        prose("I did not know.", voice=Voice.QUOTE),
        Heading("Second", 2),
        bullets(["one", ("two ", bold("b"))]),
        prose("1. not a list\n# not a heading"),
        TABLE,
        prose("שלום עולם"),
        AnswerSpace("What now?", 3),
    ),
    subtitle="Study",
)


def packed(report: Report) -> bytes:
    stream = BytesIO()
    report_docx.write(report, stream)
    return stream.getvalue()


def test_word_has_headings_lists_and_tables_of_its_own() -> None:
    document = Document(BytesIO(packed(REPORT)))
    found = [(one.style.name, one.text) for one in document.paragraphs]
    assert ("Title", "A <b>report</b> & more") in found
    assert ("Heading 1", "First") in found
    assert ("Heading 2", "Second") in found
    assert ("List Bullet", "two b") in found
    assert ("Report Quote", "I did not know.") in found
    assert [name for name, _ in found].count("Report Answer") == 3
    plain = next(one for one in document.paragraphs if one.text.startswith("Plain"))
    assert [run.text for run in plain.runs if run.bold] == ["bold"]
    assert plain.text.endswith(" <i>not</i>.")
    assert document.tables[0].cell(1, 1).text == "3"
    assert document.core_properties.author == ""


def test_a_note_below_a_list_keeps_its_distance() -> None:
    """A list takes its own spacing away; the note under it would stick to its last line."""
    note = Document(BytesIO(packed(REPORT))).styles["Report Note"]
    assert note.paragraph_format.space_before


def test_only_headings_are_the_outline() -> None:
    styles = Document(BytesIO(packed(REPORT))).styles
    assert styles["Table Title"].element.xpath(".//w:outlineLvl") == []
    assert styles["Heading 1"].element.xpath(".//w:outlineLvl/@w:val") == ["0"]


def test_a_wide_table_has_a_landscape_section_of_its_own() -> None:
    report = Report("Wide", (prose("Before."), WIDE, prose("After.")))
    sections = Document(BytesIO(packed(report))).sections
    assert [one.page_width > one.page_height for one in sections] == [False, True, False]
    compact = Report("Wide", report.blocks, compact=True)
    assert len(Document(BytesIO(packed(compact))).sections) == 1


def test_html_escapes_everything_and_runs_nothing() -> None:
    stream = BytesIO()
    report_html.write(REPORT, stream)
    source = stream.getvalue().decode()
    root = html.fromstring(source)
    assert root.xpath("string(//h1)") == "A <b>report</b> & more"
    assert [one.text for one in root.xpath("//h2|//h3")] == ["First", "Second"]
    assert root.xpath("string(//main/p[b])") == "Plain, bold, italic <i>not</i>."
    assert root.xpath("string(//blockquote)") == "I did not know."
    assert [one.text_content() for one in root.xpath("//li")] == ["one", "two b"]
    assert len(root.xpath("//div[@class='answer']/i")) == 3
    assert not root.xpath("//script|//link|//img")
    assert "default-src 'none'" in source


def test_markdown_keeps_prose_from_becoming_markup() -> None:
    stream = BytesIO()
    report_markdown.write(REPORT, stream)
    lines = stream.getvalue().decode().splitlines()
    assert lines[0] == r"# A \<b\>report\</b\> & more"
    assert "## First" in lines
    assert "### Second" in lines
    assert "> I did not know." in lines
    assert "- two **b**" in lines
    assert r"\# not a heading" in lines
    assert not any(line.startswith("1.") for line in lines)
    assert "| a | 3 |" in lines


@pytest.mark.parametrize("kind", REPORT_FORMATS, ids=lambda kind: kind.ending)
def test_a_report_without_blocks_says_so(kind: object, tmp_path: Path) -> None:
    path = tmp_path / f"empty{kind.ending}"  # type: ignore[attr-defined]  # a ReportFormat
    write(Report("Nothing", (), empty="Nothing is coded yet."), path)
    if path.suffix == ".docx":
        assert "Nothing is coded yet." in [one.text for one in Document(str(path)).paragraphs]
    else:
        assert "Nothing is coded yet." in path.read_text(encoding="utf-8")


def test_a_report_is_no_spreadsheet(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="this report"):
        write(REPORT, tmp_path / "report.xlsx")
    assert list(tmp_path.iterdir()) == []
