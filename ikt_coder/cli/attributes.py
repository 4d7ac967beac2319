"""``attributes``: what is known of participants, documents or studies; importing and writing it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json, show_rows
from ikt_coder.cli.projects import reading, writing
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.cells import CellTable, read_cells
from ikt_coder.services.attribute_files.rows import (
    Asked,
    AttributePlan,
    ColumnUse,
    ImportChoices,
    Missing,
    UnfitAttributes,
)
from ikt_coder.services.attribute_files.written import DayOrder, Decimal
from ikt_coder.services.attribute_grid import read_grid
from ikt_coder.services.attribute_values import folded
from ikt_coder.services.project import Project


class Of(StrEnum):
    PARTICIPANTS = "participants"
    DOCUMENTS = "documents"
    STUDIES = "studies"

    @property
    def subject(self) -> Subject:
        return next(subject for subject in Subject if subject.plural == self.value)


Several = list[str] | None


def register(program: typer.Typer, text: str) -> None:
    program.command("attributes", help=text)(attributes)


def attributes(
    project: ProjectArgument,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A .csv or .xlsx file to import; all of it or none."),
    ] = None,
    of: Annotated[Of, typer.Option(help="Whose attributes.")] = Of.PARTICIPANTS,
    names: Annotated[
        str, typer.Option(metavar="COLUMN", help="The column of the names; the first by itself.")
    ] = "",
    skip: Annotated[
        Several, typer.Option("--skip", metavar="COLUMN", help="A column to leave aside.")
    ] = None,
    kind: Annotated[
        Several,
        typer.Option(
            "--kind",
            metavar="COLUMN=KIND",
            help=f"The kind of a new attribute: {', '.join(AttributeKind)}.",
        ),
    ] = None,
    days: Annotated[
        DayOrder | None, typer.Option(help="What 03/04/2024 means where the file does not tell.")
    ] = None,
    decimal: Annotated[
        Decimal | None, typer.Option(help="What 1,234 means where the file does not tell.")
    ] = None,
    create: Annotated[
        bool, typer.Option("--create", help="Make participants or studies that are missing.")
    ] = False,
    add_choices: Annotated[
        bool, typer.Option("--add-choices", help="Offer values that no choice fits.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what importing would do.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write all values to a .csv or .xlsx file."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    if file is not None and out is not None:
        raise typer.BadParameter("a file is imported or written, not both at once")
    if file is None:
        with reading(project) as opened:
            if out is not None:
                rows = opened.attributes.export_file(of.subject, out)
                say(f"Wrote {rows:,} {of.value} to {out}.")
            else:
                _show(opened, of.subject, as_json)
        return
    table = read_cells(file)
    chosen = ImportChoices(
        names=_column(table, names) if names else 0,
        skipped=frozenset(_column(table, one) for one in skip or ()),
        kinds=dict(_kind(table, one) for one in kind or ()),
        missing=Missing.CREATE if create else Missing.SKIP,
        add_choices=add_choices,
    )
    with reading(project) if dry_run else writing(project) as opened:
        plan = opened.attributes.plan(table, of.subject, chosen)
        answered = _answered(plan, days, decimal)
        if answered is not None:
            plan = opened.attributes.plan(table, of.subject, answered)
        if not dry_run and plan.ready:
            plan = opened.attributes.import_plan(plan)
    if as_json:
        show_json(_record(plan, imported=not dry_run and plan.ready))
    else:
        _tell(plan, dry_run)
    if plan.faults or plan.questions:
        if not as_json:
            say(str(UnfitAttributes(plan)))
        raise typer.Exit(1)


def _column(table: CellTable, name: str) -> int:
    for at, heading in enumerate(table.heading):
        if folded(heading) == folded(name):
            return at
    raise typer.BadParameter(f"“{table.name}” has no column “{name}”")


def _kind(table: CellTable, written: str) -> tuple[int, AttributeKind]:
    name, _, kind = written.rpartition("=")
    try:
        return _column(table, name), AttributeKind(kind.strip())
    except ValueError:
        raise typer.BadParameter(
            f"--kind is written COLUMN=KIND, the kind one of {', '.join(AttributeKind)}"
        ) from None


def _answered(
    plan: AttributePlan, days: DayOrder | None, decimal: Decimal | None
) -> ImportChoices | None:
    """The choices with what was answered to the questions of a plan."""
    asked = {kind: [q.column for q in plan.questions if q.asked is kind] for kind in Asked}
    if days is None and decimal is None:
        return None
    return replace(
        plan.choices,
        days=dict.fromkeys(asked[Asked.DAYS], days) if days else {},
        decimals=dict.fromkeys(asked[Asked.DECIMAL], decimal) if decimal else {},
    )


def _show(project: Project, subject: Subject, as_json: bool) -> None:
    grid = read_grid(project, subject)
    if as_json:
        show_json(
            {
                "of": subject.plural,
                "attributes": [
                    {
                        "id": str(row.id),
                        "name": row.name,
                        "kind": row.kind.value,
                        "choices": list(row.choices),
                        "description": row.description,
                    }
                    for row in grid.attributes
                ],
                "rows": [
                    {
                        "id": str(owner.id),
                        "name": owner.name,
                        "values": {
                            row.name: grid.shown(at, column)
                            for column, row in enumerate(grid.attributes)
                            if grid.cells[at][column]
                        },
                    }
                    for at, owner in enumerate(grid.owners)
                ],
            }
        )
        return
    show_rows([(subject.value.capitalize(), *(row.name for row in grid.attributes))])
    show_rows(
        (owner.name, *(grid.shown(at, column) for column in range(len(grid.attributes))))
        for at, owner in enumerate(grid.owners)
    )


def _tell(plan: AttributePlan, dry_run: bool) -> None:
    say(*plan.notices)
    made = [column for column in plan.columns if column.use is ColumnUse.NEW]
    for column in made:
        say(f"New attribute “{column.name}”: {column.kind.value}.")
    if plan.created:
        say(f"New {plan.subject.plural}: {_some(plan.created)}.")
    if plan.unknown:
        say(f"Not in the project and left aside: {_some(plan.unknown)}.")
    if plan.absent:
        say(f"In the project and not in the file: {_some(plan.absent)}.")
    if plan.faults or plan.questions:
        return
    would = "would be " if dry_run else ""
    say(
        f"{plan.new:,} values {would}new, {plan.changed:,} {would}changed, "
        f"{plan.same:,} as they are."
    )


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:10])
    return f"{shown} and {len(names) - 10:,} more" if len(names) > 10 else shown


def _record(plan: AttributePlan, *, imported: bool) -> dict[str, Any]:
    return {
        "of": plan.subject.plural,
        "imported": imported,
        "new": plan.new,
        "changed": plan.changed,
        "same": plan.same,
        "columns": [
            {
                "column": column.letter,
                "name": column.name,
                "use": column.use.value,
                "kind": column.kind.value,
                "days": column.days and column.days.value,
                "decimal": column.decimal and column.decimal.value,
            }
            for column in plan.columns
        ],
        "created": list(plan.created),
        "unknown": list(plan.unknown),
        "absent": list(plan.absent),
        "notices": list(plan.notices),
        "questions": [
            {"asked": one.asked.value, "column": one.name, "example": one.example}
            for one in plan.questions
        ],
        "faults": [
            {"row": one.row, "column": one.column + 1, "text": one.text, "what": one.what}
            for one in plan.faults
        ],
    }
