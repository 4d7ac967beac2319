"""The analysis layer: per document the Consensus where all of it is settled, else the lead
coder, else nothing yet."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import and_, or_, select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import DocumentStatus, Layer
from ikt_coder.model import Coding, CodingLevel, Document, Settled
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.base import Service
from ikt_coder.services.coding_rows import CODING_COLUMNS, coding_row
from ikt_coder.services.document_order import document_order
from ikt_coder.services.rows import CodingRow


@frozen
class LayerSource:
    """Whose codings of a document count: ``layer`` None means nothing was chosen yet."""

    document: UUID
    title: str
    status: DocumentStatus
    layer: Layer | None
    coder: UUID | None
    coders: int  # how many coders have coded it, as far as the present one may know
    sealed: bool = False  # what counts there is not the present coder's to see yet

    @property
    def coded(self) -> bool:
        return self.layer is not None and self.status is DocumentStatus.CODED


@frozen
class LayerInfo:
    """The layer of the whole project, as every table note names it."""

    sources: tuple[LayerSource, ...]
    leads: tuple[str, ...]  # names of the lead coders that count
    participants: tuple[UUID, ...]  # N: those of documents marked coded in the layer
    left_out: int  # documents whose participants were all left out of analysis
    pending: tuple[UUID, ...] = ()  # those of other documents of the layer, in no coded one
    left_out_people: int = 0
    being_settled: int = 0  # documents of which a part of the Consensus stands

    @property
    def documents(self) -> int:
        return len(self.sources)

    @property
    def coded(self) -> int:
        """Documents marked coded whose codings count: without a layer none do."""
        return sum(source.coded for source in self.sources)

    @property
    def consensus(self) -> int:
        return sum(source.layer is Layer.CONSENSUS for source in self.sources)

    @property
    def single_coded(self) -> int:
        """Documents that one coder alone has coded."""
        return sum(source.coders == 1 for source in self.sources if source.layer is not None)

    @property
    def unchosen(self) -> int:
        return sum(source.layer is None and not source.sealed for source in self.sources)

    @property
    def sealed(self) -> tuple[UUID, ...]:
        """Documents that are not counted because they are sealed for the present coder."""
        return tuple(source.document for source in self.sources if source.sealed)

    @property
    def interim(self) -> bool:
        return self.coded < self.documents


class LayerService(Service):
    def info(self, attribution: Attribution | None = None) -> LayerInfo:
        """Whose codings count in each document, and N."""
        attribution = attribution or Attribution(self._project)
        # Only the Consensus has no coder, so one walk through an index answers both. It counts
        # where all of a document is settled, and not while people are at it.
        consensus = set(self._connection.execute(select(Settled.document_id)).scalars())
        begun: set[UUID] = set()
        coders: dict[UUID, int] = {}
        for document, coder in self._rows(select(Coding.document_id, Coding.coder_id).distinct()):
            if coder is None:
                begun.add(document)
            else:
                coders[document] = coders.get(document, 0) + 1
        sources = []
        left_out = 0
        people: dict[UUID, None] = {}
        pending: dict[UUID, None] = {}
        found = {
            row.id: row
            for row in self._rows(
                select(Document.id, Document.title, Document.status, Document.lead_coder_id)
            )
        }
        sealed = self._project.sight.sealed()
        order = document_order(self._connection)
        for row in (found[key] for key in order if key in found):
            who = attribution.of_document(row.id)
            counted = attribution.counted(who)
            if who and not counted:
                left_out += 1
                continue
            if row.id in consensus:
                layer, coder = Layer.CONSENSUS, None
            elif row.lead_coder_id is not None:
                layer, coder = Layer.CODER, row.lead_coder_id
            else:
                layer, coder = None, None
            # What the lead coded in a sealed document is not for others to see.
            hidden = row.id in sealed and coder != self._project.coder
            if hidden:
                layer, coder = None, None
            status = DocumentStatus(row.status)
            number = coders.get(row.id, 0)
            source = LayerSource(row.id, row.title, status, layer, coder, number, hidden)
            sources.append(source)
            if source.coded:
                people.update(dict.fromkeys(counted))
            elif layer is not None:
                pending.update(dict.fromkeys(counted))
        names = {coder.id: coder.name for coder in self._project.coders.everyone()}
        leads = dict.fromkeys(names[s.coder] for s in sources if s.coder in names)
        return LayerInfo(
            tuple(sources),
            tuple(leads),
            tuple(people),
            left_out,
            tuple(person for person in pending if person not in people),
            sum(person.left_out for person in attribution.people.values()),
            len(begun.difference(consensus, sealed).intersection(s.document for s in sources)),
        )

    def codings(
        self, info: LayerInfo, codes: Iterable[UUID] | None = None
    ) -> tuple[CodingRow, ...]:
        """Codings of the analysis layer, by document and place."""
        by_coder: dict[UUID, list[UUID]] = {}
        agreed: list[UUID] = []
        for source in info.sources:
            if source.layer is Layer.CONSENSUS:
                agreed.append(source.document)
            elif source.coder is not None:
                by_coder.setdefault(source.coder, []).append(source.document)
        if not agreed and not by_coder:
            return ()
        counts = [
            and_(
                Coding.layer == Layer.CODER.value,
                Coding.coder_id == coder,
                Coding.document_id.in_(documents),
            )
            for coder, documents in by_coder.items()
        ]
        if agreed:
            counts.append(
                and_(Coding.layer == Layer.CONSENSUS.value, Coding.document_id.in_(agreed))
            )
        wanted = or_(*counts)
        if codes is not None:
            wanted = and_(wanted, Coding.code_id.in_(list(codes)))
        levels: dict[UUID, set[UUID]] = {}
        for coding, level in self._connection.execute(
            select(CodingLevel.coding_id, CodingLevel.level_id)
            .join(Coding, Coding.id == CodingLevel.coding_id)
            .where(wanted)
        ):
            levels.setdefault(coding, set()).add(level)
        none: frozenset[UUID] = frozenset()
        order = {source.document: index for index, source in enumerate(info.sources)}
        rows = [
            coding_row(r, frozenset(levels[r[0]]) if r[0] in levels else none)
            for r in self._connection.execute(select(*CODING_COLUMNS).where(wanted)).all()
        ]
        rows.sort(key=lambda row: (order[row.document], row.span.start, row.span.end, row.id))
        return tuple(rows)
