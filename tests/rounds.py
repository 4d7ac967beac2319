"""Small studies of several coders, with rounds, for tests of every part that needs them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from ikt_coder.services.round_rows import RoundPlan
from tests.studies import TALK, add_talk

NAMES = (
    *("Amara Okafor", "Beni Kask", "Chloe Roy", "Dag Berg", "Eva Lind", "Farid Haddad"),
    *("Gro Dahl", "Hana Sato", "Ilse Vos", "Jun Park", "Kofi Mensah", "Lea Simon"),
)
CODES = ("Clear role", "Time and place", "Trust")


class Team:
    """A project with ``coders``, ``documents`` and ``codes``; the first coder sits there."""

    def __init__(self, path: Path, coders: int = 2, documents: int = 2) -> None:
        self.project = Project.create(path, "Study")
        self.coders = [self.project.coders.add(name) for name in NAMES[:coders]]
        self.project.coders.switch(self.coders[0])
        self.documents = [
            add_talk(self.project, TALK, f"Talk {number + 1}") for number in range(documents)
        ]
        self.codes = [self.project.codes.add(name) for name in CODES]

    def close(self) -> None:
        self.project.close()

    def plan(self, mode: RoundMode = RoundMode.BLIND, **options: Any) -> RoundPlan:
        return RoundPlan(
            name=options.pop("name", "Round 1"),
            mode=mode,
            coders=options.pop("coders", tuple(self.coders)),
            **options,
        )

    def round(self, mode: RoundMode = RoundMode.BLIND, **options: Any) -> UUID:
        """Set up a round of all coders over all documents, except as ``options`` say."""
        return self.project.rounds.set_up(self.plan(mode, **options))

    def sit(self, coder: int) -> UUID:
        """Let a coder sit down."""
        self.project.coders.switch(self.coders[coder])
        return self.coders[coder]

    def code(
        self,
        coder: int,
        document: int,
        code: int,
        words: str,
        valence: Valence | None = None,
    ) -> UUID:
        """Let a coder code some words of a document."""
        self.sit(coder)
        key = self.documents[document]
        start = self.project.texts.get(key).index(words)
        span = Span(start, start + len(words))
        return self.project.codings.apply(key, span, self.codes[code], valence=valence)

    def finish(self, round_: UUID, coders: Iterable[int] | None = None) -> None:
        """Let coders finish everything of theirs."""
        for coder in range(len(self.coders)) if coders is None else coders:
            key = self.sit(coder)
            self.project.rounds.finish(
                round_,
                [
                    row.document
                    for row in self.project.rounds.assignments(round_)
                    if row.coder == key
                ],
            )

    def differ(self, document: int = 0) -> None:
        """The first two coders code a document: alike, with other edges, with another code,
        and each once alone."""
        self.code(0, document, 0, "She phoned me before the third meeting.")
        self.code(0, document, 0, "went through the slides")
        self.code(0, document, 1, "what a partner does")
        self.code(0, document, 2, "I came late")
        self.code(1, document, 0, "She phoned me before the third meeting.")
        self.code(1, document, 0, "She went through the slides with me.")
        self.code(1, document, 2, "what a partner does")
        self.code(1, document, 1, "the meetings were always at two")


def blind_team(path: Path, coders: int = 2, documents: int = 2) -> tuple[Team, UUID]:
    """A team that has coded a blind round of all documents, with differences in the first;
    everybody has finished, and nothing is unsealed."""
    team = Team(path, coders, documents)
    round_ = team.round()
    team.differ()
    team.finish(round_)
    team.sit(0)
    return team, round_
