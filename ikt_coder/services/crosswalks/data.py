"""What codings lead to as data: every cell filled, and what is derived in a column of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.crosswalks.rows import Count, CrosswalkCount, ReachedTarget

if TYPE_CHECKING:
    from ikt_coder.services.rows import CodeRow

ALL = "All"
"""In place of a code: all codes that lead there, each passage and participant once."""
_NOTHING = Count()


def crosswalk_data(printed: Table, found: list[CrosswalkCount]) -> Table:
    """The counts behind a printed table, a row for each way by which a code leads to a node and
    one for each node as a whole; title and note are those of the printed table."""
    names = ("Framework", "Leads to", "From", "Derived")
    figures = ("Participants, n", "Passages, n", "References, n", "Undecided, n")
    return replace(
        printed,
        columns=(
            *(Column((Run(name),)) for name in names),
            *(Column((Run(name),), Align.RIGHT) for name in figures),
        ),
        rows=tuple(row for one in found for row in _rows(one)),
        headings=frozenset(),
        over="",
    )


def _rows(found: CrosswalkCount) -> Iterator[tuple[Cell, ...]]:
    group = found.group.name
    for one in found.targets:
        yield from _target_rows(found, one)
    for code, candidates, waiting in found.undecided_by_code:
        names = " or ".join(target.name for target in candidates)
        yield _row(group, f"Undecided: {names}", code.name, "yes", waiting, waiting.references)
    if found.unlinked.references:
        yield _row(group, "No link", ALL, "no", found.unlinked, 0)
    yield _row(
        group, "Total", ALL, _derived(found.targets), found.total, found.undecided.references
    )


def _target_rows(found: CrosswalkCount, one: ReachedTarget) -> Iterator[tuple[Cell, ...]]:
    group, target = found.group.name, one.target.name
    waiting: dict[CodeRow, int] = {}
    for code, candidates, count in found.undecided_by_code:
        if one.target in candidates:
            waiting[code] = waiting.get(code, 0) + count.references
    yield _row(group, target, ALL, _derived((one,)), one.total, one.waiting.references)
    for way in one.ways:
        name = "Coded directly" if way.code is None else way.code.name
        left = waiting.pop(way.code, 0) if way.code is not None else 0
        yield _row(group, target, name, "yes" if way.derived else "no", way.count, left)
    for code, left in waiting.items():
        yield _row(group, target, code.name, "yes", _NOTHING, left)


def _derived(targets: tuple[ReachedTarget, ...]) -> str:
    """Whether all that counts is derived: "yes", "no", or "partly"; what waits would be."""
    told = {way.derived for one in targets for way in one.ways if way.count.references}
    if not told:
        told = {one.waiting.references > 0 for one in targets}
    return "partly" if len(told) > 1 else "yes" if True in told else "no"


def _row(
    group: str, target: str, origin: str, derived: str, count: Count, waiting: int
) -> tuple[Cell, ...]:
    figures = (count.participants, count.passages, count.references, waiting)
    return (
        *(cell(words) for words in (group, target, origin, derived)),
        *(number(figure) for figure in figures),
    )
