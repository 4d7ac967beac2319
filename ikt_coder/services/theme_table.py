"""The theme table, by the rules of method.md: layer, counting, domains, levels, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Approach, FrameworkKind, Stance, ThemeStatus, Valence
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.theme_counts import ThemeCounts, passages
from ikt_coder.services.theme_domains import Listed, ThemeDomains
from ikt_coder.services.theme_notes import direction_words, note
from ikt_coder.services.theme_quotes import PrintedQuote, ThemeQuotes, telling_groups

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


ONE_SIDE: dict[Side, tuple[Valence | None, ...]] = {
    Side.BARRIERS: (Valence.BARRIER, Valence.MIXED),
    Side.FACILITATORS: (Valence.FACILITATOR, Valence.MIXED),
}
"""Mixed stands in both one-sided tables."""

DEFAULT_COLUMNS = (ThemeColumn.DESCRIPTION, ThemeColumn.QUOTES, ThemeColumn.PARTICIPANTS)
REFLEXIVE_COLUMNS = (ThemeColumn.DESCRIPTION, ThemeColumn.QUOTES)
FULL_COLUMNS = (
    ThemeColumn.DESCRIPTION,
    ThemeColumn.QUOTES,
    ThemeColumn.PARTICIPANTS,
    ThemeColumn.DIRECTIONS,
    ThemeColumn.DOMAINS,
    ThemeColumn.COMPONENTS,
    ThemeColumn.LEVELS,
)
COUNT_COLUMNS = frozenset(
    {
        ThemeColumn.PARTICIPANTS,
        ThemeColumn.OWN_PARTICIPANTS,
        ThemeColumn.BOTH_DIRECTIONS,
        ThemeColumn.DOMAINS,
        ThemeColumn.COMPONENTS,
        ThemeColumn.LEVELS,
    }
)
"""Columns that count participants."""
FRAMEWORK_COLUMNS = frozenset({ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS, ThemeColumn.LEVELS})

NONE = "—"


@dataclass(frozen=True, slots=True)
class ThemeTableOptions:
    """What the table shows. ``columns`` None takes the defaults of the project's approach."""

    columns: tuple[ThemeColumn, ...] | None = None
    side: Side = Side.BOTH
    number: int = 1
    title: str = ""
    set_aside: bool = False  # also themes that were set aside
    propose_quotes: bool = False  # fill empty quote cells with marked proposals
    percentages: bool = False  # beside n participants; small studies do without
    group_labels: bool = False  # "P01, patient partner" behind quotes
    today: date = field(default_factory=date.today)


@dataclass(slots=True)
class Marks:
    """What the note has to explain, gathered while the rows are made."""

    derived: bool = False
    derived_beside: bool = False
    undecided: bool = False
    dagger: bool = False
    dash: bool = False
    withheld: int = 0
    proposed: bool = False
    longer: bool = False
    sub_themes: bool = False
    set_aside: bool = False
    several_levels: bool = False
    several_directions: bool = False
    hidden: dict[str, list[str]] = field(default_factory=dict)
    without_side: list[str] = field(default_factory=list)
    stances: dict[Stance, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with the codings behind each of its paragraphs."""

    cell: Cell
    behind: tuple[tuple[UUID, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _ThemeRow:
    theme: Any  # a database row
    depth: int
    own: list[CodingRow]
    below: list[CodingRow]
    all_below: list[CodingRow]  # of every direction, in a one-sided table too


class ThemeTable:
    """Builds one theme table from the project as it is now.

    After ``build``, ``behind`` holds the codings behind each figure, by row, column and
    paragraph of the cell; ``themes`` the theme of each row; ``warnings`` what a person
    should know before the table leaves the house.
    """

    def __init__(
        self,
        project: Project,
        options: ThemeTableOptions | None = None,
        counts: ThemeCounts | None = None,
    ) -> None:
        """``counts`` where the themes have been read already, with the whole layer."""
        self.project = project
        self.options = options or ThemeTableOptions()
        self.card = project.card.get()
        reflexive = self.card.approach is Approach.REFLEXIVE
        usual = REFLEXIVE_COLUMNS if reflexive else DEFAULT_COLUMNS
        self.columns = usual if self.options.columns is None else self.options.columns
        frameworks = bool(FRAMEWORK_COLUMNS & set(self.columns))
        self.counts = counts or ThemeCounts(project, whole_layer=frameworks)
        self.info = self.counts.info
        self.marks = Marks()
        self.quotes = ThemeQuotes(
            project,
            self.counts,
            with_groups=self.options.group_labels,
            mark_mixed=self.options.side is not Side.BOTH,
        )
        self.domains = ThemeDomains(project, self.counts) if frameworks else None
        self.directions: list[Valence | None] = []
        self.behind: dict[tuple[int, int, int], tuple[UUID, ...]] = {}
        self.themes: tuple[UUID, ...] = ()

    def build(self) -> Table:
        """The table. Parents roll sub-themes up; participants and passages count once."""
        themes = self._rows()
        self.themes = tuple(one.theme.id for one in themes)
        self.directions = self._met_directions(one.below for one in themes)
        columns = [Column((Run("Theme"),), width=1.6)]
        for wanted in self.columns:
            columns += self._headings(wanted)
        rows = []
        for at, one in enumerate(themes):
            filled = [Filled(cell(one.theme.name, indent=one.depth))]
            for wanted in self.columns:
                filled += self._cells(wanted, one)
            for column, part in enumerate(filled):
                for paragraph, codings in enumerate(part.behind):
                    if codings:
                        self.behind[(at, column, paragraph)] = codings
            rows.append(tuple(part.cell for part in filled))
        self._mark(themes)
        return Table(
            title=self.options.title.strip() or self._title(),
            columns=tuple(columns),
            rows=tuple(rows),
            note=note(self),
            number=self.options.number,
            description="Themes of the analysis, one row for each theme and sub-theme.",
            empty="There are no themes yet.",
            interim=self.info.interim,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may tell who a participant is, before the table is given away."""
        if not self.options.group_labels or ThemeColumn.QUOTES not in self.columns:
            return ()
        people = self.counts.attribution.people.values()
        counted = (*self.info.participants, *self.info.pending)
        groups = telling_groups(people, counted)
        if not groups:
            return ()
        named = ", ".join(f"“{group}”" for group in groups)
        return (f"Fewer than three participants fit {named}: these labels may tell who spoke.",)

    @property
    def sources(self) -> str:
        """The publications of the frameworks whose nodes the table may name."""
        if self.domains is None:
            return ""
        kinds = set()
        if {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS} & set(self.columns):
            kinds.add(FrameworkKind.CODEBOOK)
        if ThemeColumn.LEVELS in self.columns:
            kinds.add(FrameworkKind.LEVEL_SCHEME)
        presets = [one for one in self.domains.frameworks.values() if one.kind in kinds]
        return "; ".join(dict.fromkeys(one.citation for one in presets if one.citation))

    def _rows(self) -> list[_ThemeRow]:
        found: list[_ThemeRow] = []
        skip: set[UUID] = set()

        def visit(row: Any, depth: int) -> None:
            aside = row.status == ThemeStatus.SET_ASIDE.value
            if row.parent_id in skip or (aside and not self.options.set_aside):
                skip.add(row.id)
                return
            everything = self.counts.members_below(row.id)
            below = self._on_side(everything)
            if self.options.side is not Side.BOTH and not below:
                skip.add(row.id)
                self.marks.without_side.append(row.name)
                return
            self.marks.set_aside |= aside
            own = self._on_side(self.counts.members(row.id))
            found.append(_ThemeRow(row, depth, own, below, everything))

        self.counts.walk(visit)
        return found

    def _mark(self, themes: Sequence[_ThemeRow]) -> None:
        marks = self.marks
        marks.sub_themes = any(one.depth for one in themes)
        marks.withheld = len(self.quotes.withheld)
        for one in themes:
            for row in one.own:
                stance = self.counts.stance(one.theme.id, row.id)
                marks.stances[stance] = marks.stances.get(stance, 0) + 1
        if self.domains is not None:
            names = {one.theme.id: one.theme.name for one in themes}
            marks.hidden = {names[key]: some for key, some in self.domains.hidden.items()}

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

    def possible_directions(self) -> tuple[Valence | None, ...]:
        """The directions the table is about, in the order of its columns."""
        return ONE_SIDE.get(self.options.side, (*Valence, None))

    def _met_directions(self, members: Iterable[list[CodingRow]]) -> list[Valence | None]:
        """The directions that occur; columns of zeros are dropped and named in the note."""
        met = {row.valence for some in members for row in some}
        return [valence for valence in self.possible_directions() if valence in met]

    def direction_name(self, valence: Valence | None) -> str:
        """A direction in the project's own words."""
        barrier, facilitator = direction_words(self.card.words)
        return {
            Valence.BARRIER: barrier.single,
            Valence.FACILITATOR: facilitator.single,
            Valence.MIXED: "mixed",
            Valence.NEUTRAL: "neutral",
            None: "not set",
        }[valence]

    def _headings(self, wanted: ThemeColumn) -> list[Column]:
        italic_n = Run("n", italic=True)
        if wanted is ThemeColumn.DIRECTIONS:
            spanner = (Run("Passages, "), italic_n)
            return [
                Column((Run(self._heading(valence)),), Align.RIGHT, 0.55, spanner)
                for valence in self.directions
            ]
        right = Align.RIGHT
        per_cent = (italic_n, Run(" (%)")) if self.options.percentages else (italic_n,)
        plain = {
            ThemeColumn.DESCRIPTION: Column((Run("Description"),), width=2.2),
            ThemeColumn.CENTRAL_IDEA: Column((Run("Central organising idea"),), width=2.2),
            ThemeColumn.QUOTES: Column((Run("Quote"),), width=3.0),
            ThemeColumn.PARTICIPANTS: Column(per_cent, right, 0.4),
            ThemeColumn.OWN_PARTICIPANTS: Column((Run("Own "), italic_n), right, 0.5),
            ThemeColumn.PASSAGES: Column((Run("Passages"),), right, 0.6),
            ThemeColumn.REFERENCES: Column((Run("References"),), right, 0.7),
            ThemeColumn.BOTH_DIRECTIONS: Column((Run("Both directions, "), italic_n), right, 0.7),
            ThemeColumn.DOMAINS: Column(
                (Run(f"{self._domain_word()} ("), italic_n, Run(")")), width=1.7
            ),
            ThemeColumn.COMPONENTS: Column(
                (Run("COM-B component ("), italic_n, Run(")")), width=1.5
            ),
            ThemeColumn.LEVELS: Column((Run("Level ("), italic_n, Run(")")), width=1.3),
            ThemeColumn.STATUS: Column((Run("Status"),), width=0.8),
        }
        return [plain[wanted]]

    def _heading(self, valence: Valence | None) -> str:
        name = self.direction_name(valence).capitalize()
        if valence is Valence.MIXED and self.options.side is not Side.BOTH:
            return f"{name}, {Valence.MIXED.sign}"
        return name

    def _domain_word(self) -> str:
        frameworks = self.domains.frameworks.values() if self.domains else ()
        return "TDF domain" if any(f.key == "tdf-v2" for f in frameworks) else "Domain"

    def _cells(self, wanted: ThemeColumn, one: _ThemeRow) -> list[Filled]:
        row = one.theme
        match wanted:
            case ThemeColumn.DESCRIPTION:
                return [Filled(cell(*row.description.split("\n")))]
            case ThemeColumn.CENTRAL_IDEA:
                return [Filled(cell(*row.central_idea.split("\n")))]
            case ThemeColumn.QUOTES:
                return [self._quotes(one)]
            case ThemeColumn.PARTICIPANTS:
                return [self._participants(one.below)]
            case ThemeColumn.OWN_PARTICIPANTS:
                return [_figure(len(self.counts.participants(one.own)), one.own)]
            case ThemeColumn.DIRECTIONS:
                return self._direction_cells(one.below)
            case ThemeColumn.PASSAGES:
                return [_figure(len(passages(one.below)), one.below)]
            case ThemeColumn.REFERENCES:
                return [_figure(len(one.below), one.below)]
            case ThemeColumn.BOTH_DIRECTIONS:
                return [self._both_directions(one.all_below)]
            case ThemeColumn.DOMAINS | ThemeColumn.COMPONENTS | ThemeColumn.LEVELS:
                return [self._framework_cell(wanted, one)]
            case ThemeColumn.STATUS:
                return [Filled(cell(row.status.replace("_", " ")))]

    def _on_side(self, codings: list[CodingRow]) -> list[CodingRow]:
        """Codings of the wanted direction."""
        if self.options.side is Side.BOTH:
            return codings
        return [row for row in codings if row.valence in ONE_SIDE[self.options.side]]

    def _participants(self, codings: list[CodingRow]) -> Filled:
        n, total = len(self.counts.participants(codings)), len(self.info.participants)
        if self.options.percentages and 0 < n <= total:
            return _figure(n, codings, f"{n} ({round(100 * n / total)}%)")
        return _figure(n, codings)

    def _direction_cells(self, codings: list[CodingRow]) -> list[Filled]:
        cells = []
        total = 0
        for valence in self.directions:
            some = [row for row in codings if row.valence == valence]
            total += len(passages(some))
            cells.append(_figure(len(passages(some)), some))
        self.marks.several_directions |= total > len(passages(codings))
        return cells

    def _both_directions(self, codings: list[CodingRow]) -> Filled:
        """Participants with a barrier and a facilitator, or with a mixed passage."""
        sides: dict[Valence | None, set[UUID]] = {}
        for row in codings:
            sides.setdefault(row.valence, set()).update(self.counts.people(row))
        none: set[UUID] = set()
        both = sides.get(Valence.BARRIER, none) & sides.get(Valence.FACILITATOR, none)
        both |= sides.get(Valence.MIXED, none)
        directed = (Valence.BARRIER, Valence.FACILITATOR, Valence.MIXED)
        behind = [
            row for row in codings if row.valence in directed and both & self.counts.people(row)
        ]
        return _figure(len(both), behind)

    def _framework_cell(self, wanted: ThemeColumn, one: _ThemeRow) -> Filled:
        assert self.domains is not None  # made where one of these columns was asked for
        if wanted is ThemeColumn.DOMAINS:
            listed = self.domains.domains(one.theme.id, one.below)
        elif wanted is ThemeColumn.COMPONENTS:
            listed = self.domains.components(one.below)
        else:
            listed = self.domains.on_levels(one.theme.id, one.below)
            self.marks.several_levels |= any(len(row.levels) > 1 for row in one.below)
        return self._listed(listed)

    def _listed(self, listed: Sequence[Listed]) -> Filled:
        marks = self.marks
        if not listed:
            marks.dash = True
            return Filled(cell(NONE))
        marks.dagger |= any(one.n is None for one in listed)
        marks.undecided |= any(one.undecided for one in listed)
        marks.derived |= any(one.derived for one in listed)
        marks.derived_beside |= any(0 < one.derived < (one.n or 0) for one in listed)
        return Filled(cell(*(one.text for one in listed)), tuple(one.codings for one in listed))

    # -- quotes -----------------------------------------------------------------------------

    def _quotes(self, one: _ThemeRow) -> Filled:
        """The quotes of a theme, or marked proposals where that was asked for."""
        printed = self.quotes.accepted(one.theme.id, self._quoted_directions())
        if not printed and self.options.propose_quotes:
            printed = self.quotes.proposals(one.own)
        self.marks.proposed |= any(quote.proposed for quote in printed)
        self.marks.longer |= any(quote.longer for quote in printed)
        texts = [quote.text for quote in printed]
        return Filled(cell(*texts, quote=True), tuple((quote.coding,) for quote in printed))

    def accepted_quotes(self, theme: UUID) -> list[str]:
        """Accepted quotes whose participants agreed to be quoted."""
        return [quote.text for quote in self.accepted(theme)]

    def accepted(self, theme: UUID) -> list[PrintedQuote]:
        """The same, each with its coding."""
        return self.quotes.accepted(theme, self._quoted_directions())

    def _quoted_directions(self) -> tuple[Valence | None, ...] | None:
        return ONE_SIDE.get(self.options.side)


def _figure(count: int, codings: Iterable[CodingRow], text: str | None = None) -> Filled:
    return Filled(number(count, text), (tuple(row.id for row in codings),))
