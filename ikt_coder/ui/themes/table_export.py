"""Writing the theme table to a file: a name is asked, the worker writes, a bar tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.theme_table import ThemeTable, ThemeTableOptions
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import folder_beside
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight


class ExportButton(QWidget):
    """Word at one click, the other formats beside it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = context.appearance
        self.word = QPushButton(self.tr("Export table to Word"), self)
        self.others = QPushButton(self)
        self.others.setAccessibleName(self.tr("Export table to another format"))
        self.others.setToolTip(self.others.accessibleName())
        for button in (self.word, self.others):
            button.setProperty("kind", "primary")
        look.set_icon(self.others, "chevron-down", "on_accent")
        self.others.setFixedWidth(look.px(34))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.word)
        row.addWidget(self.others)
        self._look = look
        look.changed.connect(self._fit)

    def _fit(self) -> None:
        self.others.setFixedWidth(self._look.px(34))


class TableExport(QObject):
    """Asks where to, and writes. ``choose`` gives the path (the file dialog of the platform)."""

    def __init__(
        self,
        context: Context,
        bar: NotificationBar,
        options: Callable[[], ThemeTableOptions],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._bar = bar
        self._options = options
        self._window = window
        self.choose: Callable[[Path, str], Path | None] = self._ask
        self.open: Callable[[Path], object] = _open

    def menu(self) -> QMenu:
        # Every exporter: loaded where something is written, not where themes are shown.
        from ikt_coder.exporters.catalogue import FORMATS, REPORT_FORMATS

        menu = QMenu(self._window)
        for known in FORMATS:
            words = self.tr("{name} ({ending})").replace("{name}", self._format_name(known.ending))
            action = menu.addAction(words.replace("{ending}", known.ending))
            action.triggered.connect(lambda _on=False, ending=known.ending: self.export(ending))
        menu.addSeparator()
        draft = menu.addMenu(self.tr("Write a draft chapter…"))
        draft.setToolTip(self.tr("Each theme with its narrative, quotes, links and deviant cases"))
        for kind in REPORT_FORMATS:
            words = self.tr("{name} ({ending})").replace("{name}", self._format_name(kind.ending))
            action = draft.addAction(words.replace("{ending}", kind.ending))
            action.triggered.connect(
                lambda _on=False, ending=kind.ending: self.export_report(ending)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _format_name(self, ending: str) -> str:
        return {
            ".docx": self.tr("Word document"),
            ".xlsx": self.tr("Excel workbook"),
            ".html": self.tr("Web page"),
            ".csv": self.tr("Comma-separated values"),
            ".md": self.tr("Markdown"),
        }[ending]

    def export(self, ending: str = ".docx") -> None:
        """Ask for a name and write the table as it is now."""
        options = self._options()
        project = self._context.project
        title = options.title or self.tr("Themes")
        name = re.sub(r"[^\w ,.()-]+", " ", f"Table {options.number} {title}").strip()
        path = self.choose(folder_beside(project.path) / f"{name}{ending}", ending)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + ending)

        def work(_progress: object) -> tuple[Path, tuple[str, ...]]:
            from ikt_coder.exporters.catalogue import write_tables

            made = ThemeTable(project, options, data=path.suffix.lower() == ".csv")
            tables = made.tables()
            write_tables(tables, path, options.language.value, made.sources)
            return path, made.warnings

        self._context.tasks.run(work, done=self._saved, failed=self._failed)

    def export_report(self, ending: str = ".docx") -> None:
        """Ask for a name and write the themes as a draft of a chapter, in the language of the
        table."""
        options = self._options()
        project = self._context.project
        name = self.tr("Draft chapter on the themes")
        path = self.choose(folder_beside(project.path) / f"{name}{ending}", ending)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + ending)

        def work(_progress: object) -> tuple[Path, tuple[str, ...]]:
            from ikt_coder.exporters.catalogue import write_report

            report = project.reports.theme_report(
                options.language, group_labels=options.group_labels
            )
            write_report(report, path)
            return path, project.reports.theme_table_warnings(options)

        self._context.tasks.run(work, done=self._saved, failed=self._failed)

    def _ask(self, path: Path, ending: str) -> Path | None:
        kinds = f"{self._format_name(ending)} (*{ending})"
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.tr("Export"), str(path), kinds)
        return Path(chosen) if chosen else None

    def _saved(self, written: tuple[Path, tuple[str, ...]]) -> None:
        path, warnings = written
        words = self.tr("Saved {name}").replace("{name}", path.name)
        weight = Weight.WARNING if warnings else Weight.NOTE
        self._bar.show_message(
            ". ".join([words, *warnings]),
            weight,
            [(self.tr("Open"), lambda: self.open(path))],
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._context.fail(error)
        else:
            raise error


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
