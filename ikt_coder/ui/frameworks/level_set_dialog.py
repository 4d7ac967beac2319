"""A new level set: its name, and its levels."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.new_project.form_dialog import FormDialog
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit


class LevelSetDialog(FormDialog):
    """Makes a level set where it is accepted; ``made`` is that set."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, "", "", parent)
        self.setWindowTitle(self.tr("New level set"))
        self.keep_button.setText(self.tr("Add"))
        self._context = context
        self.made: UUID | None = None
        look = context.appearance
        self.name: FormField[QLineEdit] = FormField.line(look, self.tr("Name"))
        self.levels: FormField[GrowingTextEdit] = FormField(
            look,
            self.tr("Levels"),
            GrowingTextEdit(look, least=5, most=12),
            self.tr("One on each line, from near to far. Definitions can be written afterwards."),
        )
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(self.name)
        column.addWidget(self.levels)
        self.set_form(form, height=340)

    def keep(self) -> None:
        name = " ".join(self.name.editor.text().split())
        levels = [line for line in self.levels.editor.text().splitlines() if line.strip()]
        try:
            self.made = self._context.project.level_sets.make(name, levels)
        except UserError as error:
            self.problem.setText(str(error))
            (self.levels if name else self.name).editor.setFocus()
            return
        self._context.say(self.tr("Made the level set {name}").format(name=bold(name)))
        self.accept()
