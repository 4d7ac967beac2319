"""Unsealed rounds to settle, and what tests look at in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Valence
from ikt_coder.model import Coding, CodingLevel, Decision, Settled
from ikt_coder.services.consensus import carried, holding
from ikt_coder.services.project import Project
from ikt_coder.services.settling_rows import Item
from tests.rounds import Team


class Desk:
    """A team whose round is unsealed; the first coder sits there. ``marks`` are codings:
    coder, document, code (by number), start, end, direction."""

    def __init__(
        self,
        path: Path,
        marks: list[tuple[Any, ...]] | None = None,
        *,
        coders: int = 2,
        documents: int = 1,
        extra: int = 0,
        **options: Any,
    ) -> None:
        self.team = Team(path, coders + extra, documents)
        self.coders = self.team.coders[:coders]
        options.setdefault("coders", tuple(self.coders))
        if extra:
            options.setdefault("adjudicator", self.team.coders[coders])
        self.round = self.team.round(**options)
        if marks is None:
            self.team.differ()
        for coder, document, code, start, end, *more in marks or ():
            self.code(coder, document, code, start, end, *more)
        self.team.finish(self.round, range(coders))
        self.team.sit(0)
        self.project.rounds.unseal(self.round)

    @property
    def project(self) -> Project:
        return self.team.project

    @property
    def document(self) -> UUID:
        return self.team.documents[0]

    def code(
        self,
        coder: int,
        document: int,
        code: int,
        start: int,
        end: int,
        valence: Valence | None = None,
    ) -> UUID:
        self.team.sit(coder)
        return self.project.codings.apply(
            self.team.documents[document], Span(start, end), self.team.codes[code], valence=valence
        )

    def items(self, **asked: Any) -> tuple[Item, ...]:
        return self.project.reconciliation.items(self.round, **asked)

    def of_kind(self, kind: DifferenceKind) -> Item:
        (found,) = self.items(kinds={kind})
        return found

    def choose(self, item: Item, key: str, **said: Any) -> UUID:
        """Take the choice of this key."""
        rec = self.project.reconciliation
        (choice,) = [c for c in rec.choices(item) if c.key == key]
        return rec.choose(item, choice, **said)

    def consensus(self, document: int = 0) -> set[tuple[Any, ...]]:
        """The Consensus as it stands: start, end, number of code, direction."""
        codes = {key: at for at, key in enumerate(self.team.codes)}
        rows = self.project.connection.execute(
            select(Coding.start, Coding.end, Coding.code_id, Coding.valence).where(
                Coding.document_id == self.team.documents[document],
                Coding.layer == Layer.CONSENSUS.value,
            )
        ).all()
        found = [(r.start, r.end, codes[r.code_id], r.valence) for r in rows]
        assert len(found) == len(set(found)), "nothing is in the Consensus twice"
        return set(found)

    def settled(self) -> set[int]:
        """The numbers of the documents that are settled."""
        keys = self.project.connection.execute(select(Settled.document_id)).scalars().all()
        return {self.team.documents.index(key) for key in keys}

    def own(self) -> list[Any]:
        """Every row of what coders themselves coded."""
        own = select(Coding.__table__).where(Coding.layer == Layer.CODER.value).order_by(Coding.id)
        rows = [tuple(row) for row in self.project.connection.execute(own)]
        theirs = select(CodingLevel.__table__).join(Coding, Coding.id == CodingLevel.coding_id)
        levels = theirs.where(Coding.layer == Layer.CODER.value).order_by(CodingLevel.id)
        return [*rows, *(tuple(row) for row in self.project.connection.execute(levels))]

    def decisions(self) -> int:
        return len(self.project.connection.execute(select(Decision.id)).all())

    def check(self) -> None:
        """The Consensus is what the decisions that hold say, and a document is settled exactly
        where none of its items is open."""
        core = self.project.reconciliation.core
        row = self.project.rounds.get(self.round)
        whole: set[int] = set()
        codes = core.maker.codebook()
        for number, document in enumerate(self.team.documents):
            ground, log = core.view.ground(row, document)
            said: set[tuple[Any, ...]] = set()
            numbers = {key: at for at, key in enumerate(self.team.codes)}
            held = [holding(log.get(bare.id, ()), ground.marks, codes)[0] for bare in ground.items]
            for decision in held:
                if decision is not None and decision.kind.settles:
                    for s in carried(decision, ground.marks, codes, ground.holes):
                        said.add((s.span.start, s.span.end, numbers[s.code]))
            stands = {coding[:3] for coding in self.consensus(number)}
            assert stands == said
            if ground.items and all(d is not None and d.kind.settles for d in held):
                whole.add(number)
        empty = {
            number
            for number, document in enumerate(self.team.documents)
            if not core.maker.of(row, document).items
        }
        assert whole <= self.settled() <= whole | empty

    def close(self) -> None:
        self.team.close()
