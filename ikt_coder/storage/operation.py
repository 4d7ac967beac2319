"""The one door for writes."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Delete, Executable, Insert

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ids import new_id
from ikt_coder.core.ops import Op
from ikt_coder.model import TableClass, table_class
from ikt_coder.storage.engine import Connections, raw
from ikt_coder.storage.failures import explained

_log = logging.getLogger(__name__)

# Above this many rows views read anew instead of picking the touched rows.
NAMED_ROWS = 1000

# How many seconds the main thread waits for another thread's act to end.
PATIENCE = 0.05


class Operation:
    """An act under way: what it executes is journaled under its number."""

    def __init__(
        self,
        connection: Connection,
        seq: int,
        kind: Op,
        params: dict[str, Any],
        coder: UUID | None,
        connections: Connections | None = None,
    ) -> None:
        self.connection = connection
        self._connections = connections
        self.seq = seq
        self.kind = kind
        self.params = params
        self.coder = coder
        self.root = seq
        self.direction = 1
        self.shown_kind = kind
        self.changes: Changes | None = None  # after the commit; None where nothing changed

    @property
    def raw(self) -> sqlite3.Connection:
        return raw(self.connection)

    def execute(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None
    ) -> Any:
        """Execute a statement; with ``rows``, once for each (and not at all for none).

        What is read so holds every row, also of work that is sealed for the present coder:
        an act works on all of them. What people are shown is read with ``Service._rows``."""
        if rows is None:
            if self._connections is not None and self._connections.veiled:
                with self._connections.lifted():
                    return self.connection.execute(statement)
            return self.connection.execute(statement)
        if not rows:
            return None  # SQLAlchemy would execute it once, without values
        return self.connection.execute(statement, rows)

    def note(self, **params: Any) -> None:
        """Add to what the history says of this act (ids, names, counts; never interview text)."""
        self.params.update(params)

    def repeat_of(self, root: int, direction: int, kind: Op) -> None:
        """Make this the undo (-1) or the redo (1) of the act ``root``."""
        self.root, self.direction, self.shown_kind = root, direction, kind


class Caching:
    """Writes to tables that can be dropped any time, outside the history."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def execute(self, statement: Insert | Delete) -> None:
        """Raises ValueError for a table of any other class: that needs an operation."""
        name = getattr(statement.table, "name", "")
        if table_class(name) is not TableClass.CACHE:
            raise ValueError(f"{name} is written within an operation only")
        self.connection.execute(statement)


class Door:
    """Begins, commits and takes back operations, one at a time in the whole program."""

    def __init__(self, connections: Connections, schema_version: int, read_only: bool) -> None:
        self._connections = connections
        self._schema_version = schema_version
        self._read_only = read_only
        self._lock = threading.RLock()
        self._current: Operation | None = None
        self._coder: UUID | None = None
        self._closed = False
        self.listeners: list[Callable[[Changes], None]] = []

    @property
    def coder(self) -> UUID | None:
        """The present coder: acts that begin now are theirs."""
        return self._coder

    @coder.setter
    def coder(self, coder: UUID | None) -> None:
        self._coder = coder
        # The first coder may be made within an act; then that act is theirs already.
        if self.writing_here and self._current is not None and self._current.coder is None:
            self._current.coder = coder

    @contextmanager
    def operation(self, kind: Op, **params: Any) -> Iterator[Operation]:
        """One act: everything executed within is committed together or not at all.

        Within another operation of the same thread it joins that one; where it fails, what
        it wrote itself is taken back even if the act around it goes on. An act that changed
        no row leaves no trace. After the commit the listeners are told, in the order of the
        commits; one that fails is logged, and the act stays done.
        Raises UserError where the project cannot be written; nothing is kept then.
        """
        if self._read_only:
            raise NotAllowed(
                "The project is open for reading only. Nothing was changed.",
                "Save a copy to work in, or close the other window and open it again.",
            )
        with self._held():
            if self._current is not None:
                with self._joined(self._current):
                    yield self._current
                return
            connection = self._connections.current()
            coder = self._coder
            try:
                operation = self._current = self._begin(connection, kind, params)
                yield operation
                operation.changes = self._commit(operation)
            except BaseException as error:
                self._roll_back(connection)
                self._coder = coder
                known = explained(error)
                if known is None:
                    raise
                raise known from error
            finally:
                self._current = None
            if operation.changes is not None:
                self.tell(operation.changes)

    @contextmanager
    def _joined(self, operation: Operation) -> Iterator[None]:
        """An act within an act, which leaves nothing of itself where it fails."""
        driver = operation.raw
        driver.execute("SAVEPOINT joined")
        try:
            yield
        except BaseException:
            # A full disk may already have rolled the whole transaction back.
            if driver.in_transaction:
                driver.execute("ROLLBACK TO joined")
                driver.execute("RELEASE joined")
            raise
        driver.execute("RELEASE joined")

    def tell(self, changes: Changes) -> None:
        """Tell the listeners; one that fails is logged, and the rest are told."""
        for listener in tuple(self.listeners):
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - the act is done; the other listeners must hear of it
                _log.exception("a listener failed after act %d", changes.op)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The writing lock. The main thread never waits long for it: while a long act is
        written elsewhere, a further act is refused."""
        here = threading.current_thread() is threading.main_thread()
        if not self._lock.acquire(timeout=PATIENCE if here else -1):
            raise NotAllowed(
                "A long act is still being written. Nothing was changed.",
                "Try again when it has ended, or cancel it.",
            )
        try:
            if self._closed:
                raise NotAllowed("The project was closed. Nothing was changed.", "Open it again.")
            yield
        finally:
            self._lock.release()

    def _begin(self, connection: Connection, kind: Op, params: dict[str, Any]) -> Operation:
        driver = raw(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        (last,) = driver.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()
        driver.execute("INSERT INTO door(op) VALUES (?)", (last + 1,))
        return Operation(connection, last + 1, kind, params, self.coder, self._connections)

    def _commit(self, operation: Operation) -> Changes | None:
        driver = operation.raw
        touched = driver.execute(
            "SELECT tbl, count(*) FROM journal WHERE op = ? GROUP BY tbl", (operation.seq,)
        ).fetchall()
        rows = sum(count for _, count in touched)
        if rows == 0 and not operation.kind.recording:
            self._roll_back(operation.connection)
            return None
        driver.execute(
            "INSERT INTO operation(seq, uuid, kind, params, coder_id, at, schema_version, root,"
            " direction, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                operation.seq,
                new_id().bytes,
                operation.kind.value,
                _written(operation.params),
                operation.coder.bytes if operation.coder else None,
                int(datetime.now(UTC).timestamp() * 1_000_000),
                self._schema_version,
                operation.root,
                operation.direction,
                rows,
            ),
        )
        named: dict[str, frozenset[UUID]] | None = None
        records = operation.shown_kind.records
        # An act that shows rows which it did not touch cannot name them.
        shows = any(table_class(table) is TableClass.ENTITY for table in records)
        if rows <= NAMED_ROWS and not shows:
            keys: dict[str, set[UUID]] = {}
            for table, key in driver.execute(
                "SELECT DISTINCT tbl, key FROM journal WHERE op = ?", (operation.seq,)
            ):
                keys.setdefault(table, set()).add(UUID(bytes=key))
            named = {table: frozenset(ids) for table, ids in keys.items()}
        driver.execute("DELETE FROM door")
        driver.execute("COMMIT")
        again = operation.root != operation.seq
        return Changes(
            op=operation.seq,
            kind=operation.shown_kind.value,
            tables=frozenset(table for table, _ in touched) | records,
            rows=named,
            undone=again and operation.direction < 0,
            redone=again and operation.direction > 0,
        )

    def _roll_back(self, connection: Connection) -> None:
        driver = raw(connection)
        # A full disk or an I/O error may already have rolled the transaction back.
        if driver.in_transaction:
            driver.execute("ROLLBACK")

    @property
    def open(self) -> bool:
        """Whether an operation is under way (a failing check where a view finds one)."""
        return self._current is not None

    @property
    def kind(self) -> Op | None:
        """The kind of the act under way, if there is one."""
        current = self._current
        return None if current is None else current.kind

    @property
    def writing_here(self) -> bool:
        """Whether this thread is within an operation, so that what it reads may yet be
        taken back."""
        if self._current is None or not self._lock.acquire(blocking=False):
            return False
        try:
            return self._current is not None
        finally:
            self._lock.release()

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """The writing lock without an operation, for backups, erasing and compacting.

        Raises NotAllowed within an operation, and as ``operation`` does.
        """
        with self._held():
            if self._current is not None:
                raise NotAllowed("This cannot be done within another act. Nothing was changed.")
            yield self._connections.current()

    @contextmanager
    def caching(self) -> Iterator[Caching | None]:
        """Write tables of the class ``cache``: committed together, with no act in the history
        and no listener told. None where the project is open for reading only; nothing can be
        kept then. Within an operation of this thread it is part of that one.

        Raises UserError as ``operation`` does; nothing is kept then.
        """
        if self._read_only:
            yield None
            return
        with self._held():
            connection = self._connections.current()
            if self._current is not None:
                yield Caching(connection)
                return
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield Caching(connection)
                raw(connection).execute("COMMIT")
            except BaseException as error:
                self._roll_back(connection)
                known = explained(error)
                if known is None:
                    raise
                raise known from error

    def close(self) -> None:
        """Let no further act begin, after the one under way on another thread has ended.

        Raises NotAllowed within an operation of this thread.
        """
        with self._lock:
            if self._current is not None:
                raise NotAllowed("The project cannot be closed within an act.")
            self._closed = True


def _written(params: Mapping[str, Any]) -> str:
    """Parameters as the history keeps them; half a sign (a lone surrogate) cannot be kept."""
    text = json.dumps(params, default=_plain, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"not for the history: {type(value).__name__}")
