"""The program's start: the window, or the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ikt_coder.core.frozen import frozen


@frozen
class _Opening:
    project: Path | None = None
    sample: bool = False
    read_only: bool = False


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
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--language-pipelines"]:
        # Not for people: a bundled program starts itself so (text/process.py).
        from ikt_coder.text.child import serve

        return serve(float(given[1]))
    opening = _plain_opening(given)
    if opening is not None:
        return _open(opening)
    from ikt_coder.cli.run import run

    return run(given, _Window())


def _plain_opening(given: Sequence[str]) -> _Opening | None:
    """What to open, where that is all the arguments say; None where they say anything else.

    The window opens without loading the command line, which it would have to wait for.
    """
    named = given[:1] == ["open"]
    rest = list(given[1:] if named else given)
    if not rest:
        return _Opening()
    if named and rest == ["--sample"]:
        return _Opening(sample=True)
    if len(rest) == 1 and (named or rest[0].lower().endswith(".ikt")):
        return None if rest[0].startswith("-") else _Opening(Path(rest[0]))
    return None


def _open(opening: _Opening) -> int:
    from ikt_coder.cli.outcome import outcome_of
    from ikt_coder.cli.output import prepare_streams
    from ikt_coder.cli.screen import refuse_without_display

    def act() -> int:
        refuse_without_display()
        return _Window().open(opening.project, sample=opening.sample, read_only=opening.read_only)

    prepare_streams()
    return outcome_of(act)


if __name__ == "__main__":
    sys.exit(main())
