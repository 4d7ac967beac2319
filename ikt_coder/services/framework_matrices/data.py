"""Framework matrices as plain lists for other programs: one fact in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ikt_coder.core.table import Cell, Column, Run, Table, cell, number
from ikt_coder.services.crosswalks.evidence import evidence
from ikt_coder.services.framework_matrices.rows import MatrixGrid

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_CELLS: Final = (
    *("matrix", "case_kind", "case", "column", "summary", "finished", "passages", "pointed_out"),
)
_PASSAGES: Final = (*("matrix", "case", "column", "words", "withheld", "participants", "document"),)


def matrix_lists(project: Project, grids: Sequence[MatrixGrid]) -> tuple[Table, Table]:
    """A row for each case and column with its summary (empty where none is written) and how
    many passages stand under it; and a row for each passage that was pointed out, with its
    words as far as consent allows."""
    linked = {key for grid in grids for one in grid.cells.values() for key in one.linked}
    rows = project.codings.many(linked) if linked else ()
    told = evidence(project, rows, project.retrieval.ground().attribution)
    cells: list[tuple[Cell, ...]] = []
    found: list[tuple[Cell, ...]] = []
    for grid in grids:
        for case in grid.cases:
            for column in grid.matrix.columns:
                one = grid.cell(case.ref, column.id)
                place = (cell(grid.matrix.name), cell(case.label), cell(column.name))
                cells.append(
                    (
                        place[0],
                        cell(grid.matrix.kind.value),
                        *place[1:],
                        cell(*one.text.split("\n")),
                        number(int(one.written and one.done)),
                        number(one.passages),
                        number(len(one.linked)),
                    )
                )
                for said in (told[key] for key in one.linked if key in told):
                    withheld = number(int(said.withheld))
                    words = cell(said.words, quote=not said.withheld)
                    found.append((*place, words, withheld, cell(said.who), cell(said.where)))
    return _list("Framework Matrix", _CELLS, cells), _list("Passages", _PASSAGES, found)


def _list(title: str, names: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> Table:
    return Table(
        title=title,
        columns=tuple(Column((Run(name),)) for name in names),
        rows=tuple(rows),
        number=0,
        description=title,
        empty="There is no framework matrix yet.",
    )
