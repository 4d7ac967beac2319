"""From a reading to counts: units and scope of each document, and the codes that are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.agreement.counts import CodedDocument, Counts, Segment, count, count_presence
from ikt_coder.agreement.ground import Rule
from ikt_coder.agreement.spans import Pair
from ikt_coder.core.edit_sequences import carry_edges
from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import Scope, Unit
from ikt_coder.services.comparison_codes import ComparedCode
from ikt_coder.services.comparison_reading import Reading
from ikt_coder.services.comparison_rows import LeftOut, Setting, WhyLeftOut
from ikt_coder.services.round_rows import Ground
from ikt_coder.services.text_units import scope_spans, unit_spans

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class Material:
    """What every figure of a comparison follows from."""

    reading: Reading
    setting: Setting
    codes: tuple[ComparedCode, ...]
    documents: tuple[CodedDocument, ...]
    counts: Counts
    left_out: tuple[LeftOut, ...]
    all_codes: tuple[ComparedCode, ...]
    places: dict[int, int]

    def segments(self) -> Iterator[Segment]:
        """The segments that are counted; they are made anew, since they are many."""
        return self.reading.segments(self.all_codes, self.places, roll_up=self.setting.roll_up)

    @property
    def rule(self) -> Rule:
        return Rule(self.setting.rule.value)


def material(
    project: Project, reading: Reading, setting: Setting, codes: Collection[UUID] | None
) -> Material:
    """Count a reading in a setting. ``codes`` chooses some (with ``roll_up`` they still take
    in what is coded below them)."""
    known = reading.frame.codes(reading.used, roll_up=setting.roll_up)
    wanted = None if codes is None else {reading.frame.identity(code) for code in codes}
    kept = [at for at, code in enumerate(known) if wanted is None or code.id in wanted]
    places = {at: number for number, at in enumerate(kept)}
    compared = tuple(known[at] for at in kept)
    left_out = list(reading.left_out)
    documents = []
    for at, key in enumerate(reading.documents):
        found = _document(project, reading, at, setting)
        if found is None:
            left_out.append(LeftOut(key, reading.title(at), WhyLeftOut.UNMATCHED))
            found = CodedDocument(0, 0)
        documents.append(found)
    segments = reading.segments(known, places, roll_up=setting.roll_up)
    sizes = {"codes": len(compared), "coders": len(reading.coders)}
    if setting.unit is Unit.DOCUMENTS:
        counts = count_presence(documents, segments, **sizes)
    else:
        rule = Rule(setting.rule.value)
        counts = count(documents, segments, rule=rule, **sizes)
    for at, key in enumerate(reading.documents):
        if documents[at].coders and not counts.present[at]:
            left_out.append(LeftOut(key, reading.title(at), WhyLeftOut.EMPTY))
    return Material(
        reading, setting, compared, tuple(documents), counts, tuple(left_out), known, places
    )


def _document(
    project: Project, reading: Reading, at: int, setting: Setting
) -> CodedDocument | None:
    """A document as it is counted; None where its text is gone, so that units other than
    those that were frozen cannot be told."""
    ground, row, key = reading.grounds[at], reading.round, reading.documents[at]
    units: tuple[Pair, ...] | None = None
    scope: tuple[Pair, ...] | None = None
    if setting.unit not in (Unit.CHARACTERS, Unit.DOCUMENTS):
        frozen = row is not None and (row.unit, row.unit_size) == (
            setting.unit,
            setting.unit_size,
        )
        if frozen and ground is not None:
            units = ground.units
        elif key not in reading.titles:
            return None
        else:
            units = _then(
                project, key, ground, unit_spans(project, key, setting.unit, setting.unit_size)
            )
    if setting.scope is not Scope.WHOLE:
        if row is not None and ground is not None and row.scope is setting.scope:
            scope = ground.scope
        elif setting.scope is Scope.SELECTION:
            raise NotAllowed(
                "Passages in scope are marked when a round is set up; this comparison has none.",
                "Take the whole text, or respondents' turns.",
            )
        elif key not in reading.titles:
            return None
        else:
            scope = _then(project, key, ground, scope_spans(project, key, setting.scope))
    return CodedDocument(reading.lengths[at], reading.finished[at], scope, units)


def _then(
    project: Project, document: UUID, ground: Ground | None, spans: Sequence[Pair] | None
) -> tuple[Pair, ...] | None:
    """Spans of the present text by the text as it was frozen."""
    if spans is None or ground is None:
        return None if spans is None else tuple(spans)
    now = project.texts.marks(document)
    if now == ground.edits:
        return tuple(spans)
    moved: list[Pair] = []
    for start, end in carry_edges(spans, now, ground.edits):
        start = max(start, moved[-1][1] if moved else 0)
        if start < end:
            moved.append((start, end))
    return tuple(moved)


def in_present(project: Project, reading: Reading, at: int, spans: Sequence[Pair]) -> list[Pair]:
    """Where spans that were counted stand in the present text."""
    ground, key = reading.grounds[at], reading.documents[at]
    if ground is None or key not in reading.titles:
        return list(spans)
    now = project.texts.marks(key)
    if now == ground.edits:
        return list(spans)
    return carry_edges(spans, ground.edits, now)
