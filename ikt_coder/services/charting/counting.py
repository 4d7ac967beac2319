"""Counting charted answers: how many records, studies, participants or events have each.

Pure: it works on the grid. The rule (method.md): the denominator is who was looked at; *Not
reported* is an answer; where nobody looked yet stands apart; several answers overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.rows import (
    AnswerKind,
    Basis,
    ChartRow,
    ChartStatus,
    FieldRow,
    Grid,
    OptionRow,
)


class Unit(StrEnum):
    """What is counted once."""

    RECORD = "record"  # a document
    STUDY = "study"  # the records of one study together
    PARTICIPANT = "participant"
    EVENT = "event"


class Pilot(StrEnum):
    """What of the forms on which charting was tried."""

    WITH = "with"
    WITHOUT = "without"
    ONLY = "only"


@frozen
class Case:
    """One thing that is counted: its name in tables and its forms."""

    key: UUID
    name: str
    rows: tuple[ChartRow, ...]


@frozen
class OptionCount:
    """The cases that have an answer, or one below it; ``own`` have it itself. ``said`` and
    ``concluded`` part them by whether a source says so. ``option`` None: a text."""

    option: OptionRow | None
    cases: tuple[Case, ...]
    own: int
    said: tuple[Case, ...]
    concluded: tuple[Case, ...]

    @property
    def n(self) -> int:
        return len(self.cases)

    @property
    def explicit(self) -> int:
        return len(self.said)

    @property
    def inferred(self) -> int:
        return len(self.concluded)


@frozen
class FieldCount:
    """The counts of one field. ``looked``: the denominator."""

    field: FieldRow
    rows: tuple[OptionCount, ...]
    not_reported: tuple[Case, ...]
    not_charted: tuple[Case, ...]
    looked: int

    @property
    def reported(self) -> int:
        """Cases with some answer."""
        return self.looked - len(self.not_reported)

    @property
    def given(self) -> int:
        """The sum of the uppermost rows: more than ``reported`` where cases have several."""
        return sum(row.n for row in self.rows if row.option is None or row.option.depth == 0)

    @property
    def several(self) -> int:
        """Cases with more than one answer of their own."""
        own: dict[UUID, int] = {}
        for row in self.rows:
            if row.option is not None:
                for case in row.cases:
                    own[case.key] = own.get(case.key, 0) + _has(case, self.field, row.option.id)
        return sum(count > 1 for count in own.values())


@frozen
class Counts:
    """The counts of all fields of a grid, in one unit. ``records`` are the forms behind
    ``cases``; ``charted`` how many of these are marked as charted."""

    unit: Unit
    pilot: Pilot
    cases: int
    records: int
    charted: int
    left_out: int
    fields: tuple[FieldCount, ...]


@frozen
class CrossCell:
    cases: tuple[Case, ...]

    @property
    def n(self) -> int:
        return len(self.cases)


@frozen
class CrossTable:
    """Cases by their answers to two fields. The last row and column are *Not reported* (option
    None). ``both``: cases with an answer to both; ``not_charted`` lack one."""

    unit: Unit
    pilot: Pilot
    down: FieldRow
    across: FieldRow
    row_options: tuple[OptionRow | None, ...]
    column_options: tuple[OptionRow | None, ...]
    cells: tuple[tuple[CrossCell, ...], ...]
    row_totals: tuple[CrossCell, ...]
    column_totals: tuple[CrossCell, ...]
    both: tuple[Case, ...]
    not_charted: tuple[Case, ...]

    @property
    def looked(self) -> int:
        return len(self.both)


def cases_of(
    rows: Iterable[ChartRow], unit: Unit, people: Mapping[UUID, Sequence[tuple[UUID, str]]]
) -> tuple[Case, ...]:
    """Forms grouped into what is counted. ``people``: the participants of each document (key and
    label) that count; a document of no study is a study by itself."""
    found: dict[UUID, tuple[str, list[ChartRow]]] = {}
    for row in rows:
        if unit is Unit.PARTICIPANT:
            keys = list(people.get(row.subject.id, ()))
        elif unit is Unit.STUDY and row.study is not None:
            keys = [(row.study, row.study_name or row.citation)]
        else:
            keys = [(row.subject.id, row.citation)]
        for key, name in keys:
            found.setdefault(key, (name, []))[1].append(row)
    return tuple(Case(key, name, tuple(held)) for key, (name, held) in found.items())


def count_field(field: FieldRow, cases: Sequence[Case]) -> FieldCount:
    """The counts of one field. A case has what one of its forms has; it is *not reported* where
    somebody looked and no form has an answer."""
    looked = [case for case in cases if _looked(case, field)]
    reported = {case.key for case in looked if _reported(case, field)}
    if field.kind is AnswerKind.TEXT:
        told = tuple(case for case in looked if case.key in reported)
        rows = [OptionCount(None, told, len(told), *_bases(field, told, None))]
    else:
        rows = []
        below = _with_below(field)
        chosen = [(case, _chosen(case, field)) for case in looked]
        for option in field.options:
            inside = below[option.id]
            having = tuple(case for case, keys in chosen if keys & inside)
            own = sum(option.id in keys for _, keys in chosen)
            if option.hidden and not having:
                continue
            rows.append(OptionCount(option, having, own, *_bases(field, having, inside)))
    return FieldCount(
        field,
        tuple(rows),
        tuple(case for case in looked if case.key not in reported),
        tuple(case for case in cases if not _looked(case, field)),
        len(looked),
    )


def count(
    grid: Grid,
    unit: Unit,
    people: Mapping[UUID, Sequence[tuple[UUID, str]]],
    pilot: Pilot = Pilot.WITH,
) -> Counts:
    """The counts of every field of a grid."""
    rows = kept(grid, pilot)
    cases = cases_of(rows, unit, people)
    return Counts(
        unit,
        pilot,
        len(cases),
        len(rows),
        sum(row.status is ChartStatus.CHARTED for row in rows),
        sum(row.left_out for row in grid.rows),
        tuple(count_field(field, cases) for field in grid.fields),
    )


def kept(grid: Grid, pilot: Pilot) -> tuple[ChartRow, ...]:
    """The forms that count: not those left out of analysis, and pilots as asked."""
    return tuple(
        row
        for row in grid.rows
        if not row.left_out and (pilot is Pilot.WITH or row.pilot is (pilot is Pilot.ONLY))
    )


def cross(
    down: FieldRow, across: FieldRow, cases: Sequence[Case], unit: Unit, pilot: Pilot
) -> CrossTable:
    """Cases by their answers to two fields with options; what nobody chose has its row of
    zeros, a hidden answer only where somebody did."""
    looked = [case for case in cases if _looked(case, down) and _looked(case, across)]
    rows, columns = _options(down, looked), _options(across, looked)
    first = [(case, _chosen(case, down)) for case in looked]
    second = [(case, _chosen(case, across)) for case in looked]
    by_row = [[case for case, keys in first if _holds(keys, each)] for each in rows]
    by_column = [{case.key for case, keys in second if _holds(keys, each)} for each in columns]
    cells = tuple(
        tuple(CrossCell(tuple(case for case in having if case.key in keys)) for keys in by_column)
        for having in by_row
    )
    return CrossTable(
        unit,
        pilot,
        down,
        across,
        rows,
        columns,
        cells,
        tuple(CrossCell(tuple(having)) for having in by_row),
        tuple(CrossCell(tuple(case for case in looked if case.key in keys)) for keys in by_column),
        tuple(looked),
        tuple(case for case in cases if not (_looked(case, down) and _looked(case, across))),
    )


def _options(field: FieldRow, looked: Sequence[Case]) -> tuple[OptionRow | None, ...]:
    used = {key for case in looked for key in _chosen(case, field)}
    shown = (o for o in field.options if o.applicable and (not o.hidden or o.id in used))
    return (*shown, None)


def _holds(chosen: frozenset[UUID], option: OptionRow | None) -> bool:
    """None stands for *not reported*."""
    return option.id in chosen if option is not None else not chosen


def _looked(case: Case, field: FieldRow) -> bool:
    return any(row.answer(field.id).given(field) for row in case.rows)


def _reported(case: Case, field: FieldRow) -> bool:
    if field.kind is AnswerKind.TEXT:
        return any(row.answer(field.id).text for row in case.rows)
    return bool(_chosen(case, field))


def _chosen(case: Case, field: FieldRow) -> frozenset[UUID]:
    return frozenset(key for row in case.rows for key in row.answer(field.id).options)


def _has(case: Case, field: FieldRow, option: UUID) -> bool:
    return any(option in row.answer(field.id).options for row in case.rows)


def _with_below(field: FieldRow) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {each.id: set() for each in field.options}
    for each in field.options:
        for above in field.above(each.id):
            found[above].add(each.id)
    return {key: frozenset(keys) for key, keys in found.items()}


def _bases(
    field: FieldRow, having: Sequence[Case], inside: frozenset[UUID] | None
) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """The cases that have it said by a source, and those where it was only concluded."""
    said, concluded = [], []
    for case in having:
        bases = {
            answer.basis
            for row in case.rows
            if (answer := row.answer(field.id)).given(field)
            and (inside is None or inside.intersection(answer.options))
        }
        if Basis.EXPLICIT in bases:
            said.append(case)
        elif Basis.INFERRED in bases:
            concluded.append(case)
    return tuple(said), tuple(concluded)


def forms_with(row: OptionCount, field: FieldRow, cases: Sequence[Case]) -> tuple[ChartRow, ...]:
    """The forms of cases that have an answer, or one below it, themselves."""
    if row.option is None:
        return tuple(form for case in cases for form in case.rows if form.answer(field.id).text)
    inside = _with_below(field)[row.option.id]
    return tuple(
        form
        for case in cases
        for form in case.rows
        if inside.intersection(form.answer(field.id).options)
    )
