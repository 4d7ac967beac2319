"""Cross tables as one plain list: a row for each answer with each other, nothing in headings."""

from __future__ import annotations

from collections.abc import Iterable

from ikt_coder.core.table import Column, Run, Table, cell, number
from ikt_coder.services.charting.counting import CrossTable
from ikt_coder.services.charting.tables import NOT_REPORTED, UNITS

TOTAL = "Total"
_NAMES = ("field", "answer", "by_field", "by_answer", "unit", "n", "denominator")


def cross_data(made: Iterable[CrossTable]) -> Table:
    """All cells of cross tables with their totals (an answer with ``Total``), which are no sums:
    who has several answers counts once in them. The denominator is what has both answers."""
    rows = []
    for one in made:
        downs = [each.shown if each else NOT_REPORTED for each in one.row_options]
        across = [each.shown if each else NOT_REPORTED for each in one.column_options]
        lines: list[tuple[str, list[int]]] = [
            *(
                (name, [*(each.n for each in line), total.n])
                for name, line, total in zip(downs, one.cells, one.row_totals, strict=True)
            ),
            (TOTAL, [*(each.n for each in one.column_totals), one.looked]),
        ]
        for name, figures in lines:
            for other, figure in zip((*across, TOTAL), figures, strict=True):
                words = (one.down.name, name, one.across.name, other, UNITS[one.unit][0])
                rows.append((*(cell(each) for each in words), number(figure), number(one.looked)))
    return Table(
        title="Counts of Answers by Other Answers",
        columns=tuple(Column((Run(name),)) for name in _NAMES),
        rows=tuple(rows),
        number=0,
        description="Counts of answers by other answers",
        empty="There are no two questions to hold against each other.",
    )
