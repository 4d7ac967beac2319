"""What the figures of the Agreement page open: each figure names what stands behind it."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.services.comparison_rows import Pattern


@frozen
class Passages:
    """The stretches of a cell; ``coder`` and ``document`` narrow it."""

    code: UUID
    pattern: Pattern
    coder: UUID | None = None
    document: UUID | None = None


@frozen
class Coded:
    """The passages of a code, by all coders or one, in all documents or one."""

    code: UUID
    coder: UUID | None = None
    document: UUID | None = None


@frozen
class Judged:
    """Every stretch that a coefficient of a code follows from, in all documents or one."""

    code: UUID
    document: UUID | None = None


@frozen
class Units:
    """The units of a document."""

    document: UUID


@frozen
class OfCode:
    """The documents one by one, for a code (in place of the table)."""

    code: UUID


@frozen
class OfDocument:
    """Both coders' texts of a document."""

    document: UUID


@frozen
class OfPair:
    """The agreement of two coders alone (in place of the table)."""

    coders: tuple[UUID, UUID]


@frozen
class Shared:
    """Passages that are known already, such as those of one direction."""

    spans: tuple[tuple[UUID, int, int], ...]
    title: str


@frozen
class Together:
    """Where the first coder used ``code`` and the second ``other`` (None: nothing)."""

    code: UUID
    other: UUID | None


@frozen
class Items:
    """The items of a class that two coders' segments make."""

    kind: DifferenceKind
    first: UUID
    second: UUID


@frozen
class Segments:
    """One coder's segments of a code, as they are judged with their edges."""

    code: UUID
    coder: UUID


@frozen
class Meetings:
    """All coders' segments of a code: which lie together and which alone."""

    code: UUID


@frozen
class Documents:
    """The documents that were counted, with units and coefficient, for a code or over all."""

    code: UUID | None = None


@frozen
class Codes:
    """Some codes with their coefficient; ``title`` says which."""

    codes: tuple[UUID, ...]
    title: str


@frozen
class CodesIn:
    """The codes that anybody used in a document, with what was coded there."""

    document: UUID


@frozen
class LeftOut:
    """What enters no figure, and why."""


@frozen
class Pairs:
    """The pairs of coders with their figures."""


@frozen
class InRound:
    """The same of another round: a figure of the trend."""

    round: UUID
    of: Documents | Judged | CodesIn | Units | Coded | Passages | OfDocument
