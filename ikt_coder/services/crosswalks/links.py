"""Where codes lead now: the published links that are followed and those that were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from ikt_coder.codebooks.catalogue import crosswalks_from, find_framework
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.codebooks.crosswalk import Crosswalk, Derived, Relation
from ikt_coder.codebooks.framework import Applies
from ikt_coder.core.words import FrameworkKind
from ikt_coder.model import Code, CodeLink, CrosswalkChoice, Framework, Level, aliased
from ikt_coder.services.crosswalks.rows import Target, TargetGroup
from ikt_coder.services.rows import CodeRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

_CODED = (FrameworkKind.CODEBOOK, FrameworkKind.LEVEL_SCHEME)
"""Frameworks whose nodes a coding can stand for; the others attach elsewhere."""


def usable(walk: Crosswalk) -> bool:
    """Whether a crosswalk can fill a column beside codes: its ends are frameworks of codes or
    levels, not of solutions, and it does not only name two sides of one thing."""
    if walk.labels or walk.relation is Relation.RECIPROCAL:
        return False
    if walk.source_framework == walk.target_framework:
        return False
    start, target = find_framework(walk.source_framework), find_framework(walk.target_framework)
    if start is None or start.kind is FrameworkKind.LEVEL_SCHEME:
        return False
    if target is None or target.kind not in _CODED:
        return False
    return not target.applies_to or target.applies_to != (Applies.RECOMMENDATION,)


class Links:
    """Read once and asked for many codings.

    A code leads to the nodes that the followed publication gives its node, and beside them to
    those somebody linked it with; a link to a node from which a published crosswalk goes on
    leads further. One node in all fills itself, of several the chosen ones count.
    """

    def __init__(self, project: Project, instead: Mapping[str, str] | None = None) -> None:
        """``instead``: sources to follow for this once, by the crosswalk's key."""
        connection = project.connection
        chosen = {
            row.crosswalk: row.source
            for row in connection.execute(
                select(CrosswalkChoice.crosswalk, CrosswalkChoice.source)
            ).all()
        }
        chosen |= instead or {}
        frameworks = connection.execute(
            select(Framework.key, Framework.name, Framework.short_name).order_by(Framework.position)
        ).all()
        self._names = {row.key: (row.name, row.short_name or row.name) for row in frameworks}
        self.walks: dict[str, tuple[Crosswalk, str]] = {}
        """The crosswalks that are followed, with the key of the source."""
        for row in frameworks:
            for walk in crosswalks_from(row.key):
                source = followed(walk, chosen.get(walk.key))
                if source and usable(walk):
                    self.walks[walk.key] = (walk, source)
        self.drawn: dict[UUID, list[Target]] = {}
        self._drawn_targets: dict[str, Target] = {}
        for code, target in _drawn(project):
            self.drawn.setdefault(code, []).append(target)
            self._drawn_targets[target.key] = target
        self._published: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._known: dict[tuple[UUID, tuple[str, ...], str], Derived | None] = {}
        self._targets: dict[tuple[str, str], Target] = {}

    def groups(self) -> tuple[TargetGroup, ...]:
        """The frameworks that something leads to, COM-B first."""
        keys = dict.fromkeys(walk.target_framework for walk, _ in self.walks.values())
        keys.update(dict.fromkeys(t.framework for some in self.drawn.values() for t in some))
        ordered = sorted(keys, key=lambda key: (key != COMPONENTS, self.name(key)[0]))
        return tuple(self.group(key) for key in ordered)

    def group(self, key: str) -> TargetGroup:
        return TargetGroup(key, *self.name(key))

    def name(self, key: str) -> tuple[str, str]:
        """The name and the short name of a framework."""
        if key in self._names:
            return self._names[key]
        preset = find_framework(key)
        return (preset.name, preset.short_name or preset.name) if preset else (key, key)

    def target(self, framework: str, key: str) -> Target:
        """A node by its key, whether it is in the project or only in the framework's file."""
        known = self._targets.get((framework, key))
        if known is None:
            known = self._drawn_targets.get(key)
            if known is None or known.framework != framework:
                preset = find_framework(framework)
                name = preset.node(key).name if preset is not None and key in preset else key
                known = Target(key, name, framework)
            self._targets[(framework, key)] = known
        return known

    def sources_to(self, framework: str) -> tuple[tuple[Crosswalk, str], ...]:
        """The crosswalks followed to a framework, with their sources."""
        return tuple(one for one in self.walks.values() if one[0].target_framework == framework)

    def drawn_to(self, framework: str) -> bool:
        """Whether a link was drawn to a framework."""
        return any(one.framework == framework for some in self.drawn.values() for one in some)

    def drawn_through(self, framework: str) -> tuple[str, ...]:
        """The frameworks that drawn links lead to and a followed crosswalk leads on from."""
        met = dict.fromkeys(one.framework for some in self.drawn.values() for one in some)
        return tuple(key for key in met if f"{key}--{framework}" in self.walks)

    def leads_from(self, code: CodeRow, framework: str) -> bool:
        """Whether anything is said of where this code leads in a framework, be it nothing."""
        return code.framework_key != framework and (
            f"{code.framework_key}--{framework}" in self.walks
            or any(target.framework == framework for target in self.drawn.get(code.id, ()))
            or self._goes_on(code, framework)
        )

    def _goes_on(self, code: CodeRow, framework: str) -> bool:
        return any(
            f"{target.framework}--{framework}" in self.walks
            for target in self.drawn.get(code.id, ())
        )

    def derive(
        self, code: CodeRow, choice: Sequence[str] = (), framework: str = COMPONENTS
    ) -> Derived | None:
        """Where a coding with this code and this stored choice leads in a framework; None where
        nothing leads there from the code."""
        asked = (code.id, tuple(choice), framework)
        if asked not in self._known:
            self._known[asked] = self._derive(code, asked[1], framework)
        return self._known[asked]

    def _derive(self, code: CodeRow, choice: tuple[str, ...], framework: str) -> Derived | None:
        if not self.leads_from(code, framework):
            return None
        found = dict.fromkeys(self._published_from(code.framework_key, code.node_key, framework))
        drawn = self.drawn.get(code.id, ())
        found.update(dict.fromkeys(t.key for t in drawn if t.framework == framework))
        for between in dict.fromkeys(t.framework for t in drawn if t.framework != framework):
            step = self.derive(code, choice, between)
            for key in step.targets if step is not None else ():
                found.update(dict.fromkeys(self._published_from(between, key, framework)))
        return settled(tuple(found), choice)

    def _published_from(
        self, start: str | None, node: str | None, framework: str
    ) -> tuple[str, ...]:
        if start is None or node is None or start == framework:
            return ()
        asked = (start, node, framework)
        if asked not in self._published:
            walk = self.walks.get(f"{start}--{framework}")
            self._published[asked] = walk[0].targets(node, walk[1]) if walk is not None else ()
        return self._published[asked]

    def may_wait(self, codes: Iterable[CodeRow], framework: str) -> list[UUID]:
        """The codes of which a coding can be undecided."""
        found = []
        for code in codes:
            links = self.derive(code, (), framework)
            # A choice on the way can open further ones.
            if (links is not None and links.undecided) or self._goes_on(code, framework):
                found.append(code.id)
        return found


def settled(candidates: tuple[str, ...], choice: Sequence[str]) -> Derived:
    """One candidate fills itself; of several those chosen count."""
    if len(candidates) < 2:
        return Derived(candidates, candidates)
    return Derived(tuple(key for key in candidates if key in choice), candidates)


def followed(walk: Crosswalk, choice: str | None) -> str:
    """The source a crosswalk follows, given what was stored: without a choice its default one
    where it fills a column by itself, and none otherwise."""
    if choice is None:
        return walk.default_source.key if walk.derives else ""
    known = {source.key for source in walk.sources}
    # A file made by a newer program may name a source that is not known here.
    return choice if not choice or choice in known else walk.default_source.key


def target_key(row: UUID, node_key: str | None) -> str:
    """What a coding's choice stores for a code or level."""
    return node_key or str(row)


def _drawn(project: Project) -> list[tuple[UUID, Target]]:
    """Drawn links in the order in which they were made."""
    node, home = aliased(Code), aliased(Framework)
    scheme = aliased(Framework)
    rows = project.connection.execute(
        select(
            CodeLink.code_id,
            CodeLink.target_id,
            CodeLink.level_id,
            node.node_key.label("node_key"),
            node.name.label("name"),
            home.key.label("home"),
            Level.node_key.label("level_key"),
            Level.name.label("level_name"),
            scheme.key.label("scheme"),
        )
        .outerjoin(node, node.id == CodeLink.target_id)
        .outerjoin(home, home.id == node.framework_id)
        .outerjoin(Level, Level.id == CodeLink.level_id)
        .outerjoin(scheme, scheme.id == Level.framework_id)
        # Those of one act in the order of their framework.
        .order_by(CodeLink.created, node.position, Level.position, CodeLink.id)
    ).all()
    found = []
    for row in rows:
        if row.target_id is not None and row.home is not None:
            key = target_key(row.target_id, row.node_key)
            found.append((row.code_id, Target(key, row.name, row.home, code=row.target_id)))
        elif row.level_id is not None and row.scheme is not None:
            key = target_key(row.level_id, row.level_key)
            found.append((row.code_id, Target(key, row.level_name, row.scheme, level=row.level_id)))
    return found
