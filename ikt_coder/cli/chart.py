"""``chart``: what is charted of a document, and answering its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import typer

from ikt_coder.cli.arguments import DocumentArgument, JsonOption, ProjectArgument
from ikt_coder.cli.output import say, show_json, show_rows
from ikt_coder.cli.projects import reading, sit_down, writing
from ikt_coder.core.errors import NotFound
from ikt_coder.services.charting.checking import answer_words
from ikt_coder.services.charting.rows import (
    NO_ANSWER,
    Answer,
    AnswerKind,
    Basis,
    ChartStatus,
    FieldRow,
    Subject,
    SubjectKind,
)
from ikt_coder.services.project import Project

_MISSING = "not reported"


def register(program: typer.Typer, text: str) -> None:
    program.command("chart", help=text)(chart)


def chart(
    project: ProjectArgument,
    document: DocumentArgument,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="An answer, by name or key; again for a further one. “Not reported” is one; "
            "nothing behind = empties the field.",
        ),
    ] = None,
    inferred: Annotated[
        list[str] | None,
        typer.Option("--inferred", metavar="FIELD", help="Its answer was concluded."),
    ] = None,
    status: Annotated[ChartStatus | None, typer.Option(help="How far the form is.")] = None,
    pilot: Annotated[
        bool | None, typer.Option("--pilot/--no-pilot", help="The form was tried on it.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="A note on the form.")] = None,
    coder: Annotated[str, typer.Option(help="Who charts; a new name is added.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Without an option that changes something, the form is shown."""
    form: dict[str, Any] = {
        name: value
        for name, value in (("status", status), ("pilot", pilot), ("note", note))
        if value is not None
    }
    if not (set_ or inferred or form):
        with reading(project) as opened:
            _show(opened, _subject(opened, document), as_json)
        return
    with writing(project) as opened:
        # Everything is looked up before the first act, so that a mistake changes nothing.
        subject = _subject(opened, document)
        answers = _answers(opened, subject, set_ or (), inferred or ())
        sit_down(opened, coder)
        opened.charting.answer_many(subject, answers, **form)
        _show(opened, subject, as_json)
    say(f"Charted {len(answers)} {'field' if len(answers) == 1 else 'fields'}.")


def _subject(project: Project, document: str) -> Subject:
    return Subject(SubjectKind.DOCUMENT, project.documents.find(document).id)


def _answers(
    project: Project, subject: Subject, given: Sequence[str], inferred: Sequence[str]
) -> list[tuple[UUID, Answer]]:
    """The answers that were typed, field by field. Raises NotFound, BadParameter."""
    charting = project.charting
    fields: dict[UUID, FieldRow] = {}
    values: dict[UUID, list[str]] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise typer.BadParameter(f"“{each}” is not FIELD=VALUE")
        field = charting.find_field(name)
        fields[field.id] = field
        values.setdefault(field.id, []).append(value.strip())
    concluded = {charting.find_field(name).id for name in inferred}
    form = charting.form(subject)
    made = [
        (key, _answer(project, fields[key], typed, key in concluded))
        for key, typed in values.items()
    ]
    for key in concluded - values.keys():
        before = form.answer(key)
        if not before.given(charting.field(key)):
            raise NotFound(f"“{charting.field(key).name}” has no answer yet. Nothing was changed.")
        made.append((key, Answer(before.options, before.text, False, Basis.INFERRED)))
    return made


def _answer(project: Project, field: FieldRow, typed: Sequence[str], inferred: bool) -> Answer:
    basis = Basis.INFERRED if inferred else None
    told = [each for each in typed if each]
    if not told:
        return NO_ANSWER
    if any(each.casefold() == _MISSING for each in told):
        if len(told) > 1:
            raise typer.BadParameter(f"“{field.name}” is reported or it is not")
        return Answer(not_reported=True)
    if field.kind is AnswerKind.TEXT:
        return Answer(text="\n".join(told), basis=basis)
    options = [project.charting.find_option(field, each).id for each in told]
    return Answer(tuple(options), basis=basis)


def _show(project: Project, subject: Subject, as_json: bool) -> None:
    charting = project.charting
    form = charting.form(subject)
    fields = charting.fields(SubjectKind.DOCUMENT)
    if not as_json:
        show_rows((field.name, answer_words(field, form.answer(field.id))) for field in fields)
        return
    names = {row.id: row.name for row in project.coders.everyone()}
    show_json(
        {
            "document": form.title,
            "study": form.study_name or None,
            "status": form.status.value,
            "pilot": form.pilot,
            "note": form.note,
            "coder": names.get(form.coder) if form.coder else None,
            "answers": [_record(field, form.answer(field.id)) for field in fields],
        }
    )


def _record(field: FieldRow, answer: Answer) -> dict[str, Any]:
    chosen = set(answer.options)
    return {
        "field": field.name,
        "key": field.key,
        "charted": answer.given(field),
        "options": [option.shown for option in field.options if option.id in chosen],
        "not_reported": answer.not_reported,
        "basis": answer.basis.value if answer.basis else None,
        "text": answer.text,
    }
