"""Which kinds of file each form of report can be written to, and the one way to write them.

Every report is of one form (a table, a report of several blocks, a coded transcript), and
every form has its writers: N reports and M formats cost N + M, not N x M.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ikt_coder.core.coded_transcript import CodedTranscript
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.report import Report
from ikt_coder.core.table import Table
from ikt_coder.exporters import (
    coded_docx,
    coded_html,
    csv_table,
    docx_table,
    html_table,
    markdown_table,
    report_docx,
    report_html,
    report_markdown,
    xlsx_table,
)
from ikt_coder.exporters.replacement import replacing

Product: TypeAlias = Table | Sequence[Table] | Report | CodedTranscript
"""What a report can be when it is made."""


class Form(StrEnum):
    """What a report is made of, which decides the files it can be written to."""

    TABLE = "table"
    REPORT = "report"
    TRANSCRIPT = "transcript"


@frozen
class TableFormat:
    """A kind of file: its ending with the dot, its English name and its writer."""

    ending: str
    name: str
    write: Callable[[Sequence[Table], BinaryIO, str, str], None]


@frozen
class ReportFormat:
    """A kind of file for a report of several blocks."""

    ending: str
    name: str
    write: Callable[[Report, BinaryIO], None]


@frozen
class TranscriptFormat:
    """A kind of file for a coded transcript."""

    ending: str
    name: str
    write: Callable[[CodedTranscript, BinaryIO], None]


FORMATS: tuple[TableFormat, ...] = (
    TableFormat(".docx", "Word document", docx_table.write),
    TableFormat(".xlsx", "Excel workbook", xlsx_table.write),
    TableFormat(".html", "Web page", html_table.write),
    TableFormat(".csv", "Comma-separated values", csv_table.write),
    TableFormat(".md", "Markdown", markdown_table.write),
)
REPORT_FORMATS: tuple[ReportFormat, ...] = (
    ReportFormat(".docx", "Word document", report_docx.write),
    ReportFormat(".html", "Web page", report_html.write),
    ReportFormat(".md", "Markdown", report_markdown.write),
)
TRANSCRIPT_FORMATS: tuple[TranscriptFormat, ...] = (
    TranscriptFormat(".docx", "Word document", coded_docx.write),
    TranscriptFormat(".html", "Web page", coded_html.write),
)
_FORMS: dict[Form, Sequence[TableFormat | ReportFormat | TranscriptFormat]] = {
    Form.TABLE: FORMATS,
    Form.REPORT: REPORT_FORMATS,
    Form.TRANSCRIPT: TRANSCRIPT_FORMATS,
}


def endings(form: Form) -> tuple[tuple[str, str], ...]:
    """The kinds of file of a form: each ending with its English name."""
    return tuple((known.ending, known.name) for known in _FORMS[form])


def check_ending(path: Path, form: Form) -> str:
    """The ending of a file that this form can be written to. UserError, naming the known
    ones, where none."""
    ending = path.suffix.lower()
    known = [name for name, _ in endings(form)]
    if ending in known:
        return ending
    said = f"“{path.suffix}” is not a kind of file" if ending else f"“{path.name}” has no ending"
    what = "tables" if form is Form.TABLE else "this report"
    raise UserError(
        f"{said} that {what} can be written to. Nothing was written.",
        f"Let the name end in one of {', '.join(known)}.",
    )


def format_of(path: Path) -> TableFormat:
    """The table format a file's ending asks for. UserError, naming the known ones, where none."""
    ending = check_ending(path, Form.TABLE)
    return next(known for known in FORMATS if known.ending == ending)


def write_tables(
    tables: Sequence[Table], path: Path, language: str = "en", sources: str = ""
) -> None:
    """Write tables to one file, in the format its ending names.

    ``language`` is the IETF tag of the file as a whole (``fr`` is taken as ``fr-CA``); the
    words of a table follow the table's own. ``sources``, plain text, closes the file. An
    older file of that name is replaced only when the new one is whole.

    Raises UserError: an unknown ending, a folder or file that cannot be written, a full
    disk, more rows than the format can hold.
    """
    chosen = format_of(path)
    with replacing(path) as stream:
        chosen.write(tables, stream, language, sources)


def write_report(report: Report, path: Path) -> None:
    """Write a report to one file, in the format its ending names; raises as
    ``write_tables`` does."""
    ending = check_ending(path, Form.REPORT)
    chosen = next(known for known in REPORT_FORMATS if known.ending == ending)
    with replacing(path) as stream:
        chosen.write(report, stream)


def write_transcript(transcript: CodedTranscript, path: Path) -> None:
    """Write a coded transcript to one file; raises as ``write_tables`` does."""
    ending = check_ending(path, Form.TRANSCRIPT)
    chosen = next(known for known in TRANSCRIPT_FORMATS if known.ending == ending)
    with replacing(path) as stream:
        chosen.write(transcript, stream)


def write(product: Product, path: Path, language: str = "en", sources: str = "") -> None:
    """Write whatever a report of the catalogue is, in the format the file's ending names;
    ``sources`` close a file of tables."""
    if isinstance(product, Report):
        write_report(product, path)
    elif isinstance(product, CodedTranscript):
        write_transcript(product, path)
    else:
        tables = [product] if isinstance(product, Table) else product
        write_tables(tables, path, language, sources)


def web_page(product: Product, language: str = "en") -> str:
    """The web page of a report as text, for the clipboard."""
    stream = io.BytesIO()
    if isinstance(product, Report):
        report_html.write(product, stream)
    elif isinstance(product, CodedTranscript):
        coded_html.write(product, stream)
    else:
        tables = [product] if isinstance(product, Table) else product
        html_table.write(tables, stream, language, "")
    return stream.getvalue().decode()
