"""What the present coder has to do with the document on the desk, and pressing Finish for it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import AssignmentStatus, Task
from ikt_coder.services.round_rows import AssignmentRow, Duty
from ikt_coder.ui.comparison.rounds.acts import RoundActs
from ikt_coder.ui.comparison.rounds.question import Question
from ikt_coder.ui.comparison.rounds.wording import task_word
from ikt_coder.ui.comparison.wording import assignment_word, mode_word
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.pill import Pill

_FOLLOWED = ("coding_round", "assignment", "round_event", "settled", "coder", "document")


class DutyPill(Pill):
    """ "Round 1 · blind · **in progress**"; a press asks whether the document is finished, or
    why it is opened again. It stands there only for documents of a round."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.appearance, opens=True, icon="lock", parent=parent)
        self._context = context
        self._document: UUID | None = None
        self._duty: Duty | None = None
        self.acts = RoundActs(context, self)
        self.clicked.connect(self.ask)
        context.signals.changed.connect(self._changed)
        self.hide()

    def show_document(self, document: UUID | None) -> None:
        """Say what there is to do with a document."""
        self._document = document
        self.refresh()

    def refresh(self) -> None:
        """Read anew; a tenth of a millisecond."""
        duty = None
        if self._document is not None:
            duty = self._context.project.rounds.duty(self._document)
        self._duty = duty
        if duty is not None:
            self._icon_name = "lock" if duty.sealed else "people"
            parts = [duty.round.name, mode_word(duty.round.mode)]
            if duty.sealed:
                parts.append(self.tr("sealed"))
            elif duty.task is Task.VERIFY:
                parts.append(self.tr("you verify"))
            self.set_words(" · ".join(parts), self._state(duty))
            self.setAccessibleDescription(self._hint(duty))
        self.setVisible(duty is not None)

    def _state(self, duty: Duty) -> str:
        if duty.waiting:
            return self.tr("waits")
        if duty.status is AssignmentStatus.FINISHED:
            return self.tr("finished")
        if self._context.project.read_only:
            return assignment_word(duty.status)
        return self.tr("Finish…")

    def _hint(self, duty: Duty) -> str:
        return self.tr("You: {task}, {status}").format(
            task=task_word(duty.task), status=assignment_word(duty.status)
        )

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_FOLLOWED) or changes.kind == Op.SWITCH_CODER.value:
            self.refresh()

    # -- acting -----------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return self.acts.question

    def ask(self) -> None:
        """Ask what there is to ask about the document."""
        duty, document, project = self._duty, self._document, self._context.project
        coder = project.coder
        if duty is None or document is None or coder is None:
            return
        try:
            title = project.documents.get(document).title
        except NotFound:
            return
        row = AssignmentRow(
            round=duty.round.id,
            coder=coder,
            document=document,
            task=duty.task,
            batch=project.rounds.of(duty.round.id).assigned[coder, document].batch,
            status=duty.status,
            finished_at=None,
            reopened=0,
            after_unsealing=False,
            codings=project.codings.covered(document)[0],
        )
        if project.read_only or duty.waiting:
            self._tell(duty)
        elif duty.status is AssignmentStatus.FINISHED:
            self.acts.ask_reopen(duty.round, row, title, self.rect(), self)
        else:
            self.acts.ask_finish(duty.round, [row], {document: title}, self.rect(), self)

    def _tell(self, duty: Duty) -> None:
        """Why nothing can be done now."""
        sentence = self.tr("This project is open for reading only.")
        more = ""
        if duty.waiting:
            sentence = self.tr("This document waits.")
            more = self.tr(
                "In {name} the first documents are settled before the rest is coded."
            ).format(name=duty.round.name)
        told = Question(self._context.appearance, self.window(), sentence, more)
        told.ask(self.rect(), self)
