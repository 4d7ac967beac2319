"""What a gesture in the form does: it answers, or, while a second coder checks, it judges."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ikt_coder.core.errors import UserError
from ikt_coder.services.charting.rows import (
    AnswerKind,
    Basis,
    ChartRow,
    ChartStatus,
    FieldRow,
    Subject,
    Verdict,
)
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context


class Charter(QObject):
    """Acts on one form; each act is a step of the history. ``checking``: another answer is a
    change by the second coder."""

    acted = Signal()
    """Something was written: the form is to be read anew."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._charting = context.project.charting
        self.checking = False

    def choose(self, form: ChartRow, field: FieldRow, option: UUID) -> None:
        """What a digit or a click on an option does."""
        before = form.answer(field.id).options
        if option in before:
            chosen: Collection[UUID] = [key for key in before if key != option]
        else:
            chosen = [option] if field.kind is AnswerKind.ONE else [*before, option]
        self._answer(form, field, options=chosen)

    def turn_not_reported(self, form: ChartRow, field: FieldRow) -> None:
        """Somebody looked and found nothing, or not after all."""
        self._answer(form, field, not_reported=not form.answer(field.id).not_reported)

    def turn_basis(self, form: ChartRow, field: FieldRow) -> None:
        """Said by the source, or concluded."""
        answer = form.answer(field.id)
        if not field.has_basis or not answer.given(field) or answer.not_reported:
            return
        inferred = answer.basis is Basis.INFERRED
        self._answer(form, field, basis=Basis.EXPLICIT if inferred else Basis.INFERRED)

    def write(self, form: ChartRow, field: FieldRow, text: str) -> None:
        """A text, or a remark beside options."""
        if text.strip() != form.answer(field.id).text:
            self._answer(form, field, text=text)

    def clear(self, form: ChartRow, field: FieldRow) -> None:
        """Empty a field, as if nobody had looked."""
        self._answer(form, field, options=(), text="", not_reported=False)

    def _answer(self, form: ChartRow, field: FieldRow, **what: Any) -> None:
        def act() -> None:
            if self.checking and form.answer(field.id).given(field):
                self._charting.check(form.subject, field.id, Verdict.CHANGED, **what)
            else:
                self._charting.answer(form.subject, field.id, **what)

        self._do(act, self._charted(field))

    def agree(self, form: ChartRow, field: FieldRow) -> bool:
        """The second coder agrees; whether it could be said."""
        return self._do(
            lambda: self._charting.check(form.subject, field.id, Verdict.AGREED),
            self._checked(field),
        )

    def question(self, form: ChartRow, field: FieldRow, words: str) -> bool:
        """The second coder asks; the answer stays."""
        return self._do(
            lambda: self._charting.check(form.subject, field.id, Verdict.QUESTION, note=words),
            self._checked(field),
        )

    def take_back(self, form: ChartRow, field: FieldRow) -> None:
        """Take back what was said of an answer."""
        self._do(
            lambda: self._charting.take_back_check(form.subject, field.id), self._checked(field)
        )

    def set_status(self, subject: Subject, status: ChartStatus) -> bool:
        return self._do(lambda: self._charting.change_form(subject, status=status), self._changed())

    def set_pilot(self, subject: Subject, pilot: bool) -> None:
        self._do(lambda: self._charting.change_form(subject, pilot=pilot), self._changed())

    def set_note(self, subject: Subject, note: str) -> None:
        self._do(lambda: self._charting.change_form(subject, note=note), self._changed())

    def _charted(self, field: FieldRow) -> str:
        return self.tr("Charted {name}").format(name=bold(field.name))

    def _checked(self, field: FieldRow) -> str:
        return self.tr("Checked {name}").format(name=bold(field.name))

    def _changed(self) -> str:
        return self.tr("Changed the form of a record")

    def _do(self, act: Any, words: str) -> bool:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            self.acted.emit()
            return False
        self.acted.emit()
        self._context.say(words)
        return True
