"""Taking images out of the journal for good, and rewriting the file without them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.storage import triggers
from ikt_coder.storage.project_file import ProjectFile


@frozen
class RecordText:
    """A column of an append-only table in which people's words can stand: a text, or JSON
    whose values under the names in ``words`` (None: all values) are texts. Where the row has
    a digest of it, ``digest`` makes it anew."""

    table: str
    column: str
    json: bool = False
    words: frozenset[str] | None = None
    digest: Callable[[str], str] | None = None


def scrub_words(
    file: ProjectFile, scrub: Callable[[str], str], records: Sequence[RecordText]
) -> None:
    """Clean words out of what nothing else changes: the parameters of operations, the names of
    restore points, and ``records``. The file is rewritten by the purge that follows; comes
    that after a crash, no words are left for which nobody would know any more.
    """
    with file.door.exclusive():
        driver = file.connections.raw()
        driver.execute("PRAGMA secure_delete = ON")
        driver.execute("BEGIN IMMEDIATE")
        try:
            triggers.drop(driver)
            _scrub_words(driver, scrub)
            for text in records:
                _scrub_record(driver, scrub, text)
            triggers.install(driver)
            driver.execute("COMMIT")
        except BaseException:
            if driver.in_transaction:
                driver.execute("ROLLBACK")
            raise
        driver.execute("PRAGMA secure_delete = OFF")


def purge(
    file: ProjectFile,
    *,
    upto: int,
    kind: Op,
    reason: str,
) -> None:
    """Drop the images of all operations up to ``upto``, set the undo floor there, and
    rewrite the whole file so that no deleted byte stays in a free page.

    The listeners are told again then, with no table named: what could be undone no longer can.
    Operations stay (who, when, what); see ``scrub_words``.
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
    changes = Changes(op=upto, kind=kind.value, tables=frozenset())
    file.door.tell(changes)


def finish_interrupted(file: ProjectFile) -> None:
    """Where the program died between an erasing and the purge that follows it, purge now."""
    driver = file.connections.raw()
    (erased,) = driver.execute(
        "SELECT max(seq) FROM operation WHERE kind = ?"
        " AND seq > (SELECT coalesce(max(op), 0) FROM undo_floor)",
        (Op.ERASE_PARTICIPANT.value,),
    ).fetchone()
    if erased is not None:
        purge(file, upto=erased, kind=Op.ERASE_PARTICIPANT, reason="erased participant")


def _scrub_words(driver: sqlite3.Connection, scrub: Callable[[str], str]) -> None:
    for seq, stored in driver.execute("SELECT seq, params FROM operation").fetchall():
        params = json.loads(stored)
        clean = _scrubbed(params, scrub)
        if clean != params:
            driver.execute(
                "UPDATE operation SET params = ? WHERE seq = ?",
                (json.dumps(clean, ensure_ascii=False), seq),
            )
    for key, name in driver.execute("SELECT id, name FROM restore_point").fetchall():
        if scrub(name) != name:
            driver.execute("UPDATE restore_point SET name = ? WHERE id = ?", (scrub(name), key))


def _scrub_record(
    driver: sqlite3.Connection, scrub: Callable[[str], str], text: RecordText
) -> None:
    table, column = f'"{text.table}"', f'"{text.column}"'
    for key, stored in driver.execute(f"SELECT id, {column} FROM {table}").fetchall():
        if not stored:
            continue
        if text.json:
            value = json.loads(stored)
            clean = _scrubbed(value, scrub, text.words)
            if clean == value:
                continue
            written = json.dumps(clean, ensure_ascii=False, separators=(",", ":"))
        else:
            written = scrub(stored)
            if written == stored:
                continue
        driver.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (written, key))
        if text.digest is not None:
            driver.execute(
                f"UPDATE {table} SET digest = ? WHERE id = ?", (text.digest(written), key)
            )


def _scrubbed(value: Any, scrub: Callable[[str], str], words: frozenset[str] | None = None) -> Any:
    """Parameters with every text cleaned, or with those under the names in ``words``; names
    of parameters, ids and numbers stay."""
    if isinstance(value, dict):
        return {
            name: _scrubbed(part, scrub, None if words is None or name in words else words)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_scrubbed(part, scrub, words) for part in value]
    if not isinstance(value, str) or words is not None or _is_id(value):
        return value
    return scrub(value)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
