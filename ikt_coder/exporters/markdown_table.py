"""Markdown with pipe tables (GitHub's form, which pandoc and R Markdown read too)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from ikt_coder.core.table import Align, Cell, Column, Run, Table
from ikt_coder.exporters.captions import caption, note
from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.labels import labels

_SIGNS = re.compile(r"([\\`*_\[\]<>|~$])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([#+\-=:]|\d+(?=[.)]))", re.MULTILINE)
_RULES = {Align.LEFT: "---", Align.RIGHT: "---:", Align.CENTRE: ":---:"}
_BLANKS = re.compile(r"[ \t\n]+")
_INDENT = "&emsp;"


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """Number, title, table and notes, one table after another.

    A pipe table has one row of headings, so a spanner stands before each of its own:
    "Passages, n: Barrier". Line ends within a cell become ``<br>``.
    """
    for at, table in enumerate(tables):
        if at:
            stream.write(b"\n")
        for line in lines(table):
            stream.write(f"{line}\n".encode())
    if sources:
        stream.write(f"\n*{labels(language).sources}* {prose(sources)}\n".encode())


def lines(table: Table) -> list[str]:
    """The lines of one table with number, title and notes."""
    words = labels(table.language)
    made = []
    for line in caption(table):
        made += ["".join(inline(replace(run, text=_one_line(run.text))) for run in line), ""]
    if table.columns:
        made.append(_row([_heading(column, words.colon) for column in table.columns]))
        made.append(_row([_RULES[column.align] for column in table.columns]))
        made += [_row([_cell(cell) for cell in row]) for row in table.rows]
    if not table.rows:
        made += ["", prose(table.empty or words.nothing)]
    for paragraph in note(table):
        made += ["", "".join(inline(run) for run in paragraph).replace("\n", "<br>")]
    return made


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _heading(column: Column, colon: str) -> str:
    runs = (*column.spanner, Run(colon), *column.heading) if column.spanner else column.heading
    return "".join(inline(run) for run in runs).replace("\n", " ")


def _cell(cell: Cell) -> str:
    paragraphs = ("".join(inline(run) for run in runs) for runs in cell.paragraphs)
    return _INDENT * cell.indent + "<br>".join(paragraphs).replace("\n", "<br>")


def inline(run: Run) -> str:
    """One run with its emphasis, every sign of Markdown held back."""
    mark = "*" * (run.italic + 2 * run.bold)
    text = _escaped(clean(run.text))
    return _emphasised(text, mark) if mark else text


def _emphasised(text: str, mark: str) -> str:
    """Emphasis around the words alone: a mark beside a blank does not count."""
    words = text.strip()
    if not words:
        return text
    before = text[: len(text) - len(text.lstrip())]
    return f"{before}{mark}{words}{mark}{text[len(text.rstrip()) :]}"


def _escaped(text: str) -> str:
    return _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\1", text))


def _one_line(text: str) -> str:
    """Line ends and runs of blanks become one blank; no-break spaces stay what they are."""
    return _BLANKS.sub(" ", clean(text))


def prose(text: str) -> str:
    """A paragraph: a line that begins like a heading or a list is held back."""
    return held(_escaped(clean(text)))


def held(text: str) -> str:
    """Markdown whose lines cannot become headings or lists."""
    return _LINE_START.sub(_held_back, text)


def _held_back(found: re.Match[str]) -> str:
    sign = found.group(2)
    return found.group(1) + (f"{sign}\u2060" if sign.isdigit() else f"\\{sign}")
