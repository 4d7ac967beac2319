"""Reports: neutral tables of what the project holds, ready for any export format."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.report import Report
from ikt_coder.core.table import Align, Column, Run, Table, cell, number
from ikt_coder.core.words import MemoKind
from ikt_coder.model import Coding
from ikt_coder.services.base import UNSET, Service, Unset
from ikt_coder.services.code_labels import code_labels, shown_depths
from ikt_coder.services.codebook_tables import SPREADSHEETS, codebook_list, codebook_tables
from ikt_coder.services.codes import join_path
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.rows import CodingRow, PassageRow
from ikt_coder.services.theme_lists import cases_table, quotes_table
from ikt_coder.services.theme_report import theme_report
from ikt_coder.services.theme_table import ThemeTable
from ikt_coder.services.theme_table_options import ExportLanguage, ThemeTableOptions

_MEMOS = (
    MemoKind.RULE,
    MemoKind.ANALYTIC,
    MemoKind.NOTE,
    MemoKind.PROJECT,
    MemoKind.REFLEXIVE,
)
"""The kinds of memos in the order of reports: rules apart from theory."""


@frozen
class CodeFrequency:
    """How often a code was used by one coder, and in how many documents."""

    code: UUID
    coder: UUID | None
    codings: int
    documents: int


class ReportService(Service):
    def theme_table(self, options: ThemeTableOptions | None = None) -> Table:
        """The theme table by the rules of method.md."""
        return ThemeTable(self._project, options).build()

    def theme_tables(
        self, options: ThemeTableOptions | None = None, ending: str = ""
    ) -> tuple[Table, ...]:
        """The theme table and, where it is asked for, the appendix of its long quotes; for
        ``.csv`` without signs, with the lists of its domains, levels and quotes."""
        return ThemeTable(self._project, options, data=ending == ".csv").tables()

    def theme_table_warnings(self, options: ThemeTableOptions | None = None) -> tuple[str, ...]:
        """What may tell who a participant is, before the theme table is given away."""
        return ThemeTable(self._project, options).warnings

    def theme_table_sources(self, options: ThemeTableOptions | None = None) -> str:
        """The publications of the frameworks the theme table names, which close its file."""
        return ThemeTable(self._project, options).sources

    def code_frequencies(self) -> tuple[CodeFrequency, ...]:
        """References and documents of each code by each coder."""
        # Counted from one index in its own order, document by document, so that nothing is
        # sorted; the Consensus has no coder.
        each = (
            select(Coding.code_id, Coding.coder_id, Coding.document_id, func.count().label("n"))
            .where(Coding.coder_id.is_not(None))
            .group_by(Coding.code_id, Coding.coder_id, Coding.document_id)
            .subquery()
        )
        rows = self._rows(
            select(each.c.code_id, each.c.coder_id, func.sum(each.c.n), func.count()).group_by(
                each.c.code_id, each.c.coder_id
            )
        )
        return tuple(CodeFrequency(*row) for row in rows)

    # -- tables ---------------------------------------------------------------------------

    def codebook_tables(self, ending: str = "") -> tuple[Table, ...]:
        """Every code with definition, when to use, when not, and an example; for a file of one
        of the endings of spreadsheets as a plain list that can be read back."""
        if ending in SPREADSHEETS:
            return (codebook_list(self._project),)
        return codebook_tables(self._project)

    def codings(self, coder: UUID | Unset | None = None, most: int = 0) -> tuple[PassageRow, ...]:
        """All codings with their words, by document and place; everyone's by default.
        ``most``: only so many of the first ones."""
        if most:
            first: list[CodingRow] = []
            for document in self._project.documents.all():
                first += self._project.codings.in_document(document.id, coder)
                if len(first) >= most:
                    break
            return self._project.passages.of_codings(first[:most], context=0)
        codes = [row.id for row in self._project.codes.all()]
        if coder is UNSET:
            found = self._project.codings.of_codes(codes)
        else:
            found = self._project.codings.of_codes(codes, coder)
        return self._project.passages.of_codings(found, context=0)

    def codings_table(self, coder: UUID | Unset | None = None, most: int = 0) -> Table:
        """One row per coding, with the columns of the command line. ``most``: the first rows
        only, which the note says."""
        paths = {row.id: join_path(row.path) for row in self._project.codes.all()}
        coders = {row.id: row.name for row in self._project.coders.everyone()}
        levels = {row.id: row.name for row in self._project.frameworks.levels()}
        names = (
            "document",
            "start",
            "end",
            "text",
            "code",
            "coder",
            "valence",
            "strength",
            "levels",
            "memo",
            "created",
        )
        right = {"start", "end", "strength"}
        rows = []
        for passage in self.codings(coder, most):
            row = passage.coding
            rows.append(
                (
                    cell(passage.document_title),
                    number(row.span.start),
                    number(row.span.end),
                    cell(*passage.text.split("\n"), quote=True),
                    cell(paths.get(row.code, "")),
                    cell(coders.get(row.coder, "") if row.coder else ""),
                    cell(row.valence.value if row.valence else ""),
                    number(row.strength) if row.strength else cell(""),
                    cell("; ".join(sorted(levels[key] for key in row.levels if key in levels))),
                    cell(*row.memo.split("\n")),
                    cell(row.created.isoformat(timespec="seconds")),
                )
            )
        positions = (
            "Each coder's own codings; the Consensus is not among them. "
            f"Positions are code points, end excluded. {_today()}."
        )
        return Table(
            title="Codings",
            number=0,
            columns=tuple(
                Column(
                    (Run(name),),
                    Align.RIGHT if name in right else Align.LEFT,
                    {"text": 3.0, "memo": 1.8}.get(name, 1.0),
                )
                for name in names
            ),
            rows=tuple(rows),
            note=_note([self._cut(coder, len(rows)) if most else "", positions, self._sealed()]),
            description="Every coder's codings with their words.",
            empty="Nothing is coded yet.",
        )

    def _cut(self, coder: UUID | Unset | None, shown: int) -> str:
        wanted = self._project.coder if coder is UNSET else coder
        counts = self.code_frequencies()
        whole = sum(one.codings for one in counts if wanted in (None, one.coder))
        return f"The first {shown:,} of {whole:,} codings." if whole > shown else ""

    def quotes_table(self, language: ExportLanguage = ExportLanguage.ENGLISH) -> Table:
        """The quotes that were accepted, theme by theme, as far as consent allows."""
        return quotes_table(self._project, LANGUAGES[language])

    def deviant_cases_table(self, language: ExportLanguage = ExportLanguage.ENGLISH) -> Table:
        """Codings that qualify or contradict their theme, as far as consent allows."""
        return cases_table(self._project, LANGUAGES[language])

    def theme_report(
        self, language: ExportLanguage = ExportLanguage.ENGLISH, *, group_labels: bool = False
    ) -> Report:
        """The themes as a draft of a chapter."""
        return theme_report(self._project, LANGUAGES[language], group_labels=group_labels)

    def memos_table(self) -> Table:
        """The memos the present coder may read, newest first within their kind: rules of codes,
        then theory on themes, then the rest; reflexive ones only where they are shared."""
        rows = []
        titles = {row.id: row.title for row in self._project.documents.all()}
        codes = {row.id: row.name for row in self._project.codes.all()}
        themes = {row.id: row.name for row in self._project.themes.all()}
        memos = sorted(self._project.memos.all(), key=lambda memo: _MEMOS.index(memo.kind))
        for memo in memos:
            if memo.kind is MemoKind.REFLEXIVE and not memo.shared:
                continue
            place = (
                titles.get(memo.document, "")
                if memo.document
                else codes.get(memo.code, "")
                if memo.code
                else themes.get(memo.theme, "")
                if memo.theme
                else ""
            )
            rows.append(
                (
                    cell(memo.changed.date().isoformat()),
                    cell(memo.coder_initials),
                    cell(memo.kind.value + (", ask" if memo.ask else "")),
                    cell(place),
                    cell(*([memo.title] if memo.title else []), *memo.text.split("\n")),
                )
            )
        return Table(
            title="Memos",
            number=0,
            columns=(
                Column((Run("Date"),), width=0.8),
                Column((Run("Coder"),), width=0.5),
                Column((Run("Kind"),), width=0.7),
                Column((Run("On"),), width=1.2),
                Column((Run("Memo"),), width=3.5),
            ),
            rows=tuple(rows),
            note=_note(
                [
                    "Rule memos of codes stand first, then analytic memos of themes, notes, "
                    "project memos and the journal. Reflexive memos only where they are shared. "
                    f"{_today()}.",
                    self._sealed(),
                ]
            ),
            description="Memos by kind, newest first.",
            empty="No memos have been written yet.",
        )

    def history_table(self) -> Table:
        """Who did what and when, oldest first. While documents are sealed, what others did
        there is left out, and with it the numbers that would tell how much it was."""
        sealed = self._project.history.sealed_note()
        rows = []
        for row in reversed(self._project.history.all(limit=100_000)):
            what = row.kind.replace("_", " ")
            if row.direction < 0:
                what = f"took back: {what}"
            elif row.root != row.seq:
                what = f"did again: {what}"
            name = row.params.get("name") or row.params.get("title") or ""
            rows.append(
                (
                    cell("") if sealed else number(row.seq),
                    cell(row.at.isoformat(sep=" ", timespec="seconds")),
                    cell(row.coder_name),
                    cell(what),
                    cell(str(name)),
                    cell("") if sealed else number(row.rows),
                )
            )
        return Table(
            title="History",
            number=0,
            columns=(
                Column((Run("Act"),), Align.RIGHT, 0.4),
                Column((Run("When (UTC)"),), width=1.2),
                Column((Run("Who"),), width=0.8),
                Column((Run("What"),), width=1.5),
                Column((Run("Name"),), width=2.0),
                Column((Run("Rows"),), Align.RIGHT, 0.4),
            ),
            rows=tuple(rows),
            note=_note([sealed]) if sealed else (),
            description="Every act in the project.",
            empty="Nothing has been done yet.",
        )

    def frequency_table(self) -> Table:
        """References and documents per code and coder."""
        names = {row.id: row.name for row in self._project.coders.everyone()}
        present = self._project.coder  # whose passages a screen can open
        counts: dict[UUID, list[CodeFrequency]] = {}
        for found in self.code_frequencies():
            counts.setdefault(found.code, []).append(found)
        rows = []
        codes = self._project.codes.all()
        labels, depths = code_labels(codes), shown_depths(codes, counts)
        for code in codes:
            for found in counts.get(code.id, []):
                rows.append(
                    (
                        cell(labels[code.id], indent=depths[code.id]),
                        cell(names.get(found.coder, "") if found.coder else ""),
                        number(found.codings, code=code.id if found.coder == present else None),
                        number(found.documents),
                    )
                )
        return Table(
            title="Code Frequencies",
            columns=(
                Column((Run("Code"),), width=2.5),
                Column((Run("Coder"),), width=1.0),
                Column((Run("References"),), Align.RIGHT, 0.7),
                Column((Run("Documents"),), Align.RIGHT, 0.7),
            ),
            rows=tuple(rows),
            note=_note(
                [
                    "One reference is one coding; coders are never added up, nor are codings of "
                    "sub-codes with the code above them. Each coder's own codings, not the "
                    "analysis layer, in "
                    f"{_documents(len(self._project.documents.all()))}, coded to the end or "
                    f"not. {_today()}.",
                    self._sealed(),
                ]
            ),
            description="How often each code was used.",
            empty="Nothing is coded yet.",
        )

    def _sealed(self) -> str:
        return self._project.sight.sealed_note()


def _note(paragraphs: list[str]) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) for text in paragraphs if text)


def _documents(count: int) -> str:
    return f"{count} document" if count == 1 else f"{count} documents"


def _today() -> str:
    today = date.today()
    return f"Counted on {today.day} {today:%B %Y}"
