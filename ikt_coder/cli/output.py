"""Printing: results on standard output, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any


def prepare_streams() -> None:
    """UTF-8 on both streams, whatever the system's encoding is.

    Half characters (lone surrogates), which a damaged transcript can hold, come out as
    escapes; within JSON that is just how JSON writes them.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def counted(count: int, noun: str) -> str:
    """ "1 code", "3 codes"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def say(*lines: str) -> None:
    """Tell the person something on standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def show(*lines: str) -> None:
    """Print lines of a result."""
    for line in lines:
        print(line)


def show_text(text: str) -> None:
    """Print a text as it is, code point by code point, with nothing after it."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def show_json(value: Any) -> None:
    """Print one JSON value."""
    print(json.dumps(value, ensure_ascii=False))


def show_json_array(values: Iterable[Any]) -> None:
    """Print one JSON array, each value as soon as it is there."""
    before = "["
    for value in values:
        sys.stdout.write(before + json.dumps(value, ensure_ascii=False))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[" else "]\n")


def show_rows(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows with tabs between their cells; white space within a cell becomes one space."""
    for row in rows:
        print("\t".join(" ".join(cell.split()) for cell in row))
