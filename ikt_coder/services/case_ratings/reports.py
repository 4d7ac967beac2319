"""Case ratings in the catalogue of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.core.cases import CaseKind
from ikt_coder.exporters.catalogue import Product
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions
from ikt_coder.services.retrieval_reports import SPREADSHEETS

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_ON_A_PAGE = 12
"""Cases side by side on a page."""


def _ratings(project: Project, options: ReportOptions) -> Product:
    """For each kind of case that was rated: the matrix, groups side by side, every rating; as
    data all ratings in one list and all groups in another."""
    from dataclasses import replace

    from ikt_coder.services.case_ratings.data import groups_list, ratings_list
    from ikt_coder.services.case_ratings.tables import (
        comparison_table,
        matrix_table,
        raters_table,
    )

    ratings = project.ratings
    rated = {row.case.kind for row in ratings.all()}
    kinds = [kind for kind in CaseKind if kind in rated] or [CaseKind.PARTICIPANT]
    if options.ending == ".csv":
        grids = [ratings.grid(kind) for kind in kinds]
        compared = [
            (grid, ratings.compare(grid, by))
            for grid in grids
            if grid.rated
            for by in ratings.splittings(grid.kind)
        ]
        return (ratings_list(grids), *([groups_list(compared)] if compared else []))
    tables = []
    for kind in kinds:
        grid = ratings.grid(kind)
        # A page holds so many columns; a sheet holds them all.
        size = _ON_A_PAGE if options.ending not in SPREADSHEETS else max(1, len(grid.cases))
        for first in range(0, max(1, len(grid.cases)), size):
            tables.append(matrix_table(grid, cases=grid.cases[first : first + size]))
        if grid.rated:
            tables += [
                comparison_table(grid, ratings.compare(grid, by)) for by in ratings.splittings(kind)
            ]
            tables.append(raters_table(grid))
    return [replace(table, number=at + 1) for at, table in enumerate(tables)]


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "case_ratings",
        "Case ratings",
        "Constructs by cases from −2 to +2, with Missing apart, who rated, and groups compared.",
        Group.CASES,
        _ratings,
    ),
)
