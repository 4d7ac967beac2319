"""Playing the journal back: the rows of operations as they were before them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import Any

from ikt_coder.core.errors import Cancelled
from ikt_coder.model import is_table, referred, table_named
from ikt_coder.storage.triggers import entity_tables

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

_AT_ONCE, _SIZE = 250, 1_000_000
"""Rows, and characters of their images, in one statement, which may not grow without end."""
_MANY = 20_000
_PAGES = -196_608  # kilobytes, as SQLite counts them


@contextmanager
def room(driver: sqlite3.Connection, rows: int) -> Iterator[None]:
    """Memory for the pages that many rows touch, given back afterwards: with the few that a
    worker keeps, pages would go to the file and come back again and again."""
    if rows < _MANY:
        yield
        return
    (before,) = driver.execute("PRAGMA cache_size").fetchone()
    driver.execute(f"PRAGMA cache_size = {_PAGES}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA cache_size = {before}")


def floor(driver: sqlite3.Connection) -> int:
    """Acts up to and with this one can no longer be taken back."""
    (value,) = driver.execute("SELECT coalesce(max(op), 0) FROM undo_floor").fetchone()
    return int(value)


def play_back(
    driver: sqlite3.Connection,
    after: int,
    upto: int | None = None,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    strict: bool = False,
) -> int:
    """Undo every journaled row with ``after < op <= upto`` (default: all), newest first.

    Runs inside the caller's transaction. Returns the number of rows played. With
    ``strict`` a row that does not meet its image raises ValueError (for ``check``).
    Raises Cancelled where ``cancel`` says so; the caller rolls back.
    """
    if upto is None:
        (upto,) = driver.execute("SELECT coalesce(max(op), 0) FROM journal").fetchone()
    # Without the images: those of whole documents may be larger than memory.
    rows = driver.execute(
        "SELECT j.tbl, j.action, o.schema_version, j.id, length(j.image) FROM journal j"
        " LEFT JOIN operation o ON o.seq = j.op WHERE j.op > ? AND j.op <= ? ORDER BY j.id DESC",
        (after, upto),
    ).fetchall()
    layouts = {
        (version, table): columns
        for version, table, columns in driver.execute(
            "SELECT schema_version, tbl, columns FROM journal_layout"
        )
    }
    done = 0
    with room(driver, len(rows)):
        for (table, action, version), group in groupby(rows, key=lambda row: row[:3]):
            columns = layouts.get((version, table), "")
            for first, last in _batches((key, size or 0) for _, _, _, key, size in group):
                if cancel is not None and cancel():
                    raise Cancelled
                # One operation writes at a time, so that its rows follow one another.
                batch = driver.execute(
                    "SELECT key, image FROM journal WHERE id BETWEEN ? AND ? ORDER BY id DESC",
                    (last, first),
                ).fetchall()
                met = play_batch(driver, table, action, columns, batch)
                if strict and met != len(batch):
                    raise ValueError(f"{len(batch) - met} rows of {table} do not fit their images")
                done += len(batch)
                if progress is not None:
                    progress(done, len(rows))
    return done


def _batches(rows: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Journal rows (id, size of the image) cut into pieces that one statement can take, as the
    first and the last id of each."""
    ids: list[int] = []
    size = 0
    for key, length in rows:
        if ids and (len(ids) == _AT_ONCE or size + length > _SIZE):
            yield ids[0], ids[-1]
            ids, size = [], 0
        ids.append(key)
        size += length
    if ids:
        yield ids[0], ids[-1]


def play_batch(
    driver: sqlite3.Connection, table: str, action: str, columns: str, batch: list[Any]
) -> int:
    """Undo journaled rows (key, image) of one table and action, in their order; ``columns``
    are those of the images of deleted rows. Returns how many rows were met."""
    if not is_table(table):
        raise ValueError(f"the journal names an unknown table {table!r}")
    if action == "I":
        keys = [key for key, _ in batch]
        if len(keys) > _AT_ONCE or _refers_to_itself(table):
            # One by one, newest first: a row that goes before those below it takes them along.
            one = f'DELETE FROM "{table}" WHERE id = ?'
            return driver.executemany(one, [(key,) for key in keys]).rowcount
        signs = ", ".join("?" * len(keys))
        return driver.execute(f'DELETE FROM "{table}" WHERE id IN ({signs})', keys).rowcount
    if action == "D":
        values = ", ".join(f"({image})" for _, image in batch)
        return driver.execute(f'INSERT INTO "{table}"({columns}) VALUES {values}').rowcount
    met = 0
    for key, image in batch:
        # With the values bound, one prepared statement serves thousands of rows.
        assignments, bound = _changed(image)
        statement = f'UPDATE "{table}" SET {assignments} WHERE id = ?'
        met += driver.execute(statement, (*bound, key)).rowcount
    return met


@cache
def _refers_to_itself(table: str) -> bool:
    columns = table_named(table).foreign_keys
    return any(referred(key) == table for key in columns)


_CHANGED = re.compile(r"""("\w+")=(X'[0-9A-F]*'|'(?:[^']|'')*'|[^,]+)""")


def _changed(image: str) -> tuple[str, list[Any]]:
    """The image of changed columns as assignments and the values to bind to them."""
    columns: list[str] = []
    values: list[Any] = []
    for column, literal in _CHANGED.findall(image):
        if literal == "NULL":
            value: Any = None
        elif literal[0] == "X":
            value = bytes.fromhex(literal[2:-1])
        elif literal[0] == "'":
            value = literal[1:-1].replace("''", "'")
        elif literal.lstrip("-").isdigit():
            value = int(literal)
        else:  # a real number stays as SQLite wrote it
            columns.append(f"{column}={literal}")
            continue
        columns.append(f"{column}=?")
        values.append(value)
    return ", ".join(columns), values


def write_layout(driver: sqlite3.Connection, schema_version: int) -> None:
    """Remember the columns of each table under this schema, for images of deleted rows."""
    driver.executemany(
        "INSERT OR REPLACE INTO journal_layout(schema_version, tbl, columns) VALUES (?, ?, ?)",
        [
            (schema_version, table.name, ", ".join(f'"{c.name}"' for c in table.columns))
            for table in entity_tables()
        ],
    )
