"""What one operation changed, told to every view in one signal."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from ikt_coder.core.frozen import frozen


@frozen
class Changes:
    """The tables an operation touched and, where they are few, the rows.

    ``rows`` maps a table to the keys touched; None means "too many to name, read anew".
    ``op`` is the operation's sequence number, ``kind`` the value of its ``Op``;
    ``undone`` is True where it took an earlier act back (undo), and then ``kind`` is the
    kind of the act taken back; ``redone`` likewise for redo.
    """

    op: int
    kind: str
    tables: frozenset[str]
    rows: Mapping[str, frozenset[UUID]] | None = None
    undone: bool = False
    redone: bool = False

    def touches(self, *tables: str) -> bool:
        return not self.tables.isdisjoint(tables)

    def keys(self, table: str) -> frozenset[UUID] | None:
        """The touched rows of a table; None where all must be read anew."""
        if self.rows is None:
            return None if table in self.tables else frozenset()
        return self.rows.get(table, frozenset())
