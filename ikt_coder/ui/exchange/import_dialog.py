"""Files before they become documents: what each seems to hold, and how it is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.importers.options import ImportOptions
from ikt_coder.services import importing
from ikt_coder.services.importing import Candidate
from ikt_coder.ui.context import Context
from ikt_coder.ui.documents.wording import documents_words
from ikt_coder.ui.exchange.file_details import FileDetails
from ikt_coder.ui.exchange.file_list import FileList, FileModel
from ikt_coder.ui.exchange.preview import Preview
from ikt_coder.ui.tasks import Progress, Task
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.scroll_column import ScrollColumn
from ikt_coder.ui.widgets.section_heading import SectionHeading


class ImportDialog(QDialog):
    """Files left, what can be changed in the middle, the first turns right. Nothing is
    written until Import; then everything in one act that one undo takes back."""

    imported = Signal(object)
    """list of the new documents' UUIDs"""
    prepared = Signal()
    """The files have been read."""

    def __init__(
        self,
        context: Context,
        paths: Sequence[Path],
        folder: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._task: Task | None = None
        self._previewed = ""
        self._shared = False
        self._readings: dict[int, int] = {}  # per row, the newest reading asked for
        look = context.appearance
        self.setWindowTitle(self.tr("Import interviews"))
        self.bar = NotificationBar(look, self)
        self.files = FileList(look, self.tr("Files"), ruled=True, parent=self)
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.model = FileModel(self)
        self.files.setModel(self.model)
        self.details = FileDetails(look, self)
        self.preview = Preview(look, self)
        self.unreadable = EmptyView(look, "warning", "")
        self.progress = ProgressPanel(look, self.tr("Reading files"), self)
        self.progress.cancel_asked.connect(self._cancel_task)
        self.one_talk = QPushButton(self.tr("These files are one talk"), self)
        self.one_talk.setToolTip(self.tr("Merges the chosen timed files by their times"))
        self.one_talk.clicked.connect(self._merge_or_part)
        self.folder = QuietComboBox(self)
        self.import_button = QPushButton(self.tr("Import"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.count = QLabel(self)
        self._fill_folders(folder)
        self._lay_out()
        self.files.selectionModel().currentRowChanged.connect(self._show_current)
        self.files.selectionModel().selectionChanged.connect(self._refresh)
        self.files.toggled.connect(self._toggle)
        self.model.dataChanged.connect(self._refresh)
        self.details.wanted.connect(lambda on: self.model.want(self.row, on))
        self.details.edited.connect(lambda candidate: self.model.replace(self.row, candidate))
        self.details.reread.connect(lambda options: self._read_anew(self.row, options))
        self.details.use_for_all.connect(self._use_for_all)
        self._prepare(paths)

    # -- laying out -------------------------------------------------------------------------

    def _lay_out(self) -> None:
        look = self._context.appearance
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        self.heading = SectionHeading(look, self.tr("Files"))
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 14, 4)
        head.addWidget(self.heading)
        column.addLayout(head)
        column.addWidget(self.files, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 0)
        foot.addWidget(self.one_talk)
        column.addLayout(foot)
        scroll = ScrollColumn(self.details, self)
        self.details.setProperty("transparent", "true")
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.setHandleWidth(1)
        both.addWidget(scroll)
        both.addWidget(self.preview)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        self.right = QStackedWidget(self)
        waiting = QWidget(self)
        middle = QVBoxLayout(waiting)
        middle.setContentsMargins(32, 32, 32, 32)
        middle.addStretch(1)
        middle.addWidget(self.progress)
        middle.addStretch(2)
        self._waiting, self._both = waiting, both
        for view in (waiting, both, self.unreadable):
            self.right.addWidget(view)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setHandleWidth(1)
        panes.addWidget(left)
        panes.addWidget(self.right)
        panes.setStretchFactor(1, 1)
        panes.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(panes, 1)
        column.addWidget(self._make_foot())
        screen = self.screen().availableSize()
        width = min(look.px(1120), screen.width() - 24)
        self.resize(width, min(look.px(720), screen.height() - 48))
        panes.setSizes([width * 21 // 100, width * 79 // 100])
        both.setSizes([width * 30 // 100, width * 49 // 100])

    def _make_foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("line", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(self.tr("&Folder"), foot)
        label.setBuddy(self.folder)
        self.folder.setEditable(True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.folder.setMinimumContentsLength(14)
        self.folder.setAccessibleName(self.tr("Folder for the documents"))
        self.folder.setToolTip(self.tr("Choose a folder, or type the name of a new one"))
        field = self.folder.lineEdit()
        assert field is not None
        field.setPlaceholderText(self.tr("No folder"))
        self.count.setProperty("tone", "dim")
        self.import_button.setProperty("kind", "primary")
        self.import_button.setDefault(True)
        self.import_button.setEnabled(False)
        self.import_button.clicked.connect(self._import)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        for button in (self.one_talk, self.details.for_all):
            button.setAutoDefault(False)
        row.addWidget(label)
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.import_button)
        column.addWidget(self.count)
        column.addLayout(row)
        return foot

    def _fill_folders(self, folder: UUID | None) -> None:
        self.folder.addItem("", None)
        for row in self._project.folders.all():
            self.folder.addItem(row.name, row.id)
            if row.id == folder:
                self.folder.setCurrentIndex(self.folder.count() - 1)

    # -- reading the files ------------------------------------------------------------------

    def _prepare(self, paths: Sequence[Path]) -> None:
        self._refresh()
        self._run(
            lambda progress: importing.prepare(self._project, paths, progress), self._prepared
        )

    def _run(self, work: Any, done: Any, *, writes: bool = False) -> None:
        """One long piece of work with its progress shown; the rest waits."""
        self.progress.reset()
        self.right.setCurrentWidget(self._waiting)
        task = self._context.tasks.run(work, done=done, failed=self._failed, writes=writes)
        task.progressed.connect(self.progress.set_progress)
        task.was_cancelled.connect(self._cancelled)
        task.ended.connect(self._task_ended)
        self._task = task
        self._refresh()

    def _task_ended(self) -> None:
        self._task = None
        self._refresh()

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _prepared(self, candidates: list[Candidate]) -> None:
        self.model.show_candidates(candidates)
        self.heading.set_note(str(len(candidates)))
        first = next((i for i, c in enumerate(candidates) if c.ready), 0)
        self.files.setCurrentIndex(self.model.index(first))
        self._show_current()
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)
        self.prepared.emit()

    def _failed(self, error: BaseException) -> None:
        self._show_current()
        if isinstance(error, UserError):
            self.bar.show_message(str(error), Weight.WARNING)
        else:
            raise error

    def _cancelled(self) -> None:
        if not self.model.rowCount():
            self.done(QDialog.DialogCode.Rejected)
            return
        self._show_current()
        self.bar.show_message(self.tr("Cancelled; nothing was imported."))

    # -- one file ---------------------------------------------------------------------------

    @property
    def row(self) -> int:
        """The row that is shown; -1 for none."""
        return self.files.currentIndex().row()

    def _show_current(self, *_rows: QModelIndex) -> None:
        if self.row < 0:
            return
        candidate = self.model.candidate(self.row)
        if candidate.error is not None:
            self.unreadable.set_words(candidate.error.what, candidate.error.to_do)
            self.right.setCurrentWidget(self.unreadable)
            return
        self.details.show_candidate(candidate, self.model.is_wanted(self.row))
        same = candidate.name == self._previewed
        self.preview.show_transcript(candidate.transcript, same_file=same)
        self._previewed = candidate.name
        first = self.right.currentWidget() is not self._both
        self.right.setCurrentWidget(self._both)
        if first and not self._shared:
            self._shared = True
            QTimer.singleShot(0, self, self._share_room)

    def _toggle(self) -> None:
        if self.row >= 0:
            self.model.want(self.row, not self.model.is_wanted(self.row))
            self._show_current()

    def _read_anew(self, row: int, options: ImportOptions) -> None:
        candidate = self.model.candidate(row)
        number = self._readings.get(row, 0) + 1
        self._readings[row] = number

        def done(fresh: Candidate) -> None:
            # Only the newest wish counts; what was typed meanwhile stays.
            if not shiboken6.isValid(self) or self._readings.get(row) != number:
                return
            now = self.model.candidate(row)
            self.model.replace(row, replace(fresh, title=now.title, language=now.language))
            if row == self.row:
                self._show_current()

        self._context.tasks.run(
            lambda _progress: importing.rebuild(candidate, options), done=done, failed=self._failed
        )

    def _use_for_all(self) -> None:
        """Read every other file of this kind by the same options."""
        options, kind = self.details.options, self.model.candidate(self.row).kind
        same = [
            row
            for row, candidate in enumerate(self.model.candidates)
            if row != self.row and candidate.readable and candidate.kind == kind
        ]
        for row in same:
            self._read_anew(row, options)
        words = self.tr("{count} other files are read the same way.").format(count=len(same))
        self.bar.show_message(words)

    # -- several files of one talk -------------------------------------------------------------

    def _chosen(self) -> list[int]:
        return sorted(index.row() for index in self.files.selectionModel().selectedIndexes())

    def _merge_or_part(self) -> None:
        rows = self._chosen()
        candidates = [self.model.candidate(row) for row in rows]
        self._readings.clear()
        if len(rows) == 1 and candidates[0].parts:
            self.model.take_apart(rows[0])
            at = rows[0]
        else:
            try:
                merged = importing.merge(self._project, candidates)
            except UserError as error:
                self.bar.show_message(str(error), Weight.WARNING)
                return
            at = self.model.put_together(rows, merged)
        self.files.setCurrentIndex(self.model.index(at))
        self.heading.set_note(str(self.model.rowCount()))
        self._show_current()
        self._refresh()

    # -- importing --------------------------------------------------------------------------

    def wanted(self) -> list[Candidate]:
        """What Import brings in."""
        return [
            replace(candidate, anyway=True)
            for row, candidate in enumerate(self.model.candidates)
            if candidate.readable and self.model.is_wanted(row)
        ]

    def _folder(self) -> UUID | str | None:
        words = " ".join(self.folder.currentText().split())
        at = self.folder.findText(words, Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            found: UUID | None = self.folder.itemData(at)
            return found
        return words or None

    def _import(self) -> None:
        candidates, folder = self.wanted(), self._folder()
        if not candidates or self._task is not None:
            return
        self.progress.set_title(self.tr("Importing"))

        def work(progress: Progress) -> list[UUID]:
            return importing.bring_in(self._project, candidates, folder, progress=progress)

        self._run(work, self._done, writes=True)

    def _done(self, documents: list[UUID]) -> None:
        self._task = None
        self.imported.emit(documents)
        self.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for both, else the first turns below."""
        super().resizeEvent(event)
        look = self._context.appearance
        wide = self.width() >= look.px(820)
        side = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._both.orientation() != side:
            self._both.setOrientation(side)
            # The panes take their new sizes when the layout has been worked off.
            QTimer.singleShot(0, self, self._share_room)

    def _share_room(self) -> None:
        if self._both.orientation() == Qt.Orientation.Horizontal:
            room = self._both.width()
            self._both.setSizes([room * 38 // 100, room * 62 // 100])
        else:
            room = self._both.height()
            self._both.setSizes([room * 55 // 100, room * 45 // 100])

    # -- keys and closing -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter ends typing in a field; only Ctrl+Enter imports from anywhere.
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.import_button.click()
                event.accept()
                return
            if not isinstance(self.focusWidget(), QAbstractButton | RowList):
                event.accept()
                return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave; a long piece of work is cancelled first."""
        if self._task is not None:
            self._cancel_task()
            if self.model.rowCount():
                return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cancel_task()
        super().closeEvent(event)

    def _refresh(self) -> None:
        wanted = len(self.wanted())
        whole = self.model.rowCount()
        busy = self._task is not None
        self.import_button.setEnabled(wanted > 0 and not busy)
        self.import_button.setText(
            self.tr("Import {documents}").format(documents=documents_words(wanted))
            if wanted
            else self.tr("Import")
        )
        left_out = whole - wanted
        words = self.tr("{count} of {whole} files are left out")
        self.count.setText(words.format(count=left_out, whole=whole))
        self.count.setVisible(left_out > 0)
        self.files.setEnabled(not busy)
        chosen = [self.model.candidate(row) for row in self._chosen() if row < whole]
        merged = len(chosen) == 1 and bool(chosen[0].parts)
        self.one_talk.setText(
            self.tr("Separate files again") if merged else self.tr("These files are one talk")
        )
        timed = sum(candidate.timed for candidate in self.model.candidates)
        self.one_talk.setVisible(merged or timed > 1)
        mergeable = len(chosen) > 1 and all(candidate.timed for candidate in chosen)
        self.one_talk.setEnabled(not busy and (merged or mergeable))
