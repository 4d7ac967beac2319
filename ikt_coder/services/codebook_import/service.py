"""Brings a codebook back from a .csv or .xlsx file, after showing what it would do.

A row names a code by its path, or by its name and parent; a file of this program also by its id,
so that a code renamed or moved in the spreadsheet is known. A cell that is empty says nothing,
and a code that the file does not name stays: nothing is ever deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.ops import Op
from ikt_coder.exporters.cell_text import clean
from ikt_coder.services.base import Service
from ikt_coder.services.code_adding import NewCodes
from ikt_coder.services.codebook_import.columns import FIELDS, holds_codebook
from ikt_coder.services.codebook_import.reading import CodebookReading, NamedCode
from ikt_coder.services.codebook_import.rows import (
    CodebookPlan,
    CodePath,
    FieldChange,
    PlannedCode,
    RowFault,
    What,
)
from ikt_coder.services.rows import CodeRow
from ikt_coder.services.table_file import TableFile, read_table


class CodebookImportService(Service):
    def read(self, path: Path) -> CodebookPlan:
        """What a file would do to the codebook; nothing is changed. Raises UnreadableFile."""
        return self.plan(read_table(path))

    def plan(self, table: TableFile) -> CodebookPlan:
        """What a table would do to the codebook. Raises UnreadableFile where no column names
        codes."""
        if not holds_codebook(table):
            raise UnreadableFile(
                f"“{table.name}” is no codebook: none of its columns names codes. "
                "Nothing was imported.",
                "Let a column be headed “path”, “code” or “name”, in the first row.",
            )
        reading = CodebookReading(table)
        planned, clashes = _Planning(self._project.codes.all(counted=False)).plan(reading.codes)
        faults = sorted([*reading.faults, *clashes], key=lambda fault: fault.row)
        if not planned and not faults:
            raise UnreadableFile(f"“{table.name}” names no codes; nothing was imported.")
        return CodebookPlan(
            table.name,
            planned,
            tuple(faults),
            reading.columns.read_as,
            reading.columns.unknown,
            reading.columns.ignored,
            tuple(reading.notes),
        )

    def apply(self, plan: CodebookPlan, rows: Collection[int] | None = None) -> int:
        """Do what a plan says, in one act; of chosen rows where ``rows`` are given. Returns how
        many codes were added, changed or moved. Codes above an added one are made along with
        it. Raises UserError where the codebook changed since the plan was made so that a row no
        longer fits; then nothing is changed."""
        chosen = [code for code in plan.acting if rows is None or code.row in rows]
        if not chosen:
            return 0
        codes = self._project.codes
        with self._operation(Op.IMPORT_CODEBOOK, name=plan.name, count=len(chosen)) as op:
            places = {_folded(row.path): row.id for row in codes.all(counted=False)}
            # What the file calls a code is what it means, also where that row was left out.
            places |= {_folded(code.path): code.code for code in plan.codes if code.code}
            # What is there already first: its places are where new codes go.
            chosen.sort(key=lambda code: (code.code is None, len(code.path)))
            made: NewCodes | None = None
            for code in chosen:
                values: dict[str, Any] = {each.field: each.after for each in code.changes}
                if code.code is not None:
                    if code.what is What.MOVED:
                        codes.move(code.code, self._parent(places, code.path, codes.add))
                    if values:
                        codes.change(code.code, **values)
                    continue
                made = made or NewCodes(self._project, op)
                parent = self._parent(places, code.path, made.add)
                known = places.get(_folded(code.path))
                if known is None:
                    places[_folded(code.path)] = made.add(code.path[-1], parent, **values)
                elif values:
                    made.write()
                    codes.change(known, **values)
            if made is not None:
                made.write()
        return len(chosen)

    def _parent(
        self,
        places: dict[CodePath, UUID],
        path: CodePath,
        add: Callable[[str, UUID | None], UUID],
    ) -> UUID | None:
        """The code above a path, made by ``add`` with those above it where it is missing."""
        above = path[:-1]
        if not above:
            return None
        known = places.get(_folded(above))
        if known is None:
            known = add(above[-1], self._parent(places, above, add))
            places[_folded(above)] = known
        return known


class _Planning:
    """Holds named codes against the codebook."""

    def __init__(self, rows: tuple[CodeRow, ...]) -> None:
        self._by_key = {row.id: row for row in rows}
        self._by_path = {_folded(row.path): row for row in rows}
        names = Counter(row.name.casefold() for row in rows)
        self._by_name = {
            row.name.casefold(): row for row in rows if names[row.name.casefold()] == 1
        }

    def plan(self, codes: tuple[NamedCode, ...]) -> tuple[tuple[PlannedCode, ...], list[RowFault]]:
        found = self._known(codes)
        planned = [self._planned(code, found.get(code.row)) for code in codes]
        return self._without_clashes(planned)

    def _known(self, codes: tuple[NamedCode, ...]) -> dict[int, CodeRow]:
        """The code of the project that each row means: by its id, else by its path, else by a
        name that both have once, where the row says where it lies."""
        found: dict[int, CodeRow] = {}
        taken: set[UUID] = set()
        for code in codes:
            row = self._by_key.get(code.key) if code.key else None
            if row is not None and row.id not in taken:
                found[code.row] = row
                taken.add(row.id)
        for code in codes:
            row = self._by_path.get(_folded(code.path))
            if code.row not in found and row is not None and row.id not in taken:
                found[code.row] = row
                taken.add(row.id)
        names = Counter(code.path[-1].casefold() for code in codes)
        for code in codes:
            name = code.path[-1].casefold()
            row = self._by_name.get(name)
            if code.row not in found and row and row.id not in taken and names[name] == 1:
                found[code.row] = row
                taken.add(row.id)
        return found

    def _planned(self, code: NamedCode, row: CodeRow | None) -> PlannedCode:
        if row is None:
            changes = tuple(FieldChange(name, "", text) for name, text in code.fields.items())
            return PlannedCode(code.row, What.ADDED, code.path, changes=changes)
        changes = tuple(_changes(row, code.path[-1], code.fields))
        lies, lay = _folded(code.path[:-1]), _folded(row.path[:-1])
        what = What.MOVED if lies != lay else What.CHANGED if changes else What.UNTOUCHED
        return PlannedCode(code.row, what, code.path, row.id, row.path, changes)

    def _without_clashes(
        self, planned: list[PlannedCode]
    ) -> tuple[tuple[PlannedCode, ...], list[RowFault]]:
        """Rows that cannot be carried out: a code below itself, or a name that another code of
        the same place keeps."""
        kept: list[PlannedCode] = []
        faults: list[RowFault] = []
        leaving = {code.code for code in planned if code.what is What.MOVED or _renamed(code)}
        renamed = {
            _folded(code.was_at): code.path for code in planned if code.code and _renamed(code)
        }
        for code in planned:
            said = " › ".join(code.path)
            if code.what is What.MOVED and _renamed_above(code, renamed):
                # Its parent was renamed in the file: it lies where it lay.
                what = What.CHANGED if code.changes else What.UNTOUCHED
                kept.append(
                    PlannedCode(code.row, what, code.path, code.code, code.was_at, code.changes)
                )
                continue
            own = _folded(code.was_at) if code.code else None
            if own is not None and code.what is What.MOVED:
                above = _folded(code.path[:-1])
                if above[: len(own)] == own:
                    faults.append(RowFault(code.row, f"“{said}” would lie below itself."))
                    continue
            there = self._by_path.get(_folded(code.path))
            stays = there is not None and there.id != code.code and there.id not in leaving
            if stays and code.acts:
                faults.append(RowFault(code.row, f"there is another code “{said}” already."))
                continue
            kept.append(code)
        return tuple(kept), faults


def _renamed(code: PlannedCode) -> bool:
    return any(change.field == "name" for change in code.changes)


def _renamed_above(code: PlannedCode, renamed: Mapping[CodePath, CodePath]) -> bool:
    """Whether the place of a code differs only by new names of codes above it."""
    at = code.was_at[:-1]
    now: list[str] = []
    for depth in range(1, len(at) + 1):
        new = renamed.get(_folded(at[:depth]))
        now.append(new[-1] if new else at[depth - 1])
    return _folded(tuple(now)) == _folded(code.path[:-1])


def _changes(row: CodeRow, name: str, fields: Mapping[str, str]) -> list[FieldChange]:
    found = []
    if name != " ".join(clean(row.name).split()):
        found.append(FieldChange("name", row.name, name))
    for field in FIELDS:
        if field in fields:
            before = str(getattr(row, field))
            if clean(before).strip() != fields[field]:
                found.append(FieldChange(field, before, fields[field]))
    return found


def _folded(path: CodePath) -> CodePath:
    return tuple(" ".join(clean(name).split()).casefold() for name in path)
