"""Where things are: the program's own files, and the user's folders.

No other module works out a folder. Program files are found in a checkout, in an installed
wheel and in a frozen bundle; the user's folders are those of the platform, or all lie under
one folder when the environment variable ``IKT_CODER_HOME`` names it (tests, portable use).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

from ikt_coder.core.errors import UserError

HOME_VARIABLE = "IKT_CODER_HOME"

_NAME = "ikt-coder"
_PACKAGE = Path(__file__).resolve().parent


def resource(relative: str) -> Path:
    """The file or folder ``relative`` (with ``/``) of the program's own resources.

    Raises ``FileNotFoundError`` when the installation lacks it, ``ValueError`` when the path
    would lead out of the resources.
    """
    return _own_file(relative, "_resources", "resources")


def guide(relative: str = ".") -> Path:
    """The file ``relative`` (with ``/``) of the user guide, or its folder.

    Raises ``FileNotFoundError`` when the installation lacks it, ``ValueError`` when the path
    would lead out of the guide.
    """
    return _own_file(relative, "_guide", "docs/guide")


def user_data_dir() -> Path:
    """The program's data in the user's account: locks, backups, the sample project's copy."""
    return _user_dir("data", lambda: platformdirs.user_data_path(_NAME, appauthor=False))


def user_config_dir() -> Path:
    """The user's settings."""
    return _user_dir("config", lambda: platformdirs.user_config_path(_NAME, appauthor=False))


def user_log_dir() -> Path:
    """Log files and crash notes; they never hold interview text."""
    return _user_dir("log", lambda: platformdirs.user_log_path(_NAME, appauthor=False))


def locks_dir() -> Path:
    """One lock file per open project, on this computer only (never beside the project)."""
    return _made(user_data_dir() / "locks")


def backups_dir() -> Path:
    """Rotating backups of the projects this user opened."""
    return _made(user_data_dir() / "backups")


def frameworks_dir() -> Path:
    """The user's own library of frameworks, one file each."""
    return _made(user_data_dir() / "frameworks")


def _own_file(relative: str, inside: str, checkout: str) -> Path:
    wanted = Path(relative)
    parts = wanted.parts
    if wanted.is_absolute() or ".." in parts:
        raise ValueError(f"a resource is named inside the resources: {relative}")
    path = _own_folder(inside, checkout).joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"the installation lacks its resource {relative}")
    return path


def _own_folder(inside: str, checkout: str) -> Path:
    """The folder called ``inside`` in a package or bundle, and ``checkout`` in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "ikt_coder" / inside
    # The wheel's own folder comes first: beside an installed package a folder named
    # "resources" may belong to somebody else.
    installed = _PACKAGE / inside
    return installed if installed.is_dir() else _PACKAGE.parent / checkout


def _user_dir(kind: str, platform_folder: Callable[[], Path]) -> Path:
    home = os.environ.get(HOME_VARIABLE, "")
    if home:
        return _made(Path(home).expanduser().absolute() / kind)
    return _made(platform_folder())


def _made(folder: Path) -> Path:
    try:
        # Interviews are confidential: the backups are for this user's eyes only.
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError(
            f"The folder {folder} could not be made ({error.strerror or error}).",
            f"Make it by hand, or set {HOME_VARIABLE} to a folder you may write to.",
        ) from error
    return folder
