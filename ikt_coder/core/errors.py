"""Known failures, in words a researcher can act on."""

from __future__ import annotations


class UserError(Exception):
    """Something the program knows about and can explain.

    ``what`` says in one sentence what happened and what was kept; ``to_do`` says what the
    person can do now. Anything that is not a ``UserError`` is a bug and is reported as one.
    """

    def __init__(self, what: str, to_do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.to_do = to_do

    def __str__(self) -> str:
        return f"{self.what} {self.to_do}".strip()


class NotFound(UserError):
    """A document, code, theme or other thing that was named is not in the project."""


class NotAllowed(UserError):
    """The act would break a rule of the method or of the project file."""


class UnreadableFile(UserError):
    """A file could not be read as what it says it is; nothing was imported from it."""


class ProjectFileError(UserError):
    """A project file cannot be opened, created or written."""


class ProjectInUse(ProjectFileError):
    """Another window on this computer has the project open for writing."""


class UndoRefused(UserError):
    """Undo would disturb a later act; ``blocker`` is the sequence number of that act."""

    def __init__(self, what: str, to_do: str = "", blocker: int | None = None) -> None:
        super().__init__(what, to_do)
        self.blocker = blocker


class Cancelled(UserError):
    """The person cancelled; nothing was changed."""

    def __init__(self, what: str = "Cancelled; nothing was changed.") -> None:
        super().__init__(what)
