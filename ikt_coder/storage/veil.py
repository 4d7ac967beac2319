"""Keeping rows out of reach of every read: blind coding is blind by construction.

While a veil is drawn, a query that names a table of it meets only the rows that may be seen: a
common table expression of the table's own name is put before the query, wherever it was written.
Nobody who writes a query can forget it. What acts work on is read with ``Operation.execute``
or under ``Connections.lifted``, and holds every row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_KEPT = 1000
_BEGINNING = re.compile(r"\s*(SELECT|WITH(?:\s+RECURSIVE)?)\b", re.I)


class Veil:
    """What may be seen of some tables: for each a condition in SQL, in which its own columns
    are written with the table's name and every other table as ``main.name``. ``sources`` are
    sub-queries that stand for a table where rows of it are seen otherwise than they are."""

    def __init__(
        self, conditions: Mapping[str, str], sources: Mapping[str, str] | None = None
    ) -> None:
        instead = sources or {}
        self._seen = {
            table: f'"{table}" AS NOT MATERIALIZED (SELECT * FROM'
            f' {instead.get(table, _itself(table))} AS "{table}"'
            f" WHERE {condition})"
            for table, condition in conditions.items()
        }
        self._named = re.compile(rf"\b({'|'.join(map(re.escape, conditions))})\b", re.I)
        self._known: dict[str, str] = {}

    def over(self, statement: str) -> str:
        """The statement as it may be executed; one that writes is left as it is."""
        known = self._known.get(statement)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[statement] = self._over(statement)
        return known

    def _over(self, statement: str) -> str:
        beginning = _BEGINNING.match(statement)
        named = dict.fromkeys(name.lower() for name in self._named.findall(statement))
        if beginning is None or not named:
            return statement
        seen = ", ".join(self._seen[table] for table in named)
        if beginning[1].upper() == "SELECT":
            return f"WITH {seen} {statement}"
        return f"{statement[: beginning.end()]} {seen}, {statement[beginning.end() :]}"


def _itself(table: str) -> str:
    return f'main."{table}"'
