"""The command line put together. A command's module is loaded when the command is asked for."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from ikt_coder import __version__, logs
from ikt_coder.cli.outcome import outcome_of
from ikt_coder.cli.output import prepare_streams
from ikt_coder.cli.screen import Screen
from ikt_coder.core.frozen import frozen

NAME: Final = "ikt-coder"


@frozen
class Command:
    """The module of this package that registers a command, and what the help says of it."""

    module: str
    help: str


COMMANDS: Final = {
    "open": Command("open_window", "Open the window, perhaps on a project."),
    "demo": Command("demo", "The main job without a display: sample, tables, pictures."),
    "new": Command("new", "Make a new, empty project."),
    "import": Command("import_files", "Import transcripts, and codings from .csv or .xlsx."),
    "info": Command("info", "What a project holds: documents, coders, counts."),
    "text": Command("text", "The text of a document, exactly as positions count it."),
    "turns": Command("turns", "Who speaks where, and when in the recording (seconds)."),
    "search": Command("search", "Find words, all forms of words, or a pattern in all texts."),
    "code": Command("code", "Code a span of a document: code points START up to END."),
    "status": Command("status", "Mark how far a document is coded, and who leads it."),
    "codebook": Command("codebook", "The codes in tree order, with definitions and counts."),
    "codings": Command("codings", "Every coding with its words."),
    "retrieve": Command("retrieve", "Passages by code, by what stands beside them, and filters."),
    "agreement": Command("agreement", "How far coders agree, in a project or on any ratings."),
    "attributes": Command("attributes", "What is known of people, documents and studies."),
    "frameworks": Command("frameworks", "The frameworks there are, and your own; adding them."),
    "crosswalk": Command("crosswalk", "What codes lead to in other frameworks, by a source."),
    "chart": Command("chart", "What is charted of a document; answering its questions."),
    "themes": Command("themes", "The themes in tree order, with codes and counts."),
    "theme": Command("theme", "Make themes, gather codes in them, accept quotes."),
    "export": Command("export", "Write a report; the file's ending says of which kind."),
    "copy": Command("copy", "A copy for one coder, with nobody else's work in it."),
    "merge": Command("merge", "Bring a coder's copy, or another project, into this one."),
    "round": Command("round", "Who codes what, and how far; finish, reopen, unseal."),
    "settle": Command("settle", "Settle what coders coded differently, item by item."),
    "check": Command("check", "Look whether the project is sound; status 1 where it is not."),
}
"""In the order of the help."""


def run(arguments: Sequence[str], screen: Screen) -> int:
    """Do what the arguments say; returns the exit status: 0 done, 1 the request cannot be
    met (nothing was changed), 2 wrong usage. Never raises."""
    prepare_streams()
    logs.configure()
    given = _with_command(list(arguments))

    def act() -> int:
        typer.main.get_command(_build(given)).main(given, prog_name=NAME, obj=screen)
        return 0

    try:
        return outcome_of(act)
    finally:
        logs.close()


def _with_command(given: list[str]) -> list[str]:
    """``ikt-coder`` and ``ikt-coder PROJECT`` open the window."""
    if not given:
        return ["open"]
    first = given[0]
    if first not in COMMANDS and (first.lower().endswith(".ikt") or Path(first).is_file()):
        return ["open", *given]
    return given


def _build(given: Sequence[str]) -> typer.Typer:
    program = typer.Typer(
        help="Qualitative thematic coding of interviews.",
        epilog="Without a command the window opens.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    program.callback()(_program)
    wanted = COMMANDS.get(given[0]) if given else None
    if wanted is None:
        # Only the help, the version or a complaint can follow: the names are enough.
        for name, command in COMMANDS.items():
            program.command(name, help=command.help)(_nothing)
        return program
    # Collecting garbage while modules are loaded, which all stay, takes a fifth of the start.
    gc.disable()
    try:
        module = importlib.import_module(f"ikt_coder.cli.{wanted.module}")
    finally:
        gc.enable()
    module.register(program, wanted.help)
    return program


def _nothing() -> None:
    """Stands for a command in the help of all."""


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"{NAME} {__version__}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Say the version."),
    ] = False,
) -> None:
    """Qualitative thematic coding of interviews."""
