"""The command line put together. A command's module is loaded when the command is asked for."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from ikt_coder import __version__, logs
from ikt_coder.cli.output import prepare_streams, say
from ikt_coder.cli.screen import Screen
from ikt_coder.core.errors import UserError

_log = logging.getLogger(__name__)

NAME: Final = "ikt-coder"

# Each command and the module of this package that registers it, in the order of the help.
COMMANDS: Final = {
    "open": "open_window",
    "demo": "demo",
    "new": "new",
    "import": "import_files",
    "info": "info",
    "text": "text",
    "turns": "turns",
    "code": "code",
    "codebook": "codebook",
    "codings": "codings",
    "frameworks": "frameworks",
    "themes": "themes",
    "theme": "theme",
    "export": "export",
    "check": "check",
}


def run(arguments: Sequence[str], screen: Screen) -> int:
    """Do what the arguments say; returns the exit status: 0 done, 1 the request cannot be
    met (nothing was changed), 2 wrong usage. Never raises."""
    prepare_streams()
    log = logs.configure()
    given = _with_command(list(arguments))
    try:
        command = typer.main.get_command(_build(given))
        command.main(given, prog_name=NAME, obj=screen)
        return 0
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except UserError as error:
        say(str(error))
        return 1
    except Exception as error:  # noqa: BLE001 - see below
        # A bug: whoever runs a script gets a sentence, and the log gets the places.
        _log.exception("The command %s failed", given[:1])
        where = f" The log says where: {log}" if log else ""
        say(f"The program has a fault and stopped ({type(error).__name__}).{where}")
        return 1
    finally:
        logs.close()
        _flush()


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
    wanted = given[0] if given and given[0] in COMMANDS else None
    for name in [wanted] if wanted else COMMANDS:
        importlib.import_module(f"ikt_coder.cli.{COMMANDS[name]}").register(program)
    return program


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


def _flush() -> None:
    """Let a reader that went away (``| head``) end the program quietly."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
