"""A report for the clipboard: rich text for documents, tabs for spreadsheets."""

from __future__ import annotations

from io import BytesIO

from PySide6.QtCore import QMimeData

from ikt_coder.core.coded_transcript import CodedTranscript
from ikt_coder.core.frozen import frozen
from ikt_coder.core.report import Report
from ikt_coder.core.table import Table
from ikt_coder.exporters import report_markdown
from ikt_coder.exporters.catalogue import Product, web_page

_MOST_RICH = 5000
"""Rows above which only the tabs are given; no document takes more."""


@frozen
class Copied:
    """Both forms of a report; made off the main thread."""

    rich: str
    plain: str

    def mime(self) -> QMimeData:
        data = QMimeData()
        if self.rich:
            data.setHtml(self.rich)
        if self.plain:
            data.setText(self.plain)
        return data


def copied(product: Product, language: str) -> Copied:
    """A report in the forms the clipboard has."""
    if isinstance(product, Report):
        stream = BytesIO()
        report_markdown.write(product, stream)
        return Copied(web_page(product, language), stream.getvalue().decode())
    if isinstance(product, CodedTranscript):
        return Copied(web_page(product, language), _words(product))
    tables = (product,) if isinstance(product, Table) else tuple(product)
    rows = sum(len(table.rows) for table in tables)
    rich = web_page(product, language) if rows <= _MOST_RICH else ""
    return Copied(rich, "\n\n".join(_plain(table) for table in tables))


def _words(transcript: CodedTranscript) -> str:
    """Each turn on lines of its own, with its speaker; withheld words are left out."""
    turns = []
    for part, lines in zip(transcript.parts, transcript.lines, strict=True):
        said = "\n".join(transcript.text[line.start : line.end] for line in lines)
        turns.append(f"{part.speaker}: {said}" if part.speaker else said)
    return "\n".join(turns)


def _plain(table: Table) -> str:
    lines = [[column.name for column in table.columns]]
    lines += [[cell.text for cell in row] for row in table.rows]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
