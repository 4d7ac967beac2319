"""The coefficients of two coders and one code, from the four counts.

Each is given as a fraction (numerator, denominator) that is cleared of all inner divisions, so
that whole numbers stay exact and 0/0 is found exactly; the same lines serve the arrays of the
bootstrap. a: units both coded, b: only the first, c: only the second, d: neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from ikt_coder.agreement.counts import Fourfold
from ikt_coder.agreement.figure import Figure, Reason, ratio

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

N = TypeVar("N", int, "NDArray[numpy.float64]")
"""Whole numbers, or arrays of them held as floats."""


def percent(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    return a + d, a + b + c + d


def kappa(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Cohen: chance from each coder's own share."""
    return 2 * (a * d - b * c), (a + b) * (b + d) + (a + c) * (c + d)


def scott_pi(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Scott: chance from the share of both coders together."""
    ones, zeros = 2 * a + b + c, 2 * d + b + c
    return ones * zeros - 2 * (a + b + c + d) * (b + c), ones * zeros


def alpha(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Krippendorff, nominal: as Scott's pi, drawing without putting back."""
    ones, zeros = 2 * a + b + c, 2 * d + b + c
    return ones * zeros - (2 * (a + b + c + d) - 1) * (b + c), ones * zeros


def ac1(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Gwet: chance agreement is largest where half of the units are coded."""
    units = a + b + c + d
    chance = (2 * a + b + c) * (2 * d + b + c)
    return 2 * units * (a + d) - chance, 2 * units * units - chance


def bennett_s(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Bennett's S, Brennan-Prediger, PABAK: chance is one half."""
    return a + d - b - c, a + b + c + d


def dice(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Positive agreement: of what either coded, counted once for each coder, the shared part."""
    return 2 * a, 2 * a + b + c


def negative_agreement(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    return 2 * d, 2 * d + b + c


def jaccard(a: N, b: N, c: N, d: N) -> tuple[N, N]:
    """Of what anyone coded, the part both coded."""
    return a, a + b + c


Formula = Callable[[Any, Any, Any, Any], tuple[Any, Any]]

FORMULAS: dict[str, Formula] = {
    "percent": percent,
    "kappa": kappa,
    "alpha": alpha,
    "ac1": ac1,
    "dice": dice,
    "jaccard": jaccard,
    "negative_agreement": negative_agreement,
    "scott_pi": scott_pi,
    "bennett_s": bennett_s,
    "fleiss_kappa": scott_pi,
    "conger_kappa": kappa,
}
"""By id. With two coders Fleiss' kappa is Scott's pi, and Conger's is Cohen's."""


def figure(id: str, counts: Fourfold) -> Figure:
    """A coefficient of two coders. KeyError for an unknown id."""
    formula = FORMULAS[id]
    if not counts.units:
        return Figure(id, None, Reason.NO_COMMON_DOCUMENT)
    return ratio(id, *formula(*counts), Reason.NO_VARIATION)


def prevalence_index(counts: Fourfold) -> float | None:
    """How far from half the coded share is: |a − d| / n."""
    return abs(counts.both - counts.neither) / counts.units if counts.units else None


def bias_index(counts: Fourfold) -> float | None:
    """How far apart the two coders' shares are: |b − c| / n."""
    return abs(counts.only_a - counts.only_b) / counts.units if counts.units else None


def pooled_kappa(tables: Iterable[Fourfold]) -> Figure:
    """One kappa over codes (de Vries and others 2008): the mean observed and the mean expected
    agreement of all codes. Codes that nobody used drop out by themselves."""
    disagreement = expected = 0.0
    judged = 0
    reason = Reason.NOT_APPLICABLE
    for a, b, c, d in tables:
        units = a + b + c + d
        if not units:
            reason = Reason.NO_COMMON_DOCUMENT
        else:
            disagreement += (b + c) / units
            expected += kappa(a, b, c, d)[1] / (units * units)
            judged += 1
    if judged:
        reason = Reason.NO_VARIATION
    return ratio("pooled_kappa", expected - disagreement, expected, reason)
