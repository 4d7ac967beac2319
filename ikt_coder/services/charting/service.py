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
from ikt_coder.services.charting.rows import AnswerKind, SubjectKind


class ChartingService(FieldActs, FormActs, CheckActs):
    """The form, what was answered, what a second coder said of it, and the counts."""

    @property
    def used(self) -> bool:
        """Whether the project has a charting form."""
        return bool(self.fields())

    def usual_unit(self, kind: SubjectKind = SubjectKind.DOCUMENT) -> Unit:
        """What counts are of where nobody says: studies where records were grouped into some."""
        if kind is SubjectKind.EVENT:
            return Unit.EVENT
        grouped = any(row.study is not None for row in self.grid(kind).rows)
        return Unit.STUDY if grouped else Unit.RECORD

    def counts(
        self,
        kind: SubjectKind = SubjectKind.DOCUMENT,
        unit: Unit | None = None,
        pilot: Pilot = Pilot.WITH,
    ) -> Counts:
        """How many have each answer to each field; those left out of analysis do not count.
        Raises UserError for a unit that the kind does not have."""
        unit = self._unit(kind, unit)
        return counting.count(self.grid(kind), unit, self._people(unit), pilot)

    def cross(
        self,
        down: UUID,
        across: UUID,
        kind: SubjectKind = SubjectKind.DOCUMENT,
        unit: Unit | None = None,
        pilot: Pilot = Pilot.WITH,
    ) -> CrossTable:
        """Cases by their answers to two fields (stage × level). Raises UserError for a text
        field or a unit that the kind does not have; NotFound."""
        first, second = self.field(down), self.field(across)
        for row in (first, second):
            if row.kind is AnswerKind.TEXT:
                raise UserError(f"“{row.name}” is a text; it cannot be one side of a table.")
        unit = self._unit(kind, unit)
        return counting.cross(first, second, self.cases(kind, unit, pilot), unit, pilot)

    def cases(self, kind: SubjectKind, unit: Unit, pilot: Pilot = Pilot.WITH) -> tuple[Case, ...]:
        """What is counted once in a unit, with its forms."""
        rows = counting.kept(self.grid(kind), pilot)
        return counting.cases_of(rows, unit, self._people(unit))

    def _unit(self, kind: SubjectKind, unit: Unit | None) -> Unit:
        if unit is None:
            return self.usual_unit(kind)
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
