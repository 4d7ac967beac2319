"""Case ratings as plain lists for other programs: one fact in each cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ikt_coder.core.table import Cell, Column, Run, Table, cell, number
from ikt_coder.services.case_ratings.comparing import Comparison
from ikt_coder.services.case_ratings.rows import Rated, RatingGrid
from ikt_coder.services.codes import join_path

AGREED: Final = "agreed"
_RATINGS: Final = (
    *("case_kind", "construct", "case", "rater", "value", "state", "counts"),
    *("raters_differ", "passages", "reasons"),
)
_GROUPS: Final = (
    *("case_kind", "attribute", "group", "construct", "cases", "rated", "missing"),
    *("undecided", "median", "difference", "distinction"),
)


def ratings_list(grids: Iterable[RatingGrid]) -> Table:
    """A row for every rating that was given, those agreed on with ``agreed`` as their rater.
    ``value`` is -2 to +2, empty where it is missing; ``state`` tells ``rated``, ``mixed`` and
    ``missing`` apart; ``counts`` says whether it is what the case counts with."""
    rows: list[tuple[Cell, ...]] = []
    for grid in grids:
        initials = {rater.coder: rater.initials or rater.name for rater in grid.raters}
        for construct in grid.constructs:
            for case in grid.cases:
                one = grid.cell(case.ref, construct.code)
                for row in (*one.ratings, *((one.agreed,) if one.agreed is not None else ())):
                    agreed = row.coder is None
                    counted = agreed if one.agreed is not None else not one.differ
                    rows.append(
                        (
                            cell(grid.kind.value),
                            cell(join_path(construct.path)),
                            cell(case.label),
                            cell(AGREED if row.coder is None else initials.get(row.coder, "")),
                            _value(row.rated.value),
                            cell(_state(row.rated)),
                            number(int(counted)),
                            number(int(one.differ)),
                            number(one.passages),
                            cell(row.rationale),
                        )
                    )
    return _list("Ratings", _RATINGS, rows)


def groups_list(compared: Iterable[tuple[RatingGrid, Comparison]]) -> Table:
    """A row for each construct in each group of cases; cases of none have ``group`` as the
    printed table names them. ``difference`` is that of the construct over all its groups."""
    rows: list[tuple[Cell, ...]] = []
    for grid, comparison in compared:
        for row in comparison.rows:
            for one in (*row.groups, *((row.rest,) if row.rest.cases else ())):
                rows.append(
                    (
                        cell(grid.kind.value),
                        cell(comparison.by.name),
                        cell(one.value),
                        cell(join_path(row.construct.path)),
                        number(len(one.cases)),
                        number(one.n),
                        number(one.missing),
                        number(one.undecided),
                        _value(one.median),
                        _value(row.difference),
                        cell(row.distinction.value),
                    )
                )
    return _list("Ratings Compared by Groups", _GROUPS, rows)


def _state(rated: Rated) -> str:
    return "missing" if rated.missing else "mixed" if rated.mixed else "rated"


def _value(value: float | None) -> Cell:
    return cell("") if value is None else number(value)


def _list(title: str, names: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> Table:
    return Table(
        title=title,
        columns=tuple(Column((Run(name),)) for name in names),
        rows=tuple(rows),
        number=0,
        description=title,
        empty="No construct has been rated in a case yet.",
    )
