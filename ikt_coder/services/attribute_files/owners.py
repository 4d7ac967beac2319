"""Whose each row of a file is: participants, documents or studies by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import Subject
from ikt_coder.services.attribute_files.cells import CellTable, Failed
from ikt_coder.services.attribute_files.rows import FileFault, Missing
from ikt_coder.services.attribute_grid import owners_of
from ikt_coder.services.attribute_values import folded
from ikt_coder.services.base import named

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_LONGEST: Final = {Subject.PARTICIPANT: 120, Subject.DOCUMENT: 300, Subject.STUDY: 300}


class Owners:
    """``known`` says whose a row of the table is, ``created`` what would be made for a row;
    ``left_aside`` rows have neither; ``skipped`` ones of them since nobody of the name is in the
    project."""

    def __init__(self, project: Project, subject: Subject, missing: Missing) -> None:
        self._subject = subject
        self._missing = missing
        self._there = owners_of(project, subject)
        self.known: dict[int, UUID] = {}
        self.created: dict[int, str] = {}
        self.unknown: list[str] = []
        self.left_aside: set[int] = set()
        self.skipped: set[int] = set()
        self.faults: list[FileFault] = []

    def read(self, table: CellTable, column: int) -> None:
        """Look at the names of a table."""
        by_name: dict[str, list[UUID]] = {}
        for owner in self._there:
            by_name.setdefault(folded(owner.name), []).append(owner.id)
        first: dict[str, int] = {}
        for at, row in enumerate(table.rows):
            name, number = row[column], table.numbers[at]
            fold = folded(name)
            fault = ""
            if not fold:
                fault = f"there is no name of {self._a}."
            elif isinstance(name, Failed):
                fault = f"“{name}” is no name of {self._a}."
            elif fold in first:
                fault = f"“{name.strip()}” stands in row {first[fold]} already."
            elif len(by_name.get(fold, ())) > 1:
                fault = f"the project has several {self._subject.plural} called “{name.strip()}”."
            first.setdefault(fold, number)
            if fault:
                self.faults.append(FileFault(number, column, str(name), fault))
                self.left_aside.add(at)
            elif fold in by_name:
                self.known[at] = by_name[fold][0]
            else:
                self._lacking(at, name, number, column)

    @property
    def _a(self) -> str:
        return f"a {self._subject.value}"

    def _lacking(self, at: int, name: str, number: int, column: int) -> None:
        if self._missing is Missing.SKIP or self._subject is Subject.DOCUMENT:
            self.unknown.append(" ".join(name.split()))
            self.left_aside.add(at)
            self.skipped.add(at)
            return
        try:
            self.created[at] = named(name, self._subject.value, _LONGEST[self._subject])
        except UserError as error:
            self.faults.append(FileFault(number, column, name, error.what))
            self.left_aside.add(at)

    def absent(self) -> tuple[str, ...]:
        """Those of the project that the file does not name."""
        named_ones = set(self.known.values())
        return tuple(owner.name for owner in self._there if owner.id not in named_ones)
