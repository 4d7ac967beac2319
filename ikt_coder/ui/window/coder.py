"""Who sits at the desk: always visible, switched in one menu."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.sealed_words import until_words
from ikt_coder.ui.widgets.notification_bar import NotificationBar
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.wording import act_words

if TYPE_CHECKING:
    from ikt_coder.ui.comparison.rounds.question import Question
    from ikt_coder.ui.new_project.new_coder_dialog import NewCoderDialog


class CoderSwitch(QObject):
    """The pill "CA Coding as Coder A" and its menu."""

    switched = Signal()
    """Another coder sits at the desk."""
    details_asked = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.dialog: NewCoderDialog | None = None
        self.question: Question | None = None
        self.pill = Pill(context.appearance, opens=True, parent=window)
        self.pill.clicked.connect(self.open_menu)
        context.signals.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Say who is coding now."""
        row = self._context.project.coders.present()
        if row is None:
            self.pill.set_words(self.tr("Who is coding?"))
        else:
            self.pill.set_words(self.tr("Coding as"), row.name, row.initials)

    def ask_who(self, notice: NotificationBar) -> None:
        """Ask who sits down, where several coders of a sealed round share the file: nobody
        sees what is sealed before they said who they are."""
        project = self._context.project
        if project.coder is None and project.sealing.rounds:
            words = self.tr(
                "Several coders of a sealed round work in this file. Say who you are to see "
                "your codings and to go on."
            )
            notice.show_message(
                words, actions=[(self.tr("Who is coding?"), self.open_menu)], may_close=False
            )
            self.switched.connect(notice.hide)

    def _changed(self, changes: Changes) -> None:
        if changes.kind == Op.SWITCH_CODER.value and changes.op:
            self._tell_views()
        elif changes.touches("coder"):
            self.refresh()

    # -- the menu ---------------------------------------------------------------------------

    def open_menu(self) -> None:
        menu = QMenu(self._window)
        self.fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.pill.mapToGlobal(self.pill.rect().bottomLeft()))

    def fill(self, menu: QMenu) -> None:
        """Put the coders, and what can be done about them, into ``menu``."""
        project = self._context.project
        for row in project.coders.all():
            action = QAction(self._row_words(row).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(row.id == project.coder)
            action.triggered.connect(lambda _checked=False, coder=row.id: self.switch(coder))
            menu.addAction(action)
        if sealed := until_words(project):
            told = QAction(self.tr("Others’ codings are {sealed}").format(sealed=sealed), menu)
            told.setIcon(self._context.appearance.icon("lock", "dim"))
            told.setEnabled(False)
            menu.addAction(told)
        menu.addSeparator()
        adding = QAction(self.tr("&Add a coder…"), menu)
        adding.setEnabled(not project.read_only)
        adding.triggered.connect(self.add)
        menu.addAction(adding)
        all_of_them = QAction(self.tr("&Coders and their details…"), menu)
        all_of_them.triggered.connect(self.details_asked)
        menu.addAction(all_of_them)

    def _row_words(self, row: CoderRow) -> str:
        codings = counted(row.codings, self.tr("1 coding"), self.tr("{count} codings"))
        return f"{row.initials}   {row.name}   ({codings})"

    def switch(self, coder: UUID) -> None:
        """Let another coder sit down; while a round is sealed it is asked first."""
        context = self._context
        if context.project.coder == coder:
            return
        if context.project.has_rounds:
            from ikt_coder.ui.comparison.rounds.switching import ask_to_switch

            self.question = ask_to_switch(context, coder, self.pill, lambda: self._switch(coder))
            if self.question is not None:
                return
        self._switch(coder)

    def _switch(self, coder: UUID) -> None:
        context = self._context
        self.question = None
        try:
            context.project.coders.switch(coder)
        except UserError as error:
            context.fail(error)
            return
        if context.project.read_only:
            # No act was written, so none was told.
            self._tell_views()

    def _tell_views(self) -> None:
        # Whose codings are shown has changed although no row did: every view reads anew.
        context = self._context
        coder = context.project.coders.present()
        if coder is None:
            return
        context.settings.remember_coder(context.project.local_id, coder.id)
        self.refresh()
        tables = frozenset({"coder", "coding", "document"})
        if context.project.sealing.rounds:
            # Codes that are proposals, memos and themes are not the same for everybody now.
            tables |= Op.UNSEAL_ROUND.records | {"theme", "theme_code"}
        context.signals.changed.emit(Changes(0, Op.SWITCH_CODER.value, tables))
        context.say(act_words(Op.SWITCH_CODER.value, {"name": coder.name}), undo=False)
        self.switched.emit()

    def add(self) -> None:
        """Ask for a new coder, who sits down where that is said."""
        from ikt_coder.ui.new_project.new_coder_dialog import NewCoderDialog

        dialog = NewCoderDialog(self._context, self._window)
        self.dialog = dialog
        dialog.finished.connect(lambda result: self._added(dialog, result))
        dialog.open()

    def _added(self, dialog: NewCoderDialog, result: int) -> None:
        self.dialog = None
        dialog.deleteLater()
        accepted = result == QDialog.DialogCode.Accepted
        if accepted and dialog.made is not None and dialog.sits_down.isChecked():
            self.switch(dialog.made)
