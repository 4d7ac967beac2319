"""The coders of the project: who they are, and who sits at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Role
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.coders.wording import (
    codings_words,
    participant_hint,
    positionality_hint,
    role_hint,
    said,
)
from ikt_coder.ui.comparison.rounds.question import Question
from ikt_coder.ui.comparison.rounds.switching import ask_to_switch
from ikt_coder.ui.context import Context
from ikt_coder.ui.sealed_words import sealed_words
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.sealed_note import SealedNote
from ikt_coder.ui.widgets.turning_splitter import TurningSplitter
from ikt_coder.ui.wording import role_word


class CoderModel(RowsModel[CoderRow]):
    """Coders in the order in which they were added; the present one is semibold."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = context.project
        self.refresh()

    def refresh(self) -> None:
        self.put(self._project.coders.all())

    def index_of(self, coder: UUID | None) -> QModelIndex:
        for at, row in enumerate(self.rows):
            if row.id == coder:
                return self.index(at, 0)
        return QModelIndex()

    def shown(self, row: CoderRow, role: int) -> Any:
        present = row.id == self._project.coder
        under = " · ".join([role_word(row.role), codings_words(row.codings)])
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.BADGE:
            return row.initials
        if role == ItemRole.SUBTITLE:
            return self.tr("Coding now · {facts}").format(facts=under) if present else under
        if role == ItemRole.STRONG:
            return present
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [row.name, row.initials, under]
            return ", ".join([*said, self.tr("coding now")] if present else said)
        return None


class CodersDialog(QDialog):
    """Not modal. A field is kept when it is left; each change can be undone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Coders"))
        self._context = context
        self._project = context.project
        self._shown: CoderRow | None = None
        self._refreshing = False
        self.question: Question | None = None
        self.model = CoderModel(context, self)
        self._build()
        context.signals.changed.connect(self._on_changes)
        self.list.setCurrentIndex(
            self.model.index_of(self._project.coder)
            if self._project.coder is not None
            else self.model.index(0, 0)
        )
        self._show()

    def _build(self) -> None:
        look = self._context.appearance
        self.list = RowList(look, self.tr("Coders"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.activated.connect(self.switch)
        self.new_name = QLineEdit(self)
        self.new_name.setPlaceholderText(self.tr("Name of a new coder"))
        self.new_name.setAccessibleName(self.tr("Name of a new coder"))
        self.new_name.setMaxLength(120)
        self.new_name.returnPressed.connect(self.add)
        self.add_button = QPushButton(self.tr("Add"), self)
        self.add_button.clicked.connect(self.add)
        below = QHBoxLayout()
        below.setContentsMargins(12, 8, 12, 12)
        below.addWidget(self.new_name, 1)
        below.addWidget(self.add_button)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._empty = EmptyView(
            look,
            "coder",
            self.tr("Nobody codes here yet"),
            self.tr("Type your name below; it stands on every coding you make."),
        )
        self._pages = ListPages(self.list, self._empty, left)
        self.sealed = SealedNote(look, left)
        self.sealed.setContentsMargins(12, 8, 12, 0)
        column.addWidget(self._pages, 1)
        column.addWidget(self.sealed)
        column.addLayout(below)
        self._splitter = TurningSplitter(
            look,
            520,
            saved=self._context.settings.splitter("coders"),
            save=lambda sizes: self._context.settings.remember_splitter("coders", sizes),
        )
        self._splitter.add_pane(left, look.px(260), stretch=True)
        self._splitter.add_pane(self._form(), look.px(320))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        writing = not self._project.read_only
        for widget in (self.new_name, self.add_button):
            widget.setEnabled(writing)
        self.add_button.setAutoDefault(False)
        DialogSize(self, self._context.settings, look, "coders", 640, 480)

    def _form(self) -> QWidget:
        look = self._context.appearance
        self.name = FormField.line(look, self.tr("Name"))
        self.initials = FormField.line(
            look, self.tr("Initials"), self.tr("Up to four letters; they stand on each coding.")
        )
        self.initials.editor.setMaxLength(4)
        self.name.editor.setMaxLength(120)
        box = QuietComboBox()
        for role in Role:
            box.addItem(role_word(role), role)
        self.role: FormField[QComboBox] = FormField(look, self.tr("Role"), box, role_hint())
        self.position: FormField[GrowingTextEdit] = FormField.text(
            look, self.tr("Positionality note"), positionality_hint()
        )
        self._persons = QuietComboBox()
        self.person: FormField[QComboBox] = FormField(
            look, self.tr("Is also the participant"), self._persons, participant_hint()
        )
        self._persons.activated.connect(
            lambda _at: self._change(participant=self._persons.currentData())
        )
        self.name.editor.editingFinished.connect(self._keep_name)
        self.initials.editor.editingFinished.connect(self._keep_initials)
        box.activated.connect(lambda _at: self._change(role=Role(box.currentData())))
        self.position.editor.committed.connect(lambda text: self._change(positionality=text))
        self.switch_button = QPushButton(self.tr("Code as this coder"), self)
        self.switch_button.setProperty("kind", "primary")
        self.switch_button.setAutoDefault(False)
        self.switch_button.clicked.connect(self.switch)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setProperty("tone", "dim")
        self._note.setProperty("face", "small")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        for widget in (self.name, self.initials, self.role, self.person, self.position):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._note)
        row = QHBoxLayout()
        row.addWidget(self.switch_button)
        row.addStretch(1)
        column.addLayout(row)
        self.switch_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    # -- showing ----------------------------------------------------------------------------

    def _show(self, *_indexes: QModelIndex) -> None:
        if self._refreshing:
            return
        self._pages.choose()
        self.sealed.say(sealed_words(self._project))
        row = self.model.row(self.list.currentIndex())
        # A field that is being written in keeps its words, unless another coder is shown.
        other = row is None or self._shown is None or row.id != self._shown.id
        if other:
            self.position.editor.commit()
        self._shown = row
        writing = row is not None and not self._project.read_only
        for field in (self.name, self.initials, self.role, self.person, self.position):
            field.editor.setEnabled(writing)
            field.set_problem("")
        present = row is not None and row.id == self._project.coder
        self.switch_button.setEnabled(row is not None and not present)
        self._note.setText(
            self.tr("The codings from now on are {name}'s.").format(name=row.name)
            if row is not None and present
            else ""
        )
        if row is None:
            for line in (self.name, self.initials):
                line.editor.clear()
            self.position.editor.set_text("")
            self._persons.clear()
            return
        self._list_persons(row)
        if other or not self.name.editor.hasFocus():
            self.name.editor.setText(row.name)
        self.initials.editor.setText(row.initials)
        self.role.editor.setCurrentIndex(self.role.editor.findData(row.role.value))
        if other or not self.position.editor.hasFocus():
            self.position.editor.set_text(row.positionality)

    def _list_persons(self, row: CoderRow) -> None:
        """The participants the coder may be."""
        people = self._project.participants.all()
        self.person.setVisible(bool(people))
        self._persons.clear()
        self._persons.addItem(self.tr("Nobody who was interviewed"), None)
        for person in people:
            self._persons.addItem(person.label, person.id)
        chosen = [None, *(person.id for person in people)]
        at = chosen.index(row.participant) if row.participant in chosen else 0
        self._persons.setCurrentIndex(at)

    def _on_changes(self, changes: Changes) -> None:
        switched = changes.kind == Op.SWITCH_CODER.value
        if not (switched or changes.touches("coder", "coding", "participant")):
            return
        if not switched and changes.tables == {"coding"} and not self.isVisible():
            return
        chosen = self.model.row(self.list.currentIndex())
        key = chosen.id if chosen is not None else self._project.coder
        self._refreshing = True
        self.model.refresh()
        index = self.model.index_of(key)
        self.list.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self._refreshing = False
        self._show()

    # -- acting -----------------------------------------------------------------------------

    def add(self) -> None:
        """Add a coder with the name that is typed; roles and initials come after."""
        name = self.new_name.text().strip()
        if not name:
            self.new_name.setFocus()
            return
        try:
            key = self._project.coders.add(name)
        except UserError as error:
            self._context.fail(error)
            return
        self.new_name.clear()
        self.list.setCurrentIndex(self.model.index_of(key))
        self._context.say(said("added", name))

    def switch(self, *_index: QModelIndex) -> None:
        """Let the chosen coder sit down."""
        row = self._shown
        if row is None or row.id == self._project.coder:
            return
        self.question = ask_to_switch(
            self._context, row.id, self.switch_button, lambda: self._switch(row)
        )
        if self.question is None:
            self._switch(row)

    def _switch(self, row: CoderRow) -> None:
        self.question = None
        try:
            self._project.coders.switch(row.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.settings.remember_coder(self._project.local_id, row.id)
        self._context.say(said("switched", row.name), undo=False)

    def _keep_name(self) -> None:
        if self._shown is not None and self.name.editor.text().strip() != self._shown.name:
            self._change(self.name, name=self.name.editor.text())

    def _keep_initials(self) -> None:
        if self._shown is not None and self.initials.editor.text().strip() != self._shown.initials:
            self._change(self.initials, initials=self.initials.editor.text())

    def _change(self, field: FormField[QLineEdit] | None = None, **values: Any) -> None:
        row = self._shown
        if row is None or all(getattr(row, key) == value for key, value in values.items()):
            return
        try:
            self._project.coders.change(row.id, **values)
        except UserError as error:
            if field is not None:
                field.set_problem(str(error))
            else:
                self._context.fail(error)
            return
        now = self._project.coders.get(row.id)
        if field is not None:
            field.set_problem("")
            field.editor.setText(now.name if "name" in values else now.initials)
        self._shown = now
        self._context.say(said("changed", now.name))
