"""Records of two files: append only, so that uniting them by id is all there is to do."""

from __future__ import annotations

import sqlite3

from ikt_coder.services.merging.past_rows import Row, rows_of
from ikt_coder.services.merging.table_rules import RECORD_TABLES


def new_records(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> dict[str, list[Row]]:
    """The append-only rows that the other file has alone, by table."""
    found: dict[str, list[Row]] = {}
    for table in RECORD_TABLES:
        here = {key for (key,) in ours.execute(f'SELECT id FROM "{table}"')}
        there = [key for (key,) in theirs.execute(f'SELECT id FROM "{table}"')]
        new = [key for key in there if key not in here]
        if new:
            rows = rows_of(theirs, table, new)
            found[table] = [rows[key] for key in new]
    return found
