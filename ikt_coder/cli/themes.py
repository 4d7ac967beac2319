"""``themes``: the themes with their codes and counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import show_json_array, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.services.codes import join_path
from ikt_coder.services.project import Project


def register(program: typer.Typer, text: str) -> None:
    program.command("themes", help=text)(themes)


def themes(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Counts are of the analysis layer, sub-themes included."""
    with reading(project) as opened:
        rows = _themes(opened)
        if as_json:
            show_json_array(rows)
            return
        show_rows([("Theme", "Parent", "Passages", "Participants", "Codes")])
        show_rows(
            (
                row["name"],
                row["parent"] or "",
                str(row["passages"]),
                str(row["participants"]),
                ", ".join(row["codes"]),
            )
            for row in rows
        )


def _themes(project: Project) -> Iterator[dict[str, Any]]:
    paths = {row.id: join_path(row.path) for row in project.codes.all()}
    rows = project.themes.all()
    names = {row.id: row.name for row in rows}
    for row in rows:
        yield {
            "name": row.name,
            "parent": names.get(row.parent) if row.parent else None,
            "description": row.description,
            "status": row.status.value,
            "codes": [paths[code] for code in row.codes if code in paths],
            "references": row.references_below,
            "passages": row.passages_below,
            "participants": row.participants_below,
        }
