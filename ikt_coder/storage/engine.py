"""Connections: one for each thread, all with the same safe settings."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

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
    """A raw connection with the project's settings, in autocommit mode."""
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    if not read_only:
        connection.execute("PRAGMA journal_mode = DELETE")
    return connection


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
        self._local = threading.local()
        self._all: list[tuple[threading.Thread, Connection]] = []
        self._lock = threading.Lock()

    def current(self) -> Connection:
        """This thread's connection. Transactions are begun and ended in SQL (operation.py)."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._engine.connect()
            self._local.connection = connection
            with self._lock:
                self._close_orphans()
                self._all.append((threading.current_thread(), connection))
        return cast(Connection, connection)

    def _close_orphans(self) -> None:
        """Close connections of threads that have ended; a pool makes new ones all day."""
        for thread, connection in self._all:
            if not thread.is_alive():
                connection.close()
        self._all = [pair for pair in self._all if pair[0].is_alive()]

    def raw(self) -> sqlite3.Connection:
        """The sqlite3 connection under this thread's connection."""
        return raw(self.current())

    def close(self) -> None:
        """Close every thread's connection; callers have ended their reads."""
        with self._lock:
            for _, connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()
        self._engine.dispose()


def raw(connection: Connection) -> sqlite3.Connection:
    """The sqlite3 connection under a SQLAlchemy one."""
    driver: Any = connection.connection.driver_connection
    return cast(sqlite3.Connection, driver)
