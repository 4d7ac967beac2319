"""Figures over all codes, and the matrix of coder pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ikt_coder.agreement.counts import Counts, Fourfold
from ikt_coder.agreement.figure import Figure, Flag, Reason, mean, ratio
from ikt_coder.agreement.many_coders import pair_tables
from ikt_coder.agreement.per_code import CodeAgreement, per_code
from ikt_coder.agreement.two_coders import figure, pooled_kappa
from ikt_coder.core.frozen import frozen


@frozen
class Overall:
    """All codes together.

    ``pooled_kappa`` pools observed and expected agreement over codes (with more than two
    coders: the mean over pairs). The means are over codes whose coefficient is defined;
    ``left_out`` counts codes without a kappa, ``not_used`` those that nobody applied.
    """

    pooled_kappa: Figure
    mean_kappa: Figure
    mean_alpha: Figure
    lowest_kappa: float | None
    highest_kappa: float | None
    percent: Figure
    codes: int
    left_out: int
    not_used: int
    documents: int


@frozen
class PairAgreement:
    """Two coders, on the documents both finished. ``counts`` and ``kappa`` are of one code;
    over all codes ``counts`` is None and ``kappa`` the pooled one."""

    first: int
    second: int
    documents: int
    counts: Fourfold | None
    percent: Figure
    kappa: Figure


def overall(
    counts: Counts,
    coders: Sequence[int] | None = None,
    rows: Sequence[CodeAgreement] | None = None,
) -> Overall:
    """All codes together; ``rows`` are those of ``per_code``, where they are there already."""
    chosen = tuple(range(counts.coders)) if coders is None else tuple(coders)
    found = per_code(counts, chosen) if rows is None else rows
    kappas = [value for row in found if (value := row.value("kappa")) is not None]
    tables = [pair_tables(counts.tally(row.code), chosen) for row in found]
    pooled = [
        pooled_kappa(of_code[pair] for of_code in tables)
        for pair in range(len(chosen) * (len(chosen) - 1) // 2)
    ]
    return Overall(
        mean("pooled_kappa", pooled),
        mean("mean_kappa", (row.figures["kappa"] for row in found)),
        mean("mean_alpha", (row.figures["alpha"] for row in found)),
        min(kappas, default=None),
        max(kappas, default=None),
        mean("percent", (row.figures["percent"] for row in found)),
        len(found),
        len(found) - len(kappas),
        sum(1 for row in found if Flag.NOT_USED in row.flags),
        _documents(counts, chosen),
    )


def pair_matrix(
    counts: Counts, code: int | None = None, coders: Sequence[int] | None = None
) -> list[PairAgreement]:
    """Each pair of coders once, for one code or (None) over all codes."""
    chosen = tuple(range(counts.coders)) if coders is None else tuple(coders)
    codes = range(counts.codes) if code is None else (code,)
    by_code = [pair_tables(counts.tally(at), chosen) for at in codes]
    found = []
    for pair, (first, second) in enumerate(combinations(chosen, 2)):
        documents = _documents(counts, (first, second))
        tables = [of_code[pair] for of_code in by_code]
        if code is not None:
            table = tables[0]
            found.append(
                PairAgreement(
                    first,
                    second,
                    documents,
                    table,
                    figure("percent", table),
                    figure("kappa", table),
                )
            )
            continue
        agreeing = sum(table.both + table.neither for table in tables)
        units = sum(table.units for table in tables)
        found.append(
            PairAgreement(
                first,
                second,
                documents,
                None,
                ratio("percent", agreeing, units, Reason.NO_COMMON_DOCUMENT),
                pooled_kappa(tables),
            )
        )
    return found


def _documents(counts: Counts, coders: Sequence[int]) -> int:
    wanted = sum(1 << coder for coder in coders)
    return sum(1 for mask in counts.present if (mask & wanted).bit_count() > 1)
