"""A backup every so often while the project is open."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Progress

_log = logging.getLogger(__name__)

EVERY = 20 * 60 * 1000
"""Milliseconds."""


class Backups(QObject):
    """Makes one where anything was done since the last; a failure is told calmly."""

    problem = Signal(str)
    """Why the last one could not be made, in words; the empty string when one could."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.make)
        if not context.project.read_only:
            self._timer.start()

    def make(self) -> None:
        """Make a backup now, where anything was done since the last one."""
        if self._running:
            return
        self._running = True
        project = self._context.project

        def work(_progress: Progress) -> Path | None:
            return project.safety.backup_if_changed()

        task = self._context.tasks.run(work, done=self._made, failed=self._failed)
        task.ended.connect(self._ended)

    def stop(self) -> None:
        self._timer.stop()

    def _made(self, _path: Path | None) -> None:
        self.problem.emit("")

    def _failed(self, error: BaseException) -> None:
        _log.warning("no backup was made: %s", type(error).__name__)
        if isinstance(error, UserError | OSError):
            self.problem.emit(str(error))
        else:
            raise error

    def _ended(self) -> None:
        self._running = False
