"""Rows of a project file as they were before some of its operations, from its journal.

Rows are dicts by column with SQLite's own values: ids as bytes, moments as microseconds.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from ikt_coder.core.ops import Op
from ikt_coder.model import is_table, table_named
from ikt_coder.storage.journal import play_batch
from ikt_coder.storage.triggers import columns_of

Row: TypeAlias = dict[str, Any]
Key: TypeAlias = bytes

_AT_ONCE = 500


def chunks(keys: Iterable[Any], size: int = _AT_ONCE) -> Iterator[list[Any]]:
    """A database takes a limited number of values in one statement."""
    listed = list(keys)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def marks(count: int) -> str:
    return ", ".join("?" * count)


def rows_of(
    driver: sqlite3.Connection,
    table: str,
    keys: Iterable[Key] | None = None,
    column: str = "id",
) -> dict[Key, Row]:
    """The present rows of a table by id: all, or those whose ``column`` is one of ``keys``."""
    names = columns_of(table_named(table))
    listed = ", ".join(f'"{name}"' for name in names)
    statement = f'SELECT {listed} FROM "{table}"'
    at = names.index("id")
    if keys is None:
        found = driver.execute(statement).fetchall()
    else:
        found = []
        for some in chunks(keys):
            found += driver.execute(
                f'{statement} WHERE "{column}" IN ({marks(len(some))})', some
            ).fetchall()
    return {row[at]: dict(zip(names, row, strict=True)) for row in found}


@dataclass(slots=True)  # thousands are made; freezing each would take a third of the time
class RowChange:
    """A row that operations touched: as it was before them (None: it was not there) and as it
    is now (None: it is gone). ``dropped``: a person deleted it on purpose, and nobody took
    that back; ``last`` is then what it was before."""

    before: Row | None
    now: Row | None
    dropped: bool = False
    last: Row | None = None


@dataclass(slots=True)
class _Image:
    op: int
    action: str
    columns: str
    image: str | None


_JOURNAL = (
    "SELECT j.tbl, j.key, j.op, j.action, coalesce(l.columns, ''), j.image FROM journal j"
    " JOIN operation o ON o.seq = j.op LEFT JOIN journal_layout l"
    " ON l.schema_version = o.schema_version AND l.tbl = j.tbl"
)


def changed_since(driver: sqlite3.Connection, seq: int) -> dict[str, dict[Key, RowChange]]:
    """Every row touched after operation ``seq``, by table and id."""
    images: dict[str, dict[Key, list[_Image]]] = defaultdict(lambda: defaultdict(list))
    for table, key, *image in driver.execute(f"{_JOURNAL} WHERE j.op > ? ORDER BY j.id", (seq,)):
        images[table][key].append(_Image(*image))
    purposes = _Purposes(driver)
    return {
        table: _changes(driver, table, touched, purposes)
        for table, touched in images.items()
        if is_table(table)
    }


def _changes(
    driver: sqlite3.Connection,
    table: str,
    touched: dict[Key, list[_Image]],
    purposes: _Purposes,
) -> dict[Key, RowChange]:
    now = rows_of(driver, table, touched)
    old = {key: images for key, images in touched.items() if images[0].action != "I"}
    before = _played_back(table, {key: now.get(key) for key in old}, old)
    found = {}
    for key, images in touched.items():
        row = now.get(key)
        if row is None and images[-1].action == "D" and purposes.meant(images[-1].op):
            last = _played_back(table, {key: None}, {key: images[-1:]}).get(key)
            found[key] = RowChange(before.get(key), None, True, last)
        else:
            found[key] = RowChange(before.get(key), row)
    return found


def rows_at(
    driver: sqlite3.Connection, table: str, seq: int, keys: Iterable[Key]
) -> dict[Key, Row]:
    """The rows with these ids as they stood after operation ``seq``; those that were not there
    are left out."""
    wanted = list(keys)
    now = rows_of(driver, table, wanted)
    images: dict[Key, list[_Image]] = defaultdict(list)
    for some in chunks(wanted):
        for _, key, *image in driver.execute(
            f"{_JOURNAL} WHERE j.key IN ({marks(len(some))}) AND j.tbl = ? AND j.op > ?"
            " ORDER BY j.id",
            (*some, table, seq),
        ):
            images[key].append(_Image(*image))
    played = _played_back(table, {key: now.get(key) for key in images}, images)
    still = {key: row for key, row in now.items() if key not in images}
    return still | played


def earlier_values(
    driver: sqlite3.Connection, table: str, key: Key, column: str, floor: int = 0
) -> set[Any]:
    """Every value a column of a row had before its present one."""
    now: Row | None = rows_of(driver, table, [key]).get(key)
    images = [
        _Image(*image)
        for _, _, *image in driver.execute(
            f"{_JOURNAL} WHERE j.key = ? AND j.tbl = ? AND j.op > ? ORDER BY j.id",
            (key, table, floor),
        )
    ]
    found = set()
    for image in reversed(images):
        now = _played_back(table, {key: now}, {key: [image]}).get(key)
        if now is not None:
            found.add(now[column])
    return found


def versions(driver: sqlite3.Connection, table: str, keys: Iterable[Key]) -> dict[Key, list[Row]]:
    """What each of the rows was before its present values, oldest first; rows that were never
    changed since they were made are left out."""
    images: dict[Key, list[_Image]] = defaultdict(list)
    for some in chunks(keys):
        for _, key, *image in driver.execute(
            f"{_JOURNAL} WHERE j.key IN ({marks(len(some))}) AND j.tbl = ? ORDER BY j.id",
            (*some, table),
        ):
            images[key].append(_Image(*image))
    found: dict[Key, list[Row]] = {}
    for key, row in rows_of(driver, table, images).items():
        earlier: list[Row] = []
        for image in reversed(images[key]):
            if image.action != "U":
                break  # before that it was not there
            row = _played_back(table, {key: row}, {key: [image]})[key]
            earlier.append(row)
        if earlier:
            found[key] = earlier[::-1]
    return found


def dropped(driver: sqlite3.Connection, table: str, keys: Iterable[Key]) -> dict[Key, Row]:
    """Those of the rows that a person deleted on purpose, as they were before."""
    purposes = _Purposes(driver)
    last: dict[Key, _Image] = {}
    for some in chunks(keys):
        for _, key, *image in driver.execute(
            f"{_JOURNAL} WHERE j.key IN ({marks(len(some))}) AND j.tbl = ? ORDER BY j.id",
            (*some, table),
        ):
            last[key] = _Image(*image)
    gone = {
        key: [image]
        for key, image in last.items()
        if image.action == "D" and purposes.meant(image.op)
    }
    return _played_back(table, dict.fromkeys(gone), gone)


def fallen(
    driver: sqlite3.Connection, table: str, parent: Key, columns: Iterable[str], floor: int | None
) -> dict[Key, Row]:
    """Rows that refer to ``parent`` and were deleted after operation ``floor`` together with one
    of those they refer to in ``columns``, as they were before."""
    if floor is None:
        return {}
    found: dict[Key, list[_Image]] = {}
    for _, key, *image in driver.execute(
        f"{_JOURNAL} WHERE j.tbl = ? AND j.action = 'D' AND j.op > ? AND instr(j.image, ?) > 0"
        " ORDER BY j.id",
        (table, floor, parent.hex().upper()),
    ):
        found[key] = [_Image(*image)]
    rows = _played_back(table, dict.fromkeys(found), found)
    fell = {}
    for key, row in rows.items():
        others = [row[name] for name in columns if row[name] is not None]
        with_it = driver.execute(
            "SELECT 1 FROM journal WHERE op = ? AND action = 'D'"
            f" AND key IN ({marks(len(others))})",
            (found[key][0].op, *others),
        ).fetchone()
        if with_it is not None:
            fell[key] = row
    return fell


def ever_there(driver: sqlite3.Connection, table: str, keys: Iterable[Key]) -> set[Key]:
    """Those of the rows that the journal knows."""
    found: set[Key] = set()
    for some in chunks(keys):
        found |= {
            key
            for (key,) in driver.execute(
                f"SELECT DISTINCT key FROM journal WHERE key IN ({marks(len(some))}) AND tbl = ?",
                (*some, table),
            )
        }
    return found


class _Purposes:
    """Whether what an operation deleted was meant to be deleted: taking back that a row was
    made, and going back, are not."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self._known: dict[int, bool] = {}

    def meant(self, seq: int) -> bool:
        known = self._known.get(seq)
        if known is None:
            row = self._driver.execute(
                "SELECT r.kind, o.direction FROM operation o JOIN operation r ON r.seq = o.root"
                " WHERE o.seq = ?",
                (seq,),
            ).fetchone()
            known = row is None or (row[1] > 0 and row[0] != Op.GO_BACK.value)
            self._known[seq] = known
        return known


def _played_back(
    table: str, now: dict[Key, Row | None], images: dict[Key, list[_Image]]
) -> dict[Key, Row]:
    """Rows with their images played back, in a table in memory."""
    if not images:
        return {}
    names = columns_of(table_named(table))
    listed = ", ".join(f'"{name}"' for name in names)
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        copy.execute(f'CREATE TABLE "{table}"({listed}, UNIQUE("id"))')
        copy.execute("BEGIN")
        copy.executemany(
            f'INSERT INTO "{table}"({listed}) VALUES ({marks(len(names))})',
            [[row[name] for name in names] for row in now.values() if row is not None],
        )
        # Each row's images in their own order, newest first; rows do not depend on each other.
        rounds = max(len(each) for each in images.values())
        for step in range(rounds):
            some = [(each[-1 - step], key) for key, each in images.items() if len(each) > step]
            some.sort(key=lambda pair: (pair[0].action, pair[0].columns))
            for (action, columns), group in groupby(
                some, key=lambda pair: (pair[0].action, pair[0].columns)
            ):
                for batch in chunks(((key, image.image) for image, key in group), 250):
                    play_batch(copy, table, action, columns, batch)
        found = copy.execute(f'SELECT {listed} FROM "{table}"').fetchall()
    finally:
        copy.close()
    at = names.index("id")
    return {row[at]: dict(zip(names, row, strict=True)) for row in found}


def operations(driver: sqlite3.Connection) -> list[tuple[int, Key]]:
    """Number and identity of every operation, in order."""
    return driver.execute("SELECT seq, uuid FROM operation ORDER BY seq").fetchall()


def columns(table: str) -> Sequence[str]:
    return columns_of(table_named(table))
