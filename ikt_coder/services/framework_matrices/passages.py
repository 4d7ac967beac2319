"""Which codings stand under the cells of a matrix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.cases import CaseRef
from ikt_coder.services.cases import Cases
from ikt_coder.services.framework_matrices.rows import ColumnRow
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

CellCodings = dict[tuple[CaseRef, UUID], list[CodingRow]]
"""Codings of the analysis layer by case and column, in document and text order."""


def under_cells(project: Project, cases: Cases, columns: Iterable[ColumnRow]) -> CellCodings:
    """For each case and column: codings of the code with its sub-codes, or of the theme with
    its sub-themes, that belong to the case."""
    columns = tuple(columns)
    parts = {
        column.id: set(project.codes.with_below(column.topic.code))
        for column in columns
        if column.topic.code is not None
    }
    found = cases.codings_under(parts) if parts else {}
    themes = [column for column in columns if column.topic.theme is not None]
    if themes:
        from ikt_coder.services.theme_counts import ThemeCounts  # only where a theme asks for it

        counts = ThemeCounts(project)
        order = {source.document: at for at, source in enumerate(counts.info.sources)}
        for column in themes:
            assert column.topic.theme is not None
            rows = sorted(
                counts.members_below(column.topic.theme),
                key=lambda row: (order[row.document], row.span.start, row.span.end, row.id),
            )
            for row in rows:
                for ref in cases.of_coding(row):
                    found.setdefault((ref, column.id), []).append(row)
    return found
