"""``status``: how far a document is coded, and whose codings of it count."""

from __future__ import annotations

from typing import Annotated

import typer

from ikt_coder.cli.arguments import DocumentArgument, ProjectArgument
from ikt_coder.cli.output import say
from ikt_coder.cli.projects import writing
from ikt_coder.core.ops import Op
from ikt_coder.core.words import DocumentStatus


def register(program: typer.Typer, text: str) -> None:
    program.command("status", help=text)(status)


def status(
    project: ProjectArgument,
    document: DocumentArgument,
    state: Annotated[DocumentStatus, typer.Argument(metavar="to_do|in_progress|coded")],
    lead: Annotated[str, typer.Option(help="The coder whose codings count in tables.")] = "",
) -> None:
    with writing(project) as opened:
        row = opened.documents.find(document)
        coder = opened.coders.find(lead) if lead else None
        with opened.operation(Op.SET_STATUS, title=row.title, status=state.value):
            opened.documents.set_status(row.id, state)
            if coder is not None:
                opened.documents.set_lead(row.id, coder.id)
    words = state.value.replace("_", " ")
    say(f"“{row.title}” is {words}{f', led by {coder.name}' if coder else ''}.")
