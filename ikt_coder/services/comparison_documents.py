"""Agreement document by document, and the means over documents under their own names."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from uuid import UUID

from ikt_coder.agreement.counts import Fourfold
from ikt_coder.agreement.figure import Figure, Reason, mean, ratio
from ikt_coder.agreement.per_code import code_agreement
from ikt_coder.agreement.two_coders import pooled_kappa
from ikt_coder.core.frozen import frozen
from ikt_coder.services.comparison_rows import Agreement


@frozen
class InDocument:
    """One document. For one code ``both``, ``only`` and ``neither`` count units and ``figure``
    is the round's coefficient; over all codes they are sums over codes, and ``figure`` is the
    kappa pooled over codes."""

    document: UUID
    title: str
    units: int
    coders: tuple[UUID, ...]
    both: int
    only: tuple[int, ...]
    some: int
    neither: int
    codes: int
    percent: Figure
    figure: Figure


@frozen
class Means:
    """Means over the documents in which the figure is defined; ``left_out`` have none.
    ``pooled`` is the figure of the counts of all documents together."""

    mean: Figure
    length_weighted: Figure
    pooled: Figure
    left_out: int


def per_document(agreement: Agreement, code: UUID | None) -> tuple[tuple[InDocument, ...], Means]:
    """Every document, for one code or over all. Raises KeyError for an unknown code."""
    rows = _over_all(agreement) if code is None else _of_code(agreement, code)
    if code is None:
        pooled = agreement.overall.pooled_kappa
    else:
        pooled = agreement.line(code).figures.figures[agreement.coefficient]
    defined = [(row.units, row.figure.value) for row in rows if row.figure.value is not None]
    weighted = ratio(
        pooled.id,
        sum(units * value for units, value in defined),
        sum(units for units, _value in defined),
        Reason.NO_VARIATION,
    )
    unweighted = mean(pooled.id, (row.figure for row in rows))
    return rows, Means(unweighted, weighted, pooled, len(rows) - len(defined))


def _of_code(agreement: Agreement, code: UUID) -> tuple[InDocument, ...]:
    place = agreement.line(code).place
    coders = tuple(range(len(agreement.coders)))
    numbers = {key: at for at, key in enumerate(agreement.places)}
    found = []
    for document in agreement.documents:
        one = code_agreement(agreement.counts, place, coders, (numbers[document.id],))
        found.append(
            InDocument(
                document.id,
                document.title,
                one.units,
                document.coders,
                one.both,
                one.only,
                one.some,
                one.neither,
                1 if one.used_by else 0,
                one.figures["percent"],
                one.figures[agreement.coefficient],
            )
        )
    return tuple(found)


def _over_all(agreement: Agreement) -> tuple[InDocument, ...]:
    counts = agreement.counts
    numbers = {key: at for at, key in enumerate(agreement.places)}
    used: dict[int, list[int]] = {}
    for code, cells in enumerate(counts.cells):
        for where in cells:
            used.setdefault(where, []).append(code)
    pairs = tuple(combinations(range(len(agreement.coders)), 2))
    found = []
    for document in agreement.documents:
        at = numbers[document.id]
        present = counts.present[at]
        here = [pair for pair in pairs if present >> pair[0] & 1 and present >> pair[1] & 1]
        codes = used.get(at, [])
        both = some = 0
        only = [0] * len(agreement.coders)
        applied_at_all = 0
        for code in codes:
            for mask, units in counts.cells[code][at].patterns.items():
                applied = mask & present
                applied_at_all += units
                if applied == present:
                    both += units
                elif applied.bit_count() == 1:
                    only[applied.bit_length() - 1] += units
                else:
                    some += units
        tables = {
            pair: [_fourfold(counts.cells[code][at].patterns, *pair, counts.units[at])
                   for code in codes]
            for pair in here
        }  # fmt: skip
        found.append(
            InDocument(
                document.id,
                document.title,
                counts.units[at],
                document.coders,
                both,
                tuple(only),
                some,
                counts.units[at] * len(agreement.codes) - applied_at_all,
                len(codes),
                mean("percent", (_percent(agreement, at, found) for found in tables.values())),
                mean("pooled_kappa", (pooled_kappa(found) for found in tables.values())),
            )
        )
    return tuple(found)


def _fourfold(patterns: Mapping[int, int], first: int, second: int, whole: int) -> Fourfold:
    """Two coders' counts of a code in one document that both finished."""
    a, b = 1 << first, 1 << second
    both = only_a = only_b = 0
    for applied, units in patterns.items():
        if applied & a:
            if applied & b:
                both += units
            else:
                only_a += units
        elif applied & b:
            only_b += units
    return Fourfold(both, only_a, only_b, whole - both - only_a - only_b)


def _percent(agreement: Agreement, document: int, tables: list[Fourfold]) -> Figure:
    """The mean over all codes; those that nobody used in the document agree throughout."""
    units = agreement.counts.units[document]
    agreeing = sum(table.both + table.neither for table in tables)
    agreeing += units * (len(agreement.codes) - len(tables))
    return ratio("percent", agreeing, units * len(agreement.codes), Reason.NO_COMMON_DOCUMENT)
