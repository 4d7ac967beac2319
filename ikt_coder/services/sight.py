"""Whose codings of a document a coder sees: their own, everyone's, or the analysis layer's.

What others coded reaches the transcript through this file alone. Where coders must work unseen
by each other, ``SightService.coders`` is the one place that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.words import Layer, Whose
from ikt_coder.model import Coding, Document
from ikt_coder.services.base import Service
from ikt_coder.services.rows import CodingRow


@dataclass(frozen=True, slots=True)
class InSight:
    """Whose codings of one document are shown: those of ``coders``, or the Consensus."""

    coders: frozenset[UUID]
    consensus: bool = False

    @property
    def nothing(self) -> bool:
        """Nobody's: no analysis layer was chosen yet."""
        return not self.consensus and not self.coders

    def holds(self, row: CodingRow) -> bool:
        """Whether a coding of the document is among those shown."""
        if self.consensus:
            return row.layer is Layer.CONSENSUS
        return row.layer is Layer.CODER and row.coder in self.coders


class SightService(Service):
    def coders(self, document: UUID) -> frozenset[UUID]:
        """The coders whose codings of a document the present coder may see, themselves among
        them. Now these are all: nothing is coded blindly yet."""
        everyone = frozenset(row.id for row in self._project.coders.everyone())
        return everyone | self._own()

    def _own(self) -> frozenset[UUID]:
        return frozenset({self._project.coder} if self._project.coder else ())

    def of(self, document: UUID, whose: Whose) -> InSight:
        """What is shown where somebody asks for ``whose`` codings."""
        if whose is Whose.MINE:
            return InSight(self._own())
        seen = self.coders(document)
        if whose is Whose.EVERYONE:
            return InSight(seen)
        agreed = self._rows(
            select(Coding.id)
            .where(Coding.document_id == document, Coding.layer == Layer.CONSENSUS.value)
            .limit(1)
        )
        if agreed:
            return InSight(frozenset(), consensus=True)
        leads = self._rows(select(Document.lead_coder_id).where(Document.id == document))
        return InSight(frozenset(row.lead_coder_id for row in leads) & seen)

    def codings(self, document: UUID, sight: InSight) -> tuple[CodingRow, ...]:
        """The codings of a document that are in sight, in text order."""
        codings = self._project.codings
        if sight.consensus:
            return codings.in_document(document, None, Layer.CONSENSUS)
        if not sight.coders:
            return ()
        if len(sight.coders) == 1:
            return codings.in_document(document, next(iter(sight.coders)))
        return tuple(row for row in codings.in_document(document, None) if sight.holds(row))

    def count(self, document: UUID, sight: InSight) -> int:
        """How many codings of a document are in sight."""
        layer = Layer.CONSENSUS if sight.consensus else Layer.CODER
        statement = (
            select(func.count())
            .select_from(Coding)
            .where(Coding.document_id == document, Coding.layer == layer.value)
        )
        if not sight.consensus:
            statement = statement.where(Coding.coder_id.in_(sight.coders))
        return int(self._connection.execute(statement).scalar_one())
