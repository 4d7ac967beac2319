"""The reports of charting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from ikt_coder.exporters.catalogue import Product
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_DATA: Final = frozenset({".csv", ".xlsx"})


def _grid(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.charting.tables import grid_table

    grid = project.charting.grid()
    return grid_table(project, grid, date.today(), data=options.ending in _DATA)


def _counts(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.charting.counting import Unit
    from ikt_coder.services.charting.rows import AnswerKind
    from ikt_coder.services.charting.tables import count_data, count_tables, cross_table

    charting, today = project.charting, date.today()
    grid = charting.grid()
    counts = charting.counts(unit=Unit(options.count_by) if options.count_by else None, grid=grid)
    if options.ending in _DATA or not counts.fields:
        return count_data(counts)
    tables = list(count_tables(project, grid, counts, today))
    # Stages by level, as engagement is reported, where the form asks for both.
    chosen = [f for f in grid.fields if f.kind is not AnswerKind.TEXT]
    level = next((f for f in chosen if f.framework_key == "iap2"), None)
    stages = next((f for f in chosen if f.framework_key == "research-stages"), None)
    if level is not None and stages is not None:
        made = charting.cross(stages.id, level.id, unit=counts.unit, grid=grid)
        tables.append(cross_table(project, grid, made, today, number_=len(tables) + 1))
    return tuple(tables)


def _checks(project: Project, options: ReportOptions) -> Product:
    from ikt_coder.services.charting.tables import check_tables

    charting = project.charting
    data = options.ending in _DATA
    return check_tables(project, charting.grid(), charting.rates(), date.today(), data=data)


REPORTS: Final = (
    ReportKind(
        "charting",
        "Charting",
        "Every record with its answers to all charting fields, one row each.",
        Group.CASES,
        _grid,
    ),
    ReportKind(
        "chart_counts",
        "Charting counts",
        "How many studies or records have each answer, with the citations behind each number.",
        Group.CASES,
        _counts,
    ),
    ReportKind(
        "chart_verification",
        "Charting verification",
        "What a second coder agreed with, changed and questioned; no coefficient.",
        Group.CASES,
        _checks,
    ),
)
