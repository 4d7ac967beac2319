"""The forms: what was answered of each document and event."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ops import Op
from ikt_coder.model import (
    Chart,
    ChartAnswer,
    Document,
    DocumentParticipant,
    EngagementEvent,
    Participant,
    Speaker,
    Study,
)
from ikt_coder.model.derived import derived_key
from ikt_coder.services.base import UNSET, Service, Unset, change_row
from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    Basis,
    ChartRow,
    ChartStatus,
    FieldRow,
    Grid,
    Progress,
    Subject,
    SubjectKind,
)
from ikt_coder.services.document_order import document_order

if TYPE_CHECKING:
    from ikt_coder.storage.operation import Operation


def event_name(date: str, title: str) -> str:
    """How an event is called: its title with its date."""
    return " ".join(part for part in (title, f"({date})" if date and title else date) if part)


class FormActs(Service):
    """Reads and fills in forms. Each gesture is one act of the history."""

    # -- reading ------------------------------------------------------------------------------

    def grid(self, kind: SubjectKind = SubjectKind.DOCUMENT) -> Grid:
        """All forms: of documents in the order of their list, or of events by date. Those that
        nobody began are there too."""
        fields = self._project.charting.fields(kind)
        found = self._documents() if kind is SubjectKind.DOCUMENT else self._events()
        return Grid(kind, fields, tuple(self._charted(kind, found)))

    def form(self, subject: Subject) -> ChartRow:
        """One form. Raises NotFound where its document or event is gone."""
        one = frozenset({subject.id})
        kind = subject.kind
        found = self._documents(one) if kind is SubjectKind.DOCUMENT else self._events(one)
        if not found:
            raise NotFound(
                f"This {kind.value} is no longer in the project.", "Undo may bring it back."
            )
        return next(iter(self._charted(kind, found, one)))

    def answer_of(self, subject: Subject, field: UUID) -> Answer:
        """What stands in one field."""
        return self.form(subject).answer(field)

    def progress(self, kind: SubjectKind = SubjectKind.DOCUMENT) -> Progress:
        """How far charting is."""
        return progress_of(self.grid(kind))

    def _documents(self, only: Collection[UUID] | None = None) -> list[ChartRow]:
        statement = select(
            Document.id, Document.title, Document.study_id, Study.name, Study.citation
        ).outerjoin(Study, Study.id == Document.study_id)
        if only is not None:
            statement = statement.where(Document.id.in_(only))
        left_out = self._left_out()
        rows = {
            r.id: _empty(
                Subject(SubjectKind.DOCUMENT, r.id),
                r.title,
                r.title,
                r.study_id,
                (r.citation or r.name or "") if r.study_id else "",
                left_out=r.id in left_out,
            )
            for r in self._rows(statement)
        }
        order = only if only is not None else document_order(self._connection)
        return [rows[key] for key in order if key in rows]

    def _left_out(self) -> frozenset[UUID]:
        """Documents whose participants were all left out of analysis."""
        out = set(
            self._connection.execute(select(Participant.id).where(Participant.left_out)).scalars()
        )
        if not out:
            return frozenset()  # nearly always, and asked at each answer
        pairs = [
            *self._rows(
                select(DocumentParticipant.document_id, DocumentParticipant.participant_id)
            ),
            *self._rows(
                select(Speaker.document_id, Speaker.participant_id).where(
                    Speaker.participant_id.is_not(None)
                )
            ),
        ]
        counted = {document for document, person in pairs if person not in out}
        return frozenset(document for document, person in pairs if document not in counted)

    def _events(self, only: Collection[UUID] | None = None) -> list[ChartRow]:
        statement = select(EngagementEvent.id, EngagementEvent.date, EngagementEvent.title)
        if only is not None:
            statement = statement.where(EngagementEvent.id.in_(only))
        found = []
        for r in self._rows(statement.order_by(EngagementEvent.date, EngagementEvent.id)):
            name = event_name(r.date, r.title)
            found.append(_empty(Subject(SubjectKind.EVENT, r.id), name, name, None, ""))
        return found

    def _charted(
        self, kind: SubjectKind, found: Iterable[ChartRow], only: Collection[UUID] | None = None
    ) -> Iterable[ChartRow]:
        column = Chart.document_id if kind is SubjectKind.DOCUMENT else Chart.event_id
        wanted = column.is_not(None) if only is None else column.in_(only)
        charts = {
            r.subject: r
            for r in self._rows(
                select(
                    column.label("subject"),
                    *(Chart.id, Chart.status, Chart.pilot, Chart.note),
                    *(Chart.coder_id, Chart.changed),
                ).where(wanted)
            )
        }
        answers: dict[UUID, dict[UUID, list[Any]]] = {}
        # As plain tuples: a grid of 300 records has thousands of answers.
        for chart_, field, *answer in self._rows(
            select(
                *(ChartAnswer.chart_id, ChartAnswer.field_id, ChartAnswer.option_id),
                *(ChartAnswer.text, ChartAnswer.not_reported, ChartAnswer.basis),
            )
            .join(Chart, Chart.id == ChartAnswer.chart_id)
            .where(wanted)
        ):
            answers.setdefault(chart_, {}).setdefault(field, []).append(answer)
        for row in found:
            chart = charts.get(row.subject.id)
            if chart is None:
                yield row
                continue
            yield replace(
                row,
                status=ChartStatus(chart.status),
                pilot=chart.pilot,
                note=chart.note,
                coder=chart.coder_id,
                changed=chart.changed,
                answers={field: _answer(rows) for field, rows in answers.get(chart.id, {}).items()},
            )

    # -- answering ----------------------------------------------------------------------------

    def answer(
        self,
        subject: Subject,
        field: UUID,
        *,
        options: Collection[UUID] | Unset = UNSET,
        text: str | Unset = UNSET,
        basis: Basis | Unset | None = UNSET,
        not_reported: bool | Unset = UNSET,
    ) -> Answer:
        """Answer a field of a form, in one act; what is not given stays. Returns what stands.

        Options and *not reported* put each other out. A first answer to a field that asks for
        its basis is explicit unless said otherwise. A remark may stand beside options. Raises
        UserError for options the field does not offer, several where it takes one, or a basis it
        does not ask for; NotFound.
        """
        row = self._asked(subject, field)
        here = self.form(subject)
        before = here.answer(field)
        made = _made(row, before, options, text, basis, not_reported)
        if made == before:
            return before
        self._project.coders.ensure_present()
        with self._operation(Op.CHART, name=row.name, title=here.title) as op:
            self.write(op, here, row, made)
        return made

    def choose(self, subject: Subject, field: UUID, option: UUID) -> Answer:
        """What a digit or a click does: the option is chosen, or no longer where it was; where a
        field takes one, it takes the other's place."""
        row = self._asked(subject, field)
        before = self.answer_of(subject, field)
        if option in before.options:
            chosen = [key for key in before.options if key != option]
        elif row.kind is AnswerKind.ONE:
            chosen = [option]
        else:
            chosen = [*before.options, option]
        return self.answer(subject, field, options=chosen)

    def clear(self, subject: Subject, field: UUID) -> None:
        """Empty a field, as if nobody had looked; its remark goes too."""
        self.answer(subject, field, options=(), text="", not_reported=False)

    def answer_many(
        self, subject: Subject, answers: Collection[tuple[UUID, Answer]], **form: Any
    ) -> None:
        """Answer several fields, and change what :meth:`change_form` takes, in one act. Raises as
        these do; then nothing was changed."""
        here = self.form(subject)
        self._project.coders.ensure_present()
        with self._operation(Op.CHART, title=here.title):
            for field, made in answers:
                self.answer(
                    subject,
                    field,
                    options=made.options,
                    text=made.text,
                    basis=made.basis or UNSET,
                    not_reported=made.not_reported,
                )
            if form:
                self.change_form(subject, **form)

    def write(self, op: Operation, here: ChartRow, field: FieldRow, made: Answer) -> None:
        """Put an answer in the place of what stood in a field, within an act."""
        chart = self._chart(op, here)
        op.execute(
            delete(ChartAnswer).where(
                ChartAnswer.chart_id == chart,
                ChartAnswer.field_id == field.id,
                *([ChartAnswer.option_id.not_in(made.options)] if made.options else []),
            )
        )
        kept = set(
            op.execute(
                select(ChartAnswer.option_id).where(
                    ChartAnswer.chart_id == chart, ChartAnswer.field_id == field.id
                )
            ).scalars()
        )
        basis = made.basis.value if made.basis else None
        for option in made.options:
            if option in kept:
                change_row(
                    op,
                    ChartAnswer,
                    derived_key("chart_answer", chart, field.id, option),
                    {"basis": basis},
                )
            else:
                _write_answer(op, chart, field.id, option, basis=basis)
        # A row without option holds the text, or says that nothing was found.
        op.execute(
            delete(ChartAnswer).where(
                ChartAnswer.chart_id == chart,
                ChartAnswer.field_id == field.id,
                ChartAnswer.option_id.is_(None),
            )
        )
        if made.text or made.not_reported:
            _write_answer(
                op,
                *(chart, field.id, None),
                text=made.text,
                not_reported=made.not_reported,
                basis=None if made.options else basis,
            )
        self._follow(op, chart, here)

    def _follow(self, op: Operation, chart: UUID, here: ChartRow) -> None:
        """Who and when; a form is in progress with its first answer, and to do without any."""
        some = op.execute(select(ChartAnswer.id).where(ChartAnswer.chart_id == chart)).first()
        values: dict[str, Any] = {"changed": datetime.now(UTC)}
        if not here.answers:
            values["coder_id"] = self._project.coder
        if some is not None and here.status is ChartStatus.TO_DO:
            values["status"] = ChartStatus.IN_PROGRESS.value
        if some is None and here.status is ChartStatus.IN_PROGRESS:
            values["status"] = ChartStatus.TO_DO.value
        op.execute(update(Chart).where(Chart.id == chart).values(**values))

    # -- the form itself ----------------------------------------------------------------------

    def change_form(
        self,
        subject: Subject,
        *,
        status: ChartStatus | Unset = UNSET,
        pilot: bool | Unset = UNSET,
        note: str | Unset = UNSET,
    ) -> None:
        """Say how far a form is, whether it was filled in to try the form, and a note on it."""
        here = self.form(subject)
        values: dict[str, Any] = {}
        if not isinstance(status, Unset) and status is not here.status:
            values["status"] = status.value
        if not isinstance(pilot, Unset) and pilot is not here.pilot:
            values["pilot"] = pilot
        if not isinstance(note, Unset) and note != here.note:
            values["note"] = note
        if not values:
            return
        coder = self._project.coders.ensure_present()
        with self._operation(Op.CHART, title=here.title) as op:
            chart = self._chart(op, here)
            if here.coder is None:
                values["coder_id"] = coder
            op.execute(
                update(Chart).where(Chart.id == chart).values(**values, changed=datetime.now(UTC))
            )

    def _chart(self, op: Operation, here: ChartRow) -> UUID:
        """The form of a subject, made now where there is none."""
        subject = here.subject
        key = chart_id(subject)
        if op.execute(select(Chart.id).where(Chart.id == key)).first() is None:
            of_document = subject.kind is SubjectKind.DOCUMENT
            op.execute(
                insert(Chart).values(
                    id=key,
                    document_id=subject.id if of_document else None,
                    event_id=None if of_document else subject.id,
                    status=ChartStatus.TO_DO.value,
                    pilot=False,
                    note="",
                    coder_id=self._project.coder,
                    changed=datetime.now(UTC),
                )
            )
        return key

    def _asked(self, subject: Subject, field: UUID) -> FieldRow:
        row = self._project.charting.field(field)
        if subject.kind not in row.subjects:
            raise UserError(f"“{row.name}” is not asked of {subject.kind.value}s.")
        return row


def chart_id(subject: Subject) -> UUID:
    """The id of a subject's form."""
    return derived_key("chart", subject.id)


def progress_of(grid: Grid) -> Progress:
    """How far the forms of a grid are; those left out of analysis are not asked for."""
    rows = [row for row in grid.rows if not row.left_out]
    return Progress(
        len(rows),
        sum(row.status is ChartStatus.CHARTED for row in rows),
        sum(row.status is ChartStatus.IN_PROGRESS for row in rows),
        sum(row.pilot for row in rows),
        sum(grid.answered(row) for row in rows),
        len(rows) * len(grid.fields),
    )


def _empty(
    subject: Subject,
    title: str,
    citation: str,
    study: UUID | None,
    study_name: str,
    *,
    left_out: bool = False,
) -> ChartRow:
    return ChartRow(
        *(subject, title, citation, study, study_name, ChartStatus.TO_DO),
        pilot=False,
        note="",
        coder=None,
        changed=None,
        answers={},
        left_out=left_out,
    )


def _answer(rows: list[list[Any]]) -> Answer:
    """One answer of its rows; options in the order of their ids, which is that of the form."""
    options, said, missing, told = [], "", False, None
    for option, text, not_reported, basis in rows:
        if option is not None:
            options.append(option)
        said = said or text
        missing = missing or not_reported
        told = told or basis
    return Answer(tuple(sorted(options)), said, missing, Basis(told) if told else None)


def _made(
    field: FieldRow,
    before: Answer,
    options: Collection[UUID] | Unset,
    text: str | Unset,
    basis: Basis | Unset | None,
    not_reported: bool | Unset,
) -> Answer:
    """The answer that stands after a gesture. Raises UserError."""
    chosen = before.options if isinstance(options, Unset) else tuple(sorted(set(options)))
    missing = before.not_reported if isinstance(not_reported, Unset) else not_reported
    said = before.text if isinstance(text, Unset) else text.strip()
    if not isinstance(options, Unset) and chosen:
        if not_reported is True:
            raise UserError("An answer and “not reported” cannot stand together.")
        missing = False
    elif not_reported is True:
        chosen = ()
        if field.kind is AnswerKind.TEXT and isinstance(text, Unset):
            said = ""
    if field.kind is AnswerKind.TEXT:
        if chosen:
            raise UserError(f"“{field.name}” is answered by a text.")
        if said and missing:
            if not isinstance(text, Unset) and not_reported is not True:
                missing = False  # something was found after all
            else:
                raise UserError("A text and “not reported” cannot stand together.")
    known = {each.id: each for each in field.options}
    for key in chosen:
        if key not in known or not known[key].applicable:
            raise UserError(f"“{field.name}” does not offer this answer. Nothing was changed.")
    if field.kind is AnswerKind.ONE and len(chosen) > 1:
        raise UserError(f"“{field.name}” takes one answer. Nothing was changed.")
    found = bool(chosen) or (field.kind is AnswerKind.TEXT and bool(said))
    if not isinstance(basis, Unset) and basis is not None and not field.has_basis:
        raise UserError(f"“{field.name}” does not ask whether it was said or concluded.")
    if not found or not field.has_basis:
        told = None
    elif not isinstance(basis, Unset):
        told = basis
    else:
        told = before.basis or Basis.EXPLICIT
    return Answer(chosen, said, missing, told)


def _write_answer(
    op: Operation,
    chart: UUID,
    field: UUID,
    option: UUID | None,
    *,
    text: str = "",
    not_reported: bool = False,
    basis: str | None = None,
) -> None:
    op.execute(
        insert(ChartAnswer).values(
            id=derived_key("chart_answer", chart, field, option),
            chart_id=chart,
            field_id=field,
            option_id=option,
            text=text,
            not_reported=not_reported,
            basis=basis,
        )
    )
