"""Backups: what there is, making one now, and bringing one back as a project of its own."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ikt_coder import paths
from ikt_coder.core.errors import UserError
from ikt_coder.services.project import Project
from ikt_coder.services.safety import BackupRow, backups_of, restore_copy
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.history.entry import day_words
from ikt_coder.ui.tasks import Tasks
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words, stack_up
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel


class BackupModel(RowsModel[BackupRow]):
    """The backups of one project, newest first."""

    def shown(self, row: BackupRow, role: int) -> Any:
        moment = QDateTime.fromSecsSinceEpoch(int(row.made.timestamp()))
        time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
        today = QDateTime.currentDateTime().date()
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{day_words(moment.date(), today)}, {time}"
        if role == ItemRole.COUNT:
            return QLocale().formattedDataSize(row.size)
        if role == ItemRole.SUBTITLE:
            return row.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.path)
        return None


class BackupsDialog(QDialog):
    """The backups of the open project. :meth:`for_file` shows those of a project that is not
    open, such as one that cannot be opened any more."""

    open_wanted = Signal(object)
    """Path: the person wants to open the project that was brought back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._begin(
            context.project.path,
            context.project,
            context.settings,
            context.appearance,
            context.tasks,
            parent,
        )

    @classmethod
    def for_file(
        cls,
        path: Path,
        settings: Settings,
        appearance: Appearance,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> BackupsDialog:
        """The backups of the project at ``path``, without opening it."""
        dialog = cls.__new__(cls)
        dialog._begin(path, None, settings, appearance, tasks, parent)
        return dialog

    def _begin(
        self,
        path: Path,
        project: Project | None,
        settings: Settings,
        appearance: Appearance,
        tasks: Tasks,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._project = project
        self._settings = settings
        self._appearance = appearance
        self._tasks = tasks
        self._busy = False
        self.setWindowTitle(self.tr("Backups"))
        self.model = BackupModel(self)
        self._build()
        self.refresh()

    def _build(self) -> None:
        look = self._appearance
        self.message = NotificationBar(look)
        words = dim_words(
            self.tr(
                "Backups of “{name}” on this computer. One is made every now and then and at the "
                "end; the newest eight stay, and one a day for two weeks."
            ).format(name=self._path.name)
        )
        words.setContentsMargins(16, 12, 16, 10)
        self.list = RowList(look, self.tr("Backups"), ruled=True)
        self.list.setModel(self.model)
        self.list.setProperty("surface", "paper")
        self.list.selectionModel().currentChanged.connect(self._enable)
        self._empty = EmptyView(
            look,
            "shield",
            self.tr("No backup yet"),
            self.tr("Backups of this project are kept on the computer it was opened on."),
        )
        self._pages = ListPages(self.list, self._empty)
        foot = DialogFoot(look)
        self.restore = foot.add_button(self.tr("Bring back as a copy…"), self.bring_back)
        self.now = foot.add_button(self.tr("Make one now"), self.make)
        self.folder = foot.add_button(self.tr("Open the folder"), self._open_folder)
        stack_up(self, self.message, words, self._pages, foot, wide=self._pages)
        self.now.setVisible(self._project is not None)
        DialogSize(self, self._settings, look, "backups", 520, 440)

    def refresh(self) -> None:
        """Read the list anew."""
        try:
            rows = backups_of(self._path)
        except UserError as error:
            self.message.show_message(str(error), Weight.WARNING)
            rows = ()
        self.model.put(rows)
        self._pages.choose()
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._enable()

    def _enable(self, *_indexes: QModelIndex) -> None:
        chosen = self.model.row(self.list.currentIndex()) is not None
        self.restore.setEnabled(chosen and not self._busy)
        self.now.setEnabled(not self._busy)

    # -- acting -----------------------------------------------------------------------------

    def make(self) -> None:
        """Make a backup now."""
        project = self._project
        if project is None or self._busy:
            return
        self._run(project.safety.backup, self._made)

    def _made(self, _path: Path) -> None:
        self.refresh()
        self.message.show_message(self.tr("A backup was made."))

    def bring_back(self) -> None:
        """Ask where, and write the chosen backup there as a project of its own."""
        row = self.model.row(self.list.currentIndex())
        if row is None or self._busy:
            return
        stamp = row.made.strftime("%Y-%m-%d %H%M")
        name = self.tr("{name} of {date}.ikt").format(name=self._path.stem, date=stamp)
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Bring back as a copy"),
            str(self._path.with_name(name)),
            self.tr("IKT Coder projects (*.ikt)"),
        )
        if chosen:
            self.write_copy(row.path, Path(chosen))

    def write_copy(self, backup: Path, target: Path) -> None:
        """Write ``backup`` to ``target``, which must not be there yet."""
        if target.suffix.lower() != ".ikt":
            target = target.with_name(f"{target.name}.ikt")

        def work() -> Path:
            restore_copy(backup, target)
            return target

        self._run(work, self._brought_back)

    def _brought_back(self, target: Path) -> None:
        self.message.show_message(
            self.tr("Brought back as “{name}”. The project itself is as it was.").format(
                name=escape(target.name, quote=False)
            ),
            actions=[(self.tr("Open it"), lambda: self.open_wanted.emit(target))],
        )

    def _run(self, work: Callable[[], Path], done: Callable[[Path], None]) -> None:
        self._busy = True
        self._enable()
        task = self._tasks.run(lambda _progress: work(), done=done, failed=self._failed)
        task.ended.connect(self._end)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.message.show_message(str(error), Weight.WARNING)

    def _end(self) -> None:
        self._busy = False
        self._enable()

    def _open_folder(self) -> None:
        row = self.model.row(self.list.currentIndex())
        folder = row.path.parent if row is not None else paths.backups_dir()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
