"""Agreement on segments: matched one to one, or counted both ways."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from ikt_coder.agreement.figure import Figure, Reason, ratio
from ikt_coder.agreement.matching import match
from ikt_coder.agreement.spans import Pair, iou
from ikt_coder.core.frozen import frozen

K = TypeVar("K", bound=Hashable)

Sides = tuple[Sequence[Pair], Sequence[Pair]]
"""The segments of one code in one document, of two coders."""


@frozen
class SegmentMatch:
    """Segments matched at an overlap of ``theta`` or more (intersection over union).

    With the first coder as the measure: precision of the second's segments, and recall.
    """

    theta: float
    matched: int
    only_first: int
    only_second: int
    precision: Figure
    recall: Figure
    f1: Figure


@frozen
class Rows:
    """Segments of either coder that the other also has, and that the other has not."""

    agree: int
    disagree: int

    @property
    def percent(self) -> float | None:
        return self.agree / (self.agree + self.disagree) if self.agree + self.disagree else None


@frozen
class TwoWay(Generic[K]):
    """Every segment of either coder is a row. Only coded segments are units, so there is no
    "neither"; chance is 1 / number of codes. Similar to a table that MAXQDA shows."""

    theta: float
    per_code: dict[K, Rows]
    total: Rows
    chance: float | None
    kappa_bp: Figure


def segment_match(cells: Iterable[Sides], theta: float) -> SegmentMatch:
    """Over the cells of one code, or of several: the largest one-to-one matching in each."""
    matched = only_first = only_second = 0
    for first, second in cells:
        found = len(match(sorted(first), sorted(second), theta))
        matched += found
        only_first += len(first) - found
        only_second += len(second) - found
    none = Reason.NO_VARIATION
    return SegmentMatch(
        theta,
        matched,
        only_first,
        only_second,
        ratio("segment_precision", matched, matched + only_second, none),
        ratio("segment_recall", matched, matched + only_first, none),
        ratio("segment_f1", 2 * matched, 2 * matched + only_first + only_second, none),
    )


def two_way(cells: Mapping[K, Iterable[Sides]], theta: float) -> TwoWay[K]:
    """The table over codes; each code's cells are its documents. Codes without a segment have
    a row, and count as codes."""
    per_code = {code: _rows(sides, theta) for code, sides in cells.items()}
    total = Rows(
        sum(rows.agree for rows in per_code.values()),
        sum(rows.disagree for rows in per_code.values()),
    )
    chance = 1 / len(per_code) if per_code else None
    if chance is None or total.percent is None:
        kappa = Figure("kappa_bp", None, Reason.NO_VARIATION)
    elif chance == 1:
        kappa = Figure("kappa_bp", None, Reason.ONE_CATEGORY)
    else:
        kappa = Figure("kappa_bp", (total.percent - chance) / (1 - chance))
    return TwoWay(theta, per_code, total, chance, kappa)


def _rows(cells: Iterable[Sides], theta: float) -> Rows:
    agree = disagree = 0
    for first, second in cells:
        for own, others in ((first, second), (second, first)):
            for span in own:
                if any((shared := iou(span, other)) > 0 and shared >= theta for other in others):
                    agree += 1
                else:
                    disagree += 1
    return Rows(agree, disagree)
