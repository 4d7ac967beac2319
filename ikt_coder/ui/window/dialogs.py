"""The dialogs of the window: one of each at a time, those not modal stay beside the text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from ikt_coder import paths
from ikt_coder.core.errors import UserError
from ikt_coder.ui.actions import WindowActions
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import ask_to_read, folder_beside
from ikt_coder.ui.memos.place import MemoPlace
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.window.work import WorkDialog

if TYPE_CHECKING:
    from ikt_coder.services.codebook_import import CodebookPlan
    from ikt_coder.ui.codebook.checklist_dialog import ChecklistDialog
    from ikt_coder.ui.coders.dialog import CodersDialog
    from ikt_coder.ui.exchange.copy_dialog import CopyDialog
    from ikt_coder.ui.exchange.merge_dialog import BringInDialog
    from ikt_coder.ui.guide.window import GuideWindow
    from ikt_coder.ui.history.view import HistoryDialog
    from ikt_coder.ui.main_window import MainWindow
    from ikt_coder.ui.memos.view import MemosDialog
    from ikt_coder.ui.new_project.card_dialog import CardDialog
    from ikt_coder.ui.preferences.dialog import PreferencesDialog
    from ikt_coder.ui.preferences.keys import KeyListDialog
    from ikt_coder.ui.safety.backups import BackupsDialog
    from ikt_coder.ui.safety.check import CheckDialog
    from ikt_coder.ui.safety.restore_points import RestorePointsDialog
    from ikt_coder.ui.window.about import AboutDialog

D = TypeVar("D", bound=QDialog)

# Dialogs are imported when they are first asked for: the start is quick then.


class Dialogs(QObject):
    """Opens them; asking for one that is open brings it to the front."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._open: dict[type[QDialog], QDialog] = {}
        app = cast(QApplication, QApplication.instance())
        app.focusChanged.connect(self._give_help)

    def wire(self, actions: WindowActions) -> None:
        """Connect the acts that open a dialog."""
        for name, act in (
            ("card", self.card),
            ("history", self.history),
            ("restore_points", self.restore_points),
            ("backups", self.backups),
            ("check", self.check),
            ("copy_for_coder", self.copy_for_coder),
            ("bring_in", self.bring_in),
            ("save_copy", self.save_copy),
            ("backup_now", self.back_up),
            ("memos", self.memos),
            ("project_memo", lambda: self.memo(MemoPlace())),
            ("journal", lambda: self.memo(MemoPlace(reflexive=True))),
            ("checklist", self.checklist),
            ("import_codebook", self.ask_for_codebook),
            ("preferences", self.preferences),
            ("guide", self.guide),
            ("keys", self.keys),
            ("log_folder", self._log_folder),
            ("about", self.about),
        ):
            actions.on(name, act)

    def shown(self, kind: type[D]) -> D | None:
        """The dialog of a kind, where one is open."""
        dialog = self._open.get(kind)
        if isinstance(dialog, kind) and shiboken6.isValid(dialog) and dialog.isVisible():
            return dialog
        return None

    def close_all(self) -> None:
        """The window is left: those beside the text keep what was written and go."""
        for dialog in list(self._open.values()):
            if shiboken6.isValid(dialog):
                dialog.close()

    def _show(self, kind: type[D], make: Callable[[Context, MainWindow], D]) -> D:
        dialog = self.shown(kind)
        if dialog is None:
            dialog = make(self._context, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._open[kind] = dialog
            dialog.open() if dialog.isModal() else dialog.show()
        dialog.activateWindow()
        return dialog

    # -- the project ------------------------------------------------------------------------

    def card(self) -> CardDialog:
        """The project card."""
        from ikt_coder.ui.new_project.card_dialog import CardDialog

        return self._show(CardDialog, CardDialog)

    def history(self) -> HistoryDialog:
        """Who did what and when."""
        from ikt_coder.ui.history.view import HistoryDialog

        return self._show(HistoryDialog, HistoryDialog)

    def history_at(self, seq: int) -> None:
        """The history, with one act chosen."""
        self.history().show_act(seq)

    def memo(self, what: object) -> None:
        """A memo by its id, or a place to write one at."""
        from ikt_coder.ui.memos.editor import MemoEditor

        editor = self._show(MemoEditor, MemoEditor)
        try:
            # A signal carries any object: it is a memo's id or a place of one.
            editor.open_for(cast("UUID | MemoPlace", what))
        except UserError as error:
            editor.close()
            self._context.fail(error)

    def memos(self) -> MemosDialog:
        """All memos."""
        from ikt_coder.ui.memos.view import MemosDialog

        return self._show(MemosDialog, MemosDialog)

    def checklist(self) -> ChecklistDialog:
        """The reporting checklists of the project."""
        from ikt_coder.ui.codebook.checklist_dialog import ChecklistDialog

        return self._show(ChecklistDialog, ChecklistDialog)

    def coders(self) -> CodersDialog:
        """Who codes, with their details."""
        from ikt_coder.ui.coders.dialog import CodersDialog

        return self._show(CodersDialog, CodersDialog)

    # -- exchange ---------------------------------------------------------------------------

    def copy_for_coder(self, round_: UUID | None = None) -> CopyDialog:
        """A file for one coder to code in; ``round_`` is chosen to begin with."""
        from ikt_coder.ui.exchange.copy_dialog import CopyDialog

        return self._show(CopyDialog, lambda context, window: CopyDialog(context, window, round_))

    def bring_in(self, path: Path | None = None) -> BringInDialog:
        """What another file brings, and bringing it in; ``path`` is looked at at once."""
        from ikt_coder.ui.exchange.merge_dialog import BringInDialog

        return self._show(
            BringInDialog, lambda context, window: BringInDialog(context, window, path)
        )

    def ask_for_codebook(self) -> None:
        """Ask for a file that holds a codebook, and show what it would change."""
        path = ask_to_read(
            self._window,
            self._context.settings,
            self.tr("Bring in a codebook"),
            self.tr("Codebooks (*.csv *.xlsx);;All files (*)"),
        )
        if path is not None:
            self.bring_in_codebook(path)

    def bring_in_codebook(self, path: Path) -> None:
        """What a codebook in a file would change, and bringing it in."""
        from ikt_coder.ui.codebook.import_dialog import CodebookImportDialog

        project = self._context.project

        def show(plan: CodebookPlan) -> None:
            self._show(
                CodebookImportDialog,
                lambda context, window: CodebookImportDialog(context, plan, window),
            )

        self._context.tasks.run(
            lambda _progress: project.codes_import.read(path), done=show, failed=self._failed
        )

    # -- safety -----------------------------------------------------------------------------

    def restore_points(self) -> RestorePointsDialog:
        """Names on states to come back to."""
        from ikt_coder.ui.safety.restore_points import RestorePointsDialog

        return self._show(RestorePointsDialog, RestorePointsDialog)

    def backups(self) -> BackupsDialog:
        """The backups on this computer."""
        from ikt_coder.ui.safety.backups import BackupsDialog

        fresh = self.shown(BackupsDialog) is None
        dialog = self._show(BackupsDialog, BackupsDialog)
        if fresh:
            dialog.open_wanted.connect(self._window.open_asked)
        return dialog

    def check(self) -> CheckDialog:
        """Check the file, and make it smaller."""
        from ikt_coder.ui.safety.check import CheckDialog

        return self._show(CheckDialog, CheckDialog)

    def save_copy(self) -> None:
        """Ask where, and write a whole copy."""
        path = self._context.project.path
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a copy"),
            str(folder_beside(path) / self.tr("{name} copy.ikt").format(name=path.stem)),
            self.tr("IKT Coder projects (*.ikt)"),
        )
        if name:
            self.write_copy(Path(name))

    def write_copy(self, target: Path) -> None:
        """Write a whole copy of the project to ``target``."""
        if target.suffix.lower() != ".ikt":
            target = target.with_name(f"{target.name}.ikt")
        project = self._context.project

        def work(_progress: Progress) -> Path:
            project.safety.save_copy(target)
            return target

        self._run(self.tr("Writing a copy"), work, self.tr("Wrote a copy to {name}"), target.name)

    def back_up(self) -> None:
        """Make a backup now."""
        project = self._context.project

        def work(_progress: Progress) -> Path:
            return project.safety.backup()

        self._run(self.tr("Making a backup"), work, self.tr("Made a backup"), "")

    def _run(self, title: str, work: Callable[[Progress], Path], said: str, name: str) -> None:
        def done(_path: Path) -> None:
            bold = f"<b>{escape(name, quote=False)}</b>"
            self._context.say(said.format(name=bold), undo=False)

        task = self._context.tasks.run(work, done=done, failed=self._failed)
        WorkDialog(self._context.appearance, title, task, self._window, may_cancel=False)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)

    # -- the program ------------------------------------------------------------------------

    def preferences(self) -> PreferencesDialog:
        """The settings."""
        from ikt_coder.ui.preferences.dialog import PreferencesDialog

        def make(context: Context, window: MainWindow) -> PreferencesDialog:
            return PreferencesDialog(context.settings, context.appearance, window)

        return self._show(PreferencesDialog, make)

    # -- help -------------------------------------------------------------------------------

    def guide(self) -> GuideWindow:
        """The chapter of the guide that tells of where the person is."""
        from ikt_coder.ui.guide.chapters import chapter_for
        from ikt_coder.ui.guide.window import GuideWindow

        def make(context: Context, _window: MainWindow) -> GuideWindow:
            # No window's child: it may lie behind the work, and a dialog does not block it.
            guide = GuideWindow(context.settings, context.appearance)
            self.take_guide(guide)
            return guide

        focus = QApplication.focusWidget() or self._window.focusWidget()
        chapter = chapter_for(focus, self._window.places.current())
        guide = self._show(GuideWindow, make)
        guide.go_to(chapter)
        return guide

    def take_guide(self, guide: GuideWindow) -> None:
        """Let a guide belong to this window, also one that was open before it."""
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.keys_wanted.connect(self.keys)
        self._window.destroyed.connect(guide.deleteLater)
        self._open[type(guide)] = guide

    def _give_help(self, _before: QWidget | None, now: QWidget | None) -> None:
        """F1 acts in every dialog over this window too."""
        top = now.window() if now is not None else None
        if not isinstance(top, QDialog):
            return
        over = top.parentWidget()
        while over is not None and over is not self._window:
            over = over.parentWidget()
        guide = self._window.actions_["guide"]
        if over is not None and guide not in top.actions():
            top.addAction(guide)

    def keys(self) -> KeyListDialog:
        """All keys."""
        from ikt_coder.ui.preferences.keys import KeyListDialog

        self._window.menus.complete()
        return self._show(KeyListDialog, KeyListDialog)

    def about(self) -> AboutDialog:
        """What the program is."""
        from ikt_coder.ui.window.about import AboutDialog

        return self._show(AboutDialog, AboutDialog)

    def _log_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.user_log_dir())))
