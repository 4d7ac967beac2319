"""Opening a project file: the ritual that keeps foreign, newer and damaged files out."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

from ikt_coder.core.errors import ProjectFileError, UserError
from ikt_coder.storage import schema, triggers
from ikt_coder.storage.engine import APPLICATION_ID, Connections
from ikt_coder.storage.failures import explained
from ikt_coder.storage.locks import ProjectLock, sync_folder
from ikt_coder.storage.operation import Door

_MAGIC = b"SQLite format 3\0"


class ProjectFile:
    """An open project file: its connections, its door and its lock."""

    def __init__(
        self,
        path: Path,
        connections: Connections,
        door: Door,
        lock: ProjectLock | None,
        warnings: tuple[str, ...],
    ) -> None:
        self.path = path
        self.connections = connections
        self.door = door
        self.read_only = lock is None
        self.warnings = warnings
        self._lock = lock

    @classmethod
    def create(cls, path: Path) -> ProjectFile:
        """Make an empty project file and open it."""
        schema.create(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> ProjectFile:
        """Open a project file, bringing an older one up to date after a backup beside it.

        Raises ProjectInUse where another window writes to it, ProjectFileError where the
        file is missing, foreign, newer, cut short or unreadable.
        """
        inspect(path)
        warnings: list[str] = []
        lock: ProjectLock | None = None
        unclean = False
        if not read_only:
            if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
                raise ProjectFileError(
                    f"“{path.name}” or its folder cannot be written to. Nothing was changed.",
                    "Open it for reading only, or copy it to a folder of your own.",
                )
            lock = ProjectLock(path)
            unclean = lock.take()
        try:
            if schema.unfinished(path) and not read_only:
                schema.recover(path)
                unclean = True
            version = inspect(path)
            if version < schema.SCHEMA_VERSION:
                if read_only:
                    raise ProjectFileError(
                        "The project was made by an older version and must be brought up to "
                        "date before it can be shown.",
                        "Open it for writing; a backup is made beside it first.",
                    )
                backup = schema.migrate(path.resolve(), version)
                if lock is not None:
                    lock.follow()
                warnings.append(
                    f"The project was brought up to date; the old file is kept as “{backup.name}”."
                )
            connections = Connections(path, read_only=read_only)
            try:
                warnings += _ritual(connections.raw(), read_only=read_only, unclean=unclean)
            except BaseException:
                connections.close()
                raise
        except sqlite3.Error as error:
            if lock is not None:
                lock.give_back(clean=False)
            raise explained(error) or ProjectFileError(
                f"“{path.name}” cannot be opened: {error}. Nothing was changed.",
                "Open the newest backup (Project, Backups).",
            ) from error
        except BaseException:
            if lock is not None:
                lock.give_back(clean=False)
            raise
        folder = sync_folder(path)
        if folder is not None:
            warnings.append(
                f"The project lies in a synchronised folder ({folder}). Such folders can mix two "
                "versions of a file; keep the project outside and put copies there."
            )
        door = Door(connections, schema.SCHEMA_VERSION, read_only)
        return cls(path, connections, door, lock, tuple(warnings))

    def close(self) -> None:
        """Close every connection and give the lock back, after the act of another thread
        has ended. Closing twice does nothing more. Raises NotAllowed within an act."""
        self.door.close()
        if self._lock is not None:
            # A file that is gone or cannot be written to is closed all the same.
            with contextlib.suppress(sqlite3.Error, UserError):
                self.connections.raw().execute(
                    "DELETE FROM presence WHERE host = ?", (platform.node(),)
                )
        self.connections.close()
        if self._lock is not None:
            self._lock.give_back()
            self._lock = None


def inspect(path: Path) -> int:
    """The schema version of a project file, read from its header without opening it.

    Raises ProjectFileError in plain words where it is no project file this version can open.
    """
    try:
        found = path.stat()
        size = found.st_size
        if not stat.S_ISREG(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "it is not a file")
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectFileError(
            f"There is no file “{path.name}” here.", "Check the name and the folder."
        ) from None
    except OSError as error:
        raise ProjectFileError(
            f"“{path.name}” cannot be read: {error.strerror or error}.",
            "Check that it is a file and that you may read it.",
        ) from error
    if size == 0:
        raise ProjectFileError(
            f"“{path.name}” is empty; it is no project. It was not touched.",
            "Open the newest backup (Project, Backups).",
        )
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise ProjectFileError(
            f"“{path.name}” is not an IKT Coder project. It was not touched.",
            "Choose a file that ends in .ikt; transcripts are imported into a project.",
        )
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise ProjectFileError(
            f"“{path.name}” is another program's database. It was not touched.",
            "Choose a file that ends in .ikt.",
        )
    version = int.from_bytes(header[60:64])
    if version > schema.SCHEMA_VERSION:
        raise ProjectFileError(
            f"“{path.name}” was made by a newer version of IKT Coder. It was not touched.",
            "Install the newest version and open it again.",
        )
    page = int.from_bytes(header[16:18])
    page = 65536 if page == 1 else page
    # A file beside an unfinished act is made whole when it is opened for writing.
    if size < page * int.from_bytes(header[28:32]) and not schema.unfinished(path):
        raise ProjectFileError(
            f"“{path.name}” is cut short: part of the file is missing. It was not touched.",
            "Copy it again from where it came, or open the newest backup (Project, Backups).",
        )
    return version


def _ritual(driver: sqlite3.Connection, *, read_only: bool, unclean: bool) -> list[str]:
    """Look before the first write; returns what the person should know."""
    warnings: list[str] = []
    if unclean:
        (found,) = driver.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise ProjectFileError(
                "The project file is damaged. It was not touched.",
                "Open the newest backup (Project, Backups) and keep this file as it is.",
            )
        warnings.append("The program was not closed properly last time. Everything is there.")
    if not triggers.fit(driver):
        if read_only:
            warnings.append("Another program changed the inner rules of this project file.")
        else:
            driver.execute("BEGIN IMMEDIATE")
            triggers.install(driver)
            driver.execute("COMMIT")
            warnings.append(
                "Another program had changed the inner rules of this project file; they were "
                "put right. Run Project, Check."
            )
    hosts = [
        host
        for (host,) in driver.execute("SELECT host FROM presence").fetchall()
        if host != platform.node()
    ]
    if hosts:
        warnings.append(
            f"The project may be open on another computer ({', '.join(hosts)}). "
            "Two people writing to one file can lose work; use copies instead."
        )
    if not read_only:
        driver.execute(
            "INSERT OR REPLACE INTO presence(host, since) VALUES (?, ?)",
            (platform.node(), int(datetime.now(UTC).timestamp() * 1_000_000)),
        )
    return warnings
