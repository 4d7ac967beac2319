"""A study of two talks to retrieve from: codings of every kind, two participants and more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.query import (
    Block,
    Filters,
    Query,
    Term,
    TermKind,
)
from ikt_coder.core.words import (
    Flag,
    Origin,
    Valence,
)
from ikt_coder.services.project import Project
from ikt_coder.services.retrieval_rows import Retrieval
from tests.studies import add_talk, span_of, study

SECOND = """\
Interviewer: And you?
P03: We met on Fridays, and nobody was paid.
"""


@dataclass
class Desk:
    project: Project
    talk: UUID
    other: UUID
    made: dict[str, UUID] = field(default_factory=dict)

    def code(
        self, name: str, words: str, *, document: UUID | None = None, **carried: object
    ) -> UUID:
        """Code some words; the coding is known by its words from now on."""
        document = document or self.talk
        known = {row.name: row.id for row in self.project.codes.all()}
        key = known.get(name) or self.project.codes.add(name)
        span = span_of(self.project, document, words)
        self.made[words] = self.project.codings.apply(document, span, key, **carried)  # type: ignore[arg-type]  # passed on
        return key

    def find(self, *blocks: Block, **asked: object) -> Retrieval:
        return self.project.retrieval.find(Query(blocks, **asked))  # type: ignore[arg-type]  # passed on

    def words(self, result: Retrieval) -> list[str]:
        names = {key: words for words, key in self.made.items()}
        return [names[one.coding.id] for one in result.found]

    def filtered(self, **filters: object) -> set[str]:
        return set(self.words(self.find(filters=Filters(**filters))))  # type: ignore[arg-type]  # passed on

    def person(self, label: str) -> UUID:
        return next(row.id for row in self.project.participants.all() if row.label == label)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, talk = study(tmp_path / "study.ikt")
    other = add_talk(project, SECOND, "Second", ("P03",))
    yield Desk(project, talk, other)
    project.close()


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """Six codings by one coder: five in the first talk, one in the second."""
    desk.code("Contact", "phoned me", valence=Valence.FACILITATOR, strength=2)
    desk.code("Contact", "went through the slides", memo="Twice, she says")
    desk.code("Time", "always at two", valence=Valence.BARRIER, flags={Flag.STAR})
    desk.code("Asking", "what got in the way", origin=Origin.SEARCH)
    desk.code("Time", "Nobody had explained", flags={Flag.UNSURE, Flag.STAR})
    desk.code("Pay", "nobody was paid", document=desk.other, valence=Valence.BARRIER)
    return desk


ALL = {
    "phoned me",
    "went through the slides",
    "always at two",
    "what got in the way",
    "Nobody had explained",
    "nobody was paid",
}
ANSWERS = ALL - {"what got in the way"}


def term(project: Project, name: str, *, below: bool = True) -> Term:
    return Term(TermKind.CODE, project.codes.find(name).id, below)
