"""Restore points: naming the present state, and going back to a named one."""

from __future__ import annotations

from html import escape
from typing import Any

import shiboken6
from PySide6.QtCore import QDateTime, QLocale, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UndoRefused, UserError
from ikt_coder.services.history import GoBackPreview
from ikt_coder.services.project import Project
from ikt_coder.services.rows import RestorePointRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.history.going_back import GoingBack
from ikt_coder.ui.tasks import Task
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel


class RestorePointModel(RowsModel[tuple[RestorePointRow, bool]]):
    """Restore points, newest state first, each with whether one can go back to it; those that
    cannot be reached any more stand back."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project

    def refresh(self) -> None:
        rows = reversed(self._project.history.restore_points())
        self.put((row, self._reachable(row)) for row in rows)

    def _reachable(self, row: RestorePointRow) -> bool:
        try:
            self._project.history.refuse_below_floor(row.op)
        except UndoRefused:
            return False
        return True

    def shown(self, found: tuple[RestorePointRow, bool], role: int) -> Any:
        row, reachable = found
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.SUBTITLE:
            moment = QDateTime.fromSecsSinceEpoch(int(row.created.timestamp()))
            made = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
            return made if reachable else self.tr("{made} · gone for good").format(made=made)
        if role == ItemRole.SIGN:
            return "⚑"
        if role == ItemRole.SIGN_COLOUR:
            return "accent" if reachable else "dim"
        if role == ItemRole.DIM:
            return not reachable
        return None


class RestorePointsDialog(QDialog):
    """Not modal. Going back is one act, which can be undone; the names stay."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore points"))
        self._context = context
        self._project = context.project
        self.model = RestorePointModel(context.project, self)
        self.going_back = GoingBack(context)
        self.going_back.began.connect(self._show_progress)
        self.going_back.ended.connect(self._end_progress)
        self._build()
        context.signals.changed.connect(self._on_changes)
        self.refresh()
        self.name.setFocus()

    def _build(self) -> None:
        look = self._context.appearance
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("A name for the present state"))
        self.name.setAccessibleName(self.tr("A name for the present state"))
        self.name.setMaxLength(120)
        self.name.returnPressed.connect(self.name_state)
        self.keep = QPushButton(self.tr("Name it"), self)
        self.keep.setProperty("kind", "primary")
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self.name_state)
        self._problem = dim_words("", self)
        self._problem.setProperty("tone", "danger")
        self._problem.setProperty("face", "small")
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.keep)
        above = QWidget()
        head = QVBoxLayout(above)
        head.setContentsMargins(16, 12, 16, 10)
        head.addLayout(row)
        head.addWidget(self._problem)
        self.list = RowList(look, self.tr("Restore points"), ruled=True)
        self.list.setModel(self.model)
        self.list.setProperty("surface", "paper")
        self.list.selectionModel().currentChanged.connect(self._ask_preview)
        self._empty = EmptyView(
            look,
            "restore-point",
            self.tr("No state has a name yet"),
            self.tr(
                "Name the present state before a larger change, such as merging codes. You can "
                "come back to it any day."
            ),
        )
        self._pages = ListPages(self.list, self._empty)
        self.foot = DialogFoot(look, self.tr("Going back"))
        self.words = self.foot.words
        self.back = self.foot.add_button(self.tr("Go back to here"), self.go_back)
        stack_up(self, above, self._pages, self.foot, wide=self._pages)
        writing = not self._project.read_only
        self.name.setEnabled(writing)
        self.keep.setEnabled(writing)
        DialogSize(self, self._context.settings, look, "restore-points", 480, 440)

    def refresh(self) -> None:
        """Read the points anew; the chosen one stays chosen."""
        before = self.list.currentIndex().row()
        self.model.refresh()
        count = self.model.rowCount()
        self._pages.choose()
        at = min(max(before, 0), count - 1)
        self.list.setCurrentIndex(self.model.index(at, 0))
        self._ask_preview()

    def _on_changes(self, _changes: Changes) -> None:
        if self.isVisible() and not self.going_back.running:
            self.refresh()

    def _ask_preview(self, *_indexes: QModelIndex) -> None:
        found = self.model.row(self.list.currentIndex())
        self.foot.say()
        self.back.setEnabled(False)
        if found is None or self.going_back.running:
            return
        point, reachable = found
        self._context.tasks.run(
            lambda _progress: self.going_back.preview(point.op),
            done=lambda preview: self._show_preview(point, preview, reachable),
        )

    def _show_preview(
        self, point: RestorePointRow, preview: GoBackPreview, reachable: bool
    ) -> None:
        if not shiboken6.isValid(self):
            return  # closed and deleted while the worker counted
        found = self.model.row(self.list.currentIndex())
        if found is None or found[0] != point or self.going_back.running:
            return
        self.foot.say(self.going_back.words(preview, reachable=reachable))
        changes = bool(preview.count or preview.brings_back)
        self.back.setEnabled(reachable and changes and not self._project.read_only)

    # -- acting -----------------------------------------------------------------------------

    def name_state(self) -> None:
        """Give the present state the name that is typed."""
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        try:
            self._project.history.name_restore_point(name)
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self._problem.hide()
        self.name.clear()
        self.refresh()
        self.list.setCurrentIndex(self.model.index(0, 0))
        words = self.tr("Named the state <b>{name}</b>")
        self._context.say(words.format(name=escape(name, quote=False)), undo=False)

    def go_back(self) -> None:
        """Take back everything after the chosen state."""
        found = self.model.row(self.list.currentIndex())
        if found is not None and found[1] and not self._project.read_only:
            self.going_back.go(found[0].op)

    def _show_progress(self, task: Task) -> None:
        self.foot.begin(task)
        self.keep.setEnabled(False)

    def _end_progress(self) -> None:
        self.foot.end()
        self.keep.setEnabled(not self._project.read_only)
        self.refresh()
