"""The coefficients for judgements in any categories, given as rows of values.

What ``two_coders`` and ``many_coders`` compute for a code that is applied or not, for any number
of categories. Sums are whole numbers, so that 0/0 is found exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from ikt_coder.agreement.alpha import Row
from ikt_coder.agreement.figure import Figure, Reason, ratio


class Judgements:
    """Rows summed up once. ``categories`` are those that were offered, used or not; ValueError
    for a row whose length is not the number of coders."""

    def __init__(
        self, rows: Iterable[Row], coders: int, categories: Sequence[Hashable] | None = None
    ) -> None:
        self.coders = coders
        self.rows: list[Row] = []
        merged: Counter[tuple[Hashable, ...]] = Counter()
        for number, values in rows:
            if len(values) != coders:
                raise ValueError("each unit has one value for each coder")
            merged[tuple(values)] += number
        self.rows = [(number, values) for values, number in merged.items() if number]
        seen = dict.fromkeys(
            value for _number, values in self.rows for value in values if value is not None
        )
        self.categories = tuple(seen) if categories is None else tuple(categories)
        self.pairable = 0
        self.judged = 0
        agreeing: Counter[int] = Counter()
        shares: dict[Hashable, Counter[int]] = {one: Counter() for one in seen}
        for number, values in self.rows:
            own = Counter(value for value in values if value is not None)
            r = own.total()
            if r:
                self.judged += number
                for value, k in own.items():
                    shares[value][r] += number * k
            if r > 1:
                self.pairable += number
                agreeing[r] += number * sum(k * (k - 1) for k in own.values())
        self.agreeing = sum(
            (Fraction(sum_, r * (r - 1)) for r, sum_ in agreeing.items()), Fraction(0)
        )
        self._shares = [
            sum((Fraction(sum_, r) for r, sum_ in by_r.items()), Fraction(0))
            for by_r in shares.values()
        ]

    def percent(self) -> Figure:
        return self._figure("percent", lambda: (self.agreeing, Fraction(self.pairable)))

    def fleiss_kappa(self) -> Figure:
        """Chance from the mean share of each category."""
        chance = sum((share * share for share in self._means()), Fraction(0))
        return self._corrected("fleiss_kappa", chance)

    def ac1(self) -> Figure:
        q = len(self.categories)
        if q < 2:
            return Figure("ac1", None, Reason.ONE_CATEGORY)
        chance = sum((share * (1 - share) for share in self._means()), Fraction(0)) / (q - 1)
        return self._corrected("ac1", chance)

    def bennett_s(self) -> Figure:
        """Brennan-Prediger, Randolph's free-marginal kappa: every category offered is equally
        likely."""
        q = len(self.categories)
        if q < 2:
            return Figure("bennett_s", None, Reason.ONE_CATEGORY)
        return self._corrected("bennett_s", Fraction(1, q))

    def kappa(self, first: int = 0, second: int = 1) -> Figure:
        """Cohen's kappa of two of the coders, over the units both judged."""
        observed, expected = self._pair(first, second)
        return _kappa("kappa", observed, expected)

    def scott_pi(self, first: int = 0, second: int = 1) -> Figure:
        table = self.table(first, second)
        units = sum(table.values())
        both: Counter[Hashable] = Counter()
        for (one, other), number in table.items():
            both[one] += number
            both[other] += number
        if not units:
            return Figure("scott_pi", None, Reason.NO_COMMON_DOCUMENT)
        observed = Fraction(sum(n for (one, other), n in table.items() if one == other), units)
        expected = Fraction(sum(n * n for n in both.values()), 4 * units * units)
        return _kappa("scott_pi", observed, expected)

    def conger_kappa(self) -> Figure:
        """Mean observed and mean expected agreement of all pairs of coders."""
        found = [self._pair(one, other) for one, other in combinations(range(self.coders), 2)]
        observed = [o for o, _e in found if o is not None]
        expected = [e for _o, e in found if e is not None]
        if not observed:
            return Figure("conger_kappa", None, Reason.NO_COMMON_DOCUMENT)
        return _kappa(
            "conger_kappa",
            sum(observed, Fraction(0)) / len(observed),
            sum(expected, Fraction(0)) / len(expected),
        )

    def table(self, first: int = 0, second: int = 1) -> Counter[tuple[Hashable, Hashable]]:
        """Units by the values of two coders; units that either did not judge are left out."""
        table: Counter[tuple[Hashable, Hashable]] = Counter()
        for number, values in self.rows:
            one, other = values[first], values[second]
            if one is not None and other is not None:
                table[one, other] += number
        return table

    def _pair(self, first: int, second: int) -> tuple[Fraction | None, Fraction | None]:
        table = self.table(first, second)
        units = sum(table.values())
        if not units:
            return None, None
        rows: Counter[Hashable] = Counter()
        columns: Counter[Hashable] = Counter()
        for (one, other), number in table.items():
            rows[one] += number
            columns[other] += number
        agreeing = sum(number for (one, other), number in table.items() if one == other)
        chance = sum(number * columns[value] for value, number in rows.items())
        return Fraction(agreeing, units), Fraction(chance, units * units)

    def _means(self) -> list[Fraction]:
        return [share / self.judged for share in self._shares] if self.judged else []

    def _corrected(self, id: str, chance: Fraction) -> Figure:
        return self._figure(
            id, lambda: (self.agreeing / self.pairable - chance, Fraction(1) - chance)
        )

    def _figure(self, id: str, fraction: Callable[[], tuple[Fraction, Fraction]]) -> Figure:
        if not self.pairable:
            return Figure(id, None, Reason.NO_COMMON_DOCUMENT)
        numerator, denominator = fraction()
        if not denominator:
            return Figure(id, None, Reason.NO_VARIATION)
        return Figure(id, float(numerator / denominator))


def _kappa(id: str, observed: Fraction | None, expected: Fraction | None) -> Figure:
    if observed is None or expected is None:
        return Figure(id, None, Reason.NO_COMMON_DOCUMENT)
    if expected == 1:
        return Figure(id, None, Reason.NO_VARIATION)
    return ratio(id, float((observed - expected) / (1 - expected)), 1.0, Reason.NO_VARIATION)
