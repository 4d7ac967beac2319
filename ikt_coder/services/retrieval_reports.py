"""Passages, matrices and co-occurrence as reports, each in the shape its file asks for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.query import Query, Whose
from ikt_coder.core.table import Table
from ikt_coder.services.cooccurrence import CooccurrenceOptions
from ikt_coder.services.matrix_options import MatrixOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

SPREADSHEETS: Final = frozenset({".csv", ".xlsx"})
_WIDE: Final = 9  # columns of figures that a landscape page still holds


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """``query``: which codings, and how they are grouped; ``for_team``: with the words of
    those who may not be quoted. The queries of ``matrix`` and ``cooccurrence`` give way to
    it."""

    query: Query = field(default_factory=Query)
    for_team: bool = False
    matrix: MatrixOptions = field(default_factory=MatrixOptions)
    cooccurrence: CooccurrenceOptions = field(default_factory=CooccurrenceOptions)


def passages_report(project: Project, asked: RetrievalOptions, ending: str) -> Table:
    """A row each for spreadsheets; group by group for reading."""
    result = project.retrieval.find(asked.query)
    return project.retrieval.table(result, rows=ending in SPREADSHEETS, for_team=asked.for_team)


def matrix_report(project: Project, asked: RetrievalOptions, ending: str) -> Table:
    """A plain list for spreadsheets; on paper codes stand in rows where they are too many for
    columns."""
    options = replace(asked.matrix, query=asked.query)
    table = project.retrieval.matrix(options).table
    if ending in SPREADSHEETS:
        return replace(table, number=0)
    if not options.turned and len(table.columns) > max(_WIDE, len(table.rows)) + 1:
        return project.retrieval.matrix(replace(options, turned=True)).table
    return table


def cooccurrence_report(project: Project, asked: RetrievalOptions, ending: str) -> Table:
    options = replace(asked.cooccurrence, query=asked.query, for_team=asked.for_team)
    table = project.retrieval.cooccurrence(options).table
    return replace(table, number=0) if ending in SPREADSHEETS else table


def of_coder(asked: RetrievalOptions | None, coder: UUID | None) -> RetrievalOptions:
    """What was asked, of one coder's codings where one was chosen."""
    asked = asked or RetrievalOptions()
    if coder is None:
        return asked
    query = replace(asked.query, whose=Whose.CODER, coders=frozenset({coder}))
    return replace(asked, query=query)
