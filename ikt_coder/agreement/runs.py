"""Where in a document the units of each pattern lie, as runs: the raw table behind the counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ikt_coder.agreement.ground import CodedDocument, CoderSpan, Ground, Rule


class Run(NamedTuple):
    """Neighbouring units of one code that the same coders (``applied``, a mask) coded.
    ``first`` and ``last`` number the units, half-open; single characters are numbered as they
    stand in the text. ``start`` and ``end`` are code points."""

    first: int
    last: int
    start: int
    end: int
    applied: int

    @property
    def units(self) -> int:
        return self.last - self.first


def runs(document: CodedDocument, spans: Iterable[CoderSpan], rule: Rule = Rule.ANY) -> list[Run]:
    """The runs of one code in a document, in order, those that nobody coded among them: every
    unit in scope is in one. ``spans`` of coders who have not finished the document are left
    out. Characters that the scope parts are in different runs."""
    ground = Ground(document)
    own = [
        (coder, low, high)
        for coder, start, end in spans
        if document.coders >> coder & 1
        for low, high in ground.cut(start, end)
    ]
    if ground.units is None:
        pieces = ground.scope if ground.scope is not None else ((0, ground.length),)
        return [
            Run(start, end, start, end, applied)
            for low, high in pieces
            for start, end, applied in _walk(own, low, high)
        ]
    starts, ends = ground.units.starts, ground.units.ends
    projected = list(ground.units.projected(own, rule))
    return [
        Run(first, last, starts[first], ends[last - 1], applied)
        for first, last, applied in _walk(projected, 0, len(starts))
    ]


def _walk(spans: Iterable[CoderSpan], low: int, high: int) -> Iterator[tuple[int, int, int]]:
    """What lies from ``low`` to ``high``, cut wherever the set of coders changes."""
    steps: dict[int, dict[int, int]] = {low: {}, high: {}}
    for coder, start, end in spans:
        start, end = max(start, low), min(end, high)
        if start < end:
            for at, step in ((start, 1), (end, -1)):
                deeper = steps.setdefault(at, {})
                deeper[coder] = deeper.get(coder, 0) + step
    depth: dict[int, int] = {}
    begun, mask = low, 0
    for at in sorted(steps):
        before = mask
        for coder, step in steps[at].items():
            depth[coder] = depth.get(coder, 0) + step
            mask = mask | 1 << coder if depth[coder] else mask & ~(1 << coder)
        if at == low:
            continue
        if mask != before or at == high:
            yield begun, at, before
            begun = at
