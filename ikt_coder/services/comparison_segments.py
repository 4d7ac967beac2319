"""Two coders' segments against each other: confusion, direction and levels, classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.agreement import confusion as confusing
from ikt_coder.agreement.attributes import (
    AttributeAgreement,
    LevelAgreement,
    attribute_agreement,
    level_agreement,
)
from ikt_coder.agreement.confusion import Confused
from ikt_coder.agreement.differences import CodedSpan, Difference, classify, near_in
from ikt_coder.agreement.figure import Figure
from ikt_coder.agreement.matching import match
from ikt_coder.agreement.spans import Pair, clip, unite
from ikt_coder.agreement.unitizing import Continuum, unitizing
from ikt_coder.core.edit_sequences import carry_edges
from ikt_coder.core.errors import NotFound
from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Valence
from ikt_coder.model import Coding, CodingLevel, Snapshot
from ikt_coder.services.comparison_material import Material, in_present
from ikt_coder.services.round_freezing import read_codings, read_marks

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

SAME_PASSAGE: Final = 0.5
"""From which overlap two segments are the same passage, where no round says so."""


@frozen
class AgreedPassage:
    """A passage that two coders gave the same code: the two segments, matched one to one."""

    document: UUID
    code: UUID
    first: Span
    second: Span
    overlap: float
    valences: tuple[Valence | None, Valence | None]
    levels: tuple[frozenset[UUID], frozenset[UUID]]


@frozen
class Confusion:
    """``cells`` by the code of the first coder and that of the second (None: nothing there)."""

    first: UUID
    second: UUID
    cells: dict[tuple[UUID, UUID | None], Confused]


@frozen
class Directions:
    """Direction among agreed passages; ``passages`` are all of them, also those not set."""

    table: AttributeAgreement
    passages: tuple[AgreedPassage, ...]


@frozen
class Levels:
    """Level sets among agreed passages."""

    figures: LevelAgreement
    passages: tuple[AgreedPassage, ...]


def confused(material: Material, first: UUID, second: UUID) -> Confusion:
    """What ``second`` used where ``first`` used a code. Raises NotFound."""
    one, other = _numbers(material, first, second)
    found = confusing.confusion(material.documents, material.segments(), one, other)
    codes = [code.id for code in material.codes]
    return Confusion(
        first,
        second,
        {(codes[a], None if b is None else codes[b]): cell for (a, b), cell in found.items()},
    )


def together(
    project: Project,
    material: Material,
    first: UUID,
    second: UUID,
    code: UUID,
    other: UUID | None,
) -> list[tuple[UUID, Span]]:
    """Where ``first`` used ``code`` and ``second`` used ``other`` instead (None: nothing), by
    document, in the present text: the characters that ``Confused.instead`` counts."""
    one, two = _numbers(material, first, second)
    places = {each.id: at for at, each in enumerate(material.codes)}
    if code not in places or (other is not None and other not in places):
        raise NotFound("This code is not among those that were compared.")
    ours, theirs = places[code], None if other is None else places[other]
    sides: dict[int, dict[str, list[Pair]]] = {}
    for at, number, coder, start, end in material.segments():
        here = sides.setdefault(at, {"in": [], "there": [], "not": []})
        if coder == one and number == ours:
            here["in"].append((start, end))
        if coder == two and (theirs is None or number == theirs):
            here["there"].append((start, end))
        instead = theirs is not None and theirs != ours
        if instead and ((coder == one and number == theirs) or (coder == two and number == ours)):
            here["not"].append((start, end))
    pair = 1 << one | 1 << two
    found: list[tuple[UUID, Span]] = []
    for at in material.counts.counted:
        if material.counts.present[at] & pair != pair or at not in sides:
            continue
        document = material.documents[at]
        scope = document.scope if document.scope is not None else ((0, document.length),)
        kept = [piece for span in unite(sides[at]["in"]) for piece in clip(*span, scope)]
        met = unite(sides[at]["there"])
        kept = _without(kept, met) if theirs is None else _within(kept, met)
        kept = _without(kept, unite(sides[at]["not"]))
        key = material.reading.documents[at]
        for start, end in in_present(project, material.reading, at, kept):
            found.append((key, Span(start, end)))
    return found


def _within(spans: Sequence[Pair], others: Sequence[Pair]) -> list[Pair]:
    return [piece for start, end in spans for piece in clip(start, end, others)]


def _without(spans: Sequence[Pair], others: Sequence[Pair]) -> list[Pair]:
    """What of some spans lies in none of the others, which are in order and apart."""
    kept: list[Pair] = []
    for start, end in spans:
        for low, high in clip(start, end, others):
            if start < low:
                kept.append((start, low))
            start = high
        if start < end:
            kept.append((start, end))
    return kept


def directions(passages: list[AgreedPassage]) -> Directions:
    table = attribute_agreement((one.valences for one in passages), tuple(Valence))
    return Directions(table, tuple(passages))


def levels(passages: list[AgreedPassage]) -> Levels:
    return Levels(level_agreement(one.levels for one in passages), tuple(passages))


def agreed(project: Project, material: Material, first: UUID, second: UUID) -> list[AgreedPassage]:
    """The passages to which both gave one code: segments matched one to one, code by code,
    where they overlap enough to be the same passage. Spans are those of the present text."""
    theta = _theta(material)
    codes = {code.id for code in material.codes}
    found: list[AgreedPassage] = []
    for at, sides in _both(project, material, first, second):
        here: list[AgreedPassage] = []
        edges: list[tuple[int, int]] = []
        by_code: dict[UUID, tuple[list[CodedSpan], list[CodedSpan]]] = {}
        for side, spans in enumerate(sides):
            for span in sorted(spans, key=lambda one: (one[1], one[2], one[0])):
                if span[3] in codes:
                    by_code.setdefault(span[3], ([], []))[side].append(span)
        for code, (ours, theirs) in by_code.items():
            pairs = match([(s[1], s[2]) for s in ours], [(s[1], s[2]) for s in theirs], theta)
            for one, other, overlap in pairs:
                a, b = ours[one], theirs[other]
                edges += [(a[1], a[2]), (b[1], b[2])]
                here.append(
                    AgreedPassage(
                        material.reading.documents[at],
                        code,
                        Span(a[1], a[2]),
                        Span(b[1], b[2]),
                        overlap,
                        (a[4][0], b[4][0]),
                        (a[4][1], b[4][1]),
                    )
                )
        shown = in_present(project, material.reading, at, edges)
        for number, passage in enumerate(here):
            ours_now, theirs_now = shown[2 * number], shown[2 * number + 1]
            found.append(replace(passage, first=Span(*ours_now), second=Span(*theirs_now)))
    return found


def items(
    project: Project, material: Material, first: UUID, second: UUID
) -> Iterator[tuple[int, Difference]]:
    """The items that two coders' segments make in the codes compared, each with the number of
    its document; positions as they were counted."""
    codes = {code.id for code in material.codes}
    parents = {row.id: row.parent for row in project.codes.all(counted=False)}
    for at, sides in _both(project, material, first, second):
        ours, theirs = ([span for span in side if span[3] in codes] for side in sides)
        for item in classify(ours, theirs, near=near_in(parents), theta=_theta(material)):
            yield at, item


def differences(
    project: Project, material: Material, first: UUID, second: UUID
) -> dict[DifferenceKind, int]:
    """How many items of each class the segments of two coders make, in the codes compared."""
    counts = Counter(item.kind for _at, item in items(project, material, first, second))
    return dict(counts)


@frozen
class Unitized:
    """A code judged with the edges of its segments: u-alpha (2016) over the whole texts of
    documents that all of the coders finished."""

    code: UUID
    alpha: Figure
    segments: tuple[int, ...]  # of each coder


def unitized(material: Material) -> tuple[Unitized, ...]:
    """Every code that anybody used. Overlapping segments of one coder are one unit; those that
    touch stay two. Scope and unit of the other figures play no part here."""
    coders = len(material.reading.coders)
    places = _finished_by_all(material)
    found = []
    for code, here in sorted(units_of(material).items()):
        numbers = [0] * coders
        continua: list[Continuum] = []
        for at in places:
            units = here.get(at, [[]] * coders)
            numbers = [n + len(own) for n, own in zip(numbers, units, strict=True)]
            valued = [[(start, end, code) for start, end in own] for own in units]
            continua.append((material.documents[at].length, valued))
        figure = unitizing(continua).u_alpha
        found.append(Unitized(material.codes[code].id, figure, tuple(numbers)))
    return tuple(found)


def units_of(material: Material, only: int | None = None) -> dict[int, dict[int, list[list[Pair]]]]:
    """By number of code (all, or ``only`` one) and of document each coder's segments as they
    are judged with their edges, in the documents that all of them finished."""
    places = set(_finished_by_all(material))
    coders = len(material.reading.coders)
    cells: dict[int, dict[int, list[list[Pair]]]] = {}
    for at, code, coder, start, end in material.segments():
        if only not in (None, code):
            continue
        length = material.documents[at].length
        if at in places and start < min(end, length):
            of_code = cells.setdefault(code, {})
            of_code.setdefault(at, [[] for _ in range(coders)])[coder].append(
                (start, min(end, length))
            )
    return {
        code: {at: [unite(own, touching=False) for own in units] for at, units in here.items()}
        for code, here in cells.items()
    }


def _finished_by_all(material: Material) -> list[int]:
    everyone = (1 << len(material.reading.coders)) - 1
    return [at for at in material.counts.counted if material.counts.present[at] == everyone]


def _theta(material: Material) -> float:
    row = material.reading.round
    return SAME_PASSAGE if row is None else row.overlap


def _numbers(material: Material, first: UUID, second: UUID) -> tuple[int, int]:
    places = {coder.id: at for at, coder in enumerate(material.reading.coders)}
    try:
        return places[first], places[second]
    except KeyError as error:
        raise NotFound("This coder is not among those who were compared.") from error


Sides = tuple[list[CodedSpan], list[CodedSpan]]


def _both(
    project: Project, material: Material, first: UUID, second: UUID
) -> Iterable[tuple[int, Sides]]:
    """The segments of two coders in each document that both finished, with what they carry."""
    one, other = _numbers(material, first, second)
    pair = 1 << one | 1 << other
    reading = material.reading
    wanted = {
        reading.documents[at]: at
        for at in material.counts.counted
        if material.counts.present[at] & pair == pair
    }
    found: dict[int, Sides] = {at: ([], []) for at in wanted.values()}
    side_of = {first: 0, second: 1}
    if reading.round is None:
        _present(project, material, wanted, side_of, found)
    else:
        _frozen(project, reading.round.id, material, wanted, side_of, found)
    return found.items()


def _frozen(
    project: Project,
    round_: UUID,
    material: Material,
    wanted: dict[UUID, int],
    side_of: dict[UUID, int],
    found: dict[int, Sides],
) -> None:
    reading = material.reading
    keys = [
        one.snapshot
        for one in project.rounds.counting(round_)
        if one.coder in side_of and one.document in wanted
    ]
    for start in range(0, len(keys), 200):
        for row in project.connection.execute(
            select(Snapshot).where(Snapshot.id.in_(keys[start : start + 200]))
        ).all():
            at = wanted[row.document_id]
            ground = reading.grounds[at]
            codings = read_codings(row.codings)
            edges: Any = zip(codings.starts, codings.ends, strict=True)
            edits = read_marks(row.edits)
            if ground is not None and edits != ground.edits:
                edges = carry_edges(edges, edits, ground.edits)
            side = found[at][side_of[row.coder_id]]
            for number, (begin, end) in enumerate(edges):
                side.append(
                    (
                        codings.ids[number],
                        begin,
                        end,
                        reading.frame.identity(codings.codes[number]),
                        (
                            codings.valences[number],
                            codings.levels[number],
                            codings.strengths[number],
                        ),
                    )
                )


def _present(
    project: Project,
    material: Material,
    wanted: dict[UUID, int],
    side_of: dict[UUID, int],
    found: dict[int, Sides],
) -> None:
    frame = material.reading.frame
    levels: dict[UUID, set[UUID]] = {}
    whose = (Coding.coder_id.in_(list(side_of)), Coding.layer == Layer.CODER.value)
    for coding, level in project.connection.execute(
        select(CodingLevel.coding_id, CodingLevel.level_id)
        .join(Coding, Coding.id == CodingLevel.coding_id)
        .where(*whose)
    ).all():
        levels.setdefault(coding, set()).add(level)
    for key, document, coder, code, start, end, valence, strength in project.connection.execute(
        select(
            Coding.id,
            Coding.document_id,
            Coding.coder_id,
            Coding.code_id,
            Coding.start,
            Coding.end,
            Coding.valence,
            Coding.strength,
        ).where(*whose)
    ).all():
        at = wanted.get(document)
        if at is None or coder is None:
            continue
        carried = (
            Valence(valence) if valence else None,
            frozenset(levels.get(key, ())),
            strength,
        )
        found[at][side_of[coder]].append((key, start, end, frame.identity(code), carried))
