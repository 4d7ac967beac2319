"""Reads a document with the codings of some coders: as a round froze them, or as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ikt_coder.agreement.differences import near_in
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ids import derived_id
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Whose
from ikt_coder.services.differences import Coded, Group, group
from ikt_coder.services.project import Project
from ikt_coder.services.rows import DocumentText
from ikt_coder.services.settling_rows import Item, ItemState, Segment, Side
from ikt_coder.ui.comparison.columns.study import Study, read_study

translate = QCoreApplication.translate

MOST = 3
FEWEST = 2
_NO_ROUND = UUID(int=0)


@frozen
class Asked:
    """What is to be shown. ``document`` None: the first; ``coders`` empty: the first of those
    who coded it."""

    round: UUID | None
    document: UUID | None
    coders: tuple[UUID, ...]


@frozen
class Listed:
    """A document to choose; ``differences`` None where they are not counted."""

    id: UUID
    title: str
    differences: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A document as it is compared. ``coders`` are all who can be chosen, ``chosen`` those in
    the columns; the sides of every item are theirs, in order. ``of_round`` tells as which item
    of the round a difference is settled."""

    asked: Asked
    study: Study
    documents: tuple[Listed, ...]
    document: UUID | None = None
    text: DocumentText | None = None
    coders: tuple[UUID, ...] = ()
    chosen: tuple[UUID, ...] = ()
    items: tuple[Item, ...] = ()
    of_round: Mapping[UUID, UUID] = field(default_factory=dict)

    def segments(self, column: int) -> list[Segment]:
        """All codings of a column."""
        return [segment for item in self.items for segment in item.sides[column].segments]


def read_compared(project: Project, asked: Asked) -> Compared:
    """Read what is asked for (safe off the main thread). Raises NotFound, NotAllowed."""
    if asked.round is None:
        return _as_they_stand(project, asked)
    row = project.rounds.get(asked.round)
    service = project.reconciliation
    if service.adjudicating(row.id):
        raise NotAllowed(
            translate(
                "SideBySide",
                "Names are hidden while you adjudicate, so there are no columns of coders.",
            ),
            translate("SideBySide", "Settle shows each difference, its sides in changing order."),
        )
    titles = {d.id: d.title for d in project.documents.all()}
    documents = tuple(Listed(d, titles[d], None) for d in row.documents if d in titles)
    study = read_study(project, row.codebook_version)
    # The first that can be compared; differences of all are counted when the list is opened.
    document = asked.document
    items: tuple[Item, ...] = ()
    if document in titles:
        items = service.items(row.id, document=document)
    else:
        for listed in documents:
            document, items = listed.id, service.items(row.id, document=listed.id)
            if items:
                break
    if document is None:
        return Compared(asked, study, documents)
    text = project.documents.text(document)
    coders = _coders_of(items, row.coders)
    chosen = _chosen(asked.coders, coders)
    if not items or list(chosen) == [side.coder for side in items[0].sides]:
        of_round = {item.id: item.id for item in items}
        return Compared(asked, study, documents, document, text, coders, chosen, items, of_round)
    sides = [_segments_of(items, coder) for coder in chosen]
    found = _items(text, sides, chosen, study)
    home = {s.coding: i.id for i in items for side in i.sides for s in side.segments}
    of_round = {
        item.id: home[segment.coding]
        for item in found
        for side in item.sides
        for segment in side.segments[:1]
    }
    return Compared(asked, study, documents, document, text, coders, chosen, found, of_round)


def count_differences(project: Project, round_: UUID) -> tuple[Listed, ...]:
    """The documents of a round that can be compared, with how many differences each has."""
    found = project.reconciliation.documents(round_)
    return tuple(Listed(d.document, d.title, d.differences) for d in found)


def _coders_of(items: Sequence[Item], listed: Sequence[UUID]) -> tuple[UUID, ...]:
    """Who finished the document, in the order of the round."""
    if not items:
        return tuple(listed)
    there = [side.coder for side in items[0].sides if side.coder is not None]
    return tuple(sorted(there, key=lambda c: listed.index(c) if c in listed else len(listed)))


def _segments_of(items: Sequence[Item], coder: UUID) -> list[Segment]:
    return [
        s for item in items for side in item.sides if side.coder == coder for s in side.segments
    ]


def _as_they_stand(project: Project, asked: Asked) -> Compared:
    study = read_study(project)
    documents = tuple(Listed(d.id, d.title, None) for d in project.documents.all())
    document = _one_of(asked.document, documents)
    if document is None:
        return Compared(asked, study, documents)
    sight = project.sight.of(document, Whose.EVERYONE)
    coded: dict[UUID, list[Segment]] = {}
    for row in project.sight.codings(document, sight):
        if row.coder is not None and row.layer is Layer.CODER:
            coded.setdefault(row.coder, []).append(
                Segment(row.span, row.code, row.valence, row.strength, row.levels, row.id)
            )
    coders = tuple(coder for coder in study.coders if coder in coded)
    chosen = _chosen(asked.coders, coders)
    text = project.documents.text(document)
    items = _items(text, [coded.get(coder, []) for coder in chosen], chosen, study)
    return Compared(asked, study, documents, document, text, coders, chosen, items)


def _one_of(wanted: UUID | None, documents: Sequence[Listed]) -> UUID | None:
    keys = [listed.id for listed in documents]
    return wanted if wanted in keys else keys[0] if keys else None


def _chosen(wanted: Sequence[UUID], coders: Sequence[UUID]) -> tuple[UUID, ...]:
    """Those asked for who coded; where these are too few, the first."""
    known = [coder for coder in wanted if coder in coders][:MOST]
    for coder in coders:
        if len(known) >= FEWEST:
            break
        if coder not in known:
            known.append(coder)
    return tuple(sorted(known, key=coders.index))


def _items(
    text: DocumentText, sides: Sequence[Sequence[Segment]], coders: Sequence[UUID], study: Study
) -> tuple[Item, ...]:
    """Codings as items of these coders alone."""
    known: dict[UUID, Segment] = {}
    coded: list[list[Coded]] = []
    for side in sides:
        here: list[Coded] = []
        for s in side:
            if s.coding is not None:
                known[s.coding] = s
                values = (s.valence, s.strength, s.levels)
                here.append((s.coding, s.span.start, s.span.end, s.code, values))
        coded.append(here)
    parents = {code: row.parent for code, row in study.codes.items()}
    groups = group(coded, near=near_in(parents), text=text.text)
    return tuple(_item(each, known, text, coders, study) for each in groups)


def _item(
    each: Group,
    known: Mapping[UUID, Segment],
    text: DocumentText,
    coders: Sequence[UUID],
    study: Study,
) -> Item:
    sides = tuple(
        Side(
            coder,
            study.coder_name(coder),
            study.coders[coder].initials,
            tuple(known[key] for key in members),
        )
        for coder, members in zip(coders, each.members, strict=True)
    )
    return Item(
        derived_id("beside", text.id, *sorted(each.ids)),
        _NO_ROUND,
        text.id,
        text.title,
        each.kind,
        each.near,
        Span(each.start, each.end),
        sides,
        each.overlap,
        ItemState.OPEN,
    )
