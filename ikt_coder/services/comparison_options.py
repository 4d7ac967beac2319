"""What a report about comparing coders can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Projection, Scope, Unit
from ikt_coder.services.comparison_rows import Agreement

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class ComparisonOptions:
    """``round`` names one; ``newest``: where none is named, take the newest that gives figures
    (False: the codings as they stand). What else is not given is what was laid down when the
    round was set up."""

    round: UUID | None = None
    newest: bool = True
    coders: tuple[UUID, ...] = ()
    unit: Unit | None = None
    unit_size: int | None = None
    rule: Projection | None = None
    scope: Scope | None = None
    roll_up: bool = False

    def chosen(self, project: Project) -> UUID | None:
        """The round that is reported; None: the codings as they stand."""
        if self.round is not None or not self.newest:
            return self.round
        rows = [row for row in project.rounds.all() if not project.comparison.possible(row.id)]
        return rows[-1].id if rows else None

    def agreement(self, project: Project, *, intervals: bool = True) -> Agreement:
        """The figures that are asked for. Raises as ``ComparisonService.agreement`` does."""
        return project.comparison.agreement(
            self.chosen(project),
            coders=self.coders or None,
            unit=self.unit,
            unit_size=self.unit_size,
            rule=self.rule,
            scope=self.scope,
            roll_up=self.roll_up,
            bootstrap=intervals,
        )
