"""Carrying out an act: at once where it is small, on the worker where it is large."""

from __future__ import annotations

from collections.abc import Callable

from ikt_coder.core.errors import UserError
from ikt_coder.ui.context import Context

SMALL = 300
"""Rows that are written within the time a window may stand still."""


def carry_out(context: Context, act: Callable[[], object], words: str, rows: int = 1) -> bool:
    """Do ``act``, which touches about ``rows`` rows, and tell ``words`` (rich text) with Undo.

    A refusal is shown. Returns whether it is done already: a large act goes to the worker
    and is told when it has ended.
    """
    if rows > SMALL:
        context.tasks.run(
            lambda _progress: act(), done=lambda _result: context.say(words), writes=True
        )
        return False
    try:
        act()
    except UserError as error:
        context.fail(error)
        return False
    context.say(words)
    return True
