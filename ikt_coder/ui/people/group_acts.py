"""Participants put into groups: a menu of the groups there are, and a name for a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QMenu, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import Subject
from ikt_coder.ui.attributes.wording import owners_in_words
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.dialog_foot import DialogFoot
from ikt_coder.ui.widgets.form_field import FormField

if TYPE_CHECKING:
    from ikt_coder.ui.people.participants_page import ParticipantsPage


class GroupNameDialog(QDialog):
    """Asks for the name of a group; ``take`` carries it out and may refuse it."""

    def __init__(
        self,
        context: Context,
        title: str,
        name: str,
        take: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._take = take
        look = context.appearance
        self.setWindowTitle(title)
        self.name = FormField.line(look, self.tr("&Name of the group"))
        self.name.editor.setText(name)
        self.name.editor.selectAll()
        self.foot = DialogFoot(look)
        self.save_button = self.foot.add_button(self.tr("Save"), self._save)
        self.save_button.setProperty("kind", "primary")
        self.cancel_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 14)
        body.addWidget(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(body)
        column.addWidget(self.foot)
        self.save_button.setDefault(True)  # known as such only within the dialog
        self.resize(look.px(380), self.sizeHint().height())

    def _save(self) -> None:
        name = self.name.editor.text()
        if not name.strip():
            self.name.set_problem(self.tr("A group needs a name."))
            return
        try:
            self._take(name)
        except UserError as error:
            self.name.set_problem(str(error))
            return
        self.accept()


class GroupActs(QObject):
    """What is done with the groups of the chosen participants."""

    def __init__(self, context: Context, page: ParticipantsPage) -> None:
        super().__init__(page)
        self._context = context
        self._people = context.project.participants
        self._page = page
        self.dialog: GroupNameDialog | None = None

    def menu(self) -> QMenu:
        """The groups with their sizes, a new one, none, and another name for one."""
        menu = QMenu(self._page)
        chosen = self._page.chosen_many()
        keys = [row.id for row in chosen]
        here = {row.group for row in chosen}
        groups = self._people.groups()
        for group in groups:
            words = self.tr("{name} ({count})").format(name=group.name, count=figure(group.n))
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(here == {group.name})
            action.triggered.connect(lambda _checked=False, name=group.name: self.put(keys, name))
        if groups:
            menu.addSeparator()
        new = menu.addAction(self.tr("&New group…"))
        new.triggered.connect(lambda _checked=False: self.ask_new(keys))
        none = menu.addAction(self.tr("N&o group"))
        none.setEnabled(bool(here - {""}))
        none.triggered.connect(lambda _checked=False: self.put(keys, ""))
        if len(here - {""}) == 1:
            (name,) = here - {""}
            menu.addSeparator()
            words = self.tr("&Rename “{name}”…").format(name=name.replace("&", "&&"))
            rename = menu.addAction(words)
            rename.triggered.connect(lambda _checked=False: self.ask_name(name))
        return menu

    def open_menu(self, button: QWidget) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def put(self, participants: Sequence[UUID], group: str) -> None:
        """Put participants into a group, or (an empty name) out of theirs, in one act."""
        try:
            self._put(participants, group)
        except UserError as error:
            self._context.fail(error)

    def _put(self, participants: Sequence[UUID], group: str) -> None:
        self._people.set_group(participants, group)
        people = owners_in_words(Subject.PARTICIPANT, len(participants))
        words = (
            self.tr("{people} in the group {name}").format(people=people, name=bold(group.strip()))
            if group
            else self.tr("{people} in no group").format(people=people)
        )
        self._context.say(words)

    def ask_new(self, participants: Sequence[UUID]) -> None:
        """Ask for the name of a new group of the chosen participants."""
        self._ask(self.tr("New group"), "", lambda name: self._put(participants, name))

    def ask_name(self, group: str) -> None:
        """Ask for another name of a group; by the name of another it joins that one."""

        def rename(name: str) -> None:
            self._people.rename_group(group, name)
            words = self.tr("The group {before} is called {name}")
            self._context.say(words.format(before=bold(group), name=bold(name.strip())))

        self._ask(self.tr("Rename the group"), group, rename)

    def _ask(self, title: str, name: str, take: Callable[[str], None]) -> None:
        dialog = GroupNameDialog(self._context, title, name, take, self._page.window())
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()
        dialog.name.editor.setFocus()

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self._page.table.setFocus()
