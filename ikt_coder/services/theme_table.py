"""The theme table, by the rules of method.md: layer, counting, domains, levels, quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.codebooks.catalogue import crosswalks, framework
from ikt_coder.core.span import Span
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Approach, Consent, Flag, FrameworkKind, ThemeStatus, Valence
from ikt_coder.model import Quote
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.services.theme_counts import ThemeCounts, passages
from ikt_coder.services.theme_notes import direction_words, note

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class ThemeColumn(StrEnum):
    """Columns after the theme's name."""

    DESCRIPTION = "description"
    CENTRAL_IDEA = "central_idea"
    QUOTES = "quotes"
    PARTICIPANTS = "participants"
    OWN_PARTICIPANTS = "own_participants"
    DIRECTIONS = "directions"
    PASSAGES = "passages"
    REFERENCES = "references"
    BOTH_DIRECTIONS = "both_directions"
    DOMAINS = "domains"
    COMPONENTS = "components"
    LEVELS = "levels"
    STATUS = "status"


class Side(StrEnum):
    """Which directions the table is about."""

    BOTH = "both"
    BARRIERS = "barriers"
    FACILITATORS = "facilitators"


DEFAULT_COLUMNS = (ThemeColumn.DESCRIPTION, ThemeColumn.QUOTES, ThemeColumn.PARTICIPANTS)
FULL_COLUMNS = (
    ThemeColumn.DESCRIPTION,
    ThemeColumn.QUOTES,
    ThemeColumn.PARTICIPANTS,
    ThemeColumn.DIRECTIONS,
    ThemeColumn.DOMAINS,
    ThemeColumn.COMPONENTS,
    ThemeColumn.LEVELS,
)


@dataclass(frozen=True, slots=True)
class ThemeTableOptions:
    """What the table shows. ``columns`` None takes the defaults of the project's approach."""

    columns: tuple[ThemeColumn, ...] | None = None
    side: Side = Side.BOTH
    number: int = 1
    title: str = ""
    set_aside: bool = False  # also themes that were set aside
    propose_quotes: bool = False  # fill empty quote cells with marked proposals
    today: date = field(default_factory=date.today)


@dataclass(slots=True)
class Marks:
    """What the note has to explain, gathered while the rows are made."""

    derived: bool = False
    undecided: bool = False
    dagger: bool = False
    withheld: int = 0
    proposed: bool = False
    longer: bool = False
    mixed_marked: bool = False
    sub_themes: bool = False
    several_levels: bool = False
    several_directions: bool = False
    no_quotes: bool = False


class ThemeTable:
    """Builds one theme table from the project as it is now."""

    def __init__(self, project: Project, options: ThemeTableOptions | None = None) -> None:
        self.project = project
        self.options = options or ThemeTableOptions()
        self.card = project.card.get()
        self.counts = ThemeCounts(project)
        self.info = self.counts.info
        self.marks = Marks()
        self.codes = {row.id: row for row in project.codes.all()}
        self.levels = {row.id: row for row in project.frameworks.levels()}
        self.frameworks = {row.id: row for row in project.frameworks.all()}
        self.columns = self.options.columns or (
            (ThemeColumn.DESCRIPTION, ThemeColumn.QUOTES)
            if self.card.approach is Approach.REFLEXIVE
            else DEFAULT_COLUMNS
        )
        wants = {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS}
        self._layer: dict[UUID, list[CodingRow]] = {}
        if wants.intersection(self.columns):
            for row in project.layers.codings(self.info):
                if self.counts.counts(row):
                    self._layer.setdefault(row.document, []).append(row)

    def build(self) -> Table:
        """The table. Parents roll sub-themes up; participants and passages count once."""
        themes: list[tuple[Any, int, list[CodingRow], list[CodingRow]]] = []
        skip: set[UUID] = set()

        def visit(row: Any, depth: int) -> None:
            aside = row.status == ThemeStatus.SET_ASIDE.value and not self.options.set_aside
            if aside or row.parent_id in skip:
                skip.add(row.id)
                return
            own = self._on_side(self.counts.members(row.id))
            below = self._on_side(self.counts.members_below(row.id))
            if self.options.side is not Side.BOTH and not below:
                skip.add(row.id)
                return
            themes.append((row, depth, own, below))

        self.counts.walk(visit)
        self.marks.sub_themes = any(depth for _, depth, _, _ in themes)
        directions = self._directions(below for _, _, _, below in themes)
        columns = [Column((Run("Theme"),), width=1.6)]
        for wanted in self.columns:
            columns += self._headings(wanted, directions)
        rows = []
        for row, depth, own, below in themes:
            cells = [cell(row.name, indent=depth)]
            for wanted in self.columns:
                cells += self._cells(wanted, row, own, below, directions)
            rows.append(tuple(cells))
        return Table(
            title=self.options.title or self._title(),
            columns=tuple(columns),
            rows=tuple(rows),
            note=note(self, directions),
            number=self.options.number,
            description="Themes of the analysis, one row for each theme and sub-theme.",
            empty="There are no themes yet.",
            interim=self.info.interim,
        )

    # -- columns --------------------------------------------------------------------------

    def _title(self) -> str:
        barrier, facilitator = direction_words(self.card.words)
        about = {
            Side.BOTH: "Themes",
            Side.BARRIERS: f"Themes: {barrier.plural.title()}",
            Side.FACILITATORS: f"Themes: {facilitator.plural.title()}",
        }[self.options.side]
        if ThemeColumn.DIRECTIONS in self.columns and self.options.side is Side.BOTH:
            about += ", With Passages by Direction"
        return about

    def _directions(self, members: Iterable[list[CodingRow]]) -> list[Valence | None]:
        """The directions that occur; columns of zeros are dropped and named in the note."""
        met = {row.valence for some in members for row in some}
        order: list[Valence | None] = [*Valence, None]
        if self.options.side is Side.BARRIERS:
            order = [Valence.BARRIER, Valence.MIXED]
        elif self.options.side is Side.FACILITATORS:
            order = [Valence.FACILITATOR, Valence.MIXED]
        return [valence for valence in order if valence in met]

    def _headings(self, wanted: ThemeColumn, directions: list[Valence | None]) -> list[Column]:
        italic_n = Run("n", italic=True)
        if wanted is ThemeColumn.DIRECTIONS:
            barrier, facilitator = direction_words(self.card.words)
            names = {
                Valence.BARRIER: barrier.single.capitalize(),
                Valence.FACILITATOR: facilitator.single.capitalize(),
                Valence.MIXED: "Mixed" if self.options.side is Side.BOTH else "Mixed, ±",
                Valence.NEUTRAL: "Neutral",
                None: "Not set",
            }
            spanner = (Run("Passages, "), italic_n)
            return [
                Column((Run(names[valence]),), Align.RIGHT, 0.55, spanner) for valence in directions
            ]
        plain = {
            ThemeColumn.DESCRIPTION: Column((Run("Description"),), width=2.2),
            ThemeColumn.CENTRAL_IDEA: Column((Run("Central organising idea"),), width=2.2),
            ThemeColumn.QUOTES: Column((Run("Quote"),), width=3.0),
            ThemeColumn.PARTICIPANTS: Column((italic_n,), Align.RIGHT, 0.4),
            ThemeColumn.OWN_PARTICIPANTS: Column(
                (Run("Own codings, "), italic_n), Align.RIGHT, 0.6
            ),
            ThemeColumn.PASSAGES: Column((Run("Passages"),), Align.RIGHT, 0.6),
            ThemeColumn.REFERENCES: Column((Run("References"),), Align.RIGHT, 0.7),
            ThemeColumn.BOTH_DIRECTIONS: Column(
                (Run("Both directions, "), italic_n), Align.RIGHT, 0.7
            ),
            ThemeColumn.DOMAINS: Column((Run("Domain ("), italic_n, Run(")")), width=1.7),
            ThemeColumn.COMPONENTS: Column(
                (Run("COM-B component ("), italic_n, Run(")")), width=1.5
            ),
            ThemeColumn.LEVELS: Column((Run("Level ("), italic_n, Run(")")), width=1.3),
            ThemeColumn.STATUS: Column((Run("Status"),), width=0.8),
        }
        return [plain[wanted]]

    def _cells(
        self,
        wanted: ThemeColumn,
        row: Any,
        own: list[CodingRow],
        below: list[CodingRow],
        directions: list[Valence | None],
    ) -> list[Cell]:
        match wanted:
            case ThemeColumn.DESCRIPTION:
                return [cell(*row.description.split("\n"))]
            case ThemeColumn.CENTRAL_IDEA:
                return [cell(*row.central_idea.split("\n"))]
            case ThemeColumn.QUOTES:
                return [self._quotes(row.id, own)]
            case ThemeColumn.PARTICIPANTS:
                return [number(len(self.counts.participants(below)))]
            case ThemeColumn.OWN_PARTICIPANTS:
                return [number(len(self.counts.participants(own)))]
            case ThemeColumn.DIRECTIONS:
                return self._direction_cells(below, directions)
            case ThemeColumn.PASSAGES:
                return [number(len(passages(below)))]
            case ThemeColumn.REFERENCES:
                return [number(len(below))]
            case ThemeColumn.BOTH_DIRECTIONS:
                return [number(len(self._both_directions(below)))]
            case ThemeColumn.DOMAINS:
                return [self._listed(self._domains(row.id, below))]
            case ThemeColumn.COMPONENTS:
                return [self._listed(self._components(below))]
            case ThemeColumn.LEVELS:
                return [self._listed(self._level_counts(row.id, below))]
            case ThemeColumn.STATUS:
                return [cell(row.status.replace("_", " "))]

    def _on_side(self, codings: list[CodingRow]) -> list[CodingRow]:
        """Codings of the wanted direction; mixed ones stand in both one-sided tables."""
        wanted = {
            Side.BARRIERS: {Valence.BARRIER, Valence.MIXED},
            Side.FACILITATORS: {Valence.FACILITATOR, Valence.MIXED},
        }.get(self.options.side)
        if wanted is None:
            return codings
        kept = [row for row in codings if row.valence in wanted]
        self.marks.mixed_marked |= any(row.valence is Valence.MIXED for row in kept)
        return kept

    def _direction_cells(
        self, codings: list[CodingRow], directions: list[Valence | None]
    ) -> list[Cell]:
        counts = [
            len(passages(row for row in codings if row.valence == valence))
            for valence in directions
        ]
        if sum(counts) > len(passages(codings)):
            self.marks.several_directions = True
        return [number(count) for count in counts]

    def _both_directions(self, codings: list[CodingRow]) -> set[UUID]:
        mixed = self.counts.participants(r for r in codings if r.valence is Valence.MIXED)
        barrier = self.counts.participants(r for r in codings if r.valence is Valence.BARRIER)
        facilitator = self.counts.participants(
            r for r in codings if r.valence is Valence.FACILITATOR
        )
        return mixed | (barrier & facilitator)

    # -- domains, components, levels ------------------------------------------------------

    def _on_passages(self, codings: list[CodingRow]) -> list[CodingRow]:
        """The theme's own codings, and those of the layer that overlap one of its passages
        by at least half of the shorter span."""
        found = {row.id: row for row in codings}
        for document, passage in passages(codings):
            for row in self._layer.get(document, ()):
                if row.span.start >= passage.end:
                    break
                if row.id not in found and row.span.covers_half_of_shorter(passage):
                    found[row.id] = row
        return list(found.values())

    def _framework_codes(self, key: str | None) -> dict[UUID, CodeRow]:
        return {
            code.id: code
            for code in self.codes.values()
            if code.node_key is not None
            and code.framework in self.frameworks
            and self.frameworks[code.framework].kind is FrameworkKind.CODEBOOK
            and (code.framework_key == key if key else code.framework_key != "com-b")
        }

    def _domains(self, theme: UUID, codings: list[CodingRow]) -> list[tuple[str, int | None]]:
        """The framework codes on the theme's passages with n, without those the author hides
        and with those they add by hand."""
        nodes = self._framework_codes(None)
        by_hand = self.counts.author_domains(theme)
        people: dict[str, set[UUID]] = {}
        for row in self._on_passages(codings):
            if row.code in nodes and by_hand.get(row.code, True):
                people.setdefault(nodes[row.code].name, set()).update(self.counts.people(row))
        listed: list[tuple[str, int | None]] = list(_ranked(people))
        for code, shown in by_hand.items():
            if shown and code in nodes and nodes[code].name not in people:
                self.marks.dagger = True
                listed.append((f"{nodes[code].name}†", None))
        return listed

    def _components(self, codings: list[CodingRow]) -> list[tuple[str, int]]:
        """COM-B: coded directly, or reached from domains by crosswalk (derived, never
        stored), counted once where both; two undecided targets stay undecided."""
        direct_codes = self._framework_codes("com-b")
        walks = {walk.source_framework: walk for walk in crosswalks()}
        names = _component_names()
        direct: dict[str, set[UUID]] = {}
        derived: dict[str, set[UUID]] = {}
        undecided: dict[str, set[UUID]] = {}
        for row in self._on_passages(codings):
            people = self.counts.people(row)
            code = self.codes.get(row.code)
            if code is None:
                continue
            if row.code in direct_codes:
                direct.setdefault(code.name, set()).update(people)
            elif code.framework_key in walks and code.node_key:
                found = walks[code.framework_key].derive(code.node_key, row.mapping_choice)
                for target in found.targets:
                    derived.setdefault(names[target], set()).update(people)
                if found.undecided:
                    name = " or ".join(names[target] for target in found.candidates)
                    undecided.setdefault(name, set()).update(people)
        ranked = []
        for name, coded in direct.items():
            ranked.append((name, len(coded | derived.pop(name, set()))))
        ranked.sort(key=lambda pair: (-pair[1], pair[0]))
        if derived:
            self.marks.derived = True
            ranked += [(f"{name}ᵈ", n) for name, n in _ranked(derived)]
        if undecided:
            self.marks.undecided = True
            ranked += [(f"{name}, undecided", n) for name, n in _ranked(undecided)]
        return ranked

    def _level_counts(self, theme: UUID, codings: list[CodingRow]) -> list[tuple[str, int | None]]:
        people: dict[str, set[UUID]] = {}
        for row in self._on_passages(codings):
            if len(row.levels) > 1:
                self.marks.several_levels = True
            for level in row.levels:
                if level in self.levels:
                    people.setdefault(self.levels[level].name, set()).update(
                        self.counts.people(row)
                    )
        listed: list[tuple[str, int | None]] = list(_ranked(people))
        for level in sorted(
            self.counts.author_levels(theme), key=lambda key: self.levels[key].position
        ):
            if self.levels[level].name not in people:
                self.marks.dagger = True
                listed.append((f"{self.levels[level].name}†", None))
        return listed

    @staticmethod
    def _listed(pairs: Iterable[tuple[str, int | None]]) -> Cell:
        return cell(*(f"{name} ({n})" if n is not None else name for name, n in pairs))

    # -- quotes -----------------------------------------------------------------------------

    def _quotes(self, theme: UUID, own: list[CodingRow]) -> Cell:
        """The quotes of a theme, or marked proposals where that was asked for."""
        lines = self.accepted_quotes(theme, {row.id for row in own})
        if not lines and self.options.propose_quotes:
            lines = self._proposals(own)
            self.marks.proposed |= bool(lines)
        if not lines:
            self.marks.no_quotes = True
        return cell(*lines, quote=True)

    def accepted_quotes(self, theme: UUID, on_side: set[UUID] | None = None) -> list[str]:
        """Accepted quotes whose participants agreed to be quoted."""
        rows = self.project.connection.execute(
            select(Quote.coding_id, Quote.document_id, Quote.start, Quote.end)
            .where(Quote.theme_id == theme)
            .order_by(Quote.position)
        ).all()
        codings = {row.id: row for row in self.project.codings.many([r.coding_id for r in rows])}
        lines: list[str] = []
        for r in rows:
            coding = codings.get(r.coding_id)
            if coding is None:
                continue
            if (
                on_side is not None
                and self.options.side is not Side.BOTH
                and coding.id not in on_side
            ):
                continue
            line = self._quote_line(coding, Span(r.start, r.end))
            if line is not None:
                lines.append(line)
        return lines

    def _quote_line(self, coding: CodingRow, span: Span) -> str | None:
        words = self.counts.attribution.of(coding.document, span)
        people = [
            self.counts.attribution.people[p]
            for p in words.participants
            if p in self.counts.attribution.people
        ]
        consent = all(person.consent == Consent.QUOTE.value for person in people)
        if not consent or coding.flags & {Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY}:
            self.marks.withheld += 1
            return None
        if any(person.left_out for person in people):
            return None
        text = self.project.texts.get(coding.document)
        said = " ".join(text[span.start : span.end].split())
        who = ", ".join(person.label for person in people)
        longer = span.start < coding.span.start or span.end > coding.span.end
        self.marks.longer |= longer
        sign = (
            " ±" if coding.valence is Valence.MIXED and self.options.side is not Side.BOTH else ""
        )
        return f"“{said}”{f' ({who})' if who else ''}{'*' if longer else ''}{sign}"

    def _proposals(self, codings: list[CodingRow]) -> list[str]:
        """Starred first, then the shortest of each participant; two at most, marked."""
        ranked = sorted(codings, key=lambda r: (Flag.STAR not in r.flags, len(r.span), r.id))
        lines: list[str] = []
        heard: set[frozenset[UUID]] = set()
        for row in ranked:
            if self.counts.people(row) in heard:
                continue
            line = self._quote_line(row, row.span)
            if line is not None:
                heard.add(self.counts.people(row))
                lines.append(f"[proposed] {line}")
            if len(lines) == 2:
                break
        return lines


def _ranked(people: dict[str, set[UUID]]) -> list[tuple[str, int]]:
    """Names with n participants, highest first."""
    return sorted(
        ((name, len(who)) for name, who in people.items()), key=lambda pair: (-pair[1], pair[0])
    )


def _component_names() -> dict[str, str]:
    return {node.key: node.name for node in framework("com-b").nodes}
