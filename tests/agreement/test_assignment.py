"""The cheapest assignment against that of another program."""

from __future__ import annotations

import numpy
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.agreement.assignment import assign

graphs = st.lists(st.dictionaries(st.integers(0, 6), st.integers(0, 40), max_size=7), max_size=7)


@given(graphs, st.integers(0, 40))
def test_it_is_the_cheapest(edges: list[dict[int, int]], cost_alone: int) -> None:
    from scipy.optimize import linear_sum_assignment

    partner = assign(edges, cost_alone)
    taken = [right for right in partner if right is not None]
    assert len(set(taken)) == len(taken)
    costs = numpy.full((len(edges), 7 + len(edges)), 10**6)
    for left, of in enumerate(edges):
        costs[left, 7 + left] = cost_alone
        for right, cost in of.items():
            costs[left, right] = cost
    least = costs[linear_sum_assignment(costs)].sum()
    assert least == sum(
        cost_alone if right is None else edges[left][right] for left, right in enumerate(partner)
    )
