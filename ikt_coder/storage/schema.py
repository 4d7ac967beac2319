"""The file's schema: making it, its version, and bringing an older file up to it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.model import Base
from ikt_coder.storage import journal, triggers
from ikt_coder.storage.engine import APPLICATION_ID, connect, copy_pages
from ikt_coder.storage.failures import explained

# One number for each alembic revision ("0001" is 1), also in the file's user_version.
SCHEMA_VERSION = 5
MIGRATIONS = Path(__file__).parent / "migrations"


def create(path: Path) -> None:
    """Write an empty project file, whole or not at all.

    It is made under another name and then given its own, so that a killed program leaves no
    half project behind. Raises ProjectFileError where it cannot be written.
    """
    if os.path.lexists(path):
        raise _taken(path)
    partial = path.with_name(path.name + ".part")
    try:
        clear(partial)
        with partial.open("xb"):
            pass
        driver = connect(partial)
        try:
            # Commits within: closing SQLAlchemy's connection rolls back what is left open.
            with _borrowed(driver) as connection:
                driver.execute("BEGIN IMMEDIATE")
                Base.metadata.create_all(connection, checkfirst=False)
                driver.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
                driver.execute("INSERT INTO alembic_version VALUES (?)", (f"{SCHEMA_VERSION:04}",))
                finish(driver)
                driver.execute("COMMIT")
        finally:
            driver.close()
        rename_new(partial, path)
    except FileExistsError:
        clear(partial)
        raise _taken(path) from None
    except (OSError, DBAPIError, sqlite3.Error) as error:
        clear(partial)
        what = getattr(error, "strerror", None) or explained(error) or error
        raise ProjectFileError(
            f"No project could be made in “{path.parent.name or path.parent}”: {what}",
            "Choose a folder you can write to, or a shorter name.",
        ) from error
    except BaseException:
        clear(partial)
        raise


def _taken(path: Path) -> ProjectFileError:
    return ProjectFileError(
        f"“{path.name}” is there already. It was not touched.", "Choose another name."
    )


def rename_new(source: Path, target: Path) -> None:
    """Rename without writing over a file that came to be there meanwhile.

    Raises FileExistsError then, and OSError where it cannot be done.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if target.exists():
            raise FileExistsError(target) from None
        source.rename(target)
    else:
        source.unlink()


def _beside(path: Path) -> tuple[Path, ...]:
    """The files SQLite keeps beside a database while it writes."""
    return tuple(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))


def unfinished(path: Path) -> bool:
    """Whether an act that was never finished lies beside a project file."""
    journal, log, _ = _beside(path.resolve())
    return any(one.exists() and one.stat().st_size for one in (journal, log))


def recover(path: Path) -> None:
    """Let SQLite take back an unfinished act, before anything else reads the file."""
    driver = connect(path)
    try:
        driver.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    finally:
        driver.close()


def clear(path: Path) -> None:
    """Remove a half-written file with what lies beside it; a stale journal there would be
    played into the next file of that name."""
    for one in (path, *_beside(path)):
        with contextlib.suppress(OSError):
            one.unlink(missing_ok=True)


def _borrowed(driver: sqlite3.Connection) -> Connection:
    """A SQLAlchemy connection over an open one, with transactions left to the caller."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: driver,
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
    )
    return engine.connect()


def finish(driver: sqlite3.Connection) -> None:
    """Triggers, image layouts and the file's marks, after the tables stand."""
    triggers.install(driver)
    journal.write_layout(driver, SCHEMA_VERSION)
    driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    driver.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def migrate(path: Path, found: int) -> Path:
    """Bring an older project file up to this version; returns the backup made beside it.

    The work is done on a copy that takes the file's place when all is well, so a failure at
    any moment leaves the file as it was. Raises ProjectFileError then.
    """
    stamp = datetime.now().strftime("%Y-%m-%d %H%M%S")
    backup = path.with_name(f"{path.stem} before update {stamp}{path.suffix}")
    work = path.with_name(f"{path.stem} being updated{path.suffix}")
    clear(work)
    copy_database(path, backup)
    copy_database(path, work)
    try:
        shutil.copymode(path, work)
        _upgrade(work)
        work.replace(path)
    except Exception as error:  # whatever failed, the file itself was not touched
        clear(work)
        raise ProjectFileError(
            f"The project could not be brought from version {found} to {SCHEMA_VERSION}. "
            "It is as it was.",
            f"A copy lies beside it as “{backup.name}”. Please report this.",
        ) from error
    return backup


def _upgrade(path: Path) -> None:
    """Run the migrations on a file and make its triggers anew."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    driver = connect(path)
    try:
        # Batch changes rebuild tables; with foreign keys on that would cascade.
        driver.execute("PRAGMA foreign_keys = OFF")
        triggers.drop(driver)
        with _borrowed(driver) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"{len(broken)} broken references")
        finish(driver)
        driver.execute("PRAGMA foreign_keys = ON")
        (sound,) = driver.execute("PRAGMA quick_check(1)").fetchone()
        if sound != "ok":
            raise sqlite3.IntegrityError(sound)
    finally:
        driver.close()


def copy_database(source: Path, target: Path) -> None:
    """Copy a project through SQLite's backup interface, whole or not at all."""
    partial = target.with_name(target.name + ".part")
    try:
        clear(partial)
        reader = connect(source, read_only=True)
        try:
            writer = sqlite3.connect(partial)
            try:
                copy_pages(reader, writer)
                writer.execute("DELETE FROM presence")
                writer.commit()
            finally:
                writer.close()
        finally:
            reader.close()
        for stale in _beside(target):
            stale.unlink(missing_ok=True)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        clear(partial)
        raise ProjectFileError(
            f"The copy “{target.name}” could not be written: {error}. The project is as it was.",
            "Choose another folder or make room on the disk.",
        ) from error
