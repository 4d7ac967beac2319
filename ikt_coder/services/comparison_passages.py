"""What stands behind the figures that are no cell of the table: a code's passages, units of a
document, items of a class, segments with their edges.

Spans are code points, half-open, and stand where they are in the present text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.agreement.ground import Ground
from ikt_coder.agreement.spans import Pair, unite
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind, Unit
from ikt_coder.core.span import Span
from ikt_coder.services import comparison_segments
from ikt_coder.services.comparison_material import Material, in_present
from ikt_coder.services.comparison_rows import Agreement, Asked, Stretch
from ikt_coder.services.comparison_stretches import stretches

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


@frozen
class CountedPassage:
    """A passage, a unit or a segment that a figure counts; ``coders`` coded in it."""

    document: UUID
    title: str
    span: Span
    coders: frozenset[UUID] = frozenset()


@frozen
class CountedItem:
    """An item of a class of differences, from its first start to its last end."""

    document: UUID
    title: str
    span: Span
    codes: tuple[UUID, ...]


@frozen
class Meeting:
    """Segments of one code that overlap: ``span`` is all of them, ``edges`` each with its
    coder. ``alike``: two coders or more marked it, and all with the same edges."""

    document: UUID
    title: str
    span: Span
    edges: tuple[tuple[UUID, Span], ...]
    alike: bool

    @property
    def coders(self) -> frozenset[UUID]:
        return frozenset(coder for coder, _span in self.edges)


class PassagesBehind:
    """Asked with the agreement that is shown, so that what opens is what was counted. All
    raise NotFound for a code, a coder or a document that is not compared."""

    def __init__(self, project: Project, material: Callable[[Asked], Material]) -> None:
        self._project = project
        self._material = material

    def coded(
        self,
        agreement: Agreement,
        code: UUID,
        coder: UUID | None = None,
        document: UUID | None = None,
    ) -> tuple[CountedPassage, ...]:
        """The passages of a code: what any of the coders (or ``coder`` alone) coded, touching
        and overlapping spans as one. As many as the figure of passages says."""
        material = self._material(agreement.asked)
        place = _place(material, code)
        wanted = None if coder is None else _coder(material, coder)
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for at, number, who, start, end in material.segments():
            if number == place and wanted in (None, who):
                spans.setdefault(at, []).append((start, end, who))
        found: list[CountedPassage] = []
        for at in _documents(material, document):
            ground, present = Ground(material.documents[at]), material.counts.present[at]
            cut = [
                (low, high, who)
                for start, end, who in spans.get(at, ())
                if present >> who & 1
                for low, high in ground.cut(start, end)
            ]
            whole = unite((low, high) for low, high, _who in cut)
            coders = [
                frozenset(
                    material.reading.coders[who].id
                    for low, high, who in cut
                    if start < high and low < end
                )
                for start, end in whole
            ]
            found += self._passages(material, at, whole, coders)
        return tuple(found)

    def judged(
        self, agreement: Agreement, code: UUID, document: UUID | None = None
    ) -> tuple[Stretch, ...]:
        """All that a coefficient follows from: every stretch of a code, what nobody coded
        among them. Their units add up to all units."""
        material = self._material(agreement.asked)
        return stretches(self._project, material, code, None, None, document)

    def units(self, agreement: Agreement, document: UUID) -> tuple[CountedPassage, ...]:
        """The units of a document in scope; of characters the stretches they stand in."""
        material = self._material(agreement.asked)
        (at,) = _documents(material, document)
        ground = Ground(material.documents[at])
        spans: Sequence[Pair]
        if ground.units is not None:
            spans = list(zip(ground.units.starts, ground.units.ends, strict=True))
        elif material.setting.unit is Unit.DOCUMENTS or ground.scope is None:
            spans = [(0, ground.length)]
        else:
            spans = ground.scope
        return tuple(self._passages(material, at, spans, [frozenset()] * len(spans)))

    def items(
        self, agreement: Agreement, first: UUID, second: UUID, kind: DifferenceKind
    ) -> tuple[CountedItem, ...]:
        """The items of one class that two coders' segments make."""
        material = self._material(agreement.asked)
        here: dict[int, list[tuple[Pair, tuple[UUID, ...]]]] = {}
        for at, item in comparison_segments.items(self._project, material, first, second):
            if item.kind is kind:
                codes = tuple(
                    dict.fromkeys(
                        code for code in (item.first_code, item.second_code) if code is not None
                    )
                )
                here.setdefault(at, []).append(((item.start, item.end), codes))
        found: list[CountedItem] = []
        for at, rows in here.items():
            shown = in_present(self._project, material.reading, at, [pair for pair, _ in rows])
            found += [
                CountedItem(
                    material.reading.documents[at], material.reading.title(at), Span(*pair), codes
                )
                for pair, (_counted, codes) in zip(shown, rows, strict=True)
            ]
        return tuple(found)

    def segments(self, agreement: Agreement, code: UUID, coder: UUID) -> tuple[CountedPassage, ...]:
        """One coder's segments of a code, as they are judged with their edges."""
        material = self._material(agreement.asked)
        place, number = _place(material, code), _coder(material, coder)
        units = comparison_segments.units_of(material, place).get(place, {})
        found: list[CountedPassage] = []
        for at in sorted(units):
            own = units[at][number]
            found += self._passages(material, at, own, [frozenset((coder,))] * len(own))
        return tuple(found)

    def meetings(self, agreement: Agreement, code: UUID) -> tuple[Meeting, ...]:
        """All coders' segments of a code, those that overlap together."""
        material = self._material(agreement.asked)
        place = _place(material, code)
        units = comparison_segments.units_of(material, place).get(place, {})
        found: list[Meeting] = []
        for at in sorted(units):
            marked = sorted(
                (start, end, who) for who, own in enumerate(units[at]) for start, end in own
            )
            shown = in_present(
                self._project, material.reading, at, [(start, end) for start, end, _ in marked]
            )
            whole = unite([(start, end) for start, end, _ in marked], touching=False)
            for low, high in whole:
                within = [n for n, (start, end, _) in enumerate(marked) if start < high > low < end]
                edges = tuple(
                    (material.reading.coders[marked[n][2]].id, Span(*shown[n])) for n in within
                )
                counted = {marked[n][:2] for n in within}
                found.append(
                    Meeting(
                        material.reading.documents[at],
                        material.reading.title(at),
                        Span(
                            min(span.start for _, span in edges), max(span.end for _, span in edges)
                        ),
                        edges,
                        len(edges) > 1 and len(counted) == 1,
                    )
                )
        return tuple(found)

    def _passages(
        self,
        material: Material,
        at: int,
        spans: Sequence[Pair],
        coders: Sequence[frozenset[UUID]],
    ) -> list[CountedPassage]:
        reading = material.reading
        shown = in_present(self._project, reading, at, spans)
        return [
            CountedPassage(reading.documents[at], reading.title(at), Span(*pair), who)
            for pair, who in zip(shown, coders, strict=True)
        ]


def prevalence(agreement: Agreement, code: UUID, coder: UUID) -> float | None:
    """The share of the units a coder judged to which they applied a code; None of none."""
    place = agreement.line(code).place
    number = next(at for at, one in enumerate(agreement.coders) if one.id == coder)
    judged = applied = 0
    for (present, mask), units in agreement.counts.tally(place).items():
        if present >> number & 1:
            judged += units
            applied += units if mask >> number & 1 else 0
    return applied / judged if judged else None


def _place(material: Material, code: UUID) -> int:
    code = material.reading.frame.identity(code)
    place = next((at for at, one in enumerate(material.codes) if one.id == code), None)
    if place is None:
        raise NotFound("This code is not among those that were compared.")
    return place


def _coder(material: Material, coder: UUID) -> int:
    for at, one in enumerate(material.reading.coders):
        if one.id == coder:
            return at
    raise NotFound("This coder is not among those who were compared.")


def _documents(material: Material, document: UUID | None) -> tuple[int, ...]:
    counted = material.counts.counted
    if document is None:
        return counted
    found = tuple(at for at in counted if material.reading.documents[at] == document)
    if not found:
        raise NotFound("This document is not among those that were compared.")
    return found
