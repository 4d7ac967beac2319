"""Setting a round up: who, what, how; and what is locked by it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.words import Approach
from ikt_coder.services.round_rows import RoundPlan
from ikt_coder.ui.comparison.rounds.checked_list import CheckedList
from ikt_coder.ui.comparison.rounds.documents_choice import DocumentsChoice
from ikt_coder.ui.comparison.rounds.measured import Measured
from ikt_coder.ui.comparison.rounds.mode_choice import ModeChoice
from ikt_coder.ui.comparison.rounds.wording import documents_words, lock_sentence
from ikt_coder.ui.context import Context
from ikt_coder.ui.new_project.form_dialog import FormDialog
from ikt_coder.ui.widgets.dialog_foot import dim_words
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox
from ikt_coder.ui.widgets.section_heading import SectionHeading


class SetupDialog(FormDialog):
    """Modal. ``made`` is the round once it is set up."""

    set_up = Signal(object)
    """The id of the round."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        mode: RoundMode = RoundMode.BLIND,
        first: int | None = None,
    ) -> None:
        look, project = context.appearance, context.project
        super().__init__(look, "", "", parent)
        self._context = context
        self.reflexive = project.card.get().approach is Approach.REFLEXIVE
        self.made: UUID | None = None
        self.setWindowTitle(
            self.tr("Set up a reading") if self.reflexive else self.tr("Set up a round")
        )
        self.keep_button.setText(
            self.tr("Set up the reading") if self.reflexive else self.tr("Set up the round")
        )
        rows = project.rounds.all()
        number = max((row.number for row in rows), default=0) + 1
        word = self.tr("Reading {number}") if self.reflexive else self.tr("Round {number}")
        coders = project.coders.everyone()
        codes = tuple(
            (row.id, " › ".join(row.path))
            for row in project.codes.all(counted=False)
            if row.applicable
        )
        self.name = FormField.line(look, self.tr("Name"))
        self.name.editor.setMaxLength(120)
        self.name.editor.setText(word.format(number=number))
        self.mode = ModeChoice(look, self.reflexive)
        self.who = CheckedList(look, self.tr("Coders"), self.tr("Find a coder"))
        self.who.put(((row.id, row.name) for row in coders), _proposed(context))
        self._leads = QuietComboBox()
        for row in coders:
            self._leads.addItem(row.name, str(row.id))
        self.leads = FormField(look, self.tr("Who codes first"), self._leads)
        present = project.coder or (coders[0].id if coders else None)
        self._leads.setCurrentIndex(max(0, self._leads.findData(str(present))))
        documents = tuple((row.id, row.title) for row in project.documents.all())
        self.documents = DocumentsChoice(look, documents)
        self.whole = QRadioButton(self.tr("The whole codebook"))
        self.part = QRadioButton(self.tr("Chosen codes"))
        self._codes_group = QButtonGroup(self)
        for button in (self.whole, self.part):
            self._codes_group.addButton(button)
        self.whole.setChecked(True)
        self.codes = CheckedList(look, self.tr("Codes in question"), self.tr("Find a code"))
        self.codes.put(codes)
        self.measured = Measured(look, codes)
        self._adjudicator = QuietComboBox()
        self._adjudicator.addItem(self.tr("Nobody: you settle by talking"), "")
        for row in coders:
            self._adjudicator.addItem(row.name, str(row.id))
        self.adjudicator = FormField(
            look,
            self.tr("Who decides what you cannot settle"),
            self._adjudicator,
            self.tr("What is deferred goes to this person."),
        )
        self.hide_names = QCheckBox(self.tr("Hide from them which coder coded what"))
        self.hide_names.setChecked(True)
        self.note = FormField.text(look, self.tr("Note"))
        self._seal = dim_words(lock_sentence(self.reflexive))
        self._coded = project.rounds.coded_before()
        self.coded = dim_words("")
        self._lock = dim_words(
            self.tr(
                "What stands here is locked when the round is set up; only its name and note can "
                "change. The codebook of now is kept as a numbered version."
            )
        )
        self.set_form(self._form(), height=720)
        self.mode.changed.connect(self._told)
        self.documents.changed.connect(self._told)
        self.who.changed.connect(self._told)
        self.codes.changed.connect(self._told)
        self._codes_group.buttonClicked.connect(lambda _button: self._told())
        if first is not None:
            self.mode.first.setChecked(True)
            self.mode.first_count.setValue(first)
        self.mode.set_mode(mode)
        self.mode.button(mode).setFocus()

    def _form(self) -> QWidget:
        look = self._context.appearance
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        self._measured_heading = SectionHeading(look, self.tr("What is measured"))
        self._settled_heading = SectionHeading(look, self.tr("Settling"))
        parts: tuple[tuple[SectionHeading | None, tuple[QWidget, ...]], ...] = (
            (SectionHeading(look, self.tr("How you work together")), (self.mode, self._seal)),
            (SectionHeading(look, self.tr("Who")), (self.who, self.leads)),
            (SectionHeading(look, self.tr("Documents")), (self.documents, self.coded)),
            (SectionHeading(look, self.tr("Codes")), (self.whole, self.part, self.codes)),
            (self._measured_heading, (self.measured,)),
            (self._settled_heading, (self.adjudicator, self.hide_names)),
            (SectionHeading(look, self.tr("Name and note")), (self.name, self.note, self._lock)),
        )
        for heading, widgets in parts:
            if heading is not None:
                column.addWidget(heading)
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(look.px(8))
        return form

    def _told(self) -> None:
        """Show what the choices ask for, and say what is still missing."""
        mode = self.mode.mode()
        verifies = mode is RoundMode.VERIFY
        blind = mode is RoundMode.BLIND or (verifies and self.mode.blind_number() is not None)
        measured = blind and not self.reflexive
        self._seal.setVisible(blind)
        who, chosen = set(self.who.ticked()), set(self.documents.chosen())
        before = {document for coder, document in self._coded if coder in who} & chosen
        words = self.tr(
            "{documents} of these hold codings of the chosen coders already: they count as "
            "coded in this round."
        )
        self.coded.setText(words.format(documents=documents_words(len(before))))
        self.coded.setVisible(blind and bool(before))
        self.leads.setVisible(verifies)
        self.codes.setVisible(self.part.isChecked())
        for widget in (self._measured_heading, self.measured):
            widget.setVisible(measured)
        settles = mode is not RoundMode.OPEN and not self.reflexive
        for other in (self._settled_heading, self.adjudicator, self.hide_names):
            other.setVisible(settles)
        self.problem.setText(self._missing())
        self.keep_button.setEnabled(not self.problem.text())

    def _missing(self) -> str:
        """What keeps the round from being set up; empty where nothing does."""
        if len(self.who.ticked()) < 2 and self.mode.mode() is not RoundMode.OPEN:
            return self.tr("Choose two coders at least.")
        if not self.who.ticked():
            return self.tr("Choose who codes.")
        count = len(self.documents.chosen())
        if not count:
            return self.tr("Choose the documents.")
        first = self.mode.first_number()
        if first is not None and first >= count:
            return self.tr("With {count} documents in the round, fewer are settled first.").format(
                count=count
            )
        if self.part.isChecked() and not self.codes.ticked():
            return self.tr("Choose the codes.")
        return ""

    def plan(self) -> RoundPlan:
        """What was filled in."""
        mode = self.mode.mode()
        share, seed = self.documents.drawing()
        coders = list(self.who.ticked())
        if mode is RoundMode.VERIFY:
            first = UUID(self._leads.currentData())
            coders.sort(key=lambda coder: coder != first)
        adjudicator = self._adjudicator.currentData()
        return RoundPlan(
            name=self.name.editor.text(),
            mode=mode,
            coders=tuple(coders),
            documents=self.documents.documents(),
            codes=self.codes.ticked() if self.part.isChecked() else (),
            unit=self.measured.unit_value(),
            unit_size=self.measured.unit_size(),
            rule=self.measured.rule_value(),
            scope=self.measured.scope_value(),
            selection_code=self.measured.selection_code(),
            coefficient=self.measured.coefficient_value(),
            target=self.measured.target_value(),
            overlap=self.measured.overlap_value(),
            share=share,
            seed=seed,
            first=self.mode.first_number(),
            blind_share=self.mode.blind_number(),
            adjudicator=UUID(adjudicator) if adjudicator else None,
            hide_names=self.hide_names.isChecked(),
            note=self.note.editor.toPlainText(),
        )

    def keep(self) -> None:
        """Set the round up; what keeps it from that is said at the foot."""
        if self._missing():
            return
        try:
            self.made = self._context.project.rounds.set_up(self.plan())
        except UserError as error:
            self.problem.setText(str(error))
            return
        self.set_up.emit(self.made)
        self.accept()


def _proposed(context: Context) -> list[UUID]:
    """The coders that are ticked at first: those of the last round, else all where they are two,
    else the present one."""
    coders = [row.id for row in context.project.coders.everyone()]
    last = context.project.rounds.latest()
    if last is not None:
        return list(last.coders)
    return coders if len(coders) <= 2 else [key for key in coders if key == context.project.coder]
