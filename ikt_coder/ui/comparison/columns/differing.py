"""Where the columns of an item differ, and by what each class of difference is told.

A class has an icon, a word and a pattern; colour is never needed to tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.span import Span, unite
from ikt_coder.services.differences import in_common
from ikt_coder.services.settling_rows import Item, Side

Kind = DifferenceKind


@frozen
class Differing:
    """A stretch of text that differs in one column. ``held``: this coder has it, another has
    not; else the coder lacks what another has."""

    span: Span
    kind: DifferenceKind
    held: bool
    item: UUID


ICONS = {
    Kind.MATCH: "check",
    Kind.BOUNDARY: "differs-boundary",
    Kind.DIFFERENT_CODE: "differs-code",
    Kind.ATTRIBUTE: "differs-attribute",
    Kind.ONE_SIDE: "differs-one-side",
    Kind.SPLIT: "differs-split",
    Kind.FIRST_CODER: "eye",
    Kind.MISSED: "plus",
}
PATTERNS = {
    Kind.BOUNDARY: Qt.BrushStyle.BDiagPattern,
    Kind.DIFFERENT_CODE: Qt.BrushStyle.DiagCrossPattern,
    Kind.ATTRIBUTE: Qt.BrushStyle.Dense7Pattern,
    Kind.ONE_SIDE: Qt.BrushStyle.FDiagPattern,
    Kind.SPLIT: Qt.BrushStyle.VerPattern,
}


def differing(item: Item, column: Side) -> list[Differing]:
    """What differs in a coder's column of an item."""
    if item.kind is Kind.MATCH or item.kind not in PATTERNS:
        return []
    here = unite(_spans(column))
    there = unite(s.span for side in item.sides if side is not column for s in side.segments)
    if item.kind in (Kind.DIFFERENT_CODE, Kind.ATTRIBUTE) and here:
        # The same words, read otherwise: all of them are in question.
        held, lacking = here, []
    else:
        held, lacking = without(here, shared(item.sides)), without(there, here)
    return [Differing(span, item.kind, True, item.id) for span in held] + [
        Differing(span, item.kind, False, item.id) for span in lacking
    ]


def shared(sides: Iterable[Side]) -> list[Span]:
    """What every one of some sides has coded."""
    covered = [[(span.start, span.end) for span in unite(_spans(side))] for side in sides]
    return [Span(start, end) for start, end in in_common(covered)]


def _spans(side: Side) -> list[Span]:
    return [segment.span for segment in side.segments]


def without(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of ``spans`` outside ``taken``; both disjoint and in order."""
    left: list[Span] = []
    for span in spans:
        at = span.start
        for other in taken:
            if other.end <= at or other.start >= span.end:
                continue
            if other.start > at:
                left.append(Span(at, other.start))
            at = max(at, other.end)
        if at < span.end:
            left.append(Span(at, span.end))
    return left
