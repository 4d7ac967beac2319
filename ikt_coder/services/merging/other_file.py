"""The other file: opened for reading only, refused in words where nothing can come of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ikt_coder.core.errors import NotAllowed, ProjectFileError, UserError
from ikt_coder.model import Base
from ikt_coder.storage import schema
from ikt_coder.storage.engine import connect
from ikt_coder.storage.failures import explained
from ikt_coder.storage.project_file import inspect

_TABLES = (".csv", ".xlsx", ".tsv")


@contextmanager
def other_file(path: Path, here: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file at ``path`` that reads one state of it and cannot write.

    A file of an older version is brought up to date in a copy that is thrown away. Raises
    NotAllowed for the open project itself, ProjectFileError for a file that is missing,
    foreign, newer, cut short or damaged.
    """
    if path.suffix.lower() in _TABLES:
        raise ProjectFileError(
            f"“{path.name}” is a table. Nothing was changed.",
            "A coder's table of codings is brought in with Project, Import.",
        )
    if path.exists() and path.samefile(here):
        raise NotAllowed(
            f"“{path.name}” is the project that is open. Nothing was changed.",
            "Choose the file that came back from a coder.",
        )
    version = inspect(path)
    if version == schema.SCHEMA_VERSION:
        with _reading(path) as driver:
            yield driver
        return
    with TemporaryDirectory(prefix="ikt-merge-") as folder:
        copy = Path(folder) / "other.ikt"
        schema.copy_database(path, copy)
        schema.migrate(copy, version)
        with _reading(copy) as driver:
            yield driver


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        driver = _opened(path)
    except sqlite3.Error as error:
        known: UserError = explained(error) or ProjectFileError(
            f"“{path.name}” cannot be read: {error}. Nothing was changed.",
            "Ask for the file once more.",
        )
        raise known from error
    try:
        yield driver
    finally:
        driver.close()


def _opened(path: Path) -> sqlite3.Connection:
    driver = connect(path, read_only=True)
    try:
        # One state for the whole time, whoever writes to the file meanwhile.
        driver.execute("BEGIN")
        (found,) = driver.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise ProjectFileError(
                f"“{path.name}” is damaged. Nothing was changed.",
                "Ask for the file once more, or for a backup of it (Project, Backups).",
            )
        # A file that only says it is a project fails here and not halfway.
        for table in Base.metadata.sorted_tables:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            driver.execute(f'SELECT {names} FROM "{table.name}" LIMIT 0')
        if driver.execute("SELECT 1 FROM operation").fetchone() is None:
            raise ProjectFileError(f"“{path.name}” is an empty project. Nothing was changed.")
    except BaseException:
        driver.close()
        raise
    return driver
