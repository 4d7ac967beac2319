"""How wide the columns of a table on paper are. Widths are in inches."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from ikt_coder.core.table import Align, Cell, Column, Table
from ikt_coder.exporters.cell_text import clean

POINT_SIZE = 10.0
PADDING = 0.16  # left and right of the words of a cell, together
INDENT = 0.15  # one level of sub-theme

_WORD_LIMIT = 1.6  # a longer word may be broken
_TEXT_COMFORT = 1.15  # what a column of names needs to read well
_PROSE_COMFORT = 1.8  # what a column of sentences needs
_CROWDED = 0.75  # of the width: what the longest words may take at 10 points
_PROSE = 60  # characters from which a cell counts as sentences
_PROSE_LIMIT = 400  # characters; a longer line fills any column
_SAMPLE = 300  # rows looked at; a codings list may have 20,000

# A line may end after these, but a day (2026-03-09) stays whole.
_BREAKS = re.compile(r"(/|-(?!\d{1,2}\b)|(?<!\d)-)")

_NARROW = frozenset("iljtfrI.,:;'’|!()[] -")
_WIDE = frozenset("mwMWQOGD@%—…")


class _Widths(dict[str, float]):
    """The widths of characters in ems, each looked at once."""

    def __missing__(self, character: str) -> float:
        if character in _NARROW:
            ems = 0.33
        elif character in _WIDE or ord(character) > 0x2E7F:
            ems = 0.95
        elif character.isupper():
            ems = 0.73
        elif character.isdigit():
            ems = 0.51
        else:
            # Most are narrower; a word of the widest ones (b, d, h, n, o) must still fit.
            ems = 0.5
        self[character] = ems
        return ems


_widths = _Widths()


def text_width(text: str) -> float:
    """About how wide a text runs in a serif face of 10 points."""
    return sum(map(_widths.__getitem__, text)) * POINT_SIZE / 72


@lru_cache(maxsize=8192)  # the same cells are measured several times for one table
def _longest_word(text: str) -> float:
    words = _BREAKS.sub(r"\1 ", clean(text)).split()
    return min(_WORD_LIMIT, max((text_width(word) for word in words), default=0.0))


def _sample(table: Table, column: int) -> list[Cell]:
    return [row[column] for row in islice(table.rows, _SAMPLE)]


def _is_figures(column: Column) -> bool:
    return column.align is not Align.LEFT


def minimum_widths(table: Table) -> list[float]:
    """The least width of each column in which no ordinary word is broken."""
    alone = {start for start, end in table.spanners if end - start == 1}
    widths = []
    for at, column in enumerate(table.columns):
        width = _longest_word(column.name)
        if at in alone:
            width = max(width, _longest_word(column.spanner_name))
        for cell in _sample(table, at):
            # A figure with its unit or interval stays on one line where it is short.
            whole = text_width(cell.text) if _is_figures(column) and len(cell.text) < 10 else 0.0
            width = max(width, whole, _longest_word(cell.text) + cell.indent * INDENT)
        widths.append(width + PADDING)
    return widths


def comfortable_width(table: Table) -> float:
    """The width at which the table reads well; beyond a page's width it goes landscape."""
    total = 0.0
    for at, (column, least) in enumerate(zip(table.columns, minimum_widths(table), strict=True)):
        if _is_figures(column):
            total += least
            continue
        cells = _sample(table, at)
        if any(len(cell.text) > _PROSE for cell in cells):
            wanted = _PROSE_COMFORT
        else:
            longest = max((text_width(cell.text) for cell in cells), default=0.0)
            wanted = min(_TEXT_COMFORT, longest + PADDING)
        total += max(least, wanted)
    return total


def is_crowded(table: Table, available: float) -> bool:
    """Whether the words alone take so much of the width that columns of sentences would be a
    few words wide; such a table is set smaller."""
    least = minimum_widths(table)
    return len(least) > 1 and sum(least) > _CROWDED * available


def column_widths(table: Table, available: float, scale: float = 1.0) -> list[float]:
    """Widths that fill ``available``: by each column's share, but never below its words.
    ``scale`` is the size of the text as a share of 10 points.

    What a column of short words cannot use goes to those that can. Where even the words do
    not fit, all give way alike and long words are broken.
    """
    # The air at the edges of a cell stays what it is.
    least = [(width - PADDING) * scale + PADDING for width in minimum_widths(table)]
    if not least or sum(least) >= available:
        total = sum(least)
        return [available * width / total for width in least]
    fixed: dict[int, float] = {}
    useful = [
        (width - PADDING) * scale + PADDING
        for width in _useful_widths(table, minimum_widths(table))
    ]
    while True:
        free = [at for at in range(len(least)) if at not in fixed]
        room = available - sum(fixed.values())
        shares = sum(max(table.columns[at].width, 0.01) for at in free)
        wanted = {at: room * max(table.columns[at].width, 0.01) / shares for at in free}
        short = {at: least[at] for at in free if wanted[at] < least[at]}
        wide = {at: useful[at] for at in free if wanted[at] > useful[at]}
        # Columns below their words come first: what they take may cure the too wide ones.
        settled = short or (wide if len(wide) < len(free) else {})
        if not settled:
            return [fixed[at] if at in fixed else wanted[at] for at in range(len(least))]
        fixed.update(settled)


def _useful_widths(table: Table, least: list[float]) -> list[float]:
    """The width of each column beyond which it would only hold more white."""
    useful = []
    for at, column in enumerate(table.columns):
        lines = [column.name]
        indent = 0
        for cell in _sample(table, at):
            lines += cell.text.split("\n")
            indent = max(indent, cell.indent)
        longest = max(text_width(line[:_PROSE_LIMIT]) for line in lines)
        useful.append(max(least[at], longest + indent * INDENT + PADDING))
    return useful
