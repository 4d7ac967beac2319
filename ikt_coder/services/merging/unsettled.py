"""A project file as the last merge wrote it, before it was put right.

What follows from a merge (a loop of codes opened, codings moved on to the code that stays, equal
codings made one) follows from the whole of what came together. With a third copy the whole is
another one, so that what was put right is taken back first, in memory for the comparison and in
the file when the merge is written, and everything is put right anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ikt_coder.services.merging.past_rows import Key, rows_of
from ikt_coder.services.merging.provisional import Provisional, Settling
from ikt_coder.storage.engine import connect
from ikt_coder.storage.journal import play_batch
from ikt_coder.storage.triggers import drop


@contextmanager
def unsettled(driver: sqlite3.Connection, open_: Provisional) -> Iterator[sqlite3.Connection]:
    """The file with what the merge ``open_`` put right taken back: a copy in memory, or the
    file itself where there is nothing to take back. Nobody may be writing through ``driver``."""
    if not open_.settlings:
        yield driver
        return
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        driver.backup(copy)
        drop(copy)
        take_back(copy, open_.settlings)
        copy.executemany("DELETE FROM journal WHERE id = ?", [(s.id,) for s in open_.settlings])
        yield copy
    finally:
        copy.close()


@contextmanager
def beside(path: Path, open_: Provisional) -> Iterator[sqlite3.Connection | None]:
    """A connection of its own to the file at ``path``, where a copy in memory will be made of
    it: SQLite makes none through a connection that writes. None where none is needed."""
    if not open_.settlings:
        yield None
        return
    driver = connect(path, read_only=True)
    try:
        yield driver
    finally:
        driver.close()


def take_back(driver: sqlite3.Connection, settlings: Iterable[Settling]) -> None:
    """Take back what a merge put right, newest first."""
    for each in reversed(list(settlings)):
        play_batch(driver, each.table, each.action, each.columns, [(each.key, each.image)])


def documents_of(driver: sqlite3.Connection, settlings: Iterable[Settling]) -> set[Key]:
    """The documents of the codings that were put right; ``driver`` is ``unsettled``."""
    keys = {each.key for each in settlings if each.table == "coding"}
    return {row["document_id"] for row in rows_of(driver, "coding", keys).values()}
