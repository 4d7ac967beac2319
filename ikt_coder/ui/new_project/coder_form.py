"""The fields of a coder, in the new project and later."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ikt_coder.core.words import Role
from ikt_coder.services.coders import initials_of
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.new_project.answers import CoderAnswers
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.wording import role_word

LONGEST_INITIALS = 4


class CoderForm(QWidget):
    """Name, initials (proposed from the name until they are typed), role, positionality."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = FormField.line(
            appearance, self.tr("Name"), self.tr("It stands on every coding and in the history.")
        )
        self.initials = FormField.line(appearance, self.tr("Initials"))
        self.initials.editor.setMaxLength(LONGEST_INITIALS)
        self.role = FormField(appearance, self.tr("Role"), QuietComboBox())
        for role in Role:
            self.role.editor.addItem(role_word(role), role)
        self.positionality = FormField.text(
            appearance,
            self.tr("Where you stand"),
            self.tr(
                "A few words on who you are towards this study: background, ties, hopes. "
                "It can wait; reports offer it to be quoted."
            ),
        )
        short = QHBoxLayout()
        short.setSpacing(12)
        short.addWidget(self.initials, 1)
        short.addWidget(self.role, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.name)
        column.addLayout(short)
        column.addWidget(self.positionality)
        self._proposed = ""
        self.name.editor.textChanged.connect(self._propose)

    def set_values(self, coder: CoderAnswers) -> None:
        self.name.editor.setText(coder.name)
        self.initials.editor.setText(coder.initials)
        self._proposed = initials_of(coder.name) if coder.name.strip() else ""
        self.role.editor.setCurrentIndex(self.role.editor.findData(coder.role))
        self.positionality.editor.set_text(coder.positionality)

    def values(self) -> CoderAnswers:
        return CoderAnswers(
            " ".join(self.name.editor.text().split()),
            self.initials.editor.text().strip(),
            Role(self.role.editor.currentData()),
            self.positionality.editor.text().strip(),
        )

    def _propose(self, name: str) -> None:
        # Initials somebody typed are theirs.
        if self.initials.editor.text() == self._proposed:
            self._proposed = initials_of(name)[:LONGEST_INITIALS] if name.strip() else ""
            self.initials.editor.setText(self._proposed)
