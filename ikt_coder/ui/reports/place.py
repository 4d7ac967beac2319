"""The Reports place: the list of reports, what is asked of one, its preview, and the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.coded_transcript import CodedTranscript
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.exporters.catalogue import Product, write
from ikt_coder.services.report_catalogue import report_kind, report_sources
from ikt_coder.services.report_kinds import ReportKind, ReportOptions
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import folder_beside
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.reports.choices import ReportChoices
from ikt_coder.ui.reports.clipboard import Copied, copied
from ikt_coder.ui.reports.kind_list import KindList
from ikt_coder.ui.reports.preview import ReportPreview
from ikt_coder.ui.reports.product_html import MOST_ROWS
from ikt_coder.ui.reports.wording import format_name, kind_about, kind_name
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.text_label import TextLabel

_SOON = 300
"""Milliseconds in which several changes become one reading."""
_SLOW = 500
"""Milliseconds after which a report that is being made is said to be."""
_STATE = "reports"
_SHEET = "supervision"


@frozen
class _Made:
    """What one reading of the project made, or why it could not."""

    kind: str
    product: Product | None
    error: UserError | None = None


class ReportsPlace(QWidget):
    """Shows the chosen report as it would be written now; made off the main thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown_kind = ""
        self._kept: dict[str, Any] = {}
        self.choose: Callable[[Path, str], Path | None] = self._ask
        self.open: Callable[[Path], object] = _open
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(self._show_progress)
        self.reading = FreshReading(self, context.tasks, self._begin, self._show, soon=_SOON)
        self._build()
        self._restore()
        context.signals.changed.connect(self._changed)

    # -- building -------------------------------------------------------------------------

    def _build(self) -> None:
        context, look = self._context, self._context.appearance
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = KindList(look)
        side = QFrame()
        side.setProperty("surface", "panel")
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 8, 0, 8)
        beside.addWidget(self.list)
        self.preview = ReportPreview(look)
        self.preview.code_opened.connect(context.passages_wanted)
        self.trouble = EmptyView(look, "report", "", "")
        self.trouble.add_button(
            self.tr("Go to the transcripts"), lambda: context.place_wanted.emit("code")
        )
        self.progress = ProgressPanel(look, self.tr("Making the report…"))
        self.progress.cancel_button().hide()
        waiting = QWidget()
        waits = QVBoxLayout(waiting)
        waits.setContentsMargins(48, 48, 48, 48)
        waits.addWidget(self.progress)
        waits.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.setProperty("surface", "paper")
        for page in (self.preview, self.trouble, waiting):
            self.stack.addWidget(page)
        self.bar = NotificationBar(look)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        settings = context.settings
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("reports.across"),
            save=lambda sizes: settings.remember_splitter("reports.across", sizes),
        )
        self.across.add_pane(side, min(look.px(220), 320))
        self.across.add_pane(middle, 900, stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def _head(self) -> QWidget:
        """The report's name and what can be asked of it; the acts at the right."""
        look = self._context.appearance
        head = QFrame()
        head.setProperty("surface", "panel")
        head.setProperty("line", "bottom")
        # As high as its fields need at this width; they go below one another where it is narrow.
        grows = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grows.setHeightForWidth(True)
        head.setSizePolicy(grows)
        self.name = TextLabel(look, face=FontRole.TITLE)
        self.about = TextLabel(look, role="dim", most_lines=3)
        self.choices = ReportChoices(self._context)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the report, to paste it into a document"))
        self.copy_button.clicked.connect(self.copy)
        look.set_icon(self.copy_button, "copy")
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setProperty("kind", "primary")
        self.export_button.setToolTip(self.tr("Write the report to a file"))
        self.export_button.clicked.connect(self._open_formats)
        look.set_icon(self.export_button, "export", "on_accent")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self.about)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addLayout(words, 1)
        for button in (self.copy_button, self.export_button):
            above.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(head)
        column.setContentsMargins(24, 14, 18, 12)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(self.choices)
        return head

    # -- keeping and restoring ------------------------------------------------------------

    def _restore(self) -> None:
        context = self._context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        self._kept = dict(kept) if isinstance(kept, dict) else {}
        # Nothing is kept anew until all of it was taken up.
        report = str(self._kept.get("report", ""))
        self.choices.restore(self._kept)
        self.list.chosen.connect(self._choose)
        self.list.choose(report)
        self.choices.changed.connect(self._asked)

    def _keep(self) -> None:
        context = self._context
        project = context.project.local_id
        self._kept |= {"report": self.list.key(), **self.choices.state()}
        # Other places keep their own part of the same state.
        whole = context.settings.local_state(project)
        whole[_STATE] = dict(self._kept)
        context.settings.remember_local_state(project, whole)

    # -- making ---------------------------------------------------------------------------

    def kind(self) -> ReportKind:
        """The report that is chosen."""
        return report_kind(self.list.key())

    def options(self) -> ReportOptions:
        """What is asked of it."""
        return self.choices.options()

    def _choose(self, _key: str) -> None:
        kind = self.kind()
        self.name.set_text(kind_name(kind))
        self.about.set_text(kind_about(kind))
        self.choices.show_kind(kind)
        self._asked()

    def _asked(self) -> None:
        self._keep()
        self.reading.ask()

    def _changed(self, _changes: Changes) -> None:
        self.reading.outdate()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Make the report anew; what was asked for last is shown."""
        self.reading.refresh()

    def _begin(self) -> Callable[[Progress], _Made]:
        self.choices.follow()
        kind = self.kind()
        # Long lists show their beginning; files and the clipboard hold all of them.
        options = replace(self.options(), most=MOST_ROWS)
        project = self._context.project

        def work(_progress: Progress) -> _Made:
            try:
                product = kind.build(project, options)
                if isinstance(product, CodedTranscript):
                    product.anchors()
            except UserError as error:
                return _Made(kind.key, None, error)
            return _Made(kind.key, product)

        if not self._slow.isActive():
            self._slow.start()
        return work

    def _show_progress(self) -> None:
        if self.reading.under_way and self.isVisible():
            self.progress.set_title(
                self.tr("Making “{name}”…").replace("{name}", kind_name(self.kind()))
            )
            self.stack.setCurrentIndex(2)

    def _show(self, made: _Made) -> None:
        self._slow.stop()
        for button in (self.copy_button, self.export_button):
            button.setEnabled(made.product is not None)
        if made.product is None:
            error = made.error
            self.trouble.set_words(error.what if error else "", error.to_do if error else "")
            self.stack.setCurrentIndex(1)
        else:
            same = made.kind == self._shown_kind
            self.stack.setCurrentIndex(0)
            self.preview.show_product(made.product, same=same)
        self._shown_kind = made.kind

    # -- files and the clipboard ----------------------------------------------------------

    def _open_formats(self) -> None:
        button = self.export_button
        self.formats().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def formats(self) -> QMenu:
        """The kinds of file the report can be written to."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ending in self.kind().endings:
            action = menu.addAction(f"{format_name(ending)} ({ending})")
            action.triggered.connect(lambda _on=False, ending=ending: self.export(ending))
        return menu

    def export(self, ending: str = "") -> None:
        """Ask for a name and write the report as it is now."""
        kind, options, project = self.kind(), self.options(), self._context.project
        ending = ending or kind.endings[0]
        name = re.sub(r"[^\w ,.()-]+", " ", self._file_name(kind, options)).strip()
        path = self.choose(folder_beside(project.path) / f"{name}{ending}", ending)
        if path is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + ending)

        def work(_progress: Progress) -> tuple[Path, str]:
            asked = replace(options, ending=path.suffix.lower())
            sources = report_sources(project, kind.key, asked)
            write(kind.build(project, asked), path, options.language, sources)
            return path, kind.key

        self._context.tasks.run(work, done=self._saved, failed=self._failed)

    def _file_name(self, kind: ReportKind, options: ReportOptions) -> str:
        name = kind_name(kind)
        if kind.key == _SHEET:
            return f"{name} {date.today().isoformat()}"
        if options.document is not None and self.choices.document.isVisible():
            return f"{self.choices.document.currentText()}, {name}"
        return name

    def _ask(self, path: Path, ending: str) -> Path | None:
        kinds = f"{format_name(ending)} (*{ending})"
        title = self.tr("Export the report")
        chosen, _ = QFileDialog.getSaveFileName(self.window(), title, str(path), kinds)
        return Path(chosen) if chosen else None

    def _saved(self, written: tuple[Path, str]) -> None:
        path, key = written
        if key == _SHEET:
            # The next sheet tells what came after this one.
            self._kept["last_sheet"] = date.today().isoformat()
            self._keep()
        words = self.tr("Saved {name}").replace("{name}", path.name)
        self.bar.show_message(words, Weight.NOTE, [(self.tr("Open"), lambda: self.open(path))])

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._context.fail(error)
        else:
            raise error

    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        kind, options, project = self.kind(), self.options(), self._context.project

        def work(_progress: Progress) -> Copied:
            return copied(kind.build(project, options), options.language)

        self._context.tasks.run(work, done=self._copied, failed=self._failed)

    def _copied(self, made: Copied) -> None:
        QGuiApplication.clipboard().setMimeData(made.mime())
        self._context.say(self.tr("Copied the report"), undo=False)

    # -- from elsewhere -------------------------------------------------------------------

    def show_report(self, key: str) -> None:
        """Choose a report from elsewhere."""
        self.list.choose(key)

    def focus_place(self) -> None:
        """Bring the keyboard to the list of reports."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
