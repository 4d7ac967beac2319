"""Taking images out of the journal for good, and rewriting the file without them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from ikt_coder.storage import triggers
from ikt_coder.storage.project_file import ProjectFile


def purge(
    file: ProjectFile, *, upto: int, reason: str, scrub: Callable[[str], str] | None = None
) -> None:
    """Drop the images of all operations up to ``upto``, set the undo floor there, and
    rewrite the whole file so that no deleted byte stays in a free page.

    Operations stay (who, when, what); ``scrub`` cleans the words out of their parameters.
    Raises sqlite3.Error where the file cannot be rewritten; the images are gone then, and
    the free pages are overwritten by the next purge.
    """
    with file.door.exclusive():
        driver = file.connections.raw()
        driver.execute("PRAGMA secure_delete = ON")
        driver.execute("BEGIN IMMEDIATE")
        try:
            triggers.drop(driver)
            driver.execute("DELETE FROM journal WHERE op <= ?", (upto,))
            if scrub is not None:
                _scrub_operations(driver, scrub)
            driver.execute(
                "INSERT OR REPLACE INTO undo_floor(op, reason) VALUES (?, ?)", (upto, reason)
            )
            triggers.install(driver)
            driver.execute("COMMIT")
        except BaseException:
            if driver.in_transaction:
                driver.execute("ROLLBACK")
            raise
        driver.execute("VACUUM")
        driver.execute("PRAGMA secure_delete = OFF")


def _scrub_operations(driver: sqlite3.Connection, scrub: Callable[[str], str]) -> None:
    for seq, params in driver.execute("SELECT seq, params FROM operation").fetchall():
        clean = scrub(params)
        if clean != params:
            driver.execute("UPDATE operation SET params = ? WHERE seq = ?", (clean, seq))
