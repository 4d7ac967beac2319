"""``new``: make a project."""

from __future__ import annotations

from typing import Annotated

import typer

from ikt_coder.cli.arguments import ProjectArgument
from ikt_coder.cli.output import say
from ikt_coder.services.project import Project


def register(program: typer.Typer, text: str) -> None:
    program.command("new", help=text)(new)


def new(
    project: ProjectArgument,
    name: Annotated[str, typer.Option(help="Its name; without one, the file's.")] = "",
) -> None:
    made = Project.create(project, name)
    try:
        say(f"Made “{made.card.get().name}” in {project}.")
    finally:
        made.close()
