"""Tables read back from the files they were written to, as rows of plain text."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import docx
import openpyxl
from docx.table import _Row
from lxml import etree
from lxml import html as pages

ENDINGS = (".docx", ".xlsx", ".html", ".csv", ".md")


def rows_of(path: Path) -> list[list[str]]:
    """Every row of the file's tables; paragraphs within a cell are parted by a line end.
    Where title and notes stand in rows of their own they are among them."""
    return {
        ".docx": _word,
        ".xlsx": _workbook,
        ".html": _page,
        ".csv": _values,
        ".md": _markdown,
    }[path.suffix](path)


def words_of(path: Path) -> str:
    """All words of the file, with the notes under its tables."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        return "\n".join(["\n".join(map("\t".join, _word(path))), *_paragraphs(document)])
    if path.suffix == ".html":
        return _said(page_of(path))
    if path.suffix == ".md":
        return _plain(path.read_text("utf-8"))
    return "\n".join("\t".join(row) for row in rows_of(path))


def page_of(path: Path) -> pages.HtmlElement:
    return pages.fromstring(path.read_bytes())


def _said(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _paragraphs(document: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _word(path: Path) -> list[list[str]]:
    return [_cells(row) for table in docx.Document(str(path)).tables for row in table.rows]


def _cells(row: _Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _workbook(path: Path) -> list[list[str]]:
    book = openpyxl.load_workbook(path)
    return [
        ["" if value is None else str(value) for value in row]
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]


def _page(path: Path) -> list[list[str]]:
    found = []
    for row in page_of(path).iter("tr"):
        cells = []
        for cell in row:
            pieces = [_said(piece) for piece in cell.findall("p")]
            cells.append("\n".join(pieces) if pieces else _said(cell))
        found.append(cells)
    return found


def _values(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _markdown(path: Path) -> list[list[str]]:
    return [
        [_plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("|")
    ]


def _plain(text: str) -> str:
    text = re.sub(r"<br>", "\n", text).replace("&emsp;", "")
    text = re.sub(r"(?<![\\*])\*+(?=\S)|(?<=\S)(?<!\\)\*+", "", text)
    return html.unescape(re.sub(r"\\([^\w\s])", r"\1", text))
