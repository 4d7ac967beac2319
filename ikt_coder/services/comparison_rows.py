"""The frozen rows of comparing coders: what was counted in what, over what, and what came out.

Positions are code points, half-open.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ikt_coder.agreement.bootstrap import Interval
from ikt_coder.agreement.counts import Counts
from ikt_coder.agreement.overall import Overall
from ikt_coder.agreement.per_code import CodeAgreement
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Projection, Scope, Unit
from ikt_coder.core.span import Span
from ikt_coder.services.round_rows import RoundRow


class NothingToCompare(NotAllowed):
    """Fewer than two coders have coded: there is no agreement yet, nor any reason against it."""


@frozen
class Setting:
    """What agreement is counted in. ``unit_size`` is the length of fixed segments;
    ``roll_up``: a code counts where any code below it is coded."""

    unit: Unit = Unit.CHARACTERS
    unit_size: int | None = None
    rule: Projection = Projection.ANY
    scope: Scope = Scope.WHOLE
    roll_up: bool = False

    @property
    def written(self) -> str:
        """The unit as the command line writes it."""
        return f"fixed:{self.unit_size}" if self.unit is Unit.FIXED else self.unit.value

    @property
    def projected(self) -> bool:
        """Whether the rule matters: characters and documents need none."""
        return self.unit not in (Unit.CHARACTERS, Unit.DOCUMENTS)


@frozen
class Asked:
    """What was compared, so that it can be looked up again. ``coders`` None: everybody who
    coded; ``documents`` and ``codes`` None: all."""

    round: UUID | None
    coders: tuple[UUID, ...] | None
    setting: Setting
    documents: frozenset[UUID] | None = None
    codes: frozenset[UUID] | None = None


class WhyLeftOut(StrEnum):
    """Why a document enters no figure."""

    ONE_CODER = "one_coder"  # assigned to one of the coders only
    NOT_FINISHED = "not_finished"  # fewer than two of its coders have finished
    NOT_CODED_BY_ALL = "not_coded_by_all"  # from no round: one of the coders coded nothing in it
    SEALED = "sealed"
    EMPTY = "empty"  # it has no text in scope
    UNMATCHED = "unmatched"  # the text cannot be told any more, so that this unit is not known


class WhyCodeLeftOut(StrEnum):
    """Why a code enters no figure."""

    NEW = "new"  # made during the round: not there for every coder
    OUT_OF_SCOPE = "out_of_scope"  # not among the codes of the round


@frozen
class ComparedCoder:
    """A coder that is compared, in the order of the figures."""

    id: UUID
    name: str
    initials: str


@frozen
class ComparedDocument:
    """A document that enters the figures: its units in scope, who finished it, and whether
    somebody reopened it after the comparison (the figures are of what was frozen before)."""

    id: UUID
    title: str
    units: int
    coders: tuple[UUID, ...]
    reopened: bool = False


@frozen
class LeftOut:
    """A document that enters no figure; ``coders`` are those who did finish or code it."""

    document: UUID
    title: str
    why: WhyLeftOut
    coders: tuple[UUID, ...] = ()


@frozen
class LeftOutCode:
    """A code that was used and enters no figure; ``coders`` are those who used it."""

    code: UUID
    path: tuple[str, ...]
    why: WhyCodeLeftOut
    coders: tuple[UUID, ...]


@frozen
class CodeLine:
    """A code and its figures. ``place`` is its number in the counts; ``merged_into`` the code
    it was merged into after the coding was frozen."""

    code: UUID
    place: int
    path: tuple[str, ...]
    label: str
    depth: int
    figures: CodeAgreement
    interval: Interval | None = None
    merged_into: str = ""

    @property
    def used(self) -> bool:
        """Whether any of the coders applied it."""
        return bool(self.figures.used_by)


@frozen
class Agreement:
    """What coders agree on: ``round`` None is the codings as they stand, from no round.

    ``locked`` says whether unit, rule and scope are those that the round was set up with,
    ``coefficient`` which one is reported first. ``counts`` are what every figure follows
    from; codes, coders and documents are numbered there as they stand here (documents as in
    ``places``). ``snapshots`` are the digests of the frozen codings, ``formulas`` the version
    of the definitions.
    """

    asked: Asked
    round: RoundRow | None
    setting: Setting
    locked: bool
    coefficient: str
    coders: tuple[ComparedCoder, ...]
    documents: tuple[ComparedDocument, ...]
    left_out: tuple[LeftOut, ...]
    codes: tuple[CodeLine, ...]
    left_out_codes: tuple[LeftOutCode, ...]
    overall: Overall
    pooled_interval: Interval | None
    intervals: bool  # whether intervals were computed
    counts: Counts
    places: tuple[UUID, ...]
    snapshots: tuple[str, ...]
    formulas: str
    at: datetime

    @property
    def units(self) -> int:
        """All units that two of the coders judged."""
        return sum(document.units for document in self.documents)

    @property
    def used(self) -> tuple[CodeLine, ...]:
        """The codes that anybody applied."""
        return tuple(line for line in self.codes if line.used)

    def line(self, code: UUID) -> CodeLine:
        """The row of a code. Raises KeyError."""
        for line in self.codes:
            if line.code == code:
                return line
        raise KeyError(code)

    def coder(self, key: UUID) -> ComparedCoder:
        """Raises KeyError."""
        for coder in self.coders:
            if coder.id == key:
                return coder
        raise KeyError(key)


class Pattern(StrEnum):
    """Which cell of a code's counts: all coders, one of them, several, none."""

    BOTH = "both"
    ONLY = "only"
    SOME = "some"
    NEITHER = "neither"


@frozen
class Stretch:
    """A stretch of units with one pattern, for one code in one document. ``span`` is where it
    stands in the present text, ``counted`` where it stood when it was counted; ``coders``
    applied the code there, ``judges`` are all who finished the document."""

    document: UUID
    title: str
    code: UUID
    span: Span
    counted: Span
    units: int
    coders: frozenset[UUID]
    judges: frozenset[UUID]


@frozen
class TrendPoint:
    """One round's figures for the trend: pooled kappa and the locked coefficient by code."""

    round: RoundRow
    coders: int
    documents: int
    pooled: float | None
    codes: dict[UUID, float | None]
