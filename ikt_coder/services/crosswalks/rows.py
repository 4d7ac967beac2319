"""Rows that leave the crosswalk service."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Valence
from ikt_coder.services.rows import CodeRow, CodingRow


@frozen
class SourceRow:
    """A publication that a crosswalk can follow. ``checked`` says how far its links were."""

    key: str
    name: str
    short: str  # "Cane et al., 2012"
    reference: str
    default: bool
    links: int
    checked: str


@frozen
class CrosswalkRow:
    """A published crosswalk that starts in a framework of the project. ``followed`` is the key
    of the source that is followed, empty where the crosswalk is not used."""

    key: str
    name: str
    start: str  # framework keys
    target: str
    start_name: str
    target_name: str
    sources: tuple[SourceRow, ...]
    followed: str

    @property
    def source(self) -> SourceRow | None:
        return next((one for one in self.sources if one.key == self.followed), None)


@frozen
class Target:
    """A node that codes can lead to: of a framework that is a codebook, or a level. ``key`` is
    what a coding's choice stores: the node's key, or the id of a code that has none."""

    key: str
    name: str
    framework: str
    code: UUID | None = None
    level: UUID | None = None


@frozen
class TargetGroup:
    """A framework that something in the project leads to."""

    key: str
    name: str
    short: str


@frozen
class CodeLinkRow:
    """A link somebody drew from a code to a node or level of a framework."""

    id: UUID
    code: UUID
    code_name: str
    target: Target
    target_framework_name: str
    note: str
    coder: UUID | None
    coder_initials: str
    created: datetime


@frozen
class UndecidedRow:
    """A coding that leads to several targets and waits for a choice. ``chooser`` is false
    where the coding is another coder's, who alone may choose."""

    coding: CodingRow
    document_title: str
    code: CodeRow
    candidates: tuple[Target, ...]
    participants: tuple[str, ...]
    chooser: bool

    @property
    def valence(self) -> Valence | None:
        return self.coding.valence


@frozen
class Count:
    """Codings with what they come to: participants, passages (united where they touch or
    overlap) and references (codings; one that repeats a direct coding is left out)."""

    codings: tuple[UUID, ...] = ()
    participants: int = 0
    passages: int = 0
    references: int = 0


@frozen
class ReachedBy:
    """The codings by which one code reaches a target; ``derived`` false: the code is the
    target itself (or the codings carry the level)."""

    code: CodeRow | None
    count: Count
    derived: bool


@frozen
class ReachedTarget:
    """One target with all that counts for it, each coding, passage and participant once.
    ``waiting`` are codings that may come to it: undecided, so not among ``total``."""

    target: Target
    total: Count
    ways: tuple[ReachedBy, ...]
    waiting: Count


@frozen
class CrosswalkCount:
    """What the codings of the analysis layer lead to in one framework.

    ``undecided`` counts each waiting coding once; ``unlinked`` those of a framework whose
    crosswalk leads nowhere from their node; ``total`` everything, once.
    """

    group: TargetGroup
    targets: tuple[ReachedTarget, ...]
    undecided: Count
    undecided_by_code: tuple[tuple[CodeRow, tuple[Target, ...], Count], ...]
    unlinked: Count
    total: Count
