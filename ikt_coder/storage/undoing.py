"""What undo and redo take next, and what stands in their way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.model import referred
from ikt_coder.storage.journal import floor
from ikt_coder.storage.standing import Standing
from ikt_coder.storage.triggers import entity_tables

_LARGE = 1000
"""Rows of an act above which looking through what came later is the quicker way."""


@frozen
class Act:
    """An operation as the undo rules see it."""

    seq: int
    kind: Op
    params: dict[str, Any]
    coder: UUID | None
    at: int
    root: int
    direction: int
    rows: int


_ACT = "SELECT seq, kind, params, coder_id, at, root, direction, rows FROM operation o"


def _acts(driver: sqlite3.Connection, sql: str, values: tuple[Any, ...]) -> list[Act]:
    return [
        Act(s, Op(k), json.loads(p), UUID(bytes=c) if c else None, at, root, direction, rows)
        for s, k, p, c, at, root, direction, rows in driver.execute(sql, values)
    ]


def _undoable_kinds() -> str:
    return ", ".join(f"'{op.value}'" for op in Op if op.undoable)


def next_undo(driver: sqlite3.Connection, coder: UUID | None, standing: Standing) -> Act | None:
    """The newest standing act of this coder that can be taken back."""
    standing.read(driver)
    return _next(driver, coder, standing, 1, floor(driver))


def next_redo(driver: sqlite3.Connection, coder: UUID | None, standing: Standing) -> Act | None:
    """The newest undo of this coder that no later new act of theirs has overtaken."""
    standing.read(driver)
    own = f"coder_id IS ? AND root = seq AND kind IN ({_undoable_kinds()})"
    key = coder.bytes if coder else None
    begun = _first(driver, own, standing.begun(), (key,))
    if begun is not None:
        fresh = begun.seq
    else:
        (fresh,) = driver.execute(
            f"SELECT coalesce(max(seq), 0) FROM operation WHERE {own} AND seq <= ?",
            (key, standing.base),
        ).fetchone()
    return _next(driver, coder, standing, -1, max(fresh, floor(driver)))


def _next(
    driver: sqlite3.Connection, coder: UUID | None, standing: Standing, direction: int, after: int
) -> Act | None:
    """The newest operation at which a chain stands, of this coder and later than ``after``."""
    mine = "o.coder_id IS ? AND o.seq > ?"
    if direction > 0:
        mine += f" AND o.kind IN ({_undoable_kinds()})"
    values = (coder.bytes if coder else None, after)
    found = _first(driver, mine, standing.newest(direction), values)
    if found is not None:
        return found
    older = _acts(
        driver,
        f"{_ACT} WHERE {mine} AND o.direction = ? AND o.seq <= ?"
        " AND NOT EXISTS (SELECT 1 FROM operation l"
        " WHERE l.root = o.root AND l.seq > o.seq AND l.seq <= ?)"
        " AND o.root NOT IN (SELECT value FROM json_each(?)) ORDER BY o.seq DESC LIMIT 1",
        (*values, direction, standing.base, standing.base, json.dumps(standing.older())),
    )
    return older[0] if older else None


def _first(
    driver: sqlite3.Connection, condition: str, numbers: Sequence[int], values: tuple[Any, ...]
) -> Act | None:
    """The first of these operations, newest first, that meets a condition."""
    for at in range(0, len(numbers), 500):
        found = _acts(
            driver,
            f"{_ACT} WHERE o.seq IN (SELECT value FROM json_each(?)) AND {condition}"
            " ORDER BY o.seq DESC LIMIT 1",
            (json.dumps(numbers[at : at + 500]), *values),
        )
        if found:
            return found[0]
    return None


def blocker(driver: sqlite3.Connection, act: Act, standing: Standing) -> Act | None:
    """The newest later act that touched the same rows and whose standing has changed since,
    or that made a row which refers to one that playing back would delete.

    An act and its undo after this one cancel out; what counts is whether an act stands now
    and did not then, or stood then and does not now. So do a "go back" and what it took back.
    """
    standing.read(driver)
    later = _acts(
        driver,
        f"{_ACT} WHERE o.seq > ?1 AND o.seq IN (SELECT b.op FROM journal a JOIN journal b"
        " ON b.key = a.key AND b.op > a.op AND b.tbl = a.tbl WHERE a.op = ?1) ORDER BY o.seq DESC",
        (act.seq,),
    )
    if later:
        roots = {one.root for one in later}
        now = standing.standing(driver, roots)
        changed = now ^ standing.standing(driver, roots, act.seq)
        for one in later:
            if one.root in changed and not _only_took_back(one, act):
                return one
    return _referrer(driver, act, standing)


def _only_took_back(one: Act, act: Act) -> bool:
    """Whether ``one`` is a "go back" (or its undo or redo) to ``act`` or later: whether it
    stands is seen from the acts that it took back."""
    return one.kind is Op.GO_BACK and int(one.params["to"]) >= act.seq


def _referrer(driver: sqlite3.Connection, act: Act, standing: Standing) -> Act | None:
    # A row that the act itself made, or made refer to the other, goes back with it; where a
    # later act changed it too, that act touched the same row and was found before.
    inserted = {
        table
        for (table,) in driver.execute(
            "SELECT DISTINCT tbl FROM journal WHERE op = ? AND action = 'I'", (act.seq,)
        )
    }
    # What refers to a row that the act made was made to later, or by the act itself. Where so
    # much was made that looking at all that refers to it takes seconds, tables that nobody
    # touched since are left out.
    since = _touched_since(driver, act) if inserted and act.rows > _LARGE else None
    for child in entity_tables():
        if since is not None and child.name not in since:
            continue
        for key in child.foreign_keys:
            parent = referred(key)
            if parent not in inserted:
                continue
            row = driver.execute(
                f'SELECT c.id FROM "{child.name}" c WHERE c."{key.parent.name}" IN'
                " (SELECT key FROM journal WHERE op = ?1 AND tbl = ?2 AND action = 'I')"
                " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.key = c.id AND j.op = ?1"
                " AND j.tbl = ?3) LIMIT 1",
                (act.seq, parent, child.name),
            ).fetchone()
            if row is not None and (found := _maker(driver, child.name, row[0], standing)):
                return found
    return None


def _touched_since(driver: sqlite3.Connection, act: Act) -> set[str]:
    """The tables in which rows were touched after an act."""
    found = driver.execute("SELECT DISTINCT tbl FROM journal WHERE op > ?", (act.seq,))
    return {table for (table,) in found}


def _maker(driver: sqlite3.Connection, table: str, key: bytes, standing: Standing) -> Act | None:
    """The newest standing act that touched a row."""
    touched = _acts(
        driver,
        f"{_ACT} WHERE o.seq IN (SELECT op FROM journal WHERE key = ? AND tbl = ?)"
        " ORDER BY o.seq DESC",
        (key, table),
    )
    stands = standing.standing(driver, {one.root for one in touched})
    return next((one for one in touched if one.root in stands), next(iter(touched), None))
