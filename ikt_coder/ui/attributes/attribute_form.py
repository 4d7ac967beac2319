"""The form of an attribute: its name, kind, choices and what it means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.ui.attributes.wording import kind_word
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.dialog_foot import DialogFoot
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox

_WITH_CHOICES = (AttributeKind.CHOICE, AttributeKind.CHOICES)


class AttributeForm(QDialog):
    """Adds an attribute, or changes one; what cannot be is said here, and nothing is lost."""

    kept = Signal(object)
    """UUID of the attribute that was added or changed."""

    def __init__(
        self,
        context: Context,
        subject: Subject,
        row: AttributeRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``row``: the attribute to change; None adds one."""
        super().__init__(parent)
        self._context = context
        self._subject = subject
        self._row = row
        look = context.appearance
        self.setWindowTitle(self.tr("Attribute") if row else self.tr("New attribute"))
        self.name = FormField.line(look, self.tr("&Name"))
        box = QuietComboBox()
        for kind in AttributeKind:
            box.addItem(kind_word(kind), kind)
        self.kind = FormField(look, self.tr("&Kind"), box)
        self.choices = FormField.text(
            look, self.tr("&Choices"), self.tr("One on each line, in the order they are offered.")
        )
        self.description = FormField.text(look, self.tr("What it &means"))
        self.foot = DialogFoot(look)
        self.save_button = self.foot.add_button(
            self.tr("Save") if row else self.tr("Add"), self._save
        )
        self.save_button.setProperty("kind", "primary")
        self.cancel_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        fields = QVBoxLayout()
        fields.setContentsMargins(16, 14, 16, 14)
        fields.setSpacing(12)
        for field in (self.name, self.kind, self.choices, self.description):
            fields.addWidget(field)
        fields.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(fields, 1)
        column.addWidget(self.foot)
        self.save_button.setDefault(True)  # known as such only within the dialog
        self.resize(look.px(420), look.px(400))
        if row is not None:
            self.name.editor.setText(row.name)
            box.setCurrentIndex(list(AttributeKind).index(row.kind))
            self.choices.editor.set_text("\n".join(row.choices))
            self.description.editor.set_text(row.description)
        box.currentIndexChanged.connect(self._kind_changed)
        self._kind_changed()

    def _kind(self) -> AttributeKind:
        return list(AttributeKind)[self.kind.editor.currentIndex()]

    def _kind_changed(self) -> None:
        self.choices.setVisible(self._kind() in _WITH_CHOICES)
        if self._row is not None and self._row.kind not in _WITH_CHOICES:
            self.choices.set_hint(
                self.tr("One on each line. Without any, the values there are become the choices.")
            )
        self.kind.set_problem("")

    def focus_on(self, field: str) -> None:
        """Bring the keyboard to "name", "kind" or "choices"."""
        asked: dict[str, QWidget] = {
            "name": self.name.editor,
            "kind": self.kind.editor,
            "choices": self.choices.editor if self.choices.isVisibleTo(self) else self.kind.editor,
        }
        asked[field].setFocus()
        if field == "name":
            self.name.editor.selectAll()

    def _save(self) -> None:
        attributes = self._context.project.attributes
        name = self.name.editor.text()
        kind = self._kind()
        choices = self.choices.editor.text().splitlines() if kind in _WITH_CHOICES else []
        description = self.description.editor.text()
        for field in (self.name, self.kind, self.choices):
            field.set_problem("")
        try:
            if self._row is None:
                key = attributes.add(name, self._subject, kind, choices, description)
                words = self.tr("Added the attribute {name}")
            else:
                key = self._row.id
                attributes.change(
                    key, name=name, kind=kind, choices=choices, description=description
                )
                words = self.tr("Changed the attribute {name}")
        except UserError as error:
            self._refuse(error, name)
            return
        self._context.say(words.format(name=bold(attributes.get(key).name)))
        self.kept.emit(key)
        self.accept()

    def _refuse(self, error: UserError, name: str) -> None:
        """Say beside the field that is to blame what is wrong."""
        words = f"{error.what} {error.to_do}".strip()
        others = self._context.project.attributes.all(self._subject)
        taken = any(
            row.name.casefold() == name.strip().casefold() and row != self._row for row in others
        )
        if taken or not name.strip() or "name of the" in error.what:
            self.name.set_problem(words)
            self.name.editor.setFocus()
        elif self.choices.isVisibleTo(self):
            self.choices.set_problem(words)
        else:
            self.kind.set_problem(words)
