"""Pictures of the window on a project: its main places, light and dark, without a display."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ikt_coder import paths
from ikt_coder.core.errors import UserError
from ikt_coder.services.project import Project
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance, Mode
from ikt_coder.ui.context import Context
from ikt_coder.ui.errors import Errors
from ikt_coder.ui.main_window import MainWindow
from ikt_coder.ui.tasks import Tasks

WIDTH, HEIGHT = 1440, 900  # at 100 %
_PLACES = ("code", "themes", "compare")
_SETTLED = 0.3  # seconds without anything left to do
_LONGEST = 15.0


def take(project: Path, folder: Path) -> list[Path]:
    """Save pictures of the window on a project as PNG files; returns them.

    The user's own settings are neither read nor changed. Must run on the main thread.
    Raises UserError where the project cannot be opened or a picture cannot be written.
    """
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        QApplication(["ikt-coder"])
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    written = []
    for mode in (Mode.LIGHT, Mode.DARK):
        with _window(app, project, mode) as window:
            offered = window.switch.keys()
            for place in (place for place in _PLACES if place in offered):
                window.context.place_wanted.emit(place)
                if place == "compare":
                    window.compare.show_page("settle")
                _settle(window.context.tasks)
                file = folder / f"window-{place}-{mode.value}.png"
                if not window.grab().save(str(file), "PNG"):
                    raise UserError(f"The picture {file} could not be written.")
                written.append(file)
    return written


@contextmanager
def _window(app: QApplication, path: Path, mode: Mode) -> Iterator[MainWindow]:
    """The window on a project, in the middle of its first document."""
    settings = Settings(None)  # nobody's: all at their defaults
    appearance = Appearance(mode, 100, app)
    appearance.apply(app)
    errors = Errors(appearance, paths.user_log_dir(), lambda: None)
    project = Project.open(path)
    try:
        context = Context(project, settings, appearance, Tasks(errors.show_error))
        window = MainWindow(context, errors)
        window.resize(WIDTH, HEIGHT)
        window.show()
        _settle(context.tasks)
        _show_a_coding(context)
        _settle(context.tasks)
        yield window
        window.put_away()
        context.tasks.cancel_all()
        context.tasks.wait(5000)
        window.deleteLater()
        context.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # What is left of the window must go while there still is an application.
        del window, context
        gc.collect()
    finally:
        project.close()


def _show_a_coding(context: Context) -> None:
    """Show the first document that is coded at a coding with valence, levels and words of
    its coder, so that every part of the view has something to show."""
    project = context.project
    for document in project.documents.all():
        rows = project.codings.in_document(document.id)
        told = [row for row in rows if row.memo and row.levels and row.valence] or list(rows)
        if told:
            context.reveal_coding.emit(told[0].id)
            return


def _settle(tasks: Tasks, now: Callable[[], float] = time.monotonic) -> None:
    """Let the window finish: work off the main thread, timers, layout, painting."""
    begun = quiet = now()
    while now() - quiet < _SETTLED and now() - begun < _LONGEST:
        if tasks.busy:
            quiet = now()
        QCoreApplication.processEvents()
        time.sleep(0.01)
