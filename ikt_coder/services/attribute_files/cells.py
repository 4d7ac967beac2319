"""The cells of a .csv or .xlsx file, as text that remembers what the file said it was."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.frozen import frozen
from ikt_coder.importers.archive import Archive
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.limits import refuse_large_file
from ikt_coder.services.table_file import unguarded

if TYPE_CHECKING:
    from openpyxl import Workbook

SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})
SEPARATORS: Final = (";", "\t", ",")
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 2_000

ERRORS: Final = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")
_GUARDED_ERROR = re.compile("'+(?:" + "|".join(map(re.escape, ERRORS)) + ")", re.IGNORECASE)
_SAMPLE = 200  # rows that tell the separator
_LONGEST_CELL = 10_000_000


class Figure(str):
    """A cell that the workbook keeps as a number, written with a decimal point."""


class Day(str):
    """A cell that the workbook keeps as a date, as ISO 8601; with its time of day, if any."""


class Truth(str):
    """A cell that is true or false: TRUE, FALSE."""


class Failed(str):
    """A cell that holds an error of a spreadsheet, or a formula without its result."""


@frozen
class CellTable:
    """``heading`` is the row of the names of the columns, ``rows`` those below it that say
    anything; ``numbers`` counts them as a spreadsheet does, from 1, ``heading_number`` too.
    ``separator`` is that of a .csv file, empty for a workbook. ``notices`` say what was
    decided in reading."""

    name: str
    heading: tuple[str, ...]
    heading_number: int
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    separator: str
    notices: tuple[str, ...]


def read_cells(path: Path) -> CellTable:
    """Read a table whose first row that says anything names the columns. Raises
    UnreadableFile; nothing is written anywhere."""
    name = path.name
    try:
        refuse_large_file(name, path.stat().st_size, plain_text=False)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"“{name}” could not be read ({error.strerror or error}); nothing was imported."
        ) from error
    if not data:
        raise UnreadableFile(f"“{name}” is empty; nothing was imported.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            f"“{name}” is a workbook of the older kind (.xls); nothing was imported.",
            "Open it in Excel or LibreOffice and save it as .xlsx or .csv.",
        )
    if data.startswith(b"PK"):
        notices: list[str] = []
        return _table(name, _workbook(data, name, notices), "", notices)
    text, said = decode(data, name)
    separator, text = _separator(text)
    return _table(name, _separated(text, separator, name), separator, list(said))


def _table(
    name: str, lines: Iterable[Sequence[str]], separator: str, notices: list[str]
) -> CellTable:
    heading: tuple[str, ...] = ()
    heading_number = 0
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, start=1):
        if not any(cell.strip() for cell in line):
            continue
        if not heading:
            heading, heading_number = tuple(line), number
            if len(heading) > MOST_COLUMNS:
                raise UnreadableFile(
                    f"“{name}” has more than {MOST_COLUMNS:,} columns; nothing was imported."
                )
            continue
        if len(rows) == MOST_ROWS:
            raise UnreadableFile(
                f"“{name}” has more than {MOST_ROWS:,} rows; nothing was imported.",
                "Cut it into several files and import those.",
            )
        rows.append(tuple(line))
        numbers.append(number)
    if not heading:
        raise UnreadableFile(f"“{name}” holds no table; nothing was imported.")
    width = max(len(heading), *(_width(row) for row in rows)) if rows else len(heading)
    if width > MOST_COLUMNS:
        raise UnreadableFile(
            f"“{name}” has more than {MOST_COLUMNS:,} columns; nothing was imported."
        )
    empty = ("",) * width
    return CellTable(
        name,
        (heading + empty)[:width],
        heading_number,
        tuple((row + empty)[:width] for row in rows),
        tuple(numbers),
        separator,
        tuple(notices),
    )


def _width(row: Sequence[str]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell.strip()), default=0)


# -- .csv ---------------------------------------------------------------------------------------


def _separator(text: str) -> tuple[str, str]:
    """What stands between the cells: what gives every row as many as the first. Excel may say
    it itself in a first line."""
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r'"?sep=(.)"?', first.strip("\r "))
    if said:
        return said.group(1), rest
    best, found = (False, 0.0, 0), ","
    for one in SEPARATORS:
        widths = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=one):
                if any(cell.strip() for cell in row):
                    widths.append(len(row))
                if len(widths) == _SAMPLE:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        score = (widths[0] > 1, alike, widths[0])
        if score > best:
            best, found = score, one
    return found, text


def _separated(text: str, separator: str, name: str) -> Iterator[Sequence[str]]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [_plain(cell) for cell in row]
    except csv.Error as error:
        raise UnreadableFile(
            f"“{name}” is not a table of separated values ({error}); nothing was imported."
        ) from error
    finally:
        csv.field_size_limit(before)


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    if not cell or cell[0] not in "'=#":
        return cell
    if cell[0] == "'":
        return cell[1:] if _GUARDED_ERROR.fullmatch(cell) else unguarded(cell)
    if cell.strip().upper() in ERRORS or cell[0] == "=":
        return Failed(cell)
    return cell


def guarded_error(text: str) -> str:
    """Words that read as an error of a spreadsheet, with an apostrophe before them for a .csv
    file; reading takes it away."""
    plain = text.lstrip("'")
    return f"'{text}" if plain.upper() in ERRORS else text


# -- .xlsx --------------------------------------------------------------------------------------


def _workbook(data: bytes, name: str, notices: list[str]) -> Iterator[Sequence[str]]:
    archive = Archive(data, name)
    formulas = False
    for part in archive.names():
        if part.endswith(".xml"):
            content = archive.part(part)
            if part.startswith("xl/worksheets/"):
                formulas = formulas or b"<f>" in content or b"<f " in content
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # Of what it leaves aside (pictures, rules for cells) the library warns.
            warnings.simplefilter("ignore")
            yield from _sheet(data, name, notices, formulas)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        OverflowError,
        SyntaxError,  # what the XML parser raises is a kind of it
    ) as error:
        raise UnreadableFile(
            f"“{name}” is no workbook that can be read; nothing was imported.",
            "Open it in Excel or LibreOffice and save it again as .xlsx or .csv.",
        ) from error


def _sheet(data: bytes, name: str, notices: list[str], formulas: bool) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    asked = load_workbook(io.BytesIO(data), read_only=True) if formulas else None
    try:
        at = _first_filled(book)
        sheets = book.worksheets
        if not sheets:
            raise UnreadableFile(f"“{name}” holds no sheet; nothing was imported.")
        if len(sheets) > 1:
            others = ", ".join(
                f"“{sheet.title}”" for number, sheet in enumerate(sheets) if number != at
            )
            notices.append(f"Only the sheet “{sheets[at].title}” is read, not {others}.")
        # A workbook may say that it has more cells than it holds; what it holds is read.
        sheets[at].reset_dimensions()
        if asked is None:
            for line in sheets[at].iter_rows():
                yield [_text(cell) for cell in line]
            return
        asked.worksheets[at].reset_dimensions()
        # Both ways at once: with results, and with the formulas, which may lack theirs.
        for line, formula in zip(
            sheets[at].iter_rows(), asked.worksheets[at].iter_rows(), strict=True
        ):
            yield [
                Failed(str(other.value)[:200])
                if cell.value is None and other.data_type == "f"
                else _text(cell)
                for cell, other in zip(line, formula, strict=True)
            ]
    finally:
        book.close()
        if asked is not None:
            asked.close()


def _first_filled(book: Workbook) -> int:
    """The first sheet that says anything; the first of all where none does."""
    for at, sheet in enumerate(book.worksheets):
        for line in sheet.iter_rows(max_row=50, values_only=True):
            if any(cell is not None for cell in line):
                return at
    return 0


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return Failed(str(value))
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return Truth("TRUE" if value else "FALSE")
    if isinstance(value, int):
        return Figure(value)
    if isinstance(value, float):
        return Figure(str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value))
    if isinstance(value, datetime):
        plain = value.date().isoformat()
        at = value.time().replace(microsecond=0)
        return Day(f"{plain} {at.isoformat()}" if at != time() else plain)
    if isinstance(value, date):
        return Day(value.isoformat())
    return str(value)
