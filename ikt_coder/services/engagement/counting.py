"""Counting engagement events: activities, knowledge users and parts beside what was charted.

The log's own lists are put beside the charted fields as fields of the same kind, so that one rule
counts both (``services.charting.counting``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.services.charting.counting import CrossTable, Pilot, Unit, cases_of, cross, kept
from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    ChartRow,
    FieldRow,
    Grid,
    OptionRow,
    SubjectKind,
)
from ikt_coder.services.engagement.rows import EventRow, ListName, TermRow, UserRow

LEVEL, STAGES = "iap2", "research-stages"
NAMES = {
    ListName.ACTIVITY: "Activity",
    ListName.KNOWLEDGE_USER: "Knowledge users",
    ListName.PART: "Part",
}


@frozen
class Influence:
    """What knowledge users of one part or type influenced. ``people`` is the sum of the numbers
    that were noted; ``unnumbered`` is how many entries note none. ``said`` holds each event
    with what they influenced in it."""

    term: TermRow | None
    events: tuple[EventRow, ...]
    people: int
    unnumbered: int
    said: tuple[tuple[EventRow, UserRow], ...]


def list_field(list_name: ListName, terms: Sequence[TermRow]) -> FieldRow:
    """A list of the log as a field of a form."""
    key = derived_id("engagement", list_name.value)
    return FieldRow(
        id=key,
        framework=None,
        framework_key="",
        framework_name="",
        source="",
        key=None,
        name=NAMES[list_name],
        definition="",
        kind=AnswerKind.ONE if list_name is ListName.ACTIVITY else AnswerKind.SEVERAL,
        ordered=False,
        has_basis=False,
        subjects=frozenset({SubjectKind.EVENT}),
        position=-1,
        options=tuple(
            OptionRow(
                term.id, key, None, term.key, term.name, "", term.definition, True, term.hidden, 0
            )
            for term in terms
        ),
    )


def with_lists(grid: Grid, events: Iterable[EventRow], lists: Sequence[FieldRow]) -> Grid:
    """The charted forms of events with what the log itself knows of them. An event of which no
    activity, type or part was noted has *not reported* there."""
    known = {event.id: event for event in events}
    own = {field.name: field for field in lists}
    return Grid(
        grid.kind,
        (*lists, *grid.fields),
        tuple(
            _row(row, known[row.subject.id], own) for row in grid.rows if row.subject.id in known
        ),
    )


def _row(row: ChartRow, event: EventRow, own: dict[str, FieldRow]) -> ChartRow:
    given: dict[str, list[UUID]] = {
        NAMES[ListName.ACTIVITY]: [event.activity] if event.activity else [],
        NAMES[ListName.KNOWLEDGE_USER]: [user.type for user in event.users if user.type],
        NAMES[ListName.PART]: [user.part for user in event.users if user.part],
    }
    answers = dict(row.answers)
    for name, field in own.items():
        options = tuple(dict.fromkeys(given[name]))
        answers[field.id] = Answer(options) if options else Answer(not_reported=True)
    return replace(row, answers=answers)


def crossed(grid: Grid, down: FieldRow, across: FieldRow) -> CrossTable:
    """Events by two fields of a grid."""
    cases = cases_of(kept(grid, Pilot.WITH), Unit.EVENT, {})
    return cross(down, across, cases, Unit.EVENT, Pilot.WITH)


def of_framework(grid: Grid, framework: str) -> FieldRow | None:
    """The field of a charting framework that has options; None where the project has none."""
    return next(
        (
            field
            for field in grid.fields
            if field.framework_key == framework and field.kind is not AnswerKind.TEXT
        ),
        None,
    )


def influences(
    events: Sequence[EventRow], list_name: ListName, terms: Sequence[TermRow]
) -> tuple[Influence, ...]:
    """What each part (or type) influenced, in the order of the list; those without one last. An
    event stands in each part that somebody had in it."""
    keys: list[TermRow | None] = [*terms, None]
    found = []
    for term in keys:
        wanted = term.id if term is not None else None
        said = [
            (event, user)
            for event in events
            for user in event.users
            if (user.part if list_name is ListName.PART else user.type) == wanted
        ]
        if not said:
            continue
        found.append(
            Influence(
                term,
                tuple(dict.fromkeys(event for event, _ in said)),
                sum(user.number or 0 for _, user in said),
                sum(user.number is None for _, user in said),
                tuple((event, user) for event, user in said if user.influenced),
            )
        )
    return tuple(found)
