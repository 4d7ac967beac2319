"""Where the dialogs that ask for a file begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from ikt_coder import paths
from ikt_coder.settings import READ_FROM, Settings


def documents_folder() -> Path:
    """The person's documents; where there is no such folder, their home."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found) if found else Path.home()
    return folder if folder.is_dir() else Path.home()


def folder_beside(project: Path) -> Path:
    """Where what is made from a project goes: beside it.

    The copy of the sample lies among the program's own data, where nobody finds a file again;
    the documents then.
    """
    own = paths.user_data_dir()
    return documents_folder() if project.is_relative_to(own) else project.parent


def folder_to_read(settings: Settings) -> str:
    """Where to look for a file to read: where the last one was found, else the documents."""
    last = [Path(name) for name in settings.get(READ_FROM)]
    return str(next((folder for folder in last if folder.is_dir()), documents_folder()))


def read_from(settings: Settings, path: Path) -> None:
    """A file was chosen to be read: the next dialog looks there."""
    settings.set(READ_FROM, (str(path.absolute().parent),))
