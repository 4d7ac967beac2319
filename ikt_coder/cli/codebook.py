"""``codebook``: the codes with what they mean and how often they were used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import show_json_array, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.core.colour import shade
from ikt_coder.services.codes import join_path
from ikt_coder.services.project import Project


def register(program: typer.Typer, text: str) -> None:
    program.command("codebook", help=text)(codebook)


def codebook(
    project: ProjectArgument,
    coder: Annotated[str, typer.Option(help="Count this coder's codings only.")] = "",
    as_json: JsonOption = False,
) -> None:
    with reading(project) as opened:
        wanted = opened.coders.find(coder).id if coder else None
        codes = _codes(opened, wanted)
        if as_json:
            show_json_array(codes)
            return
        whose = opened.coders.get(wanted).name if wanted else "all coders"
        show_rows([("Code", f"Codings ({whose})", "Definition")])
        show_rows((code["path"], str(code["codings"]), code["definition"]) for code in codes)


def _codes(project: Project, coder: UUID | None) -> Iterator[dict[str, Any]]:
    counts: Counter[UUID] = Counter()
    for found in project.reports.code_frequencies():
        if coder is None or found.coder == coder:
            counts[found.code] += found.codings
    for row in project.codes.all():
        yield {
            "path": join_path(row.path),
            "definition": row.definition,
            "include": row.include,
            "exclude": row.exclude,
            "example": row.example,
            "colour": shade(row.colour, dark=False),
            **({"framework": row.framework_key} if row.framework_key else {}),
            "codings": counts[row.id],
        }
