"""Holding a file of attributes against the project: what would be kept, and every fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import new_id
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.cells import CellTable, Day, Failed, Truth
from ikt_coder.services.attribute_files.guessing import choices_in, guess_kind, nearly_kind
from ikt_coder.services.attribute_files.owners import Owners
from ikt_coder.services.attribute_files.rows import (
    AttributePlan,
    ColumnUse,
    FileFault,
    ImportChoices,
    NearKind,
    PlannedColumn,
    Question,
)
from ikt_coder.services.attribute_files.styles import Style, style_of
from ikt_coder.services.attribute_files.written import (
    DayOrder,
    Decimal,
    day_of,
    has_short_year,
    number_of,
)
from ikt_coder.services.attribute_values import (
    AttributeRow,
    folded,
    stored_value,
    unoffered,
)
from ikt_coder.services.base import named

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

WITH_CHOICES: Final = (AttributeKind.CHOICE, AttributeKind.CHOICES)
_TRUTHS = {"TRUE": ("true", "yes"), "FALSE": ("false", "no")}


def plan_file(
    project: Project, table: CellTable, subject: Subject, choices: ImportChoices
) -> AttributePlan:
    """See what importing would do. Nothing is written."""
    return _Planner(project, table, subject, choices).plan()


@dataclass(slots=True)
class _Planner:
    project: Project
    table: CellTable
    subject: Subject
    choices: ImportChoices
    faults: list[FileFault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    values: dict[tuple[int, int], str] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    same: int = 0

    def plan(self) -> AttributePlan:
        table, choices = self.table, self.choices
        self.notices += table.notices
        names = choices.names if 0 <= choices.names < len(table.heading) else 0
        choices = self.choices = replace(choices, names=names)
        owners = Owners(self.project, self.subject, choices.missing)
        owners.read(table, names)
        self.faults += owners.faults
        stored = self.project.attributes.stored(self.subject)
        columns = self._columns()
        rows = {row.id: row for row in self.project.attributes.all(self.subject)}
        planned = tuple(
            self._column(column, rows, owners, stored)
            if column.use in (ColumnUse.KNOWN, ColumnUse.NEW)
            else column
            for column in columns
        )
        if not any(column.use in (ColumnUse.KNOWN, ColumnUse.NEW) for column in planned):
            self._fault(0, -1, "", "no column but that of the names is left to import.")
        if not table.rows:
            self._fault(0, -1, "", "there is no row below the names of the columns.")
        self.faults.sort(key=lambda fault: (fault.row, fault.column))
        return AttributePlan(
            subject=self.subject,
            table=table,
            choices=choices,
            columns=planned,
            faults=tuple(self.faults),
            questions=tuple(self.questions),
            notices=tuple(self.notices),
            values=self.values,
            owners=owners.known,
            created_rows=owners.created,
            unknown=tuple(owners.unknown),
            absent=owners.absent(),
            new=self.new,
            changed=self.changed,
            same=self.same,
        )

    def _fault(self, row: int, column: int, text: str, what: str) -> None:
        self.faults.append(FileFault(row, column, text, what))

    # -- columns ----------------------------------------------------------------------------

    def _columns(self) -> list[PlannedColumn]:
        known = {folded(row.name): row for row in self.project.attributes.all(self.subject)}
        taken: dict[str, int] = {}
        made = []
        for at, heading in enumerate(self.table.heading):
            name = " ".join(heading.split())
            if at == self.choices.names:
                made.append(PlannedColumn(at, name, ColumnUse.NAMES))
                continue
            cells = [row[at] for row in self.table.rows]
            filled = sum(bool(cell.strip()) for cell in cells)
            column = PlannedColumn(at, name, ColumnUse.SKIPPED, filled=filled)
            if at in self.choices.skipped:
                made.append(column)
            elif not name:
                made.append(replace(column, use=ColumnUse.EMPTY if not filled else column.use))
                if filled:
                    self._fault_of_heading(at, "", "this column has no name.")
            elif isinstance(heading, Failed):
                made.append(column)
                self._fault_of_heading(at, name, f"“{name}” is no name for an attribute.")
            elif folded(name) in taken:
                first = PlannedColumn(taken[folded(name)], "", ColumnUse.NEW).letter
                made.append(column)
                self._fault_of_heading(
                    at, name, f"“{name}” names column {first} already; leave one of them aside."
                )
            else:
                taken[folded(name)] = at
                made.append(self._named(column, heading, cells, known.get(folded(name))))
        return made

    def _fault_of_heading(self, at: int, text: str, what: str) -> None:
        self._fault(self.table.heading_number, at, text, what)

    def _named(
        self,
        column: PlannedColumn,
        heading: str,
        cells: Sequence[str],
        row: AttributeRow | None,
    ) -> PlannedColumn:
        if row is not None:
            return replace(
                column,
                name=row.name,
                use=ColumnUse.KNOWN,
                attribute=row.id,
                kind=row.kind,
                choices=row.choices,
            )
        try:
            name = named(heading, "attribute", 120)
        except UserError as error:
            self._fault_of_heading(column.at, heading, error.what)
            return column
        chosen = self.choices.kinds.get(column.at)
        near = self._near(cells) if chosen is None else None
        kind = chosen or guess_kind(cells)
        return replace(column, name=name, use=ColumnUse.NEW, kind=kind, near=near)

    def _near(self, cells: Sequence[str]) -> NearKind | None:
        found = nearly_kind(cells)
        if found is None:
            return None
        kind, places = found
        filled = sum(bool(cell.strip()) for cell in cells)
        odd = tuple((self.table.numbers[at], str(cells[at])) for at in places)
        return NearKind(kind, filled - len(odd), odd)

    def _column(
        self,
        column: PlannedColumn,
        rows: dict[UUID, AttributeRow],
        owners: Owners,
        stored: dict[UUID, dict[UUID, str]],
    ) -> PlannedColumn:
        cells = [row[column.at] for row in self.table.rows]
        style = style_of(column, cells, self.table, self.choices)
        self.notices += style.notices
        if style.question is not None:
            self.questions.append(style.question)
        attribute = rows.get(column.attribute) if column.attribute is not None else None
        if attribute is None:
            attribute = AttributeRow(new_id(), column.name, self.subject, column.kind, (), "")
        good = [cell for cell in cells if cell.strip() and not isinstance(cell, Failed)]
        added = self._added(column, attribute, good)
        attribute = replace(attribute, choices=(*attribute.choices, *added))
        seen: dict[tuple[type[str], str], str | UserError] = {}
        for at, cell in enumerate(cells):
            if not cell.strip() or at in owners.skipped:
                continue
            key = (type(cell), str(cell))
            if key not in seen:
                seen[key] = _kept(attribute, cell, style)
            found = seen[key]
            number = self.table.numbers[at]
            if isinstance(found, UserError):
                # Without an answer to what is asked the cell is not at fault.
                if style.question is None:
                    self._fault(number, column.at, str(cell), _plain_words(found))
                continue
            if at in owners.left_aside:
                continue
            owner = owners.known.get(at)
            now = ""
            if owner is not None and column.attribute is not None:
                now = stored.get(owner, {}).get(column.attribute, "")
            if found == now:
                self.same += 1
                continue
            if found:
                self.values[(at, column.at)] = found
                self.new += not now
                self.changed += bool(now)
        return replace(
            column, choices=attribute.choices, added=added, days=style.days, decimal=style.decimal
        )

    def _added(
        self, column: PlannedColumn, attribute: AttributeRow, cells: Sequence[str]
    ) -> tuple[str, ...]:
        """The choices that would be offered beside those there are."""
        if attribute.kind not in WITH_CHOICES:
            return ()
        if column.use is ColumnUse.KNOWN and not self.choices.add_choices:
            return ()
        plain = [_truth(attribute, cell) for cell in cells]
        if column.use is ColumnUse.NEW:
            wanted = choices_in(plain, attribute.kind is AttributeKind.CHOICES)
        else:
            wanted = unoffered(attribute, plain)
        fit = []
        for one in wanted:
            try:
                fit.append(named(one, "choice", 120))
            except UserError:
                continue  # said at its cell
        return tuple(dict.fromkeys(fit))


def _kept(attribute: AttributeRow, cell: str, style: Style) -> str | UserError:
    """What is kept of a cell; the error that says why nothing is."""
    if isinstance(cell, Failed):
        words = (
            f"“{cell}” is a formula without its result."
            if cell.startswith("=")
            else f"“{cell}” is an error of the spreadsheet."
        )
        return UserError(words)
    try:
        return stored_value(attribute, _plain(attribute, cell, style))
    except UserError as error:
        return error


def _plain(attribute: AttributeRow, cell: str, style: Style) -> str:
    """A cell as values of its kind are written. Raises UserError where it is none."""
    if attribute.kind is AttributeKind.NUMBER:
        number = number_of(cell, style.decimal or Decimal.POINT)
        if number is None:
            raise UserError(f"“{_short(cell)}” is not a number.")
        return number
    if attribute.kind is AttributeKind.DATE:
        return _day(cell, style.days)
    return _truth(attribute, cell) if attribute.kind in WITH_CHOICES else str(cell)


def _day(cell: str, order: DayOrder | None) -> str:
    day = day_of(cell, order)
    if day is not None:
        return day.isoformat()
    if isinstance(cell, Day):
        raise UserError(f"“{_short(cell)}” has a time of day, which a date does not keep.")
    if has_short_year(cell):
        raise UserError(f"The year of “{_short(cell)}” has two figures; write all four.")
    raise UserError(f"“{_short(cell)}” is not a date.")


def _truth(attribute: AttributeRow, cell: str) -> str:
    """TRUE and FALSE as the choice that means it."""
    if isinstance(cell, Truth):
        for choice in attribute.choices:
            if folded(choice) in _TRUTHS[str(cell)]:
                return choice
    return str(cell)


def _plain_words(error: UserError) -> str:
    return error.what.removesuffix(" Nothing was changed.")


def _short(cell: str) -> str:
    plain = " ".join(cell.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
