"""``text``: the text of a document, exactly as positions count it."""

from __future__ import annotations

import typer

from ikt_coder.cli.arguments import DocumentArgument, ProjectArgument
from ikt_coder.cli.output import show_text
from ikt_coder.cli.projects import reading


def register(program: typer.Typer, text: str) -> None:
    program.command("text", help=text)(show_document)


def show_document(project: ProjectArgument, document: DocumentArgument) -> None:
    with reading(project) as opened:
        show_text(opened.texts.get(opened.documents.find(document).id))
