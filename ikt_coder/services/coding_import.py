"""Codings from a table: a .csv or .xlsx file with the columns of the ``codings`` command.

``document``, ``start``, ``end`` and ``code`` must be there; ``text``, ``coder``, ``valence``,
``strength``, ``levels`` and ``memo`` may be. Positions are code points, half-open. Every row is
held against the project before anything is written: one row that does not fit keeps all out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from ikt_coder.core.errors import NotFound, UnreadableFile, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Origin, Valence
from ikt_coder.exporters.cell_text import clean
from ikt_coder.services.code_paths import CodePath, make_codes, path_of
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.level_names import LevelNames
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow
from ikt_coder.services.table_file import TableFile, TableRow, read_table, unguarded

REQUIRED: Final = frozenset({"document", "start", "end", "code"})
_SHOWN = 20  # faults that the sentence itself lists
_LONGEST_NUMBER = 18  # digits; more would be outside any text


@frozen
class Fault:
    """A row that does not fit the project; the heading is row 1."""

    row: int
    what: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.what}"


class UnfitCodings(UserError):
    """Rows of a table of codings do not fit the project; nothing was imported."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        many = f"{len(faults)} rows" if len(faults) > 1 else "One row"
        said = " ".join(str(fault) for fault in faults[:_SHOWN])
        more = f" And {len(faults) - _SHOWN} more." if len(faults) > _SHOWN else ""
        super().__init__(
            f"{many} of “{name}” cannot be imported; nothing was imported. {said}{more}"
        )
        self.faults = tuple(faults)


@frozen
class ImportedCodings:
    """What came in: ``made`` codings and ``codes`` codes are new; ``known`` codings were there
    already, with the same words, code and coder."""

    made: int
    known: int
    codes: int
    coders: tuple[str, ...]


def holds_codings(table: TableFile) -> bool:
    """Whether a table's columns are those of codings."""
    return set(table.columns) >= REQUIRED


def import_codings(project: Project, path: Path, coder: str = "") -> ImportedCodings:
    """Import the codings of a table file in one act. See ``bring_in_codings``."""
    return bring_in_codings(project, read_table(path), coder)


def bring_in_codings(project: Project, table: TableFile, coder: str = "") -> ImportedCodings:
    """Import the codings of a table in one act.

    ``coder`` says whose codings they are, whatever the column says; without it the column
    does, and the present coder where it is empty. Coders and codes that the project lacks
    are made; in a project without coders the first of them is an act before. Raises
    UnfitCodings, and UnreadableFile where the columns are not those of codings.
    """
    if not holds_codings(table):
        missing = ", ".join(sorted(REQUIRED - set(table.columns)))
        raise UnreadableFile(
            f"“{table.name}” is no table of codings: it has no column {missing}. "
            "Nothing was imported.",
            "Let its first row hold the names of the columns, as `codings --csv` writes them.",
        )
    reading = _Reading(project, coder.strip())
    drafts = [draft for row in table.rows if (draft := reading.draft(row)) is not None]
    if reading.faults:
        raise UnfitCodings(table.name, reading.faults)
    if not drafts:
        raise UnreadableFile(f"“{table.name}” holds no codings; nothing was imported.")
    before = _count(project)
    codes_before = len(project.codes.all())
    if project.coder is None:
        # Undo takes back one's own acts: the import has to be somebody's.
        project.coder = reading.coder(drafts[0].coder)
    with project.operation(Op.IMPORT_CODINGS, name=table.name, count=len(drafts)):
        coders = {name: reading.coder(name) for name in dict.fromkeys(d.coder for d in drafts)}
        codes = make_codes(project, (draft.code for draft in drafts))
        found = project.codings.apply_many(
            [
                NewCoding(
                    document=draft.document,
                    span=draft.span,
                    code=codes[draft.code],
                    coder=coders[draft.coder],
                    valence=draft.valence,
                    strength=draft.strength,
                    levels=draft.levels,
                    memo=draft.memo,
                )
                for draft in drafts
            ],
            Origin.IMPORT,
            Op.IMPORT_CODINGS,
        )
    made = _count(project) - before
    names = {row.id: row.name for row in project.coders.everyone()}
    return ImportedCodings(
        made,
        len(set(found)) - made,
        len(project.codes.all()) - codes_before,
        tuple(dict.fromkeys(names[key] for key in coders.values())),
    )


def _count(project: Project) -> int:
    return sum(row.codings for row in project.reports.code_frequencies())


@frozen
class _Draft:
    document: UUID
    span: Span
    code: CodePath
    coder: str
    valence: Valence | None
    strength: int | None
    levels: tuple[UUID, ...]
    memo: str


@dataclass(slots=True)
class _Reading:
    """Holds rows against the project and remembers what it looked up."""

    project: Project
    given_coder: str
    faults: list[Fault] = field(default_factory=list)
    _documents: dict[str, UUID | None] = field(default_factory=dict)
    _texts: dict[UUID, str] = field(default_factory=dict)
    _codes: dict[CodePath, CodeRow] = field(default_factory=dict)
    _levels: LevelNames = field(init=False)

    def __post_init__(self) -> None:
        self._codes = {row.path: row for row in self.project.codes.all()}
        self._levels = LevelNames(self.project)

    def draft(self, row: TableRow) -> _Draft | None:
        """The coding of a row; None where it has faults, which are noted."""
        said = len(self.faults)
        document = self._document(row)
        span = self._span(row, document)
        made = (
            self._code(row),
            self._coder_name(row),
            self._valence(row),
            self._strength(row),
            self._level_keys(row),
        )
        if len(self.faults) > said or document is None or span is None:
            return None
        return _Draft(document, span, *made, row.text("memo"))

    def _fault(self, row: TableRow, what: str) -> None:
        self.faults.append(Fault(row.number, what))

    def _document(self, row: TableRow) -> UUID | None:
        name = row.text("document")
        if name not in self._documents:
            try:
                self._documents[name] = self.project.documents.find(name).id
            except NotFound:
                self._documents[name] = None
        found = self._documents[name]
        if found is None:
            self._fault(row, f"there is no document “{name}” in the project.")
        return found

    def _span(self, row: TableRow, document: UUID | None) -> Span | None:
        places = []
        for column in ("start", "end"):
            place = row.text(column).strip()
            whole = place.removesuffix(".0")
            if not (whole.isascii() and whole.isdigit()):
                self._fault(row, f"{column} is “{place[:40]}”, not a position.")
                return None
            places.append(int(whole) if len(whole) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER)
        start, end = places
        if document is None:
            return None
        if document not in self._texts:
            self._texts[document] = self.project.texts.get(document)
        text = self._texts[document]
        if not start < end <= len(text):
            self._fault(row, f"{start} to {end} is no span of a text of {len(text)} characters.")
            return None
        if row.has("text") and not _same_words(row, text[start:end]):
            self._fault(
                row, f"the words at {start} to {end} of “{row.text('document')}” are others."
            )
            return None
        return Span(start, end)

    def _code(self, row: TableRow) -> CodePath:
        try:
            path = path_of(row.text("code"))
        except UserError as error:
            self._fault(row, str(error))
            return ()
        known = self._codes.get(path)
        if known is not None and not known.applicable:
            self._fault(row, f"“{known.name}” is a heading, not a code.")
        if any(len(name) > 300 for name in path):
            self._fault(row, "the name of the code is longer than 300 characters.")
        return path

    def _coder_name(self, row: TableRow) -> str:
        name = self.given_coder or row.text("coder").strip()
        if not self.given_coder and name.casefold() == Layer.CONSENSUS.value:
            self._fault(row, "Consensus is a layer, not a coder; it cannot be imported.")
        if len(name) > 120:
            self._fault(row, "the coder's name is longer than 120 characters.")
        return name

    def _valence(self, row: TableRow) -> Valence | None:
        word = row.text("valence").strip().lower()
        if not word:
            return None
        try:
            return Valence(word)
        except ValueError:
            words = ", ".join(Valence)
            self._fault(row, f"“{word}” is no valence; there are {words}.")
            return None

    def _strength(self, row: TableRow) -> int | None:
        word = row.text("strength").strip().removesuffix(".0")
        if word in ("", "1", "2"):
            return int(word) if word else None
        self._fault(row, f"strength is “{word}”; it is 1, 2 or empty.")
        return None

    def _level_keys(self, row: TableRow) -> tuple[UUID, ...]:
        try:
            return self._levels.find_all(row.text("levels"))
        except UserError as error:
            self._fault(row, str(error))
            return ()

    # -- what the project lacks, made within the act ----------------------------------------

    def coder(self, name: str) -> UUID:
        if not name:
            return self.project.coders.ensure_present()
        try:
            return self.project.coders.find(name).id
        except NotFound:
            return self.project.coders.add(name)


def _same_words(row: TableRow, words: str) -> bool:
    """Whether a cell holds these words, as far as the file's format could keep them."""
    wanted = clean(words)
    cell = clean(row.raw("text"))
    return wanted in (cell, unguarded(cell))
