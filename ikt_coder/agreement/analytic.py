"""The standard error of Cohen's kappa for units that are plausibly independent.

Only for predefined units (fixed segments, documents): the characters of a passage are not
independent, and an error that treats them so comes out many times too small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from math import sqrt
from typing import Final

from ikt_coder.agreement.bootstrap import Interval
from ikt_coder.agreement.counts import Fourfold

NORMAL_95: Final = 1.959963984540054
METHOD: Final = "Fleiss-Cohen-Everitt"


def kappa_standard_error(table: Mapping[tuple[Hashable, Hashable], int]) -> float | None:
    """The large-sample error of Fleiss, Cohen and Everitt (1969), from units by the values of
    two coders; None where kappa is undefined."""
    units = sum(table.values())
    if not units:
        return None
    rows: Counter[Hashable] = Counter()
    columns: Counter[Hashable] = Counter()
    for (one, other), number in table.items():
        rows[one] += number
        columns[other] += number
    # In whole numbers, so that "all expected to agree" is found exactly.
    expected_units = sum(number * columns[value] for value, number in rows.items())
    if expected_units == units * units:
        return None
    expected = expected_units / (units * units)
    observed = sum(n for (one, other), n in table.items() if one == other) / units
    kappa = (observed - expected) / (1 - expected)
    agreeing = differing = 0.0
    for (one, other), number in table.items():
        if one == other:
            margin = (rows[one] + columns[one]) / units
            agreeing += number / units * (1 - margin * (1 - kappa)) ** 2
        else:
            margin = (columns[one] + rows[other]) / units
            differing += number / units * margin**2
    variance = agreeing + (1 - kappa) ** 2 * differing - (kappa - expected * (1 - kappa)) ** 2
    return sqrt(max(0.0, variance) / units) / (1 - expected)


def kappa_interval(counts: Fourfold) -> Interval | None:
    """Kappa ± 1.96 standard errors, within [−1, 1]; None where kappa is undefined."""
    a, b, c, d = counts
    error = kappa_standard_error({(1, 1): a, (1, 0): b, (0, 1): c, (0, 0): d})
    if error is None:
        return None
    kappa = 2 * (a * d - b * c) / ((a + b) * (b + d) + (a + c) * (c + d))
    return Interval(
        max(-1.0, kappa - NORMAL_95 * error), min(1.0, kappa + NORMAL_95 * error), METHOD
    )
