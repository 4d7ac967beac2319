"""Items with what was decided on them, as screens show them, and how far a round is.

Both are kept for each document until a decision, a note, a name or the present coder's sight of
names changes, so that after one decision only its document is read anew.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.core.span import Span
from ikt_coder.model import Document, ItemNote
from ikt_coder.services.consensus import carried, holding
from ikt_coder.services.decisions import Decided, DecisionLog, Log, standing
from ikt_coder.services.round_rows import RoundRow
from ikt_coder.services.settling_items import (
    Bare,
    Codebook,
    DocumentItems,
    Fixed,
    ItemMaker,
)
from ikt_coder.services.settling_rows import DecisionRow, Item, ItemState, Progress, Side

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_STATES = {
    DecisionKind.DEFER: ItemState.DEFERRED,
    DecisionKind.UNCLEAR: ItemState.UNCLEAR,
    DecisionKind.WITHDRAW: ItemState.OPEN,
}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@frozen
class Naming:
    """What items are labelled with, read once for all that are asked for: coders' names and
    initials, documents' titles, and whether the present coder sees no names."""

    names: Mapping[UUID, tuple[str, str]]
    titles: Mapping[UUID, str]
    hidden: bool


@dataclass(slots=True)
class Tally:
    """What progress counts of one document."""

    agreed: int = 0
    agreed_accepted: int = 0
    states: Counter[ItemState] = field(default_factory=Counter)
    ways: Counter[DecisionKind] = field(default_factory=Counter)
    kinds: Counter[DifferenceKind] = field(default_factory=Counter)
    codes: Counter[UUID] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def whole(self) -> bool:
        """Whether nothing is left to settle, the matches included."""
        return self.agreed == self.agreed_accepted and self.total == self.states[ItemState.SETTLED]


@frozen
class _Shown:
    ground: DocumentItems
    version: tuple[object, ...]
    items: tuple[Item, ...]
    tally: Tally


class ItemView:
    def __init__(self, project: Project, maker: ItemMaker, log: DecisionLog) -> None:
        self._project = project
        self._maker = maker
        self._log = log
        self._turn = threading.Lock()
        self._shown: dict[tuple[UUID, UUID], _Shown] = {}
        self._notes: dict[UUID, int] | None = None
        project.listen(self._listen)

    def _listen(self, changes: Changes) -> None:
        if changes.touches("item_note") or changes.kind in (Op.ERASE_PARTICIPANT, Op.MERGE_COPY):
            with self._turn:
                self._notes = None
                self._shown.clear()

    # -- items ------------------------------------------------------------------------------

    def items(self, round_: RoundRow, documents: Iterable[UUID]) -> list[tuple[Item, ...]]:
        """The items of some documents, a tuple for each."""
        return [shown.items for shown in self._all(round_, documents)]

    def tally(self, round_: RoundRow, documents: Iterable[UUID]) -> list[Tally]:
        """What progress counts of some documents."""
        return [shown.tally for shown in self._all(round_, documents)]

    def _all(self, round_: RoundRow, documents: Iterable[UUID]) -> list[_Shown]:
        naming = self._naming(round_)
        self._log.catch_up()
        return [self._of(round_, document, naming) for document in documents]

    def ground(self, round_: RoundRow, document: UUID) -> tuple[DocumentItems, Log]:
        """The bare items of a document, and what was decided on them until now, also within an
        act under way."""
        log = self._log.of_document(round_.id, document)
        made = self._maker.of(round_, document)
        if any(
            key not in made.by_id and standing(each)
            for key, each in log.items()
            if each[0].difference is not DifferenceKind.MISSED
        ):
            # What was decided together stays together, whatever the codebook says since.
            made = self._maker.of(round_, document, _decided_together(log))
        return made, log

    def missed(self, log: Log, ground: DocumentItems) -> tuple[Bare, ...]:
        """What the second coder added in code and verify, and did not take back."""
        codes = self._maker.codebook()
        found = []
        for item, decisions in log.items():
            if decisions[0].difference is DifferenceKind.MISSED and standing(decisions):
                added = next(d for d in decisions if d.kind is DecisionKind.ADD)
                segments = carried(added, ground.marks, codes, ground.holes)
                whole = segments[0].span if segments else Span(0, 0)
                found.append(Bare(item, DifferenceKind.MISSED, False, None, whole, ((),)))
        return tuple(sorted(found, key=lambda bare: (bare.span, bare.id)))

    def hidden(self, round_: RoundRow) -> bool:
        """Whether the present coder settles without seeing names."""
        return (
            round_.hide_names
            and round_.adjudicator is not None
            and round_.adjudicator == self._project.coder
            and round_.adjudicator not in round_.coders
        )

    def shuffled(self, item: UUID, sides: int, hidden: bool) -> list[int]:
        """The places of coders in the order in which sides are shown."""
        order = list(range(sides))
        if hidden:
            Random(item.int).shuffle(order)  # an order, not a secret
        return order

    def _of(self, round_: RoundRow, document: UUID, naming: Naming) -> _Shown:
        key = (round_.id, document)
        writing = self._project.file.door.writing_here
        with self._turn:
            known = self._shown.get(key)
        title = naming.titles.get(document, "")
        version = (
            self._log.known_version(round_.id, document),
            naming.hidden,
            title,
            tuple(sorted(naming.names.items())),
        )
        if known is not None and not writing and known.version == version:
            ground = self._maker.of(round_, document, known.ground.fixed)
            if ground is known.ground:
                return known
        ground, log = self.ground(round_, document)
        codes = self._maker.codebook()
        notes = self._counted_notes()
        items = tuple(
            self._item(round_, document, title, bare, ground, log, naming, codes, notes)
            for bare in (*ground.items, *self.missed(log, ground))
        )
        made = _Shown(ground, version, items, _tally(items))
        if not writing:
            with self._turn:
                self._shown[key] = made
        return made

    def _item(
        self,
        round_: RoundRow,
        document: UUID,
        title: str,
        bare: Bare,
        ground: DocumentItems,
        log: Log,
        naming: Naming,
        codes: Codebook,
        notes: Mapping[UUID, int],
    ) -> Item:
        decided = log.get(bare.id, ())
        held, clash = holding(decided, ground.marks, codes) if decided else (None, ())
        sides = self._sides(bare, ground.coders, naming)
        if bare.kind is DifferenceKind.MISSED and decided:
            name = naming.names.get(decided[0].coder) if decided[0].coder else None
            shown = carried(held or decided[-1], ground.marks, codes, ground.holes)
            sides = (*sides, Side(decided[0].coder, *(name or ("", "")), shown))
        state = ItemState.CLASH if clash else ItemState.OPEN
        if held is not None:
            state = _STATES.get(held.kind, ItemState.SETTLED)
        return Item(
            bare.id,
            round_.id,
            document,
            title,
            bare.kind,
            bare.near,
            bare.span,
            sides,
            bare.overlap,
            state,
            self.decision_row(held, ground, codes, hidden=naming.hidden) if held else None,
            notes.get(bare.id, 0),
            tuple(self.decision_row(each, ground, codes, hidden=naming.hidden) for each in clash),
        )

    def decision_row(
        self, decided: Decided, ground: DocumentItems, codes: Codebook, *, hidden: bool
    ) -> DecisionRow:
        row = decided.row(carried(decided, ground.marks, codes, ground.holes))
        if not hidden:
            return row
        return DecisionRow(
            row.id,
            row.item,
            row.kind,
            None,
            row.result,
            row.category,
            row.reason,
            (),
            row.coder if row.coder == self._project.coder else None,
            row.at,
            row.in_bulk,
            row.names_hidden,
        )

    def _sides(self, bare: Bare, coders: Sequence[UUID], naming: Naming) -> tuple[Side, ...]:
        if naming.hidden:
            order = self.shuffled(bare.id, len(coders), hidden=True)
            return tuple(
                Side(None, _LETTERS[at], _LETTERS[at], bare.sides[place])
                for at, place in enumerate(order)
            )
        return tuple(
            Side(coder, *naming.names.get(coder, ("(a coder who was removed)", "?")), segments)
            for coder, segments in zip(coders, bare.sides, strict=True)
        )

    def _naming(self, round_: RoundRow) -> Naming:
        names = {row.id: (row.name, row.initials) for row in self._project.coders.everyone()}
        rows = self._project.connection.execute(select(Document.id, Document.title)).all()
        return Naming(names, {row.id: row.title for row in rows}, self.hidden(round_))

    def _counted_notes(self) -> Mapping[UUID, int]:
        with self._turn:
            if self._notes is not None:
                return self._notes
        rows = self._project.connection.execute(
            select(ItemNote.item_id, func.count()).group_by(ItemNote.item_id)
        ).all()
        found = {row[0]: int(row[1]) for row in rows}
        if not self._project.file.door.writing_here:
            with self._turn:
                self._notes = found
        return found

    # -- progress -----------------------------------------------------------------------------

    def progress(self, round_: RoundRow, documents: Iterable[UUID]) -> Progress:
        whole = Tally()
        for each in self.tally(round_, documents):
            whole.agreed += each.agreed
            whole.agreed_accepted += each.agreed_accepted
            whole.states.update(each.states)
            whole.ways.update(each.ways)
            whole.kinds.update(each.kinds)
            whole.codes.update(each.codes)
        return progress_of(whole)


def progress_of(tally: Tally) -> Progress:
    return Progress(
        agreed=tally.agreed,
        agreed_accepted=tally.agreed_accepted,
        total=tally.total,
        settled=tally.states[ItemState.SETTLED],
        deferred=tally.states[ItemState.DEFERRED],
        unclear=tally.states[ItemState.UNCLEAR],
        clashes=tally.states[ItemState.CLASH],
        ways=dict(tally.ways),
        kinds=dict(tally.kinds),
        codes=tuple(sorted(tally.codes.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _tally(items: Sequence[Item]) -> Tally:
    tally = Tally()
    for item in items:
        settled = item.state is ItemState.SETTLED
        # A match about which somebody said something else is work like a difference.
        if item.kind is DifferenceKind.MATCH and item.state in (ItemState.OPEN, ItemState.SETTLED):
            tally.agreed += 1
            tally.agreed_accepted += settled
            continue
        tally.states[item.state] += 1
        tally.kinds[item.kind] += 1
        for code in item.codes:
            tally.codes[code] += 1
        if settled and item.decision is not None:
            tally.ways[item.decision.kind] += 1
    return tally


def _decided_together(log: Log) -> Fixed:
    """The sets of codings on which something stands, oldest decision first."""
    found = []
    for decisions in log.values():
        stand = standing(decisions)
        if stand:
            keys = frozenset(s.coding for _, s in stand[0].before if s.coding is not None)
            found.append((stand[0].id, stand[0].difference, keys))
    return tuple((difference, keys) for _, difference, keys in sorted(found, key=lambda f: f[0]))
