"""``code``: code a span of a document."""

from __future__ import annotations

from typing import Annotated

import typer

from ikt_coder.cli.arguments import DocumentArgument, JsonOption, ProjectArgument
from ikt_coder.cli.coding_records import CodingRecords
from ikt_coder.cli.output import say, show_json
from ikt_coder.cli.projects import sit_down, writing
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.base import UNSET
from ikt_coder.services.code_paths import make_codes, path_of
from ikt_coder.services.level_names import LevelNames


def register(program: typer.Typer, text: str) -> None:
    program.command("code", help=text)(code)


def code(
    project: ProjectArgument,
    document: DocumentArgument,
    start: Annotated[int, typer.Argument(metavar="START", min=0)],
    end: Annotated[int, typer.Argument(metavar="END", min=1, help="Not part of the span.")],
    path: Annotated[
        str, typer.Argument(metavar="CODE", help="Path, or name where one code has it.")
    ],
    coder: Annotated[str, typer.Option(help="Who codes; a new name is added.")] = "",
    valence: Annotated[
        Valence | None, typer.Option(help="Direction; without it the code's own, if it has one.")
    ] = None,
    strength: Annotated[int | None, typer.Option(min=1, max=2)] = None,
    levels: Annotated[str, typer.Option(help="Names or ids, with ; between them.")] = "",
    memo: Annotated[str, typer.Option(help="A note on this coding.")] = "",
    new: Annotated[bool, typer.Option("--new", help="Make the code where it is missing.")] = False,
    as_json: JsonOption = False,
) -> None:
    with writing(project) as opened:
        # Everything is looked up before the first act, so that a mistake changes nothing.
        row = opened.documents.find(document)
        if not start < end <= row.length:
            raise NotAllowed(
                f"{start} to {end} is no span of “{row.title}”, which has {row.length} characters."
                " Nothing was coded."
            )
        found = None if new else opened.codes.find(path)
        if found is not None and not found.applicable:
            raise NotAllowed(f"“{found.name}” is a heading; choose a code below it.")
        wanted = path_of(path)
        for known in opened.codes.all():
            if new and known.path == wanted and not known.applicable:
                raise NotAllowed(f"“{known.name}” is a heading; choose a code below it.")
        carried = LevelNames(opened).find_all(levels)
        sit_down(opened, coder)
        opened.coders.ensure_present()
        with opened.operation(Op.APPLY_NEW_CODE if new else Op.APPLY_CODE, name=wanted[-1]):
            key = found.id if found else make_codes(opened, [wanted])[wanted]
            coding = opened.codings.apply(
                row.id,
                Span(start, end),
                key,
                valence=UNSET if valence is None else valence,
                strength=strength,
                levels=carried,
                memo=memo,
            )
        record = CodingRecords(opened).record(
            opened.codings.get(coding), row.title, opened.texts.get(row.id)
        )
    if as_json:
        show_json(record)
    say(f"Coded “{row.title}” {start} to {end} as {record['code']} ({record['coder']}).")
