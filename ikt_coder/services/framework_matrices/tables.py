"""A framework matrix as tables: cases in rows, codes or themes in columns, summaries in cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.cases import CaseKind
from ikt_coder.core.table import Cell, Column, Run, Table
from ikt_coder.services.crosswalks.evidence import Evidence, evidence
from ikt_coder.services.framework_matrices.rows import CellRow, ColumnRow, MatrixGrid
from ikt_coder.services.quoting import withheld_sentence
from ikt_coder.services.retrieval_notes import counted_on
from ikt_coder.services.theme_notes import layer_sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

NO_PASSAGES = "no passages"
NOT_YET = "not summarised yet"
_CASES = {
    CaseKind.PARTICIPANT: ("Participant", "participants"),
    CaseKind.DOCUMENT: ("Document", "documents"),
    CaseKind.STUDY: ("Study", "studies"),
    CaseKind.GROUP: ("Group", "groups of participants"),
}


def matrix_tables(
    project: Project,
    grid: MatrixGrid,
    *,
    columns_a_page: int = 0,
    today: date | None = None,
) -> tuple[Table, ...]:
    """The matrix as one table, or as one for every ``columns_a_page`` columns. Passages that
    were pointed out stand below the summary as far as consent lets their words leave."""
    columns = grid.matrix.columns
    size = columns_a_page or max(1, len(columns))
    linked = {key for one in grid.cells.values() for key in one.linked}
    rows = project.codings.many(linked) if linked else ()
    attribution = project.retrieval.ground().attribution
    told = evidence(project, rows, attribution)
    notes = _notes(grid, told, today)
    return tuple(
        _table(grid, columns[first : first + size], told, notes)
        for first in range(0, max(1, len(columns)), size)
    )


def _table(
    grid: MatrixGrid,
    columns: Sequence[ColumnRow],
    told: dict[UUID, Evidence],
    notes: list[str],
) -> Table:
    matrix = grid.matrix
    single, many = _CASES[matrix.kind]
    part = (
        [f"{len(columns)} of {len(matrix.columns)} columns of the matrix stand in this table."]
        if len(columns) < len(matrix.columns)
        else []
    )
    return Table(
        title=matrix.name,
        columns=(
            Column((Run(single),), width=0.7),
            *(Column((Run(column.name),), width=2.0) for column in columns),
        ),
        rows=tuple(
            (
                Cell(((Run(case.label, bold=True),),)),
                *(_cell(grid.cell(case.ref, column.id), told) for column in columns),
            )
            for case in grid.cases
        ),
        note=((Run(" ".join([*part, *notes])),),),
        description=f"Summaries of {many} by code or theme, written by hand.",
        empty=f"There are no {many} in the project yet.",
        interim=grid.info.interim,
    )


def _cell(one: CellRow, told: dict[UUID, Evidence]) -> Cell:
    if not one.text and not one.linked:
        return Cell(((Run(NOT_YET if one.passages else NO_PASSAGES, italic=True),),))
    lines: list[tuple[Run, ...]] = [(Run(line),) for line in one.text.splitlines() if line.strip()]
    if not one.text:
        lines.append((Run(NOT_YET, italic=True),))
    for key in one.linked:
        if key in told:
            lines.append(_quoted(told[key]))
    return Cell(tuple(lines))


def _quoted(one: Evidence) -> tuple[Run, ...]:
    who = f" ({one.who or one.where})"
    if one.withheld:
        return (Run(one.words, italic=True), Run(who))
    return (Run(f"“{one.words}”"), Run(who))


def _notes(grid: MatrixGrid, told: dict[UUID, Evidence], today: date | None) -> list[str]:
    matrix, progress = grid.matrix, grid.progress
    single, many = _CASES[matrix.kind]
    sentences = [matrix.note] if matrix.note else []
    sentences += [
        f"N = {len(grid.cases)} {many if len(grid.cases) != 1 else single.lower()}.",
        "The summaries were written by the researchers; passages they point to follow in "
        "quotation marks.",
        f"{progress.written} of {progress.of} cells with passages are summarised, "
        f"{progress.done} of them marked finished.",
        f"“{NOT_YET}”: there are passages and no summary; “{NO_PASSAGES}”: nothing of the case "
        "was coded there. Codes stand with their sub-codes, themes with their sub-themes.",
    ]
    withheld = sum(one.withheld for one in told.values())
    if withheld:
        sentences.append(withheld_sentence(withheld))
    return [*sentences, *layer_sentences(grid.info), counted_on(today or date.today())]
