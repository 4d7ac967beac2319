"""Where the rounds of a project stand, read at once: who codes what, what was finished, reopened
and opened.

A status comes from the log and not from journaled rows: finishing and unsealing are never
undone, and going back in the history does not touch them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeAlias, cast
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.rounds import Batch, Projection, RoundEventKind, RoundMode, Scope, Task, Unit
from ikt_coder.model import (
    Assignment,
    CodebookVersion,
    Coder,
    CopyOrigin,
    FrozenGround,
    Round,
    RoundEvent,
    Settled,
)
from ikt_coder.services.round_rows import RoundRow

Place: TypeAlias = tuple[UUID, UUID]
"""A coder and a document."""
Read: TypeAlias = Callable[[Any], list[Any]]


@dataclass(slots=True)
class Assigned:
    coder: UUID
    document: UUID
    task: Task
    batch: Batch


@dataclass
class RoundState:
    """A round with all that its log says."""

    row: Any
    assigned: dict[Place, Assigned] = field(default_factory=dict)
    finished: dict[Place, datetime] = field(default_factory=dict)
    reopened: dict[Place, int] = field(default_factory=dict)
    reopened_after: set[Place] = field(default_factory=set)
    opened: set[UUID] = field(default_factory=set)
    """Documents whose ground was frozen: what everybody coded there is seen."""
    unsealed: datetime | None = None
    counted: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    """The snapshots that count, by document."""
    shown: RoundRow | None = None
    """The round as it is shown, once it was asked for."""
    chosen: tuple[UUID, ...] = ()
    """The documents it was set up with."""
    check: frozenset[UUID] = frozenset()
    """Of a round of code and verify: those that are coded blind as a check."""
    in_copy: bool = False
    """In a coder's copy nobody else's work is known: what is coded blind is sealed alone."""

    @property
    def id(self) -> UUID:
        return cast(UUID, self.row.id)

    @property
    def mode(self) -> RoundMode:
        return RoundMode(self.row.mode)

    @property
    def name(self) -> str:
        return str(self.row.name)

    # What follows is asked for at every act; the state is read anew where anything changed.

    @cached_property
    def coding(self) -> dict[UUID, list[UUID]]:
        """Who codes (and does not only verify) each document."""
        found: dict[UUID, list[UUID]] = {}
        for each in self.assigned.values():
            if each.task is Task.CODE:
                found.setdefault(each.document, []).append(each.coder)
        return found

    @cached_property
    def blind(self) -> frozenset[UUID]:
        """The documents that are coded blind: all of a blind round, the share of a round of
        code and verify that two coders code."""
        least = {RoundMode.BLIND: 1, RoundMode.VERIFY: 2}.get(self.mode)
        return frozenset(
            document
            for document, coders in self.coding.items()
            if least is not None and (len(coders) >= least or document in self.check)
        )

    @cached_property
    def sealed(self) -> frozenset[UUID]:
        """The blind documents of two coders and more that were not opened yet."""
        closed = self.blind - self.opened
        return frozenset(d for d in closed if self.in_copy or len(self.coding[d]) > 1)

    @cached_property
    def documents(self) -> dict[UUID, Batch]:
        return {each.document: each.batch for each in self.assigned.values()}

    @cached_property
    def first(self) -> frozenset[UUID]:
        """The documents that are settled before the rest is coded."""
        return frozenset(d for d, batch in self.documents.items() if batch is Batch.FIRST)

    def done(self, each: Assigned) -> bool:
        return (each.coder, each.document) in self.finished

    def unfinished_before(self, each: Assigned) -> list[UUID]:
        """Whose coding a second coder has still to wait for before they have verified it."""
        if each.task is Task.CODE:
            return []
        coders = self.coding.get(each.document, ())
        return [coder for coder in coders if (coder, each.document) not in self.finished]

    def waiting(self, batch: Batch, settled: frozenset[UUID]) -> bool:
        """Whether a document of this batch waits until the first ones are settled."""
        return batch is Batch.REST and not self.first <= settled


@dataclass(slots=True)
class State:
    """All rounds, the newest last."""

    rounds: dict[UUID, RoundState] = field(default_factory=dict)
    settled: frozenset[UUID] = frozenset()
    coders: tuple[UUID, ...] = ()
    versions: dict[UUID, int] = field(default_factory=dict)
    duties: dict[Place, list[tuple[RoundState, Assigned]]] = field(default_factory=dict)


def read_state(read: Read) -> State:
    """The state of all rounds, by ``read``, which gives all rows of a statement."""
    rounds = {
        row.id: RoundState(row)
        for row in read(select(Round.__table__).order_by(Round.number, Round.created, Round.id))
    }
    if not rounds:
        return State()
    in_copy = bool(read(select(CopyOrigin.id)))
    for known in rounds.values():
        known.in_copy = in_copy
    for row in read(select(Assignment.__table__)):
        made = Assigned(row.coder_id, row.document_id, Task(row.task), Batch(row.batch))
        rounds[row.round_id].assigned[row.coder_id, row.document_id] = made
    for round_id, document in read(select(FrozenGround.round_id, FrozenGround.document_id)):
        if round_id in rounds:
            rounds[round_id].opened.add(document)
    for row in read(
        select(RoundEvent.__table__)
        .where(
            RoundEvent.kind.in_(
                kind.value
                for kind in (
                    RoundEventKind.SET_UP,
                    RoundEventKind.FINISHED,
                    RoundEventKind.REOPENED,
                    RoundEventKind.UNSEALED,
                )
            )
        )
        .order_by(RoundEvent.at, RoundEvent.id)
    ):
        if row.round_id in rounds:
            _follow(rounds[row.round_id], row)
    state = State(
        rounds,
        frozenset(row.document_id for row in read(select(Settled.document_id))),
        tuple(row.id for row in read(select(Coder.id).order_by(Coder.created, Coder.id))),
        dict(map(tuple, read(select(CodebookVersion.id, CodebookVersion.number)))),
    )
    for known in reversed(tuple(rounds.values())):
        for place, each in known.assigned.items():
            state.duties.setdefault(place, []).append((known, each))
    return state


def _follow(known: RoundState, row: Any) -> None:
    """Go one step on in the log of a round."""
    place = (row.coder_id, row.document_id)
    match RoundEventKind(row.kind):
        case RoundEventKind.SET_UP:
            data = json.loads(row.data)
            known.chosen = tuple(UUID(hex=key) for key in data["documents"])
            known.check = frozenset(UUID(hex=key) for key in data["blind"])
        case RoundEventKind.FINISHED:
            known.finished[place] = row.at
        case RoundEventKind.REOPENED:
            known.finished.pop(place, None)
            known.reopened[place] = known.reopened.get(place, 0) + 1
            if json.loads(row.data).get("after_unsealing"):
                known.reopened_after.add(place)
        case RoundEventKind.UNSEALED:
            known.unsealed = known.unsealed or row.at
            data = json.loads(row.data)
            for document, snapshots in data["snapshots"].items():
                # Where two copies of a project were unsealed apart, the first stands.
                keys = tuple(UUID(hex=key) for key in snapshots)
                known.counted.setdefault(UUID(hex=document), keys)


def round_row(state: State, known: RoundState, order: tuple[UUID, ...]) -> RoundRow:
    """A round as it is shown; ``order`` is that of the documents."""
    row = known.row
    coded = Counter(coder for coders in known.coding.values() for coder in coders)
    who = {each.coder for each in known.assigned.values()}
    # The first coder of code and verify comes first, whenever they were added.
    coders = sorted(
        (coder for coder in state.coders if coder in who),
        key=lambda coder: -coded[coder] if coder in coded else 1,
    )
    place = {document: index for index, document in enumerate(order)}
    return RoundRow(
        id=row.id,
        number=row.number,
        name=row.name,
        mode=known.mode,
        unit=Unit(row.unit),
        unit_size=row.unit_size,
        rule=Projection(row.rule),
        scope=Scope(row.scope),
        coefficient=row.coefficient,
        target=None if row.target is None else row.target / 1000,
        overlap=row.overlap / 100,
        codes=tuple(UUID(hex=key) for key in json.loads(row.codes)),
        share=row.share,
        seed=row.seed,
        first=row.first,
        blind_share=row.blind_share,
        adjudicator=row.adjudicator_id,
        hide_names=row.hide_names,
        codebook_version=row.codebook_version,
        codebook_number=state.versions.get(row.codebook_version),
        note=row.note,
        created=row.created,
        coders=tuple(coders),
        documents=tuple(sorted(known.documents, key=lambda key: place.get(key, len(place)))),
        assigned=len(known.assigned),
        finished=sum(known.done(each) for each in known.assigned.values()),
        unsealed=known.unsealed,
        sealed=bool(known.sealed),
    )
