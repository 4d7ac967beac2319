"""``project.charting``."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import UserError
from ikt_coder.model import DocumentParticipant, Participant, Speaker
from ikt_coder.services.charting import counting
from ikt_coder.services.charting.checking import CheckActs
from ikt_coder.services.charting.counting import Case, Counts, CrossTable, Pilot, Unit
from ikt_coder.services.charting.fields import FieldActs
from ikt_coder.services.charting.forms import FormActs
from ikt_coder.services.charting.rows import AnswerKind, Grid, SubjectKind


class ChartingService(FieldActs, FormActs, CheckActs):
    """The form, what was answered, what a second coder said of it, and the counts."""

    @property
    def used(self) -> bool:
        """Whether the project has a charting form."""
        return bool(self.fields())

    def usual_unit(
        self, kind: SubjectKind = SubjectKind.DOCUMENT, grid: Grid | None = None
    ) -> Unit:
        """What counts are of where nobody says: studies where records were grouped into some."""
        if kind is SubjectKind.EVENT:
            return Unit.EVENT
        grouped = any(row.study is not None for row in (grid or self.grid(kind)).rows)
        return Unit.STUDY if grouped else Unit.RECORD

    def counts(
        self,
        kind: SubjectKind = SubjectKind.DOCUMENT,
        unit: Unit | None = None,
        pilot: Pilot = Pilot.WITH,
        *,
        grid: Grid | None = None,
    ) -> Counts:
        """How many have each answer to each field; those left out of analysis do not count.
        ``grid`` is that of the kind, where it was read already.
        Raises UserError for a unit that the kind does not have."""
        grid = grid or self.grid(kind)
        unit = self._unit(kind, unit, grid)
        return counting.count(grid, unit, self._people(unit), pilot)

    def cross(
        self,
        down: UUID,
        across: UUID,
        kind: SubjectKind = SubjectKind.DOCUMENT,
        unit: Unit | None = None,
        pilot: Pilot = Pilot.WITH,
        *,
        grid: Grid | None = None,
    ) -> CrossTable:
        """Cases by their answers to two fields (stage × level); ``grid`` as in :meth:`counts`.
        Raises UserError for a text field or a unit that the kind does not have; NotFound."""
        grid = grid or self.grid(kind)
        first, second = (grid.field(key) or self.field(key) for key in (down, across))
        for row in (first, second):
            if row.kind is AnswerKind.TEXT:
                raise UserError(f"“{row.name}” is a text; it cannot be one side of a table.")
        unit = self._unit(kind, unit, grid)
        cases = counting.cases_of(counting.kept(grid, pilot), unit, self._people(unit))
        return counting.cross(first, second, cases, unit, pilot)

    def cases(self, kind: SubjectKind, unit: Unit, pilot: Pilot = Pilot.WITH) -> tuple[Case, ...]:
        """What is counted once in a unit, with its forms."""
        rows = counting.kept(self.grid(kind), pilot)
        return counting.cases_of(rows, unit, self._people(unit))

    def _unit(self, kind: SubjectKind, unit: Unit | None, grid: Grid) -> Unit:
        if unit is None:
            return self.usual_unit(kind, grid)
        if (unit is Unit.EVENT) is not (kind is SubjectKind.EVENT):
            what = "events" if kind is SubjectKind.EVENT else "documents"
            raise UserError(f"Forms of {what} are not counted by {unit.value}.")
        return unit

    def _people(self, unit: Unit) -> dict[UUID, Sequence[tuple[UUID, str]]]:
        """The participants of each document that were not left out of analysis."""
        if unit is not Unit.PARTICIPANT:
            return {}
        labels = {
            r.id: r.label
            for r in self._rows(
                select(Participant.id, Participant.label).where(Participant.left_out.is_(False))
            )
        }
        found: dict[UUID, dict[UUID, str]] = {}
        for statement in (
            select(DocumentParticipant.document_id, DocumentParticipant.participant_id),
            select(Speaker.document_id, Speaker.participant_id).where(
                Speaker.participant_id.is_not(None)
            ),
        ):
            for document, person in self._rows(statement):
                if person in labels:
                    found.setdefault(document, {})[person] = labels[person]
        return {document: tuple(people.items()) for document, people in found.items()}
