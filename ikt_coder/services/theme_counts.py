"""Counting themes in the analysis layer by the rules of method.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.span import Span, unite
from ikt_coder.core.words import Stance, ThemeStatus
from ikt_coder.model import Theme, ThemeCode, ThemeCoding, ThemeDomain, ThemeLevel
from ikt_coder.services.attribution import Attribution
from ikt_coder.services.rows import CodingRow, ThemeRow
from ikt_coder.services.table_narrowing import Narrowing
from ikt_coder.services.theme_table_options import ThemeTableOptions

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def passages(codings: Iterable[CodingRow]) -> list[tuple[UUID, Span]]:
    """Passages: per document the union of touching or overlapping spans."""
    spans: dict[UUID, list[Span]] = {}
    for coding in codings:
        spans.setdefault(coding.document, []).append(coding.span)
    return [(document, span) for document, some in spans.items() for span in unite(some)]


class ThemeCounts:
    """Themes with their codings in the analysis layer, read once and asked many times.

    A coding belongs to a theme by its code or by itself. Codings whose participants were
    all left out of analysis are not counted anywhere. With sub-themes, references,
    passages and participants are each counted once; sub-themes that were set aside are not
    part of their parent.
    """

    def __init__(
        self,
        project: Project,
        *,
        whole_layer: bool = False,
        options: ThemeTableOptions | None = None,
    ) -> None:
        """``whole_layer`` reads the codings of all codes, for ``layer``; ``options`` may
        narrow the count to some documents, groups of participants and answers."""
        self.project = project
        connection = project.connection
        self.attribution = Attribution(project)
        self.info = project.layers.info(self.attribution)
        self.narrowing: Narrowing | None = None
        if options is not None and options.narrowed:
            self.narrowing = Narrowing(project, self.attribution, options)
            self.info = self.narrowing.info(self.info)
        self._themes = connection.execute(
            select(Theme.__table__).order_by(Theme.position, Theme.created, Theme.id)
        ).all()
        self._codes: dict[UUID, list[UUID]] = {}
        for theme, code in connection.execute(
            select(ThemeCode.theme_id, ThemeCode.code_id).order_by(ThemeCode.position)
        ).all():
            self._codes.setdefault(theme, []).append(code)
        self._levels: dict[UUID, set[UUID]] = {}
        for theme, level in connection.execute(
            select(ThemeLevel.theme_id, ThemeLevel.level_id)
        ).all():
            self._levels.setdefault(theme, set()).add(level)
        self._by_hand: dict[UUID, set[UUID]] = {}
        self._stances: dict[tuple[UUID, UUID], Stance] = {}
        for theme, coding, by_hand, stance in connection.execute(
            select(
                ThemeCoding.theme_id,
                ThemeCoding.coding_id,
                ThemeCoding.by_hand,
                ThemeCoding.stance,
            )
        ).all():
            self._stances[(theme, coding)] = Stance(stance)
            if by_hand:
                self._by_hand.setdefault(theme, set()).add(coding)
        self._domains: dict[UUID, dict[UUID, bool]] = {}
        for theme, code, shown in connection.execute(
            select(ThemeDomain.theme_id, ThemeDomain.code_id, ThemeDomain.shown)
        ).all():
            self._domains.setdefault(theme, {})[code] = shown
        self._people: dict[UUID, frozenset[UUID]] = {}
        self.layer: list[CodingRow] = []
        if whole_layer:
            self.layer = [row for row in project.layers.codings(self.info) if self.counts(row)]
        self._whole_layer = whole_layer
        self._members = self._gather()
        self._children: dict[UUID | None, list[Any]] = {}
        for row in self._themes:
            self._children.setdefault(row.parent_id, []).append(row)

    def _gather(self) -> dict[UUID, list[CodingRow]]:
        if not self._themes:
            return {}
        codes = {code for some in self._codes.values() for code in some}
        if self._whole_layer:
            found = [row for row in self.layer if row.code in codes]
        else:
            found = list(self.project.layers.codings(self.info, codes)) if codes else []
        single = {coding for some in self._by_hand.values() for coding in some}
        single -= {row.id for row in found}
        if single:
            layer = {row.document: row for row in self.info.sources}
            found += [
                row
                for row in self.project.codings.many(single)
                if row.document in layer
                and layer[row.document].layer is row.layer
                and layer[row.document].coder == row.coder
            ]
        found = [row for row in found if self.counts(row)]
        by_code: dict[UUID, list[CodingRow]] = {}
        by_id = {row.id: row for row in found}
        for row in found:
            by_code.setdefault(row.code, []).append(row)
        order = {row.document: index for index, row in enumerate(self.info.sources)}
        members: dict[UUID, list[CodingRow]] = {}
        for theme in self._themes:
            rows = {
                row.id: row
                for code in self._codes.get(theme.id, ())
                for row in by_code.get(code, ())
            }
            for coding in self._by_hand.get(theme.id, ()):
                if coding in by_id:
                    rows[coding] = by_id[coding]
            members[theme.id] = sorted(
                rows.values(), key=lambda r: (order[r.document], r.span.start, r.span.end, r.id)
            )
        return members

    def people(self, coding: CodingRow) -> frozenset[UUID]:
        """The participants whose words a coding holds, without those left out."""
        known = self._people.get(coding.id)
        if known is None:
            known = self._look_up(coding)[1]
        return known

    def counts(self, coding: CodingRow) -> bool:
        """False where all whose words it holds were left out, of analysis or of the table."""
        return bool(self._people.get(coding.id)) or self._look_up(coding)[0]

    def _look_up(self, coding: CodingRow) -> tuple[bool, frozenset[UUID]]:
        whose = self.attribution.of(coding.document, coding.span).participants
        people = frozenset(self.attribution.counted(whose))
        nobodys = not whose
        if self.narrowing is not None and self.narrowing.people is not None:
            people &= self.narrowing.people
            nobodys = False  # nobody is in no group
        if self.narrowing is not None and not self.narrowing.answers(coding.document, coding.span):
            people, nobodys = frozenset(), False
        self._people[coding.id] = people
        return bool(people) or nobodys, people

    def members(self, theme: UUID) -> list[CodingRow]:
        """The theme's own codings in document order."""
        return self._members.get(theme, [])

    def members_below(self, theme: UUID) -> list[CodingRow]:
        """The codings of the theme and its sub-themes, each once."""
        rows = {row.id: row for row in self.members(theme)}
        for child in self._children.get(theme, ()):
            if child.status == ThemeStatus.SET_ASIDE.value:
                continue
            rows.update({row.id: row for row in self.members_below(child.id)})
        return list(rows.values())

    def author_levels(self, theme: UUID) -> frozenset[UUID]:
        """Levels the author gave the theme itself."""
        return frozenset(self._levels.get(theme, ()))

    def author_domains(self, theme: UUID) -> dict[UUID, bool]:
        """Domains the author shows on a theme by hand (True) or hides (False)."""
        return dict(self._domains.get(theme, {}))

    def stance(self, theme: UUID, coding: UUID) -> Stance:
        """What a coding says to a theme; it supports it where nothing else was said."""
        return self._stances.get((theme, coding), Stance.SUPPORTS)

    def participants(self, codings: Iterable[CodingRow]) -> set[UUID]:
        return {person for coding in codings for person in self.people(coding)}

    def rows(self) -> tuple[ThemeRow, ...]:
        """All themes in tree order, counted."""
        listed: list[ThemeRow] = []
        self.walk(lambda row, _: listed.append(self._row(row)))
        return tuple(listed)

    def row(self, theme: UUID) -> ThemeRow | None:
        """One theme, counted; None where it is gone."""
        found = next((row for row in self._themes if row.id == theme), None)
        return self._row(found) if found is not None else None

    def walk(self, visit: Callable[[Any, int], None]) -> None:
        """Visit every theme with its depth, parents first."""

        def step(parent: UUID | None, depth: int) -> None:
            for row in self._children.get(parent, ()):
                visit(row, depth)
                step(row.id, depth + 1)

        step(None, 0)

    def _row(self, r: Any) -> ThemeRow:
        own, below = self.members(r.id), self.members_below(r.id)
        return ThemeRow(
            id=r.id,
            parent=r.parent_id,
            position=r.position,
            name=r.name,
            description=r.description,
            central_idea=r.central_idea,
            boundaries=r.boundaries,
            narrative=r.narrative,
            status=ThemeStatus(r.status),
            set_aside_reason=r.set_aside_reason,
            levels=frozenset(self._levels.get(r.id, ())),
            codes=tuple(self._codes.get(r.id, ())),
            references=len(own),
            passages=len(passages(own)),
            participants=len(self.participants(own)),
            references_below=len(below),
            passages_below=len(passages(below)),
            participants_below=len(self.participants(below)),
        )
