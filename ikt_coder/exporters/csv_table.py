"""Comma-separated values: RFC 4180, UTF-8 with a byte order mark so that Excel sees it.

**Formula guard.** A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as
a formula, and the words of a transcript may begin so. Such a text gets one leading
apostrophe. Text that already begins with apostrophes before such a sign gets one too, so
that dropping one apostrophe always gives the text back. Figures are never touched: a number
is written bare, with a decimal point in every language.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from ikt_coder.core.table import Cell, Column, Run, Table
from ikt_coder.exporters.captions import note
from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.labels import full_heading, labels

_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if _FORMULA.match(text) else text


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """Headings in the first row, then the rows; several tables are parted by an empty line.

    A numbered table has its number, title and notes in rows after its last one, so that
    counts are never without their denominator; a plain list (number 0) has none. A heading
    over rows is no row of its own but stands in the first column of each row under it.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    for at, table in enumerate(map(_flat, tables)):
        if at:
            writer.writerow([])
        writer.writerow([guarded(full_heading(column, table.language)) for column in table.columns])
        writer.writerows([_value(cell) for cell in row] for row in table.rows)
        after = list(_after(table))
        if after:
            writer.writerow([""] * len(table.columns))
        writer.writerows(_rows(after, table))
    if sources and tables and tables[-1].number > 0:
        line = f"{labels(language).sources} {clean(sources)}"
        writer.writerows(_rows([line], _flat(tables[-1])))
    text.flush()
    text.detach()  # the stream belongs to the caller


def _flat(table: Table) -> Table:
    """The table with its heading rows as a column; a heading without rows keeps one."""
    if not table.headings:
        return table
    name = table.over or labels(table.language).group
    rows: list[tuple[Cell, ...]] = []
    heading = Cell()
    for at, row in enumerate(table.rows):
        if at not in table.headings:
            rows.append((heading, *row))
            continue
        heading = row[0]
        if at + 1 == len(table.rows) or at + 1 in table.headings:
            rows.append((heading, *(Cell() for _ in row)))
    columns = (Column((Run(name),)), *table.columns)
    return replace(table, columns=columns, rows=tuple(rows), headings=frozenset())


def _value(cell: Cell) -> str | int | float:
    if cell.value is not None and math.isfinite(cell.value):
        return cell.value
    return guarded(clean(cell.text))


def _after(table: Table) -> Iterator[str]:
    words = labels(table.language)
    if table.number > 0:
        if not table.rows:
            yield clean(table.empty) or words.nothing
        # One line in every style: number and title stand in one cell.
        yield f"{words.table} {table.number}{f' {words.interim}' if table.interim else ''}. " + (
            clean(table.title)
        )
        yield from (_plain(paragraph) for paragraph in note(table))


def _plain(runs: Sequence[Run]) -> str:
    return clean("".join(run.text for run in runs))


def _rows(lines: Sequence[str], table: Table) -> Iterator[list[str]]:
    for line in lines:
        yield [guarded(line), *[""] * (len(table.columns) - 1)]
