"""The project card, opened on any later day."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.ui.context import Context
from ikt_coder.ui.new_project.answers import answers_of, keep_card
from ikt_coder.ui.new_project.card_form import CardForm
from ikt_coder.ui.new_project.form_dialog import FormDialog
from ikt_coder.ui.widgets.form_field import FormField


class CardDialog(FormDialog):
    """Keeps every change as one act, which can be undone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, "", "", parent)
        self.setWindowTitle(self.tr("Project card"))
        self.keep_button.setText(self.tr("Keep"))
        self._context = context
        card = context.project.card.get()
        self.name: FormField[QLineEdit] = FormField.line(
            context.appearance, self.tr("Name of the project")
        )
        self.name.editor.setText(card.name)
        self.form = CardForm(context.appearance, self)
        self.form.set_values(answers_of(card))
        around = QWidget(self)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.name)
        column.addWidget(self.form)
        self.set_form(around, height=680)
        if context.project.read_only:
            self.form.setEnabled(False)
            self.name.setEnabled(False)
            self.keep_button.hide()
            self.cancel_button.setText(self.tr("Close"))

    def keep(self) -> None:
        if self.form.problem():
            return
        project = self._context.project
        before = project.card.get()
        try:
            with project.operation(Op.CHANGE_CARD):
                if self.name.editor.text().strip() != before.name:
                    project.card.change(name=self.name.editor.text())
                keep_card(project, self.form.values())
        except UserError as error:
            self.problem.setText(str(error))
            return
        if project.card.get() != before:
            self._context.say(self.tr("Changed the project card"))
        self.accept()
