"""``check``: is the project sound?"""

from __future__ import annotations

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show, show_json
from ikt_coder.cli.projects import reading


def register(program: typer.Typer, text: str) -> None:
    program.command("check", help=text)(check)


def check(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Database, triggers, positions inside texts, and the journal's way back to the start."""
    with reading(project) as opened:
        report = opened.safety.check()
    if as_json:
        show_json(
            {
                "sound": report.sound,
                "operations": report.operations,
                "findings": [{"where": one.where, "what": one.what} for one in report.findings],
            }
        )
    else:
        show(*(f"{one.where}: {one.what}" for one in report.findings))
    if not report.sound:
        say("The project is not sound. Keep the file as it is and open its newest backup.")
        raise typer.Exit(1)
    say(f"The project is sound ({report.operations} acts in its journal).")
