"""Intervals by drawing documents again and again, and the jackknife by document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import sqrt
from random import Random
from typing import TYPE_CHECKING, Any, Final

from ikt_coder.agreement import many_coders, two_coders
from ikt_coder.agreement.counts import Counts, Tally, fourfold_of
from ikt_coder.agreement.per_code import narrowed
from ikt_coder.core.errors import Cancelled
from ikt_coder.core.frozen import frozen

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]

REPLICATES: Final = 2000
DEFAULT_SEED: Final = 20080109
LEVEL: Final = 0.95
ENOUGH_DOCUMENTS: Final = 5
FEW_DOCUMENTS: Final = 10
METHOD: Final = "bootstrap by document, percentile"
POOLED: Final = "pooled_kappa"
_AT_ONCE: Final = 100
_NUMBERS_AT_ONCE: Final = 4_000_000


@frozen
class Interval:
    """A 95 % interval and how it was made; ``skipped`` replicates were undefined."""

    low: float
    high: float
    method: str
    replicates: int = 0
    seed: int | None = None
    skipped: int = 0


@frozen
class Intervals:
    """``by_code``: for each coefficient one interval per code, None where there is none;
    ``pooled``: of the kappa pooled over codes; ``documents``: how many were drawn from."""

    by_code: dict[str, tuple[Interval | None, ...]]
    pooled: Interval | None
    documents: int

    def of(self, coefficient: str, code: int) -> Interval | None:
        return self.by_code[coefficient][code]

    @property
    def few(self) -> bool:
        """Whether "few documents" is to be said."""
        return self.documents < FEW_DOCUMENTS


def bootstrap(
    counts: Counts,
    coefficients: Sequence[str] = ("kappa",),
    *,
    coders: Sequence[int] | None = None,
    replicates: int = REPLICATES,
    seed: int = DEFAULT_SEED,
    progress: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Intervals:
    """Intervals of every code and of the pooled kappa; codes and coders stay as they are.

    Documents are drawn with replacement, as many as there are; below five documents there is no
    interval. The draws follow from the seed alone. KeyError for an unknown coefficient;
    Cancelled where ``cancelled`` says so.
    """
    chosen = tuple(range(counts.coders)) if coders is None else tuple(coders)
    sample = _Sample(counts, chosen)
    for coefficient in coefficients:
        sample.check(coefficient)
    size = len(sample.documents)
    if size < ENOUGH_DOCUMENTS or replicates < 1:
        return Intervals(dict.fromkeys(coefficients, (None,) * counts.codes), None, size)
    import numpy

    estimates: dict[str, list[Array]] = {one: [] for one in (*coefficients, POOLED)}
    done = 0
    for weights in _draws(size, replicates, seed, sample.at_once):
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done, replicates)
        for coefficient, values in sample.estimates(weights, coefficients).items():
            estimates[coefficient].append(values)
        done += len(weights)
    if progress is not None:
        progress(done, replicates)
    joined = {one: numpy.concatenate(parts) for one, parts in estimates.items()}
    whole = sample.estimates(numpy.ones((1, size)), coefficients)

    def interval(coefficient: str, column: int) -> Interval | None:
        if numpy.isnan(whole[coefficient][0, column]):
            return None
        return percentile_interval(joined[coefficient][:, column], seed)

    return Intervals(
        {one: tuple(interval(one, code) for code in range(counts.codes)) for one in coefficients},
        interval(POOLED, 0),
        size,
    )


def percentile_interval(values: Array, seed: int | None) -> Interval | None:
    """The middle 95 % of estimates; undefined ones (nan) are left out and counted."""
    import numpy

    defined = values[~numpy.isnan(values)]
    if not defined.size:
        return None
    outside = 100 * (1 - LEVEL) / 2
    low, high = numpy.percentile(defined, [outside, 100 - outside])
    return Interval(
        float(low), float(high), METHOD, len(values), seed, int(len(values) - defined.size)
    )


def jackknife_standard_error(
    counts: Counts, coefficient: str, code: int = 0, coders: Sequence[int] | None = None
) -> float | None:
    """The error of a code's coefficient from leaving out one document at a time; None for fewer
    than two documents, or where it is undefined without one of them."""
    chosen = tuple(range(counts.coders)) if coders is None else tuple(coders)
    sample = _Sample(counts, chosen)
    sample.check(coefficient)
    size = len(sample.documents)
    if size < 2:
        return None
    import numpy

    left_out = sample.estimates(1 - numpy.eye(size), (coefficient,))[coefficient][:, code]
    if numpy.isnan(left_out).any():
        return None
    spread = float(((left_out - left_out.mean()) ** 2).sum())
    return sqrt((size - 1) / size * spread)


def _draws(size: int, replicates: int, seed: int, at_once: int) -> Iterator[Array]:
    """How often each document was drawn, some replicates at a time.

    The standard library's generator: its sequence for a seed is promised for all versions.
    """
    import numpy

    draw = Random(seed).random
    for start in range(0, replicates, at_once):
        number = min(at_once, replicates - start)
        drawn = numpy.fromiter(
            (row * size + int(draw() * size) for row in range(number) for _ in range(size)),
            dtype=numpy.int64,
            count=number * size,
        )
        weights = numpy.bincount(drawn, minlength=number * size)
        yield weights.reshape(number, size).astype(numpy.float64)


class _Sample:
    """What of the counts adds up over documents, one row each."""

    def __init__(self, counts: Counts, coders: tuple[int, ...]) -> None:
        wanted = sum(1 << coder for coder in coders)
        if wanted.bit_count() < 2:
            raise ValueError("agreement takes at least two coders")
        self.counts = counts
        self.coders = coders
        self.documents = [
            at for at in counts.counted if (counts.present[at] & wanted).bit_count() > 1
        ]
        self.pairs = list(combinations(coders, 2))
        self.width = 4 * len(self.pairs) + (7 if len(coders) > 2 else 0)
        self.at_once = max(1, min(_AT_ONCE, _NUMBERS_AT_ONCE // max(1, counts.codes * self.width)))
        self._matrix: Array | None = None

    def check(self, coefficient: str) -> None:
        known = (
            two_coders.FORMULAS
            if len(self.coders) == 2
            else {*many_coders.FORMULAS, *many_coders.MEANS_OF_PAIRS}
        )
        if coefficient not in known:
            raise KeyError(coefficient)

    def estimates(self, weights: Array, coefficients: Sequence[str]) -> dict[str, Array]:
        """Each coefficient, replicates by codes, and the pooled kappa in one column; nan where
        undefined."""
        if self._matrix is None:
            self._matrix = self._made()
        sums = (weights @ self._matrix).reshape(len(weights), self.counts.codes, self.width)
        tables = [
            tuple(sums[:, :, 4 * pair + field] for field in range(4))
            for pair in range(len(self.pairs))
        ]
        together = None
        if len(self.coders) > 2:
            together = many_coders.Sums(*(sums[:, :, 4 * len(tables) + at] for at in range(7)))
        found: dict[str, Array] = {}
        for coefficient in coefficients:
            if together is None or coefficient in many_coders.MEANS_OF_PAIRS:
                formula = two_coders.FORMULAS[coefficient]
                found[coefficient] = _mean([_divided(*formula(*table)) for table in tables])
            else:
                found[coefficient] = _divided(*many_coders.FORMULAS[coefficient](together))
        found[POOLED] = _mean([_pooled(*table) for table in tables]).reshape(-1, 1)
        return found

    def _made(self) -> Array:
        """One row for each document: for each code the four counts of each pair and, with more
        than two coders, the seven sums over all."""
        import numpy

        matrix = numpy.zeros((len(self.documents), self.counts.codes, self.width))
        for row, document in enumerate(self.documents):
            present, units = self.counts.present[document], self.counts.units[document]
            matrix[row, :, :] = self._numbers({(present, 0): units})
            for code in range(self.counts.codes):
                if document in self.counts.cells[code]:
                    matrix[row, code, :] = self._numbers(self.counts.tally(code, (document,)))
        return matrix.reshape(len(self.documents), -1)

    def _numbers(self, tally: Tally) -> list[Any]:
        numbers: list[Any] = []
        for first, second in self.pairs:
            numbers += fourfold_of(tally, first, second)
        if len(self.coders) > 2:
            numbers += many_coders.sums(narrowed(tally, self.coders))
        return numbers


def _divided(numerator: Array, denominator: Array) -> Array:
    import numpy

    result: Array = numpy.full(numpy.shape(denominator), numpy.nan)
    numpy.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def _pooled(a: Array, b: Array, c: Array, d: Array) -> Array:
    units = a + b + c + d
    expected = _or_zero(_divided(two_coders.kappa(a, b, c, d)[1], units * units)).sum(axis=1)
    disagreement = _or_zero(_divided(b + c, units)).sum(axis=1)
    return _divided(expected - disagreement, expected)


def _or_zero(values: Array) -> Array:
    import numpy

    kept: Array = numpy.where(numpy.isnan(values), 0.0, values)
    return kept


def _mean(estimates: list[Array]) -> Array:
    """The mean of those that are defined; nan where none is."""
    if len(estimates) == 1:
        return estimates[0]
    import numpy

    stacked = numpy.stack(estimates)
    defined = ~numpy.isnan(stacked)
    return _divided(numpy.where(defined, stacked, 0.0).sum(axis=0), defined.sum(axis=0))
