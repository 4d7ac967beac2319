"""Writing a report to a file, from beside the work it reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.report_catalogue import report_kind, report_sources
from ikt_coder.services.report_kinds import ReportOptions
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import folder_beside
from ikt_coder.ui.reports.wording import format_name, kind_name
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight


class ReportFile(QObject):
    """Asks where to, and writes off the main thread. ``choose`` gives the path (the platform's
    dialog), ``open`` shows what was written."""

    def __init__(self, context: Context, bar: NotificationBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._bar = bar
        self._window = window
        self.choose: Callable[[Path, tuple[str, ...]], Path | None] = self._ask
        self.open: Callable[[Path], object] = _open

    def write(
        self,
        key: str,
        options: ReportOptions,
        name: str = "",
        *,
        record: Callable[[], object] | None = None,
    ) -> None:
        """Write a report; ``name`` says of what (a round). ``record`` logs in the project that
        its figures left it."""
        kind, project = report_kind(key), self._context.project
        words = f"{kind_name(kind)}, {name}" if name else kind_name(kind)
        title = re.sub(r"[^\w ,.()-]+", " ", words).strip()
        path = self.choose(folder_beside(project.path) / f"{title}{kind.endings[0]}", kind.endings)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + kind.endings[0])
        asked = replace(options, ending=path.suffix.lower())

        def work(_progress: Progress) -> Path:
            made = kind.build(project, asked)
            write(made, path, asked.language, report_sources(project, key, asked))
            if record is not None:
                record()
            return path

        self._context.tasks.run(
            work, done=self._saved, failed=self._failed, writes=record is not None
        )

    def _ask(self, path: Path, endings: tuple[str, ...]) -> Path | None:
        kinds = ";;".join(f"{format_name(ending)} (*{ending})" for ending in endings)
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
