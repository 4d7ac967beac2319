"""Where the names of stripes stand: beside their first line, pushed down, never overlapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Wanted(NamedTuple, Generic[T]):
    """A name that wants to be centred at ``y``; it may not be pushed lower than ``lowest``."""

    key: T
    y: float
    lowest: float


class Placed(NamedTuple, Generic[T]):
    """A name whose first line is centred at ``y``, with room for ``rows`` lines, one or two."""

    key: T
    y: float
    rows: int


def place_names(
    wanted: Sequence[Wanted[T]], row: float, two_rows: Callable[[T], bool] = lambda _key: False
) -> tuple[list[Placed[T]], list[T]]:
    """The names with their places, and those for which there is no room.

    In order of ``wanted``: each goes where it wants to be or right below the one before. One
    that would have to go lower than its own stripe allows is left to the hover. A long name
    (``two_rows``) gets a second line where it pushes nobody.
    """
    placed: list[Placed[T]] = []
    left_out: list[T] = []
    free = float("-inf")
    for number, one in enumerate(wanted):
        y = max(one.y, free)
        if y > one.lowest:
            left_out.append(one.key)
            continue
        below = wanted[number + 1].y if number + 1 < len(wanted) else float("inf")
        rows = 2 if below >= y + 2 * row and two_rows(one.key) else 1
        placed.append(Placed(one.key, y, rows))
        free = y + rows * row
    return placed, left_out
