"""Playing the journal back: undo, redo, going back, and what stands in the way."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.model import Base
from ikt_coder.storage.triggers import entity_tables

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
Stretches = Sequence[tuple[int, int]]
"""Stretches of history (from, to) that a standing "go back" has undone: what lies between the
two does not stand, and ``to``, the "go back" itself, left every row as it was after ``from``."""


@frozen
class Act:
    """An operation as the undo rules see it."""

    seq: int
    kind: Op
    params: dict[str, Any]
    coder: UUID | None
    at: int
    root: int
    direction: int
    rows: int


_ACT = "SELECT seq, kind, params, coder_id, at, root, direction, rows FROM operation o"


def _outside(column: str, gone: Stretches) -> str:
    """That a number of an operation lies in none of the stretches."""
    return "".join(f" AND NOT ({column} > {start:d} AND {column} < {end:d})" for start, end in gone)


def _newest(gone: Stretches) -> str:
    """That an operation is the newest of its chain (act, undo, redo, …), which tells whether
    the act stands; what was taken back with a stretch is as if it had never been."""
    later = f"l.root = o.root AND l.seq > o.seq{_outside('l.seq', gone)}"
    return f"NOT EXISTS (SELECT 1 FROM operation l WHERE {later}){_outside('o.seq', gone)}"


def _acts(driver: sqlite3.Connection, sql: str, values: tuple[Any, ...]) -> list[Act]:
    return [
        Act(s, Op(k), json.loads(p), UUID(bytes=c) if c else None, at, root, direction, rows)
        for s, k, p, c, at, root, direction, rows in driver.execute(sql, values)
    ]


def floor(driver: sqlite3.Connection) -> int:
    """Acts up to and with this one can no longer be taken back."""
    (value,) = driver.execute("SELECT coalesce(max(op), 0) FROM undo_floor").fetchone()
    return int(value)


def _undoable_kinds() -> str:
    return ", ".join(f"'{op.value}'" for op in Op if op.undoable)


def next_undo(driver: sqlite3.Connection, coder: UUID | None, gone: Stretches = ()) -> Act | None:
    """The newest standing act of this coder that can be taken back."""
    found = _acts(
        driver,
        f"{_ACT} WHERE o.direction = 1 AND o.coder_id IS ? AND o.seq > ?"
        f" AND o.kind IN ({_undoable_kinds()}) AND {_newest(gone)} ORDER BY o.seq DESC LIMIT 1",
        (coder.bytes if coder else None, floor(driver)),
    )
    return found[0] if found else None


def next_redo(driver: sqlite3.Connection, coder: UUID | None, gone: Stretches = ()) -> Act | None:
    """The newest undo of this coder that no later new act of theirs has overtaken."""
    key = coder.bytes if coder else None
    (fresh,) = driver.execute(
        "SELECT coalesce(max(seq), 0) FROM operation WHERE coder_id IS ? AND root = seq"
        f" AND kind IN ({_undoable_kinds()}){_outside('seq', gone)}",
        (key,),
    ).fetchone()
    found = _acts(
        driver,
        f"{_ACT} WHERE o.direction = -1 AND o.coder_id IS ? AND o.seq > ?"
        f" AND {_newest(gone)} ORDER BY o.seq DESC LIMIT 1",
        (key, max(fresh, floor(driver))),
    )
    return found[0] if found else None


def blocker(driver: sqlite3.Connection, act: Act, gone: Stretches = ()) -> Act | None:
    """The newest later act that touched the same rows and whose standing has changed since,
    or that made a row which refers to one that playing back would delete.

    An act and its undo after this one cancel out; what counts is whether an act stands now
    and did not then, or stood then and does not now. So do the acts of a stretch that was taken
    back and the "go back" that did it.
    """
    counts = _counts(act, gone)
    standing = (
        f"coalesce((SELECT n.direction FROM operation n WHERE n.root = o.root"
        f"{_outside('n.seq', gone)} {{before}} ORDER BY n.seq DESC LIMIT 1), -1)"
    )
    now, then = standing.format(before=""), standing.format(before="AND n.seq < ?1")
    touched = _acts(
        driver,
        f"{_ACT} WHERE o.seq > ?1 AND o.seq IN (SELECT b.op FROM journal a JOIN journal b"
        " ON b.key = a.key AND b.op > a.op AND b.tbl = a.tbl WHERE a.op = ?1)"
        f" AND {now} <> {then}{counts} ORDER BY o.seq DESC LIMIT 1",
        (act.seq,),
    )
    if touched:
        return touched[0]
    return _referrer(driver, act, counts)


def _counts(act: Act, gone: Stretches) -> str:
    """That an operation after ``act`` left a trace: it lies in no stretch that was taken back,
    and is no "go back" (or its undo and redo) that only took back what came after ``act``."""
    undoing = "".join(f" AND o.root <> {end:d}" for start, end in gone if start >= act.seq)
    return _outside("o.seq", gone) + undoing


def _referrer(driver: sqlite3.Connection, act: Act, counts: str) -> Act | None:
    # A row that the act itself made, or made refer to the other, goes back with it; where a
    # later act changed it too, that act touched the same row and was found before.
    inserted = {
        table
        for (table,) in driver.execute(
            "SELECT DISTINCT tbl FROM journal WHERE op = ? AND action = 'I'", (act.seq,)
        )
    }
    for child in entity_tables():
        for key in child.foreign_keys:
            parent = key.column.table.name
            if parent not in inserted:
                continue
            row = driver.execute(
                f'SELECT c.id FROM "{child.name}" c WHERE c."{key.parent.name}" IN'
                " (SELECT key FROM journal WHERE op = ?1 AND tbl = ?2 AND action = 'I')"
                " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.key = c.id AND j.op = ?1"
                " AND j.tbl = ?3) LIMIT 1",
                (act.seq, parent, child.name),
            ).fetchone()
            if row is not None:
                found = _acts(
                    driver,
                    f"{_ACT} WHERE o.seq IN (SELECT op FROM journal WHERE key = ? AND tbl = ?)"
                    f"{counts} ORDER BY o.seq DESC LIMIT 1",
                    (row[0], child.name),
                )
                if found:
                    return found[0]
    return None


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
    for (table, action, version), group in groupby(rows, key=lambda row: row[:3]):
        for first, last in _batches((key, size or 0) for _, _, _, key, size in group):
            if cancel is not None and cancel():
                raise Cancelled
            # One operation writes at a time, so that its rows follow one another.
            batch = driver.execute(
                "SELECT key, image FROM journal WHERE id BETWEEN ? AND ? ORDER BY id DESC",
                (last, first),
            ).fetchall()
            met = play_batch(driver, table, action, layouts.get((version, table), ""), batch)
            if strict and met != len(batch):
                raise ValueError(f"{len(batch) - met} rows of {table} do not fit their images")
            done += len(batch)
            if progress is not None:
                progress(done, len(rows))
    return done


def _batches(rows: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Journal rows (id, size of the image) cut into pieces of 250 rows or a million
    characters, as the first and the last id of each: a statement may not grow without end."""
    ids: list[int] = []
    size = 0
    for key, length in rows:
        if ids and (len(ids) == 250 or size + length > 1_000_000):
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
    if table not in Base.metadata.tables:
        raise ValueError(f"the journal names an unknown table {table!r}")
    if action == "I":
        keys = [(key,) for key, _ in batch]
        return driver.executemany(f'DELETE FROM "{table}" WHERE id = ?', keys).rowcount
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
