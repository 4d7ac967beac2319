"""How a request ends: its exit status, and one sentence where it cannot be met."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from ikt_coder import logs
from ikt_coder.cli.output import say
from ikt_coder.core.errors import UserError

_log = logging.getLogger(__name__)


def outcome_of(act: Callable[[], int]) -> int:
    """Do ``act`` and return its exit status, or 1 with a sentence where it fails.

    Nobody who calls a command ever sees a traceback; of a fault of the program the log
    keeps the places.
    """
    try:
        return act()
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except UserError as error:
        say(str(error))
        return 1
    except Exception as error:  # noqa: BLE001 - a fault of the program, of any kind
        log = logs.configure()  # the window has closed it before it let the error through
        _log.exception("The request failed")
        logs.close()
        where = f" The log says where: {log}" if log else ""
        say(f"The program has a fault and stopped ({type(error).__name__}).{where}")
        return 1
    finally:
        _flush()


def _flush() -> None:
    """Let a reader that went away (``| head``) end the program quietly."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
