"""Alpha over sets of codes: one figure for texts that carry several codes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from ikt_coder.agreement.alpha import Apart, Distance, Row, alpha, by_distance
from ikt_coder.agreement.counts import Segment
from ikt_coder.agreement.figure import Figure
from ikt_coder.agreement.ground import CodedDocument, Ground

CodeSet = frozenset[Hashable]


def jaccard_distance(one: CodeSet, other: CodeSet) -> float:
    """1 − shared codes over codes of either; two empty sets are the same."""
    whole = len(one | other)
    return 1 - len(one & other) / whole if whole else 0.0


def dice_distance(one: CodeSet, other: CodeSet) -> float:
    """1 − twice the shared codes over the codes of both, counted for each."""
    both = len(one) + len(other)
    return 1 - 2 * len(one & other) / both if both else 0.0


def masi_distance(one: CodeSet, other: CodeSet) -> float:
    """1 − Jaccard × monotonicity (1 the same, 2/3 one within the other, 1/3 overlapping,
    0 apart), Passonneau 2006; not the older product of two distances."""
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - shared / len(one | other) * monotonicity


_MANY: Final = 200
_CELLS: Final = 2_000_000
"""From how many sets on arrays are used, and how many pairs are held at once."""

DISTANCES: Final[dict[str, Distance]] = {
    "jaccard": jaccard_distance,
    "masi": masi_distance,
    "dice": dice_distance,
}


def set_alpha(
    documents: Sequence[CodedDocument],
    segments: Iterable[Segment],
    *,
    coders: int,
    distance: str = "jaccard",
) -> Figure:
    """Alpha over the sets of codes at each character. KeyError for an unknown distance."""
    rows = set_rows(documents, segments, coders=coders)
    return alpha(f"alpha_sets_{distance}", rows, sets_apart(distance))


def sets_apart(distance: str) -> Apart:
    """The sum of distances over all pairs of sets; for thousands of sets, as a project has
    them, by arrays. KeyError for an unknown distance."""
    pairwise = by_distance(DISTANCES[distance])

    def apart(numbers: Counter[CodeSet]) -> float:
        return pairwise(numbers) if len(numbers) < _MANY else _by_arrays(numbers, distance)

    return apart


def _by_arrays(numbers: Counter[CodeSet], distance: str) -> float:
    import numpy

    codes = {code: at for at, code in enumerate({code for one in numbers for code in one})}
    holds = numpy.zeros((len(numbers), max(1, len(codes))), dtype=numpy.float32)
    for row, one in enumerate(numbers):
        for code in one:
            holds[row, codes[code]] = 1
    sizes = holds.sum(axis=1, dtype=numpy.float64)
    weights = numpy.array(list(numbers.values()), dtype=numpy.float64)
    total = 0.0
    step = max(1, _CELLS // len(numbers))
    for start in range(0, len(numbers), step):
        own = slice(start, start + step)
        shared = (holds[own] @ holds.T).astype(numpy.float64)
        one, other = sizes[own, None], sizes[None, :]
        if distance == "dice":
            alike = 2 * shared / numpy.maximum(one + other, 1)
        else:
            alike = shared / numpy.maximum(one + other - shared, 1)
        if distance == "masi":
            smaller = numpy.minimum(one, other)
            same = (shared == one) & (one == other)
            alike *= numpy.where(same, 1.0, numpy.where(shared == smaller, 2 / 3, 1 / 3))
        apart = 1.0 - alike
        apart[(one + other) == 0] = 0.0
        total += float(weights[own] @ apart @ weights)
    return total


def set_rows(
    documents: Sequence[CodedDocument], segments: Iterable[Segment], *, coders: int
) -> list[Row]:
    """Characters by the set of codes each coder gave them; None for coders who have not
    finished the document. Units other than characters are not looked at."""
    of_document: dict[int, list[tuple[int, int, int, int]]] = {}
    for at, code, coder, start, end in segments:
        if documents[at].coders >> coder & 1:
            of_document.setdefault(at, []).append((code, coder, start, end))
    rows: Counter[tuple[Hashable, ...]] = Counter()
    for at, document in enumerate(documents):
        _add_document(rows, document, of_document.get(at, ()), coders)
    return [(number, values) for values, number in rows.items()]


def _add_document(
    rows: Counter[tuple[Hashable, ...]],
    document: CodedDocument,
    segments: Iterable[tuple[int, int, int, int]],
    coders: int,
) -> None:
    ground = Ground(document)
    events: list[tuple[int, int, int, int]] = []
    for code, coder, start, end in segments:
        for low, high in ground.cut(start, end):
            events += [(low, 1, coder, code), (high, -1, coder, code)]
    for low, high in ground.cut(0, document.length):
        # Nobody's ends: the walk stops there, so that what lies between pieces is not counted.
        events += [(low, 1, -1, 0), (high, -1, -1, 0)]
    events.sort()
    open_codes: list[Counter[int]] = [Counter() for _ in range(coders)]
    empty: tuple[CodeSet | None, ...] = tuple(
        frozenset() if document.coders >> one & 1 else None for one in range(coders)
    )
    values = empty
    inside = before = 0
    stale = False
    for at, step, coder, code in events:
        if at > before:
            if stale:
                values = tuple(
                    None if nothing is None else frozenset(open_codes[one])
                    for one, nothing in enumerate(empty)
                )
                stale = False
            if inside:
                rows[values] += at - before
            before = at
        if coder < 0:
            inside += step
            continue
        own = open_codes[coder]
        own[code] += step
        if not own[code]:
            del own[code]
        stale = True
