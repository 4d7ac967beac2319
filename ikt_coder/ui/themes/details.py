"""What the side panel shows of one theme, read in one go away from the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, LevelRow, MemoRow, ThemeCodingRow, ThemeRow
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_domains import COMPONENTS, Listed, ThemeDomains
from ikt_coder.services.theme_quotes import ThemeQuotes


@dataclass(frozen=True)
class ThemeDetails:
    """A theme with its codings and what stands on its passages; ``proposed`` are the codings
    that would be proposed as quotes, ``hidden`` the domains the author hid."""

    theme: ThemeRow
    codings: tuple[ThemeCodingRow, ...]
    proposed: frozenset[UUID]
    memos: tuple[MemoRow, ...]
    levels: tuple[LevelRow, ...]
    found_levels: frozenset[UUID]
    domains: tuple[Listed, ...]
    hidden: dict[UUID, str]
    nodes: tuple[CodeRow, ...]  # the domains an author may add
    code_names: dict[UUID, str]


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
    quotes = ThemeQuotes(project, counts, with_groups=False, mark_mixed=False)
    proposed = [] if any(c.quote for c in codings) else quotes.proposals(members)
    nodes = tuple(
        code
        for code in domains.codes.values()
        if domains.is_node(code) and code.framework_key != COMPONENTS and code.applicable
    )
    return ThemeDetails(
        theme=row,
        codings=codings,
        proposed=frozenset(quote.coding for quote in proposed),
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
