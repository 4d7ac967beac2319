"""The journal's triggers, generated from the tables themselves.

They are never part of a migration: dropped before it, made anew after it, and compared
with the file's schema at every open (architecture: the journal, rules 1, 4 and 9).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import Table

from ikt_coder.model import Base, TableClass, table_class

_PREFIX = "ikt_"
_APPEND_ONLY = ("operation", "journal", "undo_floor")
_FITTING = "8321194b3aba0ac9b2470b523a3d31db9bb372b0defc9a0d9b3fb16002941f90"
"""The digest of ``trigger_statements()``: opening a file looks at its triggers without
describing every table first. A change of the tables changes it; a test names the new one."""


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns of a table in the order in which images of deleted rows list them."""
    return tuple(column.name for column in table.columns)


@cache
def entity_tables() -> tuple[Table, ...]:
    """The journaled tables."""
    return tuple(t for t in Base.metadata.sorted_tables if table_class(t.name) is TableClass.ENTITY)


@cache
def trigger_statements() -> Mapping[str, str]:
    """Every trigger by name."""
    statements: dict[str, str] = {}
    for table in Base.metadata.sorted_tables:
        kind = table_class(table.name)
        if kind is TableClass.ENTITY:
            statements.update(_journaled(table.name, columns_of(table)))
        elif kind is TableClass.RECORD:
            statements.update(_append_only(table.name, door=True))
    for name in _APPEND_ONLY:
        statements.update(_append_only(name, door=True))
    return MappingProxyType(statements)


def _journaled(table: str, columns: Iterable[str]) -> dict[str, str]:
    # quote() and not JSON: under trusted_schema=OFF SQLite 3.40 refuses JSON functions in
    # triggers, and JSON rounds floats.
    names = tuple(columns)
    changed = " || ".join(
        f"""CASE WHEN OLD."{c}" IS NOT NEW."{c}" THEN ',"{c}"=' || quote(OLD."{c}") ELSE '' END"""
        for c in names
        if c != "id"
    )
    differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in names)
    whole = " || ',' || ".join(f'quote(OLD."{c}")' for c in names)
    into = "INSERT INTO journal(op, tbl, key, action, image)"
    door = "(SELECT op FROM door)"
    return {
        f"{_PREFIX}{table}_i": (
            f'CREATE TRIGGER {_PREFIX}{table}_i AFTER INSERT ON "{table}" BEGIN '
            f"{into} VALUES ({door}, '{table}', NEW.id, 'I', NULL); END"
        ),
        f"{_PREFIX}{table}_u": (
            f'CREATE TRIGGER {_PREFIX}{table}_u AFTER UPDATE ON "{table}" WHEN {differs} BEGIN '
            f"SELECT RAISE(ABORT, 'a row keeps its id') WHERE OLD.id IS NOT NEW.id; "
            f"{into} VALUES ({door}, '{table}', OLD.id, 'U', substr({changed}, 2)); END"
        ),
        f"{_PREFIX}{table}_d": (
            f'CREATE TRIGGER {_PREFIX}{table}_d AFTER DELETE ON "{table}" BEGIN '
            f"{into} VALUES ({door}, '{table}', OLD.id, 'D', {whole}); END"
        ),
    }


def _append_only(table: str, *, door: bool) -> dict[str, str]:
    statements = {}
    for letter, event in (("u", "UPDATE"), ("d", "DELETE")):
        name = f"{_PREFIX}{table}_{letter}"
        statements[name] = (
            f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" BEGIN '
            f"SELECT RAISE(ABORT, '{table} is append only'); END"
        )
    if door:
        name = f"{_PREFIX}{table}_i"
        statements[name] = (
            f'CREATE TRIGGER {name} BEFORE INSERT ON "{table}" '
            "WHEN NOT EXISTS (SELECT 1 FROM door) BEGIN "
            "SELECT RAISE(ABORT, 'written outside an operation'); END"
        )
    return statements


def install(connection: sqlite3.Connection) -> None:
    """Drop whatever triggers the file has and make those of the tables."""
    drop(connection)
    for statement in trigger_statements().values():
        connection.execute(statement)


def drop(connection: sqlite3.Connection) -> None:
    """Remove every trigger; also a foreign one, which could change rows unseen."""
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def fit(connection: sqlite3.Connection) -> bool:
    """Whether the file's triggers are exactly those of the tables."""
    found = dict(
        connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    )
    return digest(found) == _FITTING


def digest(statements: Mapping[str, str]) -> str:
    """A mark of these triggers that no others have."""
    told = sha256()
    for name in sorted(statements):
        told.update(f"{name}\0{statements[name]}\0".encode())
    return told.hexdigest()
