"""Which themes are rows of a table, in which order, and under which headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ikt_coder.codebooks.catalogue import framework
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import ThemeStatus
from ikt_coder.services.report_language import Language
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_domains import COMPONENTS, Listed, ThemeDomains
from ikt_coder.services.theme_table_options import (
    ONE_SIDE,
    RowOrder,
    Side,
    ThemeTableOptions,
)


@frozen
class TableRow:
    """One theme of the table."""

    theme: Any  # a database row
    depth: int
    own: list[CodingRow]
    below: list[CodingRow]
    all_below: list[CodingRow]  # of every direction, in a one-sided table too


@frozen
class HeadingRow:
    """A component, domain or level that the themes after it stand under."""

    text: str
    depth: int


@dataclass(slots=True)
class Chosen:
    """The rows of a table, and what was left out on the way."""

    rows: list[TableRow | HeadingRow] = field(default_factory=list)
    set_aside: list[tuple[str, str]] = field(default_factory=list)  # name and reason
    without_side: list[str] = field(default_factory=list)

    @property
    def themes(self) -> list[TableRow]:
        return [row for row in self.rows if isinstance(row, TableRow)]


class ThemeRows:
    """Chooses and orders the rows of one table."""

    def __init__(
        self,
        counts: ThemeCounts,
        options: ThemeTableOptions,
        domains: ThemeDomains | None,
        language: Language,
    ) -> None:
        """``domains`` where the order asks for them."""
        self._counts = counts
        self._options = options
        self._domains = domains
        self._language = language

    def choose(self) -> Chosen:
        """The rows as the options want them; sub-themes always below their theme."""
        chosen = Chosen()
        trees = self._trees(chosen)
        order = self._options.order
        if order is RowOrder.NAME:
            trees = _sorted(trees, key=lambda row: _alphabetical(row.theme.name))
        elif order is RowOrder.PARTICIPANTS:
            trees = _sorted(
                trees,
                key=lambda row: (
                    -len(self._counts.participants(row.below)),
                    _alphabetical(row.theme.name),
                ),
            )
        if order is RowOrder.FRAMEWORK:
            chosen.rows = self._grouped(trees, self._framework_place)
        elif order is RowOrder.LEVEL:
            chosen.rows = self._grouped(trees, self._level_place)
        else:
            chosen.rows = [row for tree in trees for row in tree]
        return chosen

    def on_side(self, codings: list[CodingRow]) -> list[CodingRow]:
        """Codings of the wanted direction."""
        if self._options.side is Side.BOTH:
            return codings
        return [row for row in codings if row.valence in ONE_SIDE[self._options.side]]

    # -- choosing ---------------------------------------------------------------------------

    def _trees(self, chosen: Chosen) -> list[list[TableRow]]:
        """The themes at the top with those below them, each tree in the author's order. A
        theme whose parent is not shown stands at the top itself."""
        options = self._options
        gone: set[UUID] = set()  # set aside, or without the direction: with all below
        wanted: set[UUID] = set()  # chosen, or below a chosen one
        depths: dict[UUID, int] = {}
        trees: list[list[TableRow]] = []

        def visit(row: Any, _depth: int) -> None:
            aside = row.status == ThemeStatus.SET_ASIDE.value
            if options.themes and (row.id in options.themes or row.parent_id in wanted):
                wanted.add(row.id)
            if row.parent_id in gone or (aside and not options.set_aside):
                gone.add(row.id)
                return
            everything = self._counts.members_below(row.id)
            below = self.on_side(everything)
            if options.themes and row.id not in wanted:
                return
            if options.statuses and ThemeStatus(row.status) not in options.statuses:
                return
            if options.side is not Side.BOTH and not below:
                gone.add(row.id)
                chosen.without_side.append(row.name)
                return
            if aside:
                chosen.set_aside.append((row.name, row.set_aside_reason))
            depth = depths[row.parent_id] + 1 if row.parent_id in depths else 0
            depths[row.id] = depth
            own = self.on_side(self._counts.members(row.id))
            if depth == 0:
                trees.append([])
            trees[-1].append(TableRow(row, depth, own, below, everything))

        self._counts.walk(visit)
        return trees

    # -- ordering ---------------------------------------------------------------------------

    def _grouped(
        self,
        trees: Sequence[list[TableRow]],
        place: Callable[[TableRow], tuple[tuple[object, ...], tuple[str, ...]]],
    ) -> list[TableRow | HeadingRow]:
        """The trees under headings; ``place`` gives what to sort by and the headings."""
        placed = [(*place(tree[0]), at, tree) for at, tree in enumerate(trees)]
        placed.sort(key=lambda one: (one[0], one[2]))
        rows: list[TableRow | HeadingRow] = []
        before: tuple[str, ...] = ()
        for _, headings, _, tree in placed:
            same = True
            for depth, text in enumerate(headings):
                same = same and depth < len(before) and before[depth] == text
                if not same:
                    rows.append(HeadingRow(text, depth))
            before = headings
            for row in tree:
                deeper = row.depth + len(headings)
                rows.append(TableRow(row.theme, deeper, row.own, row.below, row.all_below))
        return rows

    def _framework_place(self, row: TableRow) -> tuple[tuple[object, ...], tuple[str, ...]]:
        """The domain of most participants, and of the components it leads to the one of most;
        a theme without domain stands under its component alone."""
        assert self._domains is not None  # made where the order asks for it
        words = self._language.words
        domains = self._domains.domains(row.theme.id, row.below)
        components = [one for one in self._domains.components(row.below) if not one.undecided]
        domain = domains[0] if domains else None
        if domain is not None and domain.node and domain.key in self._domains.codes:
            links = self._domains.links.derive(self._domains.codes[domain.key])
            reached = links.candidates if links is not None else ()
            # Where the coder has not chosen between two, the theme stands under neither.
            components = [one for one in components if one.node in reached] or (
                components if not reached else []
            )
        component = components[0] if components else None
        order = {node.key: at for at, node in enumerate(framework(COMPONENTS).nodes)}
        last = len(order)
        first = (
            order.get(component.node, last) if component is not None else last,
            self._code_order(domain),
        )
        return (
            first,
            (
                component.name if component is not None else words.no_component,
                domain.name if domain is not None else words.no_domain,
            ),
        )

    def _code_order(self, domain: Listed | None) -> tuple[int, str]:
        """Domains in the order of the codebook; without a domain last."""
        assert self._domains is not None
        keys = list(self._domains.codes)
        if domain is None or domain.key not in self._domains.codes:
            return (len(keys), "")
        return (keys.index(domain.key), domain.name)

    def _level_place(self, row: TableRow) -> tuple[tuple[object, ...], tuple[str, ...]]:
        assert self._domains is not None
        listed = self._domains.on_levels(row.theme.id, row.below)
        keys = list(self._domains.levels)
        if not listed or listed[0].key is None:
            return ((len(keys),), (self._language.words.no_level,))
        return ((keys.index(listed[0].key),), (listed[0].name,))


def _sorted(
    trees: Iterable[list[TableRow]], key: Callable[[TableRow], Any]
) -> list[list[TableRow]]:
    """Trees by the theme at the top, and within each the sub-themes of a theme alike."""
    return sorted((_with_children_sorted(tree, key) for tree in trees), key=lambda t: key(t[0]))


def _with_children_sorted(tree: list[TableRow], key: Callable[[TableRow], Any]) -> list[TableRow]:
    top, rest = tree[0], tree[1:]
    children: list[list[TableRow]] = []
    for row in rest:
        if row.depth == top.depth + 1:
            children.append([])
        children[-1].append(row)
    return [top, *(row for child in _sorted(children, key) for row in child)]


def _alphabetical(name: str) -> tuple[str, str]:
    """Accents stand with their letters, capitals with the small ones."""
    plain = unicodedata.normalize("NFKD", name)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.casefold(), name
