"""The WordprocessingML of one table in APA 7 form, as text.

Building the markup as text and parsing it once is some forty times faster than placing
cells one by one. Lengths in markup are twentieths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ikt_coder.core.table import Align, Cell, Column, Run, Table
from ikt_coder.exporters.cell_text import clean, is_right_to_left
from ikt_coder.exporters.column_widths import INDENT, column_widths, is_crowded
from ikt_coder.exporters.labels import labels

TWIPS = 1440  # per inch
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_SMALL = 0.8  # 8 points instead of 10
_DESCRIPTION_LIMIT = 1000  # screen readers read an alternative text in one breath
# A row of more than about so many lines may be split, or it would leave a page half empty
# or not fit on one at all (a long memo). A character of 10 points is some 90 twips wide.
_PAGE_OF_LINES, _CHARACTER = 24, 90
# A table of so few rows and lines is kept on one page.
_SHORT_ROWS, _SHORT_LINES = 10, 20
_OUTER = '<w:{0} w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
_INNER = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
_NIL = '<w:{0} w:val="nil"/>'


def run(piece: Run) -> str:
    """One run; line ends and tabs become Word's own."""
    text = clean(piece.text)
    if not text:
        return ""
    style = ""
    if piece.bold:
        style += "<w:b/><w:bCs/>"
    if piece.italic:
        style += "<w:i/><w:iCs/>"
    if is_right_to_left(text):
        style += "<w:rtl/>"
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f"<w:r>{properties}{escaped_text(text)}</w:r>"


def escaped_text(text: str) -> str:
    """The inside of a run of clean text; line ends and tabs become Word's own."""
    if not text:
        return ""
    body = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    if "\n" in text or "\t" in text:
        for sign, mark in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
            body = body.replace(sign, f'</w:t>{mark}<w:t xml:space="preserve">')
    return body


def paragraph(
    pieces: Sequence[Run],
    style: str,
    *,
    align: Align = Align.LEFT,
    keep_next: bool = False,
    page_break: bool = False,
    ruled: bool = False,
    space_before: int = 0,
    indent: int = 0,
    section: str = "",
) -> str:
    """One paragraph. ``ruled`` draws the partial rule under a spanner: as an edge of the
    paragraph it stops short of the cell's, so that neighbouring spanners stay apart.
    ``section`` is the markup of a section that ends here."""
    turned = is_right_to_left("".join(piece.text for piece in pieces))
    properties = f'<w:pStyle w:val="{style}"/>'
    if keep_next:
        properties += "<w:keepNext/>"
    if page_break:
        properties += "<w:pageBreakBefore/>"
    if ruled:
        properties += (
            '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="2" w:color="auto"/></w:pBdr>'
        )
    if turned:
        properties += "<w:bidi/>"
    if space_before:
        properties += f'<w:spacing w:before="{space_before}"/>'
    if indent:
        # Word swaps left and right in right-to-left paragraphs: this is the leading edge.
        properties += f'<w:ind w:left="{indent}"/>'
    if align is Align.CENTRE:
        properties += '<w:jc w:val="center"/>'
    elif align is Align.RIGHT:
        properties += f'<w:jc w:val="{"left" if turned else "right"}"/>'
    body = "".join(run(piece) for piece in pieces)
    return f"<w:p><w:pPr>{properties}{section}</w:pPr>{body}</w:p>"


def table(source: Table, available: float) -> str:
    """The table itself, ``available`` inches wide, without number, title and note."""
    scale = _SMALL if is_crowded(source, available) else 1.0
    widths = [round(width * TWIPS) for width in column_widths(source, available, scale)]
    head = _head(source, widths)
    if source.rows:
        # The last row stays with the note below it, and a short table on one page.
        last = len(source.rows) - 1
        short = _is_short(source, widths)
        body = "".join(
            _heading_row(row[0], widths)
            if at in source.headings
            else _body_row(
                source, row, widths, keep_next=bool(source.note) if at == last else short
            )
            for at, row in enumerate(source.rows)
        )
    else:
        text = source.empty or labels(source.language).nothing
        body = _row(
            _cell(
                paragraph((Run(text, italic=True),), "TableText", keep_next=bool(source.note)),
                sum(widths),
                span=len(widths),
            )
        )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = _properties(source, sum(widths))
    if scale != 1.0:
        # No words can be taken for a style: a sign "<" of theirs is never left as it is.
        for name in ("TableText", "TableHeading"):
            head, body = (
                part.replace(f'<w:pStyle w:val="{name}"/>', f'<w:pStyle w:val="{name}Small"/>')
                for part in (head, body)
            )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def description(source: Table) -> str:
    """The alternative text: the caller's, or what the table holds."""
    if source.description:
        return clean(source.description)[:_DESCRIPTION_LIMIT]
    names = ", ".join(column.name for column in source.columns)
    french = labels(source.language).table == "Tableau"
    text = (
        f"Tableau de {len(source.rows)} lignes. Colonnes\u00a0: {names}."
        if french
        else f"Table of {len(source.rows)} rows. Columns: {names}."
    )
    return clean(text)[:_DESCRIPTION_LIMIT]


def _properties(source: Table, width: int) -> str:
    borders = _OUTER.format("top") + _NIL.format("left") + _OUTER.format("bottom")
    borders += "".join(_NIL.format(edge) for edge in ("right", "insideH", "insideV"))
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="115" w:type="dxa"/>'
        '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="115" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>'
        f"<w:tblCaption w:val={quoteattr(_one_line(source.title or description(source)))}/>"
        f"<w:tblDescription w:val={quoteattr(_one_line(description(source)))}/></w:tblPr>"
    )


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", clean(text)).strip(" ")


def _head(source: Table, widths: Sequence[int]) -> str:
    if not source.spanners:
        return _row(
            "".join(
                _heading(column, width, bottom=True)
                for column, width in zip(source.columns, widths, strict=True)
            ),
            head=True,
        )
    upper = ""
    lower = ""
    begins = dict(source.spanners)
    at = 0
    while at < len(source.columns):
        column = source.columns[at]
        end = begins.get(at)
        if end is None:
            # The heading of a column without spanner stands across both rows, at the foot.
            upper += _heading(column, widths[at], merge="restart")
            lower += _cell(
                paragraph((), "TableHeading", keep_next=True),
                widths[at],
                merge="continue",
                bottom=True,
                low=True,
            )
            at += 1
            continue
        words = paragraph(
            column.spanner, "TableHeading", align=Align.CENTRE, keep_next=True, ruled=True
        )
        upper += _cell(words, sum(widths[at:end]), span=end - at, low=True)
        for inner in range(at, end):
            lower += _heading(source.columns[inner], widths[inner], bottom=True)
        at = end
    return _row(upper, head=True) + _row(lower, head=True)


def _heading(column: Column, width: int, *, merge: str = "", bottom: bool = False) -> str:
    words = paragraph(column.heading, "TableHeading", align=column.align, keep_next=True)
    return _cell(words, width, merge=merge, bottom=bottom, low=True)


def _body_row(source: Table, row: Sequence[Cell], widths: Sequence[int], keep_next: bool) -> str:
    cells = []
    for column, cell, width in zip(source.columns, row, widths, strict=True):
        indent = round(cell.indent * INDENT * TWIPS)
        paragraphs = "".join(
            paragraph(
                pieces,
                "TableText",
                align=column.align,
                keep_next=keep_next,
                space_before=60 if at else 0,  # air between two quotes
                indent=min(indent, width // 2),
            )
            for at, pieces in enumerate(cell.paragraphs or ((),))
        )
        cells.append(_cell(paragraphs, width))
    return _row("".join(cells), whole=_lines(row, widths) <= _PAGE_OF_LINES)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """About how many lines the tallest cell of a row fills."""
    return max(
        (
            len(cell.text) * _CHARACTER / width
            for cell, width in zip(row, widths, strict=True)
            if width
        ),
        default=0.0,
    )


def _is_short(source: Table, widths: Sequence[int]) -> bool:
    """Whether it reads better whole on the next page than cut in two."""
    if len(source.rows) > _SHORT_ROWS:
        return False
    lines = (
        1.0 if at in source.headings else max(1.0, _lines(row, widths))
        for at, row in enumerate(source.rows)
    )
    return sum(lines) <= _SHORT_LINES


def _heading_row(cell: Cell, widths: Sequence[int]) -> str:
    """One cell over all columns, kept with the row below it."""
    words = "".join(
        paragraph(pieces, "TableText", keep_next=True, indent=round(cell.indent * INDENT * TWIPS))
        for pieces in cell.paragraphs or ((),)
    )
    return _row(_cell(words, sum(widths), span=len(widths)))


def _row(cells: str, *, head: bool = False, whole: bool = True) -> str:
    """A row; ``head`` repeats it on every page, ``whole`` keeps it on one."""
    properties = "<w:cantSplit/>" if whole else ""
    properties += "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(
    paragraphs: str,
    width: int,
    *,
    span: int = 1,
    merge: str = "",
    bottom: bool = False,
    low: bool = False,
) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>'
    if bottom:
        properties += f"<w:tcBorders>{_INNER}</w:tcBorders>"
    if low:
        properties += '<w:vAlign w:val="bottom"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
