"""The same coding made twice: the smaller id survives and takes over what the other carried.

It does not matter in which order copies are brought in: memos are united as sets of paragraphs,
marks stay set, directions add up.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ikt_coder.core.words import Flag, Valence
from ikt_coder.services.merging.past_rows import Key, Row, chunks, marks, rows_of
from ikt_coder.services.merging.table_rules import derived
from ikt_coder.services.merging.writing import update

_EQUAL = ("document_id", "start", "end", "code_id", "coder_id", "layer")
# Rows that pair a coding with something else; their id is derived from both.
_PAIRED = ("coding_level", "theme_coding", "belief_coding", "cell_coding", "revisited", "memo_link")
_TAKEN = ("memo", "valence", "strength", "behaviour_id", "basis", "review", "mapping_choice")


def unite_doubles(driver: sqlite3.Connection, documents: Iterable[Key]) -> set[Key]:
    """Make equal codings of these documents one; returns those that took others up."""
    listed = ", ".join(_EQUAL)
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for some in chunks(documents):
        doubled = driver.execute(
            f"SELECT c.id FROM coding c JOIN (SELECT {listed} FROM coding WHERE document_id IN"
            f" ({marks(len(some))}) GROUP BY {listed} HAVING count(*) > 1) d ON "
            + " AND ".join(f"c.{name} IS d.{name}" for name in _EQUAL),
            some,
        ).fetchall()
        for row in rows_of(driver, "coding", [key for (key,) in doubled]).values():
            groups[tuple(row[name] for name in _EQUAL)].append(row)
    goes: dict[Key, Key] = {}
    changed: list[list[Any]] = []
    names = (*_TAKEN, *(flag.value for flag in Flag))
    for rows in groups.values():
        rows.sort(key=lambda row: row["id"])
        first = rows[0]
        values = _united(rows)
        if any(values[name] != first[name] for name in names):
            changed.append([*(values[name] for name in names), first["id"]])
        goes.update({row["id"]: first["id"] for row in rows[1:]})
    if not goes:
        return set()
    update(driver, "coding", names, changed)
    _follow(driver, goes)
    for some in chunks(goes):
        driver.execute(f"DELETE FROM coding WHERE id IN ({marks(len(some))})", some)
    return set(goes.values())


def _united(rows: list[Row]) -> Row:
    values: Row = {"memo": united_memos(row["memo"] for row in rows)}
    valences = {row["valence"] for row in rows} - {None}
    if len(valences) > 1:
        valences -= {Valence.NEUTRAL.value}
    values["valence"] = (
        valences.pop() if len(valences) == 1 else Valence.MIXED.value if valences else None
    )
    for name in ("strength", "basis", "review", "mapping_choice"):
        given = [row[name] for row in rows if row[name] not in (None, "")]
        values[name] = max(given) if given else rows[0][name]
    behaviours = [row["behaviour_id"] for row in rows if row["behaviour_id"] is not None]
    values["behaviour_id"] = min(behaviours) if behaviours else None
    for flag in Flag:
        values[flag.value] = max(row[flag.value] for row in rows)
    return values


def united_memos(memos: Iterable[str]) -> str:
    """Every paragraph that one of the memos has, once. A memo that says all the others say
    stays as it is."""
    given = sorted({memo for memo in memos if memo}, reverse=True)
    paragraphs = [set(memo.split("\n\n")) for memo in given]
    everything = set().union(*paragraphs)
    for memo, said in zip(given, paragraphs, strict=True):
        if said == everything:
            return memo
    return "\n\n".join(sorted(everything))


def _follow(driver: sqlite3.Connection, goes: dict[Key, Key]) -> None:
    """Levels, places in themes, under belief statements and in cells, quotes and memos of
    codings that go."""
    for table in _PAIRED:
        fresh: dict[Key, Row] = {}
        for row in rows_of(driver, table, goes, "coding_id").values():
            row = {**row, "coding_id": goes[row["coding_id"]]}
            key = derived(table, row)
            fresh.setdefault(key, {**row, "id": key})
        there = set(rows_of(driver, table, fresh))
        new = [row for key, row in fresh.items() if key not in there]
        if new:
            names = list(new[0])
            driver.executemany(
                f'INSERT INTO "{table}"({", ".join(names)}) VALUES ({marks(len(names))})',
                [[row[name] for name in names] for row in new],
            )
    for table in ("quote", "memo"):
        rows = rows_of(driver, table, goes, "coding_id").values()
        update(driver, table, ("coding_id",), [[goes[r["coding_id"]], r["id"]] for r in rows])
