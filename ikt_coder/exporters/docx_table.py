"""Word documents with tables in APA 7 form.

Times New Roman throughout: 12 points for number and title, 10 points in the cells (APA 7
leaves the size free within a table) and in the note.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ikt_coder.core.table import Run, Table, TableStyle
from ikt_coder.exporters import docx_markup
from ikt_coder.exporters.captions import caption, note
from ikt_coder.exporters.column_widths import comfortable_width
from ikt_coder.exporters.docx_file import MARGIN, joined, page_size, save, section
from ikt_coder.exporters.docx_markup import paragraph
from ikt_coder.exporters.labels import labels


def write(tables: Sequence[Table], stream: BinaryIO, language: str, sources: str) -> None:
    """Each table begins a page; a wide one has a landscape section of its own."""
    title = next((table.title for table in tables if table.title), "")
    save(_body(tables, language, sources), stream, title=title, language=language)


def is_wide(table: Table, language: str = "en") -> bool:
    """Whether the table needs a landscape page: its columns do not read well upright."""
    return comfortable_width(table) > page_size(language)[0] - 2 * MARGIN


def _body(tables: Sequence[Table], language: str, sources: str) -> str:
    short, long = page_size(language)
    blocks: list[str] = []
    closing = section(language)
    wide_before = False
    for at, table in enumerate(tables):
        wide = is_wide(table, language)
        # A section of its own for every wide table, and for what comes after one.
        new_section = at > 0 and (wide or wide_before)
        if new_section:
            blocks.append(section(language, wide=wide_before))
        available = (long if wide else short) - 2 * MARGIN
        blocks += whole(table, available, page_break=at > 0 and not new_section)
        wide_before = wide
        closing = section(language, wide=wide)
    if sources:
        blocks.append(_led(labels(language).sources, ((Run(sources),),)))
    if not blocks:
        blocks.append(paragraph((Run(labels(language).nothing),), "TableText"))
    return joined(blocks) + closing


def whole(table: Table, available: float, *, page_break: bool = False) -> list[str]:
    """The markup of a table with its number, title and note, ``available`` inches wide."""
    return [
        _above(table, page_break=page_break),
        docx_markup.table(table, available) if table.columns else _nothing(table),
        _below(table),
    ]


def _above(table: Table, *, page_break: bool) -> str:
    words = labels(table.language)
    lines: list[tuple[str, tuple[Run, ...]]] = []
    if table.number > 0 and table.style is not TableStyle.APA:
        lines = [("TableCaption", runs) for runs in caption(table)]
        return _kept(lines, page_break=page_break)
    interim = (Run(f" {words.interim}"),) if table.interim else ()
    if table.number > 0:
        lines.append(("TableNumber", (Run(f"{words.table} {table.number}"), *interim)))
    if table.title:
        lines.append(("TableTitle", (Run(table.title), *(interim if not lines else ()))))
    if not lines:
        lines.append(("TableNumber", interim))
    return _kept(lines, page_break=page_break)


def _kept(lines: Sequence[tuple[str, tuple[Run, ...]]], *, page_break: bool) -> str:
    """Paragraphs with their styles that stay with the table below them."""
    return "".join(
        paragraph(runs, style, keep_next=True, page_break=page_break and at == 0)
        for at, (style, runs) in enumerate(lines)
    )


def _below(table: Table) -> str:
    if table.note:
        return "".join(paragraph(runs, "TableNote") for runs in note(table))
    # Word wants a paragraph after a table; two tables would grow together without it.
    return paragraph((), "TableNote")


def _led(word: str, paragraphs: Sequence[Sequence[Run]]) -> str:
    return "".join(
        paragraph((Run(f"{word} ", italic=True), *runs) if at == 0 else runs, "TableNote")
        for at, runs in enumerate(paragraphs)
    )


def _nothing(table: Table) -> str:
    return paragraph((Run(table.empty or labels(table.language).nothing),), "TableText")
