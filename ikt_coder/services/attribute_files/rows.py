"""What importing a file of attributes would do, and what was chosen for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.cells import CellTable
from ikt_coder.services.attribute_files.written import DayOrder, Decimal

_SAID: Final = 20  # faults that a sentence lists


class Missing(StrEnum):
    """What becomes of rows whose person, document or study the project lacks."""

    SKIP = "skip"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person chose; columns count from 0. ``names`` is the column of the names,
    ``skipped`` are columns left aside, ``kinds`` those of new attributes; ``days`` and
    ``decimals`` say how a column writes them where that can be two things; ``add_choices``:
    what no choice of an attribute fits becomes a new one."""

    names: int = 0
    skipped: frozenset[int] = frozenset()
    kinds: Mapping[int, AttributeKind] = field(default_factory=dict)
    days: Mapping[int, DayOrder] = field(default_factory=dict)
    decimals: Mapping[int, Decimal] = field(default_factory=dict)
    missing: Missing = Missing.SKIP
    add_choices: bool = False


class ColumnUse(StrEnum):
    NAMES = "names"
    KNOWN = "known"  # an attribute of the project
    NEW = "new"
    SKIPPED = "skipped"
    EMPTY = "empty"  # without a name and without values


@frozen
class NearKind:
    """What a column was nearly taken for: all filled cells fit ``kind`` but the odd ones, each
    with its row as a spreadsheet counts; ``fitting`` counts those that fit."""

    kind: AttributeKind
    fitting: int
    odd: tuple[tuple[int, str], ...]


@frozen
class PlannedColumn:
    """What becomes of a column. ``choices`` are all that will be offered, ``added`` those of
    them that are not yet; ``filled`` cells say something. ``days`` and ``decimal`` are how its
    cells are read. ``near`` is set where a guess took the column for something else because of
    a few odd cells."""

    at: int
    name: str
    use: ColumnUse
    kind: AttributeKind = AttributeKind.TEXT
    attribute: UUID | None = None
    choices: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    filled: int = 0
    days: DayOrder | None = None
    decimal: Decimal | None = None
    near: NearKind | None = None

    @property
    def letter(self) -> str:
        return column_letter(self.at)


class Asked(StrEnum):
    DAYS = "days"
    DECIMAL = "decimal"


@frozen
class Question:
    """What the file does not tell and nobody may guess: how a column writes its days or
    numbers. ``example`` is a cell that can be two things."""

    asked: Asked
    column: int
    name: str
    example: str


@frozen
class FileFault:
    """A cell that cannot be imported; ``row`` as a spreadsheet counts (0: the whole file),
    ``column`` from 0 (-1: the whole row)."""

    row: int
    column: int
    text: str
    what: str

    @property
    def place(self) -> str:
        """ "Row 3, column B" """
        parts = [f"row {self.row}"] if self.row else []
        parts += [f"column {column_letter(self.column)}"] if self.column >= 0 else []
        place = ", ".join(parts)
        return place[:1].upper() + place[1:]

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


@frozen
class AttributePlan:
    """What importing would do; nothing is written. ``values`` holds, by row and column of the
    table, what would be kept; ``owners`` whose each row is, where the project knows them;
    ``created_rows`` the names
    that would be made, by row, and ``unknown`` those left aside; ``absent`` those
    of the project that the file does not name. ``new``, ``changed`` and ``same`` count cells."""

    subject: Subject
    table: CellTable
    choices: ImportChoices
    columns: tuple[PlannedColumn, ...]
    faults: tuple[FileFault, ...]
    questions: tuple[Question, ...]
    notices: tuple[str, ...]
    values: Mapping[tuple[int, int], str]
    owners: Mapping[int, UUID]
    created_rows: Mapping[int, str]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    new: int
    changed: int
    same: int

    @property
    def created(self) -> tuple[str, ...]:
        """The names that would be made."""
        return tuple(self.created_rows.values())

    @property
    def ready(self) -> bool:
        """Whether it can be imported as it is."""
        return not self.faults and not self.questions and self.something

    @property
    def something(self) -> bool:
        """Whether it would change anything."""
        return bool(self.values or self.created) or any(
            column.use is ColumnUse.NEW or column.added for column in self.columns
        )

    def column(self, at: int) -> PlannedColumn:
        return self.columns[at]


class UnfitAttributes(UserError):
    """A file of attributes cannot be imported as it is; nothing was imported."""

    def __init__(self, plan: AttributePlan) -> None:
        said = [str(fault) for fault in plan.faults[:_SAID]]
        said += [
            f"Column {column_letter(one.column)}, “{one.name}”: “{one.example}” can be two "
            f"{'days' if one.asked is Asked.DAYS else 'numbers'}; say how it is written."
            for one in plan.questions
        ]
        more = len(plan.faults) - _SAID
        super().__init__(
            f"“{plan.table.name}” was not imported. " + " ".join(said),
            f"And {more} more." if more > 0 else "",
        )
        self.plan = plan


def column_letter(at: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
