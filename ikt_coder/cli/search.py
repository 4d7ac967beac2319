"""``search``: words or a pattern in all texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json_array, show_rows
from ikt_coder.cli.projects import reading
from ikt_coder.core.errors import NotFound
from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.project import Project
from ikt_coder.services.search_rows import SearchResult

_AT_ONCE = 1000


def register(program: typer.Typer, text: str) -> None:
    program.command("search", help=text)(search)


def search(
    project: ProjectArgument,
    pattern: Annotated[str, typer.Argument(metavar="PATTERN", help="What to look for.")],
    mode: Annotated[
        Mode,
        typer.Option(help="Words as typed, whole words, words in all their forms, or a pattern."),
    ] = Mode.PLAIN,
    case: Annotated[bool, typer.Option("--case", help="Capitals matter.")] = False,
    accents: Annotated[bool, typer.Option("--accents", help="Accents matter.")] = False,
    document: Annotated[
        list[str] | None, typer.Option(help="In this document only; several may be given.")
    ] = None,
    participant: Annotated[
        list[str] | None, typer.Option(help="In the words of this participant; several may be.")
    ] = None,
    no_interviewer: Annotated[
        bool, typer.Option("--no-interviewer", help="Leave the interviewer's words out.")
    ] = False,
    labels: Annotated[
        bool, typer.Option("--labels", help="Also in speakers' names and times.")
    ] = False,
    context: Annotated[
        int, typer.Option(min=0, help="Characters before and after each place.")
    ] = 60,
    as_json: JsonOption = False,
) -> None:
    with reading(project) as opened:
        found = opened.search.find(
            SearchQuery(
                pattern,
                mode,
                case=case,
                accents=accents,
                documents=frozenset(opened.documents.find(name).id for name in document or ()),
                participants=frozenset(_participant(opened, name) for name in participant or ()),
                roles=frozenset({SpeakerRole.PARTICIPANT, SpeakerRole.OTHER})
                if no_interviewer
                else frozenset(),
                labels=labels,
            )
        )
        places = _places(opened, found, context)
        if as_json:
            show_json_array(places)
        else:
            show_rows([("Document", "Start", "End", "Speaker", "Before", "Text", "After")])
            show_rows(
                (
                    each["document"],
                    str(each["start"]),
                    str(each["end"]),
                    each["speaker"] or "",
                    each["before"],
                    each["text"],
                    each["after"],
                )
                for each in places
            )
        say(*found.notes, _told(found))


def _participant(project: Project, name: str) -> UUID:
    key = project.participants.known(name)
    if key is None:
        raise NotFound(f"There is no participant “{name}” in the project.")
    return key


def _places(project: Project, found: SearchResult, context: int) -> Iterator[dict[str, Any]]:
    labels = {person.participant: person.label for person in found.participants}
    for start in range(0, len(found.hits), _AT_ONCE):
        for each in project.search.contexts(found.hits[start : start + _AT_ONCE], context):
            hit = each.hit
            yield {
                "document": each.title,
                "start": hit.span.start,
                "end": hit.span.end,
                "text": each.words,
                "speaker": hit.speaker,
                "participants": [labels[person] for person in hit.participants],
                **({"time": hit.start_ms / 1000} if hit.start_ms is not None else {}),
                "before": each.before,
                "after": each.after,
            }


def _told(found: SearchResult) -> str:
    places = "1 place" if found.total == 1 else f"{found.total:,} places"
    documents = len(found.documents)
    where = "1 document" if documents == 1 else f"{documents:,} documents"
    return f"Found {places} in {where}." if found.total else "Nothing was found."
