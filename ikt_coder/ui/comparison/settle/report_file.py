"""Writing a report of the round to a file, from beside the work it reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.report_catalogue import ReportOptions, report_kind, report_sources
from ikt_coder.ui.context import Context
from ikt_coder.ui.reports.wording import format_name, kind_name
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight


class ReportFile(QObject):
    """Asks where to, and writes. ``choose`` gives the path (the platform's dialog)."""

    def __init__(self, context: Context, bar: NotificationBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._bar = bar
        self._window = window
        self.choose: Callable[[Path, str], Path | None] = self._ask
        self.open: Callable[[Path], object] = _open

    def write(self, key: str, round_: UUID | None, name: str) -> None:
        """Write a report of a round; ``name`` is the round's."""
        kind, project = report_kind(key), self._context.project
        ending = kind.endings[0]
        title = re.sub(r"[^\w ,.()-]+", " ", f"{kind_name(kind)}, {name}").strip()
        path = self.choose(project.path.parent / f"{title}{ending}", ending)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + ending)
        options = ReportOptions(round=round_, ending=path.suffix.lower())

        def work(_progress: Progress) -> Path:
            made = kind.build(project, options)
            write(made, path, options.language, report_sources(project, key, options))
            return path

        self._context.tasks.run(work, done=self._saved, failed=self._failed)

    def _ask(self, path: Path, ending: str) -> Path | None:
        kinds = f"{format_name(ending)} (*{ending})"
        title = self.tr("Export the report")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(path), kinds)
        return Path(chosen) if chosen else None

    def _saved(self, path: Path) -> None:
        words = self.tr("Saved {name}").replace("{name}", path.name)
        self._bar.show_message(words, Weight.NOTE, [(self.tr("Open"), lambda: self.open(path))])

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
