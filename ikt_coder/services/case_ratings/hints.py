"""What the directions of codings suggest as a rating: a hint beside the cell, never stored."""

from __future__ import annotations

from collections.abc import Iterable

from ikt_coder.core.words import Valence
from ikt_coder.services.case_ratings.rows import Hint, Rated
from ikt_coder.services.rows import CodingRow

STRONG = 2
RULE = (
    "The hint follows from the directions of the codings of the construct in the case: all of one "
    "direction give +1 or −1, and +2 or −2 where at least half of them are marked strong; both "
    "directions, or mixed codings, give 0 mixed, unless one direction outnumbers the other by "
    "two to one without mixed codings (then +1 or −1); neutral ones alone give 0. It is no rating."
)


def hint_of(codings: Iterable[CodingRow]) -> Hint | None:
    """The hint for one cell by :data:`RULE`; None where no coding has a direction."""
    directed = [row for row in codings if row.valence is not None]
    if not directed:
        return None
    helps = [row for row in directed if row.valence is Valence.FACILITATOR]
    hinders = [row for row in directed if row.valence is Valence.BARRIER]
    mixed = sum(row.valence is Valence.MIXED for row in directed)
    why = (
        f"{len(helps)} for, {len(hinders)} against, {mixed} mixed, "
        f"{len(directed) - len(helps) - len(hinders) - mixed} neutral"
    )
    if not helps and not hinders and not mixed:
        return Hint(Rated(0), why)
    more, fewer = max(len(helps), len(hinders)), min(len(helps), len(hinders))
    if mixed or more < 2 * fewer or more == 0:
        return Hint(Rated(0, True), why)
    side = helps if len(helps) > len(hinders) else hinders
    strong = sum(row.strength == STRONG for row in side)
    size = 2 if not fewer and 2 * strong >= len(side) else 1
    return Hint(Rated(size if side is helps else -size), why)
