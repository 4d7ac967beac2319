"""Participants, their consent, and the two ways to withdraw one."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.words import Consent, Subject
from ikt_coder.services.rows import ParticipantRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.attributes.wording import owners_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.documents.wording import bold
from ikt_coder.ui.people.group_acts import GroupActs
from ikt_coder.ui.people.participant_table import Column, ConsentDelegate, ParticipantModel
from ikt_coder.ui.people.wording import consent_word
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_AT_ONCE = 1000
"""So many participants are read at once; more on the worker."""
_FEW = 50
"""So many that an act changed are read by themselves."""


class ParticipantsPage(QWidget):
    """The table, and under it what can be done with the chosen participant."""

    erase_asked = Signal(object)
    """UUID of the participant whose words should be erased"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._any = False
        self._number = 0
        self._reading = False
        self._wanted: UUID | None = None
        self._to_name: UUID | None = None
        look = context.appearance
        self.model = ParticipantModel(look, self._change, self)
        self.model.editable = not self._project.read_only
        self._stack = QStackedWidget(self)
        self.table = QTableView(self._stack)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Participants"))
        self.table.setItemDelegateForColumn(Column.CONSENT, ConsentDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        # Heads show nothing of what is chosen, and would ask about every row of it.
        for one in (header, self.table.verticalHeader()):
            one.setSelectionModel(QItemSelectionModel(self.model, one))
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.LABEL, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.GROUP, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NOTE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(look.px(56))
        header.setResizeContentsPrecision(40)  # of thousands of rows these say the width
        self.empty = EmptyView(
            look,
            "people",
            self.tr("No participants yet"),
            self.tr("They come with imported interviews, or are added here by pseudonym."),
            self._stack,
        )
        self.add_button = QPushButton(self.tr("Add participant"), self)
        look.set_icon(self.add_button, "plus")
        self.add_button.clicked.connect(self.add)
        self.remove_button = QPushButton(self.tr("Remove from the list"), self)
        self.remove_button.setToolTip(
            self.tr("Words and documents stay and belong to nobody; undo brings the link back")
        )
        self.remove_button.clicked.connect(self._remove)
        self.groups = GroupActs(context, self)
        self.group_button = QPushButton(self.tr("Group"), self)
        look.set_icon(self.group_button, "chevron-down", "dim")
        self.group_button.setToolTip(
            self.tr("Put the chosen participants into a group (Ctrl+G); Shift and arrows choose")
        )
        self.group_button.clicked.connect(self._open_groups)
        group_key = QShortcut(QKeySequence("Ctrl+G"), self.table)
        group_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        group_key.activated.connect(self._open_groups)
        self.filter = FilterField(look, self.tr("Filter participants"), parent=self)
        self.filter.textChanged.connect(self._filter)
        self.filter.enter_list_asked.connect(self.table.setFocus)
        self.filter.leave_asked.connect(self.table.setFocus)
        self.counts = QLabel(self)
        self.counts.setProperty("tone", "dim")
        self.withdraw = QFrame(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._documents = QWidget(self)
        self._links = WrapLayout(self._documents)
        self._shown_links: list[QPushButton] = []
        self._links_of: UUID | None = None
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.selectionModel().selectionChanged.connect(self._row_changed)
        self.model.dataChanged.connect(self._row_changed)
        self._row_height()
        look.changed.connect(self._row_height)
        self.read()

    def _row_height(self) -> None:
        look = self._context.appearance
        self.table.verticalHeader().setDefaultSectionSize(look.px(32))
        self.table.setColumnWidth(Column.GROUP, look.px(150))
        self._label_width()

    def _label_width(self) -> None:
        """Pseudonyms that begin with the file's name differ only at their end."""
        look = self._context.appearance
        needed = self.table.sizeHintForColumn(Column.LABEL) + look.px(8)
        self.table.setColumnWidth(Column.LABEL, max(look.px(150), min(needed, look.px(270))))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addWidget(self.group_button)
        buttons.addStretch(1)
        look = self._context.appearance
        self.title = TextLabel(look, face=FontRole.STRONG, parent=self.withdraw)
        leave_words = self._sentence(
            self.tr(
                "The words stay in the project, but no table, count or quote uses them. "
                "You can take it back any day."
            )
        )
        erase_words = self._sentence(
            self.tr(
                "Removes the words, codings, quotes and the original file for good. "
                "This cannot be undone. You see first what goes."
            )
        )
        self.leave_out = QPushButton(self.withdraw)
        self.leave_out.clicked.connect(self._leave_out)
        self.erase = QPushButton(self.tr("Erase for good…"), self.withdraw)
        self.erase.setProperty("kind", "danger")
        self.erase.clicked.connect(self._ask_erase)
        grid = QGridLayout(self.withdraw)
        grid.setContentsMargins(0, 12, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self._documents, 1, 0, 1, 2)
        grid.addWidget(leave_words, 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(erase_words, 2, 1, Qt.AlignmentFlag.AlignTop)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignLeft
        grid.addWidget(self.leave_out, 3, 0, left)
        grid.addWidget(self.erase, 3, 1, right)
        self.withdraw.setProperty("line", "top")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.filter, 1)
        top.addWidget(self.counts)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        column.addWidget(self.withdraw)
        for button in (
            self.add_button,
            self.remove_button,
            self.group_button,
            self.leave_out,
            self.erase,
        ):
            button.setAutoDefault(False)

    def _sentence(self, words: str) -> TextLabel:
        look = self._context.appearance
        return TextLabel(look, words, role="dim", most_lines=8, parent=self.withdraw)

    # -- reading ----------------------------------------------------------------------------

    def read(self) -> None:
        """Bring the table in line with the project; the chosen participant stays chosen."""
        self._number += 1
        number, people = self._number, self._project.participants
        if people.count() <= _AT_ONCE:
            self._take(number, people.all())
            return
        self._reading = True
        self._stack.setCurrentWidget(self.table)
        self._context.tasks.run(lambda _progress: people.all(), done=partial(self._take, number))

    def _take(self, number: int, rows: tuple[ParticipantRow, ...]) -> None:
        if not shiboken6.isValid(self) or number != self._number:
            return  # closed, or read again in the meantime
        self._reading = False
        self._links_of = None  # documents may have other titles, or be gone
        chosen = self.chosen()
        column = self.table.currentIndex().column()
        self.model.show_rows(rows)
        if rows and not self._any:
            self._label_width()
        self._any = bool(rows)
        at = self.model.row_of(chosen.id) if chosen is not None else 0
        at = max(0, min(at, self.model.rowCount() - 1)) if self.model.rowCount() else -1
        if at >= 0 and self.table.currentIndex().row() != at:
            self.table.setCurrentIndex(self.model.index(at, max(0, column)))
        self._stack.setCurrentWidget(self.table if self._any else self.empty)
        self._say_counts()
        self._row_changed()
        self._show_wanted()
        self._name_new()

    def _name_new(self) -> None:
        """Begin to edit the name of somebody who was just added."""
        at = self.model.row_of(self._to_name) if self._to_name is not None else -1
        if at < 0:
            return
        self._to_name = None
        index = self.model.index(at, Column.LABEL)
        self.table.setCurrentIndex(index)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.edit(index)

    def follow(self, changes: Changes) -> None:
        """Show what an act changed; of few participants these alone are read."""
        keys = changes.keys("participant")
        others = changes.touches("speaker", "document", "document_participant")
        if not others and keys and len(keys) <= _FEW:
            rows = self._project.participants.some(keys)
            if len(rows) == len(keys) and self.model.update(rows):
                self._say_counts()
                return
        self.read()

    def _filter(self, words: str) -> None:
        chosen = self.chosen()
        self.model.filter(words)
        at = self.model.row_of(chosen.id) if chosen is not None else -1
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(max(0, at), 0))
        self._say_counts()
        self._row_changed()

    def _say_counts(self) -> None:
        shown, whole = self.model.rowCount(), self.model.whole
        words = owners_in_words(Subject.PARTICIPANT, whole)
        if shown != whole:
            words = self.tr("{shown} of {whole}").format(shown=figure(shown), whole=words)
        self.counts.setText(words)

    def chosen_many(self) -> list[ParticipantRow]:
        """All chosen participants, from top to bottom."""
        rows = {row for one in self._ranges() for row in range(one.top(), one.bottom() + 1)}
        return [self.model.participant(row) for row in sorted(rows)]

    def _ranges(self) -> list[QItemSelectionRange]:
        # Ranges and not rows: all may be chosen, and they are many.
        selection = self.table.selectionModel().selection()
        return [selection.at(at) for at in range(selection.count())]

    def _open_groups(self) -> None:
        if self.group_button.isEnabled():
            self.groups.open_menu(self.group_button)

    def chosen(self) -> ParticipantRow | None:
        at = self.table.currentIndex().row()
        return self.model.participant(at) if 0 <= at < self.model.rowCount() else None

    def choose(self, participant: UUID) -> None:
        """Choose a participant, as soon as they are read; a filter that hides them is cleared."""
        self._wanted = participant
        self._show_wanted()

    def _show_wanted(self) -> None:
        wanted = self._wanted
        if wanted is None or (self._reading and not self.model.knows(wanted)):
            return
        self._wanted = None
        if self.model.knows(wanted) and self.model.row_of(wanted) < 0:
            self.filter.clear()
        at = self.model.row_of(wanted)
        if at >= 0:
            self.table.setCurrentIndex(self.model.index(at, 0))

    def _row_changed(self, *_where: QModelIndex) -> None:
        row = self.chosen()
        may_write = not self._project.read_only
        self.add_button.setEnabled(may_write)
        many = sum(one.height() for one in self._ranges())
        self.remove_button.setEnabled(may_write and row is not None and many <= 1)
        self.group_button.setEnabled(may_write and many > 0)
        self.group_button.setText(
            self.tr("Group of {people}").format(people=owners_in_words(Subject.PARTICIPANT, many))
            if many > 1
            else self.tr("Group")
        )
        if many > 1:
            row = None  # what withdraws somebody is for one person at a time
        self.withdraw.setVisible(row is not None)
        if row is None:
            return
        if row.left_out:
            words = self.tr("{name} is left out of analysis")
        else:
            words = self.tr("Withdraw {name}")
        self.title.set_text(words.format(name=row.label))
        self.leave_out.setText(
            self.tr("Take back in") if row.left_out else self.tr("Leave out of analysis")
        )
        self.leave_out.setEnabled(may_write)
        self.erase.setEnabled(may_write)
        if row.id != self._links_of:  # the table tells twice of each choice
            self._show_links(row)

    def _show_links(self, row: ParticipantRow) -> None:
        self._links_of = row.id
        for old in self._shown_links:
            self._links.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown_links = []
        for key, title in self._project.participants.documents(row.id).items():
            link = QPushButton(title.replace("&", "&&"), self._documents)
            link.setProperty("kind", "link")
            link.setAutoDefault(False)
            link.setToolTip(self.tr("Open {title}").format(title=title))
            link.clicked.connect(
                lambda _checked=False, key=key: self._context.document_wanted.emit(key)
            )
            self._links.addWidget(link)
            self._shown_links.append(link)
        self._documents.setVisible(bool(self._shown_links))

    # -- acts -------------------------------------------------------------------------------

    def _change(self, participant: UUID, column: Column, value: Any) -> bool:
        people = self._project.participants
        before = people.get(participant)
        try:
            if column is Column.LABEL:
                people.change(participant, label=str(value))
                words = self.tr("{before} is called {name}").format(
                    before=bold(before.label), name=bold(people.get(participant).label)
                )
            elif column is Column.GROUP:
                people.change(participant, group=str(value).strip())
                words = self.tr("Changed the group of {name}").format(name=bold(before.label))
            elif column is Column.CONSENT:
                value = Consent(value)  # Qt hands an enumeration back as a plain word
                people.change(participant, consent=value)
                words = self.tr("{name}: {consent}").format(
                    name=bold(before.label), consent=consent_word(value)
                )
            else:
                people.change(participant, note=str(value).strip())
                words = self.tr("Changed the note on {name}").format(name=bold(before.label))
        except UserError as error:
            self._context.fail(error)
            return False
        self._context.say(words)
        return True

    def add(self) -> None:
        """Add a participant under the next free number, ready to be renamed."""
        taken = {row.label.casefold() for row in self._project.participants.all()}
        number = len(taken) + 1
        while f"p{number:02}" in taken:
            number += 1
        label = f"P{number:02}"
        try:
            key = self._project.participants.add(label)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Added {name}").format(name=bold(label)))
        self.filter.clear()
        self._to_name = key
        self.read()

    def _remove(self) -> None:
        row = self.chosen()
        if row is None:
            return
        try:
            self._project.participants.delete(row.id)
        except UserError as error:
            self._context.fail(error)
            return
        words = self.tr("Removed {name} from the list; the words stay and belong to nobody")
        self._context.say(words.format(name=bold(row.label)))

    def _leave_out(self) -> None:
        row = self.chosen()
        if row is None:
            return
        try:
            self._project.participants.leave_out(row.id, not row.left_out)
        except UserError as error:
            self._context.fail(error)
            return
        words = (
            self.tr("{name} is back in the analysis")
            if row.left_out
            else self.tr("{name} is left out of analysis")
        )
        self._context.say(words.format(name=bold(row.label)))

    def _ask_erase(self) -> None:
        row = self.chosen()
        if row is not None:
            self.erase_asked.emit(row.id)
