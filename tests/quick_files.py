"""Less waiting for the disk and the compiler in tests, with the same files and statements.

What a project file is before its first act is written once in a process, by the program itself,
and copied from then on; compiled statements outlive the project they were first asked of; and
nobody waits until the disk has spun, as no test pulls the plug. Tests of ``tests/storage`` do
without all that: there the making of files, the settings of connections and what is on the
disk are what is tested (see its ``conftest.py``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from ikt_coder.storage import engine, schema

_create = schema.create
_create_engine = engine.create_engine
_empty: list[bytes] = []
_first: list[Engine] = []


def create(path: Path) -> None:
    """``schema.create`` with the pages of the first file it made."""
    if not _empty:
        _create(path)
        _empty.append(path.read_bytes())
        return
    try:
        with path.open("xb") as file:
            file.write(_empty[0])
    except OSError:
        _create(path)  # says why it cannot be


def create_engine(*arguments: Any, **options: Any) -> Engine:
    """An engine that finds the statements which those before it have compiled."""
    made = _create_engine(*arguments, **options)
    if _first:
        # The cache goes by the dialect, which is the same for each file.
        made.dialect = _first[0].dialect
        made._compiled_cache = _first[0]._compiled_cache
    else:
        _first.append(made)
    return made


_patch = pytest.MonkeyPatch()


def install() -> None:
    """Put all that in place, for this process and not for those that tests start."""
    _patch.setattr(schema, "create", create)
    _patch.setattr(engine, "create_engine", create_engine)
    quick = tuple(one.replace("= FULL", "= OFF") for one in engine._PRAGMAS)
    assert quick != engine._PRAGMAS
    _patch.setattr(engine, "_PRAGMAS", quick)
    _patch.setattr(os, "fsync", lambda _file: None)


def take_away() -> None:
    """Let everything be as the program does it."""
    _patch.undo()
