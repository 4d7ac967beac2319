"""Failures on screen: known ones in calm words, bugs in a report that can be copied.

Interviews are confidential. A bug's message can hold a passage (a ``ValueError`` quotes what it
could not read), so reports and logs hold the kind of the error and the places in the program,
never the message.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import ikt_coder
from ikt_coder.core.errors import Cancelled, UserError
from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance

_log = logging.getLogger(__name__)

CRASH_FILES = "crash-*.log"
"""One per running program, so that two windows do not write into one file."""
_FORGET_AFTER = 30 * 24 * 3600
_PACKAGE = Path(ikt_coder.__file__).resolve().parent


def report_text(error: BaseException) -> str:
    """The kind of ``error``, its causes and the places it went through; no message, no paths."""
    lines = [
        f"IKT Coder {_version()}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    ]
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        lines.append(type(now).__qualname__ if len(seen) == 1 else f"from {type(now).__qualname__}")
        for frame in traceback.extract_tb(now.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        now = now.__cause__ or now.__context__
    return "\n".join(lines)


def _place(filename: str) -> str:
    path = Path(filename)
    try:
        return path.resolve().relative_to(_PACKAGE).as_posix()
    except ValueError:
        return path.name


def _version() -> str:
    return str(getattr(ikt_coder, "__version__", ""))


class Errors(QObject):
    """Shows failures and catches what nobody caught."""

    _from_elsewhere = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        log_dir: Path,
        window: Callable[[], QWidget | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        """``window`` gives the window over which dialogs stand."""
        super().__init__(parent)
        self._appearance = appearance
        self._log_dir = log_dir
        self._window = window
        self._crash_file: TextIOWrapper | None = None
        self._crash_path = log_dir
        self._open: QDialog | None = None
        self._from_elsewhere.connect(self.show_error)

    # -- showing ----------------------------------------------------------------------------

    def show_error(self, error: BaseException) -> None:
        """Show ``error``; a cancel says nothing. May be called on the main thread only."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError):
            self._show(MessageDialog(self._appearance, error.what, error.to_do, self._window()))
            return
        report = report_text(error)
        _log.error("A bug was met.\n%s", report)
        self._show(BugDialog(self._appearance, report, self._window()))

    def _show(self, dialog: QDialog) -> None:
        # One at a time: a fault in painting would otherwise fill the screen.
        if self._open is not None:
            dialog.deleteLater()
            return
        self._open = dialog
        dialog.finished.connect(self._closed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _closed(self) -> None:
        self._open = None

    def dialog(self) -> QDialog | None:
        """The dialog that is open now."""
        return self._open

    # -- catching ---------------------------------------------------------------------------

    def install(self) -> None:
        """Catch what nobody caught, and let a crash leave its trace in the log folder."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._uncaught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        self._crash_path = self._log_dir / f"crash-{os.getpid()}.log"
        self._crash_file = self._crash_path.open("w", encoding="utf-8")
        faulthandler.enable(self._crash_file)

    def uninstall(self) -> None:
        """Undo :meth:`install`; a clean end leaves no crash file."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
            self._crash_path.unlink(missing_ok=True)

    def last_crash(self) -> str:
        """The trace of an earlier day's crash, once; call it before :meth:`install`."""
        traces = []
        for path in sorted(self._log_dir.glob(CRASH_FILES)):
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            # An empty file may be that of a window which is open now.
            old = time.time() - path.stat().st_mtime > _FORGET_AFTER
            if text or old:
                path.unlink(missing_ok=True)
            if text:
                traces.append(text)
        return "\n\n".join(traces)

    def show_last_crash(self) -> None:
        """Tell about an earlier crash, where there was one."""
        self.tell_crash(self.last_crash())

    def tell_crash(self, trace: str) -> None:
        """Show the trace of an earlier crash; nothing where it is empty."""
        if trace:
            short = "\n".join(_short(line) for line in trace.splitlines())
            self._show(BugDialog(self._appearance, short, self._window(), earlier=True))

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        # Other threads may fail too; the signal brings it to the main thread.
        self._from_elsewhere.emit(error)


def _short(line: str) -> str:
    """A line of a crash trace without the folders of this computer."""
    before, mark, rest = line.partition('File "')
    if not mark:
        return line
    filename, quote, after = rest.partition('"')
    return f"{before}{mark}{_place(filename)}{quote}{after}"


class MessageDialog(QDialog):
    """A known failure: what happened and what was kept, then what to do."""

    def __init__(
        self, appearance: Appearance, what: str, to_do: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("IKT Coder"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 16)
        self._column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        picture = QLabel(self)
        colour = appearance.colour("dim").name()
        side = appearance.px(20)
        picture.setPixmap(render("info", colour, side, self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        for text, face in ((what, "strong"), (to_do, "")):
            if text:
                words.addWidget(_plain(text, face))
        words.addStretch(1)
        top.addWidget(picture)
        top.addLayout(words, 1)
        self._column.addLayout(top)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setProperty("kind", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._foot.addWidget(self.close_button)
        self._column.addLayout(self._foot)
        self.setMinimumWidth(appearance.px(420))
        self.setAccessibleName(what)
        self.setAccessibleDescription(to_do)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A wrapped label asks for the height it would need at a narrower width.
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))


class BugDialog(MessageDialog):
    """Something went wrong in the program: the report can be copied and holds no interview."""

    def __init__(
        self,
        appearance: Appearance,
        report: str,
        parent: QWidget | None = None,
        *,
        earlier: bool = False,
    ) -> None:
        what = (
            _tr("The program stopped by itself the last time. Your work is saved.")
            if earlier
            else _tr("Something went wrong in the program. Your work is saved.")
        )
        to_do = _tr(
            "Every act before this one is in the project. You can go on; if it happens again, "
            "please send the report below. It holds no words of your interviews."
        )
        super().__init__(appearance, what, to_do, parent)
        self._report = QPlainTextEdit(report, self)
        self._report.setReadOnly(True)
        self._report.setProperty("field", "true")
        self._report.setAccessibleName(self.tr("Report"))
        self._report.setFixedHeight(appearance.px(160))
        self._report.setTabChangesFocus(True)
        self._column.insertWidget(1, self._report)
        self.copy_button = QPushButton(self.tr("Copy the report"), self)
        self.copy_button.clicked.connect(self._copy)
        self._foot.insertWidget(1, self.copy_button)
        self.setMinimumWidth(appearance.px(560))

    def report(self) -> str:
        return self._report.toPlainText()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self.copy_button.setText(self.tr("Copied"))


def _tr(words: str) -> str:
    return QCoreApplication.translate("BugDialog", words)


def _plain(text: str, face: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("face", face)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
