"""A theme's domains, components and levels: what else stands on its passages (method.md)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from ikt_coder.codebooks.catalogue import find_framework, framework
from ikt_coder.codebooks.components import COMPONENTS
from ikt_coder.codebooks.uses import Use
from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.words import FrameworkKind
from ikt_coder.services.report_language import ENGLISH, Language
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.services.table_signs import APA_SIGNS, Signs
from ikt_coder.services.theme_counts import ThemeCounts, passages

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

__all__ = ["COMPONENTS", "Listed", "ThemeDomains"]


@frozen
class Listed:
    """One domain, component or level of a theme: its n participants and the codings behind
    it. ``n`` is None where an author added it by hand; ``key`` is the code or level."""

    name: str
    n: int | None
    codings: tuple[UUID, ...]
    derived: int = 0  # of the n, those reached by crosswalk alone
    undecided: bool = False
    key: UUID | None = None
    node: str = ""  # the framework node's key, where it is one

    @property
    def text(self) -> str:
        return self.written()

    def written(self, language: Language = ENGLISH, signs: Signs = APA_SIGNS) -> str:
        """The name with its n, as a table prints it."""
        if self.n is None:
            return f"{self.name}{signs.added}"
        if self.undecided:
            return f"{self.name}, {language.words.undecided} ({self.n})"
        if self.derived == self.n and self.n:
            return f"{self.name}{signs.derived} ({self.n})"
        if self.derived:
            return f"{self.name} ({self.n}{language.semicolon} {self.derived}{signs.derived})"
        return f"{self.name} ({self.n})"


class _Tally:
    """Participants and codings met for one name."""

    def __init__(self) -> None:
        self.people: set[UUID] = set()
        self.codings: dict[UUID, None] = {}

    def meet(self, coding: CodingRow, people: Iterable[UUID]) -> None:
        self.people.update(people)
        self.codings[coding.id] = None


class _Document:
    """The layer's codings of one document, given in text order, asked for those over a span."""

    def __init__(self, rows: list[CodingRow]) -> None:
        self.rows = rows
        # The furthest end so far never falls, so the first row that can reach is found at once.
        self.reach = list(accumulate((row.span.end for row in self.rows), max))

    def over(self, span: Span) -> Iterable[CodingRow]:
        for row in self.rows[bisect_right(self.reach, span.start) :]:
            if row.span.start >= span.end:
                break
            yield row


_Found: TypeAlias = list[tuple[CodingRow, frozenset[UUID]]]


class ThemeDomains:
    """What the codings of the analysis layer on a theme's passages say.

    A coding counts where it belongs to the theme itself or overlaps one of the theme's
    passages by at least half of the shorter span. Its participants are those whose words
    stand in both. ``counts`` must have been made with the whole layer.
    """

    def __init__(self, project: Project, counts: ThemeCounts, language: Language = ENGLISH) -> None:
        self.counts = counts
        self.language = language
        self.codes = {row.id: row for row in project.codes.all()}
        self.links = project.crosswalks.reading()
        self.levels = {row.id: row for row in project.frameworks.levels()}
        self.frameworks = {row.id: row for row in project.frameworks.all()}
        # A charting set can be added as codes too.
        self.of_codes = frozenset(
            key
            for key, row in self.frameworks.items()
            if row.kind is FrameworkKind.CODEBOOK or Use.CODES in project.frameworks.uses(key)
        )
        by_document: dict[UUID, list[CodingRow]] = {}
        for row in counts.layer:
            by_document.setdefault(row.document, []).append(row)
        self._layer = {key: _Document(rows) for key, rows in by_document.items()}
        schemes = {level.framework for level in self.levels.values()}
        self._several_schemes = len(schemes) > 1
        self.hidden: dict[UUID, list[str]] = {}
        self._known: dict[int, tuple[list[CodingRow], _Found]] = {}

    def on_passages(self, codings: list[CodingRow]) -> _Found:
        """Codings on the passages of ``codings``, each with the participants it counts for."""
        # Domains, components and levels of a theme are asked for with the very same list.
        known = self._known.get(id(codings))
        if known is not None and known[0] is codings:
            return known[1]
        found = self._on_passages(codings)
        self._known[id(codings)] = (codings, found)
        return found

    def _on_passages(self, codings: list[CodingRow]) -> _Found:
        found = {row.id: (row, self.counts.people(row)) for row in codings}
        for document, passage in passages(codings):
            if document not in self._layer:
                continue
            whose: frozenset[UUID] | None = None
            for row in self._layer[document].over(passage):
                if row.id in found or not row.span.covers_half_of_shorter(passage):
                    continue
                if whose is None:
                    words = self.counts.attribution.of(document, passage)
                    whose = frozenset(self.counts.attribution.counted(words.participants))
                found[row.id] = (row, self.counts.people(row) & whose)
        return list(found.values())

    def domains(self, theme: UUID, codings: list[CodingRow]) -> list[Listed]:
        """Nodes of frameworks other than COM-B, highest n first; those the author hid are
        left out and noted in ``hidden``, those the author added stand last."""
        met: dict[UUID, _Tally] = {}
        for row, people in self.on_passages(codings):
            code = self.codes.get(row.code)
            if code is not None and self.is_node(code) and code.framework_key != COMPONENTS:
                met.setdefault(row.code, _Tally()).meet(row, people)
        by_hand = self.counts.author_domains(theme)
        for code_id in [key for key, shown in by_hand.items() if not shown and key in met]:
            self.hidden.setdefault(theme, []).append(self.node_name(self.codes[code_id]))
            del met[code_id]
        listed = _ranked(
            (self.node_name(self.codes[key]), key, tally, self.codes[key].node_key or "")
            for key, tally in met.items()
        )
        added = [key for key, shown in by_hand.items() if shown and key not in met]
        names = sorted((self.node_name(self.codes[key]), key) for key in added if key in self.codes)
        return listed + [
            Listed(name, None, (), key=key, node=self.codes[key].node_key or "")
            for name, key in names
        ]

    def node_name(self, code: CodeRow) -> str:
        """A node in the language of the table, unless the author renamed it."""
        preset = _preset_name(code.framework_key, code.node_key)
        return self.language.node(code.node_key, code.name, preset)

    def components(self, codings: list[CodingRow]) -> list[Listed]:
        """COM-B: coded directly, or reached from domains by crosswalk (derived, never
        stored), counted once where both; two undecided targets stay undecided."""
        names = {
            node.key: self.language.node(node.key, node.name, node.name)
            for node in framework(COMPONENTS).nodes
        }
        direct: dict[str, _Tally] = {}
        derived: dict[str, _Tally] = {}
        undecided: dict[str, _Tally] = {}
        for row, people in self.on_passages(codings):
            code = self.codes.get(row.code)
            if code is None:
                continue
            if code.framework_key == COMPONENTS and code.node_key is not None:
                direct.setdefault(code.node_key, _Tally()).meet(row, people)
            elif (found := self.links.derive(code, row.mapping_choice)) is not None:
                for target in found.targets:
                    derived.setdefault(target, _Tally()).meet(row, people)
                if found.undecided:
                    open_ones = [self._component(names, target) for target in found.candidates]
                    name = self.language.or_list(open_ones)
                    undecided.setdefault(name, _Tally()).meet(row, people)
        listed = []
        for key in direct.keys() | derived.keys():
            coded, reached = direct.get(key, _Tally()), derived.get(key, _Tally())
            listed.append(
                Listed(
                    self._component(names, key),
                    len(coded.people | reached.people),
                    tuple(dict.fromkeys([*coded.codings, *reached.codings])),
                    derived=len(reached.people - coded.people),
                    node=key,
                )
            )
        listed.sort(key=lambda one: (-(one.n or 0), one.name))
        open_choices = [
            Listed(name, len(tally.people), tuple(tally.codings), undecided=True)
            for name, tally in undecided.items()
        ]
        return listed + sorted(open_choices, key=lambda one: (-(one.n or 0), one.name))

    def _component(self, names: dict[str, str], key: str) -> str:
        return names.get(key) or self.links.target(COMPONENTS, key).name

    def on_levels(self, theme: UUID, codings: list[CodingRow]) -> list[Listed]:
        """Levels of the codings on the theme's passages; a coding on two levels counts once
        in each. Levels only the author gave stand last."""
        met: dict[UUID, _Tally] = {}
        for row, people in self.on_passages(codings):
            for level in row.levels:
                if level in self.levels:
                    met.setdefault(level, _Tally()).meet(row, people)
        listed = _ranked((self._level_name(key), key, tally, "") for key, tally in met.items())
        own = [key for key in self.counts.author_levels(theme) if key not in met]
        own.sort(key=lambda key: self.levels[key].position)
        return listed + [Listed(self._level_name(key), None, (), key=key) for key in own]

    def _level_name(self, key: UUID) -> str:
        level = self.levels[key]
        preset = self.frameworks.get(level.framework)
        own = preset.key if preset else None
        name = self.language.node(level.node_key, level.name, _preset_name(own, level.node_key))
        if not self._several_schemes:
            return name
        scheme = level.framework_name
        if own is not None and _preset_title(own) == scheme:
            scheme = self.language.words.frameworks.get(own, scheme)
        return f"{name} ({scheme})"

    def is_node(self, code: CodeRow) -> bool:
        """Whether a code is a node of a framework that was added as codes."""
        return code.node_key is not None and code.framework in self.of_codes


def _preset_name(framework_key: str | None, node_key: str | None) -> str:
    """The name a framework of ours gives a node; empty where it is not one of ours."""
    preset = find_framework(framework_key)
    if preset is None or node_key is None or node_key not in preset:
        return ""
    return preset.node(node_key).name


def _preset_title(framework_key: str) -> str:
    preset = find_framework(framework_key)
    return preset.name if preset is not None else ""


def _ranked(met: Iterable[tuple[str, UUID, _Tally, str]]) -> list[Listed]:
    """With n participants, highest first."""
    listed = [
        Listed(name, len(tally.people), tuple(tally.codings), key=key, node=node)
        for name, key, tally, node in met
    ]
    return sorted(listed, key=lambda one: (-(one.n or 0), one.name))
