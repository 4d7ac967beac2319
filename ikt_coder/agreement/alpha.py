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

Apart = Callable[[Counter[Any]], float]
"""From how often each value was given: the sum of distances over all ordered pairs."""


def alpha(id: str, rows: Iterable[Row], apart: Apart | None = None) -> Figure:
    """1 − observed over expected disagreement; ``apart`` None: nominal."""
    apart = apart or nominal
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
            observed += number * apart(own) / (len(judged) - 1)
    total = marginals.total()
    if not total:
        return Figure(id, None, Reason.NO_COMMON_DOCUMENT)
    expected = apart(marginals) if len(marginals) > 1 else 0.0
    return ratio(id, expected - (total - 1) * observed, expected, Reason.NO_VARIATION)


def nominal(numbers: Counter[Any]) -> float:
    """Any two different values are equally far apart."""
    return numbers.total() ** 2 - sum(number * number for number in numbers.values())


def by_distance(distance: Distance) -> Apart:
    """A distance of one's own; the walk over all pairs of values takes their number squared."""

    def apart(numbers: Counter[Any]) -> float:
        return 2 * sum(
            n * k * distance(value, other)
            for (value, n), (other, k) in combinations(numbers.items(), 2)
        )

    return apart


def interval(numbers: Counter[Any]) -> float:
    """Squared differences."""
    return _squared(numbers.items())


def ordinal(rows: Iterable[Row]) -> Apart:
    """Squared differences of ranks, where a value's rank counts the judgements below it and
    half of its own."""
    marginals: Counter[Any] = Counter()
    for number, values in rows:
        judged = [value for value in values if value is not None]
        if len(judged) > 1:
            for value in judged:
                marginals[value] += number
    ranks: dict[Any, float] = {}
    below = 0
    for value in sorted(marginals):
        ranks[value] = below + marginals[value] / 2
        below += marginals[value]
    return lambda numbers: _squared((ranks[value], n) for value, n in numbers.items())


def ratio_scale(value: float, other: float) -> float:
    """The distance on scales with a true zero; two values that add up to 0 have none."""
    return ((value - other) / (value + other)) ** 2


def _squared(numbers: Iterable[tuple[float, int]]) -> float:
    """Over ordered pairs, from the variance; from the first value on, to stay exact."""
    given = list(numbers)
    origin = given[0][0]
    total = sum(n for _value, n in given)
    first = sum(n * (value - origin) for value, n in given)
    second = sum(n * (value - origin) ** 2 for value, n in given)
    return 2 * (total * second - first * first)
