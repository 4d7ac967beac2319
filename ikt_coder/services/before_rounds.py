"""What people wrote from passages as it stood before a blind round, for all but who changed it.

Memos, summaries, ratings, belief statements and recommendations are there before a round and can
be changed in it. To hide such a row would tell that it was changed, and to show it would tell
how; so the others go on seeing it as it was, until the round is unsealed. That is rebuilt from the
journal: what coders of the round did with a row since the round began is taken back, and what
everybody else did with it stays. What the journal no longer holds (an erasing, a compacting)
cannot be rebuilt: then ``sealing`` hides what is of coders of the round, changed or not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.model import referred, table_named
from ikt_coder.storage.journal import play_batch
from ikt_coder.storage.standing import Standing
from ikt_coder.storage.triggers import columns_of

SUMMED_UP = (
    *("memo", "memo_link", "matrix_cell", "cell_coding", "belief", "belief_coding"),
    *("case_rating", "recommendation", "recommendation_rating"),
)
"""The tables whose rows are shown as they were."""

# Whose a row is that names nobody: that of what it hangs on.
_PARENTS = {
    "memo_link": ("memo_id", "memo"),
    "cell_coding": ("cell_id", "matrix_cell"),
    "belief_coding": ("belief_id", "belief"),
}
# Acts on these tables. What deletes a code, a theme or a person is for all, and takes the rows
# that hang on it along for all; a row that is rebuilt goes where what it refers to is gone.
_ACTS = (
    *(Op.ADD_MEMO, Op.CHANGE_MEMO, Op.DELETE_MEMO, Op.LINK_MEMO, Op.RATE_CASES, Op.WRITE_CELL),
    *(Op.ADD_BELIEF, Op.CHANGE_BELIEF, Op.DELETE_BELIEF, Op.GATHER_BELIEF),
    *(Op.ADD_RECOMMENDATION, Op.CHANGE_RECOMMENDATION, Op.DELETE_RECOMMENDATION),
    *(Op.RATE_RECOMMENDATION, Op.MERGE_COPY, Op.GO_BACK),
)


@frozen
class Since:
    """A round that is sealed: since when, in microseconds since 1970 UTC, and who codes in it."""

    round: UUID
    at: int
    coders: frozenset[UUID]


@frozen
class _Act:
    seq: int
    kind: str
    coder: UUID | None
    at: int
    stands: bool


class _Step(NamedTuple):
    """What an act did with a row, as the journal keeps it."""

    act: _Act
    action: str
    image: str | None
    columns: str | None  # of the image of a deleted row


class _Written(NamedTuple):
    """A row of the journal, and the columns of the images of deleted rows."""

    id: int
    table: str
    key: bytes
    op: int
    action: str
    image: str | None
    columns: str | None


class _Rebuilt(NamedTuple):
    """A row as somebody sees it, in SQL, empty where they do not. ``hidden``: something that
    was done with it is not seen. ``mark`` is what that follows from."""

    mark: tuple[Any, ...]
    hidden: bool
    seen: str


class BeforeRounds:
    """Reads from the journal what the rows were that coders of sealed rounds have changed."""

    def __init__(self) -> None:
        self._chains = Standing()
        self._rounds: tuple[Since, ...] = ()
        self._rebuilt: dict[UUID | None, dict[tuple[str, bytes], _Rebuilt]] = {}
        self._journal: dict[int, list[_Written]] = {}

    def sources(
        self, driver: sqlite3.Connection, coder: UUID | None, rounds: Sequence[Since]
    ) -> dict[str, str]:
        """For each table that others of the rounds have changed, what ``coder`` reads in its
        stead, as a sub-query in SQL."""
        acts = self._acts(driver, coder, rounds)
        if not acts:
            return {}
        if self._rounds != (asked := tuple(rounds)):
            self._rounds, self._rebuilt = asked, {}
        known = self._rebuilt.get(coder, {})
        rebuilt: dict[tuple[str, bytes], _Rebuilt] = {}
        for table, written in groupby(self._written(driver, acts), key=lambda one: one.table):
            steps: dict[bytes, list[_Step]] = {}
            for one in written:
                step = _Step(acts[one.op], one.action, one.image, one.columns)
                steps.setdefault(one.key, []).append(step)
            live = _live(driver, table, steps)
            with _Past(driver, table, coder, rounds) as past:
                for key, done in steps.items():
                    # Every act on these tables asks anew, and few rows have changed since.
                    mark = (live.get(key), tuple((one.act.seq, one.act.stands) for one in done))
                    row = known.get((table, key))
                    if row is None or row.mark != mark:
                        row = _Rebuilt(mark, past.play(key, live.get(key), done), past.seen(key))
                    rebuilt[table, key] = row
        self._rebuilt[coder] = rebuilt
        changed: dict[str, dict[bytes, str]] = {}
        for (table, key), row in rebuilt.items():
            if row.hidden:
                changed.setdefault(table, {})[key] = row.seen
        return {table: _source(table, rows) for table, rows in changed.items()}

    def _written(self, driver: sqlite3.Connection, acts: Iterable[int]) -> list[_Written]:
        """What the acts did with these tables, by table, newest first. A merge may have written
        a hundred thousand rows of others: no act is read twice, but for the newest, which may
        be under way."""
        asked = [seq for seq in acts if seq not in self._journal]
        found = driver.execute(
            "SELECT j.id, j.tbl, j.key, j.op, j.action, j.image, l.columns FROM journal j"
            " JOIN operation o ON o.seq = j.op"
            " LEFT JOIN journal_layout l ON l.schema_version = o.schema_version AND l.tbl = j.tbl"
            f" WHERE j.op IN ({', '.join(map(str, asked))})"
            f" AND j.tbl IN ({', '.join(map(repr, SUMMED_UP))})"
        ).fetchall()
        read: dict[int, list[_Written]] = {seq: [] for seq in asked}
        for row in found:
            one = _Written(*row)
            read[one.op].append(one)
        (newest,) = driver.execute("SELECT max(seq) FROM operation").fetchone()
        self._journal |= {seq: rows for seq, rows in read.items() if seq < newest}
        entries = [one for seq in acts for one in (read if seq in read else self._journal)[seq]]
        return sorted(entries, key=lambda one: (one.table, -one.id))

    def _acts(
        self, driver: sqlite3.Connection, coder: UUID | None, rounds: Sequence[Since]
    ) -> dict[int, _Act]:
        """The acts on these tables since the first of the rounds began; none where all of them
        may be seen."""
        begun = [begun_by(driver, one.round) for one in rounds]
        found = driver.execute(
            "SELECT seq, kind, coder_id, at, root FROM operation WHERE seq > ? AND at >= ?"
            f" AND kind IN ({', '.join(repr(op.value) for op in _ACTS)})",
            (min(begun), min(one.at for one in rounds)),
        ).fetchall()
        acts = [
            (_Act(seq, kind, UUID(bytes=who) if who else None, at, True), root)
            for seq, kind, who, at, root in found
        ]
        if not any(
            _hides(act, coder, rounds) or act.kind == Op.MERGE_COPY.value for act, _ in acts
        ):
            return {}
        self._chains.read(driver)
        stand = self._chains.standing(driver, {root for _, root in acts})
        return {
            act.seq: _Act(act.seq, act.kind, act.coder, act.at, root in stand) for act, root in acts
        }


def begun_by(driver: sqlite3.Connection, round_: UUID) -> int:
    """The act that set a round up; 0 where the journal does not know it any more, and so
    cannot tell all that was changed since."""
    (seq,) = driver.execute(
        "SELECT min(op) FROM journal WHERE key = ? AND tbl = 'coding_round' AND action = 'I'",
        (round_.bytes,),
    ).fetchone()
    return int(seq or 0)


def _hides(act: _Act, coder: UUID | None, rounds: Iterable[Since]) -> bool:
    """Whether an act is one that ``coder`` may learn nothing of."""
    if act.kind in (Op.MERGE_COPY.value, Op.GO_BACK.value):
        return False
    return _another(act.coder, act.at, coder, rounds)


def _another(who: UUID | None, at: int, coder: UUID | None, rounds: Iterable[Since]) -> bool:
    return who is not None and who != coder and any(who in r.coders and at >= r.at for r in rounds)


class _Past:
    """A scratch copy of single rows of one table, on which their journal is played back."""

    def __init__(
        self,
        driver: sqlite3.Connection,
        table: str,
        coder: UUID | None,
        rounds: Sequence[Since],
    ) -> None:
        self._driver = driver
        self._table = table
        self._coder = coder
        self._rounds = rounds
        self._columns = columns_of(table_named(table))
        self._listed = ", ".join(f'"{name}"' for name in self._columns)
        self._copy = sqlite3.connect(":memory:", isolation_level=None)
        self._kept: dict[str, Any] = {}
        self._there = True

    def __enter__(self) -> _Past:
        self._copy.execute(f'CREATE TABLE "{self._table}"({self._listed}, UNIQUE("id"))')
        return self

    def __exit__(self, *_: object) -> None:
        self._copy.close()

    def play(self, key: bytes, row: tuple[Any, ...] | None, steps: Sequence[_Step]) -> bool:
        """Play what was done with a row back, newest first, from how it stands now. Returns
        whether any of it is hidden; ``seen`` then says how the row is seen."""
        self._restore(row)
        self._kept = {}
        self._there = row is not None
        hidden = False
        for at, (act, action, image, columns) in enumerate(steps):
            before = self._row(key)
            if action == "D" and before is not None:
                break
            batch = [(key, image)]
            if play_batch(self._copy, self._table, action, columns or "", batch) != 1:
                break  # not all that was done is known: it cannot be played back further
            after = self._row(key)
            unseen = self._hides(act) or self._merged(act, before or after)
            hidden = hidden or unseen
            if unseen or not act.stands or act.kind == Op.GO_BACK.value:
                # Taken back; but what others wrote over a row that is new to them, they see.
                if action == "I" and unseen and self._kept:
                    self._restore(before)
                    break
                self._there = after is not None
            elif action == "U":
                for name, now, then in zip(self._columns, before or (), after or (), strict=True):
                    if now != then:
                        self._kept.setdefault(name, now)
            elif action == "D":
                self._there = False
                hidden = hidden or self._unseen_later(steps[at + 1 :])
                break
            else:
                self._restore(before)
                hidden = hidden or self._unseen_later(steps[at + 1 :])
                break
        return hidden

    def _hides(self, act: _Act) -> bool:
        return _hides(act, self._coder, self._rounds)

    def _unseen_later(self, steps: Iterable[_Step]) -> bool:
        """Whether what lies further back was hidden: the row is then seen as it was left."""
        return any(self._hides(one.act) for one in steps)

    def _restore(self, row: tuple[Any, ...] | None) -> None:
        if row is not None:
            marks = ", ".join("?" * len(row))
            self._copy.execute(f'INSERT OR REPLACE INTO "{self._table}" VALUES ({marks})', row)
        self._there = row is not None

    def _row(self, key: bytes) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._copy.execute(
            f'SELECT {self._listed} FROM "{self._table}" WHERE id = ?', (key,)
        ).fetchone()
        return found

    def _merged(self, act: _Act, row: tuple[Any, ...] | None) -> bool:
        """A merge brings the work of whom it is of, whoever merges."""
        if act.kind != Op.MERGE_COPY.value or row is None:
            return False
        values = dict(zip(self._columns, row, strict=True))
        if "coder_id" in values:
            whose = values["coder_id"]
        else:
            column, parent = _PARENTS[self._table]
            found = self._driver.execute(
                f'SELECT coder_id FROM main."{parent}" WHERE id = ?', (values[column],)
            ).fetchone()
            whose = found[0] if found else None
        who = UUID(bytes=whose) if whose else None
        return _another(who, act.at, self._coder, self._rounds)

    def seen(self, key: bytes) -> str:
        """The row as it is seen, as a list of values in SQL; empty where it is not."""
        row = self._row(key) if self._there else None
        if row is None:
            return ""
        values = {**dict(zip(self._columns, row, strict=True)), **self._kept}
        told = self._copy.execute(
            f"SELECT {', '.join('quote(?)' for _ in self._columns)}",
            [values[name] for name in self._columns],
        ).fetchone()
        return f"({', '.join(told)})"


def _live(
    driver: sqlite3.Connection, table: str, keys: Iterable[bytes]
) -> dict[bytes, tuple[Any, ...]]:
    """The rows as they stand, by id."""
    listed = ", ".join(f'"{name}"' for name in columns_of(table_named(table)))
    found = driver.execute(
        f'SELECT id, {listed} FROM main."{table}" WHERE id IN ({_listed(keys)})'
    ).fetchall()
    return {row[0]: tuple(row[1:]) for row in found}


def _listed(keys: Iterable[bytes]) -> str:
    return ", ".join(f"X'{key.hex()}'" for key in keys)


def _source(table: str, rows: Mapping[bytes, str]) -> str:
    """The table without the rows that were changed, and those as they were."""
    names = columns_of(table_named(table))
    listed = ", ".join(f'"{name}"' for name in names)
    live = f'SELECT {listed} FROM main."{table}" WHERE id NOT IN ({_listed(rows)})'
    rebuilt = [seen for seen in rows.values() if seen]
    if not rebuilt:
        return f"({live})"
    values, there = _references(table)
    named = ", ".join(f'column{at} AS "{name}"' for at, name in enumerate(names, 1))
    shown = ", ".join(values.get(name, f'"{name}"') for name in names)
    was = f"SELECT {shown} FROM (SELECT {named} FROM (VALUES {', '.join(rebuilt)})) WHERE {there}"
    return f"({live} UNION ALL {was})"


def _references(table: str) -> tuple[Mapping[str, str], str]:
    """A row that is rebuilt may refer to what was deleted since: it goes with it, or forgets
    it, as the row itself would have. What it hangs on in one of these tables may be rebuilt
    as well; ``sealing`` looks whether it is seen."""
    values: dict[str, str] = {}
    there = ["1"]
    for column in table_named(table).columns:
        for key in column.foreign_keys:
            parent = referred(key)
            if parent in SUMMED_UP:
                continue
            found = f'EXISTS (SELECT 1 FROM main."{parent}" AS p_ WHERE p_.id = "{column.name}")'
            if key.ondelete == "SET NULL":
                values[column.name] = f'CASE WHEN {found} THEN "{column.name}" END'
            else:
                there.append(f'("{column.name}" IS NULL OR {found})')
    return values, " AND ".join(there)
