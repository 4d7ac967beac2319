"""What the place shows of the themes, read in one go away from the main thread."""

from __future__ import annotations

from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Approach, WordPair
from ikt_coder.services.deviant_cases import DeviantCase, deviant_cases
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CoderRow, CodingRow, LinkRow, ThemeRow
from ikt_coder.services.theme_counts import ThemeCounts, passages


@frozen
class ThemesSnapshot:
    """Themes with their counts, the codes and whose codings count.

    ``codings`` holds the codings of each code in the analysis layer; ``passages`` how many
    passages they are; ``single`` the codings a theme holds by themselves, not by a code;
    ``below`` those of a theme with its sub-themes; ``deviant`` the codings that qualify or
    contradict a theme which was not set aside.
    """

    themes: tuple[ThemeRow, ...]
    loose: tuple[CodeRow, ...]
    codes: dict[UUID, CodeRow]
    codings: dict[UUID, tuple[UUID, ...]]
    passages: dict[UUID, int]
    single: dict[UUID, tuple[UUID, ...]]
    below: dict[UUID, tuple[UUID, ...]]
    info: LayerInfo
    coders: tuple[CoderRow, ...]
    approach: Approach
    words: WordPair
    has_documents: bool
    has_codings: bool
    links: tuple[LinkRow, ...]
    deviant: tuple[DeviantCase, ...]

    def theme(self, key: UUID | None) -> ThemeRow | None:
        return next((row for row in self.themes if row.id == key), None)

    def children(self, parent: UUID | None) -> list[ThemeRow]:
        return [row for row in self.themes if row.parent == parent]

    def links_of(self, theme: UUID) -> list[LinkRow]:
        """The links a theme stands in, on either side."""
        return [row for row in self.links if theme in (row.theme, row.other)]

    def depth(self, theme: ThemeRow) -> int:
        depth = 0
        parent = self.theme(theme.parent)
        while parent is not None:
            depth, parent = depth + 1, self.theme(parent.parent)
        return depth


def read_snapshot(project: Project, counts: ThemeCounts) -> ThemesSnapshot:
    """What ``counts``, made with the whole layer, holds for the place; on any thread."""
    card = project.card.get()
    themes = counts.rows()
    codes = {row.id: row for row in project.codes.all()}
    by_code: dict[UUID, list[CodingRow]] = {}
    for row in counts.layer:
        by_code.setdefault(row.code, []).append(row)
    held = {code for theme in themes for code in theme.codes}
    loose = tuple(
        row
        for row in codes.values()
        if row.applicable and row.id not in held and (row.id in by_code or row.codings)
    )
    return ThemesSnapshot(
        themes=themes,
        loose=loose,
        codes=codes,
        codings={code: tuple(row.id for row in rows) for code, rows in by_code.items()},
        passages={code: len(passages(rows)) for code, rows in by_code.items()},
        single={
            theme.id: tuple(
                row.id for row in counts.members(theme.id) if row.code not in theme.codes
            )
            for theme in themes
        },
        below={
            theme.id: tuple(row.id for row in counts.members_below(theme.id)) for theme in themes
        },
        info=counts.info,
        coders=project.coders.all(),
        approach=card.approach,
        words=card.words,
        has_documents=bool(project.documents.all()),
        has_codings=bool(by_code) or any(row.codings for row in codes.values()),
        links=project.themes.links.all(),
        deviant=deviant_cases(project, counts=counts),
    )
