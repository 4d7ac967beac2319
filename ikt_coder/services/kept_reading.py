"""Something that costs to read and is asked for again and again: kept until an act touches what
it was read from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from ikt_coder.core.changes import Changes

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

T = TypeVar("T")


class KeptReading(Generic[T]):
    """What ``read`` gives, until an act touches one of ``tables``. ``first``: acts are heard of
    before the views hear of them. Several threads may ask."""

    def __init__(
        self, project: Project, tables: tuple[str, ...], read: Callable[[], T], *, first: bool
    ) -> None:
        self._project = project
        self._tables = tables
        self._read = read
        self._turn = threading.Lock()
        self._forgotten = 0
        self.kept: T | None = None
        project.listen(self._told, first=first)

    def get(self) -> T:
        """What was read, now if it is not kept. Within an act it is read anew and not kept: what
        the act has written may still be rolled back."""
        kept, forgotten = self.kept, self._forgotten
        if self._project.file.door.writing_here:
            return self._read()
        if kept is None:
            kept = self._read()
            with self._turn:
                if forgotten == self._forgotten:
                    self.kept = kept
        return kept

    def _told(self, changes: Changes) -> None:
        if changes.touches(*self._tables):
            with self._turn:
                self._forgotten += 1
                self.kept = None
