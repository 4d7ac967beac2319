"""What upkeep hands out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.core.frozen import frozen

WORDING = ("definition", "include", "exclude")
"""The fields by which a coder decides whether a code fits."""


@frozen
class CodeWording:
    """How a code was worded: what it means, when to use it and when not."""

    definition: str = ""
    include: str = ""
    exclude: str = ""


@frozen
class RevisitRow:
    """A code that was worded anew after it had been used. ``waiting`` codings were made before
    ``since`` and not looked at yet, ``looked_at`` were; both as far as the present coder may see
    them, theirs alone or everyone's as it was asked."""

    id: UUID
    code: UUID
    code_name: str
    since: datetime
    before: CodeWording
    now: CodeWording
    waiting: int
    looked_at: int
    closed: bool

    @property
    def open(self) -> bool:
        """Whether there is still something to look at."""
        return not self.closed and self.waiting > 0
