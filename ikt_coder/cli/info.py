"""``info``: what a project holds."""

from __future__ import annotations

from typing import Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import show, show_json, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.services.project import Project


def register(program: typer.Typer, text: str) -> None:
    program.command("info", help=text)(info)


def info(project: ProjectArgument, as_json: JsonOption = False) -> None:
    with reading(project) as opened:
        facts = _facts(opened)
    if as_json:
        show_json(facts)
        return
    show(facts["name"], f"Coders: {', '.join(facts['coders']) or 'none yet'}")
    show(
        f"Codes: {facts['codes']}   Codings: {facts['codings']}   "
        f"Themes: {facts['themes']}   Participants: {facts['participants']}"
    )
    show_rows([("Document", "Characters", "Turns", "Codings", "Speakers")])
    show_rows(
        (
            row["name"],
            str(row["length"]),
            str(row["turns"]),
            str(row["codings"]),
            ", ".join(row["speakers"]),
        )
        for row in facts["documents"]
    )


def _facts(project: Project) -> dict[str, Any]:
    documents = project.documents.all()
    return {
        "name": project.card.get().name,
        "schema_version": int(
            project.connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        ),
        "coders": [row.name for row in project.coders.all()],
        "documents": [
            {
                "name": row.title,
                "length": row.length,
                "turns": row.turns,
                "speakers": list(row.speakers),
                "codings": row.codings_all,
            }
            for row in documents
        ],
        "codes": len(project.codes.all()),
        "codings": sum(row.codings_all for row in documents),
        "themes": len(project.themes.all()),
        "participants": len(project.participants.all()),
    }
