"""Alpha for unitizing in its form of 1995 and 2004, to compare with programs that compute it.

No figure of a project is this one: ``unitizing`` has the family of 2016, which replaced it.
Krippendorff 2004, pages 251 to 255.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ikt_coder.agreement.figure import Figure, Reason, ratio
from ikt_coder.agreement.spans import Pair
from ikt_coder.core.frozen import frozen

Unit = tuple[int, int, Hashable]
"""Start, end, category."""


@frozen
class OfCategory:
    """One category's alpha with its observed and expected disagreement."""

    alpha: Figure
    observed: float
    expected: float


def alpha_u_1995(
    length: int, coders: Sequence[Sequence[Unit]]
) -> tuple[Figure, dict[Hashable, OfCategory]]:
    """Over all categories and for each; units of one coder and category do not overlap, and all
    lie in [0, ``length``)."""
    categories = dict.fromkeys(unit[2] for units in coders for unit in units)
    found: dict[Hashable, OfCategory] = {}
    for category in categories:
        own = [
            sorted((start, end) for start, end, value in units if value == category)
            for units in coders
        ]
        gaps = [_gaps(length, spans) for spans in own]
        observed = _observed(length, own, gaps)
        expected = _expected(length, own, gaps)
        alpha = ratio("alpha_u_1995", expected - observed, expected, Reason.NO_VARIATION)
        found[category] = OfCategory(alpha, observed, expected)
    observed = sum(one.observed for one in found.values())
    expected = sum(one.expected for one in found.values())
    return ratio("alpha_u_1995", expected - observed, expected, Reason.NO_VARIATION), found


def _gaps(length: int, spans: Sequence[Pair]) -> list[Pair]:
    edges = [0, *(edge for span in spans for edge in span), length]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _observed(length: int, own: Sequence[list[Pair]], gaps: Sequence[list[Pair]]) -> float:
    """The squared distances of edges that overlap, and of units that lie in the other's gap."""
    m, total = len(own), 0
    for i, units in enumerate(own):
        for j in range(m):
            if i == j:
                continue
            for start, end in units:
                total += sum(
                    (start - low) ** 2 + (end - high) ** 2
                    for low, high in own[j]
                    if start < high and low < end
                )
                # Once for the unit in the gap and once for the gap around the unit.
                if any(low <= start and end <= high for low, high in gaps[j]):
                    total += 2 * (end - start) ** 2
    return total / (m * (m - 1) * length * length)


def _expected(length: int, own: Sequence[list[Pair]], gaps: Sequence[list[Pair]]) -> float:
    m = len(own)
    sizes = [end - start for units in own for start, end in units]
    rooms = [end - start for spans in gaps for start, end in spans]
    total = sum(
        (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(room - size + 1 for room in rooms if room >= size)
        for size in sizes
    )
    pairs = m * length * (m * length - 1) - sum(size * (size - 1) for size in sizes)
    return 2 / length * total / pairs if pairs else 0.0
