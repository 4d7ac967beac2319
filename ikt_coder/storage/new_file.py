"""Writing a project file of its own beside the open one, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from ikt_coder.core.errors import ProjectFileError
from ikt_coder.storage import schema
from ikt_coder.storage.engine import Connections
from ikt_coder.storage.locks import ProjectLock
from ikt_coder.storage.operation import Door

_PIECE = 1 << 20


@contextmanager
def new_file(target: Path, coder: UUID | None, *, replace: bool = False) -> Iterator[Door]:
    """The door of an empty project file that gets the name ``target`` when all is written.

    It is written under another name until then, so that whatever ends the writing leaves no
    half file; its first act and all that follow are ``coder``'s. Nothing of another file is
    ever in it, also not in its free pages: it begins empty.
    Raises ProjectFileError where it cannot be written or, without ``replace``, where the name
    is taken; ProjectInUse where a window works in the file that would be replaced.
    """
    if not replace and os.path.lexists(target):
        raise _taken(target)
    before = _held(target) if replace and target.exists() else None
    work = target.with_name(f"{target.stem} being written{target.suffix}")
    try:
        schema.clear(work)
        schema.create(work)
        connections = Connections(work, read_only=False)
        try:
            connections.raw().execute("PRAGMA secure_delete = ON")
            door = Door(connections, schema.SCHEMA_VERSION, read_only=False)
            door.coder = coder
            yield door
        finally:
            connections.close()
        if replace:
            work.replace(target)
        else:
            schema.rename_new(work, target)
    except FileExistsError:
        schema.clear(work)
        raise _taken(target) from None
    except BaseException as error:
        schema.clear(work)
        origin = _origin(error)
        if origin is None:
            raise
        raise ProjectFileError(
            f"“{target.name}” could not be written: {origin}. The project is as it was.",
            "Choose another folder or make room on the disk.",
        ) from error
    finally:
        if before is not None:
            before.give_back()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises ProjectFileError where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise ProjectFileError(
            f"“{path.name}” cannot be read: {error.strerror or error}."
        ) from error
    return digest.hexdigest()


def _taken(target: Path) -> ProjectFileError:
    return ProjectFileError(
        f"“{target.name}” is there already. It was not touched.", "Choose another name."
    )


def _held(target: Path) -> ProjectLock:
    """The lock of a file that is about to be replaced, so that nobody works in it."""
    lock = ProjectLock(target)
    lock.take()
    return lock


def _origin(error: BaseException) -> BaseException | None:
    """The failure of the disk or the database behind an error, None where it is another."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, DBAPIError):
            return seen.orig or seen
        if isinstance(seen, OSError | sqlite3.Error):
            return seen
        if isinstance(seen, ProjectFileError) and seen.__cause__ is None:
            return None
        seen = seen.__cause__
    return None
