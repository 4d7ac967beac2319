"""Which constructs tell groups of cases apart: medians of the ratings side by side."""

from __future__ import annotations

from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_values import shown_value, stored_choices
from ikt_coder.services.case_ratings.rows import Construct, Rated, RatingGrid

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

STRONG, WEAK = 2.0, 1.0
"""Points of the scale by which medians must differ."""
RULE = (
    "A construct tells the groups apart strongly where the highest and the lowest of their "
    "medians differ by 2 points or more, weakly where they differ by 1 or more. 0 mixed counts "
    "as 0; Missing is no value; where raters differ and nothing is agreed, the case is not "
    "counted. Cases of which the attribute is not reported are shown and not compared."
)
NOT_REPORTED = "Not reported"
MOST_VALUES = 6
"""An attribute of more different values sets no groups of cases apart."""
_SUBJECTS = {
    CaseKind.PARTICIPANT: Subject.PARTICIPANT,
    CaseKind.DOCUMENT: Subject.DOCUMENT,
    CaseKind.STUDY: Subject.STUDY,
}


class Distinction(StrEnum):
    """How clearly a construct tells the groups apart."""

    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"


@frozen
class Splitting:
    """A way to set cases apart: ``attribute`` None is the group of participants. ``values``
    are in the order people gave them; ``of`` says of each case which it has (several of a
    choice of several; none where it is not reported)."""

    name: str
    attribute: UUID | None
    values: tuple[str, ...]
    of: dict[CaseRef, tuple[str, ...]]


@frozen
class GroupRatings:
    """The ratings of one construct in the cases of one group."""

    value: str
    cases: tuple[CaseRef, ...]
    ratings: tuple[tuple[CaseRef, Rated], ...]  # those that count, Missing among them
    undecided: int
    median: float | None

    @property
    def n(self) -> int:
        """Cases with a value of the scale."""
        return sum(not rated.missing for _, rated in self.ratings)

    @property
    def missing(self) -> int:
        return len(self.ratings) - self.n


@frozen
class Compared:
    """One construct over the groups, and over the cases of none (``rest``)."""

    construct: Construct
    groups: tuple[GroupRatings, ...]
    rest: GroupRatings
    difference: float | None
    distinction: Distinction


@frozen
class Comparison:
    by: Splitting
    rows: tuple[Compared, ...]


def splittings(project: Project, kind: CaseKind) -> tuple[Splitting, ...]:
    """What can set cases of this kind apart, with at least two values."""
    found = []
    of: dict[CaseRef, tuple[str, ...]]
    if kind is CaseKind.PARTICIPANT:
        people = project.participants.all()
        of = {
            CaseRef(kind, row.id): (row.group,) for row in people if row.group and not row.left_out
        }
        found.append(Splitting("Group", None, _ordered(of), of))
    subject = _SUBJECTS.get(kind)
    for row in project.attributes.all(subject) if subject is not None else ():
        stored = {
            owner: values[row.id]
            for owner, values in project.attributes.stored(row.subject).items()
            if values.get(row.id)
        }
        if row.kind is AttributeKind.CHOICES:
            of = {CaseRef(kind, owner): stored_choices(text) for owner, text in stored.items()}
        else:
            of = {CaseRef(kind, owner): (shown_value(row, text),) for owner, text in stored.items()}
        used = set(_ordered(of))
        offered = [choice for choice in row.choices if choice in used]
        values = (*offered, *(value for value in _ordered(of) if value not in offered))
        found.append(Splitting(row.name, row.id, values, of))
    return tuple(one for one in found if 2 <= len(one.values) <= MOST_VALUES)


def _ordered(of: dict[CaseRef, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in of.values() for value in values))


def compare(grid: RatingGrid, by: Splitting) -> Comparison:
    """Medians of every construct in every group; all constructs are shown, in their order."""
    members: dict[str, list[CaseRef]] = {value: [] for value in by.values}
    rest = []
    for case in grid.cases:
        values = by.of.get(case.ref, ())
        for value in values:
            members.setdefault(value, []).append(case.ref)
        if not values:
            rest.append(case.ref)
    # A value that no case of the grid has is no group of it.
    kept = {value: cases for value, cases in members.items() if cases}
    rows = []
    for construct in grid.constructs:
        groups = tuple(_group(grid, construct, value, kept[value]) for value in kept)
        medians = [one.median for one in groups if one.median is not None]
        difference = max(medians) - min(medians) if len(medians) > 1 else None
        rows.append(
            Compared(
                construct,
                groups,
                _group(grid, construct, NOT_REPORTED, rest),
                difference,
                distinction_of(difference),
            )
        )
    return Comparison(by, tuple(rows))


def distinction_of(difference: float | None) -> Distinction:
    """How clearly medians that far apart tell groups apart."""
    if difference is None or difference < WEAK:
        return Distinction.NONE
    return Distinction.STRONG if difference >= STRONG else Distinction.WEAK


def _group(
    grid: RatingGrid, construct: Construct, value: str, cases: list[CaseRef]
) -> GroupRatings:
    cells = [(case, grid.cell(case, construct.code)) for case in cases]
    ratings = tuple((case, cell.counts) for case, cell in cells if cell.counts is not None)
    values = [rated.value for _, rated in ratings if rated.value is not None]
    return GroupRatings(
        value,
        tuple(cases),
        ratings,
        sum(cell.undecided for _, cell in cells),
        float(median(values)) if values else None,
    )
