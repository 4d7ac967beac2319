"""One figure with everything that it takes to read it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, Final

from ikt_coder.agreement.bootstrap import Interval
from ikt_coder.agreement.figure import Figure, Flag, Reason
from ikt_coder.core.frozen import frozen

FORMULA_VERSION: Final = "1"
"""Changes whenever a definition changes, so that old reports can be told from new ones."""


class Aggregate(StrEnum):
    """How documents were brought together."""

    POOLED = "pooled"
    """The counts were added up and one coefficient computed."""
    DOCUMENT = "document"
    MEAN = "mean"
    LENGTH_WEIGHTED = "length_weighted"


@frozen
class Setting:
    """What figures of one table share. ``scope`` in words; ``unit`` "characters", "sentences"
    …; ``rule`` None where the unit is the character; ``theta`` None but for segments."""

    unit: str
    rule: str | None
    scope: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    aggregate: Aggregate = Aggregate.POOLED
    theta: float | None = None
    round_id: str | None = None
    snapshot_hashes: tuple[str, ...] = ()


@frozen
class AgreementResult:
    """A coefficient's value, or the reason why it has none, and how it came about.

    ``n_units`` units in scope, ``n_pairable`` those that two coders judged.
    """

    id: str
    value: float | None
    reason: Reason | None
    unit: str
    rule: str | None
    scope: str
    theta: float | None
    aggregate: Aggregate
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    codes: tuple[str, ...]
    n_units: int
    n_pairable: int
    counts: Mapping[str, int] | None
    ci: Interval | None
    flags: tuple[Flag, ...]
    round_id: str | None
    snapshot_hashes: tuple[str, ...]
    formula_version: str = FORMULA_VERSION

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"{self.id}: a value or a reason, not both")
        if self.value is None and self.ci is not None:
            raise ValueError(f"{self.id}: an interval without a value")

    def as_dict(self) -> dict[str, Any]:
        """Plain values, full precision, for JSON."""
        return asdict(self)


def as_result(
    figure: Figure,
    setting: Setting,
    *,
    codes: tuple[str, ...],
    n_units: int,
    n_pairable: int | None = None,
    counts: Mapping[str, int] | None = None,
    ci: Interval | None = None,
    flags: tuple[Flag, ...] = (),
) -> AgreementResult:
    """A figure in its setting. ``n_pairable`` None: all units were judged by two."""
    return AgreementResult(
        figure.id,
        figure.value,
        figure.reason,
        setting.unit,
        setting.rule,
        setting.scope,
        setting.theta,
        setting.aggregate,
        setting.coders,
        setting.documents,
        codes,
        n_units,
        n_units if n_pairable is None else n_pairable,
        counts,
        ci,
        flags,
        setting.round_id,
        setting.snapshot_hashes,
    )
