"""How a table of the project looked after an earlier operation, without going back to it."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from typing import Any

from ikt_coder.model import table_named
from ikt_coder.storage.journal import play_batch
from ikt_coder.storage.triggers import columns_of


def table_after(driver: sqlite3.Connection, table: str, seq: int) -> list[dict[str, Any]]:
    """The rows of a journaled table as they stood after operation ``seq``, with their raw
    values (ids as bytes, moments as microseconds).

    The journal's images are played back on a copy in memory. For small tables: codes, themes.
    What lies at or below the undo floor is gone; the caller asks for nothing before it.
    """
    names = columns_of(table_named(table))
    listed = ", ".join(f'"{name}"' for name in names)
    copy = sqlite3.connect(":memory:")
    try:
        copy.execute(f'CREATE TABLE "{table}"({listed}, UNIQUE("id"))')
        copy.executemany(
            f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(names))})',
            driver.execute(f'SELECT {listed} FROM "{table}"').fetchall(),
        )
        later = driver.execute(
            "SELECT j.action, l.columns, j.key, j.image FROM journal j"
            " JOIN operation o ON o.seq = j.op"
            " LEFT JOIN journal_layout l ON l.schema_version = o.schema_version AND l.tbl = j.tbl"
            " WHERE j.op > ? AND j.tbl = ? ORDER BY j.id DESC",
            (seq, table),
        ).fetchall()
        for (action, columns), group in groupby(later, key=lambda row: row[:2]):
            play_batch(copy, table, action, columns or "", [row[2:] for row in group])
        rows = copy.execute(f'SELECT {listed} FROM "{table}"').fetchall()
    finally:
        copy.close()
    return [dict(zip(names, row, strict=True)) for row in rows]
