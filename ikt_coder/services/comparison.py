"""Comparing coders: how far they agree, and the passages behind every figure."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from ikt_coder.agreement import bootstrap as resampling
from ikt_coder.agreement.analytic import kappa_interval
from ikt_coder.agreement.bootstrap import Intervals
from ikt_coder.agreement.overall import PairAgreement, overall, pair_matrix
from ikt_coder.agreement.per_code import COEFFICIENTS, per_code
from ikt_coder.agreement.result import FORMULA_VERSION
from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import (
    DifferenceKind,
    Projection,
    RoundEventKind,
    RoundMode,
    Scope,
    Task,
    Unit,
)
from ikt_coder.core.span import Span
from ikt_coder.core.words import Approach
from ikt_coder.services import comparison_documents, comparison_segments, comparison_stretches
from ikt_coder.services.base import Service
from ikt_coder.services.comparison_documents import InDocument, Means
from ikt_coder.services.comparison_material import Material, material
from ikt_coder.services.comparison_passages import PassagesBehind
from ikt_coder.services.comparison_reading import Reading, read_present, read_round
from ikt_coder.services.comparison_rows import (
    Agreement,
    Asked,
    CodeLine,
    ComparedDocument,
    NothingToCompare,
    Pattern,
    Setting,
    Stretch,
    TrendPoint,
)
from ikt_coder.services.comparison_segments import Confusion, Directions, Levels, Unitized
from ikt_coder.services.round_rows import RoundRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

K = TypeVar("K")
V = TypeVar("V")

_KEPT = 3
_NOT_DRAWN = frozenset({"conger_kappa"})
"""Coefficients that no interval is made for."""
_READ_FROM = (
    *("document", "document_edit", "code", "coder", "turn", "speaker"),
    *("coding_round", "assignment", "round_event", "snapshot", "frozen_ground"),
)
"""What a reading of a round follows from; one from no round also from the codings."""

REFLEXIVE = (
    "In reflexive thematic analysis coders are not measured against each other: this project "
    "shows no figure of agreement."
)


class ComparisonService(Service):
    """Agreement over a round is that of frozen coding and never moves; from no round it is that
    of the codings as they stand."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._lock = threading.Lock()
        self._stamp = 0
        self._readings: OrderedDict[tuple[object, ...], Reading] = OrderedDict()
        self._materials: OrderedDict[Asked, Material] = OrderedDict()
        self._intervals: dict[tuple[object, ...], Intervals] = {}
        self.passages = PassagesBehind(project, self.material)
        project.listen(self._changed)

    # -- agreement ----------------------------------------------------------------------------

    def agreement(
        self,
        round_: UUID | None = None,
        *,
        coders: Sequence[UUID] | None = None,
        unit: Unit | None = None,
        unit_size: int | None = None,
        rule: Projection | None = None,
        scope: Scope | None = None,
        documents: Collection[UUID] | None = None,
        codes: Collection[UUID] | None = None,
        roll_up: bool = False,
        bootstrap: bool = False,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Agreement:
        """How far coders agree, code by code and over all. What is not given is what the round
        was set up with; without a round characters of the whole text, and the documents that
        all of the coders coded. ``bootstrap`` computes intervals, which takes a while.

        Raises NotAllowed: a reflexive project, a round that is sealed, or whose coding is not
        independent, fewer than two coders. NotFound; Cancelled.
        """
        row = None if round_ is None else self._project.rounds.get(round_)
        self._refuse(row)
        setting = _setting(row, unit, unit_size, rule, scope, roll_up)
        who = self._coders(row, coders)
        asked = Asked(
            round_,
            None if who is None else tuple(who),
            setting,
            None if documents is None else frozenset(documents),
            None if codes is None else frozenset(codes),
        )
        made = self._agreement(row, asked)
        if bootstrap:
            made = self._with_intervals(made, progress, cancelled)
        return made

    def possible(self, round_: UUID | None = None) -> str:
        """Why there is no agreement to show; empty where there is."""
        try:
            row = None if round_ is None else self._project.rounds.get(round_)
            self._refuse(row)
            self._coders(row, None)
        except UserError as error:
            return str(error)
        return ""

    def _refuse(self, row: RoundRow | None) -> None:
        if self._project.card.get().approach is Approach.REFLEXIVE:
            raise NotAllowed(REFLEXIVE, "Read the codings side by side, or change the approach.")
        if row is None:
            return
        if row.mode is RoundMode.OPEN:
            raise NotAllowed(
                f"“{row.name}” is open coding: the coders saw each other's work, so their "
                "agreement would say nothing of the codebook.",
                "Set up a blind round to measure agreement.",
            )
        if row.mode is RoundMode.VERIFY and not row.blind_share:
            raise NotAllowed(
                f"In “{row.name}” the second coder judged the first one's codings: the two "
                "judgements are not independent, so there is no coefficient.",
                "What was accepted, changed and added is reported instead.",
            )
        if not self._project.rounds.ground(row.id):
            raise NotAllowed(
                f"“{row.name}” is sealed: nothing is compared before it is unsealed.",
                self._project.sight.sealed_note(),
            )

    def _coders(self, row: RoundRow | None, coders: Sequence[UUID] | None) -> list[UUID] | None:
        """Who is compared; None: everybody who coded anything."""
        chosen = None if coders is None else list(dict.fromkeys(coders))
        if row is not None:
            coding = {
                one.coder
                for one in self._project.rounds.assignments(row.id)
                if one.task is Task.CODE
            }
            coding |= {one.coder for one in self._project.rounds.counting(row.id)}
            everybody = [coder for coder in row.coders if coder in coding]
            everybody += sorted(coding - set(everybody))
            if chosen is not None and (strange := set(chosen) - set(everybody)):
                names = {one.id: one.name for one in self._project.coders.everyone()}
                said = ", ".join(sorted(names.get(key, "?") for key in strange))
                raise NotAllowed(f"{said} did not code in “{row.name}”.")
            chosen = everybody if chosen is None else chosen
        if chosen is not None and len(chosen) < 2:
            raise NotAllowed("Agreement takes at least two coders.", "Choose two or more.")
        return chosen

    def _agreement(self, row: RoundRow | None, asked: Asked) -> Agreement:
        found = self.material(asked)
        reading, counts = found.reading, found.counts
        coders = tuple(range(len(reading.coders)))
        rows = per_code(counts, coders)
        lines = tuple(
            CodeLine(
                code.id,
                at,
                code.path,
                code.label,
                code.depth,
                rows[at],
                merged_into=code.merged_into,
            )
            for at, code in enumerate(found.codes)
        )
        documents = tuple(
            ComparedDocument(
                reading.documents[at],
                reading.title(at),
                counts.units[at],
                tuple(
                    reading.coders[coder].id for coder in coders if counts.present[at] >> coder & 1
                ),
                reading.documents[at] in reading.reopened,
            )
            for at in counts.counted
        )
        return Agreement(
            asked=asked,
            round=row,
            setting=asked.setting,
            locked=row is not None and asked.setting == _setting(row),
            coefficient=_coefficient(row, len(coders)),
            coders=reading.coders,
            documents=documents,
            left_out=found.left_out,
            codes=lines,
            left_out_codes=reading.left_out_codes(),
            overall=overall(counts, coders, rows),
            pooled_interval=None,
            intervals=False,
            counts=counts,
            places=reading.documents,
            snapshots=reading.snapshots,
            formulas=FORMULA_VERSION,
            at=datetime.now(UTC),
        )

    def material(self, asked: Asked) -> Material:
        """What the figures that were asked for follow from."""
        with self._lock:
            known = self._materials.get(asked)
            if known is not None:
                self._materials.move_to_end(asked)
                return known
            stamp = self._stamp
        reading = self._reading(asked)
        if len(reading.coders) < 2:
            raise NothingToCompare(
                "Only one coder has coded here so far: there is nothing to compare."
                if reading.coders
                else "Nobody has coded anything yet: there is nothing to compare.",
                "Let a second coder code some of the same documents.",
            )
        made = material(self._project, reading, asked.setting, asked.codes)
        with self._lock:
            if stamp == self._stamp:
                _keep(self._materials, asked, made)
        return made

    def _reading(self, asked: Asked) -> Reading:
        key = (asked.round, asked.coders, asked.documents)
        with self._lock:
            known = self._readings.get(key)
            stamp = self._stamp
        if known is not None:
            return known
        if asked.round is None:
            made = read_present(self._project, asked.coders, asked.documents)
        else:
            row = self._project.rounds.get(asked.round)
            made = read_round(self._project, row, asked.coders or (), asked.documents)
        with self._lock:
            if stamp == self._stamp:  # else it was read before an act that ended meanwhile
                _keep(self._readings, key, made)
        return made

    def forget(self) -> None:
        """Drop what was read and drawn."""
        with self._lock:
            self._stamp += 1
            self._readings.clear()
            self._materials.clear()
            self._intervals.clear()

    def _changed(self, changes: Changes) -> None:
        rounds = not changes.tables or changes.touches(*_READ_FROM)
        if not rounds and not changes.touches("coding", "coding_level"):
            return
        with self._lock:
            self._stamp += 1
            for reading in [key for key in self._readings if rounds or key[0] is None]:
                del self._readings[reading]
            for asked in [key for key in self._materials if rounds or key.round is None]:
                del self._materials[asked]

    # -- intervals ----------------------------------------------------------------------------

    def _with_intervals(
        self,
        made: Agreement,
        progress: Callable[[int, int], object] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Agreement:
        found = self._drawn(made, progress, cancelled)
        pair = len(made.coders) == 2 and made.coefficient == "kappa"
        lines = []
        for line in made.codes:
            drawn = found.by_code.get(made.coefficient)
            interval = None if drawn is None else drawn[line.place]
            if interval is None and pair and made.setting.unit in (Unit.FIXED, Unit.DOCUMENTS):
                # Units laid down beforehand: an error that takes them as independent may stand
                # where there are too few documents to draw from.
                interval = kappa_interval(made.counts.fourfold(line.place, 0, 1))
            defined = line.figures.value(made.coefficient) is not None
            lines.append(replace(line, interval=interval if defined else None))
        return replace(made, codes=tuple(lines), pooled_interval=found.pooled, intervals=True)

    def _drawn(
        self,
        made: Agreement,
        progress: Callable[[int, int], object] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Intervals:
        """Intervals are kept for what was counted: the same question is not drawn twice."""
        # What no round has frozen is told apart by when it was counted.
        state = self._stamp if made.round is None else made.snapshots
        key = (made.asked, made.coefficient, state)
        known = self._intervals.get(key)
        if known is None:
            wanted = (made.coefficient,) if made.coefficient not in _NOT_DRAWN else ()
            known = resampling.bootstrap(
                made.counts, wanted, progress=progress, cancelled=cancelled
            )
            if len(self._intervals) > 20:
                self._intervals.clear()
            self._intervals[key] = known
        return known

    # -- beside the table ---------------------------------------------------------------------

    def pairs(self, agreement: Agreement, code: UUID | None = None) -> list[PairAgreement]:
        """Each pair of coders, for one code or pooled over all; coders by their number."""
        place = None if code is None else agreement.line(code).place
        return pair_matrix(agreement.counts, place)

    def per_document(
        self, agreement: Agreement, code: UUID | None = None
    ) -> tuple[tuple[InDocument, ...], Means]:
        """Every document for itself, for one code or over all, and the means over documents,
        which are not the pooled figure."""
        return comparison_documents.per_document(agreement, code)

    def confusion(self, agreement: Agreement, first: UUID, second: UUID) -> Confusion:
        """What ``second`` used where ``first`` used a code."""
        return comparison_segments.confused(self.material(agreement.asked), first, second)

    def together(
        self, agreement: Agreement, first: UUID, second: UUID, code: UUID, other: UUID | None
    ) -> list[tuple[UUID, Span]]:
        """The passages behind a cell of the confusion, by document."""
        material = self.material(agreement.asked)
        return comparison_segments.together(self._project, material, first, second, code, other)

    def valence(self, agreement: Agreement, first: UUID, second: UUID) -> Directions:
        """Directions of two coders on the passages whose code they agree on."""
        pairs = self._agreed(agreement, first, second)
        return comparison_segments.directions(pairs)

    def levels(self, agreement: Agreement, first: UUID, second: UUID) -> Levels:
        """Sets of levels of two coders on the passages whose code they agree on."""
        pairs = self._agreed(agreement, first, second)
        return comparison_segments.levels(pairs)

    def differences(
        self, agreement: Agreement, first: UUID, second: UUID
    ) -> dict[DifferenceKind, int]:
        """How many items of each class two coders' segments make."""
        return comparison_segments.differences(
            self._project, self.material(agreement.asked), first, second
        )

    def unitizing(self, agreement: Agreement) -> tuple[Unitized, ...]:
        """Every code judged with the edges of its segments: u-alpha (2016)."""
        return comparison_segments.unitized(self.material(agreement.asked))

    def _agreed(
        self, agreement: Agreement, first: UUID, second: UUID
    ) -> list[comparison_segments.AgreedPassage]:
        return comparison_segments.agreed(
            self._project, self.material(agreement.asked), first, second
        )

    def trend(self) -> tuple[TrendPoint, ...]:
        """The figures of every blind round that was unsealed, oldest first."""
        points = []
        for row in self._project.rounds.all():
            if self.possible(row.id):
                continue
            made = self.agreement(row.id)
            points.append(
                TrendPoint(
                    row,
                    len(made.coders),
                    len(made.documents),
                    made.overall.pooled_kappa.value,
                    {line.code: line.figures.value(made.coefficient) for line in made.codes},
                )
            )
        return tuple(points)

    def record(self, agreement: Agreement) -> None:
        """Log that these figures were given out (exported): what they were counted in, over
        which frozen coding, and the figure over all codes."""
        row, setting = agreement.round, agreement.setting
        name = "" if row is None else row.name
        with self._operation(Op.RECORD_STATISTIC, name=name) as op:
            self._project.rounds.log(
                op,
                RoundEventKind.STATISTIC,
                round_=None if row is None else row.id,
                data={
                    "unit": setting.written,
                    "rule": setting.rule.value,
                    "scope": setting.scope.value,
                    "coefficient": agreement.coefficient,
                    "coders": [coder.id.hex for coder in agreement.coders],
                    "documents": [document.id.hex for document in agreement.documents],
                    "value": agreement.overall.pooled_kappa.value,
                    "seed": resampling.DEFAULT_SEED if agreement.intervals else None,
                    "snapshots": list(agreement.snapshots),
                    "formulas": agreement.formulas,
                },
            )

    # -- passages -----------------------------------------------------------------------------

    def spans(
        self,
        agreement: Agreement,
        code: UUID,
        pattern: Pattern,
        *,
        coder: UUID | None = None,
        document: UUID | None = None,
    ) -> tuple[Stretch, ...]:
        """The stretches behind a cell: of what all coders coded, one alone (``coder``: who),
        several, or none. They add up to the cell's number of units. Raises NotFound for a code
        that is not compared."""
        return comparison_stretches.stretches(
            self._project, self.material(agreement.asked), code, pattern, coder, document
        )


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    while len(kept) > _KEPT:
        kept.popitem(last=False)


def _setting(
    row: RoundRow | None,
    unit: Unit | None = None,
    unit_size: int | None = None,
    rule: Projection | None = None,
    scope: Scope | None = None,
    roll_up: bool = False,
) -> Setting:
    """What was asked for, and what was locked where nothing was."""
    locked = Setting() if row is None else Setting(row.unit, row.unit_size, row.rule, row.scope)
    chosen = locked.unit if unit is None else unit
    size = unit_size if unit is not None else locked.unit_size
    if chosen is Unit.FIXED and (size is None or size < 1):
        raise UserError(
            "Segments of a fixed length need that length.", "Give it in characters: fixed:500."
        )
    return Setting(
        chosen,
        size if chosen is Unit.FIXED else None,
        locked.rule if rule is None else rule,
        locked.scope if scope is None else scope,
        roll_up,
    )


def _coefficient(row: RoundRow | None, coders: int) -> str:
    """Which coefficient stands first: the round's, else kappa for two, alpha for more."""
    if row is not None and row.coefficient in COEFFICIENTS:
        return row.coefficient
    return "kappa" if coders == 2 else "alpha"
