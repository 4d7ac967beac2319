"""What the terms of a query stand for: codes and single codings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection, select

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Query, Term, TermKind
from ikt_coder.core.words import ThemeStatus
from ikt_coder.model import Code, Framework, Theme, ThemeCode, ThemeCoding
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class Members:
    """Codings of some codes, and single ones; ``codes`` None for every coding."""

    codes: frozenset[UUID] | None
    codings: frozenset[UUID] = frozenset()

    def __contains__(self, row: CodingRow) -> bool:
        return self.codes is None or row.code in self.codes or row.id in self.codings

    def __or__(self, other: Members) -> Members:
        codings = self.codings | other.codings
        if self.codes is None or other.codes is None:
            return Members(None, codings)
        return Members(self.codes | other.codes, codings)


class Terms:
    """Codes, frameworks and themes as they stand now; what is gone is named in ``missing``."""

    def __init__(self, project: Project) -> None:
        self._connection = project.connection
        self.missing: dict[str, int] = {}
        self._parents: dict[UUID, UUID | None] = {}
        self._merged: dict[UUID, UUID] = {}
        self._frameworks: dict[UUID, list[UUID]] = {}
        self._below: dict[UUID, list[UUID]] = {}
        for key, parent, merged, framework in self._connection.execute(
            select(Code.id, Code.parent_id, Code.merged_into, Code.framework_id)
        ).all():
            if merged is not None:
                self._merged[key] = merged
                continue
            self._parents[key] = parent
            if parent is not None:
                self._below.setdefault(parent, []).append(key)
            if framework is not None:
                self._frameworks.setdefault(framework, []).append(key)

    def of(self, terms: Sequence[Term]) -> Members:
        """All that some terms stand for; every coding for none. Terms that are gone are left
        out, and where all are, nothing is meant."""
        if not terms:
            return Members(None)
        found = Members(frozenset())
        for term in terms:
            found |= self._of(term)
        return found

    def _of(self, term: Term) -> Members:
        if term.kind is TermKind.THEME:
            return self._of_theme(term)
        if term.kind is TermKind.FRAMEWORK:
            there = self._connection.execute(
                select(Framework.id).where(Framework.id == term.key)
            ).first()
            if there is None:
                return self._gone("framework")
            codes = self._frameworks.get(term.key, [])
        else:
            key = self.survivor(term.key)
            if key not in self._parents:
                return self._gone("code")
            codes = [key]
        return Members(frozenset(self._with_below(codes) if term.below else codes))

    def survivor(self, code: UUID) -> UUID:
        """The code that a merged code became."""
        seen = {code}
        while code in self._merged and self._merged[code] not in seen:
            code = self._merged[code]
            seen.add(code)
        return code

    def has_below(self, code: UUID) -> bool:
        return code in self._below

    def _with_below(self, codes: Iterable[UUID]) -> set[UUID]:
        reached = set(codes)
        waiting = list(reached)
        while waiting:
            for child in self._below.get(waiting.pop(), ()):
                if child not in reached:
                    reached.add(child)
                    waiting.append(child)
        return reached

    def _of_theme(self, term: Term) -> Members:
        """Members of a theme; ``below`` with sub-themes, but for those set aside."""
        rows = self._connection.execute(select(Theme.id, Theme.parent_id, Theme.status)).all()
        if all(row.id != term.key for row in rows):
            return self._gone("theme")
        themes = {term.key}
        waiting = [term.key] if term.below else []
        while waiting:
            here = waiting.pop()
            for row in rows:
                aside = row.status == ThemeStatus.SET_ASIDE.value
                if row.parent_id == here and row.id not in themes and not aside:
                    themes.add(row.id)
                    waiting.append(row.id)
        codes = self._connection.execute(
            select(ThemeCode.code_id).where(ThemeCode.theme_id.in_(themes))
        ).scalars()
        codings = self._connection.execute(
            select(ThemeCoding.coding_id).where(
                ThemeCoding.theme_id.in_(themes), ThemeCoding.by_hand
            )
        ).scalars()
        return Members(frozenset(codes), frozenset(codings))

    def _gone(self, what: str) -> Members:
        self.missing[what] = self.missing.get(what, 0) + 1
        return Members(frozenset())


def code_paths(connection: Connection) -> dict[UUID, tuple[str, ...]]:
    """The names from the root to each code, in tree order, with nothing counted."""
    below: dict[UUID | None, list[tuple[UUID, str]]] = {}
    rows = connection.execute(
        select(Code.id, Code.parent_id, Code.name)
        .where(Code.merged_into.is_(None))
        .order_by(Code.position, Code.created, Code.id)
    ).all()
    known = {row[0] for row in rows}
    for key, parent, name in rows:
        below.setdefault(parent if parent in known else None, []).append((key, name))
    paths: dict[UUID, tuple[str, ...]] = {}

    def walk(parent: UUID | None, above: tuple[str, ...]) -> None:
        for key, name in below.get(parent, ()):
            paths[key] = (*above, name)
            walk(key, paths[key])

    walk(None, ())
    return paths


def gone(counts: dict[str, int]) -> tuple[str, ...]:
    """Sentences on what a query names that is no longer in the project."""
    return tuple(
        f"{f'{n} {what}s' if n > 1 else f'A {what}'} this retrieval asks for "
        f"{'are' if n > 1 else 'is'} no longer in the project."
        for what, n in counts.items()
    )


def wanted_of(query: Query, members: Iterable[Members]) -> Members:
    """Every coding that can bear on a query: found itself, or met by a condition."""
    if not query.blocks:
        return Members(None)
    wanted = Members(frozenset())
    for some in members:
        wanted |= some
    return wanted
