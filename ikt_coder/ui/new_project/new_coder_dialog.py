"""A new coder, in the same words as in a new project."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.ui.coders.wording import said
from ikt_coder.ui.context import Context
from ikt_coder.ui.new_project.coder_form import CoderForm
from ikt_coder.ui.new_project.form_dialog import FormDialog


class NewCoderDialog(FormDialog):
    """Adds a coder where it is accepted; ``made`` is that coder, and ``sits_down`` is checked
    where they are the one who codes from now on. Most who are added work elsewhere: the others'
    work must not be coded under a name that nobody chose."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, "", "", parent)
        self.setWindowTitle(self.tr("New coder"))
        self.keep_button.setText(self.tr("Add"))
        self._context = context
        self.made: UUID | None = None
        self.form = CoderForm(context.appearance, self)
        self.sits_down = QCheckBox(self.tr("Code as this coder from &now on"))
        self.sits_down.setChecked(context.project.coder is None)
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.form)
        column.addWidget(self.sits_down)
        self.set_form(both, height=450)
        self.form.name.editor.setFocus()

    def keep(self) -> None:
        values = self.form.values()
        try:
            self.made = self._context.project.coders.add(
                values.name, values.initials, values.role, values.positionality
            )
        except UserError as error:
            self.form.name.set_problem(str(error))
            self.form.name.editor.setFocus()
            return
        self._context.say(said("added", values.name.strip()))
        self.accept()
