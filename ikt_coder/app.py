"""The composition root of the window: settings, look, errors and session are put together.

Qt is imported inside functions only: the command line imports this module and must not pay
for it.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ikt_coder import logs, paths
from ikt_coder.core.loading_qt import loading_qt
from ikt_coder.settings import APPEARANCE, LANGUAGE, Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ikt_coder.text.runner import Runner
    from ikt_coder.ui.appearance.style import Appearance

_SETTLED = 3000
"""Milliseconds after the start, when the window stands."""

_TURN = 0.0005
"""Seconds a thread may keep Python's lock while another waits, a tenth of the usual. Qt asks the
window's models a hundred times for one layout, and each time it would wait for a busy worker."""


def run(
    project_path: Path | None = None,
    *,
    sample: bool = False,
    read_only: bool = False,
    argv: Sequence[str] = (),
) -> int:
    """Open the window and stay until the person leaves; returns the exit status.

    Opens ``project_path`` (``read_only``: without changing it), or the sample project, or the
    welcome view. ``argv`` are arguments for Qt. Must run on the main thread.
    """
    # What is loaded at the start stays to the end: looking through it again and again for
    # garbage takes a sixth of the start.
    gc.disable()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    with loading_qt():
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

    logs.configure()
    settings = Settings.load()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["ikt-coder", *argv])
    name_application(app)
    translate(app, settings)
    appearance = make_appearance(app, settings)

    from ikt_coder.ui.errors import Errors
    from ikt_coder.ui.window.session import Session

    sessions: list[Session] = []
    errors = Errors(
        appearance, paths.user_log_dir(), lambda: sessions[0].top() if sessions else None
    )
    session = Session(appearance, settings, errors, pipelines_apart)
    sessions.append(session)
    crash = errors.last_crash()
    errors.install()
    app.setQuitOnLastWindowClosed(False)
    session.ended.connect(app.quit)
    end_signals = end_by_signal(app, session.close_all)
    QTimer.singleShot(_SETTLED, app, _collect_garbage)
    try:
        session.start(project_path, sample=sample, read_only=read_only)
        if crash:
            errors.tell_crash(crash)
        return int(app.exec())
    finally:
        session.finish()
        sys.setswitchinterval(usual)
        _collect_garbage()
        end_signals()
        errors.uninstall()
        logs.close()


def pipelines_apart() -> Runner:
    """Language pipelines in a process of their own, which is started when it is needed."""
    from ikt_coder.text.process import PipelineProcess

    return PipelineProcess()


def _collect_garbage() -> None:
    """From now on garbage is collected as usual; what is there is not looked at again."""
    gc.freeze()
    gc.enable()


def name_application(app: QApplication) -> None:
    """Names for the desktop: the task bar, the settings of Qt itself."""
    import ikt_coder

    app.setApplicationName("IKT Coder")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("ikt-coder")
    app.setApplicationVersion(str(getattr(ikt_coder, "__version__", "")))
    with contextlib.suppress(FileNotFoundError):
        from PySide6.QtGui import QIcon

        app.setWindowIcon(QIcon(str(paths.resource("appearance/app.svg"))))


def make_appearance(app: QApplication, settings: Settings) -> Appearance:
    """The look as the settings have it, applied, and following them."""
    from ikt_coder.ui.appearance.style import Appearance, Mode
    from ikt_coder.ui.window.look import LookFollowsSettings, text_size

    appearance = Appearance(Mode(settings.get(APPEARANCE)), text_size(settings), app)
    appearance.apply(app)
    LookFollowsSettings(appearance, settings)
    return appearance


def translate(app: QApplication, settings: Settings) -> None:
    """Load the window's language where there is one; English is in the program itself."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    chosen = settings.get(LANGUAGE)
    locale = QLocale() if chosen == "system" else QLocale(chosen)
    if locale.language() == QLocale.Language.C:
        # A computer without a language of its own; thousands are told apart all the same.
        locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    QLocale.setDefault(locale)
    try:
        own = paths.resource("i18n")
    except FileNotFoundError:
        return
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((str(own), "ikt_coder"), (of_qt, "qtbase")):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)


def end_by_signal(app: QApplication, end: Callable[[], object]) -> Callable[[], None]:
    """Let an interrupt from the terminal, or the system asking to stop, close the project
    properly; returns what gives the signals back."""
    if sys.platform == "win32":
        return lambda: None
    from PySide6.QtCore import QSocketNotifier

    # Python acts on a signal only between two of its own steps; the event loop is none. The
    # socket wakes it.
    reading, writing = socket.socketpair()
    for each in (reading, writing):
        each.setblocking(False)
    old_fd = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    asked = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: None) for number in asked}
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, app)

    def heard() -> None:
        told = b""  # the numbers of the signals, also of those that others listen for
        with contextlib.suppress(BlockingIOError):
            told = reading.recv(64)
        if any(number in told for number in asked):
            end()

    notifier.activated.connect(heard)

    def give_back() -> None:
        notifier.setEnabled(False)
        notifier.deleteLater()
        signal.set_wakeup_fd(old_fd)
        for number, handler in before.items():
            signal.signal(number, handler)
        reading.close()
        writing.close()

    return give_back
