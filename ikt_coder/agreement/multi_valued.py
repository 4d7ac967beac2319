"""Multi-valued alpha for nominal codes, to compare with programs that compute it.

Krippendorff and Craggs 2016. Not the alpha over sets of ``sets``: here chance draws the codes
of a set one by one, by how often each was used, and a set's size by how often it occurred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from ikt_coder.agreement.figure import Figure, Reason, ratio
from ikt_coder.agreement.sets import CodeSet, dice_distance

ID = "mv_alpha_nominal"


def mv_alpha(units: Iterable[Sequence[CodeSet | None]]) -> Figure:
    """From each coder's set of codes for each unit; None where a coder did not judge."""
    observed = 0.0
    sets: Counter[CodeSet] = Counter()
    for values in units:
        judged = [value for value in values if value is not None]
        if len(judged) < 2:
            continue
        sets.update(judged)
        observed += sum(dice_distance(a, b) for a in judged for b in judged) / (len(judged) - 1)
    total = sets.total()
    if not total:
        return Figure(ID, None, Reason.NO_COMMON_DOCUMENT)
    sizes: Counter[int] = Counter()
    used: Counter[Hashable] = Counter()
    for one, number in sets.items():
        sizes[len(one)] += number
        for code in one:
            used[code] += number
    meetings = _meetings(list(used.values()), max(sizes))
    expected = sum(
        n * k * _mean_distance(meetings, one, other)
        for one, n in sizes.items()
        for other, k in sizes.items()
    ) / (total * total)
    return ratio(ID, expected - observed / total, expected, Reason.NO_VARIATION)


_Meetings = dict[tuple[int, int, int], int]
"""By the sizes of two sets and of what they share: in how many ways they can be drawn."""


def _meetings(used: Sequence[int], largest: int) -> _Meetings:
    """Code by code: it is in neither set, in one of them (n ways), or in both (n(n − 1) ways:
    two different uses of it). Counting so spares listing all sets, whose number doubles with
    every code."""
    ways: _Meetings = {(0, 0, 0): 1}
    for n in used:
        more: Counter[tuple[int, int, int]] = Counter(ways)
        for (one, other, shared), number in ways.items():
            more[one + 1, other, shared] += number * n
            more[one, other + 1, shared] += number * n
            more[one + 1, other + 1, shared + 1] += number * n * (n - 1)
        ways = {sizes: number for sizes, number in more.items() if number and max(sizes) <= largest}
    return ways


def _mean_distance(meetings: _Meetings, one: int, other: int) -> float:
    if not one + other:
        return 0.0
    ways = {shared: number for (a, b, shared), number in meetings.items() if (a, b) == (one, other)}
    total = sum(ways.values())
    if not total:
        return 0.0
    return sum(number * (1 - 2 * shared / (one + other)) for shared, number in ways.items()) / total
