"""The theme table, by the rules of method.md: layer, counting, domains, levels, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Approach, FrameworkKind, Stance, ThemeStatus, Valence
from ikt_coder.services.long_quotes import LongQuotes
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.report_language.figures import Figures
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.table_signs import NO_SIGNS, SIGNS
from ikt_coder.services.theme_counts import ThemeCounts, passages
from ikt_coder.services.theme_domains import Listed, ThemeDomains
from ikt_coder.services.theme_notes import note
from ikt_coder.services.theme_quotes import PrintedQuote, ThemeQuotes, telling_groups
from ikt_coder.services.theme_rows import HeadingRow, TableRow, ThemeRows
from ikt_coder.services.theme_table_data import data_lists
from ikt_coder.services.theme_table_options import (
    COUNT_COLUMNS,
    DEFAULT_COLUMNS,
    FRAMEWORK_COLUMNS,
    FULL_COLUMNS,
    GROUPED_ORDERS,
    ONE_SIDE,
    REFLEXIVE_COLUMNS,
    ExportLanguage,
    RowOrder,
    Side,
    ThemeColumn,
    ThemeTableOptions,
)

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

__all__ = [
    "COUNT_COLUMNS",
    "DEFAULT_COLUMNS",
    "FRAMEWORK_COLUMNS",
    "FULL_COLUMNS",
    "NONE",
    "ONE_SIDE",
    "REFLEXIVE_COLUMNS",
    "ExportLanguage",
    "Marks",
    "RowOrder",
    "Side",
    "ThemeColumn",
    "ThemeTable",
    "ThemeTableOptions",
]

NONE = "—"

_WIDTHS = {
    ThemeColumn.DESCRIPTION: 2.2,
    ThemeColumn.CENTRAL_IDEA: 2.2,
    ThemeColumn.QUOTES: 3.0,
    ThemeColumn.PARTICIPANTS: 0.4,
    ThemeColumn.OWN_PARTICIPANTS: 0.5,
    ThemeColumn.DIRECTIONS: 0.55,
    ThemeColumn.PASSAGES: 0.6,
    ThemeColumn.REFERENCES: 0.7,
    ThemeColumn.BOTH_DIRECTIONS: 0.7,
    ThemeColumn.DOMAINS: 1.7,
    ThemeColumn.COMPONENTS: 1.5,
    ThemeColumn.LEVELS: 1.3,
    ThemeColumn.STATUS: 0.8,
}
_FIGURES = frozenset(
    {
        ThemeColumn.PARTICIPANTS,
        ThemeColumn.OWN_PARTICIPANTS,
        ThemeColumn.PASSAGES,
        ThemeColumn.REFERENCES,
        ThemeColumn.BOTH_DIRECTIONS,
    }
)


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
    altered: bool = False
    sub_themes: bool = False
    set_aside: list[tuple[str, str]] = field(default_factory=list)
    several_levels: bool = False
    several_directions: bool = False
    hidden: dict[str, list[str]] = field(default_factory=dict)
    without_side: list[str] = field(default_factory=list)
    stances: dict[Stance, int] = field(default_factory=dict)


@frozen
class Filled:
    """A cell with the codings behind each of its paragraphs."""

    cell: Cell
    behind: tuple[tuple[UUID, ...], ...] = ()


class ThemeTable:
    """Builds one theme table from the project as it is now.

    After ``build``, ``behind`` holds the codings behind each figure, by row, column and
    paragraph of the cell; ``themes`` the theme of each row (None for a heading between them);
    ``warnings`` what a person should know before the table leaves the house.
    """

    def __init__(
        self,
        project: Project,
        options: ThemeTableOptions | None = None,
        counts: ThemeCounts | None = None,
        *,
        data: bool = False,
    ) -> None:
        """``counts`` where the themes have been read already, with the whole layer. ``data``:
        for other programs, without signs in the cells; lists say what they would."""
        self.project = project
        self.options = options or ThemeTableOptions()
        self.language = LANGUAGES[self.options.language]
        self.data = data
        self.signs = NO_SIGNS if data else SIGNS[self.options.style]
        self.figures = Figures(self.language, self.options.style)
        self.card = project.card.get()
        reflexive = self.card.approach is Approach.REFLEXIVE
        usual = REFLEXIVE_COLUMNS if reflexive else DEFAULT_COLUMNS
        self.columns = usual if self.options.columns is None else self.options.columns
        frameworks = bool(FRAMEWORK_COLUMNS & set(self.columns))
        frameworks |= self.options.order in GROUPED_ORDERS
        if counts is None or self.options.narrowed:
            counts = ThemeCounts(project, whole_layer=frameworks, options=self.options)
        self.counts = counts
        self.info = self.counts.info
        self.marks = Marks()
        self.quotes = ThemeQuotes(
            project,
            self.counts,
            with_groups=self.options.group_labels,
            mark_mixed=self.options.side is not Side.BOTH and not data,
            language=self.language,
            signs=self.signs,
        )
        self.domains = ThemeDomains(project, self.counts, self.language) if frameworks else None
        self.long_quotes = LongQuotes(self)
        self.directions: list[Valence | None] = []
        self.behind: dict[tuple[int, int, int], tuple[UUID, ...]] = {}
        self.themes: tuple[UUID | None, ...] = ()
        self.listed: list[tuple[str, ThemeColumn, Listed]] = []
        self.printed: list[tuple[str, list[PrintedQuote]]] = []

    def tables(self) -> tuple[Table, ...]:
        """The table, and after it the appendix of long quotes where one is asked for; as data
        the lists of what several stand in one cell of the table."""
        main = self.build()
        if self.data:
            return (main, *data_lists(self))
        appendix = self.appendix()
        return (main,) if appendix is None else (main, appendix)

    def appendix(self) -> Table | None:
        """The long quotes of the table in full, after ``build``; None where there are none or
        they are not asked for."""
        return self.long_quotes.table()

    def build(self) -> Table:
        """The table. Parents roll sub-themes up; participants and passages count once."""
        arranged = ThemeRows(self.counts, self.options, self.domains, self.language).choose()
        themes = arranged.themes
        self.marks.set_aside = arranged.set_aside
        self.marks.without_side = arranged.without_side
        self.behind.clear()
        self.listed.clear()
        if self.domains is not None:
            self.domains.hidden.clear()
        self.themes = tuple(
            row.theme.id if isinstance(row, TableRow) else None for row in arranged.rows
        )
        self.directions = self._met_directions(one.below for one in themes)
        quotes = self._quotes(themes)
        columns = [Column((Run(self.language.words.theme),), width=1.6)]
        for wanted in self.columns:
            columns += self._headings(wanted)
        rows = []
        for at, row in enumerate(arranged.rows):
            if isinstance(row, HeadingRow):
                rows.append(_heading_row(row, len(columns)))
                continue
            filled = [Filled(cell(row.theme.name, indent=row.depth))]
            for wanted in self.columns:
                filled += self._cells(wanted, row, quotes)
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
            language=self.language.tag,
            description=self.language.words.table_description,
            empty=self.language.words.no_themes,
            interim=self.info.interim,
            style=self.options.style,
            headings=frozenset(
                at for at, row in enumerate(arranged.rows) if isinstance(row, HeadingRow)
            ),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may tell who a participant is, before the table is given away."""
        if ThemeColumn.QUOTES not in self.columns:
            return ()
        return group_warnings(self.counts, with_groups=self.options.group_labels)

    @property
    def sources(self) -> str:
        """The publications of the frameworks whose nodes the table may name."""
        if self.domains is None:
            return ""
        named = {ThemeColumn.DOMAINS, ThemeColumn.COMPONENTS} & set(self.columns)
        nodes = bool(named) or self.options.order is RowOrder.FRAMEWORK
        levels = ThemeColumn.LEVELS in self.columns or self.options.order is RowOrder.LEVEL
        presets = [
            one
            for one in self.domains.frameworks.values()
            if (nodes and one.id in self.domains.of_codes)
            or (levels and one.kind is FrameworkKind.LEVEL_SCHEME)
        ]
        return "; ".join(dict.fromkeys(one.citation for one in presets if one.citation))

    def _mark(self, themes: Sequence[TableRow]) -> None:
        marks = self.marks
        shown = {one.theme.id for one in themes}
        marks.sub_themes = any(one.theme.parent_id in shown for one in themes)
        marks.withheld = len(self.quotes.withheld)
        marks.stances.clear()
        for one in themes:
            for row in one.own:
                stance = self.counts.stance(one.theme.id, row.id)
                marks.stances[stance] = marks.stances.get(stance, 0) + 1
        if self.domains is not None:
            names = {one.theme.id: one.theme.name for one in themes}
            marks.hidden = {
                names[key]: some for key, some in self.domains.hidden.items() if key in names
            }

    # -- columns --------------------------------------------------------------------------

    def _title(self) -> str:
        barrier, facilitator = self.language.direction_words(self.card.words)
        side = {
            Side.BOTH: "",
            Side.BARRIERS: barrier.plural,
            Side.FACILITATORS: facilitator.plural,
        }[self.options.side]
        by_direction = ThemeColumn.DIRECTIONS in self.columns and not side
        said = self.language.themes_title(side, by_direction=by_direction)
        return self.language.title(said, self.options.style)

    def possible_directions(self) -> tuple[Valence | None, ...]:
        """The directions the table is about, in the order of its columns."""
        return ONE_SIDE.get(self.options.side, (*Valence, None))

    def _met_directions(self, members: Iterable[list[CodingRow]]) -> list[Valence | None]:
        """The directions that occur; columns of zeros are dropped and named in the note."""
        met = {row.valence for some in members for row in some}
        return [valence for valence in self.possible_directions() if valence in met]

    def direction_name(self, valence: Valence | None) -> str:
        """A direction in the project's own words."""
        return self.language.direction(valence, self.card.words)

    def _headings(self, wanted: ThemeColumn) -> list[Column]:
        words = self.language.words
        if wanted is ThemeColumn.DIRECTIONS:
            return [
                Column(
                    (Run(self._direction_heading(valence)),),
                    Align.RIGHT,
                    _WIDTHS[wanted],
                    words.passages_spanner,
                )
                for valence in self.directions
            ]
        heading = words.headings[wanted]
        if wanted is ThemeColumn.PARTICIPANTS and self.options.percentages:
            heading = (*heading, Run(" (%)"))
        if wanted is ThemeColumn.DOMAINS and self._has_tdf():
            heading = (Run(f"{words.tdf_domain} ("), *heading[1:])
        if self.data and wanted in FRAMEWORK_COLUMNS:
            heading = (Run(heading[0].text.removesuffix(" (")),)  # n stands in the list
        align = Align.RIGHT if wanted in _FIGURES else Align.LEFT
        return [Column(heading, align, _WIDTHS[wanted])]

    def _direction_heading(self, valence: Valence | None) -> str:
        name = self.direction_name(valence).capitalize()
        if valence is Valence.MIXED and self.options.side is not Side.BOTH and not self.data:
            return f"{name}, {Valence.MIXED.sign}"
        return name

    def _has_tdf(self) -> bool:
        frameworks = self.domains.frameworks.values() if self.domains else ()
        return any(one.key == "tdf-v2" for one in frameworks)

    def _cells(
        self, wanted: ThemeColumn, one: TableRow, quotes: dict[UUID, list[PrintedQuote]]
    ) -> list[Filled]:
        row = one.theme
        match wanted:
            case ThemeColumn.DESCRIPTION:
                return [Filled(cell(*row.description.split("\n")))]
            case ThemeColumn.CENTRAL_IDEA:
                return [Filled(cell(*row.central_idea.split("\n")))]
            case ThemeColumn.QUOTES:
                return [_quote_cell(quotes.get(row.id, []))]
            case ThemeColumn.PARTICIPANTS:
                return [self._participants(one.below)]
            case ThemeColumn.OWN_PARTICIPANTS:
                return [self._figure(len(self.counts.participants(one.own)), one.own)]
            case ThemeColumn.DIRECTIONS:
                return self._direction_cells(one.below)
            case ThemeColumn.PASSAGES:
                return [self._figure(len(passages(one.below)), one.below)]
            case ThemeColumn.REFERENCES:
                return [self._figure(len(one.below), one.below)]
            case ThemeColumn.BOTH_DIRECTIONS:
                return [self._both_directions(one.all_below)]
            case ThemeColumn.DOMAINS | ThemeColumn.COMPONENTS | ThemeColumn.LEVELS:
                return [self._framework_cell(wanted, one)]
            case ThemeColumn.STATUS:
                return [Filled(cell(self.language.words.statuses[ThemeStatus(row.status)]))]

    def _figure(self, count: int, codings: Iterable[CodingRow], text: str = "") -> Filled:
        written = number(count, text or self.figures.whole(count))
        return Filled(written, (tuple(row.id for row in codings),))

    def _participants(self, codings: list[CodingRow]) -> Filled:
        n, total = len(self.counts.participants(codings)), len(self.info.participants)
        if self.options.percentages and 0 < n <= total:
            return self._figure(n, codings, f"{n} ({self.figures.share(n, total)})")
        return self._figure(n, codings)

    def _direction_cells(self, codings: list[CodingRow]) -> list[Filled]:
        cells = []
        total = 0
        for valence in self.directions:
            some = [row for row in codings if row.valence == valence]
            total += len(passages(some))
            cells.append(self._figure(len(passages(some)), some))
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
        return self._figure(len(both), behind)

    def _framework_cell(self, wanted: ThemeColumn, one: TableRow) -> Filled:
        assert self.domains is not None  # made where one of these columns was asked for
        if wanted is ThemeColumn.DOMAINS:
            listed = self.domains.domains(one.theme.id, one.below)
        elif wanted is ThemeColumn.COMPONENTS:
            listed = self.domains.components(one.below)
        else:
            listed = self.domains.on_levels(one.theme.id, one.below)
            self.marks.several_levels |= any(len(row.levels) > 1 for row in one.below)
        self.listed += [(one.theme.name, wanted, each) for each in listed]
        return self._listed(listed)

    def _listed(self, listed: Sequence[Listed]) -> Filled:
        marks = self.marks
        if not listed and self.data:
            return Filled(cell(""))
        if not listed:
            marks.dash = True
            return Filled(cell(NONE))
        marks.undecided |= any(one.undecided for one in listed)
        marks.derived |= any(one.derived for one in listed)
        if self.data:
            return Filled(cell(*(one.name for one in listed)))
        marks.dagger |= any(one.n is None for one in listed)
        marks.derived_beside |= any(0 < one.derived < (one.n or 0) for one in listed)
        texts = (one.written(self.language, self.signs) for one in listed)
        return Filled(cell(*texts), tuple(one.codings for one in listed))

    # -- quotes -----------------------------------------------------------------------------

    def _quotes(self, themes: Sequence[TableRow]) -> dict[UUID, list[PrintedQuote]]:
        """The quotes of each theme, long ones shortened where an appendix is asked for, or
        marked proposals where those were asked for."""
        if ThemeColumn.QUOTES not in self.columns:
            return {}
        self.quotes.withheld.clear()
        printed = {one.theme.id: self.accepted(one.theme.id) for one in themes}
        if self.options.propose_quotes:
            # In the author's order, so that another order of the rows proposes the same.
            own = {one.theme.id: one.own for one in themes if not printed[one.theme.id]}
            ordered: list[tuple[UUID, Sequence[CodingRow]]] = []
            self.counts.walk(
                lambda row, _: ordered.append((row.id, own[row.id])) if row.id in own else None
            )
            accepted = [quote for some in printed.values() for quote in some]
            printed.update(self.quotes.propose(ordered, accepted))
        everything = [quote for some in printed.values() for quote in some]
        self.printed = [(one.theme.name, printed[one.theme.id]) for one in themes]
        self.marks.proposed |= any(quote.proposed for quote in everything)
        self.marks.longer |= not self.data and any(quote.longer for quote in everything)
        self.marks.altered |= any(quote.altered for quote in everything)
        if self.data:
            return printed
        return self.long_quotes.shorten(
            {(one.theme.id, one.theme.name): printed[one.theme.id] for one in themes}
        )

    def accepted_quotes(self, theme: UUID) -> list[str]:
        """Accepted quotes whose participants agreed to be quoted."""
        return [quote.text for quote in self.accepted(theme)]

    def accepted(self, theme: UUID) -> list[PrintedQuote]:
        """The same, each with its coding."""
        return self.quotes.accepted(theme, ONE_SIDE.get(self.options.side))


def group_warnings(counts: ThemeCounts, *, with_groups: bool) -> tuple[str, ...]:
    """That a label fits fewer than three participants, for the person who exports."""
    if not with_groups:
        return ()
    counted = (*counts.info.participants, *counts.info.pending)
    groups = telling_groups(counts.attribution.people.values(), counted)
    if not groups:
        return ()
    named = ", ".join(f"“{group}”" for group in groups)
    return (f"Fewer than three participants fit {named}: these labels may tell who spoke.",)


def _quote_cell(quotes: Sequence[PrintedQuote]) -> Filled:
    texts = [quote.text for quote in quotes]
    return Filled(cell(*texts, quote=True), tuple((quote.coding,) for quote in quotes))


def _heading_row(row: HeadingRow, columns: int) -> tuple[Cell, ...]:
    heading = Cell(((Run(row.text, bold=True),),), indent=row.depth)
    return (heading, *(cell("") for _ in range(columns - 1)))
