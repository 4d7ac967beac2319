"""Gamma of two coders: whole units, their edges and values at once. A stochastic figure.

Mathet, Widlöcher and Métivier 2015, "The unified and holistic method gamma", Computational
Linguistics 41 (3), 437 to 479. Units of the two coders are aligned so that their disorder is least;
gamma is 1 - observed / expected disorder, and the expected one is a mean over drawn continua:
another seed gives another gamma. No table of a project shows it; it serves to compare with programs
that print it.

The continua are drawn as the sampler called "statistical" of pygamma-agreement 0.5 draws them,
which is its default (see its documentation, and sampler.py there). Section 5.2 of the paper, as
described there, shifts the coders' own units instead; on short continua the two differ more than
two seeds do. More than two coders are left out: their best alignment needs integer programming.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import accumulate, pairwise
from math import cos, fsum, log, pi, sqrt
from random import Random
from typing import Final

from ikt_coder.agreement.assignment import assign
from ikt_coder.agreement.bootstrap import DEFAULT_SEED
from ikt_coder.agreement.figure import Figure, Reason, ratio
from ikt_coder.core.frozen import frozen

Unit = tuple[float, float, Hashable]
"""Start, end (after the start), value. Units of one coder may overlap."""

ID: Final = "gamma"
OBSERVED: Final = "gamma_observed_disorder"
SAMPLER: Final = "statistical"
SAMPLES: Final = 400
MOST_UNITS: Final = 1000
"""Of one coder; beyond, drawing would take minutes."""

_ALONE: Final = 1.0
"""The dissimilarity of a unit and no unit, before it is multiplied by ``delta_empty``."""
_SCALE: Final = 1 << 40


@frozen
class Dissimilarity:
    """How unlike two units are: ``alpha`` times their positional dissimilarity, ``beta`` where
    their values differ, all times ``delta_empty``, which is also what a unit without a counterpart
    costs. 0 or more each, ``delta_empty`` above 0."""

    alpha: float = 1.0
    beta: float = 1.0
    delta_empty: float = 1.0


@frozen
class Gamma:
    """A stochastic figure and what it rests on.

    ``observed`` does not depend on chance; ``expected`` is the mean disorder of ``samples``
    continua drawn from ``seed``, ``standard_error`` that of this mean; both are None where
    nothing was drawn.
    """

    gamma: Figure
    observed: Figure
    expected: float | None
    standard_error: float | None
    samples: int
    seed: int


def gamma(
    coders: Sequence[Sequence[Unit]],
    dissimilarity: Dissimilarity | None = None,
    *,
    seed: int = DEFAULT_SEED,
    samples: int = SAMPLES,
) -> Gamma:
    """Gamma of two coders' units; NOT_APPLICABLE for more coders or too many units,
    NO_VARIATION where nobody marked a unit or where chance could do nothing but agree.

    ValueError for fewer than two coders, fewer than two samples, or an empty unit.
    """
    if len(coders) < 2 or samples < 2:
        raise ValueError("gamma takes at least two coders and two samples")
    if any(not unit[0] < unit[1] for units in coders for unit in units):
        raise ValueError("a unit is empty")
    if len(coders) > 2 or max(map(len, coders)) > MOST_UNITS:
        return _undefined(Reason.NOT_APPLICABLE, seed)
    first, second = coders
    if not first and not second:
        return _undefined(Reason.NO_VARIATION, seed)
    given = dissimilarity or Dissimilarity()
    observed = disorder(first, second, given)
    sampler = _Sampler(coders, seed)
    drawn = [disorder(*sampler.draw(), given) for _ in range(samples)]
    expected = fsum(drawn) / samples
    spread = fsum((one - expected) ** 2 for one in drawn) / (samples - 1)
    return Gamma(
        ratio(ID, expected - observed, expected, Reason.NO_VARIATION),
        Figure(OBSERVED, observed),
        expected,
        sqrt(spread / samples),
        samples,
        seed,
    )


def _undefined(reason: Reason, seed: int) -> Gamma:
    return Gamma(Figure(ID, None, reason), Figure(OBSERVED, None, reason), None, None, 0, seed)


def disorder(first: Sequence[Unit], second: Sequence[Unit], dissimilarity: Dissimilarity) -> float:
    """That of the best alignment: its summed dissimilarities over the mean number of units per
    coder. ZeroDivisionError where neither coder has a unit."""
    costs = [
        _apart(first[one], second[other], dissimilarity)
        for one, other in align(first, second, dissimilarity)
    ]
    alone = len(first) + len(second) - 2 * len(costs)
    total = fsum([*costs, alone * _ALONE])
    return dissimilarity.delta_empty * total / ((len(first) + len(second)) / 2)


def align(
    first: Sequence[Unit], second: Sequence[Unit], dissimilarity: Dissimilarity
) -> list[tuple[int, int]]:
    """The pairs of a best alignment, by position in the two sequences; all other units stay
    alone. It is the best to within 2 ** -40 for each pair."""
    places = sorted(range(len(second)), key=lambda at: second[at][0])
    starts = [second[at][0] for at in places]
    longest = max((unit[1] - unit[0] for unit in second), default=0)
    # Two units that together cost more than both alone are never paired, however the others are.
    apart = 2 * _ALONE
    reach = sqrt(apart / dissimilarity.alpha) if dissimilarity.alpha else float("inf")
    edges: list[dict[int, int]] = []
    for unit in first:
        window = reach * (unit[1] - unit[0] + longest)
        low = bisect_left(starts, unit[0] - window)
        high = bisect_right(starts, unit[0] + window)
        costs = ((at, _apart(unit, second[at], dissimilarity)) for at in places[low:high])
        edges.append({at: round(cost * _SCALE) for at, cost in costs if cost < apart})
    partner = assign(edges, round(apart * _SCALE))
    return [(one, other) for one, other in enumerate(partner) if other is not None]


def _apart(unit: Unit, other: Unit, dissimilarity: Dissimilarity) -> float:
    """How unlike two units are, in multiples of ``delta_empty``."""
    edges = abs(unit[0] - other[0]) + abs(unit[1] - other[1])
    lengths = unit[1] - unit[0] + other[1] - other[0]
    values = dissimilarity.beta if unit[2] != other[2] else 0.0
    return dissimilarity.alpha * (edges / lengths) ** 2 + values


class _Sampler:
    """Draws two coders' units at random, alike to those given only in their statistics.

    From left to right: a gap, then a unit. The number of units, the gaps and the lengths are drawn
    from normal distributions with the mean and standard deviation (n in the denominator) that the
    coders' units have together, the values by how often they were used. As in pygamma-agreement,
    the gaps are those before every unit of a coder that does not start at 0, and one of zero
    besides; a number of units loses its decimals and its sign; of a length the absolute value
    counts; a negative gap makes units overlap; one unit at least is drawn.

    The sequence follows from the seed alone: only ``Random.random`` is used, whose sequence is
    promised for all versions, and values count by their frequency, not by their name.
    """

    def __init__(self, coders: Sequence[Sequence[Unit]], seed: int) -> None:
        self._random = Random(seed).random
        units = [unit for given in coders for unit in given]
        gaps: list[float] = [0]
        for given in coders:
            ordered = sorted(given, key=lambda unit: (unit[0], unit[1]))
            gaps += [after[0] - before[1] for before, after in pairwise(ordered)]
            gaps += [unit[0] for unit in ordered[:1] if unit[0] > 0]
        self._gap = _normal(gaps)
        self._length = _normal([unit[1] - unit[0] for unit in units])
        self._number = _normal([len(given) for given in coders])
        used = sorted(Counter(unit[2] for unit in units).values(), reverse=True)
        self._used = list(accumulate(used))

    def draw(self) -> tuple[list[Unit], list[Unit]]:
        """A continuum in which the two coders agree by chance alone."""
        first = self._track(1)
        return first, self._track(0)

    def _track(self, least: int) -> list[Unit]:
        track: list[Unit] = []
        at = 0.0
        for _ in range(max(least, abs(int(self._from(self._number))))):
            start = at + self._from(self._gap)
            length = 0.0
            while not start < start + length:
                length = abs(self._from(self._length))
            at = start + length
            value = bisect_right(self._used, int(self._random() * self._used[-1]))
            track.append((start, at, value))
        return track

    def _from(self, normal: tuple[float, float]) -> float:
        """One number from a normal distribution (Box and Muller 1958)."""
        mean, deviation = normal
        radius = sqrt(-2 * log(1 - self._random()))
        return mean + deviation * radius * cos(2 * pi * self._random())


def _normal(numbers: Sequence[float]) -> tuple[float, float]:
    """Mean and standard deviation, whatever the order of the numbers."""
    mean = fsum(numbers) / len(numbers)
    return mean, sqrt(fsum((one - mean) ** 2 for one in numbers) / len(numbers))
