"""A web page of its own: no script, nothing fetched, made to be read and to be printed."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ikt_coder.core.table import Align, Cell, Column, Run, Table
from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.column_widths import column_widths, comfortable_width
from ikt_coder.exporters.labels import full_tag, labels

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --dim: #5c636a; --paper: #ffffff;
  --rule: #1f2328; --focus: #0f6e6a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e8; --dim: #b4bac0;
  --paper: #25282c; --rule: #b4bac0; --focus: #64c9c2; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem); background: var(--paper);
  color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", "Liberation Sans", sans-serif; }
section { max-width: 76rem; margin: 0 auto 4rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--focus); outline-offset: 4px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed;
  border-block: 1.5px solid var(--rule); }
caption { text-align: start; padding-bottom: .6rem; }
caption .number { display: block; }
caption .number b { font-weight: 700; }
caption .title { font-style: italic; }
th, td { padding: .4rem .6rem; vertical-align: top; text-align: start;
  font-weight: 400; overflow-wrap: anywhere; }
thead th { vertical-align: bottom; font-weight: 600; overflow-wrap: break-word; }
thead tr:last-child th, thead th[rowspan] { border-bottom: 1px solid var(--rule); }
thead th.spanner { text-align: center; padding-bottom: .1rem; }
thead th.spanner span { display: block; padding-bottom: .25rem;
  border-bottom: 1px solid var(--dim); }
.right { text-align: end; font-variant-numeric: tabular-nums; }
.centre { text-align: center; font-variant-numeric: tabular-nums; }
p { margin: 0; }
td p + p, th p + p { margin-top: .45rem; }
.quote { font-family: "Iowan Old Style", Charter, "Noto Serif", Georgia, "Liberation Serif",
  serif; }
.empty { font-style: italic; color: var(--dim); }
.note { margin-top: .6rem; color: var(--dim); font-size: 13px; }
.note p + p { margin-top: .3rem; }
@media print {
  :root { color-scheme: light; --ink: #000; --dim: #000; --paper: #fff; --rule: #000; }
  @page { margin: 2.2cm; }
  @page wide { size: landscape; }
  section.wide { page: wide; }
  body { padding: 0; font-size: 8.5pt; line-height: 1.35; }
  section { max-width: none; margin: 0; }
  section + section { break-before: page; }
  .scroll { overflow: visible; }
  table { min-width: 0 !important; }
  th, td { padding: .25rem .3rem; }
  .note { font-size: 8.5pt; break-before: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


# What a printed page holds between its margins, in inches.
_UPRIGHT, _SIDEWAYS = 6.5, 9.0


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """One page with all tables; the reader's light or dark setting decides its colours."""
    for piece in _page(tables, language, sources):
        stream.write(piece.encode())


def _page(tables: Sequence[Table], language: str, sources: str) -> Iterator[str]:
    title = next((table.title for table in tables if table.title), "") or labels(language).table
    yield (
        f'<!DOCTYPE html>\n<html lang="{_escaped(full_tag(language))}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing that slips into the page can run or call out.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    for at, table in enumerate(tables, start=1):
        yield from _section(table, at, language)
    if sources:
        yield (
            f'<section class="note"><p><i>{labels(language).sources}</i> '
            f"{_escaped(sources)}</p></section>\n"
        )
    yield "</main>\n</body>\n</html>\n"


def _section(table: Table, at: int, language: str) -> Iterator[str]:
    own = full_tag(table.language)
    tag = f' lang="{_escaped(own)}"' if own != full_tag(language) else ""
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
    for row in table.rows:
        yield _row(table, row)
    if not table.rows:
        text = _escaped(table.empty or labels(table.language).nothing)
        yield f'<tr><td class="empty" colspan="{max(1, len(table.columns))}">{text}</td></tr>\n'
    yield "</tbody>\n</table>\n</div>\n"
    if table.note:
        yield f'<div class="note" id="note-{at}">{_note(table)}</div>\n'
    yield "</section>\n"


def _caption(table: Table) -> str:
    words = labels(table.language)
    interim = f" {words.interim}" if table.interim else ""
    title = f'<span class="title" dir="auto">{_escaped(table.title)}</span>'
    if table.number > 0:
        number = f"<b>{words.table} {table.number}</b>{interim}"
        return f'<span class="number">{number}</span> {title}'
    return f"{title}{interim}"


def _note(table: Table) -> str:
    lead = f"<i>{labels(table.language).note}</i> "
    return "".join(
        f'<p dir="auto">{lead if at == 0 else ""}{_runs(paragraph)}</p>'
        for at, paragraph in enumerate(table.note)
    )


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
            f'<span dir="auto">{_runs(column.spanner)}</span></th>'
        )
        lower += "".join(_heading(column) for column in table.columns[at:end])
        at = end
    return f"<tr>{upper}</tr>\n<tr>{lower}</tr>\n"


def _heading(column: Column, extra: str = "") -> str:
    return f'<th scope="col" dir="auto"{_class(column)}{extra}>{_runs(column.heading)}</th>'


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
    return "".join(f'<p dir="auto">{_runs(runs)}</p>' for runs in cell.paragraphs)


def _runs(runs: Sequence[Run]) -> str:
    text = ""
    for run in runs:
        piece = _escaped(run.text)
        if run.italic:
            piece = f"<i>{piece}</i>"
        if run.bold:
            piece = f"<b>{piece}</b>"
        text += piece
    return text.replace("\n", "<br>")


def _escaped(text: str) -> str:
    return html.escape(clean(text))
