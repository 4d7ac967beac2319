"""From the passages of a code or theme to components, functions and policy categories."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.codebooks.catalogue import crosswalk, framework
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.core.words import ThemeStatus, Valence
from ikt_coder.services.crosswalks.tables import source_sentences
from ikt_coder.services.recommendations.rows import (
    ComponentStep,
    Path,
    SolutionStep,
    SubjectRow,
)
from ikt_coder.services.rows import CodingRow
from ikt_coder.services.theme_counts import ThemeCounts, passages
from ikt_coder.services.theme_domains import ThemeDomains

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

WHEEL = "bcw"


class Paths:
    """Read once and asked for many subjects. Mixed codings stand in both directions."""

    def __init__(self, project: Project, valence: Valence = Valence.BARRIER) -> None:
        self._project = project
        self.valence = valence
        self.counts = ThemeCounts(project, whole_layer=True)
        self._domains = ThemeDomains(project, self.counts)
        self._by_code: dict[UUID, list[CodingRow]] = {}
        for row in self.counts.layer:
            if self._fits(row):
                self._by_code.setdefault(row.code, []).append(row)

    def _fits(self, row: CodingRow) -> bool:
        return row.valence in (self.valence, Valence.MIXED)

    def subjects(self) -> tuple[SubjectRow, ...]:
        """Themes, then codes, that have codings in this direction, in tree order."""
        found = []
        for theme in self.counts.rows():
            rows = [row for row in self.counts.members_below(theme.id) if self._fits(row)]
            if rows and theme.status is not ThemeStatus.SET_ASIDE:
                found.append(self._subject(theme.name, rows, theme=theme.id))
        codes = self._project.codes.all(counted=False)
        below: dict[UUID, list[CodingRow]] = {}
        parents = {code.id: code.parent for code in codes}
        for code in codes:
            rows = self._by_code.get(code.id, [])
            above: UUID | None = code.id
            while above is not None:
                below.setdefault(above, []).extend(rows)
                above = parents.get(above)
        found += [
            self._subject(code.name, below[code.id], code=code.id)
            for code in codes
            if code.applicable and below.get(code.id)
        ]
        return tuple(found)

    def _subject(
        self,
        name: str,
        rows: list[CodingRow],
        *,
        code: UUID | None = None,
        theme: UUID | None = None,
    ) -> SubjectRow:
        return SubjectRow(
            code,
            theme,
            name,
            tuple(row.id for row in rows),
            len(self.counts.participants(rows)),
            len(passages(rows)),
        )

    def path(self, subject: SubjectRow) -> Path:
        """Where a subject leads, by the sources the project follows."""
        wanted = set(subject.codings)
        rows = [row for row in self.counts.layer if row.id in wanted]
        components = tuple(
            ComponentStep(one.node, one.name, one.n or 0, one.derived, one.codings, one.undecided)
            for one in self._domains.components(rows)
        )
        reached = [one.key for one in components if not one.undecided]
        functions, by = self._next(COMPONENTS, reached)
        policies, then = self._next(WHEEL, [one.key for one in functions])
        links = self._domains.links
        followed = [
            f"{walk.name}: {walk.source_of(key).citation.short}"
            for walk, key in links.sources_to(COMPONENTS)
        ]
        return Path(
            subject,
            self.valence,
            components,
            functions,
            policies,
            (*source_sentences(links, COMPONENTS), by[1], then[1]),
            (*followed, by[0], then[0]),
        )

    def _next(
        self, start: str, keys: list[str]
    ) -> tuple[tuple[SolutionStep, ...], tuple[str, str]]:
        """The nodes one step on, in the order of their framework, and the source followed,
        in short and with its reference."""
        walk = crosswalk(start, WHEEL)
        key = self._project.crosswalks.source(walk)
        found: dict[str, list[str]] = {}
        for one in keys:
            for target in walk.targets(one, key):
                found.setdefault(target, []).append(one)
        steps = tuple(
            SolutionStep(node.key, node.name, node.definition, tuple(found[node.key]))
            for _, node in framework(WHEEL).tree()
            if node.key in found
        )
        source = walk.source_of(key)
        return steps, (
            f"{walk.name}: {source.citation.short}",
            f"{walk.name}: {source.name}. {source.citation.reference}",
        )
