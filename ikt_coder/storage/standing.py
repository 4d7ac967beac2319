"""Which acts stand: done, or done again, and not taken back.

An act and what was done with it since make a chain: the act, its undo, its redo, … Without a
"go back" the newest of a chain tells whether its act stands, and the database finds it alone.
A "go back" sets every chain to where it was at an earlier time, and taking the "go back" back
sets them forth again, whatever else was done between. So from the first act that somebody ever
went back to, what each operation changed in the chains is kept, as the journal keeps what it
changed in the rows, and is turned round where the operation is.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from ikt_coder.core.ops import Op

_ALL = sys.maxsize

_Change = tuple[int, int | None, int | None]
"""A chain, and the operation that it stood at before and after another one. None: as it was
at the base, where chains begun later were not there."""


class _Step(NamedTuple):
    """One operation: its way, 1 (done) or -1 (undone), and what it changed, its own chain last."""

    direction: int
    changed: tuple[_Change, ...]


class Standing:
    """The chains of acts, read from the history and kept up with it as it grows.

    May be asked from any thread, each with the connection it reads with.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = 0
        self._base = _ALL
        self._steps: dict[int, _Step] = {}
        self._at: dict[int, int] = {}

    @property
    def base(self) -> int:
        """Up to this operation the newest of a chain counts; later ones are followed here."""
        return self._base

    def read(self, driver: sqlite3.Connection) -> None:
        """Take in what was done since the last look."""
        with self._lock:
            (newest,) = driver.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()
            if newest == self._looked:
                return
            goals = self._goals(driver, newest)
            base = min([self._base, *goals.values()])
            anew = base < self._base
            after = base if anew else max(base, next(reversed(self._steps), 0))
            # All of it is fetched before anything changes here: a reading may fail.
            rows = []
            if base != _ALL:
                rows = driver.execute(
                    "SELECT seq, root, direction FROM operation WHERE seq > ? AND seq <= ?"
                    " ORDER BY seq",
                    (after, newest),
                ).fetchall()
            if anew:
                self._base, self._steps, self._at = base, {}, {}
            for seq, root, direction in rows:
                self._take(seq, root, direction, goals.get(seq))
            self._looked = newest

    def _goals(self, driver: sqlite3.Connection, newest: int) -> dict[int, int]:
        """The new "go back"s, each with the operation it went back to."""
        sql = (
            "SELECT seq, params FROM operation WHERE seq > ? AND seq <= ? AND kind = ?"
            " AND root = seq"
        )
        rows = driver.execute(sql, (self._looked, newest, Op.GO_BACK.value)).fetchall()
        # All of them where one went further back than any before: all is followed anew then.
        if rows and self._looked and min(int(json.loads(p)["to"]) for _, p in rows) < self._base:
            rows = driver.execute(sql, (0, newest, Op.GO_BACK.value)).fetchall()
        return {seq: int(json.loads(params)["to"]) for seq, params in rows}

    def _take(self, seq: int, root: int, direction: int, goal: int | None) -> None:
        at = self._at
        changed: list[_Change] = []
        if goal is not None:
            was = self._earlier(goal)
            for chain in at.keys() | was.keys():
                if at.get(chain) != was.get(chain):
                    changed.append((chain, at.get(chain), was.get(chain)))
        elif root != seq and (turned := self._steps.get(at.get(root, 0))):
            for chain, before, _ in turned.changed[:-1]:
                if at.get(chain) != before:
                    changed.append((chain, at.get(chain), before))
        changed.append((root, at.get(root), seq))
        self._steps[seq] = _Step(direction, tuple(changed))
        _turn(at, ((chain, after) for chain, _, after in changed))

    def _earlier(self, upto: int) -> dict[int, int]:
        """Where each chain stood after operation ``upto``, not before the base."""
        at = dict(self._at)
        for seq in reversed(self._steps):
            if seq <= upto:
                break
            _turn(at, ((chain, before) for chain, before, _ in self._steps[seq].changed))
        return at

    def directions(
        self, driver: sqlite3.Connection, roots: Collection[int], upto: int | None = None
    ) -> dict[int, int]:
        """For each chain whether its act stands (1) or was taken back (-1), now or after
        operation ``upto``; those that are not there are left out."""
        end = _ALL if upto is None else upto
        with self._lock:
            base = self._base
            if end < base:
                found: dict[int, int] = {}
            else:
                at = self._at if upto is None else self._earlier(upto)
                found = {root: self._steps[at[root]].direction for root in roots if root in at}
        others = (root for root in roots if root not in found and root <= base)
        found.update(_newest(driver, others, min(end, base)))
        return found

    def standing(
        self, driver: sqlite3.Connection, roots: Collection[int], upto: int | None = None
    ) -> set[int]:
        """Those of the chains whose acts stand."""
        found = self.directions(driver, roots, upto)
        return {root for root, direction in found.items() if direction == 1}

    def newest(self, direction: int) -> list[int]:
        """The operations after the base at which a chain stands, done or undone as
        ``direction`` says, newest first."""
        with self._lock:
            stand = sorted(self._at.values(), reverse=True)
            return [seq for seq in stand if self._steps[seq].direction == direction]

    def begun(self) -> list[int]:
        """The chains that began after the base and are there, newest first."""
        with self._lock:
            return sorted((root for root in self._at if root > self._base), reverse=True)

    def older(self) -> list[int]:
        """The chains that began before the base and stand at an operation after it."""
        with self._lock:
            return [root for root in self._at if root <= self._base]

    def moved(self, since: int) -> set[int]:
        """The chains that operations after ``since`` set to elsewhere, as far as they are
        followed here."""
        with self._lock:
            return {
                chain
                for seq, step in self._steps.items()
                if seq > since
                for chain, _, _ in step.changed
            }


def _turn(at: dict[int, int], to: Iterable[tuple[int, int | None]]) -> None:
    for chain, seq in to:
        if seq is None:
            at.pop(chain, None)
        else:
            at[chain] = seq


def _newest(
    driver: sqlite3.Connection, roots: Iterable[int], upto: int
) -> Iterator[tuple[int, int]]:
    """Each chain with the way of its newest operation up to ``upto``."""
    asked = iter(sorted(roots))
    # A database takes a limited number of values in one statement.
    while some := list(islice(asked, 500)):
        yield from driver.execute(
            "SELECT root, direction FROM operation WHERE seq <= ?"
            f" AND root IN ({', '.join('?' * len(some))}) ORDER BY seq",
            (upto, *some),
        )
