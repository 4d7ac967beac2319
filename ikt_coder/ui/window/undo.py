"""Undo and redo: the text being typed first, then the project; named before an earlier day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UndoRefused, UserError
from ikt_coder.services.history import LONG_UNDO
from ikt_coder.services.rows import HistoryRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.welcome.recent_projects import day_words
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.window.work import WorkDialog
from ikt_coder.ui.wording import act_name, act_words

_Field = QLineEdit | QTextEdit | QPlainTextEdit


class UndoActions(QObject):
    """The two actions, always saying in words what they would do."""

    history_wanted = Signal(object)
    """The number of an act to show."""

    def __init__(self, context: Context, bar: NotificationBar, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._bar = bar
        self._window = window
        self._agreed_to: date | None = None
        self._running = False
        self._watched: QWidget | None = None
        self.undo = QAction(self)
        self.undo.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Undo))
        self.redo = QAction(self)
        keys = [*QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)]
        for extra in ("Ctrl+Y", "Ctrl+Shift+Z"):
            if QKeySequence(extra) not in keys:
                keys.append(QKeySequence(extra))
        self.redo.setShortcuts(keys)
        context.appearance.set_icon(self.undo, "undo")
        context.appearance.set_icon(self.redo, "redo")
        self.undo.triggered.connect(lambda _checked=False: self.undo_one())
        self.redo.triggered.connect(lambda _checked=False: self.redo_one())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        context.signals.changed.connect(self._changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        self.refresh()

    # -- what would be undone ---------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if not changes.undone and not changes.redone:
            # A new act of today: the step into an earlier day is to be named again.
            self._agreed_to = None
        self._later.start()

    def refresh(self) -> None:
        """Read what undo and redo would do, and say it in the menu."""
        self._later.stop()
        history = self._context.project.history
        writes = not self._context.project.read_only
        typing = self._typing()
        if typing is not None and _undoable(typing):
            self._show(self.undo, self.tr("Undo typing"), True)
        else:
            row = history.next_undo() if writes else None
            self._show(
                self.undo, self._words(row, self.tr("Undo {act}"), self.tr("Undo")), bool(row)
            )
        row = history.next_redo() if writes else None
        self._show(self.redo, self._words(row, self.tr("Redo {act}"), self.tr("Redo")), bool(row))

    def hint(self) -> str:
        """What undo would do now, for the link beside the last act."""
        return self.undo.text().replace("&&", "&")

    @staticmethod
    def _words(row: HistoryRow | None, words: str, bare: str) -> str:
        if row is None:
            return bare
        return words.format(act=act_name(row.kind, row.params))

    @staticmethod
    def _show(action: QAction, words: str, on: bool) -> None:
        action.setText(words.replace("&", "&&"))
        action.setToolTip(words)
        action.setEnabled(on)

    # -- the field that is typed in ----------------------------------------------------------

    def _typing(self) -> _Field | None:
        """The field that has the focus, where it can be typed in."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit) and not widget.isReadOnly():
            return widget
        return None

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(new, QLineEdit | QTextEdit | QPlainTextEdit) and new.window() is self._window:
            self._watched = new
            new.installEventFilter(self)
        self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field takes the undo keys even where it has nothing to undo; then they are ours.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            field = self._typing()
            if field is watched and field is not None:
                undoing = event.matches(QKeySequence.StandardKey.Undo) and not _undoable(field)
                redoing = event.matches(QKeySequence.StandardKey.Redo) and not _redoable(field)
                if undoing or redoing:
                    event.ignore()
                    return True
        return super().eventFilter(watched, event)

    # -- doing it ---------------------------------------------------------------------------

    def undo_one(self) -> None:
        """Take back the text just typed, else the present coder's newest act."""
        typing = self._typing()
        if typing is not None and _undoable(typing):
            typing.undo()
            self._later.start()
            return
        row = self._context.project.history.next_undo()
        if row is None:
            self._context.say(self.tr("There is nothing to undo."), undo=False)
            return
        if self._crosses(row):
            self._name_it(row)
            return
        self._play(row, undoing=True)

    def redo_one(self) -> None:
        """Do again what was taken back last."""
        typing = self._typing()
        if typing is not None and _redoable(typing):
            typing.redo()
            self._later.start()
            return
        row = self._context.project.history.next_redo()
        if row is None:
            self._context.say(self.tr("There is nothing to redo."), undo=False)
            return
        self._play(row, undoing=False)

    def _crosses(self, row: HistoryRow) -> bool:
        day = _day(row)
        return day < datetime.now().date() and day != self._agreed_to

    def _name_it(self, row: HistoryRow) -> None:
        local = row.at.astimezone().replace(tzinfo=None)
        words = self.tr("The next act to undo is from an earlier day, {day}: {act}.").format(
            day=day_words(local), act=act_name(row.kind, row.params)
        )

        def agreed() -> None:
            self._bar.dismiss()
            self._agreed_to = _day(row)
            self.undo_one()

        self._bar.show_message(
            words,
            Weight.NOTE,
            [
                (self.tr("Undo it"), agreed),
                (self.tr("Open History"), lambda: self._open_history(row.root)),
            ],
        )

    def _play(self, row: HistoryRow, *, undoing: bool) -> None:
        if self._running:
            return
        history = self._context.project.history
        act = history.undo if undoing else history.redo
        if row.rows > LONG_UNDO:
            self._play_long(row, act, undoing)
            return
        try:
            act()
        except UserError as error:
            self._refused(error)
            return
        self._told(row, undoing)

    def _play_long(self, row: HistoryRow, act: Callable[..., Changes], undoing: bool) -> None:
        self._running = True

        def work(progress: Progress) -> Changes:
            return act(progress.report, lambda: progress.cancelled)

        task = self._context.tasks.run(
            work,
            done=lambda _changes: self._told(row, undoing),
            failed=self._long_failed,
            writes=True,
        )
        task.ended.connect(self._long_ended)
        title = (self.tr("Undoing: {act}") if undoing else self.tr("Redoing: {act}")).format(
            act=act_name(row.kind, row.params)
        )
        WorkDialog(self._context.appearance, title, task, self._window)

    def _long_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._refused(error)

    def _long_ended(self) -> None:
        self._running = False
        self.refresh()

    def _told(self, row: HistoryRow, undoing: bool) -> None:
        words = act_words(row.kind, row.params)
        said = self.tr("Undone: {act}") if undoing else self.tr("Done again: {act}")
        self._context.say(said.format(act=words), undo=not undoing)

    def _refused(self, error: UserError) -> None:
        if isinstance(error, UndoRefused) and error.blocker is not None:
            blocker = error.blocker
            self._bar.show_message(
                str(error),
                Weight.WARNING,
                [(self.tr("Open History"), lambda: self._open_history(blocker))],
            )
        else:
            self._bar.show_message(str(error), Weight.WARNING)

    def _open_history(self, seq: int) -> None:
        self._bar.dismiss()
        self.history_wanted.emit(seq)


def _day(row: HistoryRow) -> date:
    return row.at.astimezone().date()


def _undoable(field: _Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return field.document().isUndoAvailable()


def _redoable(field: _Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return field.document().isRedoAvailable()
