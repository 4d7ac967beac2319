"""The theme table as rich text for the preview: three rules, spanner, counts that open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from uuid import UUID

from ikt_coder.core.table import Align, Cell, Column, Run, Table
from ikt_coder.exporters.captions import note as caption_note
from ikt_coder.ui.appearance.tokens import Tokens

Behind = Mapping[tuple[int, int, int], tuple[UUID, ...]]

_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}
_INDENT = 14


def table_html(
    table: Table,
    behind: Behind,
    tokens: Tokens,
    reading_family: str,
    scale: float,
    widths: list[int],
) -> str:
    """Heading, body and note; ``behind`` says which figures are links (``row,column,paragraph``,
    after ``q`` for quotes).

    ``scale`` is the text size as a factor, ``reading_family`` the serif for quotes, ``widths``
    those of the columns in pixels.
    """
    rule = f"1px solid {tokens.ink}"
    rows = [*_head(table, widths, rule)]
    last = len(table.rows) - 1
    for at, row in enumerate(table.rows):
        foot = f"border-bottom:{rule};" if at == last else ""
        if at in table.headings:
            rows.append(_heading_row(row[0], len(table.columns), foot, scale))
            continue
        cells = [
            _cell(cell, column, (at, place), behind, tokens, reading_family, foot, scale)
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    if not table.rows:
        rows.append(
            f'<tr><td colspan="{len(table.columns)}" style="border-bottom:{rule};'
            f'color:{tokens.dim};">{escape(table.empty)}</td></tr>'
        )
    note = "<br>".join(runs_html(paragraph) for paragraph in caption_note(table))
    below = (
        f'<p style="color:{tokens.dim}; font-size:{round(12 * scale)}px; margin-top:6px;">'
        f"{note}</p>"
    )
    pad = round(5 * scale)
    return (
        f'<table width="{sum(widths)}" cellspacing="0" cellpadding="{pad}" border="0"'
        f' style="border-collapse:collapse; color:{tokens.ink};">{"".join(rows)}</table>'
        f"{below if note else ''}"
    )


def _head(table: Table, widths: list[int], rule: str) -> list[str]:
    """One heading row, or two where columns share a spanner."""
    spans = dict(table.spanners)
    style = f"border-bottom:{rule};"
    rows = []
    if spans:
        above, at = [], 0
        while at < len(table.columns):
            end = spans.get(at, at + 1)
            words = runs_html(table.columns[at].spanner) if at in spans else ""
            edge = f"border-top:{rule};"
            above.append(
                f'<td colspan="{end - at}" align="center" style="{edge}"><b>{words}</b></td>'
            )
            at = end
        rows.append(f"<tr>{''.join(above)}</tr>")
    else:
        style += f"border-top:{rule};"
    cells = [
        f'<td width="{width}" align="{_ALIGN[column.align]}" valign="bottom"'
        f' style="{style}"><b>{runs_html(column.heading)}</b></td>'
        for column, width in zip(table.columns, widths, strict=True)
    ]
    rows.append(f"<tr>{''.join(cells)}</tr>")
    return rows


def _heading_row(cell: Cell, columns: int, foot: str, scale: float) -> str:
    """A row whose first cell stands over all columns."""
    left = round((5 + _INDENT * cell.indent) * scale)
    words = "<br>".join(runs_html(paragraph) for paragraph in cell.paragraphs)
    style = f"{foot}padding-left:{left}px;padding-top:{round(9 * scale)}px;"
    return f'<tr><td colspan="{columns}" style="{style}">{words}</td></tr>'


def _cell(
    cell: Cell,
    column: Column,
    place: tuple[int, int],
    behind: Behind,
    tokens: Tokens,
    reading_family: str,
    foot: str,
    scale: float,
) -> str:
    style = foot
    if cell.indent:
        style += f"padding-left:{round((5 + _INDENT * cell.indent) * scale)}px;"
    if cell.quote:
        style += f"font-family:'{reading_family}';"
    paragraphs = []
    for at, paragraph in enumerate(cell.paragraphs):
        words = runs_html(paragraph)
        if behind.get((*place, at)):
            address = f"{'q' if cell.quote else ''}{place[0]},{place[1]},{at}"
            name, figures = ("", words) if cell.quote else _figures(words)
            words = f'{name}<a href="{address}" style="color:{tokens.ink};">{figures}</a>'
        paragraphs.append(words)
    between = f'<div style="margin-top:{round(3 * scale)}px;">'
    body = "".join(
        f"{between if at else '<div>'}{words}</div>" for at, words in enumerate(paragraphs)
    )
    align = _ALIGN[column.align]
    return f'<td align="{align}" valign="top" style="{style}">{body}</td>'


def _figures(words: str) -> tuple[str, str]:
    """A name and the figures after it: only "(2)" of "Knowledge (2)" is a link."""
    name, opening, rest = words.rpartition(" (")
    return (f"{name} ", f"({rest}") if opening and name else ("", words)


def runs_html(runs: Iterable[Run]) -> str:
    """Runs as they stand within a paragraph."""
    made = []
    for run in runs:
        words = escape(run.text, quote=False)
        words = f"<b>{words}</b>" if run.bold else words
        made.append(f"<i>{words}</i>" if run.italic else words)
    return "".join(made)
