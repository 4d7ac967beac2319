"""A web page of its own: no script, nothing fetched, made to be read and to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ikt_coder.core.table import Align, Cell, Column, Run, Table, TableStyle
from ikt_coder.exporters.captions import caption, note
from ikt_coder.exporters.column_widths import column_widths, comfortable_width
from ikt_coder.exporters.html_page import CLOSING, TABLE_STYLE, escaped, opening
from ikt_coder.exporters.labels import full_tag, labels

# What a printed page holds between its margins, in inches.
_UPRIGHT, _SIDEWAYS = 6.5, 9.0


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """One page with all tables; the reader's light or dark setting decides its colours."""
    for piece in _page(tables, language, sources):
        stream.write(piece.encode())


def _page(tables: Sequence[Table], language: str, sources: str) -> Iterator[str]:
    title = next((table.title for table in tables if table.title), "") or labels(language).table
    yield opening(title, language, TABLE_STYLE)
    for at, table in enumerate(tables, start=1):
        yield from section(table, at, language)
    if sources:
        yield (
            f'<section class="note"><p><i>{labels(language).sources}</i> '
            f"{escaped(sources)}</p></section>\n"
        )
    yield CLOSING


def section(table: Table, at: int, language: str) -> Iterator[str]:
    """One table with caption and note; ``at`` tells its ids from those of others."""
    own = full_tag(table.language)
    tag = f' lang="{escaped(own)}"' if own != full_tag(language) else ""
    described = f' aria-describedby="note-{at}"' if table.note else ""
    width = comfortable_width(table) if table.columns else 0.0
    wide = width > _UPRIGHT
    sideways = ' class="wide"' if wide else ""
    yield (
        f'<section{tag}{sideways}>\n<div class="scroll" role="region" tabindex="0"'
        f' aria-labelledby="caption-{at}">\n'
        f'<table{described} style="min-width: {width * 8:.1f}rem">\n'
        f'<caption id="caption-{at}">{_caption(table)}</caption>\n'
    )
    if table.columns:
        total = sum(widths := column_widths(table, _SIDEWAYS if wide else _UPRIGHT))
        columns = "".join(f'<col style="width: {100 * one / total:.2f}%">' for one in widths)
        yield f"<colgroup>{columns}</colgroup>\n"
        yield f"<thead>\n{_head(table)}</thead>\n"
    yield "<tbody>\n"
    for place, row in enumerate(table.rows):
        yield _heading_row(table, row[0]) if place in table.headings else _row(table, row)
    if not table.rows:
        text = escaped(table.empty or labels(table.language).nothing)
        yield f'<tr><td class="empty" colspan="{max(1, len(table.columns))}">{text}</td></tr>\n'
    yield "</tbody>\n</table>\n</div>\n"
    if table.note:
        yield f'<div class="note" id="note-{at}">{_note(table)}</div>\n'
    yield "</section>\n"


def _caption(table: Table) -> str:
    words = labels(table.language)
    if table.number > 0 and table.style is not TableStyle.APA:
        return "<br>".join(f'<span dir="auto">{inline(line)}</span>' for line in caption(table))
    interim = f" {words.interim}" if table.interim else ""
    title = f'<span class="title" dir="auto">{escaped(table.title)}</span>'
    if table.number > 0:
        number = f"<b>{words.table} {table.number}</b>{interim}"
        return f'<span class="number">{number}</span> {title}'
    return f"{title}{interim}"


def _note(table: Table) -> str:
    return "".join(f'<p dir="auto">{inline(paragraph)}</p>' for paragraph in note(table))


def _head(table: Table) -> str:
    if not table.spanners:
        return f"<tr>{''.join(_heading(column) for column in table.columns)}</tr>\n"
    ends = dict(table.spanners)
    upper, lower = "", ""
    at = 0
    while at < len(table.columns):
        column = table.columns[at]
        end = ends.get(at)
        if end is None:
            upper += _heading(column, ' rowspan="2"')
            at += 1
            continue
        upper += (
            f'<th class="spanner" scope="colgroup" colspan="{end - at}">'
            f'<span dir="auto">{inline(column.spanner)}</span></th>'
        )
        lower += "".join(_heading(column) for column in table.columns[at:end])
        at = end
    return f"<tr>{upper}</tr>\n<tr>{lower}</tr>\n"


def _heading(column: Column, extra: str = "") -> str:
    return f'<th scope="col" dir="auto"{_class(column)}{extra}>{inline(column.heading)}</th>'


def _heading_row(table: Table, cell: Cell) -> str:
    style = f' style="padding-inline-start: {0.6 + 1.1 * cell.indent:.1f}rem"'
    return (
        f'<tr><th scope="rowgroup" colspan="{len(table.columns)}"{style if cell.indent else ""}>'
        f"{_paragraphs(cell)}</th></tr>\n"
    )


def _row(table: Table, row: Sequence[Cell]) -> str:
    cells = []
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        # The first column names what the row is about.
        tag, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
        style = f' style="padding-inline-start: {0.6 + 1.1 * cell.indent:.1f}rem"'
        cells.append(
            f"<{tag}{scope}{_class(column, cell)}{style if cell.indent else ''}>"
            f"{_paragraphs(cell)}</{tag}>"
        )
    return f"<tr>{''.join(cells)}</tr>\n"


def _class(column: Column, cell: Cell | None = None) -> str:
    names = [] if column.align is Align.LEFT else [column.align.value]
    if cell is not None and cell.quote:
        names.append("quote")
    return f' class="{" ".join(names)}"' if names else ""


def _paragraphs(cell: Cell) -> str:
    return "".join(f'<p dir="auto">{inline(runs)}</p>' for runs in cell.paragraphs)


def inline(runs: Sequence[Run]) -> str:
    """Runs as they stand within a paragraph."""
    text = ""
    for run in runs:
        piece = escaped(run.text)
        if run.italic:
            piece = f"<i>{piece}</i>"
        if run.bold:
            piece = f"<b>{piece}</b>"
        text += piece
    return text.replace("\n", "<br>")
