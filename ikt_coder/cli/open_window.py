"""``open``: the window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ikt_coder.cli.screen import refuse_without_display, screen_of


def register(program: typer.Typer, text: str) -> None:
    program.command("open", help=text)(open_window)


def open_window(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="The project file.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Open the sample project.")] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Look at the project without changing it.")
    ] = False,
) -> None:
    if sample and project is not None:
        raise typer.BadParameter("--sample opens a project of its own; leave PROJECT out")
    if read_only and project is None:
        raise typer.BadParameter("--read-only needs a PROJECT")
    refuse_without_display()
    raise typer.Exit(screen_of(context).open(project, sample=sample, read_only=read_only))
