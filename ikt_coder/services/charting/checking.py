"""Going through charted answers as a second coder: agree, change, question.

What was there before is kept. There is no coefficient: who checks has seen the answer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ops import Op
from ikt_coder.model import Chart, ChartCheck
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.charting.forms import chart_id
from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    Basis,
    ChartRow,
    CheckRates,
    CheckRow,
    FieldRates,
    FieldRow,
    Grid,
    Subject,
    SubjectKind,
    Verdict,
)

NO_COEFFICIENT = (
    "No kappa and no alpha: the second coder saw the first one's answers, so that the second "
    "judgement is not independent of the first."
)


class CheckActs(Service):
    """Second coders go through charted answers, one by one."""

    def checks(
        self, kind: SubjectKind = SubjectKind.DOCUMENT, *, grid: Grid | None = None
    ) -> tuple[CheckRow, ...]:
        """What was said of the answers, oldest first; ``grid`` is that of the kind, where it
        was read already."""
        return self._checks(grid or self._project.charting.grid(kind))

    def checks_of(
        self, form: ChartRow, fields: tuple[FieldRow, ...] | None = None
    ) -> tuple[CheckRow, ...]:
        """What was said of the answers of one form, oldest first; ``fields`` are those of its
        kind, where they were read already."""
        kind = form.subject.kind
        if fields is None:
            fields = self._project.charting.fields(kind)
        return self._checks(Grid(kind, fields, (form,)))

    def _checks(self, grid: Grid) -> tuple[CheckRow, ...]:
        forms = {chart_id(row.subject): row for row in grid.rows}
        fields = {field.id: field for field in grid.fields}
        found = []
        statement = select(ChartCheck.__table__).order_by(ChartCheck.at, ChartCheck.id)
        if len(forms) == 1:
            statement = statement.where(ChartCheck.chart_id.in_(forms))
        for r in self._rows(statement):
            form = forms.get(r.chart_id)
            if form is None or r.field_id not in fields:
                continue
            kept = json.loads(r.before)
            before, after = _read(kept["before"]), _read(kept["after"])
            found.append(
                CheckRow(
                    form.subject,
                    r.field_id,
                    r.coder_id,
                    Verdict(r.verdict),
                    before,
                    after,
                    str(kept.get("words", "")),
                    r.note,
                    r.at,
                    stands=form.answer(r.field_id) == after,
                )
            )
        return tuple(found)

    def check(
        self,
        subject: Subject,
        field: UUID,
        verdict: Verdict,
        *,
        note: str = "",
        options: Collection[UUID] | Unset = UNSET,
        text: str | Unset = UNSET,
        basis: Basis | Unset | None = UNSET,
        not_reported: bool | Unset = UNSET,
    ) -> None:
        """Say what you think of an answer, in one act. CHANGED takes the answer it becomes, and
        the one before is kept; a QUESTION needs a note and leaves the answer as it is.

        Raises NotAllowed for who filled the form in, UserError where there is no answer to
        check, where a change changes nothing, or a question says nothing; NotFound.
        """
        charting = self._project.charting
        row = charting.field(field)
        form = charting.form(subject)
        here = form.answer(field)
        note = note.strip()
        coder = self._project.coders.ensure_present()
        self._refuse(form, row, here, coder)
        if verdict is Verdict.QUESTION and not note:
            raise UserError("A question needs words.", "Write what is to be talked over.")
        earlier = next(
            (c for c in self._checks_of(form, row) if c.coder == coder and c.stands), None
        )
        before = earlier.before if earlier is not None else here
        with self._operation(Op.CHECK_CHART, title=form.title, name=row.name, count=1) as op:
            after = here
            if verdict is Verdict.CHANGED:
                after = charting.answer(
                    *(subject, field),
                    options=options,
                    text=text,
                    basis=basis,
                    not_reported=not_reported,
                )
                if after == here and earlier is None:
                    raise UserError("The answer is the same as before. Nothing was changed.")
            if verdict is not Verdict.QUESTION:
                # Changed back is agreed after all; agreeing with one's own change stays a change.
                verdict = Verdict.AGREED if after == before else Verdict.CHANGED
            words = earlier.before_words if earlier is not None else answer_words(row, before)
            key = derived_key("chart_check", chart_id(subject), field, coder)
            op.execute(delete(ChartCheck).where(ChartCheck.id == key))
            op.execute(
                insert(ChartCheck).values(
                    id=key,
                    chart_id=chart_id(subject),
                    field_id=field,
                    coder_id=coder,
                    verdict=verdict.value,
                    before=json.dumps(
                        {"before": _kept(before), "after": _kept(after), "words": words},
                        ensure_ascii=False,
                    ),
                    note=note,
                    at=datetime.now(UTC),
                )
            )

    def agree_rest(self, subject: Subject) -> int:
        """Agree with the answers of a form that the present coder has not checked yet, in one
        act. Returns how many. Raises NotAllowed for who filled it in."""
        charting = self._project.charting
        form = charting.form(subject)
        coder = self._project.coders.ensure_present()
        fields = charting.fields(subject.kind)
        done = {
            c.field for field in fields for c in self._checks_of(form, field) if c.coder == coder
        }
        left = [f for f in fields if form.answer(f.id).given(f) and f.id not in done]
        if not left:
            return 0
        with self._operation(Op.CHECK_CHART, title=form.title, count=len(left)):
            for field in left:
                self.check(subject, field.id, Verdict.AGREED)
        return len(left)

    def take_back_check(self, subject: Subject, field: UUID) -> None:
        """Take back what the present coder said of an answer; a changed one becomes what it was,
        where nobody changed it since."""
        charting = self._project.charting
        row, form = charting.field(field), charting.form(subject)
        coder = self._project.coders.ensure_present()
        mine = next((c for c in self._checks_of(form, row) if c.coder == coder), None)
        if mine is None:
            return
        with self._operation(Op.CHECK_CHART, title=form.title, name=row.name, count=1) as op:
            if mine.stands and mine.before != mine.after:
                charting.write(op, form, row, mine.before)
            key = derived_key("chart_check", chart_id(subject), field, coder)
            op.execute(delete(ChartCheck).where(ChartCheck.id == key))

    def hindrance(self, form: ChartRow) -> str:
        """Why the present coder cannot check a form; empty where they can."""
        if self._project.read_only:
            return "The project is open for reading only."
        if form.coder is not None and form.coder == self._project.coder:
            return "You charted this yourself; a second coder checks it."
        if not form.answers:
            return "Nothing is charted here yet."
        return ""

    def rates(self, kind: SubjectKind = SubjectKind.DOCUMENT) -> CheckRates:
        """What became of the answers that were given, by verdict and field by field. Where
        several coders checked an answer, the last word counts. Never a coefficient."""
        grid = self._project.charting.grid(kind)
        rows = [row for row in grid.rows if not row.left_out]
        checks = self._checks(grid)
        last = {(c.subject, c.field): c.verdict for c in checks if c.stands}
        names = {row.id: row.name for row in self._project.coders.everyone()}
        found = []
        seen: set[Subject] = set()
        for field in grid.fields:
            given = [row.subject for row in rows if row.answer(field.id).given(field)]
            said = Counter(last[each, field.id] for each in given if (each, field.id) in last)
            seen.update(each for each in given if (each, field.id) in last)
            found.append(
                FieldRates(
                    field.id,
                    len(given),
                    said[Verdict.AGREED],
                    said[Verdict.CHANGED],
                    said[Verdict.QUESTION],
                )
            )
        whole = FieldRates(
            None,
            sum(each.answers for each in found),
            sum(each.agreed for each in found),
            sum(each.changed for each in found),
            sum(each.question for each in found),
        )
        who = dict.fromkeys(names[c.coder] for c in checks if c.coder in names)
        return CheckRates(
            whole,
            tuple(found),
            sum(bool(row.answers) for row in rows),
            len(seen),
            tuple(who),
            NO_COEFFICIENT,
        )

    def _checks_of(self, form: ChartRow, field: FieldRow) -> tuple[CheckRow, ...]:
        return self._checks(Grid(form.subject.kind, (field,), (form,)))

    def _refuse(self, form: ChartRow, field: FieldRow, here: Answer, coder: UUID) -> None:
        charted_by = self._connection.execute(
            select(Chart.coder_id).where(Chart.id == chart_id(form.subject))
        ).scalar()
        if charted_by == coder:
            raise NotAllowed(
                "You charted this yourself. Nothing was changed.",
                "A second coder checks it: choose yourself where it says who is coding.",
            )
        if not here.given(field):
            raise UserError(f"“{field.name}” has no answer to check yet. Nothing was changed.")


def answer_words(field: FieldRow, answer: Answer) -> str:
    """An answer in words: its options, its text, *Not reported*; whether it was concluded."""
    if answer.not_reported:
        parts = ["Not reported"]
    elif field.kind is AnswerKind.TEXT:
        return answer.text
    else:
        chosen = set(answer.options)
        parts = [each.shown for each in field.options if each.id in chosen]
    words = "; ".join(parts)
    if answer.basis is Basis.INFERRED and words:
        words += " (inferred)"
    if answer.text:
        words = f"{words} — {answer.text}" if words else answer.text
    return words


def _kept(answer: Answer) -> dict[str, Any]:
    return {
        "options": [str(key) for key in answer.options],
        "text": answer.text,
        "not_reported": answer.not_reported,
        "basis": answer.basis.value if answer.basis else None,
    }


def _read(kept: dict[str, Any]) -> Answer:
    return Answer(
        tuple(UUID(key) for key in kept["options"]),
        kept["text"],
        kept["not_reported"],
        Basis(kept["basis"]) if kept["basis"] else None,
    )
