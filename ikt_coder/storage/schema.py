"""The file's schema: making it, its version, and bringing an older file up to it."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.model import Base
from ikt_coder.storage import journal, triggers
from ikt_coder.storage.engine import APPLICATION_ID, connect

# One number for each alembic revision ("0001" is 1), also in the file's user_version.
SCHEMA_VERSION = 2
MIGRATIONS = Path(__file__).parent / "migrations"


def create(path: Path) -> None:
    """Write an empty project file. Raises ProjectFileError where it cannot be written."""
    try:
        with path.open("xb"):
            pass
    except FileExistsError:
        raise ProjectFileError(
            f"“{path.name}” is there already. It was not touched.", "Choose another name."
        ) from None
    except OSError as error:
        raise ProjectFileError(
            f"No project could be made in “{path.parent.name or path.parent}”:"
            f" {error.strerror or error}.",
            "Choose a folder you can write to.",
        ) from error
    try:
        driver = connect(path)
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
    except BaseException:
        path.unlink(missing_ok=True)
        raise


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
    copy_database(path, backup)
    copy_database(path, work)
    try:
        shutil.copymode(path, work)
        _upgrade(work)
        work.replace(path)
    except Exception as error:  # whatever failed, the file itself was not touched
        work.unlink(missing_ok=True)
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
        reader = connect(source, read_only=True)
        try:
            writer = sqlite3.connect(partial)
            try:
                reader.backup(writer)
                writer.execute("DELETE FROM presence")
                writer.commit()
            finally:
                writer.close()
        finally:
            reader.close()
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise ProjectFileError(
            f"The copy “{target.name}” could not be written: {error}. The project is as it was.",
            "Choose another folder or make room on the disk.",
        ) from error
