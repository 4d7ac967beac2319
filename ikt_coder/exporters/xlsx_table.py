"""Excel workbooks: one sheet per table, figures as numbers, words never as formulas."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from ikt_coder.core.errors import UserError
from ikt_coder.core.table import Align, Cell, Column, Run, Table
from ikt_coder.exporters.captions import caption, note
from ikt_coder.exporters.cell_text import clean, is_right_to_left
from ikt_coder.exporters.column_widths import comfortable_width
from ikt_coder.exporters.labels import labels, uses_letter_paper

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROWS = 1_048_576  # of a sheet, by the file format
_CELL_UNITS = 32_767  # UTF-16 units in a cell, by the file format
_EXACT = 2**53  # larger whole numbers lose digits in a spreadsheet
_STREAM_FROM = 400_000  # cells from which rows go to a temporary file instead of memory
_WIDEST, _NARROWEST = 52, 7  # characters of a column
_SHEET_NAME = 31
_LINE, _TALLEST = 15.0, 409.0  # points: one line, and the tallest row Excel knows
_RICH_LIMIT = 2000  # characters; a longer text of several styles is written plain
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """A numbered table has its number and title above and its notes below.

    A plain list (number 0) begins with its headings, so that R and other programs read it
    as it is; its notes stand on a sheet of their own. UserError where a table has more
    rows than a sheet.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    for table in tables:
        if len(table.rows) > _ROWS - 100:
            raise UserError(
                f"“{table.title}” has {len(table.rows):,} rows, more than an Excel sheet holds. "
                "Nothing was written.",
                "Export it as .csv.",
            )
    # In memory no word of an interview reaches a temporary file; only a very large
    # workbook pays for its size with one, readable by this user alone.
    large = sum(len(table.rows) * len(table.columns) for table in tables) > _STREAM_FROM
    # The library cannot give up cleanly on a full disk, so it never sees the disk.
    packed = io.BytesIO()
    workbook = Workbook(
        packed,
        {"constant_memory": True} if large else {"in_memory": True},
    )
    title = next((clean(table.title) for table in tables if table.title), "")
    workbook.set_properties({"title": title[:255], "author": "", "comments": ""})
    looks = _Looks(workbook)
    names: set[str] = set()
    aside: list[tuple[str, ...]] = []
    for table in tables:
        sheet = workbook.add_worksheet(_sheet_name(table, names))
        _TableSheet(sheet, table, looks, language).write()
        if table.number <= 0 and table.note:
            aside.append(_note_lines(table))
    if sources:
        aside.append((f"{labels(language).sources} {clean(sources)}",))
    if aside or not tables:
        _write_aside(workbook, looks, names, aside, language)
    try:
        workbook.close()
    except FileCreateError as problem:
        cause = problem.args[0] if problem.args else None
        raise (cause if isinstance(cause, OSError) else OSError(str(problem))) from problem
    stream.write(packed.getbuffer())


class _Looks:
    """The cell formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


class _TableSheet:
    """Writes one table to one sheet, row after row from the top."""

    def __init__(self, sheet: Worksheet, table: Table, looks: _Looks, language: str) -> None:
        self.sheet = sheet
        self.table = table
        self.looks = looks
        self.language = language
        self.cut = labels(table.language).cut
        self.body_looks: dict[tuple[Align, bool, str, int, bool, bool, bool], Format] = {}
        self.widths = [_width(table, at) for at in range(len(table.columns))]

    def write(self) -> None:
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)
        top = self._write_title() if self.table.number > 0 else 0
        first = self._write_headings(top)
        after = self._write_rows(first)
        if self.table.number > 0:
            self._write_notes(after + 1)
        self.sheet.freeze_panes(first, 1 if len(self.widths) > 3 and self.widths[0] < 40 else 0)
        if self.table.rows:
            self.sheet.autofilter(first - 1, 0, after - 1, len(self.widths) - 1)
        self.sheet.set_paper(1 if uses_letter_paper(self.language) else 9)
        if comfortable_width(self.table) > 6.5:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(top, first - 1)
        self.sheet.hide_gridlines(0 if self.table.number <= 0 else 2)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_title(self) -> int:
        words = labels(self.table.language)
        lines = caption(self.table)
        for row, runs in enumerate(lines):
            look = self.looks.get(bold=runs[0].bold, italic=runs[0].italic)
            _put(self.sheet, row, 0, _fit("".join(run.text for run in runs), words.cut), look)
        return len(lines)

    def _write_headings(self, row: int) -> int:
        """The spanners and headings; returns the first row below them."""
        groups = self.table.spanners
        columns = self.table.columns
        heading_lines = max(
            (
                _lines_of(column.name, width)
                for column, width in zip(columns, self.widths, strict=True)
            ),
            default=1,
        )
        self.sheet.set_row(row + bool(groups), heading_lines * _LINE + 4)
        if groups:
            self.sheet.set_row(row, _LINE + 4)
            edge = {"top": 1, "bold": True, "valign": "bottom", "text_wrap": True}
            for at in range(len(self.table.columns)):
                self.sheet.write_blank(row, at, None, self.looks.get(top=1))
            for start, end in groups:
                look = self.looks.get(**edge, align="center", bottom=1)
                column = self.table.columns[start]
                if end - start > 1:
                    self.sheet.merge_range(row, start, row, end - 1, "", look)
                self._write_runs(row, start, column.spanner, look, {"bold": True})
            row += 1
        for at, column in enumerate(self.table.columns):
            look = self.looks.get(
                bold=True,
                italic=bool(column.heading) and all(run.italic for run in column.heading),
                text_wrap=True,
                valign="bottom",
                align=_ALIGN[column.align],
                indent=1 if column.align is Align.RIGHT else 0,
                bottom=1,
                top=0 if groups else 1,
            )
            self._write_runs(row, at, column.heading, look, {"bold": True})
        return row + 1

    def _write_rows(self, first: int) -> int:
        """The rows of the table; returns the row below them."""
        table = self.table
        if not table.rows:
            if table.number > 0:
                text = table.empty or labels(table.language).nothing
                look = self.looks.get(italic=True, bottom=1)
                for at in range(1, len(table.columns)):
                    self.sheet.write_blank(first, at, None, look)
                _put(self.sheet, first, 0, _fit(text), look)
            return first + 1
        last = len(table.rows) - 1
        for number, row in enumerate(table.rows):
            if number in table.headings:
                self._write_heading_row(first + number, row[0])
                continue
            lines = max(map(_lines, row, self.widths), default=1)
            if lines > 1:
                # Excel would find the height itself; LibreOffice and previews do not.
                self.sheet.set_row(first + number, min(_TALLEST, lines * _LINE))
            for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._write_cell(first + number, at, column, cell, number == last)
        return first + len(table.rows)

    def _write_heading_row(self, row: int, cell: Cell) -> None:
        """One line that runs over the empty cells beside it."""
        look = self.looks.get(valign="top", bold=True, indent=min(cell.indent, 15))
        _put(self.sheet, row, 0, _fit(cell.text, self.cut), look)

    def _write_cell(self, row: int, at: int, column: Column, cell: Cell, last: bool) -> None:
        """One cell. Its look is found by a short key: there may be a million of them."""
        value = cell.value
        if value is not None and _is_exact(value):
            form = "General" if isinstance(value, int) else _number_format(cell)
            self.sheet.write_number(row, at, value, self._look(column.align, last, form))
            return
        styles = {
            (run.bold, run.italic) for runs in cell.paragraphs for run in runs if run.text
        } or {(False, False)}
        text = _fit(cell.text, self.cut)
        mixed = len(styles) > 1 and len(text) < _RICH_LIMIT
        bold, italic = (False, False) if len(styles) > 1 else next(iter(styles))
        turned = is_right_to_left(text)
        look = self._look(column.align, last, "", cell.indent, bold, italic, turned)
        if mixed:
            self._write_runs(row, at, _joined(cell), look, {})
        elif text:
            _put(self.sheet, row, at, text, look)
        else:
            self.sheet.write_blank(row, at, None, look)

    def _look(
        self,
        align: Align,
        last: bool,
        form: str,
        indent: int = 0,
        bold: bool = False,
        italic: bool = False,
        turned: bool = False,
    ) -> Format:
        key = (align, last, form, indent, bold, italic, turned)
        if key not in self.body_looks:
            style: dict[str, Any] = {"valign": "top", "align": _ALIGN[align]}
            if align is Align.RIGHT:
                style["indent"] = 1  # keeps figures off the words of the next column
            if turned:
                style["reading_order"] = 2
                if align is Align.LEFT:
                    style["align"] = "right"
            style.update({"num_format": form} if form else {"text_wrap": True})
            style.update({name: True for name, on in (("bold", bold), ("italic", italic)) if on})
            if indent:
                style["indent"] = min(indent, 15)
            if last:
                style["bottom"] = 1
            self.body_looks[key] = self.looks.get(**style)
        return self.body_looks[key]

    def _write_runs(
        self, row: int, at: int, runs: Sequence[Run], look: Format, base: dict[str, Any]
    ) -> None:
        """Runs of several styles in one cell; a plain string where there is only one."""
        parts = [(clean(run.text), run) for run in runs]
        parts = [(text, run) for text, run in parts if text]
        if len({(run.bold, run.italic) for _, run in parts}) < 2:
            text = "".join(text for text, _ in parts)
            if not text:
                self.sheet.write_blank(row, at, None, look)
            else:
                _put(self.sheet, row, at, _fit(text), look)
            return
        fragments: list[Any] = []
        for text, run in parts:
            style = dict(base)
            style.update({key: True for key in ("bold", "italic") if getattr(run, key)})
            fragments += [self.looks.get(**style), text] if style else [text]
        self.sheet.write_rich_string(row, at, *fragments, look)

    def _write_notes(self, row: int) -> None:
        """The notes across all columns; merged cells do not grow by themselves."""
        across = sum(self.widths) or 60
        look = self.looks.get(text_wrap=True, valign="top")
        for line in _note_lines(self.table):
            if len(self.widths) > 1:
                self.sheet.merge_range(row, 0, row, len(self.widths) - 1, "", look)
            _put(self.sheet, row, 0, line, look)
            self.sheet.set_row(row, min(_TALLEST, _lines_of(line, across) * _LINE))
            row += 1


_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}


def _put(sheet: Worksheet, row: int, at: int, text: str, look: Format) -> None:
    """Words as words: never a formula, a link or the library's own markup."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # Such a string would be taken for markup and not escaped; in pieces it is.
        sheet.write_rich_string(row, at, *text[:2], text[2:], look)
    else:
        sheet.write_string(row, at, text, look)


def _joined(cell: Cell) -> list[Run]:
    runs: list[Run] = []
    for at, paragraph in enumerate(cell.paragraphs):
        if at:
            runs.append(Run("\n"))
        runs.extend(paragraph)
    return runs


def _lines(cell: Cell, width: float) -> int:
    """About how many lines a cell of words takes in a column of ``width`` characters."""
    return 1 if cell.value is not None else _lines_of(cell.text, width - 2 * cell.indent)


def _lines_of(text: str, width: float) -> int:
    if len(text) < width and "\n" not in text:
        return 1
    # Words are not broken, so that a line is seldom full.
    return sum(math.ceil(max(1, len(line)) * 1.08 / max(width, 4)) for line in text.split("\n"))


def _is_exact(value: int | float) -> bool:
    return math.isfinite(value) and abs(value) <= _EXACT


def _number_format(cell: Cell) -> str:
    """As many decimals as the report prints; ``.71`` keeps its bare point."""
    found = re.search(r"[.,](\d+)\s*$", cell.text)
    if not found:
        return "General"
    whole = "" if cell.text[found.start() - 1 : found.start()] in ("", " ", "−", "-") else "0"
    return f"{whole}.{'0' * min(len(found.group(1)), 15)}"


def _fit(text: str, cut: str = "") -> str:
    """The text as one cell holds it; one that is too long says where it was cut."""
    text = clean(text)
    if len(text) <= _CELL_UNITS // 2 or len(text.encode("utf-16-le")) <= 2 * _CELL_UNITS:
        return text
    room = 2 * (_CELL_UNITS - len(cut))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + cut


def _width(table: Table, at: int) -> float:
    """Characters: the longest line up to a limit, and always the longest word of the heading."""
    column = table.columns[at]
    texts = [row[at].text for row in table.rows[:300]]
    if at == 0 and not table.rows:
        texts.append(table.empty)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    heading = max((len(word) for word in clean(column.name).split()), default=0) + 4
    indent = 2 * max((row[at].indent for row in table.rows[:300]), default=0)
    return float(min(_WIDEST, max(_NARROWEST, heading, longest + indent + 2)))


def _note_lines(table: Table) -> tuple[str, ...]:
    words = labels(table.language)
    return tuple(
        _fit(clean("".join(run.text for run in paragraph)), words.cut) for paragraph in note(table)
    )


def _sheet_name(table: Table, taken: set[str]) -> str:
    words = labels(table.language)
    name = f"{words.table} {table.number}" if table.number > 0 else table.title
    return _free_name(name or words.table, taken)


def _free_name(name: str, taken: set[str]) -> str:
    """A sheet name Excel accepts: short, without signs of formulas, not used before."""
    name = _FORBIDDEN.sub(" ", clean(name)).replace("\n", " ").strip(" '")[:_SHEET_NAME]
    name = name.encode("utf-16-le")[: 2 * _SHEET_NAME].decode("utf-16-le", "ignore").strip(" '")
    if not name or name.lower() == "history":  # a name Excel keeps for itself
        name = f"{name} list".strip().capitalize()
    free, count = name, 1
    while free.lower() in taken:
        count += 1
        tail = f" ({count})"
        free = name[: _SHEET_NAME - len(tail)] + tail
    taken.add(free.lower())
    return free


def _write_aside(
    workbook: Workbook,
    looks: _Looks,
    taken: set[str],
    notes: Iterable[Sequence[str]],
    language: str,
) -> None:
    sheet = workbook.add_worksheet(_free_name("Note", taken))
    sheet.set_column(0, 0, 100)
    look = looks.get(text_wrap=True, valign="top")
    row = 0
    for lines in notes:
        for line in lines:
            _put(sheet, row, 0, _fit(line, labels(language).cut), look)
            row += 1
