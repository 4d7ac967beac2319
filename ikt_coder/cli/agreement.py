"""``agreement``: how far coders agree, in a project or on any ratings from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from ikt_coder.agreement.ratings.evaluation import evaluate
from ikt_coder.agreement.ratings.shape import DataError
from ikt_coder.cli.agreement_options import AskedAgreement, unit_of
from ikt_coder.cli.arguments import JsonOption
from ikt_coder.cli.output import show, show_json
from ikt_coder.core.rounds import Projection


def register(program: typer.Typer, text: str) -> None:
    program.command("agreement", help=text)(agreement)


def agreement(
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="The project file.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ratings in a JSON file, without a project.")
    ] = None,
    coders: Annotated[
        str, typer.Option(metavar="A,B", help="Only these coders, by name or initials.")
    ] = "",
    unit: Annotated[
        str,
        typer.Option(
            help="characters, tokens, sentences, turns, paragraphs, documents or fixed:N."
        ),
    ] = "",
    rule: Annotated[
        Projection | None,
        typer.Option(help="When a larger unit counts as coded: any, half or all of it."),
    ] = None,
    round: Annotated[
        str, typer.Option(metavar="ROUND", help="A round by its number, name or id.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """A project's figures are those of a round, from frozen coding; with --data those of the
    ratings in the file."""
    if (project is None) == (data is None):
        raise typer.BadParameter("name a project, or ratings with --data FILE")
    asked = AskedAgreement(
        tuple(name.strip() for name in coders.split(",") if name.strip()),
        *unit_of(unit),
        rule,
        round.strip(),
        as_json,
    )
    if project is not None:
        from ikt_coder.cli.agreement_project import show as show_project

        show_project(project, asked)
        return
    if asked != AskedAgreement(as_json=as_json):
        raise typer.BadParameter("--coders, --unit, --rule and --round are about a project")
    assert data is not None
    _show(evaluate(_read(data)), as_json)


def _read(path: Path) -> Any:
    """The JSON value in a file. Raises DataError where there is none."""
    try:
        written = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"“{path.name}” cannot be read ({error.strerror or 'unknown reason'})."
        ) from error
    try:
        return json.loads(written, parse_constant=_refuse)
    except RecursionError as error:
        raise DataError(f"“{path.name}” is nested too deeply.") from error
    except ValueError as error:
        raise DataError(f"“{path.name}” is not a JSON file ({error}).") from error


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _show(answers: dict[str, Any], as_json: bool) -> None:
    if as_json:
        show_json(answers)
        return
    for name, value in answers.items():
        if isinstance(value, dict | list):
            shown = json.dumps(value, ensure_ascii=False)
        else:
            shown = "–" if value is None else str(value)
        show(f"{name}\t{shown}")
