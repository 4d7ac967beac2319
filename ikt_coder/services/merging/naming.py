"""What rows and values are called, for the person who decides."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from ikt_coder.services.merging.past_rows import Key, Row


class Naming:
    """Names from this project, or from the other file for what is not here."""

    def __init__(
        self, ours: sqlite3.Connection, theirs: sqlite3.Connection, titles: Mapping[Key, str]
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._titles = titles

    def subject(self, table: str, row: Row) -> str:
        """What a row is called."""
        for name in ("name", "title", "label"):
            if row.get(name):
                return str(row[name])
        if row.get("code_id"):
            return self._name("code", row["code_id"])
        if row.get("theme_id"):
            return self._name("theme", row["theme_id"])
        if row.get("document_id"):
            return self._titles.get(row["document_id"], "")
        return ""

    def _name(self, table: str, key: Key) -> str:
        for driver in (self._ours, self._theirs):
            found = driver.execute(f'SELECT name FROM "{table}" WHERE id = ?', (key,)).fetchone()
            if found is not None:
                return str(found[0])
        return ""

    def worded(self, column: str, value: Any) -> str:
        """A value as a person reads it."""
        if isinstance(value, bytes):
            for table in ("code", "coder", "theme", "folder", "participant"):
                name = "label" if table == "participant" else "name"
                for driver in (self._ours, self._theirs):
                    found = driver.execute(
                        f'SELECT "{name}" FROM "{table}" WHERE id = ?', (value,)
                    ).fetchone()
                    if found is not None:
                        return str(found[0])
            return ""
        return "" if value is None else str(value)
