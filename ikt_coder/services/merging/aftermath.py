"""Putting right what follows from a merge: merged codes forward, trees have no loops, no coding
is there twice or without words. Every rule gives the same from either side."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from ikt_coder.services.merging.doubles import unite_doubles
from ikt_coder.services.merging.past_rows import Key, Row, marks, rows_of
from ikt_coder.services.merging.table_rules import derived
from ikt_coder.services.merging.writing import update


def without_words(driver: sqlite3.Connection, documents: Iterable[Key]) -> None:
    """Take out codings and quotes whose words are all gone."""
    for table in ("coding", "quote", "quote_alteration"):
        for document in documents:
            driver.execute(
                f'DELETE FROM "{table}" WHERE document_id = ? AND "start" = "end"', (document,)
            )


def put_right(driver: sqlite3.Connection, documents: Iterable[Key]) -> set[Key]:
    """Put a merged project right; ``documents`` are those in which codings came or moved.
    Returns the codings that took others up."""
    for table, column in (
        ("code", "merged_into"),
        ("code", "parent_id"),
        ("theme", "parent_id"),
        ("folder", "parent_id"),
    ):
        _open_loops(driver, table, column)
    touched = set(documents) | _forward(driver)
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


def _forward(driver: sqlite3.Connection) -> set[Key]:
    """What uses a merged code moves to the one it was merged into; the documents touched."""
    into = dict(
        driver.execute("SELECT id, merged_into FROM code WHERE merged_into IS NOT NULL").fetchall()
    )
    touched: set[Key] = set()
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
        _follow(driver, code, target)
    return touched


# Tables that refer to codes by a column their id is derived from, and by another one.
_PAIRED = (
    ("theme_code", "code_id"),
    ("theme_domain", "code_id"),
    ("code_link", "code_id"),
    ("code_link", "target_id"),
    ("case_rating", "code_id"),
    ("event_link", "code_id"),
    ("memo_link", "code_id"),
)
_SINGLE = ("belief", "recommendation")


def _follow(driver: sqlite3.Connection, gone: Key, stays: Key) -> None:
    """Places in themes, links, ratings, columns of matrices, belief statements and
    recommendations of a merged code go to the one that stays (see ``services.following``)."""
    for table, column in _PAIRED:
        for row in rows_of(driver, table, [gone], column).values():
            _renew(driver, table, row, {column: stays})
    driver.execute("DELETE FROM code_link WHERE code_id = target_id")
    for row in rows_of(driver, "matrix_column", [gone], "code_id").values():
        # The column is made anew first, so that deleting the old one takes no cell along.
        new = derived("matrix_column", {**row, "code_id": stays})
        if not rows_of(driver, "matrix_column", [new]):
            _insert(driver, "matrix_column", {**row, "id": new, "code_id": stays})
        for cell in rows_of(driver, "matrix_cell", [row["id"]], "column_id").values():
            _move_cell(driver, cell, new)
        driver.execute("DELETE FROM matrix_column WHERE id = ?", (row["id"],))
    for table in _SINGLE:
        driver.execute(f'UPDATE "{table}" SET code_id = ? WHERE code_id = ?', (stays, gone))


def _move_cell(driver: sqlite3.Connection, cell: Row, column: Key) -> None:
    """A summary with its passages into another column; two summaries become one."""
    key = derived("matrix_cell", {**cell, "column_id": column})
    there = rows_of(driver, "matrix_cell", [key]).get(key)
    if there is None:
        _insert(driver, "matrix_cell", {**cell, "id": key, "column_id": column})
    elif cell["text"] not in there["text"]:
        text = "\n\n".join(sorted({there["text"], cell["text"]} - {""}))
        update(driver, "matrix_cell", ("text", "done"), [[text, False, key]])
    for pair in rows_of(driver, "cell_coding", [cell["id"]], "cell_id").values():
        _renew(driver, "cell_coding", pair, {"cell_id": key})
    driver.execute("DELETE FROM matrix_cell WHERE id = ?", (cell["id"],))


def _renew(driver: sqlite3.Connection, table: str, row: Row, new: Row) -> None:
    """Put a row in place of one of another id; what stands there already stays."""
    fresh = {**row, **new}
    fresh["id"] = derived(table, fresh)
    if not rows_of(driver, table, [fresh["id"]]):
        _insert(driver, table, fresh)
    driver.execute(f'DELETE FROM "{table}" WHERE id = ?', (row["id"],))


def _insert(driver: sqlite3.Connection, table: str, row: Row) -> None:
    driver.execute(
        f'INSERT INTO "{table}"({", ".join(row)}) VALUES ({marks(len(row))})',
        list(row.values()),
    )


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
