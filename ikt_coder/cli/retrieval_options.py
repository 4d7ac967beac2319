"""What ``export --what passages``, ``matrix`` and ``cooccurrence`` can be asked."""

from __future__ import annotations

from typing import Annotated

import typer

from ikt_coder.cli.query_options import attribute_named, saved_query, word
from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Query
from ikt_coder.services.cooccurrence import CooccurrenceOptions
from ikt_coder.services.matrix_options import MatrixCell, MatrixOptions, MatrixRows
from ikt_coder.services.project import Project
from ikt_coder.services.retrieval_reports import RetrievalOptions

_GROUP = "Passages, matrices, co-occurrence"
_MATRIX, _BESIDE, _PASSAGES = "matrix", "cooccurrence", "passages"

RetrievalOption = Annotated[
    str,
    typer.Option(
        "--retrieval",
        metavar="NAME",
        help="The codings of a saved retrieval instead of all.",
        rich_help_panel=_GROUP,
    ),
]
CodesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--code",
        metavar="PATH",
        help="In a matrix or co-occurrence, instead of all used; several allowed.",
        rich_help_panel=_GROUP,
    ),
]
RowsOption = Annotated[
    str,
    typer.Option(
        "--rows",
        metavar="WHAT",
        help=f"Of a matrix: {', '.join(MatrixRows)}.",
        rich_help_panel=_GROUP,
    ),
]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Of a matrix: a row for each value of this attribute.",
        rich_help_panel=_GROUP,
    ),
]
CellOption = Annotated[
    str,
    typer.Option(
        "--cell",
        metavar="WHAT",
        help=f"Of a matrix: {', '.join(MatrixCell)}.",
        rich_help_panel=_GROUP,
    ),
]
BelowOption = Annotated[
    bool,
    typer.Option(
        "--below", help="In a matrix, parents also with sub-codes.", rich_help_panel=_GROUP
    ),
]
SizeOption = Annotated[
    int | None,
    typer.Option(
        "--size",
        min=2,
        metavar="N",
        help="So many codes on the same words.",
        rich_help_panel=_GROUP,
    ),
]
ForTeamOption = Annotated[
    bool,
    typer.Option("--for-team", help="Also words that may not be quoted.", rich_help_panel=_GROUP),
]


@frozen
class AskedRetrieval:
    """What was written on the command line, unread."""

    retrieval: str
    code: list[str] | None
    rows: str
    by: str
    cell: str
    below: bool
    size: int | None
    for_team: bool

    def refuse_unasked(self, what: str) -> None:
        """Raises BadParameter where a report does not listen to what was given."""
        listens = {
            "--retrieval": (_PASSAGES, _MATRIX, _BESIDE),
            "--code": (_MATRIX, _BESIDE),
            "--rows": (_MATRIX,),
            "--by": (_MATRIX,),
            "--cell": (_MATRIX,),
            "--below": (_MATRIX,),
            "--size": (_BESIDE,),
            "--for-team": (_PASSAGES, _BESIDE),
        }
        given = (
            self.retrieval,
            self.code,
            self.rows,
            self.by,
            self.cell,
            self.below,
            self.size,
            self.for_team,
        )
        for (name, reports), value in zip(listens.items(), given, strict=True):
            if value and what not in reports:
                raise typer.BadParameter(f"“{what}” does not take {name}")
        self._rows()
        self._cell()

        if self.by and self.rows and self._rows() is not MatrixRows.ATTRIBUTE:
            raise typer.BadParameter("the rows of a matrix are said with --rows or with --by")
        if self._rows() is MatrixRows.ATTRIBUTE and not self.by:
            raise typer.BadParameter("--rows attribute needs --by NAME")

    def options(self, project: Project) -> RetrievalOptions:
        """Raises NotFound for codes, attributes and retrievals that are not in the project."""
        codes = tuple(project.codes.find(path).id for path in self.code or ())
        return RetrievalOptions(
            saved_query(project, self.retrieval) if self.retrieval else Query(),
            self.for_team,
            MatrixOptions(
                self._rows(),
                codes,
                self.below,
                self._cell(),
                attribute=attribute_named(project, self.by) if self.by else None,
            ),
            CooccurrenceOptions(codes, self.size or 2),
        )

    def _rows(self) -> MatrixRows:
        usual = MatrixRows.ATTRIBUTE if self.by else MatrixRows.PARTICIPANTS
        return word(MatrixRows, self.rows or usual.value, "--rows")

    def _cell(self) -> MatrixCell:
        return word(MatrixCell, self.cell or MatrixCell.PRESENCE.value, "--cell")
