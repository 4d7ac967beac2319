"""The questions of the interview guide: their order, words, notes and research stages."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.charting.rows import OptionRow
from ikt_coder.services.interview_guide.rows import QuestionRow
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.people.guide_lines_dialog import GuideLinesDialog
from ikt_coder.ui.people.guide_models import QuestionsModel
from ikt_coder.ui.people.studies_page import KeyedList
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.dialog_foot import dim_words
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class _QuestionList(KeyedList):
    """Alt with Up and Down moves the question that is chosen."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
            event.accept()
            return
        super().keyPressEvent(event)


class GuideQuestions(QWidget):
    """A list, and below it the fields of the question that is chosen."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._stages: tuple[OptionRow, ...] = ()
        self.dialog: GuideLinesDialog | None = None
        look = context.appearance
        self.heading = SectionHeading(look, self.tr("Interview guide"))
        self.list = _QuestionList(look, self.tr("Questions of the guide"), self)
        self.list.stepped.connect(self.move_by)
        self.model = QuestionsModel(self.put_before, self)
        self.list.setModel(self.model)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.none = dim_words(
            self.tr(
                "No questions yet. Write them one by one, or paste the guide; then look through "
                "which turns of the interviewer ask which."
            ),
            self,
        )
        self.new_button = QPushButton(self.tr("New question"), self)
        look.set_icon(self.new_button, "plus")
        self.new_button.setToolTip(self.tr("After the others (Ctrl+G)"))
        self.bring_button = QPushButton(self.tr("Paste or read…"), self)
        self.delete_button = QPushButton(self.tr("Delete"), self)
        self.delete_button.setToolTip(self.tr("Turns that asked it are to be looked at again"))
        self.text = FormField(
            look, self.tr("&Question"), GrowingTextEdit(look, least=2, most=5, parent=self)
        )
        self.label = FormField.line(look, self.tr("&Short name"), self.tr("As tables name it."))
        self.note = FormField.line(look, self.tr("N&ote"))
        self.stages = Pill(look, self.tr("Stages"), opens=True, parent=self)
        self._details = QWidget(self)
        self._lay_out()
        self.list.acts = {
            (Qt.Key.Key_G, True): self.add,
            (Qt.Key.Key_Delete, False): self.delete,
            (Qt.Key.Key_F2, False): self.edit,
            (Qt.Key.Key_Return, False): self.edit,
        }
        self.list.selectionModel().currentRowChanged.connect(self._show_details)
        self.new_button.clicked.connect(self.add)
        self.bring_button.clicked.connect(self.bring_in)
        self.delete_button.clicked.connect(self.delete)
        self.text.editor.committed.connect(self._write_text)
        self.label.editor.editingFinished.connect(self._write_label)
        self.note.editor.editingFinished.connect(self._write_note)
        self.stages.clicked.connect(self.open_stages)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        for widget in (self.heading, self.none):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        below = QWidget(self)
        row = WrapLayout(below)
        for button in (self.new_button, self.bring_button, self.delete_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addWidget(below)
        fields = QVBoxLayout(self._details)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(6)
        for field in (self.text, self.label, self.note):
            fields.addWidget(field)
        fields.addWidget(self.stages, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._details)
        column.addStretch(0)

    def read(self) -> None:
        """Show the questions as they are; the chosen one stays chosen."""
        chosen = self.chosen()
        rows = self._project.guide.all()
        self._stages = self._project.guide.stages()
        self.model.show_rows(rows, {one.id: one.shown for one in self._stages})
        self.heading.set_note(str(len(rows)) if rows else "")
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.choose(chosen.id if chosen is not None else None)
        self._show_details()

    def chosen(self) -> QuestionRow | None:
        return self.model.row(self.list.currentIndex())

    def choose(self, question: UUID | None) -> None:
        """Make a question the present one; the first where there is none of this key."""
        keys = [row.id for row in self.model.rows]
        if keys:
            at = keys.index(question) if question in keys else 0
            self.list.setCurrentIndex(self.model.index(at, 0))

    def _show_details(self) -> None:
        row, may_write = self.chosen(), not self._project.read_only
        self._details.setVisible(row is not None)
        self.new_button.setEnabled(may_write)
        self.bring_button.setEnabled(may_write)
        self.delete_button.setEnabled(may_write and row is not None)
        if row is None:
            return
        self.text.set_problem("")
        self.text.editor.set_text(row.text)
        self.text.editor.setReadOnly(not may_write)
        for field, words in ((self.label, row.label), (self.note, row.note)):
            field.set_problem("")
            if field.editor.text() != words:
                field.editor.setText(words)
                field.editor.setCursorPosition(0)
            field.editor.setReadOnly(not may_write)
        names = [one.shown for one in self._stages if one.id in row.stages]
        self.stages.set_words(self.tr("Stages"), ", ".join(names) or self.tr("none"))
        self.stages.setVisible(bool(self._stages))
        self.stages.setEnabled(may_write)

    # -- acts -------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a question; its words are at once in the field, to be written over."""
        made: list[UUID] = []
        words = self.tr("New question")
        if self._do(lambda: made.append(self._project.guide.add(words))):
            self._context.say(self.tr("Added a question to the guide"))
            self.read()
            self.choose(made[0])
            self.edit()

    def edit(self) -> None:
        """Bring the keyboard to the words of the chosen question."""
        if self.chosen() is not None:
            self.text.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.text.editor.selectAll()

    def bring_in(self) -> None:
        """Ask for the lines of a guide."""
        dialog = GuideLinesDialog(self._context, self.window())
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete(self) -> None:
        """Delete the chosen question."""
        row = self.chosen()
        if row is not None and self._do(lambda: self._project.guide.delete(row.id)):
            words = self.tr("Deleted the question {name}")
            self._context.say(words.format(name=bold(row.name)))

    def move_by(self, step: int) -> None:
        """Move the chosen question up (-1) or down (1)."""
        keys = [row.id for row in self.model.rows]
        row = self.chosen()
        if row is None or not 0 <= (at := keys.index(row.id) + step) < len(keys):
            return
        rest = [key for key in keys if key != row.id]
        self.put_before(row.id, rest[at] if at < len(rest) else None)

    def put_before(self, question: UUID, before: UUID | None) -> None:
        """Put a question before another one, or (None) at the end."""
        if self._do(lambda: self._project.guide.move(question, before)):
            self._context.say(self.tr("Moved a question of the guide"))
            self.choose(question)

    def open_stages(self) -> None:
        """Let the research stages of the chosen question be ticked."""
        row = self.chosen()
        if row is None:
            return
        choices = [Choice(one.id, one.shown, below=one.definition) for one in self._stages]
        look = self._context.appearance
        chooser = ChoiceList(
            look, self.tr("Stages"), choices, several=True, checked=frozenset(row.stages)
        )
        key = row.id
        chooser.changed.connect(lambda chosen: self._set_stages(key, chosen))
        open_choices(look, chooser, self.stages, close_after=False)

    def _set_stages(self, question: UUID, chosen: frozenset[Hashable]) -> None:
        order = [one.id for one in self._stages if one.id in chosen]
        if self._do(lambda: self._project.guide.change(question, stages=order)):
            self._say_changed(question)

    def _write_text(self, text: str) -> None:
        row = self.chosen()
        if row is None:
            return
        try:
            self._project.guide.change(row.id, text=text)
        except UserError as error:
            self.text.set_problem(str(error))
            return
        self._say_changed(row.id)

    def _write_label(self) -> None:
        row, label = self.chosen(), self.label.editor.text()
        if row is None or " ".join(label.split()) == row.label:
            return
        try:
            self._project.guide.change(row.id, label=label)
        except UserError as error:
            self.label.set_problem(str(error))
            return
        self._say_changed(row.id)

    def _write_note(self) -> None:
        row, note = self.chosen(), self.note.editor.text()
        if row is None or note.strip() == row.note:
            return
        if self._do(lambda: self._project.guide.change(row.id, note=note)):
            self._say_changed(row.id)

    def _say_changed(self, question: UUID) -> None:
        name = self._project.guide.get(question).name
        self._context.say(self.tr("Changed the question {name}").format(name=bold(name)))

    def _do(self, act: Callable[[], object]) -> bool:
        if self._project.read_only:
            return False
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        return True
