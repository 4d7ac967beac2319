"""What leaves the service of framework matrices."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.frozen import frozen
from ikt_coder.services.cases import Case
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.rows import CodingRow


@frozen
class Topic:
    """What a column is about: a code (with its sub-codes) or a theme (with its sub-themes)."""

    code: UUID | None = None
    theme: UUID | None = None


@frozen
class ColumnRow:
    """A column; ``name`` and ``definition`` are those of its code or theme."""

    id: UUID
    topic: Topic
    name: str
    definition: str
    position: int


@frozen
class MatrixRow:
    """A matrix; ``written`` counts its cells with a text, whatever their case."""

    id: UUID
    name: str
    kind: CaseKind
    note: str
    position: int
    columns: tuple[ColumnRow, ...]
    written: int
    created: datetime


@frozen
class CellRow:
    """A cell: what was written, the passages of the analysis layer under it in text order
    (``codings``; ``passages`` is their number after joining), and those a person pointed out
    (``linked``; some may be of no layer that counts)."""

    text: str = ""
    done: bool = False
    coder: UUID | None = None
    initials: str = ""
    changed: datetime | None = None
    linked: tuple[UUID, ...] = ()
    codings: tuple[CodingRow, ...] = ()
    passages: int = 0

    @property
    def written(self) -> bool:
        return bool(self.text)


NOTHING = CellRow()


@frozen
class Progress:
    """How far a matrix is: ``of`` cells have passages, ``written`` of these a summary, ``done``
    of these are finished; ``without`` more were written where there are no passages."""

    of: int
    written: int
    done: int
    without: int


@frozen
class MatrixGrid:
    """A matrix with its cells; those that are neither written nor have passages are left out
    of ``cells``."""

    matrix: MatrixRow
    cases: tuple[Case, ...]
    cells: dict[tuple[CaseRef, UUID], CellRow]
    info: LayerInfo

    def cell(self, case: CaseRef, column: UUID) -> CellRow:
        return self.cells.get((case, column), NOTHING)

    @property
    def progress(self) -> Progress:
        with_passages = [cell for cell in self.cells.values() if cell.passages]
        return Progress(
            len(with_passages),
            sum(cell.written for cell in with_passages),
            sum(cell.written and cell.done for cell in with_passages),
            sum(cell.written and not cell.passages for cell in self.cells.values()),
        )
