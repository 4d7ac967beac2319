"""What a codebook in a file would do to the one of the project."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen

CodePath = tuple[str, ...]


class What(StrEnum):
    """What a row would do."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"  # and perhaps changed
    UNTOUCHED = "untouched"


@frozen
class FieldChange:
    """A field that would read otherwise: ``field`` is name, definition, include, exclude,
    example, colour, source_wording or source_page."""

    field: str
    before: str
    after: str


@frozen
class PlannedCode:
    """A row of the file. ``path`` is where the code would be, ``was_at`` where it is now (empty
    for a new one); ``code`` is None for a new one."""

    row: int
    what: What
    path: CodePath
    code: UUID | None = None
    was_at: CodePath = ()
    changes: tuple[FieldChange, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether taking the row in would change anything."""
        return self.what is not What.UNTOUCHED


@frozen
class RowFault:
    """A row that cannot be taken; the heading is row 1."""

    row: int
    what: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.what}"


@frozen
class CodebookPlan:
    """What a file would do. Codes of the project that it does not name stay as they are.

    ``read_as`` says for each column that was understood as what; ``unknown`` columns were not,
    ``ignored`` ones hold nothing that a codebook takes (counts, dates, authors).
    """

    name: str
    codes: tuple[PlannedCode, ...]
    faults: tuple[RowFault, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, what: What) -> tuple[PlannedCode, ...]:
        """The rows that would do this."""
        return tuple(code for code in self.codes if code.what is what)

    @property
    def acting(self) -> tuple[PlannedCode, ...]:
        """The rows that would change something."""
        return tuple(code for code in self.codes if code.acts)

    def told(self) -> Iterator[str]:
        """The plan in plain sentences."""
        for code in self.acting:
            yield f"{code.what.value}: {' › '.join(code.path)}" + (
                f" (now {' › '.join(code.was_at)})" if code.what is What.MOVED else ""
            )
            for change in code.changes if code.code is not None else ():
                yield f"  {change.field}: “{change.before}” → “{change.after}”"
