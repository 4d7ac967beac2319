"""Two coefficients that are computed only to compare with other programs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ikt_coder.agreement.alpha_u_1995 import alpha_u_1995
from ikt_coder.agreement.figure import Reason
from ikt_coder.agreement.multi_valued import mv_alpha

Sets = frozenset[str]


def test_unitizing_of_2004_by_its_own_example() -> None:
    """Krippendorff 2004, page 254: c .7286, k 1.0, together .8591 (by exact sums .8587)."""
    first = [(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")]
    second = [(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")]
    alpha, found = alpha_u_1995(300, [first, second])
    assert alpha.value == pytest.approx(0.8591, abs=6e-4)
    assert found["c"].alpha.value == pytest.approx(0.7286, abs=6e-4)
    assert found["k"].alpha.value == 1
    assert found["c"].observed == pytest.approx(0.0144, abs=6e-5)


def test_unitizing_of_1995_without_a_unit() -> None:
    alpha, found = alpha_u_1995(300, [[], []])
    assert alpha.reason is Reason.NO_VARIATION
    assert found == {}


def slowly(units: list[list[Sets | None]]) -> float | None:
    """All pairs of sets of the sizes that occurred, each by how often its codes were used."""
    judged = [[one for one in unit if one is not None] for unit in units]
    judged = [unit for unit in judged if len(unit) > 1]
    values = [one for unit in judged for one in unit]
    used = Counter(code for one in values for code in one)
    sizes = Counter(len(one) for one in values)

    def distance(one: Sets, other: Sets) -> float:
        return 1 - 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0

    observed = sum(
        sum(distance(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in judged
    ) / len(values)
    expected = 0.0
    for size, n in sizes.items():
        for other_size, k in sizes.items():
            weight = apart = 0.0
            for one in combinations(sorted(used), size):
                for other in combinations(sorted(used), other_size):
                    ways = 1.0
                    for code in one:
                        ways *= used[code]
                    for code in other:
                        ways *= used[code] - (code in one)
                    weight += ways
                    apart += ways * distance(frozenset(one), frozenset(other))
            if weight:
                expected += n * k / len(values) ** 2 * apart / weight
    return 1 - observed / expected if expected > 1e-12 else None


@given(
    st.lists(st.lists(st.none() | st.frozensets(st.sampled_from("abc")), min_size=3, max_size=3))
)
def test_multi_valued_alpha_is_that_of_all_pairs_of_sets(units: list[list[Sets | None]]) -> None:
    assume(any(len(unit) - unit.count(None) > 1 for unit in units))
    found, expected = mv_alpha(units), slowly(units)
    if expected is None:
        assert found.reason is Reason.NO_VARIATION
    else:
        assert found.value == pytest.approx(expected, abs=1e-9)


def test_multi_valued_alpha_of_its_own_example() -> None:
    """Krippendorff and Craggs 2016, Table 3: .2866."""
    b, d, a = "b", "d", "a"
    units: list[list[Sets | None]] = [
        [frozenset({b, d}), frozenset({d}), None],
        [frozenset({a, b, d}), frozenset({b}), frozenset({b, d})],
        [frozenset(), frozenset({a}), frozenset({a})],
        [frozenset({a}), None, None],
    ]
    assert mv_alpha(units).value == pytest.approx(0.2866, abs=1e-4)
    assert mv_alpha([]).reason is Reason.NO_COMMON_DOCUMENT
