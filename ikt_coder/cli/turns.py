"""``turns``: who speaks where in a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from ikt_coder.cli.arguments import DocumentArgument, JsonOption, ProjectArgument
from ikt_coder.cli.output import show_json_array, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.services.project import Project


def register(program: typer.Typer, text: str) -> None:
    program.command("turns", help=text)(turns)


def turns(
    project: ProjectArgument, document: DocumentArgument, as_json: JsonOption = False
) -> None:
    with reading(project) as opened:
        found = _turns(opened, document)
        if as_json:
            show_json_array(found)
            return
        show_rows([("Start", "End", "Time", "Speaker")])
        show_rows(
            (str(turn["start"]), str(turn["end"]), str(turn.get("time", "")), turn["speaker"] or "")
            for turn in found
        )


def _turns(project: Project, document: str) -> Iterator[dict[str, Any]]:
    row = project.documents.find(document)
    labels = {speaker.id: speaker.label for speaker in project.documents.speakers(row.id)}
    return (
        {
            "start": turn.span.start,
            "end": turn.span.end,
            "speaker": labels.get(turn.speaker) if turn.speaker else None,
            **({"time": turn.start_ms / 1000} if turn.start_ms is not None else {}),
        }
        for turn in project.documents.turns(row.id)
    )
