"""The passages behind a cell of the agreement table, and the raw runs behind every figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.agreement.ground import CodedDocument, CoderSpan
from ikt_coder.agreement.runs import Run, runs
from ikt_coder.agreement.spans import unite
from ikt_coder.core.errors import NotFound
from ikt_coder.core.rounds import Unit
from ikt_coder.core.span import Span
from ikt_coder.services.comparison_material import Material, in_present
from ikt_coder.services.comparison_rows import Pattern, Stretch

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def stretches(
    project: Project,
    material: Material,
    code: UUID,
    pattern: Pattern | None,
    coder: UUID | None,
    document: UUID | None,
) -> tuple[Stretch, ...]:
    """The stretches of one pattern of a code (None: all of them), in the order of the documents."""
    code = material.reading.frame.identity(code)
    place = next((at for at, one in enumerate(material.codes) if one.id == code), None)
    if place is None:
        raise NotFound("This code is not among those that were compared.")
    reading = material.reading
    wanted = None
    if coder is not None:
        wanted = next((at for at, one in enumerate(reading.coders) if one.id == coder), None)
        if wanted is None:
            raise NotFound("This coder is not among those who were compared.")
    by_document: dict[int, list[CoderSpan]] = {}
    for at, number, who, start, end in material.segments():
        if number == place:
            by_document.setdefault(at, []).append((who, start, end))
    found: list[Stretch] = []
    for at in material.counts.counted:
        key = reading.documents[at]
        if document is not None and key != document:
            continue
        present = material.counts.present[at]
        kept = [
            run
            for run in runs_of(material, at, by_document.get(at, []))
            if pattern is None or _is(run.applied, present, pattern, wanted)
        ]
        shown = in_present(project, reading, at, [(run.start, run.end) for run in kept])
        judges = _coders(material, present)
        for run, (start, end) in zip(kept, shown, strict=True):
            found.append(
                Stretch(
                    key,
                    reading.title(at),
                    code,
                    Span(start, end),
                    Span(run.start, run.end),
                    run.units,
                    _coders(material, run.applied),
                    judges,
                )
            )
    return tuple(found)


def all_runs(material: Material) -> Iterator[tuple[int, int, list[Run]]]:
    """For each document and code that somebody of those who finished it applied there: the
    runs, those that nobody coded among them. Documents are in order, codes within them."""
    cells: dict[tuple[int, int], list[CoderSpan]] = {}
    for at, code, who, start, end in material.segments():
        cells.setdefault((at, code), []).append((who, start, end))
    counted = set(material.counts.counted)
    for at, code in sorted(cells):
        if at in counted:
            found = runs_of(material, at, cells[at, code])
            if any(run.applied for run in found):
                yield at, code, found


def runs_of(material: Material, document: int, spans: list[CoderSpan]) -> list[Run]:
    """The runs of one code in a document. Where the unit is the document there is one for each
    passage, so that they can be read, and the first of them stands for the unit."""
    coded = material.documents[document]
    if material.setting.unit is not Unit.DOCUMENTS:
        return runs(coded, spans, material.rule)
    return _presence(coded, spans)


def _presence(coded: CodedDocument, spans: list[CoderSpan]) -> list[Run]:
    whole = runs(CodedDocument(coded.length, coded.coders, coded.scope), spans)
    applied = 0
    for run in whole:
        applied |= run.applied
    if not applied:
        return [Run(0, 1, 0, coded.length, 0)]
    passages = unite((run.start, run.end) for run in whole if run.applied)
    return [
        Run(0, 1 if at == 0 else 0, start, end, applied) for at, (start, end) in enumerate(passages)
    ]


def _is(applied: int, present: int, pattern: Pattern, coder: int | None) -> bool:
    if coder is not None and not present >> coder & 1:
        return False
    match pattern:
        case Pattern.BOTH:
            return applied == present
        case Pattern.NEITHER:
            return not applied
        case Pattern.ONLY:
            one = applied.bit_count() == 1
            return one and (coder is None or applied == 1 << coder)
        case Pattern.SOME:
            return 1 < applied.bit_count() < present.bit_count()


def _coders(material: Material, mask: int) -> frozenset[UUID]:
    return frozenset(coder.id for at, coder in enumerate(material.reading.coders) if mask >> at & 1)
