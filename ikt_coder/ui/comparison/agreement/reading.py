"""What the Agreement page reads off the main thread: the agreement and the table of a view."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.rows import CoderRow
from ikt_coder.ui.comparison.agreement import grids, segment_grids
from ikt_coder.ui.comparison.agreement.choices_bar import Asking
from ikt_coder.ui.comparison.agreement.grid import Grid
from ikt_coder.ui.comparison.agreement.grids import View


@frozen
class Wanted:
    """The view, whose documents are listed (None: of all codes), and how much of the codes."""

    view: View
    code: UUID | None
    more: bool
    unused: bool


@frozen
class Reading:
    """What one reading found: the agreement, or why there is none; ``coders`` are those who
    can be chosen, ``views`` what can be shown."""

    row: RoundRow | None
    coders: tuple[CoderRow, ...]
    views: tuple[View, ...]
    agreement: Agreement | None
    grid: Grid
    why_not: str


def read_agreement(
    project: Project, round_: UUID | None, asking: Asking, wanted: Wanted
) -> Reading:
    """Read the agreement over a round (None, or one that is gone: codings as they stand)."""
    rows = project.rounds.all()
    row = next((one for one in rows if one.id == round_), None)
    everyone = project.coders.everyone()
    coders = tuple(everyone if row is None else (c for c in everyone if c.id in row.coders))
    try:
        found = project.comparison.agreement(
            None if row is None else row.id,
            coders=asking.coders or None,
            unit=asking.unit,
            unit_size=asking.unit_size,
            rule=asking.rule,
            scope=asking.scope,
            roll_up=asking.roll_up,
        )
    except UserError as error:
        views = _views(None, trend=False)
        return Reading(row, coders, views, None, Grid("", (), ()), str(error))
    if row is None and not asking.coders:
        compared = {coder.id for coder in found.coders}
        coders = tuple(coder for coder in coders if coder.id in compared)
    views = _views(found, trend=row is not None and len(rows) > 1)
    view = wanted.view if wanted.view in views else View.CODES
    grid = _grid(project, found, replace(wanted, view=view))
    return Reading(row, coders, views, found, grid, "")


def _views(found: Agreement | None, *, trend: bool) -> tuple[View, ...]:
    views = [View.CODES, View.DOCUMENTS]
    if found is not None and len(found.coders) > 2:
        views.append(View.PAIRS)
    views += [View.CONFUSION, View.CLASSES, View.DIRECTIONS]
    if trend:
        views.append(View.ROUNDS)
    views.append(View.UNITIZING)
    return tuple(views)


def _grid(project: Project, found: Agreement, wanted: Wanted) -> Grid:
    """The table of a view."""
    code = wanted.code
    if code is not None and code not in {line.code for line in found.codes}:
        code = None
    match wanted.view:
        case View.DOCUMENTS:
            return grids.document_grid(project, found, code)
        case View.PAIRS:
            return grids.pair_grid(project, found)
        case View.CONFUSION:
            return segment_grids.confusion_grid(project, found)
        case View.CLASSES:
            return segment_grids.class_grid(project, found)
        case View.DIRECTIONS:
            return segment_grids.direction_grid(project, found)
        case View.ROUNDS:
            return segment_grids.round_grid(project, found)
        case View.UNITIZING:
            return segment_grids.unitizing_grid(project, found)
        case View.CODES:
            return grids.code_grid(found, more=wanted.more, unused=wanted.unused)


def with_intervals(found: Agreement, before: Agreement) -> Agreement:
    """An agreement with the intervals of another one over the same counts."""
    intervals = {line.code: line.interval for line in before.codes}
    lines = tuple(replace(line, interval=intervals.get(line.code)) for line in found.codes)
    return replace(found, codes=lines, pooled_interval=before.pooled_interval, intervals=True)
