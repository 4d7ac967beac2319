"""The Consensus: a layer of codings that follows from the decisions that stand.

It is a layer and not a coder. Its codings have ids derived from the decisions, so that copies
that know the same decisions have the same Consensus, in whatever order they came together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ikt_coder.agreement.spans import Pair
from ikt_coder.core.edit_sequences import EditMark, carry_edges
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus, Flag, Layer, Origin
from ikt_coder.model import (
    Coding,
    CodingLevel,
    Document,
    Level,
    Memo,
    Quote,
    Round,
    Settled,
    ThemeCoding,
)
from ikt_coder.services.coding_rows import ADD_CODING
from ikt_coder.services.decisions import Decided, DecisionLog, Log, standing
from ikt_coder.services.round_freezing import read_marks
from ikt_coder.services.segment_texts import read_segments
from ikt_coder.services.settling_items import Codebook, holes_of, in_hole
from ikt_coder.services.settling_results import same
from ikt_coder.services.settling_rows import Segment
from ikt_coder.storage.operation import Operation

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

# Another copy of the project may have brought the very row.
_GATHER = insert(ThemeCoding).prefix_with("OR IGNORE")
_ADD_LEVEL = insert(CodingLevel).prefix_with("OR IGNORE")
_SAFE = (Flag.PARAPHRASE_ONLY, Flag.DO_NOT_QUOTE)


@frozen
class Wanted:
    """A coding the Consensus is to have, and the decision it follows from."""

    segment: Segment
    decision: Decided


def consensus_id(decision: UUID, index: int) -> UUID:
    return derived_id("consensus", decision, str(index))


def carried(
    decision: Decided,
    marks: Sequence[EditMark],
    codes: Codebook,
    holes: Sequence[Pair] = (),
) -> tuple[Segment, ...]:
    """What a decision gives the Consensus, over the text with the edits ``marks`` and with the
    codes of today. Nothing is left of a segment without words or code, or of one that touches
    ``holes``, where somebody's words were erased."""
    if decision.result_text == "[]":
        return ()
    segments = _carried(decision.result_text, decision.edits_text, tuple(marks), codes)
    return tuple(s for s in segments if not in_hole(s.span, holes)) if holes else segments


@lru_cache(maxsize=65536)
def _parsed(result: str) -> tuple[Segment, ...]:
    return tuple(segment for _, segment in read_segments(result))


@lru_cache(maxsize=64)
def _edits(stored: str) -> tuple[EditMark, ...]:
    return read_marks(stored)


def _carried(
    result: str, edits: str, marks: tuple[EditMark, ...], codes: Codebook
) -> tuple[Segment, ...]:
    segments = _parsed(result)
    source = _edits(edits)
    if source != marks:
        moved = carry_edges([(s.span.start, s.span.end) for s in segments], source, marks)
        segments = tuple(
            replace(each, span=Span(*edges)) for each, edges in zip(segments, moved, strict=True)
        )
    return tuple(
        each
        if codes.counts_as[each.code] == each.code
        else replace(each, code=codes.counts_as[each.code])
        for each in segments
        if len(each.span) and each.code in codes.counts_as
    )


def holding(
    decisions: Iterable[Decided], marks: Sequence[EditMark], codes: Codebook
) -> tuple[Decided | None, tuple[Decided, ...]]:
    """The decision on an item that holds, and the others where copies decided differently.

    None with others: it is a clash, and nothing holds. Two that say the same are one.
    """
    stand = standing(decisions)
    if len(stand) < 2:
        return (stand[0] if stand else None), ()
    first, *others = stand
    apart = [each for each in others if not _says_the_same(first, each, marks, codes)]
    if not apart:
        return first, ()
    return None, tuple(stand)


def _says_the_same(
    one: Decided, other: Decided, marks: Sequence[EditMark], codes: Codebook
) -> bool:
    if one.kind.settles and other.kind.settles:
        return same(carried(one, marks, codes), carried(other, marks, codes))
    return one.kind is other.kind


class Consensus:
    """Writes the Consensus of documents within acts."""

    def __init__(self, project: Project, log: DecisionLog) -> None:
        self._project = project
        self._log = log

    def round_of(self, document: UUID) -> UUID | None:
        """The round whose decisions make the document's Consensus: the newest one in which
        something of it is settled."""
        rounds = self._log.rounds_of(document)
        if not rounds:
            return None
        rows = self._project.connection.execute(
            select(Round.id).where(Round.id.in_(rounds)).order_by(Round.number.desc(), Round.id)
        ).scalars()
        for round_ in rows.all():
            log = self._log.of_document(round_, document)
            if any(d.kind.settles for each in log.values() for d in standing(each)):
                return round_
        return None

    def wanted(
        self,
        log: Log,
        marks: Sequence[EditMark],
        codes: Codebook,
        holes: Sequence[Pair] = (),
    ) -> dict[UUID, Wanted]:
        """The codings that follow from the decisions of a document, by id; of equal ones that
        of the oldest decision."""
        held = []
        for decisions in log.values():
            decision, _ = holding(decisions, marks, codes)
            if decision is not None and decision.kind.settles:
                held.append(decision)
        found: dict[UUID, Wanted] = {}
        known: set[tuple[Span, UUID]] = set()
        for decision in sorted(held, key=lambda each: each.id):
            for segment in carried(decision, marks, codes, holes):
                if (segment.span, segment.code) not in known and segment.coding is not None:
                    known.add((segment.span, segment.code))
                    found[segment.coding] = Wanted(segment, decision)
        return found

    def rebuild(self, op: Operation, document: UUID, codes: Codebook) -> UUID | None:
        """Make the Consensus of a document what its decisions say; returns the round they are
        of. What is there already stays as it is."""
        there: dict[UUID, UUID] = {
            row.id: row.code_id
            for row in op.execute(
                select(Coding.id, Coding.code_id).where(
                    Coding.document_id == document, Coding.layer == Layer.CONSENSUS.value
                )
            ).all()
        }
        known = op.execute(select(Document.id).where(Document.id == document)).scalar()
        round_ = None if known is None else self.round_of(document)
        wanted: dict[UUID, Wanted] = {}
        if round_ is not None:
            marks = self._project.texts.marks(document)
            holes = holes_of(self._project, document)
            wanted = self.wanted(self._log.of_document(round_, document), marks, codes, holes)
        gone = list(there.keys() - wanted.keys())
        for start in range(0, len(gone), 500):
            op.execute(delete(Coding).where(Coding.id.in_(gone[start : start + 500])))
        for key, code in there.items():
            if key in wanted and codes.present(code) != code:
                op.execute(
                    update(Coding).where(Coding.id == key).values(code_id=codes.present(code))
                )
        self._add(op, document, {key: new for key, new in wanted.items() if key not in there})
        return round_

    def _add(self, op: Operation, document: UUID, new: dict[UUID, Wanted]) -> None:
        if not new:
            return
        sources = self._sources(op, new.values())
        newest = self._project.texts.newest_edit(document)
        rows, levels = [], []
        for key, each in new.items():
            rows.append(self._row(key, document, newest, each, sources))
            levels += [
                {"id": derived_id(key, level), "coding_id": key, "level_id": level}
                for level in sorted(each.segment.levels)
            ]
        op.execute(ADD_CODING, rows)
        if levels:
            known = set(op.execute(select(Level.id)).scalars())
            op.execute(_ADD_LEVEL, [row for row in levels if row["level_id"] in known])
        self._gather(op, new, sources)

    @staticmethod
    def _gather(op: Operation, new: dict[UUID, Wanted], sources: dict[UUID, Any]) -> None:
        """What a coding was gathered in, or said to a theme, its successor is and says too, so
        that no theme loses a passage when its document is settled."""
        came: dict[UUID, list[UUID]] = {}
        for key, each in new.items():
            for _, segment in each.decision.before:
                row = sources.get(segment.coding) if segment.coding is not None else None
                if row is not None and row.code_id == each.segment.code:
                    came.setdefault(row.id, []).append(key)
        keys = list(came)
        rows: dict[UUID, dict[str, Any]] = {}
        for start in range(0, len(keys), 500):
            found = op.execute(
                select(ThemeCoding.__table__)
                .where(ThemeCoding.coding_id.in_(keys[start : start + 500]))
                .order_by(ThemeCoding.id)
            ).all()
            for row in found:
                for key in came[row.coding_id]:
                    pair = derived_id(row.theme_id, key)
                    rows.setdefault(
                        pair,
                        {
                            "id": pair,
                            "theme_id": row.theme_id,
                            "coding_id": key,
                            "by_hand": row.by_hand,
                            "stance": row.stance,
                        },
                    )
        if rows:
            op.execute(_GATHER, list(rows.values()))

    def _sources(self, op: Operation, new: Iterable[Wanted]) -> dict[UUID, Any]:
        """The coders' codings that decisions were about, as they stand."""
        keys = list(
            {
                segment.coding
                for each in new
                for _, segment in each.decision.before
                if segment.coding is not None
            }
        )
        found: dict[UUID, Any] = {}
        columns = (
            *(Coding.id, Coding.code_id, Coding.start, Coding.end, Coding.behaviour_id),
            *(Coding.basis, Coding.mapping_choice),
            *(getattr(Coding, flag.value) for flag in Flag),
        )
        for start in range(0, len(keys), 500):
            rows = op.execute(select(*columns).where(Coding.id.in_(keys[start : start + 500])))
            found |= {row.id: row for row in rows.all()}
        return found

    def _row(
        self,
        key: UUID,
        document: UUID,
        newest: UUID | None,
        wanted: Wanted,
        sources: dict[UUID, Any],
    ) -> dict[str, Any]:
        """A coding of the Consensus. Beside what was decided it carries the behaviour and the
        star of the coding it comes from, and every mark that keeps words from being quoted."""
        segment, decision = wanted.segment, wanted.decision
        asked = [
            sources[s.coding]
            for _, s in decision.before
            if s.coding is not None and s.coding in sources
        ]
        own = [row for row in asked if row.code_id == segment.code] or asked[:1]
        kept = own[0] if own else None
        flags = {flag.value: any(getattr(row, flag.value) for row in asked) for flag in _SAFE}
        return {
            "id": key,
            "document_id": document,
            "start": segment.span.start,
            "end": segment.span.end,
            "code_id": segment.code,
            "coder_id": None,
            "layer": Layer.CONSENSUS.value,
            "valence": segment.valence.value if segment.valence else None,
            "strength": segment.strength,
            "behaviour_id": kept.behaviour_id if kept else None,
            "origin": Origin.HAND.value,
            "basis": kept.basis if kept else None,
            "review": None,
            "memo": "",
            "unsure": False,
            "star": any(row.star for row in own),
            **flags,
            "mapping_choice": kept.mapping_choice if kept else "",
            "since_edit_id": newest,
            "created": decision.at,
        }


def drop_orphans(op: Operation) -> None:
    """After another copy was brought in: what hung on a coding of its Consensus that did not
    come about, because decisions clash, goes; a memo stays, as one on no passage."""
    for entity in (CodingLevel, ThemeCoding, Quote):
        there = select(Coding.id).where(Coding.id == entity.coding_id).exists()
        op.execute(delete(entity).where(~there))
    there = select(Coding.id).where(Coding.id == Memo.coding_id).exists()
    op.execute(update(Memo).where(Memo.coding_id.is_not(None), ~there).values(coding_id=None))


def write_settled(
    op: Operation, document: UUID, round_: UUID | None, at: datetime | None = None
) -> None:
    """Say that a document's Consensus of ``round_`` is whole (None: that it is not, or no
    longer), since the decision made ``at``. A whole one makes the document coded."""
    key = derived_id("settled", document)
    known = op.execute(select(Settled.round_id).where(Settled.id == key)).first()
    if round_ is None:
        if known is not None:
            op.execute(delete(Settled).where(Settled.id == key))
        return
    if known is None:
        op.execute(
            insert(Settled).values(
                id=key, document_id=document, round_id=round_, created=at or datetime.now(UTC)
            )
        )
    elif known.round_id != round_:
        op.execute(update(Settled).where(Settled.id == key).values(round_id=round_))
    else:
        return
    op.execute(
        update(Document)
        .where(Document.id == document, Document.status != DocumentStatus.CODED.value)
        .values(status=DocumentStatus.CODED.value)
    )
