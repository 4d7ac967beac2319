"""What a language of reports must be able to say about comparing coders."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date

from ikt_coder.agreement.figure import Flag, Reason
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    Projection,
    ReasonCategory,
    RoundMode,
    Scope,
    Unit,
)
from ikt_coder.services.comparison_rows import WhyCodeLeftOut, WhyLeftOut


@frozen
class ComparingWords:
    """Every fixed word; a language that lacks one cannot be made."""

    units: Mapping[Unit, str]  # in the plural
    scopes: Mapping[Scope, str]
    modes: Mapping[RoundMode, str]
    differences: Mapping[DifferenceKind, str]
    decisions: Mapping[DecisionKind, str]
    categories: Mapping[ReasonCategory, str]
    coefficients: Mapping[str, str]  # names within a sentence, by id
    flags: Mapping[Flag, str]  # short, for a cell
    flag_notes: Mapping[Flag, str]  # what they mean, for the note
    reasons: Mapping[Reason, str]
    why_left_out: Mapping[WhyLeftOut, str]
    why_code_left_out: Mapping[WhyCodeLeftOut, str]
    code: str
    both: str
    all_coders: str
    some: str
    neither: str
    none: str
    interval: str
    documents: str
    document: str
    passages: str
    remarks: str
    pair: str
    percent: str
    pooled: str
    all_codes: str
    mean: str
    weighted: str
    counted_together: str
    kind: str
    items: str
    coder: str
    not_set: str
    used_by_other: str
    nothing_there: str
    also_title: str
    agreement_title: str
    pairs_title: str
    documents_title: str
    differences_title: str
    directions_title: str
    confusion_title: str
    confusion_note: str
    confusion_cut: str
    """Said where the list is cut: ``{shown}`` of ``{of}`` rows."""
    trend_title: str
    round: str
    nothing_compared: str
    decisions_title: str
    decisions_empty: str
    units_title: str
    codebook_title: str


class Comparing(ABC):
    """One language: fixed words and sentences about agreement. Names are the study's own."""

    words: ComparingWords

    # -- the note of an agreement table -----------------------------------------------------

    @abstractmethod
    def only(self, name: str) -> str:
        """The heading of the column of one coder alone."""

    @abstractmethod
    def unit_heading(self, unit: Unit, size: int | None) -> str:
        """The heading over the columns of counts."""

    @abstractmethod
    def unit(self, unit: Unit, size: int | None, units: str, documents: int) -> str:
        """What is counted, and how many there are (written out by the caller)."""

    @abstractmethod
    def rule(self, rule: Projection) -> str: ...

    @abstractmethod
    def scope(self, scope: Scope) -> str: ...

    @abstractmethod
    def rolled_up(self) -> str: ...

    @abstractmethod
    def of_round(self, name: str, number: int, unsealed: date | None, version: int | None) -> str:
        """That the figures are of frozen, independent coding."""

    @abstractmethod
    def of_no_round(self, day: date) -> str: ...

    @abstractmethod
    def not_locked(self) -> str:
        """That unit, rule or scope are not those the round was set up with."""

    @abstractmethod
    def coders(self, names: Sequence[str]) -> str: ...

    @abstractmethod
    def left_out(self, why: WhyLeftOut, titles: Sequence[str]) -> str: ...

    @abstractmethod
    def codes_left_out(self, why: WhyCodeLeftOut, names: Sequence[str]) -> str: ...

    @abstractmethod
    def reopened(self, titles: Sequence[str]) -> str: ...

    @abstractmethod
    def statistic(self, symbol: str, coefficient: str, coders: int, source: str) -> str: ...

    @abstractmethod
    def intervals(self, replicates: int, seed: int | None, documents: int) -> str: ...

    @abstractmethod
    def analytic_intervals(self) -> str: ...

    @abstractmethod
    def too_few_documents(self, needed: int) -> str: ...

    @abstractmethod
    def few_documents(self, documents: int) -> str: ...

    @abstractmethod
    def overall(self, figure: str, low: str, high: str, codes: int) -> str:
        """The pooled kappa (written with its interval) and the range over codes."""

    @abstractmethod
    def unused(self, names: Sequence[str]) -> str: ...

    @abstractmethod
    def undefined(self, count: int) -> str: ...

    @abstractmethod
    def merged_since(self, pairs: Sequence[tuple[str, str]]) -> str: ...

    @abstractmethod
    def target(self, figure: str, reached: int, codes: int) -> str: ...

    @abstractmethod
    def guidance(self, coefficient: str) -> str:
        """The bands in words with their source; empty where there are none."""

    @abstractmethod
    def guidance_caution(self) -> str:
        """That the bands were proposed for units laid down beforehand."""

    @abstractmethod
    def computed_on(self, day: date, formulas: str) -> str: ...

    @abstractmethod
    def also_computed(self) -> str: ...

    @abstractmethod
    def means(self, mean: str, weighted: str, pooled: str, left_out: int) -> str: ...

    @abstractmethod
    def agreed_passages(self, passages: int, overlap: str) -> str: ...

    @abstractmethod
    def direction_figures(self, percent: str, kappa: str, count: int) -> str: ...

    @abstractmethod
    def direction_apart(self, neither: int, first: str, only_first: int, second: str,
                        only_second: int) -> str: ...  # fmt: skip

    @abstractmethod
    def level_figures(self, jaccard: str, same: int, passages: int, neither: int) -> str: ...

    @abstractmethod
    def classes_of(self, first: str, second: str) -> str: ...
