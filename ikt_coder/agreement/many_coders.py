"""The coefficients of any number of coders and one code, with judgements missing.

All of them follow from seven sums over the units, which add up over documents; so the same
lines serve one tally and the arrays of the bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ikt_coder.agreement.counts import Fourfold, Tally, fourfold_of
from ikt_coder.agreement.figure import Figure, Reason, mean, ratio
from ikt_coder.agreement.two_coders import figure as pair_figure


class Sums(NamedTuple):
    """r coders judged a unit, k of them applied the code. Fields are numbers or arrays."""

    units: Any
    """Units with r ≥ 2."""
    agreeing: Any
    """Over those, the share of agreeing pairs of coders."""
    judged: Any
    """Units with r ≥ 1."""
    share: Any
    """Over those, k/r."""
    values: Any
    """Judgements in units with r ≥ 2."""
    ones: Any
    """Of those, how many applied the code."""
    disagreeing: Any
    """Over units with r ≥ 2, 2k(r − k)/(r − 1): what is off the diagonal of Krippendorff's
    coincidence matrix."""


def sums(tally: Tally) -> Sums:
    """The seven sums of a tally."""
    units = judged = values = ones = 0
    agreeing = share = disagreeing = 0.0
    for (present, applied), number in tally.items():
        r, k = present.bit_count(), (applied & present).bit_count()
        if not r:
            continue
        judged += number
        share += number * (k / r)
        if r < 2:
            continue
        units += number
        agreeing += number * ((k * (k - 1) + (r - k) * (r - k - 1)) / (r * (r - 1)))
        values += number * r
        ones += number * k
        disagreeing += number * (2 * k * (r - k) / (r - 1))
    return Sums(units, agreeing, judged, share, values, ones, disagreeing)


def percent(s: Sums) -> tuple[Any, Any]:
    return s.agreeing, s.units


def bennett_s(s: Sums) -> tuple[Any, Any]:
    """Brennan-Prediger, Randolph's free-marginal kappa: chance is one half."""
    return 2 * s.agreeing - s.units, s.units


def alpha(s: Sums) -> tuple[Any, Any]:
    expected = 2 * s.ones * (s.values - s.ones)
    return expected - (s.values - 1) * s.disagreeing, expected


def fleiss_kappa(s: Sums) -> tuple[Any, Any]:
    expected = 2 * s.share * (s.judged - s.share) * s.units
    return (s.agreeing - s.units) * s.judged * s.judged + expected, expected


def ac1(s: Sums) -> tuple[Any, Any]:
    chance = 2 * s.share * (s.judged - s.share) * s.units
    squared = s.judged * s.judged
    return s.agreeing * squared - chance, s.units * squared - chance


FORMULAS: dict[str, Callable[[Sums], tuple[Any, Any]]] = {
    "percent": percent,
    "alpha": alpha,
    "ac1": ac1,
    "bennett_s": bennett_s,
    "fleiss_kappa": fleiss_kappa,
}
"""Coefficients that take all coders at once."""

MEANS_OF_PAIRS = ("kappa", "dice", "jaccard", "negative_agreement", "scott_pi")
"""Coefficients of two coders: with more, the mean over pairs (for kappa: Light's)."""


def figures(ids: Iterable[str], tally: Tally, coders: Sequence[int]) -> dict[str, Figure]:
    """Coefficients of any number of coders, by id. KeyError for an unknown id."""
    found = sums(tally)
    pairs = pair_tables(tally, coders)
    return {id: _figure(id, found, pairs) for id in ids}


def pair_tables(tally: Tally, coders: Sequence[int]) -> list[Fourfold]:
    """The counts of each pair of coders, over the units both judged."""
    return [fourfold_of(tally, first, second) for first, second in combinations(coders, 2)]


def _figure(id: str, found: Sums, pairs: Sequence[Fourfold]) -> Figure:
    if id == "conger_kappa":
        return conger_kappa(pairs)
    if id in MEANS_OF_PAIRS:
        return mean(id, (pair_figure(id, counts) for counts in pairs))
    formula = FORMULAS[id]
    if not found.units:
        return Figure(id, None, Reason.NO_COMMON_DOCUMENT)
    return ratio(id, *formula(found), Reason.NO_VARIATION)


def conger_kappa(pairs: Iterable[Fourfold]) -> Figure:
    """Mean observed and mean expected agreement of all pairs of coders: Cohen's kappa for many
    coders."""
    observed = expected = 0.0
    counted = 0
    for a, b, c, d in pairs:
        units = a + b + c + d
        if units:
            counted += 1
            observed += (a + d) / units
            expected += ((a + b) * (a + c) + (c + d) * (b + d)) / (units * units)
    if not counted:
        return Figure("conger_kappa", None, Reason.NO_COMMON_DOCUMENT)
    return ratio("conger_kappa", observed - expected, counted - expected, Reason.NO_VARIATION)
