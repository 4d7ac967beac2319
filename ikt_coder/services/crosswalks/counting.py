"""Counting what codings lead to, each passage and participant once (method.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.codebooks.catalogue import find_framework
from ikt_coder.core.span import Span
from ikt_coder.services.crosswalks.links import Links, target_key
from ikt_coder.services.crosswalks.rows import (
    Count,
    CrosswalkCount,
    ReachedBy,
    ReachedTarget,
    Target,
)
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.services.theme_counts import ThemeCounts, passages

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class _Met:
    """Codings met for one target: by the target itself, by each code, and those that wait."""

    def __init__(self) -> None:
        self.direct: list[CodingRow] = []
        self.derived: dict[UUID, list[CodingRow]] = {}
        self.waiting: list[CodingRow] = []
        self._spans: dict[UUID, list[Span]] = {}

    def code_directly(self, row: CodingRow) -> None:
        self.direct.append(row)
        self._spans.setdefault(row.document, []).append(row.span)

    def repeats(self, row: CodingRow) -> bool:
        """Whether the target was coded directly on the passage too: by the rule for codings on
        one passage, half of the shorter span."""
        return any(
            span.covers_half_of_shorter(row.span) for span in self._spans.get(row.document, ())
        )


def count_targets(
    project: Project, links: Links, framework: str, counts: ThemeCounts
) -> CrosswalkCount:
    """See ``CrosswalkService.count``."""
    codes = {row.id: row for row in project.codes.all(counted=False)}
    scheme = {row.id for row in project.frameworks.all() if row.key == framework}
    levels = {
        row.id: target_key(row.id, row.node_key)
        for row in project.frameworks.levels()
        if row.framework in scheme
    }
    met: dict[str, _Met] = {}
    undecided: dict[tuple[UUID, tuple[str, ...]], list[CodingRow]] = {}
    unlinked: list[CodingRow] = []
    everything: dict[UUID, CodingRow] = {}
    for row in counts.layer:
        code = codes.get(row.code)
        if code is None:
            continue
        for level in row.levels:
            if level in levels:
                met.setdefault(levels[level], _Met()).code_directly(row)
                everything[row.id] = row
        if code.framework_key == framework and code.applicable:
            met.setdefault(target_key(code.id, code.node_key), _Met()).code_directly(row)
            everything[row.id] = row
            continue
        found = links.derive(code, row.mapping_choice, framework)
        if found is None:
            continue
        everything[row.id] = row
        if not found.candidates:
            unlinked.append(row)
        elif found.undecided:
            undecided.setdefault((code.id, found.candidates), []).append(row)
            for key in found.candidates:
                met.setdefault(key, _Met()).waiting.append(row)
        for key in found.targets:
            met.setdefault(key, _Met()).derived.setdefault(code.id, []).append(row)
    order = _order(project, framework)
    # A coding that only repeats what was coded directly is no reference of its own.
    counted: set[UUID] = set()
    listed = [
        _target(counts, links.target(framework, key), met[key], codes, counted)
        for key in sorted(met, key=lambda key: order.get(key, len(order)))
    ]
    open_ones = [row for rows in undecided.values() for row in rows]
    apart = {row.id for row in (*open_ones, *unlinked)}
    return CrosswalkCount(
        links.group(framework),
        tuple(listed),
        count(counts, open_ones),
        tuple(
            (
                codes[code],
                tuple(links.target(framework, key) for key in candidates),
                count(counts, rows),
            )
            for (code, candidates), rows in sorted(
                undecided.items(), key=lambda one: list(codes).index(one[0][0])
            )
        ),
        count(counts, unlinked),
        count(
            counts,
            everything.values(),
            sum(key in counted or key in apart for key in everything),
        ),
    )


def count(counts: ThemeCounts, rows: Iterable[CodingRow], references: int | None = None) -> Count:
    """Some codings of the layer, each passage and participant once."""
    some = list(rows)
    return Count(
        tuple(row.id for row in some),
        len(counts.participants(some)),
        len(passages(some)),
        len(some) if references is None else references,
    )


def _target(
    counts: ThemeCounts,
    target: Target,
    met: _Met,
    codes: dict[UUID, CodeRow],
    counted: set[UUID],
) -> ReachedTarget:
    """One target; the codings that are references of their own are added to ``counted``."""
    ways = []
    if met.direct:
        ways.append(ReachedBy(None, count(counts, met.direct), derived=False))
    everything = {row.id: row for row in met.direct}
    own = set(everything)
    for code in sorted(met.derived, key=list(codes).index):
        rows = met.derived[code]
        fresh = {row.id for row in rows if row.id not in everything and not met.repeats(row)}
        ways.append(ReachedBy(codes[code], count(counts, rows, len(fresh)), derived=True))
        everything.update((row.id, row) for row in rows)
        own |= fresh
    counted |= own
    return ReachedTarget(
        target,
        count(counts, everything.values(), len(own)),
        tuple(ways),
        count(counts, {row.id: row for row in met.waiting}.values()),
    )


def _order(project: Project, framework: str) -> dict[str, int]:
    """The nodes of a framework in the order of its file, then those of the project alone."""
    preset = find_framework(framework)
    keys = [node.key for _, node in preset.tree()] if preset is not None else []
    found: dict[str, None] = dict.fromkeys(keys)
    for code in project.codes.all(counted=False):
        if code.framework_key == framework:
            found.setdefault(target_key(code.id, code.node_key), None)
    for level in project.frameworks.levels():
        found.setdefault(target_key(level.id, level.node_key), None)
    return {key: at for at, key in enumerate(found)}
