"""``retrieve``: passages by code, by what stands beside them, and by everything known of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.coding_records import CodingRecords
from ikt_coder.cli.output import counted, say, show, show_json, show_rows
from ikt_coder.cli.projects import reading, writing
from ikt_coder.cli.query_options import AskedQuery, saved_query
from ikt_coder.core.query import Grouping, Relation, Sorting
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Flag, Origin, Valence
from ikt_coder.exporters.catalogue import format_of, write_tables
from ikt_coder.services.project import Project
from ikt_coder.services.quoting import why_withheld
from ikt_coder.services.retrieval_counts import people_of
from ikt_coder.services.retrieval_rows import Found, Retrieval

Several = list[str] | None
_SPREADSHEETS = frozenset({".csv", ".xlsx"})


def _option(name: str, metavar: str, text: str) -> Any:
    return typer.Option(name, metavar=metavar, help=text)


def _words(words: Any) -> str:
    return ", ".join(one.value for one in words)


def register(program: typer.Typer, text: str) -> None:
    program.command("retrieve", help=text)(retrieve)


def retrieve(
    project: ProjectArgument,
    code: Annotated[
        Several, _option("--code", "PATH", "Codings of a code; any of several.")
    ] = None,
    theme: Annotated[Several, _option("--theme", "THEME", "Codings of a theme.")] = None,
    framework: Annotated[Several, _option("--framework", "ID", "Codings of a framework.")] = None,
    also: Annotated[Several, _option("--and", "PATH", "That stand so to a coding of it.")] = None,
    without: Annotated[Several, _option("--not", "PATH", "That do not stand so to one.")] = None,
    own: Annotated[bool, typer.Option("--own", help="Without sub-codes and sub-themes.")] = False,
    relation: Annotated[
        str, typer.Option(metavar="HOW", help=f"Of --and and --not: {_words(Relation)}.")
    ] = Relation.OVERLAP.value,
    distance: Annotated[int, typer.Option(min=0, help="Characters, with --relation within.")] = 0,
    document: Annotated[Several, _option("--document", "DOCUMENT", "In a document.")] = None,
    folder: Annotated[Several, _option("--folder", "NAME", "In a folder or below it.")] = None,
    participant: Annotated[Several, _option("--participant", "NAME", "Words of one.")] = None,
    group: Annotated[Several, _option("--group", "NAME", "Words of a group.")] = None,
    attribute: Annotated[
        Several,
        _option("--attribute", "TEST", "NAME=VALUE, or != >= <= ~ (contains); NAME? unknown."),
    ] = None,
    speaker: Annotated[Several, _option("--speaker", "LABEL", "A label in a transcript.")] = None,
    role: Annotated[
        Several, _option("--role", "ROLE", f"Words of a speaker: {_words(SpeakerRole)}.")
    ] = None,
    direction: Annotated[
        Several, _option("--direction", "WORD", f"{_words(Valence)}, none.")
    ] = None,
    level: Annotated[Several, _option("--level", "NAME", "A level, or none.")] = None,
    strength: Annotated[Several, _option("--strength", "N", "1, 2 or none.")] = None,
    question: Annotated[
        Several, _option("--question", "NAME", "Answers to a question of the guide, or none.")
    ] = None,
    flag: Annotated[Several, _option("--flag", "MARK", f"{_words(Flag)}.")] = None,
    without_flag: Annotated[Several, _option("--without-flag", "MARK", "Not so marked.")] = None,
    origin: Annotated[Several, _option("--origin", "WORD", f"{_words(Origin)}.")] = None,
    memo: Annotated[str, typer.Option(help="Words of the memo; * for any memo.")] = "",
    words: Annotated[str, typer.Option(help="Words of the passage.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="Made on this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Made on this day or before.")] = "",
    coder: Annotated[Several, _option("--coder", "NAME", "Instead of the layer: theirs.")] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Instead of the layer: every coder's, listed.")
    ] = False,
    group_by: Annotated[
        str, typer.Option(metavar="WHAT", help=f"{_words(Grouping)}.")
    ] = Grouping.CODE.value,
    sort: Annotated[
        str, typer.Option(metavar="HOW", help=f"{_words(Sorting)}.")
    ] = Sorting.PLACE.value,
    saved: Annotated[str, typer.Option(metavar="NAME", help="A saved retrieval instead.")] = "",
    save: Annotated[str, typer.Option(metavar="NAME", help="Keep it under a name.")] = "",
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the passages to a file.")
    ] = None,
    for_team: Annotated[
        bool, typer.Option("--for-team", help="In FILE also words that may not be quoted.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    asked = AskedQuery(
        code or [],
        theme or [],
        framework or [],
        also or [],
        without or [],
        own,
        relation,
        distance,
        document or [],
        folder or [],
        participant or [],
        group or [],
        attribute or [],
        speaker or [],
        role or [],
        direction or [],
        level or [],
        strength or [],
        question or [],
        flag or [],
        without_flag or [],
        origin or [],
        memo,
        words,
        since,
        until,
        coder or [],
        everyone,
        group_by,
        sort,
    )
    if saved and (save or asked.anything):
        raise typer.BadParameter("--saved is answered as it was saved; ask nothing else")
    if coder and everyone:
        raise typer.BadParameter("--coder and --everyone cannot be given together")
    ending = format_of(to).ending if to is not None else ""
    with writing(project) if save else reading(project) as opened:
        query = saved_query(opened, saved) if saved else asked.query(opened)
        if save:
            opened.queries.save(save, query)
            say(f"Saved the retrieval “{save}”.")
        result = opened.retrieval.find(query)
        say(*result.missing)
        if to is not None:
            rows = ending in _SPREADSHEETS
            table = opened.retrieval.table(result, rows=rows, for_team=for_team)
            write_tables([table], to)
            say(
                f"Wrote {counted(result.references, 'reference')} "
                f"({counted(result.passages, 'passage')}) to {to}."
            )
        if as_json:
            show_json(_record(opened, result))
        elif to is None:
            _show(opened, result)


def _record(project: Project, result: Retrieval) -> dict[str, Any]:
    """The answer as one JSON value."""
    return {
        "references": result.references,
        "passages": result.passages,
        "participants": result.participants,
        "interim": result.interim,
        "note": result.note,
        "missing": list(result.missing),
        "groups": [_counts("group", row.label, row) for row in result.groups],
        "by_document": [_counts("document", row.label, row) for row in result.by_document],
        "by_participant": [
            _counts("participant", row.label if row.key else None, row)
            for row in result.by_participant
        ],
        "found": _found(project, result),
    }


def _counts(what: str, label: str | None, row: Any) -> dict[str, Any]:
    return {
        what: label,
        "references": row.references,
        "passages": row.passages,
        "participants": row.participants,
    }


def _found(project: Project, result: Retrieval) -> list[dict[str, Any]]:
    records = CodingRecords(project)
    ground = project.retrieval.ground()
    people, counted = ground.attribution.people, people_of(result.query, ground)
    texts = project.texts.many({one.coding.document for one in result.found})

    def record(one: Found) -> dict[str, Any]:
        row = one.coding
        heard = [people[p] for p in one.words.participants if p in people]
        return {
            **records.record(row, result.titles[row.document], texts[row.document]),
            "speakers": list(one.words.speakers),
            "participants": [people[p].label for p in counted(one) if p in people],
            "time": None if one.words.start_ms is None else one.words.start_ms / 1000,
            "quotable": not why_withheld(row, heard),
            "shared": [{"start": span.start, "end": span.end} for span in one.shared],
        }

    return [record(one) for one in result.found if one.coding.document in texts]


def _show(project: Project, result: Retrieval) -> None:
    records = _found(project, result)
    show_rows([("Document", "Start", "End", "Code", "Coder", "Valence", "Participants", "Text")])
    show_rows(
        (
            row["document"],
            str(row["start"]),
            str(row["end"]),
            row["code"],
            row["coder"],
            row["valence"] or "",
            "; ".join(row["participants"]),
            row["text"],
        )
        for row in records
    )
    show(
        f"{counted(result.references, 'reference')}, {counted(result.passages, 'passage')}, "
        f"{counted(result.participants, 'participant')}"
    )
    say(result.note)
