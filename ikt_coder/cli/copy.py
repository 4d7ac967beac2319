"""``copy``: a copy of the project for one coder, with nobody else's work in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ikt_coder.cli.arguments import JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json
from ikt_coder.cli.progress import shown_progress
from ikt_coder.cli.projects import writing
from ikt_coder.services.copy_rows import CopyMade, LeftOutReason

_REASONS: Final = {
    LeftOutReason.OWN_INTERVIEW: "it is the coder's own interview",
    LeftOutReason.LEFT_OUT: "everybody in it was left out of analysis",
    LeftOutReason.WAITING: "it waits until the first documents of the round are settled",
    LeftOutReason.NOT_CODED_YET: "the first coder has not finished it",
    LeftOutReason.FINISHED: "the coder has finished it, and it is sealed",
}


def register(program: typer.Typer, text: str) -> None:
    program.command("copy", help=text)(copy)


def copy(
    project: ProjectArgument,
    coder: Annotated[
        str, typer.Option("--for", metavar="CODER", help="A coder by name, initials or id.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The copy to write (.ikt).")],
    round_: Annotated[
        str,
        typer.Option(
            "--round", metavar="ROUND", help="What the coder has to do in it: its number or name."
        ),
    ] = "",
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="DOCUMENT", help="This document alone; can be given again."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    with writing(project) as opened:
        whose = opened.coders.find(coder).id
        round_id = opened.rounds.find(round_).id if round_ else None
        chosen = [opened.documents.find(name).id for name in document] if document else None
        with shown_progress("Writing the copy") as told:

            def step(done: int, whole: int) -> None:
                if told is not None:
                    told(done, whole, "")

            made = opened.copies.make(whose, to, round_id, chosen, replace=replace, progress=step)
    if as_json:
        show_json(_record(made, round_))
    holds = (
        f"{_many(len(made.documents), 'document')}, {_many(made.codings, 'coding')} of their own"
    )
    say(f"Wrote {made.path}, a copy for {made.coder_name}: {holds}.")
    for left in made.left_out:
        say(f"Left out “{left.title}”: {_REASONS[left.reason]}.")
    if made.withheld:
        where = _many(made.withheld, "sealed document")
        say(f"Their work so far in {where} stays here: somebody else is at the desk.")
    say(*made.warnings)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _record(made: CopyMade, round_: str) -> dict[str, object]:
    return {
        "file": str(made.path),
        "coder": made.coder_name,
        **({"round": round_} if round_ else {}),
        "documents": [title for _, title in made.documents],
        "left_out": [
            {"document": left.title, "reason": left.reason.value} for left in made.left_out
        ],
        "withheld": made.withheld,
        "codes": made.codes,
        "codings": made.codings,
        "memos": made.memos,
        "digest": made.digest,
        "warnings": list(made.warnings),
    }
