"""Whose codings of a document a coder sees: their own, everyone's, or the analysis layer's.

What others coded reaches the transcript through this file alone. In a sealed document of a blind
round these are the present coder's own; ``sealing`` says which documents those are and keeps the
rows of others out of every query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Layer, Whose
from ikt_coder.model import Base, Coding, Document, Settled
from ikt_coder.services.base import Service
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.sealing import SealedRound


@frozen
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
    def sealed(self) -> frozenset[UUID]:
        """The documents that are sealed now."""
        return self._project.sealing.documents

    def sealed_rounds(self) -> tuple[SealedRound, ...]:
        """The rounds by which they are sealed, by number."""
        return self._project.sealing.rounds

    def condition(self, entity: type[Base]) -> ColumnElement[bool] | None:
        """Which rows of a table the present coder may see, None where all: for the history.
        Queries on codings, memos and what hangs on them need none (see ``sealing``)."""
        return self._project.sealing.condition(entity)

    @contextmanager
    def everything(self) -> Iterator[None]:
        """Let this thread read every row, for an act that must work on all of them. Nothing
        of what was read may be shown, or counted for people."""
        with self._project.file.connections.lifted():
            yield

    def may_see(self, document: UUID, coder: UUID | None) -> bool:
        """Whether the present coder may see what a coder coded in a document."""
        if document not in self._project.sealing.documents:
            return True
        return coder is not None and coder == self._project.coder

    def sealed_note(self, documents: Iterable[UUID] | None = None) -> str:
        """A sentence for tables, screens and commands that leave something out: which of the
        documents (None: all) are sealed, and until when. Empty where none is."""
        asked = None if documents is None else frozenset(documents)
        told = [
            row
            for row in self._project.sealing.rounds
            if asked is None or not asked.isdisjoint(row.documents)
        ]
        sealed = self._project.sealing.documents
        count = len(sealed if asked is None else sealed & asked)
        if not count:
            return ""
        which = "1 document is" if count == 1 else f"{count} documents are"
        rounds = " and ".join(f"round {row.number}" for row in told)
        until = "is unsealed" if len(told) == 1 else "are unsealed"
        return (
            f"{which} sealed until {rounds} {until}: what others coded there is not shown "
            "and not counted."
        )

    def coders(self, document: UUID) -> frozenset[UUID]:
        """The coders whose codings of a document the present coder may see, themselves among
        them: in a sealed document themselves alone."""
        if document in self._project.sealing.documents:
            return self._own()
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
        settled = self._rows(select(Settled.id).where(Settled.document_id == document))
        if settled and document not in self._project.sealing.documents:
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
