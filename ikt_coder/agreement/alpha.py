"""Krippendorff's alpha with any distance between values, with judgements missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import Any

from ikt_coder.agreement.figure import Figure, Reason, ratio

Row = tuple[int, Sequence[Hashable]]
"""How many units are like this, and each coder's value; None where a coder did not judge."""

Distance = Callable[[Any, Any], float]
"""Of two different values; of a value and itself it is 0 and is never asked."""


def alpha(id: str, rows: Iterable[Row], distance: Distance | None = None) -> Figure:
    """1 − observed over expected disagreement. ``distance`` None: any two different values are
    equally far apart (nominal), which needs no walk over pairs of values."""
    observed = 0.0
    marginals: Counter[Hashable] = Counter()
    for number, values in rows:
        judged = [value for value in values if value is not None]
        if len(judged) < 2 or not number:
            continue
        own = Counter(judged)
        for value, times in own.items():
            marginals[value] += number * times
        if len(own) > 1:
            observed += number * _apart(own, distance) / (len(judged) - 1)
    total = marginals.total()
    if not total:
        return Figure(id, None, Reason.NO_COMMON_DOCUMENT)
    expected = _apart(marginals, distance)
    return ratio(id, expected - (total - 1) * observed, expected, Reason.NO_VARIATION)


def _apart(numbers: Counter[Any], distance: Distance | None) -> float:
    """The sum of distances over all ordered pairs of different values."""
    if distance is None:
        return numbers.total() ** 2 - sum(number * number for number in numbers.values())
    return 2 * sum(
        n * k * distance(value, other)
        for (value, n), (other, k) in combinations(numbers.items(), 2)
    )


def interval_distance(value: float, other: float) -> float:
    return (value - other) ** 2


def ratio_distance(value: float, other: float) -> float:
    """For scales with a true zero; two values that add up to 0 cannot be compared."""
    return ((value - other) / (value + other)) ** 2


def ordinal_distance(rows: Iterable[Row]) -> Distance:
    """Squared difference of ranks, where a value's rank counts the judgements below it and half
    of its own."""
    marginals: Counter[Any] = Counter()
    for number, values in rows:
        judged = [value for value in values if value is not None]
        if len(judged) > 1:
            for value in judged:
                marginals[value] += number
    ranks: dict[Any, float] = {}
    below = 0.0
    for value in sorted(marginals):
        ranks[value] = below + marginals[value] / 2
        below += marginals[value]
    return lambda value, other: float((ranks[value] - ranks[other]) ** 2)
