"""The items of a document: what coders had frozen, grouped and carried to the present text.

Grouping works on the text as it was frozen, so that mending the text later changes no item. It
is kept in memory for each document until its snapshots, the codebook or its edits change.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.agreement.differences import near_in
from ikt_coder.agreement.spans import Pair
from ikt_coder.core.changes import Changes
from ikt_coder.core.edit_sequences import EditMark, carry_edges
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DifferenceKind, RoundMode
from ikt_coder.core.span import Span
from ikt_coder.model import Code, FrozenGround, Snapshot
from ikt_coder.services.differences import Coded, Group, group
from ikt_coder.services.erased_words import ERASED
from ikt_coder.services.round_freezing import read_codings, read_marks
from ikt_coder.services.round_rows import FrozenCodings, RoundRow
from ikt_coder.services.settling_rows import Segment

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_NOTHING = '{"id":[],"start":[],"end":[],"code":[],"codes":[],"valence":[],"strength":[]}'
_ROUNDS = ("snapshot", "assignment", "coding_round", "round_event", "frozen_ground")
# Acts that bring or change more than the tables they name.
_SWEEPING = frozenset({Op.MERGE_COPY, Op.ERASE_PARTICIPANT, Op.GO_BACK, Op.UNSEAL_ROUND})
Fixed = tuple[tuple[DifferenceKind, frozenset[UUID]], ...]


@frozen
class Bare:
    """An item without what was decided on it. ``sides`` are in the order of the coders of its
    document; spans are of the present text, empty where the words are gone."""

    id: UUID
    kind: DifferenceKind
    near: bool
    overlap: float | None
    span: Span
    sides: tuple[tuple[Segment, ...], ...]

    def before(self, coders: Sequence[UUID]) -> tuple[tuple[UUID | None, Segment], ...]:
        """The segments in question, each with its coder."""
        return tuple((c, s) for c, side in zip(coders, self.sides, strict=True) for s in side)

    @property
    def codes(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(s.code for side in self.sides for s in side))

    @property
    def codings(self) -> frozenset[UUID]:
        return frozenset(s.coding for side in self.sides for s in side if s.coding is not None)


@frozen
class DocumentItems:
    """All items of a document in text order, by the coders who finished it. ``snapshots`` are
    those it was made from."""

    document: UUID
    coders: tuple[UUID, ...]
    items: tuple[Bare, ...]
    by_id: Mapping[UUID, Bare]
    snapshots: tuple[UUID, ...]
    marks: tuple[EditMark, ...]
    holes: tuple[Pair, ...] = ()
    fixed: Fixed = ()


@frozen
class Codebook:
    """What grouping knows of codes: what each counts as now (nothing where it is gone) and
    where it lies."""

    counts_as: Mapping[UUID, UUID]
    parents: Mapping[UUID, UUID | None]

    def present(self, code: UUID) -> UUID:
        """The code that this one counts as; itself where it was deleted."""
        return self.counts_as.get(code, code)


@frozen
class _Frozen:
    """A snapshot; its positions are those of the text with ``edits``."""

    codings: FrozenCodings
    edits: tuple[EditMark, ...] = ()

    def _places(self, marks: Sequence[EditMark]) -> list[tuple[int, int]]:
        edges = zip(self.codings.starts, self.codings.ends, strict=True)
        return list(edges) if marks == self.edits else carry_edges(edges, self.edits, marks)

    def coded(self, marks: Sequence[EditMark], codes: Codebook) -> list[Coded]:
        """Its codings for grouping, in the text with the edits ``marks``."""
        frozen = self.codings
        return [
            (key, start, end, codes.present(code), (valence, strength, levels))
            for key, (start, end), code, valence, strength, levels in zip(
                frozen.ids,
                self._places(marks),
                frozen.codes,
                frozen.valences,
                frozen.strengths,
                frozen.levels,
                strict=True,
            )
        ]

    def segments(self, marks: Sequence[EditMark], codes: Codebook) -> dict[UUID, Segment]:
        """Its codings by id, in the text with the edits ``marks``."""
        frozen = self.codings
        return {
            key: Segment(Span(start, end), codes.present(code), valence, strength, levels, key)
            for key, (start, end), code, valence, strength, levels in zip(
                frozen.ids,
                self._places(marks),
                frozen.codes,
                frozen.valences,
                frozen.strengths,
                frozen.levels,
                strict=True,
            )
        }


def codebook(project: Project) -> Codebook:
    rows = project.connection.execute(select(Code.id, Code.parent_id, Code.merged_into)).all()
    into = {key: merged for key, _, merged in rows if merged is not None}
    counts_as: dict[UUID, UUID] = {}
    for key, _, _ in rows:
        end, seen = key, {key}
        while end in into and into[end] not in seen:
            end = into[end]
            seen.add(end)
        counts_as[key] = end
    return Codebook(counts_as, {key: parent for key, parent, _ in rows})


class ItemMaker:
    """Makes items of rounds in which coders coded the same documents on their own."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._turn = threading.RLock()  # the queue is read on a worker beside the window
        self._made: dict[tuple[UUID, UUID], DocumentItems] = {}
        self._counting: dict[UUID, dict[UUID, dict[UUID, UUID]]] = {}
        self._verified: dict[UUID, dict[UUID, dict[UUID, UUID]]] = {}
        self._codebook: Codebook | None = None
        self._edited = 0
        self._checked: dict[tuple[UUID, UUID], int] = {}
        self._where: dict[UUID, UUID] = {}
        project.listen(self._listen)

    def _listen(self, changes: Changes) -> None:
        with self._turn:
            if changes.kind in _SWEEPING:
                self._made.clear()
                self._counting.clear()
                self._verified.clear()
                self._codebook = None
            if changes.touches(*_ROUNDS):
                self._counting.clear()
                self._verified.clear()
            if changes.touches("code"):
                old, self._codebook = self._codebook, None
                if old is not None and codebook(self._project) != old:
                    self._made.clear()
            if changes.touches("document_edit", "document_text", "document"):
                self._edited += 1

    def forget(self) -> None:
        """Read everything anew, within an act that brings more than it names."""
        with self._turn:
            self._made.clear()
            self._counting.clear()
            self._verified.clear()
            self._where.clear()
            self._codebook = None

    def where(self, item: UUID) -> UUID | None:
        """The document of an item that was made before."""
        return self._where.get(item)

    def empty(self, round_: RoundRow) -> tuple[UUID, ...]:
        """The documents of a round, as far as they were looked at, in which nobody coded
        anything."""
        with self._turn:
            return tuple(
                document
                for document in self.documents(round_)
                if (made := self._made.get((round_.id, document))) is not None and not made.items
            )

    def codebook(self) -> Codebook:
        with self._turn:
            if self._project.file.door.writing_here:
                return codebook(self._project)
            if self._codebook is None:
                self._codebook = codebook(self._project)
            return self._codebook

    def documents(self, round_: RoundRow) -> dict[UUID, dict[UUID, UUID]]:
        """The documents that at least two coders coded and finished and that are open to all,
        each with the snapshots that count by coder, in the order of the round's coders.

        Of what was coded blind these are the snapshots that stood at unsealing; in a round of
        open coding the newest ones, when every coder of the document has finished.
        """
        with self._turn:
            known = self._counting.get(round_.id)
        if known is None:
            known = self._snapshots(round_)
            if not self._project.file.door.writing_here:
                with self._turn:
                    self._counting[round_.id] = known
        sealed = self._project.sight.sealed()  # perhaps by a later round
        if sealed.isdisjoint(known):
            return known
        return {key: of for key, of in known.items() if key not in sealed}

    def _snapshots(self, round_: RoundRow) -> dict[UUID, dict[UUID, UUID]]:
        state = self._project.rounds.of(round_.id)
        coding = state.coding
        found: dict[UUID, dict[UUID, UUID]] = {}
        for one in self._project.rounds.counting(round_.id):
            if one.document in state.opened:
                found.setdefault(one.document, {})[one.coder] = one.snapshot
        together = {
            document
            for document, coders in coding.items()
            if document not in state.blind
            and len(coders) > 1
            and all((coder, document) in state.finished for coder in coders)
        }
        if together:
            rows = self._project.connection.execute(
                select(Snapshot.id, Snapshot.coder_id, Snapshot.document_id)
                .where(Snapshot.round_id == round_.id)
                .order_by(Snapshot.at, Snapshot.id)
            ).all()
            for key, coder, document in rows:
                if document in together and coder in coding[document]:
                    found.setdefault(document, {})[coder] = key
        place = {coder: at for at, coder in enumerate(round_.coders)}
        order = [document for document in round_.documents if document in found]
        return {
            document: dict(
                sorted(
                    found[document].items(),
                    key=lambda pair: (place.get(pair[0], len(place)), pair[0]),
                )
            )
            for document in order
            if len(found[document]) > 1
        }

    def verified(self, round_: RoundRow) -> dict[UUID, dict[UUID, UUID]]:
        """The documents of a round of code and verify that the first coder finished and that
        others go through, each with the newest snapshot of the first coder."""
        if round_.mode is not RoundMode.VERIFY:
            return {}
        with self._turn:
            known = self._verified.get(round_.id)
        if known is not None:
            return known
        state = self._project.rounds.of(round_.id)
        first = {
            document: coders[0]
            for document, coders in state.coding.items()
            if len(coders) == 1 and (coders[0], document) in state.finished
        }
        found: dict[UUID, dict[UUID, UUID]] = {}
        rows = self._project.connection.execute(
            select(Snapshot.id, Snapshot.coder_id, Snapshot.document_id)
            .where(Snapshot.round_id == round_.id)
            .order_by(Snapshot.at, Snapshot.id)
        ).all()
        for key, coder, document in rows:
            if first.get(document) == coder:
                found[document] = {coder: key}
        found = {document: found[document] for document in round_.documents if document in found}
        if not self._project.file.door.writing_here:
            with self._turn:
                self._verified[round_.id] = found
        return found

    def of(self, round_: RoundRow, document: UUID, fixed: Fixed = ()) -> DocumentItems:
        """The items of a document; none where fewer than two coders finished it.

        ``fixed`` are sets of codings that were decided on together (see ``group``).
        """
        with self._turn:
            writing = self._project.file.door.writing_here
            snapshots = self.documents(round_).get(document)
            if snapshots is None:
                snapshots = self.verified(round_).get(document, {})
            key = (round_.id, document)
            known = self._made.get(key)
            if known is not None and known.snapshots == tuple(snapshots.values()):
                if writing or self._checked.get(key) != self._edited:
                    marks = self._project.texts.marks(document)
                    if marks != known.marks:
                        known = None
                    elif not writing:
                        self._checked[key] = self._edited
                if known is not None and set(fixed) <= set(known.fixed):
                    return known
                if known is not None and _together(known, fixed):
                    return known
            made = self._make(round_, document, snapshots, fixed)
            if not writing:
                self._made[key] = made
                self._checked[key] = self._edited
                self._where.update(dict.fromkeys(made.by_id, document))
            return made

    def _make(
        self, round_: RoundRow, document: UUID, snapshots: Mapping[UUID, UUID], fixed: Fixed
    ) -> DocumentItems:
        marks = self._project.texts.marks(document)
        codes = self.codebook()
        frozen = _read(self._project, snapshots)
        ground = self._ground(round_, document, frozen)
        near = near_in(codes.parents)
        text = text_at(self._project, document, ground, marks)
        sides = [each.coded(ground, codes) for each in frozen]
        groups = group(sides, near=near, text=text, theta=round_.overlap)
        apart = {each.ids for each in groups}
        if any(keys not in apart for _, keys in fixed):
            groups = group(sides, near=near, text=text, theta=round_.overlap, fixed=fixed)
        holes = holes_of(self._project, document)
        segments = {
            key: _without_hole(segment, holes)
            for each in frozen
            for key, segment in each.segments(marks, codes).items()
        }
        items = tuple(_bare(round_.id, document, each, segments) for each in groups)
        return DocumentItems(
            document,
            tuple(snapshots),
            items,
            {item.id: item for item in items},
            tuple(snapshots.values()),
            marks,
            holes,
            fixed,
        )

    def _ground(
        self, round_: RoundRow, document: UUID, frozen: Sequence[_Frozen]
    ) -> tuple[EditMark, ...]:
        """The edits of the text that grouping works on: those it had when it was unsealed, or
        in a round that never was sealed those of the newest snapshot."""
        stored = self._project.connection.execute(
            select(FrozenGround.edits)
            .where(FrozenGround.round_id == round_.id, FrozenGround.document_id == document)
            .limit(1)
        ).scalar()
        if stored is not None:
            return read_marks(stored)
        return max((each.edits for each in frozen), key=len, default=())


def _together(known: DocumentItems, fixed: Fixed) -> bool:
    """Whether what was decided on together is one item each as it is."""
    apart = {item.codings for item in known.items}
    return all(keys in apart for _, keys in fixed)


def item_id(round_: UUID, document: UUID, codings: Sequence[UUID]) -> UUID:
    """The identity of an item: copies of a project know the same one."""
    return derived_id("item", round_, document, *sorted(codings))


def _bare(round_: UUID, document: UUID, found: Group, segments: Mapping[UUID, Segment]) -> Bare:
    keys = [key for side in found.members for key in side]
    sides = tuple(tuple(segments[key] for key in side) for side in found.members)
    spans = [segments[key].span for key in keys]
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    kind = found.kind if len(sides) > 1 else DifferenceKind.FIRST_CODER
    return Bare(item_id(round_, document, keys), kind, found.near, found.overlap, whole, sides)


def holes_of(project: Project, document: UUID) -> tuple[Pair, ...]:
    """Where the words of an erased participant were in a text: a mark stands there, and no
    coding is to cover it."""
    text = project.texts.get(document)
    found: list[Pair] = []
    at = text.find(ERASED)
    while at >= 0:
        found.append((at, at + len(ERASED)))
        at = text.find(ERASED, at + len(ERASED))
    return tuple(found)


def in_hole(span: Span, holes: Sequence[Pair]) -> bool:
    return any(span.start < end and start < span.end for start, end in holes)


def _without_hole(segment: Segment, holes: Sequence[Pair]) -> Segment:
    """A segment without words where one of them was erased, as the coding itself went."""
    if not in_hole(segment.span, holes):
        return segment
    return replace(segment, span=Span(segment.span.start, segment.span.start))


def _read(project: Project, snapshots: Mapping[UUID, UUID]) -> list[_Frozen]:
    """Snapshots in the order of their coders."""
    columns = (Snapshot.id, Snapshot.edits, Snapshot.codings)
    rows: dict[UUID, Any] = {
        row.id: row
        for row in project.connection.execute(
            select(*columns).where(Snapshot.id.in_(list(snapshots.values())))
        ).all()
    }
    found = []
    for snapshot in snapshots.values():
        row = rows.get(snapshot)
        frozen = read_codings(row.codings if row else _NOTHING)
        found.append(_Frozen(frozen, read_marks(row.edits) if row else ()))
    return found


def text_at(
    project: Project, document: UUID, wanted: Sequence[EditMark], now: Sequence[EditMark]
) -> str | None:
    """The text of a document as it was after the edits ``wanted``; None where that cannot be
    told, because they are not the first of those it has ``now``."""
    if len(wanted) > len(now) or tuple(now[: len(wanted)]) != tuple(wanted):
        return None
    text = project.texts.get(document)
    since = len(now) - len(wanted)
    if not since:
        return text
    edits = project.texts.edits(document)
    if since > len(edits):
        return None
    for edit in reversed(edits[len(edits) - since :]):
        text = edit.inverse().apply(text)
    return text
