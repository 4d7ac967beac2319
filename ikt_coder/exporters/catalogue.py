"""Which kinds of file tables can be written to, and the one way to write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ikt_coder.core.errors import UserError
from ikt_coder.core.table import Table
from ikt_coder.exporters import csv_table, docx_table, html_table, markdown_table, xlsx_table
from ikt_coder.exporters.replacement import replacing


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A kind of file: its ending with the dot, its English name and its writer."""

    ending: str
    name: str
    write: Callable[[Sequence[Table], BinaryIO, str, str], None]


FORMATS: tuple[TableFormat, ...] = (
    TableFormat(".docx", "Word document", docx_table.write),
    TableFormat(".xlsx", "Excel workbook", xlsx_table.write),
    TableFormat(".html", "Web page", html_table.write),
    TableFormat(".csv", "Comma-separated values", csv_table.write),
    TableFormat(".md", "Markdown", markdown_table.write),
)


def format_of(path: Path) -> TableFormat:
    """The format a file's ending asks for. UserError, naming the known ones, where none."""
    ending = path.suffix.lower()
    for known in FORMATS:
        if known.ending == ending:
            return known
    endings = ", ".join(known.ending for known in FORMATS)
    said = f"“{path.suffix}” is not a kind of file" if ending else f"“{path.name}” has no ending"
    raise UserError(
        f"{said} that tables can be written to. Nothing was written.",
        f"Let the name end in one of {endings}.",
    )


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
