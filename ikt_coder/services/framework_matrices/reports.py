"""Framework matrices in the catalogue of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.exporters.catalogue import Product
from ikt_coder.services.report_kinds import Group, ReportKind, ReportOptions
from ikt_coder.services.retrieval_reports import SPREADSHEETS

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_ON_A_PAGE = 5
"""Columns of sentences side by side on a landscape page."""


def _matrices(project: Project, options: ReportOptions) -> Product:
    """Every framework matrix, or the one that was named."""
    from dataclasses import replace

    from ikt_coder.core.table import Run, Table
    from ikt_coder.services.framework_matrices.data import matrix_lists
    from ikt_coder.services.framework_matrices.tables import matrix_tables
    from ikt_coder.services.theme_notes import layer_sentences

    service = project.matrices
    rows = (service.find(options.matrix),) if options.matrix else service.all()
    if options.ending == ".csv" and rows:
        return matrix_lists(project, [service.read(row.id) for row in rows])
    on_a_page = 0 if options.ending in SPREADSHEETS else _ON_A_PAGE
    tables = [
        table
        for row in rows
        for table in matrix_tables(project, service.read(row.id), columns_a_page=on_a_page)
    ]
    if not tables:
        note = " ".join(layer_sentences(project.layers.info()))
        return Table(
            "Framework Matrix",
            (),
            (),
            note=((Run(note),),) if note else (),
            empty="There is no framework matrix yet.",
        )
    return [replace(table, number=at + 1) for at, table in enumerate(tables)]


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "framework_matrix",
        "Framework matrix",
        "Cases by codes or themes: the summaries you wrote, with the passages they rest on.",
        Group.CASES,
        _matrices,
    ),
)
