"""Where two coders of one document agree and where they differ, item by item."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

from ikt_coder.agreement.matching import Match, match
from ikt_coder.agreement.spans import Pair, iou, length, overlap, trim, unite
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind

CodedSpan = tuple[Any, int, int, Any, tuple[Any, ...]]
"""Id, start, end, code, attributes (direction, levels, strength, as the caller has them). Ids
can be put in order; codes are hashable; attributes can be compared."""

SAME_PASSAGE: Final = 0.5
SAME_EDGES: Final = 0.9


@frozen
class Difference:
    """One item: the ids of either coder's codings, in text order; where it lies (from the first
    start to the last end); the intersection over union; ``near`` where two different codes are
    parent and child or siblings; ``attributes``: which places of the attributes differ.

    MATCH: same code, same attributes, practically the same edges. BOUNDARY: the same passage
    with other edges. ATTRIBUTE: same code and passage, but an attribute differs, and the edges
    perhaps too (see ``iou``), so that it is never taken for a mere difference of edges.
    DIFFERENT_CODE: another code on the same passage. SPLIT: one segment of one coder against
    several of the other, all of one code. ONE_SIDE: one coder alone; the other's ids are empty.
    """

    kind: DifferenceKind
    first: tuple[Any, ...]
    second: tuple[Any, ...]
    first_code: Any
    second_code: Any
    start: int
    end: int
    iou: float
    near: bool
    attributes: tuple[int, ...]


def classify(
    first: Sequence[CodedSpan],
    second: Sequence[CodedSpan],
    *,
    near: Callable[[Any, Any], bool] | None = None,
    text: str | None = None,
    theta: float = SAME_PASSAGE,
    theta_match: float = SAME_EDGES,
) -> list[Difference]:
    """Every coding of two coders in one document, each in exactly one item, in text order.

    Codings of one code are matched one to one where they overlap by ``theta`` or more, and are
    a match from ``theta_match`` on. What is left is looked at for splits, then for another code
    on the same passage. With ``text``, white space and punctuation at the edges alone do not
    make a difference of edges.
    """
    found: list[Difference] = []
    left: tuple[list[CodedSpan], list[CodedSpan]] = ([], [])
    by_code: dict[Hashable, tuple[list[CodedSpan], list[CodedSpan]]] = {}
    for side, spans in enumerate((first, second)):
        for span in sorted(spans, key=_place):
            by_code.setdefault(span[3], ([], []))[side].append(span)
    for one, other in by_code.values():
        _same_code(one, other, theta, theta_match, text, found, left)
    for unmatched in left:
        unmatched.sort(key=_place)
    _other_codes(left, theta, near, found)
    found += [_alone(span, True) for span in left[0]]
    found += [_alone(span, False) for span in left[1]]
    found.sort(key=lambda item: (item.start, item.end))
    return found


def near_in(parents: Mapping[Any, Any]) -> Callable[[Any, Any], bool]:
    """Whether two codes are parent and child, or siblings under one parent; ``parents`` gives
    each code's parent, None at the top."""

    def near(one: Any, other: Any) -> bool:
        above, beside = parents.get(one), parents.get(other)
        return above == other or beside == one or (above is not None and above == beside)

    return near


def _place(span: CodedSpan) -> tuple[int, int, Any]:
    return span[1], span[2], span[0]


def _edges(spans: Sequence[CodedSpan]) -> list[Pair]:
    return [(start, end) for _id, start, end, _code, _attributes in spans]


def _same_code(
    first: list[CodedSpan],
    second: list[CodedSpan],
    theta: float,
    theta_match: float,
    text: str | None,
    found: list[Difference],
    left: tuple[list[CodedSpan], list[CodedSpan]],
) -> None:
    pairs: list[Match] = []
    if first and second:

        def alike(one: int, other: int) -> bool:
            return bool(first[one][4] == second[other][4])

        pairs = match(_edges(first), _edges(second), theta, preferred=alike)
    settled: set[tuple[int, int]] = set()  # side and position
    loose: list[tuple[int, int, float]] = []
    for one, other, shared in pairs:
        a, b = first[one], second[other]
        if shared >= theta_match or _same_words(a, b, text, theta_match):
            settled |= {(0, one), (1, other)}
            kind = DifferenceKind.ATTRIBUTE if a[4] != b[4] else DifferenceKind.MATCH
            found.append(_pair(kind, a, b, shared))
        else:
            loose.append((one, other, shared))
    _splits((first, second), loose, settled, theta, found)
    for one, other, shared in loose:
        if (0, one) in settled:
            continue
        settled |= {(0, one), (1, other)}
        a, b = first[one], second[other]
        kind = DifferenceKind.ATTRIBUTE if a[4] != b[4] else DifferenceKind.BOUNDARY
        found.append(_pair(kind, a, b, shared))
    for side, spans in enumerate((first, second)):
        left[side].extend(span for at, span in enumerate(spans) if (side, at) not in settled)


def _splits(
    sides: tuple[list[CodedSpan], list[CodedSpan]],
    loose: Sequence[tuple[int, int, float]],
    settled: set[tuple[int, int]],
    theta: float,
    found: list[Difference],
) -> None:
    """One against several: parts of which at least half lies in the one, and that together
    overlap it more than the best of them does alone."""
    if min(len(side) for side in sides) == 0 or max(len(side) for side in sides) < 2:
        return
    partner: dict[tuple[int, int], int] = {}
    for one, other, _shared in loose:
        partner[0, one], partner[1, other] = other, one
    for side in (0, 1):
        theirs = sides[1 - side]
        longest = max(end - start for _id, start, end, _code, _attributes in theirs)
        from_here = 0
        for at, whole in enumerate(sides[side]):
            edges = (whole[1], whole[2])
            while from_here < len(theirs) and theirs[from_here][1] + longest <= edges[0]:
                from_here += 1
            if (side, at) in settled:
                continue
            parts: list[int] = []
            for position in range(from_here, len(theirs)):
                _id, start, end, _code, _attributes = theirs[position]
                if start >= edges[1]:
                    break
                if (1 - side, position) in settled:
                    continue
                if partner.get((1 - side, position), at) != at:
                    continue
                if end > start and 2 * overlap(edges, (start, end)) >= end - start:
                    parts.append(position)
            if len(parts) < 2:
                continue
            together = unite(_edges([theirs[position] for position in parts]))
            inside = sum(overlap(edges, part) for part in together)
            shared = inside / (edges[1] - edges[0] + length(together) - inside)
            best = max(iou(edges, part) for part in _edges([theirs[p] for p in parts]))
            if shared < theta or shared <= best:
                continue
            settled.add((side, at))
            settled |= {(1 - side, position) for position in parts}
            found.append(_split([whole], [theirs[p] for p in parts], shared, swapped=side == 1))


def _other_codes(
    left: tuple[list[CodedSpan], list[CodedSpan]],
    theta: float,
    near: Callable[[Any, Any], bool] | None,
    found: list[Difference],
) -> None:
    """Pair what is left over codes; codes that are near each other first."""
    rounds = [True, False] if near is not None else [False]
    for only_near in rounds:
        first, second = left

        def allowed(one: int, other: int, only_near: bool = only_near) -> bool:
            codes = left[0][one][3], left[1][other][3]
            return codes[0] != codes[1] and (not only_near or bool(near and near(*codes)))

        pairs = match(_edges(first), _edges(second), theta, allowed)
        for one, other, shared in pairs:
            a, b = first[one], second[other]
            found.append(_pair(DifferenceKind.DIFFERENT_CODE, a, b, shared, near=only_near))
        for side, taken in ((0, {p[0] for p in pairs}), (1, {p[1] for p in pairs})):
            left[side][:] = [span for at, span in enumerate(left[side]) if at not in taken]


def _same_words(a: CodedSpan, b: CodedSpan, text: str | None, theta: float) -> bool:
    if text is None:
        return False
    return iou(trim(text, a[1], a[2]), trim(text, b[1], b[2])) >= theta


def _differing(a: CodedSpan, b: CodedSpan) -> tuple[int, ...]:
    return tuple(at for at, (one, other) in enumerate(zip(a[4], b[4], strict=True)) if one != other)


def _pair(
    kind: DifferenceKind, a: CodedSpan, b: CodedSpan, shared: float, *, near: bool = False
) -> Difference:
    return Difference(
        kind,
        (a[0],),
        (b[0],),
        a[3],
        b[3],
        min(a[1], b[1]),
        max(a[2], b[2]),
        shared,
        near,
        _differing(a, b),
    )


def _split(
    one: list[CodedSpan], several: list[CodedSpan], shared: float, *, swapped: bool
) -> Difference:
    first, second = (several, one) if swapped else (one, several)
    spans = one + several
    differing = sorted({place for part in several for place in _differing(one[0], part)})
    code = one[0][3]
    return Difference(
        DifferenceKind.SPLIT,
        tuple(span[0] for span in first),
        tuple(span[0] for span in second),
        code,
        code,
        min(span[1] for span in spans),
        max(span[2] for span in spans),
        shared,
        False,
        tuple(differing),
    )


def _alone(span: CodedSpan, of_first: bool) -> Difference:
    id, start, end, code, _attributes = span
    kind = DifferenceKind.ONE_SIDE
    if of_first:
        return Difference(kind, (id,), (), code, None, start, end, 0.0, False, ())
    return Difference(kind, (), (id,), None, code, start, end, 0.0, False, ())
