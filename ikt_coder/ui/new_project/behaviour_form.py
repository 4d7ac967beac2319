"""Barrier or facilitator to what: one behaviour by action, actor, context, target and time."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.new_project.answers import BehaviourAnswers
from ikt_coder.ui.widgets.form_field import FormField


class BehaviourForm(QWidget):
    """Five short fields; only the action is needed."""

    remove_asked = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id: UUID | None = None
        self.action = FormField.line(
            appearance, self.tr("Action"), self.tr("What is done, such as “taking part in panels”.")
        )
        self.actor = FormField.line(appearance, self.tr("Actor"), self.tr("Who does it."))
        self.target = FormField.line(
            appearance, self.tr("Target"), self.tr("For whom, or towards whom.")
        )
        self.context = FormField.line(appearance, self.tr("Context"), self.tr("Where."))
        self.time = FormField.line(
            appearance, self.tr("Time"), self.tr("When, or over which period.")
        )
        self.remove_button = QPushButton(self.tr("Remove this behaviour"), self)
        self.remove_button.setProperty("kind", "link")
        self.remove_button.clicked.connect(self.remove_asked)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.action, 0, 0, 1, 2)
        grid.addWidget(self.actor, 1, 0)
        grid.addWidget(self.target, 1, 1)
        grid.addWidget(self.context, 2, 0)
        grid.addWidget(self.time, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(grid)
        column.addLayout(foot)

    def set_values(self, answers: BehaviourAnswers) -> None:
        self._id = answers.id
        for name, editor in self._editors().items():
            editor.setText(getattr(answers, name))

    def values(self) -> BehaviourAnswers:
        words = {name: editor.text().strip() for name, editor in self._editors().items()}
        return BehaviourAnswers(self._id, **words)

    def problem(self) -> str:
        """What is missing, shown at the field; the empty string where nothing is."""
        values = self.values()
        missing = not values.empty and not values.action
        words = self.tr("Say the action too, or leave all five empty.") if missing else ""
        self.action.set_problem(words)
        return words

    def _editors(self) -> dict[str, QLineEdit]:
        return {
            "action": self.action.editor,
            "actor": self.actor.editor,
            "context": self.context.editor,
            "target": self.target.editor,
            "time": self.time.editor,
        }
