"""What is known of participants, documents or studies, counted: n of each value, with what is
not reported in a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_grid import AttributeGrid, read_grid
from ikt_coder.services.attribute_values import AttributeRow, folded, stored_choices
from ikt_coder.services.retrieval_notes import counted_on

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

NOT_REPORTED: Final = "Not reported"
PERCENT_FROM: Final = 20
"""Below so many no percentages are given (method.md, Counting)."""
_DIFFERENT: Final = 12
"""A text with more different values is not listed value by value."""
_FEW: Final = 3
"""Fewer people than these may be recognised by what is said of them."""


@frozen
class ValueCount:
    """One row: a value, or a summary of all; ``owners`` are those who have it."""

    label: str
    owners: tuple[UUID, ...]

    @property
    def n(self) -> int:
        return len(self.owners)


@frozen
class AttributeCounts:
    """``values`` and the ``missing`` ones; for each choice of several one person may count."""

    attribute: AttributeRow
    values: tuple[ValueCount, ...]
    missing: ValueCount


@frozen
class Summary:
    """``n`` is the denominator: all that are in the analysis; ``left_out`` are not."""

    subject: Subject
    n: int
    left_out: int
    attributes: tuple[AttributeCounts, ...]


def summary_of(project: Project, subject: Subject) -> Summary:
    """Count the values of every attribute. Who was left out of analysis is not counted."""
    grid = read_grid(project, subject)
    gone = _left_out(project, subject)
    rows = [at for at, owner in enumerate(grid.owners) if owner.id not in gone]
    return Summary(
        subject,
        len(rows),
        len(grid.owners) - len(rows),
        tuple(_counts(grid, rows, column) for column in range(len(grid.attributes))),
    )


def summary_table(project: Project, subject: Subject) -> Table:
    """The summary as a report prints it."""
    summary = summary_of(project, subject)
    percent = summary.n >= PERCENT_FROM
    rows: list[tuple[Cell, ...]] = []
    headings = set()
    for one in summary.attributes:
        headings.add(len(rows))
        empty = (cell(""),) * (1 + percent)
        rows.append((Cell(((Run(one.attribute.name, bold=True),),)), *empty))
        missing = [one.missing] if one.missing.n else []
        for value in [*one.values, *missing]:
            figures = [number(value.n)]
            if percent:
                share = 100 * value.n / summary.n
                figures.append(number(round(share, 1), f"{share:.1f}"))
            rows.append((cell(value.label, indent=1), *figures))
    columns = [Column((Run("Characteristic"),), width=3.0)]
    columns.append(Column((Run("n", italic=True),), Align.RIGHT, 0.6))
    if percent:
        columns.append(Column((Run("%"),), Align.RIGHT, 0.6))
    return Table(
        title=f"Characteristics of the {subject.plural.capitalize()}",
        columns=tuple(columns),
        rows=tuple(rows),
        note=((Run(" ".join(_notes(summary))),),),
        description=f"How many {subject.plural} have each value of each attribute.",
        empty=f"There are no attributes of {subject.plural} yet.",
        headings=frozenset(headings),
        over="Attribute",
    )


def _notes(summary: Summary) -> list[str]:
    subject = summary.subject
    noun = subject.value if summary.n == 1 else subject.plural
    notes = [f"N = {summary.n:,} {noun}; the unit is one {subject.value}."]
    if summary.left_out:
        notes.append(f"{summary.left_out:,} left out of analysis are not counted.")
    several = [
        one.attribute.name
        for one in summary.attributes
        if one.attribute.kind is AttributeKind.CHOICES
    ]
    if several:
        notes.append(
            f"Of {', '.join(several)} one {subject.value} may have several values, so that rows "
            "add up to more than N."
        )
    if any(one.missing.n for one in summary.attributes):
        notes.append(f"{NOT_REPORTED}: nothing is known; it is no value of its own.")
    if subject is Subject.PARTICIPANT and any(
        0 < value.n < _FEW for one in summary.attributes for value in one.values
    ):
        notes.append(
            f"Values that fit fewer than {_FEW} people may let somebody be recognised; look at "
            "them before this table leaves the team."
        )
    return [*notes, counted_on(date.today())]


def _counts(grid: AttributeGrid, rows: list[int], column: int) -> AttributeCounts:
    attribute = grid.attributes[column]
    known = [at for at in rows if grid.cells[at][column]]
    missing = ValueCount(
        NOT_REPORTED, tuple(grid.owners[at].id for at in rows if not grid.cells[at][column])
    )

    def count(label: str, some: list[int]) -> ValueCount:
        return ValueCount(label, tuple(grid.owners[at].id for at in some))

    kept = {at: grid.cells[at][column] for at in known}
    values: list[ValueCount] = []
    if attribute.kind is AttributeKind.NUMBER and known:
        figures = sorted(float(value) for value in kept.values())
        words = f"Median {median(figures):g} (range {figures[0]:g} to {figures[-1]:g})"
        values.append(count(words, known))
    elif attribute.kind is AttributeKind.DATE and known:
        days = sorted(kept.values())
        words = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
        values.append(count(words, known))
    elif attribute.kind in (AttributeKind.CHOICE, AttributeKind.CHOICES):
        several = attribute.kind is AttributeKind.CHOICES
        has = {at: stored_choices(kept[at]) if several else (kept[at],) for at in known}
        values = [
            count(choice, [at for at in known if choice in has[at]]) for choice in attribute.choices
        ]
    elif known:
        values = _texts(kept, count_of=count)
    return AttributeCounts(attribute, tuple(values), missing)


def _texts(
    kept: dict[int, str], count_of: Callable[[str, list[int]], ValueCount]
) -> list[ValueCount]:
    """A text value by value, the most frequent first; one of too many values as a whole."""
    groups: dict[str, list[int]] = {}
    for at, value in kept.items():
        groups.setdefault(folded(value), []).append(at)
    if len(groups) > _DIFFERENT:
        return [count_of(f"{len(groups):,} different values", list(kept))]
    order = sorted(groups.values(), key=lambda some: (-len(some), folded(kept[some[0]])))
    return [count_of(" ".join(kept[some[0]].split()), some) for some in order]


def _left_out(project: Project, subject: Subject) -> frozenset[UUID]:
    if subject is Subject.PARTICIPANT:
        return frozenset(row.id for row in project.participants.all() if row.left_out)
    gone = frozenset(row.id for row in project.documents.all() if row.left_out)
    if subject is Subject.DOCUMENT:
        return gone
    return frozenset(
        row.id for row in project.studies.all() if row.records and gone.issuperset(row.records)
    )
