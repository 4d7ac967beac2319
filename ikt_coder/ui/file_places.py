"""Where the dialogs that ask for a file begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

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


def ask_to_read(parent: QWidget, settings: Settings, title: str, kinds: str) -> Path | None:
    """Ask for a file to read, where the last one was found; ``kinds`` as Qt writes filters."""
    name, _ = QFileDialog.getOpenFileName(parent, title, _folder_to_read(settings), kinds)
    chosen = _read_from(settings, [name] if name else [])
    return chosen[0] if chosen else None


def ask_many_to_read(parent: QWidget, settings: Settings, title: str, kinds: str) -> list[Path]:
    """As ``ask_to_read``, for as many files as the person chooses."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, _folder_to_read(settings), kinds)
    return _read_from(settings, names)


def _folder_to_read(settings: Settings) -> str:
    last = [Path(name) for name in settings.get(READ_FROM)]
    return str(next((folder for folder in last if folder.is_dir()), documents_folder()))


def _read_from(settings: Settings, names: Sequence[str]) -> list[Path]:
    """The files that were chosen; the next dialog looks where the first of them is."""
    chosen = [Path(name) for name in names]
    if chosen:
        settings.set(READ_FROM, (str(chosen[0].absolute().parent),))
    return chosen
