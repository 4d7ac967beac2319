"""A figure, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from ikt_coder.core.frozen import frozen


class Reason(StrEnum):
    """Why a coefficient is undefined."""

    NO_VARIATION = "no_variation"
    """0/0: all units are in one category (nobody, or everybody everywhere, applied the code)."""
    NO_COMMON_DOCUMENT = "no_common_document"
    """No unit was judged by two coders."""
    ONE_CATEGORY = "one_category"
    """Only one category was offered, so that agreement could not fail."""
    NOT_APPLICABLE = "not_applicable"
    """The coefficient is not made for this number of coders, or for this kind of data."""


class Flag(StrEnum):
    """What to say beside a figure that could mislead."""

    PREVALENCE = "prevalence"
    """High agreement, low kappa: the code is rare, or nearly everywhere."""
    BIAS = "bias"
    """One coder applied the code to clearly more of the text."""
    SMALL_BASE = "small_base"
    """Fewer than three passages, or all of them in one document."""
    NOT_USED = "not_used"
    ONLY_ONE_CODER = "only_one_coder"
    FEW_DOCUMENTS = "few_documents"
    """Fewer than ten documents stand behind an interval."""


@frozen
class Figure:
    """A coefficient's value or the reason why it has none, never both and never neither."""

    id: str
    value: float | None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"{self.id}: a value or a reason, not both")


def ratio(id: str, numerator: float, denominator: float, otherwise: Reason) -> Figure:
    """A figure from its fraction; 0/0 is undefined for the reason given."""
    if denominator:
        return Figure(id, float(numerator / denominator))
    return Figure(id, None, otherwise)


def mean(id: str, figures: Iterable[Figure]) -> Figure:
    """The mean of the figures that have a value; where none has, the reason of the first that
    rests on common documents."""
    values: list[float] = []
    reason: Reason | None = None
    for figure in figures:
        if figure.value is not None:
            values.append(figure.value)
        elif reason is None or reason is Reason.NO_COMMON_DOCUMENT:
            reason = figure.reason
    if values:
        return Figure(id, sum(values) / len(values))
    return Figure(id, None, reason or Reason.NOT_APPLICABLE)
