"""What the Consensus would get from an item: one coder's version, all together, in common.

Pure rules over the sides of an item; positions are code points of the present text. Segments
whose words are gone from the text give nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from ikt_coder.agreement.spans import Pair, unite
from ikt_coder.core.errors import UserError
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.differences import in_common
from ikt_coder.services.settling_rows import Edges, Segment

Sides = Sequence[Sequence[Segment]]


def version(side: Iterable[Segment]) -> tuple[Segment, ...]:
    """One coder's version, as the Consensus would get it."""
    return tuple(dict.fromkeys(replace(each, coding=None) for each in side if len(each.span)))


def together(sides: Sides) -> tuple[Segment, ...]:
    """What all coded: each code once on every passage of it, with all it carries."""
    found: list[Segment] = []
    for code in _codes(sides):
        spans = unite(_pair(s) for side in sides for s in side if s.code == code)
        found += _carrying(spans, code, sides)
    return tuple(sorted(found, key=lambda s: (s.span, s.code)))


def common(sides: Sides) -> tuple[Segment, ...]:
    """What every coder coded with the same code; nothing where one of them did not."""
    codes = _codes(sides)
    found: list[Segment] = []
    for code in codes:
        theirs = [[_pair(s) for s in side if s.code == code] for side in sides]
        if all(theirs):
            found += _carrying(in_common(theirs), code, sides)
    return tuple(found)


def apart(sides: Sides) -> tuple[Segment, ...]:
    """Everybody's version beside each other, each with its own edges."""
    return tuple(dict.fromkeys(s for side in sides for s in version(side)))


def with_edges(
    sides: Sides, codes: Collection[UUID], edges: Edges, custom: Span | None = None
) -> tuple[Segment, ...]:
    """``codes`` on edges of the whole item: all that was coded (union), what every coder who
    coded something has (intersection), or ``custom``. A code that nobody used in the item
    carries what the others do. Raises UserError where nothing is left."""
    if edges is Edges.CUSTOM:
        if custom is None or not len(custom):
            raise UserError("Edges of their own need at least one letter.", "Select the words.")
        spans = [(custom.start, custom.end)]
    else:
        theirs = [[_pair(s) for s in side] for side in sides if version(side)]
        spans = (
            in_common(theirs)
            if edges is Edges.INTERSECTION
            else unite(span for side in theirs for span in side)
        )
    if not spans:
        raise UserError(
            "The coders have no words in common here. Nothing was settled.",
            "Take the edges of one of them, all together, or edges of your own.",
        )
    known = set(_codes(sides))
    return tuple(
        segment
        for code in dict.fromkeys(codes)
        for segment in _carrying(spans, code, sides, anyone=code not in known)
    )


def of_side(
    sides: Sides, side: Sequence[Segment], edges: Edges | None, custom: Span | None
) -> tuple[Segment, ...]:
    """One coder's version, or with ``edges`` its codes and what they carry on other edges."""
    own = version(side)
    if edges in (None, Edges.OWN) or not own:
        return own
    assert edges is not None  # the line above took None
    spans = [s.span for s in with_edges(sides, [own[0].code], edges, custom)]
    kept: dict[UUID, Segment] = {}
    for each in own:
        kept.setdefault(each.code, each)
    return tuple(replace(each, span=span) for each in kept.values() for span in spans)


def same(first: Iterable[Segment], second: Iterable[Segment]) -> bool:
    """Whether two results give the Consensus the same."""
    return set(version(first)) == set(version(second))


def joint_valence(valences: Iterable[Valence | None]) -> Valence | None:
    """The direction of coders together: one that is not set or neutral yields, opposite ones
    are mixed."""
    told = {each for each in valences if each is not None}
    directed = told - {Valence.NEUTRAL}
    if len(directed) > 1:
        return Valence.MIXED
    return next(iter(directed or told), None)


def _codes(sides: Sides) -> list[UUID]:
    return list(dict.fromkeys(s.code for side in sides for s in version(side)))


def _pair(segment: Segment) -> Pair:
    return segment.span.start, segment.span.end


def _carrying(
    spans: Iterable[Pair], code: UUID, sides: Sides, *, anyone: bool = False
) -> list[Segment]:
    """``code`` on some spans, each carrying what the segments on it together carry."""
    found = []
    for start, end in spans:
        span = Span(start, end)
        theirs = [
            s
            for side in sides
            for s in side
            if (anyone or s.code == code) and s.span.overlaps(span)
        ]
        found.append(
            Segment(
                span,
                code,
                joint_valence(s.valence for s in theirs),
                max((s.strength for s in theirs if s.strength is not None), default=None),
                frozenset().union(*(s.levels for s in theirs)),
            )
        )
    return found
