"""``export``: a report as a file; the ending of its name says of which kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ikt_coder.cli.arguments import JsonOption
from ikt_coder.cli.output import say, show_json, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.core.table import Table
from ikt_coder.exporters.catalogue import FORMATS, format_of, write_tables
from ikt_coder.services.project import Project
from ikt_coder.services.reports import REPORTS
from ikt_coder.services.theme_table import ThemeColumn, ThemeTableOptions

# Lists for other programs: in a spreadsheet they begin with their headings and hold no notes.
_LISTS = frozenset({"codings", "history"})
_SPREADSHEETS = frozenset({".csv", ".xlsx"})


def register(program: typer.Typer, text: str) -> None:
    program.command("export", help=text)(export)


def export(
    project: Annotated[Path | None, typer.Argument(metavar="PROJECT")] = None,
    what: Annotated[str, typer.Option(metavar="REPORT", help=f"One of {', '.join(REPORTS)}.")] = "",
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to write.")] = None,
    columns: Annotated[
        str,
        typer.Option(
            help="Of the theme table, with commas between: " + ", ".join(ThemeColumn) + "."
        ),
    ] = "",
    list_reports: Annotated[
        bool, typer.Option("--list", help="Name every report and its formats.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    if list_reports:
        _list(as_json)
        return
    if project is None or not what or to is None:
        raise typer.BadParameter("PROJECT, --what and --to are needed (or --list)")
    if what not in REPORTS:
        raise typer.BadParameter(f"there is no report “{what}”; there are {', '.join(REPORTS)}")
    options = ThemeTableOptions(columns=_columns(columns))
    kind = format_of(to)  # an ending that nothing can be written to is refused at once
    with reading(project) as opened:
        table = report(opened, what, kind.ending, options)
    write_tables([table], to)
    if as_json:
        show_json({"what": what, "file": str(to), "rows": len(table.rows)})
    say(f"Wrote {to}.")


def report(
    project: Project, what: str, ending: str, options: ThemeTableOptions | None = None
) -> Table:
    """A report as a file with this ending should have it."""
    table = project.reports.table(what, options)
    if what in _LISTS and ending in _SPREADSHEETS:
        return replace(table, number=0)
    return table


def _columns(written: str) -> tuple[ThemeColumn, ...] | None:
    names = [name.strip() for name in written.split(",") if name.strip()]
    for name in names:
        if name not in list(ThemeColumn):
            raise typer.BadParameter(f"the theme table has no column “{name}”")
    return tuple(ThemeColumn(name) for name in names) or None


def _list(as_json: bool) -> None:
    endings = [known.ending for known in FORMATS]
    if as_json:
        show_json([{"what": what, "formats": endings} for what in REPORTS])
    else:
        show_rows((what, " ".join(endings)) for what in REPORTS)
