"""The u-alpha family of a project's codes, one code at a time: codes may overlap, units may not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikt_coder.agreement.counts import Segment
from ikt_coder.agreement.ground import CodedDocument, Ground
from ikt_coder.agreement.spans import Pair, unite
from ikt_coder.agreement.unitizing import Continuum, Unitizing, unitizing


def unitized_codes(
    documents: Sequence[CodedDocument],
    segments: Iterable[Segment],
    *,
    codes: int,
    coders: Sequence[int],
) -> list[Unitizing]:
    """For each code, over the documents that all of ``coders`` finished.

    One coder's overlapping segments of the code are one unit, touching ones stay two. Each
    piece of the scope is a text of its own. On one code u-alpha is the one against gaps, and
    there is no cu-alpha: which code it is cannot differ.
    """
    everyone = sum(1 << coder for coder in coders)
    grounds = [Ground(document) for document in documents]
    of_code: list[dict[tuple[int, int], list[Pair]]] = [{} for _ in range(codes)]
    for document, code, coder, start, end in segments:
        if grounds[document].present & everyone == everyone:
            of_code[code].setdefault((document, coder), []).append((start, end))
    pieces = [
        (at, piece)
        for at, ground in enumerate(grounds)
        if ground.present & everyone == everyone
        for piece in ground.cut(0, ground.length)
    ]
    return [unitizing(_continua(pieces, spans, coders)) for spans in of_code]


def _continua(
    pieces: Iterable[tuple[int, Pair]],
    spans: dict[tuple[int, int], list[Pair]],
    coders: Sequence[int],
) -> Iterable[Continuum]:
    united = {key: unite(own, touching=False) for key, own in spans.items()}
    for document, (low, high) in pieces:
        yield (
            high - low,
            [
                [
                    (max(start, low) - low, min(end, high) - low, True)
                    for start, end in united.get((document, coder), ())
                    if start < high and low < end
                ]
                for coder in coders
            ],
        )
