"""The decision log as a report: who decided what, when, why, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.rounds import DifferenceKind, RoundEventKind
from ikt_coder.core.table import Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Approach, WordPair
from ikt_coder.services.code_labels import code_labels
from ikt_coder.services.codes import join_path
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.report_language.comparing_languages import COMPARING
from ikt_coder.services.report_language.settling import SETTLING
from ikt_coder.services.round_rows import RoundEventRow, RoundRow
from ikt_coder.services.settling_rows import LoggedDecision, Segment
from ikt_coder.services.theme_table_options import ExportLanguage

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_DATA: Final = frozenset({".csv", ".xlsx"})
_FULL: Final = (
    "event", "time", "person", "role", "round", "document", "text", "codebook", "item",
    "difference", "before", "decision", "after", "category", "reason", "present",
    "names_hidden", "in_bulk", "proposed_by", "replaces", "holds", "program",
)  # fmt: skip
"""The columns for other programs, the same in every language."""


def decision_tables(
    project: Project,
    round_: UUID | None = None,
    language: ExportLanguage = ExportLanguage.ENGLISH,
    *,
    initials: bool = False,
    ending: str = "",
) -> tuple[Table, ...]:
    """All decisions, oldest first, and the log of rounds and copies. ``round_`` chooses one.

    In files for reading, passages that were agreed upon and accepted in bulk are counted in
    the note; files for other programs have a row for each.
    """
    return _Log(project, round_, language, initials, ending in _DATA).tables()


class _Log:
    def __init__(
        self,
        project: Project,
        round_: UUID | None,
        language: ExportLanguage,
        initials: bool,
        data: bool,
    ) -> None:
        self.project = project
        self.data = data
        self.language = LANGUAGES[language]
        self.comparing = COMPARING[language].words
        self.words = SETTLING[language]
        coders = project.coders.everyone()
        self.coders = {
            row.id: row.initials if initials and row.initials else row.name for row in coders
        }
        self.titles = {row.id: row.title for row in project.documents.all()}
        codes = project.codes.all(counted=False)
        labels = code_labels(codes)
        self.codes = {row.id: join_path(row.path) if data else labels[row.id] for row in codes}
        self.levels = {row.id: row.name for row in project.frameworks.levels()}
        card = project.card.get()
        self.pair: WordPair = card.words
        self.reflexive = card.approach is Approach.REFLEXIVE  # no figure is shown anywhere
        self.versions = {row.id: row.number for row in project.codebook_versions.all()}
        self.round = round_
        self.rounds = [row for row in project.rounds.all() if round_ in (None, row.id)]
        self.names = {row.id: row.name for row in self.rounds}

    def tables(self) -> tuple[Table, ...]:
        decisions = self.decisions()
        events = self.events()
        return (decisions, events) if events.rows else (decisions,)

    # -- decisions --------------------------------------------------------------------------

    def decisions(self) -> Table:
        rows: list[Sequence[Cell]] = []
        sealed: list[str] = []
        in_bulk = 0
        for row in self.rounds:
            try:
                log = self.project.reconciliation.log(row.id)
            except NotAllowed:
                sealed.append(row.name)
                continue
            for one in log:
                if self.data:
                    rows.append(self._full(row, one))
                elif one.decision.in_bulk and one.difference is DifferenceKind.MATCH:
                    in_bulk += 1
                else:
                    rows.append(self._short(row, one))
        note = [self.words.spans_note, self.words.superseded]
        if not self.data:
            note.insert(1, self.words.present_note)
        if in_bulk:
            note.append(self.words.bulk_note.format(count=in_bulk))
        if sealed:
            note.append(self.words.sealed_note.format(names=", ".join(sealed)))
        return Table(
            title=self.comparing.decisions_title,
            columns=self._full_columns() if self.data else self._columns(),
            rows=tuple(tuple(row) for row in rows),
            note=((Run(" ".join(note)),),),
            number=0 if self.data else 1,
            language=self.language.tag,
            description=self.comparing.decisions_title,
            empty=self.comparing.decisions_empty,
        )

    def _columns(self) -> tuple[Column, ...]:
        words = self.words
        named = (
            (words.when, 0.9), (words.who, 0.9), (words.present, 0.9), (words.document, 0.9),
            (words.before, 2.0), (words.decision, 1.1), (words.after, 1.6), (words.reason, 1.5),
            (words.holds, 0.5),
        )  # fmt: skip
        return tuple(Column((Run(name),), width=width) for name, width in named)

    def _full_columns(self) -> tuple[Column, ...]:
        return tuple(Column((Run(name),)) for name in _FULL)

    def _short(self, row: RoundRow, one: LoggedDecision) -> list[Cell]:
        made = one.decision
        how = [self.comparing.decisions[made.kind]]
        if made.kept is not None:
            how.append(self._coder(made.kept))
        if made.in_bulk:
            how.append(self.words.bulk)
        why = [self.comparing.categories[made.category]] if made.category else []
        why += [made.reason] if made.reason else []
        who = self._coder(made.coder)
        others = [self._coder(key) for key in made.present if key != made.coder]
        return [
            cell(made.at.strftime("%Y-%m-%d %H:%M")),
            cell(who),
            cell(*(others or [self.words.nobody_else])),
            cell(self.titles.get(one.document, ""), row.name),
            cell(self.comparing.differences[one.difference], *self._before(one)),
            cell(*how),
            cell(*(self._segment(each) for each in made.result)),
            cell(*why),
            cell(self.words.yes if one.stands else self.words.no),
        ]

    def _full(self, row: RoundRow, one: LoggedDecision) -> list[Cell]:
        made = one.decision
        values: dict[str, Cell] = {
            "event": cell(str(made.id)),
            "time": cell(made.at.isoformat(timespec="seconds")),
            "person": cell(self._coder(made.coder)),
            "role": cell(one.role),
            "round": cell(row.name),
            "document": cell(self.titles.get(one.document, str(one.document))),
            "text": cell(one.text_digest),
            "codebook": self._version(one.codebook_version),
            "item": cell(str(made.item)),
            "difference": cell(one.difference.value),
            "before": cell("; ".join(self._before(one))),
            "decision": cell(
                made.kind.value + (f": {self._coder(made.kept)}" if made.kept is not None else "")
            ),
            "after": cell("; ".join(self._segment(each) for each in made.result)),
            "category": cell(made.category.value if made.category else ""),
            "reason": cell(made.reason),
            "present": cell("; ".join(self._coder(key) for key in made.present)),
            "names_hidden": number(int(made.names_hidden)),
            "in_bulk": number(int(made.in_bulk)),
            "proposed_by": cell(one.proposed_by),
            "replaces": cell(str(one.replaces) if one.replaces else ""),
            "holds": number(int(one.stands)),
            "program": cell(one.program),
        }
        return [values[name] for name in _FULL]

    def _version(self, key: UUID | None) -> Cell:
        known = None if key is None else self.versions.get(key)
        return cell("") if known is None else number(known)

    def _before(self, one: LoggedDecision) -> list[str]:
        return [f"{self._coder(coder)}: {self._segment(each)}" for coder, each in one.before]

    def _coder(self, key: UUID | None) -> str:
        return self.words.somebody if key is None else self.coders.get(key, self.words.somebody)

    def _segment(self, one: Segment) -> str:
        """A code with its place and what it carries: "Clear role 120–160 (barrier; Micro)"."""
        place = self.words.positions.format(start=one.span.start, end=one.span.end)
        carried = []
        if one.valence is not None:
            carried.append(self.language.direction(one.valence, self.pair))
        carried += sorted(self.levels[key] for key in one.levels if key in self.levels)
        if one.strength is not None:
            carried.append(self.words.strength.format(value=one.strength))
        code = self.codes.get(one.code) or self._gone(one.code)
        return f"{code} {place}" + (f" ({'; '.join(carried)})" if carried else "")

    def _gone(self, code: UUID) -> str:
        """A code that was merged or deleted since, by the newest version that has it."""
        for row in reversed(self.project.codebook_versions.all()):
            for known in self.project.codebook_versions.content(row.id):
                if known.id == code:
                    self.codes[code] = join_path(known.path) if self.data else known.name
                    return self.codes[code]
        self.codes[code] = "?"
        return "?"

    # -- rounds and copies ------------------------------------------------------------------

    def events(self) -> Table:
        words = self.words
        columns = [
            Column((Run(words.when),), width=1.0),
            Column((Run(words.what),), width=1.6),
            Column((Run(words.round),), width=1.0),
            Column((Run(words.who),), width=1.0),
            Column((Run(words.document),), width=1.2),
            Column((Run(words.about),), width=1.6),
        ]
        return Table(
            title=words.log_title,
            columns=tuple(columns),
            rows=tuple(self._event(row) for row in self._told()),
            number=0 if self.data else 2,
            language=self.language.tag,
            description=words.log_title,
        )

    def _told(self) -> Iterable[RoundEventRow]:
        for row in self.project.rounds.events(self.round):
            # Who is assigned what follows from the set-up; only later changes are news.
            if row.kind is not RoundEventKind.ASSIGNED or "task" not in row.data:
                yield row

    def _event(self, row: RoundEventRow) -> tuple[Cell, ...]:
        people = [self._coder(key) for key in dict.fromkeys((row.coder, row.by)) if key]
        return (
            cell(row.at.strftime("%Y-%m-%d %H:%M:%S")),
            cell(self.words.events[row.kind]),
            cell(self.names.get(row.round, "") if row.round else ""),
            cell(*people),
            cell(self.titles.get(row.document, "") if row.document else ""),
            cell(*self._facts(row)),
        )

    def _facts(self, row: RoundEventRow) -> list[str]:
        """What an event says besides, in a few words."""
        said = []
        reason = row.data.get("reason")
        if isinstance(reason, str) and reason:
            said.append(reason)
        for key in ("file", "unit", "coefficient", "digest"):
            value = row.data.get(key)
            if isinstance(value, str) and value and row.kind is not RoundEventKind.SET_UP:
                said.append(value)
        value = row.data.get("value")
        if isinstance(value, float) and not self.reflexive:
            said.append(f"{value:.3f}")
        snapshot = row.data.get("snapshot")
        if self.data and isinstance(snapshot, str):
            said.append(snapshot)
        return said
