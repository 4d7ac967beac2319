"""The passages of a retrieval as tables: grouped for reading, or a row each for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Grouping
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Subject
from ikt_coder.services.codes import join_path
from ikt_coder.services.quoting import why_withheld, withheld_sentence, withheld_words
from ikt_coder.services.retrieval_counts import direction_names, people_of
from ikt_coder.services.retrieval_rows import Found, FoundGroup, Retrieval
from ikt_coder.services.retrieval_wording import FLAGS, QueryWords
from ikt_coder.services.rows import CodingRow, FolderRow, PassageRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class _Line:
    """A passage with the words that may be shown; ``withheld`` says why they are not."""

    found: Found
    passage: PassageRow
    words: str
    withheld: str


class PassageTables:
    """Makes the tables of one retrieval."""

    def __init__(self, project: Project, retrieval: Retrieval, *, for_team: bool) -> None:
        self._project = project
        self._retrieval = retrieval
        self._for_team = for_team
        self._ground = project.retrieval.ground()
        self._people = people_of(retrieval.query, self._ground)
        self._codes = {row.id: row for row in project.codes.all(counted=False)}
        self._levels = {row.id: row.name for row in project.frameworks.levels()}
        self._directions = direction_names(project.card.get().words)
        self._folders: dict[UUID | None, FolderRow] = {r.id: r for r in project.folders.all()}
        self._memos: dict[UUID, list[str]] = {}
        for memo in project.memos.all():
            if memo.coding is not None:
                self._memos.setdefault(memo.coding, []).append(memo.text)
        passages = project.retrieval.passages(retrieval.found, context=0)
        by_key = {row.coding.id: row for row in passages}
        self._lines = [
            self._line(found, by_key[found.coding.id])
            for found in retrieval.found
            if found.coding.id in by_key
        ]
        self.withheld = sum(bool(line.withheld) for line in self._lines)

    def _line(self, found: Found, passage: PassageRow) -> _Line:
        people = self._ground.attribution.people
        reason = why_withheld(
            found.coding, [people[p] for p in found.words.participants if p in people]
        )
        hidden = bool(reason) and not self._for_team
        return _Line(found, passage, withheld_words(reason) if hidden else passage.text, reason)

    # -- for reading ------------------------------------------------------------------------

    def grouped(self) -> Table:
        """Group by group, each passage with where it stands and what it carries."""
        by_code = self._retrieval.query.grouping is Grouping.CODE
        line_of = {line.found.coding.id: line for line in self._lines}
        rows: list[tuple[Cell, ...]] = []
        headings = set()
        for group in self._retrieval.groups:
            if self._retrieval.query.grouping is not Grouping.NONE:
                headings.add(len(rows))
                rows.append((_heading(group), cell(""), cell("")))
            for index in group.indexes:
                line = line_of.get(self._retrieval.found[index].coding.id)
                if line is None:
                    continue
                rows.append(
                    (
                        cell(*_paragraphs(line.words), quote=not line.withheld or self._for_team),
                        cell(*self._coded_as(line.found.coding, with_code=not by_code)),
                        cell(self._reference(line)),
                    )
                )
        return Table(
            title="Passages",
            columns=(
                Column((Run("Passage"),), width=3.2),
                Column((Run("Coded as"),), width=1.5),
                Column((Run("Reference"),), width=1.3),
            ),
            rows=tuple(rows),
            note=self._note(),
            description="Coded passages with the place of each and what it carries.",
            empty="Nothing in the project fits this retrieval.",
            interim=self._retrieval.interim,
            headings=frozenset(headings),
        )

    def _reference(self, line: _Line) -> str:
        """Document, speaker, time or turn number, coder."""
        parts = [line.passage.document_title, ", ".join(line.passage.speakers)]
        if line.passage.start_ms is not None:
            parts.append(clock(line.passage.start_ms))
        elif turn := self._turn(line.found.coding):
            parts.append(f"turn {turn}")
        parts.append(line.passage.coder_initials or "Consensus")
        return ", ".join(part for part in parts if part)

    def _turn(self, row: CodingRow) -> int:
        first, after = self._ground.attribution.talk(row.document).touched(row.span)
        return first + 1 if first < after else 0

    def _coded_as(self, row: CodingRow, *, with_code: bool) -> list[str]:
        said = []
        if with_code and row.code in self._codes:
            said.append(" › ".join(self._codes[row.code].path))
        carried = [
            self._direction(row),
            *self._level_names(row),
            f"strength {row.strength}" if row.strength else "",
            *self._flags(row),
        ]
        said.append("; ".join(part for part in carried if part))
        said += [f"Memo: {memo}" for memo in self._memo(row)]
        return [part for part in said if part]

    # -- for spreadsheets -------------------------------------------------------------------

    def rows(self) -> Table:
        """One row per passage: a column for each level of the code tree and each attribute."""
        attributes = self._project.attributes
        of_people = attributes.all(Subject.PARTICIPANT)
        of_documents = attributes.all(Subject.DOCUMENT)
        people, documents = (
            attributes.values(subject) for subject in (Subject.PARTICIPANT, Subject.DOCUMENT)
        )
        depth = max(
            (len(self._codes[row.found.coding.code].path) for row in self._lines), default=1
        )
        names = [
            "Document",
            "Folder",
            *_apart([row.name for row in of_documents], "document"),
            "Participant",
            "Group",
            *_apart([row.name for row in of_people], "participant"),
            "Speaker",
            "Turn",
            "Time",
            "Start",
            "End",
            "Passage",
            "Code",
            *(f"Level {n + 1}" for n in range(depth)),
            "Direction",
            "Levels",
            "Strength",
            "Flags",
            "Memo",
            "Quoting",
            "Coder",
            "Origin",
            "Created",
        ]
        counted, labels = self._people, self._ground.attribution.people
        made = []
        for line in self._lines:
            row, passage = line.found.coding, line.passage
            who = counted(line.found)
            path = self._codes[row.code].path
            turn = self._turn(row)
            made.append(
                (
                    cell(passage.document_title),
                    cell(self._folder(row.document)),
                    *(cell(documents.get(row.document, {}).get(a.id, "")) for a in of_documents),
                    cell("; ".join(labels[p].label for p in who if p in labels)),
                    cell("; ".join(self._groups(who))),
                    *(
                        cell(_each([people.get(p, {}).get(a.id, "") for p in who]))
                        for a in of_people
                    ),
                    cell("; ".join(passage.speakers)),
                    number(turn) if turn else cell(""),
                    cell(clock(passage.start_ms) if passage.start_ms is not None else ""),
                    number(row.span.start),
                    number(row.span.end),
                    cell(*_paragraphs(line.words), quote=not line.withheld or self._for_team),
                    cell(join_path(path)),
                    *(cell(path[n] if n < len(path) else "") for n in range(depth)),
                    cell(self._direction(row)),
                    cell("; ".join(self._level_names(row))),
                    number(row.strength) if row.strength else cell(""),
                    cell("; ".join(self._flags(row))),
                    cell(*_paragraphs("\n".join(self._memo(row)))),
                    cell(line.withheld),
                    cell(self._coder(row)),
                    cell(row.origin.value),
                    cell(row.created.isoformat(timespec="seconds")),
                )
            )
        figures = {"Turn", "Start", "End", "Strength"}
        return Table(
            title="Passages",
            number=0,
            columns=tuple(
                Column(
                    (Run(name),),
                    Align.RIGHT if name in figures else Align.LEFT,
                    3.0 if name == "Passage" else 1.0,
                )
                for name in names
            ),
            rows=tuple(made),
            note=self._note(),
            description="One row for each coded passage, with all that is known of it.",
            empty="Nothing in the project fits this retrieval.",
            interim=self._retrieval.interim,
        )

    # -- what a coding carries --------------------------------------------------------------

    def _direction(self, row: CodingRow) -> str:
        return self._directions[row.valence] if row.valence is not None else ""

    def _level_names(self, row: CodingRow) -> list[str]:
        return [name for key, name in self._levels.items() if key in row.levels]

    @staticmethod
    def _flags(row: CodingRow) -> list[str]:
        return [name for flag, name in FLAGS.items() if flag in row.flags]

    def _memo(self, row: CodingRow) -> list[str]:
        return [memo for memo in (row.memo, *self._memos.get(row.id, ())) if memo]

    def _coder(self, row: CodingRow) -> str:
        if row.coder is None:
            return "Consensus"
        coder = self._ground.coders.get(row.coder)
        return coder.name if coder is not None else ""

    def _folder(self, document: UUID) -> str:
        """The folder of a document with those around it."""
        path: list[str] = []
        folder = self._ground.folders.get(document)
        while folder in self._folders and len(path) <= len(self._folders):
            path.insert(0, self._folders[folder].name)
            folder = self._folders[folder].parent
        return join_path(path)

    def _groups(self, people: Sequence[UUID]) -> list[str]:
        known = self._ground.attribution.people
        groups = [known[p].group for p in people if p in known and known[p].group]
        return list(dict.fromkeys(groups))

    def _note(self) -> tuple[tuple[Run, ...], ...]:
        retrieval = self._retrieval
        asked = QueryWords(self._project, self._ground).sentence(retrieval.query)
        n = retrieval.references
        counted = (
            f"{n:,} {'reference' if n == 1 else 'references'}, {retrieval.passages:,} "
            f"{'passage' if retrieval.passages == 1 else 'passages'}, {retrieval.participants:,} "
            f"{'participant' if retrieval.participants == 1 else 'participants'}."
        )
        sentences = [asked, counted, *retrieval.missing, retrieval.note]
        if self._for_team and self.withheld:
            sentences.append(
                f"For the team only: {self.withheld:,} of the passages may not be quoted."
            )
        elif self.withheld:
            sentences.append(withheld_sentence(self.withheld))
        return ((Run(" ".join(sentences)),),)


def clock(ms: int) -> str:
    """A time of the recording: 1:02:03, or 2:03 in the first hour."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes}:{seconds % 60:02}"


def _heading(group: FoundGroup) -> Cell:
    counts = ", ".join(
        f"{n:,} {word if n == 1 else f'{word}s'}"
        for n, word in (
            (group.references, "reference"),
            (group.passages, "passage"),
            (group.participants, "participant"),
        )
    )
    return Cell(((Run(group.label, bold=True), Run(f" ({counts})")),))


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()] or [""]


def _apart(names: list[str], what: str) -> list[str]:
    """Names of attributes as headings, told apart from the other columns."""
    return [f"{name} ({what})" for name in names]


def _each(values: list[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))
