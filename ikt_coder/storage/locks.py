"""Who may write: one window on this computer at a time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

from ikt_coder import paths
from ikt_coder.core.errors import ProjectFileError, ProjectInUse

# A folder of one of these programs rewrites files behind the program's back.
_SYNC_FOLDERS = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "pcloud",
    "syncthing",
    "box sync",
)


class ProjectLock:
    """Operating-system locks in the user's data folder, and a mark that tells an unclean
    close. The locks fall with the process; the mark stays until a clean close.

    One lock is on the path, one on the file itself, which may have a second name (a hard
    link, other capitals, a new name given while it was open).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = paths.locks_dir()
        name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
        self._mark = self._folder / f"{name}.open"
        self._by_path = self._lock(name)
        self._by_file: FileLock | None = None
        self._unclean = False

    def take(self) -> bool:
        """Take the lock; returns whether the last close was unclean.

        Raises ProjectInUse where another window has it, ProjectFileError where the user's
        data folder cannot be written to.
        """
        _acquire(self._by_path)
        try:
            self.follow()
            self._unclean = self._mark.exists()
            self._mark.touch()
        except BaseException as error:
            self._release()
            if isinstance(error, OSError):
                raise _unwritable(self._folder) from error
            raise
        return self._unclean

    def follow(self) -> None:
        """Hold the file that lies at the path now (an update puts a new one there)."""
        found = self._path.stat()
        name = hashlib.sha256(f"{found.st_dev}:{found.st_ino}".encode()).hexdigest()[:32]
        before, after = self._by_file, self._lock(name)
        if before is None or before.lock_file != after.lock_file:
            _acquire(after)
            self._by_file = after
            if before is not None:
                before.release()

    def give_back(self, *, clean: bool = True) -> None:
        """Release. Where the file could not be opened (not ``clean``), the mark of an
        unclean close stays for the next time."""
        if clean or not self._unclean:
            self._mark.unlink(missing_ok=True)
        self._release()

    def _release(self) -> None:
        if self._by_file is not None:
            self._by_file.release()
            self._by_file = None
        self._by_path.release()

    def _lock(self, name: str) -> FileLock:
        return FileLock(self._folder / f"{name}.lock", timeout=0, thread_local=False)


def _acquire(lock: FileLock) -> None:
    try:
        lock.acquire()
    except Timeout:
        raise ProjectInUse(
            "Another window has this project open. Nothing was changed.",
            "Open it for reading only, or go to the other window.",
        ) from None
    except OSError as error:
        raise _unwritable(Path(lock.lock_file).parent) from error


def _unwritable(folder: Path) -> ProjectFileError:
    return ProjectFileError(
        f"The program's own folder “{folder}” cannot be written to. Nothing was changed.",
        "Make room on the disk or check the rights of that folder, or open the project for "
        "reading only.",
    )


def sync_folder(path: Path) -> str | None:
    """The name of the synchronising program whose folder a path lies in, if it is known."""
    for part in path.resolve().parts[:-1]:
        words = part.lower()
        if any(
            words == name or words.startswith((f"{name} ", f"{name}-")) for name in _SYNC_FOLDERS
        ):
            return part
    return None
