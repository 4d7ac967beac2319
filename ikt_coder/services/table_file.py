"""A table read from a .csv or .xlsx file: its columns and its rows of text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.frozen import frozen
from ikt_coder.importers.archive import Archive
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.limits import refuse_large_file

SUFFIXES: Final = frozenset({".csv", ".xlsx"})

# What the writer of .csv files puts an apostrophe before (exporters.csv_table).
_GUARDED = re.compile(r"'[\s']*[=+\-@＝＋－＠]")
_SEPARATORS = (",", ";", "\t")
_LONGEST_CELL = 50_000_000


@frozen
class TableRow:
    """A row by column; ``number`` counts as a spreadsheet does, the heading being 1."""

    number: int
    cells: dict[str, str]
    guarded: bool  # whether an apostrophe may stand before what looks like a formula

    def has(self, column: str) -> bool:
        return column in self.cells

    def raw(self, column: str) -> str:
        """The cell as the file has it; empty where there is no such column."""
        return self.cells.get(column, "")

    def text(self, column: str) -> str:
        """The cell without the apostrophe that keeps spreadsheets from running it."""
        cell = self.raw(column)
        return unguarded(cell) if self.guarded else cell


@frozen
class TableFile:
    """``columns`` are in lower case, as the file orders them; empty rows are left out."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def unguarded(text: str) -> str:
    """The text before the .csv writer guarded it: one apostrophe less, where it put one."""
    return text[1:] if _GUARDED.match(text) else text


def read_table(path: Path) -> TableFile:
    """Read a table; its columns are named by the first row with several filled cells (a title
    may stand above). Raises UnreadableFile."""
    try:
        refuse_large_file(path.name, path.stat().st_size, plain_text=False)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"“{path.name}” could not be read ({error.strerror or error}); nothing was imported."
        ) from error
    if not data:
        raise UnreadableFile(f"“{path.name}” is empty; nothing was imported.")
    workbook = data.startswith(b"PK")
    lines = _workbook(data, path.name) if workbook else _separated(data, path.name)
    columns: tuple[str, ...] = ()
    rows: list[TableRow] = []
    gap = False
    for number, line in enumerate(lines, start=1):
        filled = sum(1 for cell in line if cell.strip())
        if not columns:
            if filled > 1:
                columns = tuple(name.strip().lower() for name in line)
            continue
        # A report's title and notes stand below its rows, after an empty one, in one cell.
        if filled > 1 or (filled == 1 and not gap):
            cells = dict(zip(columns, line, strict=False))
            rows.append(TableRow(number, cells, guarded=not workbook))
        gap = gap or filled == 0
    return TableFile(path.name, columns, tuple(rows))


def _separated(data: bytes, name: str) -> Iterator[Sequence[str]]:
    text, _ = decode(data, name)
    heading = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=heading.count)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise UnreadableFile(
            f"“{name}” is not a table of comma-separated values ({error}); nothing was imported."
        ) from error
    finally:
        csv.field_size_limit(before)


def _workbook(data: bytes, name: str) -> Iterator[Sequence[str]]:
    _refuse_bomb(data, name)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            for line in book.worksheets[0].iter_rows(values_only=True):
                yield _texts(line)
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise UnreadableFile(
            f"“{name}” is no workbook that can be read; nothing was imported.",
            "Open it in Excel or LibreOffice and save it again as .xlsx or .csv.",
        ) from error


def _refuse_bomb(data: bytes, name: str) -> None:
    archive = Archive(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.namelist():
            if part.endswith(".xml"):
                archive.part(part)


def _texts(line: Iterable[object]) -> list[str]:
    return [_text(cell) for cell in line]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
