"""Before a file of attributes is imported: what becomes of each column, what does not fit, and
what must be chosen. Nothing is written until Import; then everything in one act."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.rows import (
    AttributePlan,
    ColumnUse,
    ImportChoices,
    Missing,
    column_letter,
)
from ikt_coder.services.attribute_files.written import DayOrder, Decimal
from ikt_coder.ui.attributes.import_columns import ColumnsModel, ColumnsTable, Part
from ikt_coder.ui.attributes.import_wording import (
    missing_words,
    odd_words,
    people_words,
    question_words,
    summary_words,
)
from ikt_coder.ui.attributes.wording import owners_word, values_in_words
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.section_heading import SectionHeading

_MOST_ODD = 3
"""So many columns with odd values are told of below the table."""
_MOST_FAULTS = 1000
"""So many faults are listed; who mends these sees the rest after."""


class AttributeImportDialog(QDialog):
    """The file is read and held against the project on a worker; each choice does it again."""

    planned = Signal()
    """What is shown is what would be done now."""
    imported = Signal()

    def __init__(
        self, context: Context, path: Path, subject: Subject, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._attributes = context.project.attributes
        self._path = path
        self._subject = subject
        self._number = 0
        self._writing = False
        self.plan: AttributePlan | None = None
        self.choices = ImportChoices()
        look = context.appearance
        self.setWindowTitle(self.tr("Import attributes from {name}").format(name=path.name))
        self.bar = NotificationBar(look, self)
        self.summary = QLabel(self.tr("Reading {name}…").format(name=path.name), self)
        self.summary.setProperty("face", "strong")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.people = dim_words("", self)
        self.names = QuietComboBox(self)
        self.names.setAccessibleName(self.tr("Column of the names"))
        self.missing = QuietComboBox(self)
        self.missing.setAccessibleName(self.tr("Who is not in the project"))
        self.add_choices = QCheckBox(
            self.tr("Offer values that no choice fits as new choices"), self
        )
        self.model = ColumnsModel(look, self._choose, self)
        self.odd = dim_words("", self)
        self.columns = ColumnsTable(look, self.model, self)
        self.fault_heading = SectionHeading(look, self.tr("What keeps the file out"))
        self._faults = QStringListModel(self)
        self.faults = QListView(self)
        self.faults.setModel(self._faults)
        self.faults.setAccessibleName(self.tr("What keeps the file out"))
        self.faults.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.faults.setUniformItemSizes(False)
        self.faults.setWordWrap(True)
        self.foot = DialogFoot(look, self.tr("Importing values"))
        self.import_button = self.foot.add_button(self.tr("Import"), self._import)
        self.import_button.setProperty("kind", "primary")
        self.cancel_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        self._lay_out()
        self.names.activated.connect(self._choose_names)
        self.missing.activated.connect(self._choose_missing)
        self.add_choices.toggled.connect(self._choose_added)
        self._show_options()
        self._begin()

    def _lay_out(self) -> None:
        look = self._context.appearance
        options = QHBoxLayout()
        options.setSpacing(8)
        label = QLabel(self.tr("&Names stand in"), self)
        label.setBuddy(self.names)
        self._names_label = label
        options.addWidget(label)
        options.addWidget(self.names)
        options.addSpacing(12)
        options.addWidget(self.missing)
        options.addStretch(1)
        framed = QFrame(self)
        framed.setProperty("line", "all")
        inside = QVBoxLayout(framed)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.columns)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 10)
        body.setSpacing(8)
        body.addWidget(self.summary)
        body.addWidget(self.people)
        body.addLayout(options)
        body.addWidget(framed, 3)
        body.addWidget(self.odd)
        body.addWidget(self.add_choices)
        body.addWidget(self.fault_heading)
        body.addWidget(self.faults, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)
        column.addWidget(self.foot)
        self.import_button.setDefault(True)  # known as such only within the dialog
        screen = self.screen().availableSize()
        width, height = screen.width() - 24, screen.height() - 48
        self.resize(min(look.px(860), width), min(look.px(600), height))

    # -- planning ---------------------------------------------------------------------------

    def _begin(self) -> None:
        path, subject = self._path, self._subject
        self._run(lambda: self._attributes.read_file(path, subject))

    def _again(self, choices: ImportChoices) -> None:
        """Hold the file against the project after other choices."""
        self.choices = choices
        plan = self.plan
        if plan is not None:
            self._run(lambda: self._attributes.plan(plan.table, self._subject, choices))

    def _run(self, make: Any) -> None:
        self._number += 1
        number = self._number
        self.import_button.setEnabled(False)
        self._context.tasks.run(
            lambda _progress: make(),
            done=lambda plan: self._came(number, plan),
            failed=lambda error: self._failed(number, error),
        )

    def _came(self, number: int, plan: AttributePlan) -> None:
        if not shiboken6.isValid(self) or number != self._number:
            return  # closed, or chosen otherwise in the meantime
        first = self.plan is None
        self.plan, self.choices = plan, plan.choices
        if first:
            self._show_names()
        self.model.show_plan(plan)
        self._show()
        if first:
            self.columns.setCurrentIndex(self.model.index(0, Part.NAME))
            self.columns.setFocus(Qt.FocusReason.OtherFocusReason)
        self.planned.emit()

    def _failed(self, number: int, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        if shiboken6.isValid(self) and number == self._number:
            self.summary.setText(self.tr("Nothing can be imported from this file."))
            self.bar.show_message(str(error), Weight.ALARM)
            self.planned.emit()

    # -- showing ----------------------------------------------------------------------------

    def _show_names(self) -> None:
        assert self.plan is not None
        for column in self.plan.columns:
            words = f"{column_letter(column.at)}  {column.name}"
            self.names.addItem(words, column.at)
        self.names.setCurrentIndex(self.plan.choices.names)

    def _show(self) -> None:
        plan = self.plan
        assert plan is not None
        self.summary.setText(summary_words(plan))
        self.people.setText(people_words(plan))
        self.people.setVisible(bool(self.people.text()))
        odd = [words for column in plan.columns if (words := odd_words(column))]
        self.odd.setText("\n".join(odd[:_MOST_ODD]))
        self.odd.setVisible(bool(odd))
        lines = [question_words(one) for one in plan.questions]
        lines += [str(fault) for fault in plan.faults[:_MOST_FAULTS]]
        if len(plan.faults) > _MOST_FAULTS:
            more = self.tr("… and {count} more")
            lines.append(more.format(count=figure(len(plan.faults) - _MOST_FAULTS)))
        self._faults.setStringList(lines)
        self._show_options()
        count = len(plan.values)
        self.import_button.setText(
            self.tr("Import {values}").format(values=values_in_words(count))
            if count and plan.ready
            else self.tr("Import")
        )
        self.import_button.setEnabled(plan.ready and not self._context.project.read_only)

    def _show_options(self) -> None:
        plan = self.plan
        faulty = plan is not None and bool(plan.faults or plan.questions)
        self.fault_heading.setVisible(faulty)
        self.faults.setVisible(faulty)
        for widget in (self.names, self._names_label):
            widget.setVisible(plan is not None)
        missing = len(plan.unknown) + len(plan.created) if plan is not None else 0
        may_make = self._subject is not Subject.DOCUMENT and missing > 0
        self.missing.setVisible(may_make)
        if may_make:
            self.missing.clear()
            for words, choice in zip(missing_words(self._subject, missing), Missing, strict=True):
                self.missing.addItem(words, choice)
            self.missing.setCurrentIndex(list(Missing).index(self.choices.missing))
        offers = plan is not None and (
            self.choices.add_choices
            or any(
                column.use is ColumnUse.KNOWN
                and column.kind in (AttributeKind.CHOICE, AttributeKind.CHOICES)
                and any(fault.column == column.at for fault in plan.faults)
                for column in plan.columns
            )
        )
        self.add_choices.setVisible(offers)

    # -- choosing ---------------------------------------------------------------------------

    def _choose(self, column: int, part: Part, value: Any) -> None:
        choices = self.choices
        if part is Part.NAME:
            skipped = choices.skipped - {column} if value else choices.skipped | {column}
            self._again(replace(choices, skipped=skipped))
        elif isinstance(value, AttributeKind):
            self._again(replace(choices, kinds={**choices.kinds, column: value}))
        elif isinstance(value, DayOrder):
            self._again(replace(choices, days={**choices.days, column: value}))
        elif isinstance(value, Decimal):
            self._again(replace(choices, decimals={**choices.decimals, column: value}))

    def _choose_names(self, at: int) -> None:
        self._again(replace(self.choices, names=at))

    def _choose_missing(self, at: int) -> None:
        self._again(replace(self.choices, missing=list(Missing)[at]))

    def _choose_added(self, on: bool) -> None:
        if on != self.choices.add_choices:
            self._again(replace(self.choices, add_choices=on))

    # -- importing --------------------------------------------------------------------------

    def _import(self) -> None:
        plan = self.plan
        if plan is None or not plan.ready or self._writing:
            return
        self._writing = True
        task = self._context.tasks.run(
            lambda _progress: self._attributes.import_plan(plan),
            done=lambda _plan: self._imported(plan),
            failed=self._import_failed,
            writes=True,
        )
        self.foot.begin(task)

    def _imported(self, plan: AttributePlan) -> None:
        self._writing = False
        if not shiboken6.isValid(self):
            return
        self.foot.end()
        words = self.tr("Imported {values} of {owners} from {name}")
        self._context.say(
            words.format(
                values=values_in_words(len(plan.values)),
                owners=owners_word(plan.subject).lower(),
                name=bold(plan.table.name),
            )
        )
        self.imported.emit()
        self.accept()

    def _import_failed(self, error: BaseException) -> None:
        self._writing = False
        if not isinstance(error, UserError):
            raise error
        if not shiboken6.isValid(self):
            return
        self.foot.end()
        for button in self.foot.buttons:
            button.setEnabled(True)
        self.bar.show_message(str(error), Weight.ALARM)
        self._again(self.choices)

    def reject(self) -> None:
        """Leave, unless values are just being written."""
        if not self._writing:
            super().reject()
