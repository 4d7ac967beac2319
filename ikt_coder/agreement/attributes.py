"""Direction and levels among passages on whose code two coders agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from ikt_coder.agreement.figure import Figure, Reason, mean
from ikt_coder.agreement.nominal import Judgements
from ikt_coder.core.frozen import frozen


@frozen
class AttributeAgreement:
    """A square table: ``table[i][j]`` passages to which the first coder gave category i and
    the second j. Passages where either set nothing stand apart and are in no figure."""

    categories: tuple[Hashable, ...]
    table: tuple[tuple[int, ...], ...]
    neither_set: int
    only_first_set: int
    only_second_set: int
    units: int
    percent: Figure
    kappa: Figure


@frozen
class LevelAgreement:
    """The mean over passages of shared levels over levels of either; passages to which neither
    coder gave a level stand apart."""

    units: int
    same: int
    mean_jaccard: Figure
    neither_set: int


def attribute_agreement(
    pairs: Iterable[tuple[Hashable, Hashable]], categories: Sequence[Hashable]
) -> AttributeAgreement:
    """From the two coders' values on each agreed passage, None for not set. ValueError for a
    value outside the categories."""
    counts = Counter(pairs)
    order = {category: at for at, category in enumerate(categories)}
    table = [[0] * len(order) for _ in order]
    neither = only_first = only_second = 0
    for (one, other), number in counts.items():
        for value in (one, other):
            if value is not None and value not in order:
                raise ValueError(f"{value!r} is none of the categories")
        if one is None and other is None:
            neither += number
        elif other is None:
            only_first += number
        elif one is None:
            only_second += number
        else:
            table[order[one]][order[other]] += number
    rows = [(table[i][j], (one, other)) for one, i in order.items() for other, j in order.items()]
    judgements = Judgements(rows, 2, tuple(order))
    return AttributeAgreement(
        tuple(order),
        tuple(tuple(row) for row in table),
        neither,
        only_first,
        only_second,
        judgements.pairable,
        judgements.percent(),
        judgements.kappa(),
    )


def level_agreement(
    pairs: Iterable[tuple[frozenset[Hashable], frozenset[Hashable]]],
) -> LevelAgreement:
    """From the two coders' sets of levels on each agreed passage."""
    found: list[Figure] = []
    neither = same = 0
    for one, other in pairs:
        if not one and not other:
            neither += 1
            continue
        same += one == other
        found.append(Figure("mean_jaccard", len(one & other) / len(one | other)))
    if not found:
        none = Figure("mean_jaccard", None, Reason.NO_VARIATION)
        return LevelAgreement(0, 0, none, neither)
    return LevelAgreement(len(found), same, mean("mean_jaccard", found), neither)
