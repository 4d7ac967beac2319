"""One signal per operation, delivered on the main thread whichever thread wrote."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.changes import Changes
from ikt_coder.services.project import Project


class ProjectSignals(QObject):
    """Tells the views what an operation changed.

    Emitted directly when the main thread wrote; queued by Qt when a worker did.
    """

    changed = Signal(object)  # core.changes.Changes

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = project.listen(self._heard)

    def _heard(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def end(self) -> None:
        """Stop listening (the project is being closed)."""
        self._end()
