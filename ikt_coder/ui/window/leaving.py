"""Closing a project: work ends, a backup is made, the file is given back."""

from __future__ import annotations

import gc
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.window.work import WorkDialog

if TYPE_CHECKING:
    from ikt_coder.ui.context import Context

_log = logging.getLogger(__name__)

_LOOK_AGAIN = 20
"""Milliseconds between two looks at whether cancelled work has ended."""


class Leaving(QObject):
    """Runs after the window is gone from the screen. ``ended`` comes once, always."""

    ended = Signal()

    def __init__(
        self, context: Context, name: str, appearance: Appearance, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._name = name
        self._appearance = appearance

    def begin(self) -> None:
        """Ask what is still running to stop, then go on."""
        self._context.tasks.cancel_all()
        self._when_idle()

    def _when_idle(self) -> None:
        if self._context.tasks.busy:
            QTimer.singleShot(_LOOK_AGAIN, self, self._when_idle)
            return
        project = self._context.project
        if project.read_only:
            self._close()
            return

        def backup(_progress: Progress) -> Path | None:
            return project.safety.backup_if_changed()

        task = self._context.tasks.run(backup, failed=self._no_backup, writes=True)
        task.ended.connect(self._backed_up)
        title = self.tr("Making a backup of “{name}”").format(name=self._name)
        WorkDialog(self._appearance, title, task, may_cancel=False)

    def _no_backup(self, error: BaseException) -> None:
        # The work itself is saved; a disk without room for a copy must not keep the window open.
        _log.warning("no backup was made at closing: %s", type(error).__name__)
        if not isinstance(error, UserError | OSError):
            raise error

    def _backed_up(self) -> None:
        QTimer.singleShot(0, self, self._close)

    def _close(self) -> None:
        self._context.tasks.wait()
        self._context.signals.end()
        self._context.project.close()
        # What was left out of the search for garbage may be garbage now.
        gc.unfreeze()
        self.ended.emit()
