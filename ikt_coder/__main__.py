"""The program's start: the command line, and the window behind it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ikt_coder.cli.run import run


class _Window:
    """The window for the command line. Qt is loaded only here, and only when needed."""

    def open(self, project: Path | None, *, sample: bool, read_only: bool) -> int:
        from ikt_coder import app

        return app.run(project, sample=sample, read_only=read_only)

    def pictures(self, project: Path, folder: Path) -> list[Path]:
        from ikt_coder.ui.pictures import take

        return take(project, folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says (``sys.argv`` by default); returns the exit status."""
    return run(sys.argv[1:] if arguments is None else arguments, _Window())


if __name__ == "__main__":
    sys.exit(main())
