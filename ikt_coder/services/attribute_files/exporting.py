"""Everything known of participants, documents or studies as a plain list, for files that come
back unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ikt_coder.core.errors import UserError
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.cells import guarded_error
from ikt_coder.services.attribute_grid import read_grid

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

ENDINGS: Final = (".csv", ".xlsx")
NAMES: Final = {
    Subject.PARTICIPANT: "Participant",
    Subject.DOCUMENT: "Document",
    Subject.STUDY: "Study",
}


def attribute_list(project: Project, subject: Subject, *, csv: bool) -> Table:
    """One row for each participant, document or study, in their order; headings first. ``csv``:
    words that a spreadsheet would take for an error are guarded."""
    grid = read_grid(project, subject)

    def words(text: str) -> Cell:
        return cell(guarded_error(text) if csv else text)

    def made(value: str, kind: AttributeKind) -> Cell:
        if kind is AttributeKind.NUMBER and value:
            figure = float(value)
            # A workbook keeps 16 figures of a number; what has more is written as words.
            if float(f"{figure:.16G}") == figure:
                return number(int(value) if value.lstrip("-").isdigit() else figure, value)
        return words(value)

    rows = []
    for at, owner in enumerate(grid.owners):
        values = [
            made(grid.shown(at, column), attribute.kind)
            for column, attribute in enumerate(grid.attributes)
        ]
        rows.append((words(owner.name), *values))
    columns = [Column((Run(NAMES[subject]),))]
    columns += [
        Column(
            (Run(guarded_error(one.name) if csv else one.name),),
            Align.RIGHT if one.kind is AttributeKind.NUMBER else Align.LEFT,
        )
        for one in grid.attributes
    ]
    return Table(
        title=f"Attributes of {subject.plural}",
        columns=tuple(columns),
        rows=tuple(rows),
        number=0,
        description=f"What is known of the {subject.plural}, one row each.",
    )


def export_attributes(project: Project, subject: Subject, path: Path) -> int:
    """Write the list to a .csv or .xlsx file; returns how many rows it has. Raises UserError."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(
            f"Attributes are written to .csv or .xlsx, not to “{path.name}”. Nothing was written.",
            "Let the name end in .csv or .xlsx.",
        )
    from ikt_coder.exporters.catalogue import format_of
    from ikt_coder.exporters.replacement import replacing

    table = attribute_list(project, subject, csv=ending == ".csv")
    with replacing(path) as stream:
        format_of(path).write([table], stream, table.language, "")
    return len(table.rows)
