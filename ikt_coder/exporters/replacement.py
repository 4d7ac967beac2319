"""A file is written beside its place and moved there whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ikt_coder.core.errors import UserError

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file ``path`` when the block ends well.

    Until then an older file of that name stays as it was; when the block fails nothing is
    left behind. UserError where the folder or the file cannot be written.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    draft = target.with_name(f".{uuid4().hex}{target.suffix}")
    try:
        _look(target)
        try:
            descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
            with os.fdopen(descriptor, "w+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(draft, target)
        finally:
            with suppress(OSError):  # moved away already, or never made
                draft.unlink(missing_ok=True)
    except OSError as problem:
        if isinstance(problem, FileNotFoundError) and target.parent.is_dir():
            raise  # something the writer itself needed is missing: a fault, not a wrong folder
        raise _explained(problem, path) from problem


def _look(target: Path) -> None:
    """Say no early where the move at the end would fail or do harm."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(target))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no folder", str(target.parent))
    if target.exists() and not os.access(target, os.W_OK):
        # The move would succeed in a writable folder, but the file was protected on purpose.
        raise PermissionError(errno.EROFS, "read-only file", str(target))


def _explained(problem: OSError, path: Path) -> UserError:
    name, folder = path.name, path.parent
    kept = "Nothing was written; an older file of that name is as it was."
    code = problem.errno
    if code in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"There is no room left on the disk for “{name}”. {kept}",
            "Free some space or choose another disk.",
        )
    if isinstance(problem, IsADirectoryError):
        return UserError(f"“{path}” is a folder, not a file. {kept}", "Choose a file name.")
    if isinstance(problem, FileNotFoundError | NotADirectoryError):
        return UserError(
            f"The folder “{folder}” does not exist. {kept}",
            "Make the folder first or choose another.",
        )
    if code == errno.ENAMETOOLONG:
        return UserError(f"The file name “{name}” is too long. {kept}", "Choose a shorter one.")
    if code == errno.EROFS or isinstance(problem, PermissionError):
        if path.exists():
            return UserError(
                f"“{name}” cannot be replaced: it is open in another program (Word or Excel, "
                f"for instance), or it may not be changed. {kept}",
                "Close it there, or export under another name.",
            )
        return UserError(
            f"Files may not be written in the folder “{folder}”. {kept}",
            "Choose another folder.",
        )
    return UserError(f"“{name}” could not be written ({problem.strerror or problem}). {kept}")
