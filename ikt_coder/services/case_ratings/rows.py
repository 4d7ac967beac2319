"""What leaves the ratings service: ratings, cells and the grid."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.frozen import frozen
from ikt_coder.services.cases import Case
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.rows import CodingRow

LOWEST, HIGHEST = -2, 2
_SIGNS = {-2: "−2", -1: "−1", 0: "0", 1: "+1", 2: "+2"}


@frozen
class Rated:
    """A point of the scale: ``value`` −2 to +2; ``mixed`` goes with 0; ``value`` None is
    Missing: somebody looked, and there is nothing to rate."""

    value: int | None
    mixed: bool = False

    @property
    def missing(self) -> bool:
        return self.value is None

    @property
    def sign(self) -> str:
        """As tables print it: −2, 0, ± for mixed, M for Missing."""
        if self.value is None:
            return "M"
        return "±" if self.mixed else _SIGNS[self.value]

    @property
    def words(self) -> str:
        if self.value is None:
            return "Missing"
        return "0, mixed" if self.mixed else _SIGNS[self.value]


@frozen
class RatingRow:
    """A rating that was given: by ``coder``, or agreed on by the raters (``coder`` None)."""

    case: CaseRef
    code: UUID
    coder: UUID | None
    initials: str
    rated: Rated
    rationale: str
    changed: datetime


@frozen
class Hint:
    """What the directions of the codings suggest by the rule of ``hints``; never stored.
    ``why`` says which codings it follows from."""

    rated: Rated
    why: str


@frozen
class RatingCell:
    """A construct in a case: each rater's rating, the agreed one, and the codings of the
    analysis layer behind it, in text order."""

    ratings: tuple[RatingRow, ...] = ()
    agreed: RatingRow | None = None
    codings: tuple[CodingRow, ...] = ()
    passages: int = 0
    hint: Hint | None = None

    @property
    def differ(self) -> bool:
        """Whether raters gave different ratings."""
        return len({row.rated for row in self.ratings}) > 1

    @property
    def distance(self) -> int | None:
        """How far apart on the scale the raters are; None where one of two said Missing."""
        values = [row.rated.value for row in self.ratings]
        known = [value for value in values if value is not None]
        if not values or len(known) < len(values):
            return None if self.differ else 0
        return max(known) - min(known)

    @property
    def counts(self) -> Rated | None:
        """The rating that counts: the agreed one, else what all raters gave; None where nobody
        rated or where they differ and nothing is agreed."""
        if self.agreed is not None:
            return self.agreed.rated
        if not self.ratings or self.differ:
            return None
        return self.ratings[0].rated

    @property
    def undecided(self) -> bool:
        """Whether raters differ and nothing is agreed."""
        return self.agreed is None and self.differ

    def of(self, coder: UUID | None) -> RatingRow | None:
        """A rater's rating; the agreed one for None."""
        if coder is None:
            return self.agreed
        return next((row for row in self.ratings if row.coder == coder), None)


EMPTY = RatingCell()


@frozen
class Construct:
    """A code as a row of the grid; ``depth`` below others of the grid."""

    code: UUID
    name: str
    path: tuple[str, ...]
    definition: str
    depth: int


@frozen
class Rater:
    coder: UUID
    name: str
    initials: str


@frozen
class RatingGrid:
    """Constructs by cases. ``cells`` holds those where something was rated or coded."""

    kind: CaseKind
    constructs: tuple[Construct, ...]
    cases: tuple[Case, ...]
    cells: dict[tuple[CaseRef, UUID], RatingCell]
    raters: tuple[Rater, ...]
    info: LayerInfo

    def cell(self, case: CaseRef, code: UUID) -> RatingCell:
        return self.cells.get((case, code), EMPTY)

    @property
    def rated(self) -> int:
        """Cells in which somebody rated."""
        return sum(bool(cell.ratings or cell.agreed) for cell in self.cells.values())

    @property
    def undecided(self) -> int:
        return sum(cell.undecided for cell in self.cells.values())
