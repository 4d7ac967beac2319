"""What a merge decided for the time being.

A code that one copy deleted and another used stays; should a third copy move the use elsewhere,
the delete is to be done after all, in whatever order the three come together. So a merge keeps
with itself what it held back, and the next one looks at it anew. What a person touched since is
settled.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ikt_coder.core.edit_sequences import EditMark
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.services.merging.contests import Contested
from ikt_coder.services.merging.origins import Origin, Origins, stored_origins
from ikt_coder.services.merging.past_rows import Key, chunks, marks


@frozen
class Settling:
    """One row that a merge put right, as its journal has it."""

    id: int
    table: str
    key: Key
    action: str
    columns: str
    image: str | None


@dataclass(slots=True)
class Provisional:
    """``op`` is the merge that decided so, 0 where there is none.

    ``gone``: rows by table that somebody deleted and that stay because they are used, with the
    parts that stay with them. ``strong``: rows that one deleted and another changed.
    ``settlings``: what it put right in the end, as it does since the operation after the one
    named ``since``. ``contested``: by document the versions of places that several mended,
    ``rejected`` the edits that people decided against. ``origins``: spans that lost their place.
    """

    op: int = 0
    settlings: tuple[Settling, ...] = ()
    since: str = ""
    gone: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    strong: set[tuple[str, Key]] = field(default_factory=set)

    contested: dict[Key, tuple[Contested, ...]] = field(default_factory=dict)
    rejected: dict[Key, set[UUID]] = field(default_factory=dict)
    origins: Origins = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As it is kept with the merge; ids and numbers only."""
        return {
            "texts": {
                document.hex(): {
                    "versions": [
                        [_written(each.beneath), _written(each.marks), each.stands]
                        for each in self.contested.get(document, ())
                    ],
                    "rejected": sorted(key.hex for key in self.rejected.get(document, ())),
                }
                for document in sorted({*self.contested, *self.rejected})
            },
            "origins": stored_origins(self.origins),
            "gone": {
                table: sorted(key.hex() for key in keys)
                for table, keys in sorted(self.gone.items())
                if keys
            },
            "strong": sorted([table, key.hex()] for table, key in self.strong),
        }


def provisional(driver: sqlite3.Connection, known: int | None) -> Provisional:
    """What the last merge of a file that still stands left open, without what a person touched
    since; nothing of a merge that the other file knows (``known``: its last operation)."""
    found = _last_merge(driver)
    if found is None or (known is not None and found[0] <= known):
        return Provisional()
    op, kept = found
    result = Provisional(op)
    for table, keys in kept.get("gone", {}).items():
        rows = {bytes.fromhex(key) for key in keys}
        result.gone[table] = rows - touched_since(driver, op, rows)
    strong = {(table, bytes.fromhex(key)) for table, key in kept.get("strong", ())}
    settled = touched_since(driver, op, (key for _, key in strong))
    result.strong = {(table, key) for table, key in strong if key not in settled}
    for document, told in kept.get("texts", {}).items():
        key = bytes.fromhex(document)
        versions = tuple(
            Contested(_read(beneath), _read(marks_), stands)
            for beneath, marks_, stands in told["versions"]
        )
        if _still_so(driver, key, versions):
            result.contested[key] = versions
        result.rejected[key] = {UUID(hex=edit) for edit in told["rejected"]}
    result.origins = _origins(driver, op, kept.get("origins", {}))
    result.since = kept.get("settling", {}).get("since", "")
    result.settlings = _settlings(driver, op, known, kept.get("settling", {}))
    return result


def _written(marks_: Iterable[EditMark]) -> list[list[str | int]]:
    return [[mark.id.hex, mark.at, mark.removed, mark.inserted] for mark in marks_]


def _read(stored: Iterable[tuple[str, int, int, int]]) -> tuple[EditMark, ...]:
    return tuple(EditMark(UUID(hex=key), *lengths) for key, *lengths in stored)


def _still_so(driver: sqlite3.Connection, document: Key, versions: Iterable[Contested]) -> bool:
    """Whether the text is as the merge left its contested places: where a person took one of
    those mendings back, it is no longer between them."""
    there = {
        UUID(bytes=key)
        for (key,) in driver.execute(
            "SELECT id FROM document_edit WHERE document_id = ?", (document,)
        )
    }
    return all((each.ids <= there) == each.stands for each in versions)


def _origins(driver: sqlite3.Connection, op: int, kept: dict[str, Any]) -> Origins:
    states = [_read(marks_) for marks_ in kept.get("states", ())]
    found = {
        (table, bytes.fromhex(key)): Origin(start, end, words, states[state])
        for table, key, state, start, end, words in kept.get("rows", ())
    }
    touched = touched_since(driver, op, {key for _, key in found})
    return {name: origin for name, origin in found.items() if name[1] not in touched}


def _settlings(
    driver: sqlite3.Connection, op: int, known: int | None, kept: dict[str, Any]
) -> tuple[Settling, ...]:
    """What was put right, where nobody built on it: all of it or nothing."""
    if not kept.get("count"):
        return ()
    begun = driver.execute(
        "SELECT seq FROM operation WHERE uuid = ?", (bytes.fromhex(kept["since"]),)
    ).fetchone()
    (total,) = driver.execute("SELECT count(*) FROM journal WHERE op = ?", (op,)).fetchone()
    if begun is None or total != kept["total"] or (known is not None and begun[0] < known):
        return ()
    found = tuple(
        Settling(*row)
        for row in driver.execute(
            "SELECT j.id, j.tbl, j.key, j.action, coalesce(l.columns, ''), j.image FROM journal j"
            " JOIN operation o ON o.seq = j.op LEFT JOIN journal_layout l"
            " ON l.schema_version = o.schema_version AND l.tbl = j.tbl"
            " WHERE j.op = ? ORDER BY j.id LIMIT ? OFFSET ?",
            (op, kept["count"], kept["start"]),
        )
    )
    keys = {each.key for each in found} | {bytes.fromhex(key) for key in kept["stay"]}
    return () if touched_since(driver, op, keys) else found


def _last_merge(driver: sqlite3.Connection) -> tuple[int, dict[str, Any]] | None:
    """The newest merge of this file that was not taken back, and what it kept."""
    best: tuple[int, dict[str, Any]] | None = None
    for key, counts in driver.execute("SELECT id, counts FROM merged_copy"):
        told = json.loads(counts or "{}")
        if "after" not in told:
            continue
        # The row may have come with another file that was copied at the same moment: it is of
        # this file where the operation after the one it names wrote it.
        row = driver.execute(
            "SELECT j.op FROM operation p JOIN journal j ON j.tbl = 'merged_copy' AND j.key = ?"
            " AND j.action = 'I' JOIN operation o ON o.seq = j.op AND o.root = p.seq + 1"
            " WHERE p.uuid = ? ORDER BY j.op DESC LIMIT 1",
            (key, bytes.fromhex(told["after"])),
        ).fetchone()
        if row is not None and (best is None or row[0] > best[0]):
            best = row[0], told.get("open", {})
    return best


def touched_since(driver: sqlite3.Connection, op: int, keys: Iterable[Key]) -> set[Key]:
    """Those of the rows that anything but a merge touched after operation ``op``."""
    found: set[Key] = set()
    for some in chunks(keys):
        found |= {
            key
            for (key,) in driver.execute(
                "SELECT DISTINCT j.key FROM journal j JOIN operation o ON o.seq = j.op"
                f" JOIN operation r ON r.seq = o.root WHERE j.key IN ({marks(len(some))})"
                " AND j.op > ? AND r.kind <> ?",
                (*some, op, Op.MERGE_COPY.value),
            )
        }
    return found


def newest_operation(driver: sqlite3.Connection) -> Key:
    """The identity of the newest operation; b"" where there is none."""
    row = driver.execute("SELECT uuid FROM operation ORDER BY seq DESC LIMIT 1").fetchone()
    return b"" if row is None else bytes(row[0])
