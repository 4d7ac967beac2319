"""Charting as tables: the whole grid, counts with the records behind them, cross tables, and what
a second coder said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from ikt_coder.core.table import Align, Column, Run, Table, cell, number
from ikt_coder.services.charting.checking import answer_words
from ikt_coder.services.charting.counting import (
    Case,
    Counts,
    CrossTable,
    FieldCount,
    OptionCount,
    Pilot,
    Unit,
)
from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    ChartStatus,
    CheckRates,
    FieldRow,
    Grid,
    SubjectKind,
    Verdict,
)
from ikt_coder.services.retrieval_notes import counted_on

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

NOT_REPORTED: Final = "Not reported"
NOT_CHARTED: Final = "Not charted yet"
UNITS: Final = {
    Unit.RECORD: ("record", "records"),
    Unit.STUDY: ("study", "studies"),
    Unit.PARTICIPANT: ("participant", "participants"),
    Unit.EVENT: ("event", "events"),
}
STATUS: Final = {
    ChartStatus.TO_DO: "To do",
    ChartStatus.IN_PROGRESS: "In progress",
    ChartStatus.CHARTED: "Charted",
}
_VERDICTS: Final = {
    Verdict.AGREED: "Agreed",
    Verdict.CHANGED: "Changed",
    Verdict.QUESTION: "Question",
}


def counted(n: int, unit: Unit) -> str:
    """A number with its unit: "72 studies"."""
    return f"{n} {UNITS[unit][n != 1]}"


# -- the grid -----------------------------------------------------------------------------------


def grid_table(project: Project, grid: Grid, today: date, *, data: bool = False) -> Table:
    """All forms, a row each; ``data``: a plain list for other programs."""
    names = {row.id: row.name for row in project.coders.everyone()}
    event = grid.kind is SubjectKind.EVENT
    studies = any(row.study is not None for row in grid.rows)
    columns = [_column("Event" if event else "Record", 1.2)]
    columns += [_column("Study", 1.2)] if studies else []
    columns += [_column(name, 1.4) for field in grid.fields for name in answer_names(field, data)]
    columns += [_column(name, width) for name, width in _ABOUT_A_FORM]
    rows = []
    for row in grid.rows:
        values = [row.citation, *([row.study_name] if studies else [])]
        for field in grid.fields:
            values += answer_cells(field, row.answer(field.id), data)
        values += [STATUS[row.status], "Pilot" if row.pilot else "", row.note]
        values += [names.get(row.coder, "") if row.coder else ""]
        rows.append(tuple(cell(value) for value in values))
    charted = sum(row.status is ChartStatus.CHARTED for row in grid.rows)
    what = "event" if event else "record"
    sentences = [
        f"One row for each {what}; {charted} of {len(grid.rows)} marked as charted.",
        f"“{NOT_REPORTED}”: somebody looked and found nothing; an empty cell: nobody looked yet.",
        "Inferred: concluded by who charted, not said by the source.",
        *_own_words(grid.fields),
        counted_on(today),
    ]
    title = "Charted Engagement Events" if event else "Charted Records"
    return Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        note=_note(sentences, grid.fields),
        number=0 if data else 1,
        description=title,
        empty="Nothing is charted yet.",
        interim=charted < len(grid.rows),
    )


_ABOUT_A_FORM: Final = (("Status", 0.8), ("Pilot", 0.5), ("Note", 1.5), ("Charted by", 0.8))


def answer_names(field: FieldRow, data: bool) -> list[str]:
    """The columns of a field: one; in data also its basis and the words beside the answer."""
    parted = data and field.kind is not AnswerKind.TEXT
    basis = [f"{field.name}: basis"] if parted and field.has_basis else []
    return [field.name, *basis, *([f"{field.name}: in words"] if parted else [])]


def answer_cells(field: FieldRow, answer: Answer, data: bool) -> list[str]:
    """An answer in the columns of ``answer_names``."""
    if not data or field.kind is AnswerKind.TEXT:
        return [answer_words(field, answer)]
    basis = [answer.basis.value if answer.basis else ""] if field.has_basis else []
    return [answer_words(field, replace(answer, basis=None, text="")), *basis, answer.text]


# -- counts ---------------------------------------------------------------------------------------


def count_tables(project: Project, grid: Grid, counts: Counts, today: date) -> tuple[Table, ...]:
    """A table for each field: every answer with n and the records behind it."""
    how = charted_by(project, grid)
    return tuple(
        _count_table(counts, found, how, today, at + 1) for at, found in enumerate(counts.fields)
    )


def _count_table(counts: Counts, found: FieldCount, how: str, today: date, at: int) -> Table:
    unit = counts.unit
    field = found.field
    bases = field.has_basis
    columns = [
        _column("Answer", 1.6),
        _figure("n"),
        *([_figure("Explicit"), _figure("Inferred")] if bases else []),
        _column(UNITS[unit][1].capitalize(), 3.0),
    ]
    rows = []
    for row in found.rows:
        inner = [number(row.explicit), number(row.inferred)] if bases else []
        depth = row.option.depth if row.option else 0
        first = cell(option_name(row), indent=depth)
        rows.append((first, number(row.n), *inner, cell(names_of(row.cases))))
    blank = [cell(""), cell("")] if bases else []
    for name, cases in ((NOT_REPORTED, found.not_reported), (NOT_CHARTED, found.not_charted)):
        if name == NOT_REPORTED or cases:
            rows.append((cell(name), number(len(cases)), *blank, cell(names_of(cases))))
    title = f"{_titled(field.name)} in {counted(found.looked, unit).title()}"
    return Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        note=_note([*count_sentences(counts, found), how, counted_on(today)], (field,)),
        number=at,
        description=title,
        interim=bool(found.not_charted),
    )


def count_data(counts: Counts) -> Table:
    """All counts as one plain list, for other programs."""
    names = (
        *("field", "answer", "under", "unit", "n", "own", "explicit", "inferred"),
        *("denominator", "cases"),
    )
    unit = UNITS[counts.unit][0]
    rows = []
    for found in counts.fields:
        for row in found.rows:
            parent = row.option and row.option.parent and found.field.option(row.option.parent)
            rows.append(
                (
                    cell(found.field.name),
                    cell(option_name(row)),
                    cell(parent.shown if parent else ""),
                    cell(unit),
                    *(number(row.n), number(row.own)),
                    *(number(row.explicit), number(row.inferred), number(found.looked)),
                    cell(names_of(row.cases)),
                )
            )
        for name, cases in ((NOT_REPORTED, found.not_reported), (NOT_CHARTED, found.not_charted)):
            rows.append(
                (
                    *(cell(found.field.name), cell(name), cell(""), cell(unit)),
                    *(number(len(cases)), number(len(cases)), cell(""), cell("")),
                    number(found.looked),
                    cell(names_of(cases)),
                )
            )
    return Table(
        title="Counts of Charted Answers",
        columns=tuple(_column(name, 1.0) for name in names),
        rows=tuple(rows),
        number=0,
        description="Counts of charted answers",
        empty="There is no charting form yet.",
    )


def count_sentences(counts: Counts, found: FieldCount) -> list[str]:
    """What stands under the counts of a field: unit, denominator, what overlaps, who is out."""
    unit, field = counts.unit, found.field
    one, many = UNITS[unit]
    said = [
        f"Unit: {one}.",
        f"n of {found.looked} {UNITS[unit][found.looked != 1]} in which somebody looked for an "
        f"answer; {NOT_REPORTED.lower()} in {len(found.not_reported)}.",
    ]
    if found.not_charted:
        said.append(
            f"Interim: {len(found.not_charted)} of {counts.cases} {many} are not charted yet for "
            "this field and are not part of the denominator."
        )
    if unit is Unit.STUDY and counts.records > counts.cases:
        said.append(
            f"{counts.records} records report {counts.cases} studies; a study is counted once and "
            "has what any of its records has."
        )
    if unit is Unit.PARTICIPANT:
        said.append("A participant has what any of their records has.")
    if found.several:
        has = "has" if found.several == 1 else "have"
        said.append(
            f"Rows overlap: {counted(found.several, unit)} {has} several answers; the answers sum "
            f"to {found.given} in {counted(found.reported, unit)} with any."
        )
    if any(each.depth for each in field.options):
        said.append("An answer holds those below it, each counted once.")
    if field.has_basis:
        said.append("Explicit: the source says so; inferred: concluded by who charted.")
    if counts.pilot is not Pilot.WITH:
        said.append(
            "Only pilot records." if counts.pilot is Pilot.ONLY else "Without pilot records."
        )
    if counts.left_out:
        said.append(
            f"{counts.left_out} {'record' if counts.left_out == 1 else 'records'} left out of "
            "analysis."
        )
    return [*said, *_own_words((field,))]


def cross_table(
    project: Project, grid: Grid, made: CrossTable, today: date, *, number_: int = 1
) -> Table:
    """Two fields against each other."""
    spanner = (Run(f"{made.across.name}, "), Run("n", italic=True))
    columns = [_column(made.down.name, 2.0)]
    columns += [
        Column((Run(each.shown if each else NOT_REPORTED),), Align.RIGHT, 0.8, spanner)
        for each in made.column_options
    ]
    columns.append(_figure("Total"))
    rows = [
        (
            cell(option.shown if option else NOT_REPORTED, indent=option.depth if option else 0),
            *(number(each.n) for each in line),
            number(total.n),
        )
        for option, line, total in zip(made.row_options, made.cells, made.row_totals, strict=True)
    ]
    rows.append(
        (cell("Total"), *(number(each.n) for each in made.column_totals), number(made.looked))
    )
    title = f"{_titled(made.down.name)} by {_titled(made.across.name)}"
    said = [
        f"Unit: {UNITS[made.unit][0]}. N = {counted(made.looked, made.unit)} with an answer to "
        "both; rows and columns of several answers overlap, so that totals count each once.",
    ]
    if made.not_charted:
        said.append(f"{counted(len(made.not_charted), made.unit)} not charted yet in one of both.")
    if made.pilot is not Pilot.WITH:
        said.append("Only pilot records." if made.pilot is Pilot.ONLY else "Without pilot records.")
    fields = (made.down, made.across)
    said += [*_own_words(fields), charted_by(project, grid), counted_on(today)]
    return Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        note=_note(said, fields),
        number=number_,
        description=title,
        interim=bool(made.not_charted),
    )


# -- a second coder -------------------------------------------------------------------------------


def check_tables(
    project: Project, grid: Grid, rates: CheckRates, today: date, *, data: bool = False
) -> tuple[Table, ...]:
    """What became of the answers, field by field, and each answer that was changed or
    questioned; ``data``: every check as a plain list."""
    log = _check_log(project, grid, data)
    if data:
        return (log,)
    names = {field.id: field.name for field in grid.fields}
    rows = [
        (
            cell(names[each.field] if each.field else "All fields"),
            *(number(n) for n in (each.answers, each.agreed, each.changed, each.question)),
            number(each.left),
        )
        for each in (*rates.fields, rates.whole)
    ]
    who = f" by {', '.join(rates.coders)}" if rates.coders else ""
    note = [
        f"Unit: answer. {rates.checked_subjects} of {rates.subjects} charted forms were looked "
        f"at{who}. Not checked: also answers that changed since somebody checked them.",
        rates.why_no_coefficient,
        counted_on(today),
    ]
    summary = Table(
        title="Charted Answers Checked by a Second Coder",
        columns=(
            _column("Field", 2.0),
            *(_figure(each) for each in ("Answers", "Agreed", "Changed", "Questioned")),
            _figure("Not checked"),
        ),
        rows=tuple(rows),
        note=_note(note),
        description="Charted answers checked by a second coder",
        interim=rates.whole.left > 0,
    )
    return (summary, log) if log.rows else (summary,)


def _check_log(project: Project, grid: Grid, data: bool) -> Table:
    coders = {row.id: row.name for row in project.coders.everyone()}
    titles = {row.subject: row.citation for row in grid.rows}
    fields = {field.id: field for field in grid.fields}
    rows = []
    for each in project.charting.checks(grid.kind):
        if not data and each.verdict is Verdict.AGREED:
            continue
        field = fields[each.field]
        after = answer_words(field, each.after) if each.verdict is Verdict.CHANGED else ""
        verdict = each.verdict.value if data else _VERDICTS[each.verdict]
        values = (
            *(each.at.strftime("%Y-%m-%d %H:%M"), coders.get(each.coder, "")),
            *(titles[each.subject], field.name, verdict, each.before_words, after, each.note),
        )
        rows.append(tuple(cell(value) for value in values))
    names = ("When", "Who", "Record", "Field", "Verdict", "Before", "After", "Note")
    return Table(
        title="Answers That Were Changed or Questioned",
        columns=tuple(_column(name, 1.0) for name in names),
        rows=tuple(rows),
        number=0 if data else 2,
        description="Answers that were changed or questioned",
        empty="Nothing was checked yet.",
    )


# -- words ----------------------------------------------------------------------------------------


def charted_by(project: Project, grid: Grid) -> str:
    """Whose answers are counted: forms have no analysis layer, each record has one."""
    names = {row.id: row.name for row in project.coders.everyone()}
    who = dict.fromkeys(names[row.coder] for row in grid.rows if row.coder in names and row.answers)
    by = f", charted by {_listed(list(who))}" if who else ""
    what = "event" if grid.kind is SubjectKind.EVENT else "record"
    rates = project.charting.rates(grid.kind).whole
    checked = rates.agreed + rates.changed + rates.question
    second = f"; {checked} of {rates.answers} answers checked by a second coder" if checked else ""
    return f"Layer: the one form of each {what}{by}{second}."


def option_name(row: OptionCount) -> str:
    """The name of a row of counts; a text counts as reported."""
    return row.option.shown if row.option else "Reported"


def names_of(cases: Iterable[Case]) -> str:
    return "; ".join(case.name for case in cases)


def sources(fields: Iterable[FieldRow]) -> list[str]:
    """The publications that fields come from, each once."""
    told = dict.fromkeys(
        f"{field.framework_name}: {field.source}" for field in fields if field.source
    )
    return list(told)


def _own_words(fields: Iterable[FieldRow]) -> list[str]:
    return [
        f"“{option.label}” is the project's word for {option.name}."
        for field in fields
        for option in field.options
        if option.label and field.kind is not AnswerKind.TEXT and not option.hidden
    ]


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _titled(name: str) -> str:
    """A field's name in title case; words that have capitals already stay."""
    small = {"a", "an", "and", "by", "for", "in", "of", "or", "the", "to"}
    words = name.split()
    return " ".join(
        word if (at and word in small) or not word.islower() else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    )


def _column(name: str, width: float) -> Column:
    return Column((Run(name),), width=width)


def _figure(name: str) -> Column:
    return Column((Run(name, italic=name == "n"),), Align.RIGHT, 0.6)


def _note(sentences: Iterable[str], fields: Iterable[FieldRow] = ()) -> tuple[tuple[Run, ...], ...]:
    """One paragraph of sentences, and a line for each source, which may end with its DOI."""
    first = (Run(" ".join(each for each in sentences if each)),)
    return (first, *((Run(source),) for source in sources(fields)))
