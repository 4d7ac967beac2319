"""Writing what a retrieval found, as a list or as a matrix, to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ikt_coder.core.table import Table
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import folder_beside
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.notification_bar import NotificationBar

ROWS = (".xlsx", ".csv")
"""Formats in which each passage is a row with all that is known of it."""


class RetrievalExport(QObject):
    """Asks where to, makes the table away from the main thread, and writes it."""

    def __init__(self, context: Context, bar: NotificationBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._bar = bar
        self._window = window
        self.choose: Callable[[Path, str], Path | None] = self._ask
        self.open: Callable[[Path], object] = _open

    def menu(self, make: Callable[[str, bool], Table], name: str, *, passages: bool) -> QMenu:
        """The formats. ``make`` gets the ending and whether the words that participants did
        not agree to have quoted are wanted too (for the team), and returns the table."""
        menu = QMenu(self._window)
        for ending, words in (
            (".docx", self.tr("Word document (.docx)")),
            (".xlsx", self.tr("Excel workbook, one row per passage (.xlsx)"))
            if passages
            else (".xlsx", self.tr("Excel workbook (.xlsx)")),
            (".csv", self.tr("Comma-separated values (.csv)")),
            (".html", self.tr("Web page (.html)")),
            (".md", self.tr("Markdown (.md)")),
        ):
            action = menu.addAction(words)
            action.triggered.connect(
                lambda _c=False, e=ending: self.export(make, name, e, for_team=False)
            )
        menu.addSeparator()
        menu.addAction(self.tr("Print…")).triggered.connect(lambda _c=False: self.print(make))
        if passages:
            menu.addSeparator()
            team = menu.addMenu(self.tr("For the team, every word"))
            team.setToolTip(
                self.tr("Also words whose participants did not agree to be quoted: do not publish")
            )
            for ending in (".docx", ".xlsx"):
                action = team.addAction(ending)
                action.triggered.connect(
                    lambda _c=False, e=ending: self.export(make, name, e, for_team=True)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def export(
        self, make: Callable[[str, bool], Table], name: str, ending: str, *, for_team: bool
    ) -> None:
        """Ask for a name and write the table as it is now."""
        folder = folder_beside(self._context.project.path)
        path = self.choose(folder / f"{name}{ending}", ending)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + ending)

        def work(_progress: Progress) -> Path:
            # Here, where the window need not wait for it.
            from ikt_coder.exporters.catalogue import write_tables

            write_tables([make(path.suffix.lower(), for_team)], path)
            return path

        self._context.tasks.run(work, done=self._saved)

    def print(self, make: Callable[[str, bool], Table]) -> None:
        """Make the table as for reading, and ask for a printer."""

        def show(table: Table) -> None:
            from ikt_coder.ui.printing import ask_and_print

            ask_and_print([table], self._context.appearance, self._window)

        self._context.tasks.run(lambda _progress: make(".docx", False), done=show)

    def _ask(self, path: Path, ending: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export"), str(path), f"*{ending}"
        )
        return Path(chosen) if chosen else None

    def _saved(self, path: Path) -> None:
        self._bar.show_message(
            self.tr("Saved {name}").format(name=path.name),
            actions=[(self.tr("Open"), lambda: self.open(path))],
        )


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
