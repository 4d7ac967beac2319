"""Rows that leave the recommendation service."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Valence

YES, PARTLY, NO = 3, 2, 1
"""What a criterion can be rated; None: looked at and unsure."""


@frozen
class SubjectRow:
    """A code or a theme with codings in one direction: what a recommendation answers to.
    ``codings`` are of the analysis layer, those of what is below it too."""

    code: UUID | None
    theme: UUID | None
    name: str
    codings: tuple[UUID, ...]
    participants: int
    passages: int

    @property
    def key(self) -> UUID:
        found = self.code or self.theme
        assert found is not None  # one of both is always there
        return found


@frozen
class ComponentStep:
    """A component the passages of a subject lead to; ``n`` participants, of whom ``derived``
    by crosswalk alone. One that is ``undecided`` leads no further."""

    key: str
    name: str
    n: int
    derived: int
    codings: tuple[UUID, ...]
    undecided: bool


@frozen
class SolutionStep:
    """An intervention function or policy category, and what it answers to: ``after`` names
    the keys one step before."""

    key: str
    name: str
    definition: str
    after: tuple[str, ...]


@frozen
class Path:
    """From a subject to policy categories. ``sources`` gives the publication of each step with
    its reference, ``followed`` in short ("Cane et al., 2012")."""

    subject: SubjectRow
    valence: Valence
    components: tuple[ComponentStep, ...]
    functions: tuple[SolutionStep, ...]
    policies: tuple[SolutionStep, ...]
    sources: tuple[str, ...]
    followed: tuple[str, ...]


@frozen
class Solution:
    """A node people can choose: a function, a policy category, a strategy, a group of
    techniques. ``heading`` is the name of the node above it."""

    framework: str
    key: str
    name: str
    heading: str
    definition: str
    applicable: bool


@frozen
class SolutionFramework:
    key: str
    name: str
    short: str
    solutions: tuple[Solution, ...]


@frozen
class Criterion:
    """One criterion a recommendation is rated by."""

    key: str
    name: str
    definition: str


@frozen
class RatingRow:
    criterion: str
    coder: UUID
    coder_initials: str
    value: int | None
    note: str


@frozen
class RatingSummary:
    """How the coders rated one criterion."""

    criterion: Criterion
    yes: int
    partly: int
    no: int
    unsure: int

    @property
    def rated(self) -> int:
        return self.yes + self.partly + self.no + self.unsure


@frozen
class RecommendationRow:
    """What to do: a node of a framework of solutions, or words of the project's own."""

    id: UUID
    framework: str | None
    framework_name: str
    node_key: str | None
    name: str
    text: str
    component: str | None
    component_name: str
    code: UUID | None
    theme: UUID | None
    subject: str
    note: str
    coder: UUID | None
    coder_initials: str
    created: datetime
    ratings: tuple[RatingRow, ...]

    def rating(self, criterion: str, coder: UUID | None) -> RatingRow | None:
        return next(
            (one for one in self.ratings if one.criterion == criterion and one.coder == coder),
            None,
        )
