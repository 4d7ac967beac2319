"""Writing what the Agreement page shows to a file: tables, paragraph, log, raw units."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.exporters.catalogue import write
from ikt_coder.services.comparison_options import ComparisonOptions
from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.services.report_catalogue import ReportOptions, report_kind
from ikt_coder.ui.context import Context
from ikt_coder.ui.reports.wording import format_name, kind_name
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight


class AgreementFiles(QObject):
    """Asks where to, and writes off the main thread. ``choose`` gives the path (the platform's
    dialog). Figures that leave the project are logged."""

    def __init__(self, context: Context, bar: NotificationBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._bar = bar
        self._window = window
        self.choose: Callable[[Path, tuple[str, ...]], Path | None] = self._ask
        self.open: Callable[[Path], object] = _open

    def write(self, key: str, options: ComparisonOptions, shown: Agreement | None) -> None:
        """Write a report of what is shown, in the kind of file that is chosen."""
        kind, project = report_kind(key), self._context.project
        row = None if shown is None else shown.round
        named = f", {row.name}" if row is not None else ""
        title = re.sub(r"[^\w ,.()-]+", " ", f"{kind_name(kind)}{named}").strip()
        path = self.choose(project.path.parent / f"{title}{kind.endings[0]}", kind.endings)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + kind.endings[0])
        asked = ReportOptions(comparison=options, round=options.round, ending=path.suffix.lower())
        record = shown is not None and key in ("agreement", "methods") and not project.read_only

        def work(_progress: Progress) -> Path:
            write(kind.build(project, asked), path, asked.language)
            if record and shown is not None:
                project.comparison.record(shown)
            return path

        self._context.tasks.run(work, done=self._saved, failed=self._failed, writes=record)

    def _ask(self, path: Path, endings: tuple[str, ...]) -> Path | None:
        kinds = ";;".join(f"{format_name(ending)} (*{ending})" for ending in endings)
        title = self.tr("Export")
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
