"""What a failing database means for the person in front of it."""

from __future__ import annotations

import sqlite3

from ikt_coder.core.errors import NotFound, ProjectFileError, UserError

_MOVED = (
    "The project file was moved, renamed or deleted while it was open. Nothing was changed.",
    "Put the file back under its name, or close the project and open it where it lies now.",
)
_UNFINISHED = (
    "The program ended in the middle of an act, and the file must be written to before it can "
    "be read. Nothing was changed.",
    "Open the project for writing once, or copy it with the file beside it that ends in "
    "“-journal” to a folder of your own.",
)
_SENTENCES = (
    (
        ("disk is full", "database or disk is full"),
        "The disk is full. The last act was not kept; everything before it is.",
        "Make room on the disk and try again.",
    ),
    (
        ("readonly", "read-only", "unable to open"),
        "The project cannot be written to here. Nothing was changed.",
        "Check the rights of the file and its folder, or save a copy somewhere else.",
    ),
    (
        ("locked", "busy"),
        "Another program is using the project file. Nothing was changed.",
        "Close the other program, or wait a moment, and try again.",
    ),
    (
        ("malformed", "not a database", "disk i/o error"),
        "The project file is damaged or its disk cannot be read. Nothing more was written.",
        "Close the project and open the newest backup (Project, Backups).",
    ),
)


def explained(error: BaseException) -> UserError | None:
    """The known failure behind a database error, or None where it is a bug."""
    origin = getattr(error, "orig", None) or error
    if not isinstance(origin, sqlite3.Error):
        return None
    name = getattr(origin, "sqlite_errorname", "")
    if name == "SQLITE_READONLY_DBMOVED":
        return ProjectFileError(*_MOVED)
    if name in ("SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY"):
        return ProjectFileError(*_UNFINISHED)
    words = str(origin).lower()
    if "foreign key" in words:
        return NotFound(
            "Something this act refers to is no longer in the project. Nothing was changed.",
            "Look again at what is there now; undo may bring it back.",
        )
    for signs, what, to_do in _SENTENCES:
        if any(sign in words for sign in signs):
            return ProjectFileError(what, to_do)
    return None
