"""The cheapest one-to-one assignment on a sparse graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush


def assign(edges: Sequence[Mapping[int, int]], cost_alone: int) -> list[int | None]:
    """Each left node's right one, or None where it stays alone, so that the summed cost is least.

    ``edges[left][right]`` is what a pair costs, ``cost_alone`` what a left node alone costs; right
    nodes cost nothing alone. Whole numbers, so that the answer is exact.

    Shortest augmenting paths with potentials (the Hungarian method on a sparse graph): left
    nodes join one by one, each along the cheapest path to a free right node or to a left node
    that is left alone for it. Being alone is a private right node of cost ``cost_alone``.
    """
    partner: list[int | None] = [None] * len(edges)
    owner: dict[int, int] = {}
    price: dict[int, int] = {}
    for root in range(len(edges)):
        if not edges[root]:
            continue
        best: dict[int, int] = {}
        came_from: dict[int, int] = {}
        done: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        left, distance = root, 0
        cheapest_alone, alone = cost_alone, root
        reached: int | None = None
        while True:
            for right, cost in edges[left].items():
                if right in done:
                    continue
                through = distance + cost - price.get(right, 0)
                if right not in best or through < best[right]:
                    best[right] = through
                    came_from[right] = left
                    heappush(heap, (through, right))
            while heap and (heap[0][1] in done or heap[0][0] > best[heap[0][1]]):
                heappop(heap)
            if not heap or heap[0][0] > cheapest_alone:
                break
            distance, right = heappop(heap)
            done[right] = distance
            if right not in owner:
                reached = right
                break
            left = owner[right]
            # The pair is tight: its left node's own price is the difference of both.
            distance -= edges[left][right] - price.get(right, 0)
            if distance + cost_alone < cheapest_alone:
                cheapest_alone, alone = distance + cost_alone, left
        final = done[reached] if reached is not None else cheapest_alone
        for right, at in done.items():
            price[right] = price.get(right, 0) - max(0, final - at)
        freed = reached if reached is not None else partner[alone]
        if reached is None:
            # ``alone`` gives its right node back along the path, down to the root.
            partner[alone] = None
        while freed is not None:
            giver = came_from[freed]
            owner[freed] = giver
            partner[giver], freed = freed, partner[giver]
    return partner
