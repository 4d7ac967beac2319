"""Opens windows off the screen and saves what they show."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ikt_coder import paths
from ikt_coder.core.errors import UserError
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance, Mode
from ikt_coder.ui.context import Context
from ikt_coder.ui.errors import Errors
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.tasks import Tasks

WIDTH, HEIGHT = 1440, 900
_QUIET = 30
"""Turns of the event loop with nothing to wait for, after which a window stays as it is."""


class Camera:
    """Opens windows off the screen and saves what they show. Settings are the defaults; the
    user's own are neither read nor written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.app = _application()
        self.settings = Settings(None)
        self.appearance = Appearance(Mode.LIGHT)
        self.appearance.apply(self.app)
        self.errors = Errors(self.appearance, paths.user_log_dir())
        self.taken: list[Path] = []
        self.ending = ""
        """Added to the name of every picture."""
        self._tasks: Tasks | None = None

    def close(self) -> None:
        """Leave the application as it was."""
        self.app.setStyleSheet("")
        self.errors.deleteLater()
        self.appearance.deleteLater()
        self.settle()

    @contextmanager
    def window(
        self, project: Path, width: int = WIDTH, height: int = HEIGHT
    ) -> Iterator[MainWindow]:
        """A window on ``project``, closed at the end. Raises ProjectFileError, ProjectInUse."""
        opened = Project.open(project)
        tasks = self._tasks = Tasks(self.errors.show_error)
        context = Context(opened, self.settings, self.appearance, tasks)
        tasks.setParent(context)
        window = MainWindow(context, self.errors)
        try:
            self.stage(window, width, height)
            window.notice.dismiss()
            yield window
        finally:
            window.put_away()
            tasks.cancel_all()
            self.settle()
            tasks.wait()
            self._tasks = None
            context.signals.end()
            window.deleteLater()
            context.deleteLater()
            self.settle()
            opened.close()

    def stage(self, widget: QWidget, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Lay a window out as if it were on the screen."""
        if self.app.platformName() != "offscreen":
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Let everything that waits be done: readings, timers, layouts, deletions."""
        quiet = 0
        # Turns are counted and not time: on a busy computer a turn may take long.
        while quiet < _QUIET:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.app.processEvents()
            busy = self._tasks is not None and self._tasks.busy
            quiet = 0 if busy else quiet + 1
            time.sleep(0.01)

    def shoot(self, widget: QWidget, name: str) -> Path:
        """Save what ``widget`` shows as ``name``.png. Raises UserError."""
        self.settle()
        file = self._folder / f"{name}{self.ending}.png"
        if not widget.grab().save(str(file), "PNG"):
            raise UserError(f"The picture {file} could not be written.")
        self.taken.append(file)
        return file


def _application() -> QApplication:
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    if sys.platform not in ("win32", "darwin"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(["ikt-coder"])
