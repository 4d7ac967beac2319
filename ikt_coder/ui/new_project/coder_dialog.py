"""A coder's details: a new coder, or one who is in the project."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.ui.context import Context
from ikt_coder.ui.new_project.answers import CoderAnswers
from ikt_coder.ui.new_project.coder_form import CoderForm
from ikt_coder.ui.new_project.form_dialog import FormDialog


class CoderDialog(FormDialog):
    """``coder`` None adds one; ``made`` is then the new coder."""

    def __init__(
        self, context: Context, coder: UUID | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.appearance, "", "", parent)
        new = coder is None
        self.setWindowTitle(self.tr("New coder") if new else self.tr("Coder"))
        self.keep_button.setText(self.tr("Add") if new else self.tr("Keep"))
        self._context = context
        self._coder = coder
        self.made: UUID | None = None
        self.form = CoderForm(context.appearance, self)
        if coder is not None:
            row = context.project.coders.get(coder)
            self.form.set_values(CoderAnswers(row.name, row.initials, row.role, row.positionality))
        self.set_form(self.form, height=400)
        if context.project.read_only:
            self.form.setEnabled(False)
            self.keep_button.hide()
            self.cancel_button.setText(self.tr("Close"))

    def keep(self) -> None:
        values = self.form.values()
        coders = self._context.project.coders
        try:
            if self._coder is None:
                self.made = coders.add(
                    values.name, values.initials, values.role, values.positionality
                )
            else:
                coders.change(
                    self._coder,
                    name=values.name,
                    initials=values.initials,
                    role=values.role,
                    positionality=values.positionality,
                )
        except UserError as error:
            self.form.name.set_problem(str(error))
            self.form.name.editor.setFocus()
            return
        self.accept()
