"""Who may write: one window on this computer at a time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from filelock import FileLock, Timeout

from ikt_coder import paths
from ikt_coder.core.errors import ProjectInUse

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
    """An operating-system lock in the user's data folder, and a mark that tells an unclean
    close. The lock falls with the process; the mark stays until a clean close."""

    def __init__(self, path: Path) -> None:
        name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:32]
        folder = paths.locks_dir()
        self._lock = FileLock(folder / f"{name}.lock", timeout=0, thread_local=False)
        self._mark = folder / f"{name}.open"

    def take(self) -> bool:
        """Take the lock; returns whether the last close was unclean.

        Raises ProjectInUse where another window has it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise ProjectInUse(
                "Another window has this project open. Nothing was changed.",
                "Open it for reading only, or go to the other window.",
            ) from None
        unclean = self._mark.exists()
        self._mark.touch()
        return unclean

    def give_back(self) -> None:
        """Release after a clean close."""
        self._mark.unlink(missing_ok=True)
        self._lock.release()


def sync_folder(path: Path) -> str | None:
    """The name of the synchronising program whose folder a path lies in, if it is known."""
    for part in path.resolve().parts[:-1]:
        words = part.lower()
        if any(
            words == name or words.startswith((f"{name} ", f"{name}-")) for name in _SYNC_FOLDERS
        ):
            return part
    return None
