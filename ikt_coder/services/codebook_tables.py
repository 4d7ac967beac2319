"""The codebook as a table: for readers, and as a list that spreadsheets keep and give back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Flag
from ikt_coder.model import Coding, Quote
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.codes import join_path
from ikt_coder.services.quote_printing import QuotePrinter, alterations_of
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.services.wording_seen import is_paraphrase

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

SPREADSHEETS = frozenset({".csv", ".xlsx"})

_PARAPHRASE = "paraphrase by IKT Coder"
_HEADS = (
    ("Code", 1.5),
    ("Definition", 2.5),
    ("When to use", 1.9),
    ("When not to use", 1.9),
    ("Example", 2.1),
)
_LIST = (
    *("Code", "Path", "Kind", "Definition", "When to use", "When not to use", "Example"),
    *("Colour", "Source wording", "Source page", "Wording", "Framework", "ID"),
)


def codebook_table(project: Project) -> Table:
    """Every code in tree order, then the levels of codings, scheme by scheme. Where a code has
    no example of its own, an accepted quote stands for it, else a starred passage that may be
    quoted, marked as proposed. Columns that nothing stands in are left out."""
    codes = project.codes.all()
    actor = project.card.get().focal_actor
    examples = _Examples(project)
    rows: list[tuple[Cell, ...]] = [
        (
            _name(code),
            _worded(
                code.definition,
                code.source_wording,
                code.source_page,
                paraphrase=is_paraphrase(code, actor),
            ),
            _lines(code.include),
            _lines(code.exclude),
            examples.of(code),
            number(code.codings, code=code.id) if code.applicable else cell(""),
        )
        for code in codes
    ]
    rows += _level_rows(project)
    columns = tuple(Column((Run(name),), width=width) for name, width in _HEADS)
    columns += (Column((Run("References"),), Align.RIGHT, 0.8),)
    empty = [
        at
        for at in (2, 3, 4)
        if rows and not any(row[at].text for row in rows)
    ]  # fmt: skip
    return Table(
        title="Codebook",
        columns=tuple(column for at, column in enumerate(columns) if at not in empty),
        rows=tuple(
            tuple(one for at, one in enumerate(row) if at not in empty) for row in rows
        ),
        note=_note(project, [columns[at].name for at in empty], examples),
        description="The codes of the project in tree order, and the levels of codings.",
        empty="The codebook holds no codes yet.",
        headings=frozenset(at for at, row in enumerate(rows) if _only_groups(row)),
    )  # fmt: skip


def codebook_list(project: Project) -> Table:
    """One row for each code and each level, with its path and id, as ``import`` reads it back."""
    actor = project.card.get().focal_actor
    names = {row.id: row.name for row in project.frameworks.all()}
    rows = []
    for code in project.codes.all():
        rows.append(
            (
                cell(code.name),
                cell(join_path(code.path)),
                cell("code" if code.applicable else "heading"),
                _lines(code.definition),
                _lines(code.include),
                _lines(code.exclude),
                _lines(code.example),
                cell(code.colour),
                _lines(code.source_wording),
                cell(code.source_page),
                cell(_PARAPHRASE if is_paraphrase(code, actor) else ""),
                cell(names.get(code.framework, "") if code.framework else ""),
                cell(str(code.id)),
                number(code.codings, code=code.id) if code.applicable else cell(""),
            )
        )
    nothing = cell("")
    for level in project.frameworks.levels():
        said = (_lines(level.definition), *(nothing,) * 4, _lines(level.source_wording))
        own = _PARAPHRASE if level.paraphrase else ""
        last = (cell(level.source_page), cell(own), cell(level.framework_name), nothing, nothing)
        rows.append((cell(level.name), nothing, cell("level"), *said, *last))
    columns = tuple(Column((Run(name),)) for name in _LIST)
    return Table(
        title="Codebook",
        columns=(*columns, Column((Run("References"),), Align.RIGHT, 0.7)),
        rows=tuple(rows),
        note=_note(project, [], None),
        description="The codes of the project in tree order, and the levels of codings.",
        empty="The codebook holds no codes yet.",
    )


class _Examples:
    """Examples from the data; what was proposed is remembered for the note."""

    def __init__(self, project: Project) -> None:
        self.proposed = self.accepted = self.withheld = 0
        self._printer = QuotePrinter(project, Attribution(project))
        self._quotes: dict[UUID, list[tuple[CodingRow, Span, UUID]]] = {}
        self._starred: dict[UUID, list[CodingRow]] = {}
        wanted = {row.id for row in project.codes.all(counted=False) if not row.example.strip()}
        connection = project.connection
        quotes = connection.execute(
            select(Quote.id, Quote.coding_id, Quote.start, Quote.end)
            .join(Coding, Coding.id == Quote.coding_id)
            .where(Coding.code_id.in_(wanted))
            .order_by(Quote.position, Quote.id)
        ).all()
        codings = {row.id: row for row in project.codings.many({r.coding_id for r in quotes})}
        self._altered = alterations_of(project, [r.id for r in quotes])
        for quote in quotes:
            row = codings[quote.coding_id]
            here = (row, Span(quote.start, quote.end), quote.id)
            self._quotes.setdefault(row.code, []).append(here)
        starred = connection.execute(select(Coding.id).where(Coding.star).limit(1)).first()
        if starred is not None:
            for row in project.layers.codings(project.layers.info(), wanted):
                if Flag.STAR in row.flags:
                    self._starred.setdefault(row.code, []).append(row)

    def of(self, code: CodeRow) -> Cell:
        """The example of a code."""
        if code.example.strip():
            return cell(*code.example.strip().split("\n"), quote=True)
        for coding, span, key in self._quotes.get(code.id, ()):
            if not self._printer.withheld(coding, span):
                changes = [one for _, one in self._altered.get(key, ())]
                self.accepted += 1
                return cell(self._printer.print(coding, span, changes).text, quote=True)
        rows = sorted(self._starred.get(code.id, ()), key=lambda row: (len(row.span), row.id))
        for coding in rows:
            if self._printer.people(coding.document, coding.span) and not self._printer.withheld(
                coding, coding.span
            ):
                self.proposed += 1
                printed = self._printer.print(coding, coding.span)
                return cell(self._printer.as_proposal(printed).text, quote=True)
        self.withheld += bool(rows)
        return cell("")

    def sentences(self) -> list[str]:
        """What the note says of them."""
        said = []
        if self.accepted:
            said.append("Where a code has no example of its own, an accepted quote is shown.")
        if self.proposed:
            mark = self._printer.language.words.proposed
            said.append(f"{mark} Starred passages that nobody accepted as an example yet.")
        if self.withheld:
            one = self.withheld == 1
            said.append(
                f"The starred passages of {self.withheld} {'code' if one else 'codes'} are "
                "withheld, as consent or a mark on the coding does not allow quoting."
            )
        return said


def _name(code: CodeRow) -> Cell:
    depth = len(code.path) - 1
    return Cell(((Run(code.name, bold=not depth),),), indent=depth)


def _lines(text: str) -> Cell:
    return cell(*text.split("\n")) if text else cell("")


def _level_rows(project: Project) -> list[tuple[Cell, ...]]:
    """A heading for each level scheme of the project, and its levels below."""
    rows: list[tuple[Cell, ...]] = []
    nothing = (cell(""),) * 4
    scheme: UUID | None = None
    for level in project.frameworks.levels():
        if level.framework != scheme:
            scheme = level.framework
            heading = Run(f"Levels: {level.framework_name}", bold=True)
            rows.append((Cell(((heading,),)), cell(""), *nothing))
        words = _worded(
            level.definition,
            level.source_wording,
            level.source_page,
            paraphrase=level.paraphrase,
        )
        rows.append((cell(level.name, indent=1), words, *nothing))
    return rows


def _worded(definition: str, wording: str, page: str, *, paraphrase: bool) -> Cell:
    """A definition, and which wording of it coders saw."""
    paragraphs = definition.split("\n") if definition else []
    if wording:
        where = f", p. {page}" if page else ""
        paragraphs.append(f"Source wording{where}: {wording}")
    elif paraphrase:
        paragraphs.append(f"({_PARAPHRASE})")
    return cell(*paragraphs)


def _only_groups(row: tuple[Cell, ...]) -> bool:
    """Whether a row of the codebook is only a name over those below it."""
    return not row[0].indent and not any(each.text for each in row[1:])


def _note(
    project: Project, left_out: list[str], examples: _Examples | None
) -> tuple[tuple[Run, ...], ...]:
    coder = project.coders.present()
    documents = len(project.documents.all())
    counted = f"{documents} document" if documents == 1 else f"{documents} documents"
    said = [
        f"One reference is one coding. References of {coder.name if coder else 'nobody yet'} "
        f"alone, not of the analysis layer, in {counted}; codings of sub-codes are not counted "
        f"with the code above them. {_version(project)}{_today()}."
    ]
    if left_out:
        names = ", ".join(f"“{name}”" for name in left_out)
        said.append(f"Nothing is said under {names}, so these columns are left out.")
    said += examples.sentences() if examples is not None else []
    said += [f"{row.name}: {row.citation}" for row in project.frameworks.all() if row.citation]
    return tuple((Run(text),) for text in said)


def _version(project: Project) -> str:
    """Which kept version this is, where it is one."""
    current = project.codebook_versions.current()
    return f"Version {current.number} of the codebook. " if current is not None else ""


def _today() -> str:
    today = date.today()
    return f"Counted on {today.day} {today:%B %Y}"
