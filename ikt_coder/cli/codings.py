"""``codings``: every coding with its words, as JSON or as a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.coding_records import CodingRecords
from ikt_coder.cli.output import say, show_json_array, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.exporters.csv_table import write as write_csv
from ikt_coder.exporters.replacement import replacing


def register(program: typer.Typer, text: str) -> None:
    program.command("codings", help=text)(codings)


def codings(
    project: ProjectArgument,
    coder: Annotated[str, typer.Option(help="Those of one coder only.")] = "",
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write them to a .csv file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    if csv is not None and as_json:
        raise typer.BadParameter("--csv and --json cannot be given together")
    with reading(project) as opened:
        wanted = opened.coders.find(coder).id if coder else None
        if csv is not None:
            # A plain list, whatever the file is called: headings first and no notes after it.
            table = replace(opened.reports.codings_table(wanted), number=0)
            with replacing(csv) as stream:
                write_csv([table], stream, table.language, "")
            say(f"Wrote {len(table.rows)} codings to {csv}.")
        elif as_json:
            show_json_array(CodingRecords(opened).all(wanted))
        else:
            show_rows([("Document", "Start", "End", "Code", "Coder", "Valence", "Text")])
            show_rows(
                (
                    row["document"],
                    str(row["start"]),
                    str(row["end"]),
                    row["code"],
                    row["coder"],
                    row["valence"] or "",
                    row["text"],
                )
                for row in CodingRecords(opened).all(wanted)
            )
