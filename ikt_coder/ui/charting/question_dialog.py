"""A new question of the project's own."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.charting.rows import AnswerKind, SubjectKind
from ikt_coder.ui.charting.wording import kind_word
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.new_project.form_dialog import FormDialog
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox


class QuestionDialog(FormDialog):
    """Adds a question where it is accepted; ``made`` is that question."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, "", "", parent)
        self.setWindowTitle(self.tr("New question"))
        self.keep_button.setText(self.tr("Add"))
        self._context = context
        self.made: UUID | None = None
        look = context.appearance
        self.name: FormField[QLineEdit] = FormField.line(
            look, self.tr("Question"), self.tr("As tables name it: Country, Training level")
        )
        combo = QuietComboBox()
        for kind in AnswerKind:
            combo.addItem(kind_word(kind), kind.value)
        self.kind: FormField[QuietComboBox] = FormField(look, self.tr("Answered by"), combo)
        combo.currentIndexChanged.connect(self._follow_kind)
        self.options: FormField[GrowingTextEdit] = FormField(
            look,
            self.tr("Answers"),
            GrowingTextEdit(look, least=4, most=10),
            self.tr(
                "One on each line, in the order of their digits. “Not reported” is always there."
            ),
        )
        self.definition: FormField[GrowingTextEdit] = FormField.text(
            look, self.tr("What is asked"), self.tr("Shown where the pointer rests on the question")
        )
        self.ordered = QCheckBox(self.tr("The answers go from less to more"))
        self.basis = QCheckBox(self.tr("Ask whether the source says so or it was concluded"))
        self.documents = QCheckBox(self.tr("documents"))
        self.events = QCheckBox(self.tr("engagement events"))
        self.documents.setChecked(True)
        asked = QHBoxLayout()
        for box in (self.documents, self.events):
            asked.addWidget(box)
        asked.addStretch(1)
        subjects = QWidget()
        subjects.setLayout(asked)
        asked.setContentsMargins(0, 0, 0, 0)
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        for part in (self.name, self.kind, self.options, self.ordered, self.basis):
            column.addWidget(part)
        column.addWidget(FormField(look, self.tr("Asked of"), subjects))
        column.addWidget(self.definition)
        self.set_form(form, height=640)

    def _follow_kind(self) -> None:
        text = self.kind.editor.currentData() == AnswerKind.TEXT.value
        for part in (self.options, self.ordered):
            part.setVisible(not text)

    def keep(self) -> None:
        kind = AnswerKind(self.kind.editor.currentData())
        lines = self.options.editor.text().splitlines() if kind is not AnswerKind.TEXT else []
        subjects = set()
        if self.documents.isChecked():
            subjects.add(SubjectKind.DOCUMENT)
        if self.events.isChecked():
            subjects.add(SubjectKind.EVENT)
        name = " ".join(self.name.editor.text().split())
        try:
            self.made = self._context.project.charting.add(
                name,
                kind,
                [line for line in lines if line.strip()],
                definition=self.definition.editor.text().strip(),
                ordered=self.ordered.isChecked(),
                has_basis=self.basis.isChecked(),
                subjects=subjects,
            )
        except UserError as error:
            self.problem.setText(str(error))
            (self.options if name else self.name).editor.setFocus()
            return
        self._context.say(self.tr("Added the question {name}").format(name=bold(name)))
        self.accept()
