"""The engagement log as tables: the log itself, counts of one thing by another, and what each
part influenced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.charting.counting import CrossTable
from ikt_coder.services.charting.cross_data import cross_data
from ikt_coder.services.charting.rows import ChartRow, FieldRow, Grid, SubjectKind
from ikt_coder.services.charting.tables import (
    answer_cells,
    answer_names,
    cross_table,
    sources,
)
from ikt_coder.services.engagement.counting import (
    LEVEL,
    NAMES,
    STAGES,
    Influence,
    crossed,
    influences,
    list_field,
    of_framework,
    with_lists,
)
from ikt_coder.services.engagement.rows import EventRow, LinkRow, ListName, UserRow
from ikt_coder.services.retrieval_notes import counted_on

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

NOT_NOTED: Final = "Not reported"


def log_table(project: Project, today: date, *, data: bool = False) -> Table:
    """Every event with all that was noted of it, oldest first: on paper five columns, in which
    what belongs together stands beneath each other; ``data``: a plain list for other programs,
    one thing to a column."""
    events = project.engagement.all()
    grid = project.charting.grid(SubjectKind.EVENT)
    charts = {row.subject.id: row for row in grid.rows}
    if data:
        names = (
            *_BEFORE,
            *(n for field in grid.fields for n in answer_names(field, True)),
            *_AFTER,
        )
        columns = [_column(name, 1.0) for name in names]
        rows = [_listed(event, charts.get(event.id), grid.fields) for event in events]
    else:
        columns = [_column(name, width) for name, width in _PRINTED]
        rows = [_printed(event, charts.get(event.id), grid.fields) for event in events]
    sentences = [
        f"{_events(len(events))}.",
        f"{'An empty cell' if data else 'What is not named'}: nothing was noted. Inferred: "
        "concluded by who charted, not said by the source.",
        counted_on(today),
    ]
    return Table(
        title="Engagement Log",
        columns=tuple(columns),
        rows=tuple(rows),
        note=(*_note(sentences), *((Run(source),) for source in sources(grid.fields))),
        number=0 if data else 1,
        description="Engagement log",
        empty="Nothing is in the engagement log yet.",
    )


_BEFORE: Final = ("Date", "Event", "Activity", "Knowledge users")
_AFTER: Final = (
    *("What they influenced", "What changed because of it", "Disagreement kept"),
    *("Hours", "Payment"),
)
_PRINTED: Final = (
    ("Date", 1.1),
    ("Event", 2.2),
    ("Knowledge users", 2.2),
    ("Charted", 2.0),
    ("What came of it", 2.2),
)


def _listed(
    event: EventRow, chart: ChartRow | None, fields: Sequence[FieldRow]
) -> tuple[Cell, ...]:
    values = (
        _when(event),
        ". ".join(part for part in (event.title, event.description) if part),
        event.activity_name or NOT_NOTED,
        "; ".join(user_words(user) for user in event.users) or NOT_NOTED,
        *_charted(chart, fields),
        "; ".join(_influenced(user) for user in event.users if user.influenced),
        _changed(event),
        event.disagreement,
        event.hours,
        event.payment,
    )
    return tuple(cell(value) for value in values)


def _printed(
    event: EventRow, chart: ChartRow | None, fields: Sequence[FieldRow]
) -> tuple[Cell, ...]:
    activity = event.activity_name or f"Activity: {NOT_NOTED.lower()}"
    users = [user_words(user) for user in event.users] or [NOT_NOTED]
    influenced = [_influenced(user) for user in event.users if user.influenced]
    answers = [
        (field.name, answer_cells(field, chart.answer(field.id), False)[0])
        for field in fields
        if chart is not None
    ]
    return (
        _said_beneath(
            ("", _when(event)),
            ("", activity),
            ("Hours", event.hours),
            ("Payment", event.payment),
        ),
        Cell(
            tuple(
                (Run(text, bold=at == 0 and bool(event.title)),)
                for at, text in enumerate(filter(None, (event.title, event.description)))
            )
        ),
        _said_beneath(*(("", one) for one in users), ("Influenced", "; ".join(influenced))),
        _said_beneath(*answers),
        _said_beneath(
            ("Changed", event.changed_because),
            ("In the project", "; ".join(_links(event))),
            ("Disagreement kept", event.disagreement),
        ),
    )


def _said_beneath(*lines: tuple[str, str]) -> Cell:
    """What was noted, one paragraph each under its label; what was not is left out."""
    return Cell(
        tuple(
            (*((Run(f"{label}: ", italic=True),) if label else ()), Run(text))
            for label, text in lines
            if text
        )
    )


def count_tables(project: Project, today: date) -> tuple[Table, ...]:
    """Stage by level, activity by level, activity by stage, and knowledge users by level and
    stage: events in each, those with several counted once in every row that fits."""
    grid, made = _crossed(project)
    return tuple(
        cross_table(project, grid, one, today, number_=at) for at, one in enumerate(made, start=1)
    )


def count_data(project: Project) -> Table:
    """The same counts as one plain list, for other programs."""
    return cross_data(_crossed(project)[1])


def _crossed(project: Project) -> tuple[Grid, list[CrossTable]]:
    events = project.engagement.all()
    terms = project.engagement.terms
    lists = [
        list_field(name, terms.all(name, hidden=True))
        for name in (ListName.ACTIVITY, ListName.KNOWLEDGE_USER)
    ]
    grid = with_lists(project.charting.grid(SubjectKind.EVENT), events, lists)
    level, stages = of_framework(grid, LEVEL), of_framework(grid, STAGES)
    activity, users = lists
    wanted = [
        (stages, level),
        (activity, level),
        (activity, stages),
        (users, level),
        (users, stages),
    ]
    return grid, [
        crossed(grid, down, across)
        for down, across in wanted
        if down is not None and across is not None
    ]


def influence_table(
    project: Project, list_name: ListName, today: date, *, number_: int = 1
) -> Table:
    """What each part (lead, co-lead …) or type of knowledge users influenced."""
    events = project.engagement.all()
    terms = project.engagement.terms.all(list_name, hidden=True)
    found = influences(events, list_name, terms)
    rows = [
        (
            cell(one.term.name if one.term is not None else NOT_NOTED),
            number(len(one.events)),
            _people(one),
            cell(*(_said(event, user) for event, user in one.said)),
            cell(*_influence_changes(one)),
        )
        for one in found
    ]
    without = sum(not event.users for event in events)
    sentences = [
        f"N = {_events(len(events))}; an event stands in every row that somebody took part in.",
        "People are the numbers that were noted, added up over events: somebody who came twice "
        "counts twice; + marks rows in which some numbers were not noted.",
    ]
    if without:
        sentences.append(f"{_events(without)} without knowledge users noted.")
    name = NAMES[list_name]
    title = f"What Knowledge Users Influenced, by {name if name == 'Part' else 'Type'}"
    return Table(
        title=title,
        columns=(
            _column(name, 1.3),
            _figure("Events, ", "n"),
            _figure("People, ", "n"),
            _column("What they influenced", 1.8),
            _column("What changed", 2.8),
        ),
        rows=tuple(rows),
        note=_note([*sentences, counted_on(today)]),
        number=number_,
        description=title,
        empty="Nobody's part in an event is noted yet.",
    )


# -- words ----------------------------------------------------------------------------------------


def user_words(user: UserRow) -> str:
    """Knowledge users in words: "2 patients (lead): two panel members"."""
    what = user.type_name or "Knowledge users"
    if user.number is not None:
        what = f"{what}, n = {user.number}"
    if user.part_name:
        what = f"{what} ({user.part_name.casefold()})"
    return f"{what}: {user.who}" if user.who else what


def link_words(link: LinkRow) -> str:
    """What changed: "Trust (split)"."""
    name = link.name or "something no longer in the project"
    return f"{name} ({link.note})" if link.note else name


def _influenced(user: UserRow) -> str:
    who = user.part_name or user.type_name
    return f"{who}: {user.influenced}" if who else user.influenced


def _changed(event: EventRow) -> str:
    said, links = event.changed_because, "; ".join(_links(event))
    if not said or not links:
        return said or links
    return f"{said}{' ' if said[-1] in '.!?…' else '; '}{links}"


def _links(event: EventRow) -> list[str]:
    return [link_words(link) for link in event.links]


def _charted(chart: ChartRow | None, fields: Sequence[FieldRow]) -> list[str]:
    """What is charted of an event, in the columns of a list for other programs."""
    if chart is None:
        return [""] * sum(len(answer_names(field, True)) for field in fields)
    return [
        words for field in fields for words in answer_cells(field, chart.answer(field.id), True)
    ]


def _when(event: EventRow) -> str:
    if not event.date:
        return NOT_NOTED
    return f"{event.date} to {event.until}" if event.until else event.date


def _said(event: EventRow, user: UserRow) -> str:
    return f"{user.influenced} ({event.name})" if event.name else user.influenced


def _influence_changes(one: Influence) -> list[str]:
    changes = [_changed(event) for event in one.events]
    return list(dict.fromkeys(change for change in changes if change))


def _people(one: Influence) -> Cell:
    shown = f"{one.people}+" if one.unnumbered else str(one.people)
    return cell(shown) if one.unnumbered else number(one.people)


def _events(n: int) -> str:
    return f"{n} {'event' if n == 1 else 'events'}"


def _column(name: str, width: float) -> Column:
    return Column((Run(name),), width=width)


def _figure(name: str, sign: str) -> Column:
    return Column((Run(name), Run(sign, italic=True)), Align.RIGHT, 0.7)


def _note(sentences: Iterable[str]) -> tuple[tuple[Run, ...], ...]:
    return ((Run(" ".join(sentences)),),)
