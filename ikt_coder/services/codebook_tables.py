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
from ikt_coder.services.rows import CodeRow, CodingRow, LevelRow
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


def codebook_tables(project: Project) -> tuple[Table, ...]:
    """The codebook for readers: the project's own codes, then those of each framework, then the
    levels of codings, each in tree order and in a table of its own whose columns are those that
    something stands in. Where a code has no example of its own, an accepted quote stands for it,
    else a starred passage that may be quoted, marked as proposed."""
    codes = project.codes.all()
    examples = _Examples(project)
    of_project = [row for row in codes if row.framework is None]
    parts: list[tuple[str, list[CodeRow], str]] = []
    frameworks = project.frameworks.all()
    if of_project or not codes:
        parts.append(("Codebook", of_project, ""))
    for framework in frameworks:
        some = [row for row in codes if row.framework == framework.id]
        if some:
            parts.append((f"Codes From {framework.name}", some, framework.citation))
    found = [
        _codes_table(project, title, some, source, examples, at)
        for at, (title, some, source) in enumerate(parts, 1)
    ]
    sources = {row.id: row.citation for row in frameworks}
    schemes: dict[UUID, list[LevelRow]] = {}
    for level in project.frameworks.levels():
        schemes.setdefault(level.framework, []).append(level)
    for key, levels in schemes.items():
        found.append(_levels_table(levels, sources.get(key, ""), len(found) + 1))
    return tuple(found)


def _codes_table(
    project: Project,
    title: str,
    codes: list[CodeRow],
    source: str,
    examples: _Examples,
    at: int,
) -> Table:
    actor = project.card.get().focal_actor
    # A framework's heading is the title of its table.
    shown = [row for row in codes if row.node_key or row.framework is None]
    depths = _depths(shown)
    told = examples.sentences()
    rows: list[tuple[Cell, ...]] = [
        (
            _name(code, depths[code.id]),
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
        for code in shown
    ]
    empty = [i for i in (2, 3, 4) if rows and not any(row[i].text for row in rows)]
    columns = tuple(
        # What is left out leaves its room to the definition.
        Column((Run(name),), width=width + (0.8 * len(empty) if name == "Definition" else 0))
        for name, width in _HEADS
    )
    columns += (Column((Run("References"),), Align.RIGHT, 0.8),)
    said = [_counted(project)]
    if empty and not source:
        names = ", ".join(f"“{columns[i].name}”" for i in empty)
        said.append(f"Nothing is said under {names}, so these columns are left out.")
    said += [one for one in examples.sentences() if one not in told]
    said += [source] if source else []
    return Table(
        title=title,
        columns=tuple(column for i, column in enumerate(columns) if i not in empty),
        rows=tuple(tuple(one for i, one in enumerate(row) if i not in empty) for row in rows),
        note=tuple((Run(text),) for text in said),
        number=at,
        description="Codes in tree order, with definition, when to use and when not, and example.",
        empty="The codebook holds no codes yet.",
        headings=frozenset(i for i, row in enumerate(rows) if _only_groups(row)),
    )


def _levels_table(levels: list[LevelRow], source: str, at: int) -> Table:
    return Table(
        title=f"Levels: {levels[0].framework_name}",
        columns=(
            Column((Run("Level"),), width=1.6),
            Column((Run("Definition"),), width=4.6),
        ),
        rows=tuple(
            (
                Cell(((Run(level.name, bold=True),),)),
                _worded(
                    level.definition,
                    level.source_wording,
                    level.source_page,
                    paraphrase=level.paraphrase,
                ),
            )
            for level in levels
        ),
        note=((Run(source),),) if source else (),
        number=at,
        description="The levels that codings may carry, with their definitions.",
    )


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
        note=((Run(_counted(project)),),),
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
        """What the notes say of them so far."""
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


def _name(code: CodeRow, depth: int) -> Cell:
    return Cell(((Run(code.name, bold=not depth),),), indent=depth)


def _depths(codes: list[CodeRow]) -> dict[UUID, int]:
    """How deep codes lie below others of the same table, which stand before them."""
    found: dict[UUID, int] = {}
    for code in codes:
        above = found.get(code.parent) if code.parent is not None else None
        found[code.id] = 0 if above is None else above + 1
    return found


def _lines(text: str) -> Cell:
    return cell(*text.split("\n")) if text else cell("")


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


def _counted(project: Project) -> str:
    """What the references are, for the note."""
    coder = project.coders.present()
    documents = len(project.documents.all())
    where = f"{documents} document" if documents == 1 else f"{documents} documents"
    return (
        f"One reference is one coding. References of {coder.name if coder else 'nobody yet'} "
        f"alone, not of the analysis layer, in {where}; codings of sub-codes are not counted "
        f"with the code above them. {_version(project)}{_today()}."
    )


def _version(project: Project) -> str:
    """Which kept version this is, where it is one."""
    current = project.codebook_versions.current()
    return f"Version {current.number} of the codebook. " if current is not None else ""


def _today() -> str:
    today = date.today()
    return f"Counted on {today.day} {today:%B %Y}"
