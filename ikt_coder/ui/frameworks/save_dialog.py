"""Saving codes of the project as a framework that others can add."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ikt_coder.codebooks.framework import Citation
from ikt_coder.core.errors import UserError
from ikt_coder.services.framework_saving import framework_id
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.file_places import documents_folder
from ikt_coder.ui.new_project.form_dialog import FormDialog
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox


class SaveFrameworkDialog(FormDialog):
    """Asks which codes, under which name and after which source; then for the file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, "", "", parent)
        self.setWindowTitle(self.tr("Save codes as a framework"))
        self.keep_button.setText(self.tr("Save…"))
        self._context = context
        look = context.appearance
        self.name: FormField[QLineEdit] = FormField.line(look, self.tr("Name of the framework"))
        self.branch: FormField[QComboBox] = FormField(
            look,
            self.tr("Codes"),
            QuietComboBox(),
            self.tr("A code is saved with all codes below it. Codings and names stay here."),
        )
        box = self.branch.editor
        box.addItem(self.tr("All codes"))
        self._branches: list[UUID | None] = [None]
        for row in context.project.codes.all(counted=False):
            box.addItem("  " * (len(row.path) - 1) + row.name)
            self._branches.append(row.id)
        self.purpose: FormField[QLineEdit] = FormField.line(
            look, self.tr("What it is for, in one line")
        )
        self.authors: FormField[QLineEdit] = FormField.line(
            look, self.tr("Authors to cite"), self.tr("Parted by commas: Tremblay A, Okafor B")
        )
        self.source: FormField[QLineEdit] = FormField.line(look, self.tr("Title to cite"))
        self.library: FormField[QComboBox] = FormField(
            look,
            self.tr("Where"),
            QuietComboBox(),
            self.tr("Your library makes it ready for your other projects; a file is for others."),
        )
        self.library.editor.addItem(self.tr("In a file"), False)
        self.library.editor.addItem(self.tr("In a file, and in my library"), True)
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        fields = (self.name, self.branch, self.purpose, self.authors, self.source, self.library)
        for field in fields:
            column.addWidget(field)
        self.set_form(form, height=580)

    def choose(self, code: UUID) -> None:
        """Start with a branch."""
        self.branch.editor.setCurrentIndex(self._branches.index(code))

    def keep(self) -> None:
        name = " ".join(self.name.editor.text().split())
        if not name:
            self.problem.setText(self.tr("The framework needs a name."))
            self.name.editor.setFocus()
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save codes as a framework"),
            str(documents_folder() / f"{framework_id(name)}.json"),
            self.tr("Frameworks (*.json)"),
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.json")
        branch = self._branches[self.branch.editor.currentIndex()]
        frameworks = self._context.project.frameworks
        try:
            made = frameworks.save_as_framework(
                path,
                name,
                None if branch is None else [branch],
                citation=self._citation(),
                purpose=" ".join(self.purpose.editor.text().split()),
            )
            if self.library.editor.currentData():
                frameworks.library.install(path, replace=True)
        except UserError as error:
            self.problem.setText(str(error))
            return
        self._context.say(
            self.tr("Saved {name} with {count} codes").format(
                name=bold(made.name), count=len(made.nodes)
            ),
            undo=False,
        )
        self.accept()

    def _citation(self) -> Citation | None:
        authors = [" ".join(one.split()) for one in self.authors.editor.text().split(",")]
        title = " ".join(self.source.editor.text().split())
        return Citation(tuple(one for one in authors if one), None, title) if title else None
