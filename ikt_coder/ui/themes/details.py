"""What the side panel shows of one theme, read in one go away from the main thread."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.services.project import Project
from ikt_coder.services.rows import (
    CodeRow,
    CodingRow,
    LevelRow,
    LinkRow,
    MemoRow,
    QuoteRow,
    ThemeCodingRow,
    ThemeRow,
)
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_domains import COMPONENTS, Listed, ThemeDomains
from ikt_coder.services.theme_quotes import PrintedQuote, ThemeQuotes


@frozen
class ThemeDetails:
    """A theme with its codings and what stands on its passages; ``quotes`` are the accepted
    ones in their order, ``proposals`` those a person may accept next, ``hidden`` the domains
    the author hid."""

    theme: ThemeRow
    codings: tuple[ThemeCodingRow, ...]
    quotes: tuple[QuoteRow, ...]
    proposals: tuple[PrintedQuote, ...]
    links: tuple[LinkRow, ...]
    memos: tuple[MemoRow, ...]
    levels: tuple[LevelRow, ...]
    found_levels: frozenset[UUID]
    domains: tuple[Listed, ...]
    hidden: dict[UUID, str]
    nodes: tuple[CodeRow, ...]  # the domains an author may add
    code_names: dict[UUID, str]

    @property
    def proposed(self) -> frozenset[UUID]:
        """The codings the theme table would propose: only while no quote is accepted."""
        return frozenset() if self.quotes else frozenset(one.coding for one in self.proposals)


def read_details(
    project: Project, theme: UUID, counts: ThemeCounts | None = None
) -> ThemeDetails | None:
    """Read one theme; None where it is gone. ``counts``, made with the whole layer, where
    the themes have been read already."""
    counts = counts or ThemeCounts(project, whole_layer=True)
    row = counts.row(theme)
    if row is None:
        return None
    members = counts.members(theme)
    domains = ThemeDomains(project, counts)
    below = counts.members_below(theme)
    listed = domains.domains(theme, below)
    by_hand = counts.author_domains(theme)
    codings = project.themes.codings(theme, counts)
    quotes = project.quotes.of(theme)
    nodes = tuple(
        code
        for code in domains.codes.values()
        if domains.is_node(code) and code.framework_key != COMPONENTS and code.applicable
    )
    return ThemeDetails(
        theme=row,
        codings=codings,
        quotes=quotes,
        proposals=_proposals(project, counts, theme, members),
        links=project.themes.links.of(theme),
        memos=project.memos.on(theme=theme),
        levels=tuple(domains.levels.values()),
        found_levels=frozenset(
            one.key for one in domains.on_levels(theme, below) if one.key and one.n is not None
        ),
        domains=tuple(listed),
        hidden={
            key: domains.codes[key].name
            for key, shown in by_hand.items()
            if not shown and key in domains.codes
        },
        nodes=nodes,
        code_names={code.id: code.name for code in domains.codes.values()},
    )


def _proposals(
    project: Project, counts: ThemeCounts, theme: UUID, members: list[CodingRow]
) -> tuple[PrintedQuote, ...]:
    """What to accept next: starred first, balanced over the participants of the whole table.
    A theme without quotes gets what the theme table proposes for it."""
    quotes = ThemeQuotes(project, counts, with_groups=False, mark_mixed=False)
    accepted = {row.id: quotes.accepted(row.id) for row in counts.rows()}
    taken = [quote for some in accepted.values() for quote in some]
    if accepted.get(theme):
        there = {quote.coding for quote in accepted[theme]}
        left = [row for row in members if row.id not in there]
        return tuple(quotes.propose([(theme, left)], taken).get(theme, ()))
    without = [(key, counts.members(key)) for key, some in accepted.items() if not some]
    return tuple(quotes.propose(without, taken).get(theme, ()))
