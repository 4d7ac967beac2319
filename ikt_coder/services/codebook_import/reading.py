"""The codes that a table names: where each stands and what it says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from ikt_coder.core.colour import is_colour
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.exporters.cell_text import clean
from ikt_coder.services.base import named
from ikt_coder.services.codebook_import.columns import FIELDS, Columns
from ikt_coder.services.codebook_import.rows import CodePath, RowFault
from ikt_coder.services.codes import split_path
from ikt_coder.services.table_file import TableFile, TableRow, unguarded

_SIGNS = ("\\", " › ", " > ", "::", "/")
"""What programs write between the names of a path, the surest sign first."""
_ROOTS = frozenset({"codes", "nodes", "code system"})
_RGB = re.compile(r"(?:rgb\s*\()?\s*(\d{1,3})\s*[,;]\s*(\d{1,3})\s*[,;]\s*(\d{1,3})\s*\)?", re.I)


@frozen
class NamedCode:
    """A code as a row names it; ``fields`` hold what its cells say, empty ones left out.
    ``key`` is the id the row carries."""

    row: int
    path: CodePath
    fields: dict[str, str]
    key: UUID | None = None


class CodebookReading:
    """Reads the rows of one table; what does not fit is in ``faults`` and ``notes``."""

    def __init__(self, table: TableFile) -> None:
        self.columns = Columns(table.columns)
        self.faults: list[RowFault] = []
        self.notes: list[str] = []
        self._own = self.columns.has("kind") and self.columns.has("path")
        self._sign = "" if self._own else self._path_sign(table.rows)
        self._levels = 0
        self._colours = 0
        self.codes = self._without_doubles(self._all(table.rows))
        if self._levels:
            self.notes.append(
                f"{self._levels} rows are levels of codings; levels come with a framework and "
                "are not changed by a codebook."
            )
        if self._colours:
            self.notes.append(f"{self._colours} colours are none that is known and are left out.")

    def _path_sign(self, rows: Sequence[TableRow]) -> str:
        """What stands between the names of the paths of this file."""
        texts = [self.columns.text(row.cells, "path") for row in rows]
        return next((sign for sign in _SIGNS if any(sign in text for text in texts)), "/")

    def _all(self, rows: Sequence[TableRow]) -> list[NamedCode]:
        found: list[NamedCode] = []
        parents = self._parents(rows)
        for row in rows:
            if self.columns.text(row.cells, "kind").strip().casefold() == "level":
                self._levels += 1
                continue
            try:
                path = self._path(row, parents)
            except UserError as error:
                self.faults.append(RowFault(row.number, error.what))
                continue
            found.append(NamedCode(row.number, path, self._fields(row), self._key(row)))
        return found

    def _text(self, row: TableRow, meaning: str) -> str:
        cell = self.columns.text(row.cells, meaning)
        if row.guarded:
            cell = unguarded(cell)
        return clean(cell).strip()

    # -- places -----------------------------------------------------------------------------

    def _path(self, row: TableRow, parents: dict[str, list[TableRow]]) -> CodePath:
        written = self._text(row, "path")
        if written:
            return self._names(written)
        name = self._text(row, "name")
        if not name:
            raise UserError("the code has no name.")
        return (*self._above(row, parents, (row.number,)), named(name, "code"))

    def _names(self, written: str) -> CodePath:
        if self._own or self._sign == "/":
            parts: Sequence[str] = split_path(written)
        else:
            parts = [part for part in written.split(self._sign) if part.strip()]
            if len(parts) > 1 and parts[0].strip().casefold() in _ROOTS:
                parts = parts[1:]
        if not parts or not all(part.strip() for part in parts):
            raise UserError(f"“{written[:80]}” is no path of a code: a name in it is empty.")
        return tuple(named(part, "code") for part in parts)

    def _parents(self, rows: Sequence[TableRow]) -> dict[str, list[TableRow]]:
        """The rows by the name they give, for columns that say only what lies above."""
        found: dict[str, list[TableRow]] = {}
        if self.columns.has("parent"):
            for row in rows:
                name = " ".join(self._text(row, "name").split()).casefold()
                found.setdefault(name, []).append(row)
        return found

    def _above(
        self, row: TableRow, parents: dict[str, list[TableRow]], seen: tuple[int, ...]
    ) -> CodePath:
        """Where the code of a row lies, by its parent's row; a parent that has none of its own
        may be written as a path."""
        above = self._text(row, "parent")
        if not above:
            return ()
        rows = parents.get(" ".join(above.split()).casefold(), [])
        rows = [each for each in rows if each.number != row.number]
        if len(rows) > 1:
            raise UserError(f"{len(rows)} codes of the file are named “{above[:80]}”.")
        if not rows:
            sign = next((each for each in _SIGNS if each in above), "")
            parts = above.split(sign) if sign else [above]
            return tuple(named(part, "code") for part in parts if part.strip())
        if rows[0].number in seen:
            raise UserError(f"“{above[:80]}” would lie below itself.")
        name = named(self._text(rows[0], "name"), "code")
        return (*self._above(rows[0], parents, (*seen, rows[0].number)), name)

    # -- what is said -----------------------------------------------------------------------

    def _fields(self, row: TableRow) -> dict[str, str]:
        found: dict[str, str] = {}
        for field in FIELDS:
            text = self._text(row, field)
            if field == "colour" and text:
                text = _colour(text)
                self._colours += not text
            if text:
                found[field] = text
        return found

    def _key(self, row: TableRow) -> UUID | None:
        if not self._own:
            return None
        try:
            return UUID(self._text(row, "id"))
        except ValueError:
            return None

    def _without_doubles(self, codes: list[NamedCode]) -> tuple[NamedCode, ...]:
        """A code is said once: later rows of the same path are faults."""
        first: dict[CodePath, int] = {}
        kept: list[NamedCode] = []
        for code in codes:
            folded = tuple(name.casefold() for name in code.path)
            if folded in first:
                said = " › ".join(code.path)
                self.faults.append(
                    RowFault(code.row, f"“{said}” stands in row {first[folded]} already.")
                )
            else:
                first[folded] = code.row
                kept.append(code)
        self.faults.sort(key=lambda fault: fault.row)
        return tuple(kept)


def _colour(text: str) -> str:
    """A colour as codes have it; empty where it is none that is known."""
    text = text.casefold()
    if is_colour(text):
        return text
    if is_colour(f"#{text}"):
        return f"#{text}"
    parts = _RGB.fullmatch(text)
    if parts is not None and all(int(part) < 256 for part in parts.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
    return ""
