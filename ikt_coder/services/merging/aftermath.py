"""Putting right what follows from a merge: merged codes forward, trees have no loops, no coding
is there twice or without words. Every rule gives the same from either side."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from uuid import UUID

from ikt_coder.services.following import follow_code
from ikt_coder.services.merging.doubles import unite_doubles
from ikt_coder.services.merging.past_rows import Key
from ikt_coder.services.merging.writing import update
from ikt_coder.storage.operation import Operation


def without_words(driver: sqlite3.Connection, documents: Iterable[Key]) -> None:
    """Take out codings and quotes whose words are all gone."""
    for table in ("coding", "quote", "quote_alteration"):
        for document in documents:
            driver.execute(
                f'DELETE FROM "{table}" WHERE document_id = ? AND "start" = "end"', (document,)
            )


def put_right(op: Operation, documents: Iterable[Key]) -> set[Key]:
    """Put a merged project right; ``documents`` are those in which codings came or moved.
    Returns the codings that took others up."""
    driver = op.raw
    for table, column in (
        ("code", "merged_into"),
        ("code", "parent_id"),
        ("theme", "parent_id"),
        ("folder", "parent_id"),
    ):
        _open_loops(driver, table, column)
    touched = set(documents) | _forward(op)
    _open_loops(driver, "code", "parent_id")
    stay = unite_doubles(driver, touched)
    _one_pin_each(driver)
    _one_title_each(driver)
    return stay


def _open_loops(driver: sqlite3.Connection, table: str, column: str) -> None:
    """Where two copies hung rows below each other, the first of them goes to the top."""
    parents = dict(driver.execute(f'SELECT id, "{column}" FROM "{table}"').fetchall())
    for key in sorted(parents):
        path: list[Key] = []
        step: Key | None = key
        while step is not None and step not in path:
            path.append(step)
            step = parents.get(step)
        if step is not None:
            first = min(path[path.index(step) :])
            parents[first] = None
            update(driver, table, (column,), [[None, first]])


def _forward(op: Operation) -> set[Key]:
    """What uses a merged code moves to the one it was merged into; the documents touched."""
    driver = op.raw
    into = dict(
        driver.execute(
            "SELECT id, merged_into FROM code WHERE merged_into IS NOT NULL ORDER BY id"
        ).fetchall()
    )
    touched: set[Key] = set()
    gone: dict[UUID, list[UUID]] = {}
    for code in into:
        target = code
        while target in into:
            target = into[target]
        touched |= {
            document
            for (document,) in driver.execute(
                "SELECT DISTINCT document_id FROM coding WHERE code_id = ? AND layer = 'coder'",
                (code,),
            )
        }
        driver.execute(
            "UPDATE coding SET code_id = ? WHERE code_id = ? AND layer = 'coder'", (target, code)
        )
        driver.execute("UPDATE memo SET code_id = ? WHERE code_id = ?", (target, code))
        driver.execute(
            "UPDATE code SET parent_id = ? WHERE parent_id = ? AND id <> ? AND merged_into IS NULL",
            (target, code, target),
        )
        gone.setdefault(UUID(bytes=target), []).append(UUID(bytes=code))
    for stays, codes in gone.items():
        follow_code(op, codes, stays, _from_either_side)
    return touched


def _from_either_side(there: str, comes: str) -> str:
    """The summary that two become, whichever of them was here."""
    return "\n\n".join(sorted({there, comes} - {""}))


def _one_pin_each(driver: sqlite3.Connection) -> None:
    """A number key belongs to the code that was made first."""
    driver.execute(
        "UPDATE code SET pin = NULL WHERE pin IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM code o WHERE o.pin = code.pin AND o.id < code.id)"
    )


def _one_title_each(driver: sqlite3.Connection) -> None:
    """Of two documents with one title the later one gets a number."""
    taken = {title for (title,) in driver.execute("SELECT title FROM document")}
    for key, title in driver.execute(
        "SELECT d.id, d.title FROM document d WHERE EXISTS"
        " (SELECT 1 FROM document o WHERE o.title = d.title AND o.id < d.id) ORDER BY d.id"
    ).fetchall():
        number = 2
        while f"{title} ({number})" in taken:
            number += 1
        taken.add(f"{title} ({number})")
        update(driver, "document", ("title",), [[f"{title} ({number})", key]])
