"""Connections: one for each thread, all with the same safe settings."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import sqlalchemy.dialects.sqlite  # noqa: F401 - or the first project would wait for it
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ikt_coder.core.errors import NotAllowed
from ikt_coder.storage.failures import explained
from ikt_coder.storage.veil import Veil

# "IKTC" in the file's header tells a project from other programs' databases.
APPLICATION_ID = 0x494B5443

# trusted_schema=OFF keeps functions in a foreign file's schema from running; synchronous=FULL
# with the rollback journal survives power loss, and the project stays one file.
_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 5000",
)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A raw connection with the project's settings, in autocommit mode.

    Raises sqlite3.Error where the file cannot be opened.
    """
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        # As bytes: a name need not be text everywhere.
        f"file:{quote(os.fsencode(path))}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        if not read_only:
            connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


# Kilobytes of pages that the main thread's connection keeps, and those of workers.
_MAIN_CACHE = 65536
_WORKER_CACHE = 8192


class Connections:
    """Hands each thread its own connection and closes them all at the end."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._read_only = read_only
        self._engine: Engine = create_engine(
            "sqlite://",
            creator=lambda: connect(path, read_only=read_only),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            query_cache_size=1200,
        )
        # By the thread's number and not in a threading.local: to Python each task on one of
        # Qt's threads is a new thread, and each would get a connection of its own.
        self._of_thread: dict[int, Connection] = {}
        self._handed_on: Connection | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._veil: Callable[[], Veil | None] | None = None
        self._watched = False
        self._lifted: dict[int, int] = {}  # how often, by the thread's number

    def draw(self, veil: Callable[[], Veil | None] | None) -> None:
        """Let every query see only what the veil of that moment leaves to be seen, or with
        None all rows. Before the first veil nothing stands between a query and the file."""
        with self._lock:
            self._veil = veil
            if veil is not None and not self._watched:
                # For good: taking it away could meet another thread's query.
                event.listen(self._engine, "before_cursor_execute", self._veiled, retval=True)
                self._watched = True

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Let this thread's queries read every row, for what an act must work on."""
        if self._veil is None:
            yield
            return
        thread = threading.get_ident()
        self._lifted[thread] = self._lifted.get(thread, 0) + 1
        try:
            yield
        finally:
            self._lifted[thread] -= 1

    def _veiled(
        self,
        _connection: Connection,
        _cursor: Any,
        statement: str,
        parameters: Any,
        _context: Any,
        _many: bool,
    ) -> tuple[str, Any]:
        drawn = self._veil
        if drawn is None or self._lifted.get(threading.get_ident()):
            return statement, parameters
        veil = drawn()
        return (statement if veil is None else veil.over(statement)), parameters

    @property
    def veiled(self) -> bool:
        return self._veil is not None

    def current(self) -> Connection:
        """This thread's connection. Transactions are begun and ended in SQL (operation.py).

        Raises NotAllowed after the project was closed, ProjectFileError where the file is
        gone.
        """
        connection = self._of_thread.get(threading.get_ident())
        if connection is None:
            with self._lock:
                if self._closed:
                    raise NotAllowed("The project was closed.", "Open it again.")
                self._close_orphans()
                main = threading.current_thread() is threading.main_thread()
                connection, self._handed_on = self._handed_on, None
                if connection is None:
                    try:
                        connection = self._engine.connect()
                    except DBAPIError as error:
                        raise explained(error) or error from error
                raw(connection).execute(
                    f"PRAGMA cache_size = -{_MAIN_CACHE if main else _WORKER_CACHE}"
                )
                self._of_thread[threading.get_ident()] = connection
        return connection

    def hand_on(self) -> None:
        """Let the next thread that asks have this thread's connection, which has read what the
        file holds: a worker opens a project for the main thread. No act may be under way."""
        with self._lock:
            connection = self._of_thread.pop(threading.get_ident(), None)
            if connection is not None and self._handed_on is None and not self._closed:
                self._handed_on = connection
            elif connection is not None:
                connection.close()

    def _close_orphans(self) -> None:
        """Close connections of threads that have ended."""
        alive = {thread.ident for thread in threading.enumerate()}
        for number in [n for n in self._of_thread if n not in alive]:
            self._of_thread.pop(number).close()

    def raw(self) -> sqlite3.Connection:
        """The sqlite3 connection under this thread's connection."""
        return raw(self.current())

    def release_pages(self) -> None:
        """Give back the memory of the pages that a worker has read, after it went through the
        whole file once; the main thread keeps those it needs again and again."""
        if threading.current_thread() is not threading.main_thread():
            self.raw().execute("PRAGMA shrink_memory")

    def close(self) -> None:
        """Close every thread's connection; callers have ended their reads."""
        with self._lock:
            self._closed = True
            for connection in self._of_thread.values():
                connection.close()
            self._of_thread.clear()
            if self._handed_on is not None:
                self._handed_on.close()
                self._handed_on = None
        self._engine.dispose()


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database, letting others write between two pieces of it.

    A copy in one go would keep an act on the main thread waiting until it ends. Where the
    source was written to meanwhile SQLite begins anew; after many such beginnings the copy
    is made in one go after all. Raises sqlite3.Error.
    """
    pieces = 0

    def watch(_status: int, _remaining: int, total: int) -> None:
        nonlocal pieces
        pieces += 1
        if pieces > _BEGINNINGS * (total // _PIECE + 1):
            raise _Restless

    try:
        source.backup(target, pages=_PIECE, sleep=0.005, progress=watch)
    except _Restless:
        source.backup(target)


# Pages of 4 kB that are copied while nobody may write, and how often to begin anew.
_PIECE = 1000
_BEGINNINGS = 10


class _Restless(Exception):
    """The source is written to faster than it can be copied."""


def raw(connection: Connection) -> sqlite3.Connection:
    """The sqlite3 connection under a SQLAlchemy one."""
    driver: Any = connection.connection.driver_connection
    return cast(sqlite3.Connection, driver)
