"""What commands ask of the window. The command line itself knows no Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ikt_coder.core.errors import UserError

if TYPE_CHECKING:
    import typer


class Screen(Protocol):
    """Handed in by the program's start; loads Qt when it is asked for something."""

    def open(self, project: Path | None, *, sample: bool, read_only: bool) -> int:
        """Open the window and return its exit status."""

    def pictures(self, project: Path, folder: Path) -> list[Path]:
        """Save pictures of the window on a project, and return their files."""


def screen_of(context: typer.Context) -> Screen:
    found: Screen = context.obj
    return found


def refuse_without_display() -> None:
    """Raise UserError where no window can open: Linux and the like without a display."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise UserError(
            "There is no display here, so no window can open; "
            "`ikt-coder demo` does its main work without one."
        )
