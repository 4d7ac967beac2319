"""Is everything still sound: the database, its triggers, and the way back to the start."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ikt_coder.core.frozen import frozen
from ikt_coder.storage import journal, triggers
from ikt_coder.storage.engine import copy_pages


@frozen
class Finding:
    """One thing that is not as it should be."""

    where: str
    what: str


@contextmanager
def copied(driver: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A copy in memory to check: a reader of the file that takes seconds would keep acts
    waiting. Pages are copied as they are, so that damage is found in the copy too."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        copy_pages(driver, copy)
        yield copy
    finally:
        copy.close()


def check_database(driver: sqlite3.Connection) -> list[Finding]:
    """Pages, foreign keys and triggers."""
    findings = [
        Finding("database", text)
        for (text,) in driver.execute("PRAGMA integrity_check")
        if text != "ok"
    ]
    findings += [
        Finding("references", f"a row of {table} refers to a missing row of {parent}")
        for table, _, parent, _ in driver.execute("PRAGMA foreign_key_check")
    ]
    if not triggers.fit(driver):
        findings.append(Finding("journal", "the triggers are not those of this version"))
    if driver.execute("SELECT count(*) FROM door").fetchone()[0]:
        findings.append(Finding("journal", "the door stands open"))
    return findings


def check_positions(driver: sqlite3.Connection) -> list[Finding]:
    """Spans inside their texts, trees without loops, no coding made twice."""
    findings = []
    for table in ("coding", "turn", "quote"):
        (count,) = driver.execute(
            f"SELECT count(*) FROM {table} t JOIN document d ON d.id = t.document_id"
            " WHERE t.start < 0 OR t.end < t.start OR t.end > d.length"
        ).fetchone()
        if count:
            findings.append(Finding(table, f"{count} spans lie outside their text"))
    (doubles,) = driver.execute(
        "SELECT count(*) FROM (SELECT 1 FROM coding GROUP BY document_id, start, end, code_id,"
        " coder_id, layer HAVING count(*) > 1)"
    ).fetchone()
    if doubles:
        findings.append(Finding("coding", f"{doubles} codings were made twice"))
    for table in ("code", "theme", "folder"):
        (loops,) = driver.execute(
            f"WITH RECURSIVE reached(id) AS (SELECT id FROM {table} WHERE parent_id IS NULL"
            f" UNION SELECT t.id FROM {table} t JOIN reached r ON t.parent_id = r.id)"
            f" SELECT count(*) FROM {table} WHERE id NOT IN (SELECT id FROM reached)"
        ).fetchone()
        if loops:
            findings.append(Finding(table, f"{loops} rows hang in a loop of parents"))
    for name, length, text in driver.execute(
        "SELECT d.title, d.length, t.text FROM document d JOIN document_text t"
        " ON t.document_id = d.id WHERE d.revision = 0"
    ):
        if len(text) != length:
            findings.append(Finding("document", f"the length of {name!r} is not that of its text"))
    return findings


def walk_back(copy: sqlite3.Connection) -> list[Finding]:
    """Walk the journal of a copy back to the empty project (or to the undo floor), and leave
    the copy there."""
    # In a copy of one's own the triggers may go in one go, and not one after the other.
    copy.execute("PRAGMA writable_schema = ON")
    copy.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
    copy.execute("PRAGMA writable_schema = RESET")
    copy.execute("PRAGMA foreign_keys = OFF")
    floor = journal.floor(copy)
    copy.execute("BEGIN")
    try:
        journal.play_back(copy, floor, strict=True)
    except (ValueError, sqlite3.Error) as error:
        return [Finding("journal", f"the way back is broken: {error}")]
    if floor:
        return []
    left = [
        (table.name, copy.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])
        for table in triggers.entity_tables()
    ]
    return [
        Finding("journal", f"{count} rows of {name} have no origin in the journal")
        for name, count in left
        if count
    ]
