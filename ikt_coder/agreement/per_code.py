"""What is shown of each code: counts, coefficients, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ikt_coder.agreement import many_coders, two_coders
from ikt_coder.agreement.counts import Counts, Fourfold, Tally, fourfold_of
from ikt_coder.agreement.figure import Figure, Flag, Reason, ratio
from ikt_coder.core.frozen import frozen

PREVALENCE_INDEX: Final = 0.6
PREVALENCE_GAP: Final = 0.4
BIAS_INDEX: Final = 0.1
SMALL_PASSAGES: Final = 3
SMALL_DOCUMENTS: Final = 2
"""From which values a flag is set: this program's own choice, not from the literature."""

COEFFICIENTS: Final = tuple(two_coders.FORMULAS)


@frozen
class CodeAgreement:
    """One code, over the documents that at least two of the coders finished.

    ``both`` counts units that all coders who judged them coded, ``only`` those that one coder
    alone coded (in the order of ``coders``), ``some`` those that several but not all coded
    (0 with two coders), ``neither`` the others. ``prevalence`` is the share of judgements that
    applied the code, ``used_by`` the mask of coders who did so anywhere.
    """

    code: int
    coders: tuple[int, ...]
    units: int
    both: int
    only: tuple[int, ...]
    some: int
    neither: int
    documents: int
    passages: int
    prevalence: float | None
    used_by: int
    figures: Mapping[str, Figure]
    flags: tuple[Flag, ...]

    def value(self, coefficient: str) -> float | None:
        return self.figures[coefficient].value


def per_code(counts: Counts, coders: Sequence[int] | None = None) -> list[CodeAgreement]:
    """Every code; ``coders`` chooses two or more of them, None takes all."""
    return [code_agreement(counts, code, coders) for code in range(counts.codes)]


def code_agreement(
    counts: Counts,
    code: int,
    coders: Sequence[int] | None = None,
    documents: Iterable[int] | None = None,
) -> CodeAgreement:
    """One code, over all documents or some. ValueError for fewer than two coders."""
    chosen = tuple(range(counts.coders)) if coders is None else tuple(coders)
    if len(set(chosen)) < 2:
        raise ValueError("agreement takes at least two coders")
    looked_at = counts.counted if documents is None else tuple(documents)
    tally = narrowed(counts.tally(code, looked_at), chosen)
    wanted = sum(1 << coder for coder in chosen)
    documents_with, passages = _spread(counts, code, looked_at, wanted)
    both = some = neither = units = 0
    only = dict.fromkeys(chosen, 0)
    used_by = 0
    for (present, applied), number in tally.items():
        units += number
        used_by |= applied
        if not applied:
            neither += number
        elif applied == present:
            both += number
        elif applied.bit_count() == 1:
            only[applied.bit_length() - 1] += number
        else:
            some += number
    found = many_coders.sums(tally)
    figures = figures_of(tally, chosen)
    return CodeAgreement(
        code,
        chosen,
        units,
        both,
        tuple(only[coder] for coder in chosen),
        some,
        neither,
        documents_with,
        passages,
        found.ones / found.values if found.values else None,
        used_by,
        figures,
        _flags(tally, chosen, figures, used_by, documents_with, passages),
    )


def narrowed(tally: Tally, coders: Sequence[int]) -> Tally:
    """The tally of some of the coders: units that fewer than two of them judged are left out."""
    wanted = sum(1 << coder for coder in coders)
    kept: Tally = {}
    for (present, applied), number in tally.items():
        key = (present & wanted, applied & present & wanted)
        if key[0].bit_count() > 1:
            kept[key] = kept.get(key, 0) + number
    return kept


def figures_of(tally: Tally, coders: tuple[int, ...]) -> dict[str, Figure]:
    """All coefficients, by id."""
    if len(coders) == 2:
        counts = fourfold_of(tally, *coders)
        return {id: two_coders.figure(id, counts) for id in COEFFICIENTS}
    return many_coders.figures(COEFFICIENTS, tally, coders)


def document_figures(
    counts: Counts, code: int, coders: Sequence[int] | None = None
) -> list[tuple[int, CodeAgreement]]:
    """A code's agreement in each document that two of the coders finished."""
    found = []
    for document in counts.counted:
        agreement = code_agreement(counts, code, coders, (document,))
        if agreement.units:
            found.append((document, agreement))
    return found


def mean_of_documents(
    rows: Iterable[tuple[int, CodeAgreement]], coefficient: str, *, weighted: bool = False
) -> Figure:
    """The mean over the documents in which the coefficient is defined, perhaps weighted with
    their numbers of units. Not the pooled figure: each has a name of its own."""
    total = weights = 0.0
    reason = Reason.NO_COMMON_DOCUMENT
    for _document, row in rows:
        reason = Reason.NO_VARIATION
        value = row.value(coefficient)
        if value is not None:
            weight = row.units if weighted else 1
            total += weight * value
            weights += weight
    return ratio(coefficient, total, weights, reason)


def _spread(counts: Counts, code: int, documents: Sequence[int], wanted: int) -> tuple[int, int]:
    """In how many documents the coders applied the code, and in how many passages."""
    with_code = passages = 0
    cells = counts.cells[code]
    for document in documents:
        cell = cells.get(document)
        if cell is None or (counts.present[document] & wanted).bit_count() < 2:
            continue
        if any(mask & wanted for mask in cell.patterns):
            with_code += 1
            passages += cell.passages
    return with_code, passages


def _flags(
    tally: Tally,
    coders: tuple[int, ...],
    figures: Mapping[str, Figure],
    used_by: int,
    documents: int,
    passages: int,
) -> tuple[Flag, ...]:
    if not tally:
        return ()
    if not used_by:
        return (Flag.NOT_USED,)
    flags = []
    alone = used_by.bit_count() == 1
    found = many_coders.sums(tally)
    percent, kappa = figures["percent"].value, figures["kappa"].value
    off_half = abs(2 * found.ones - found.values) / found.values
    if (
        not alone
        and percent is not None
        and kappa is not None
        and off_half > PREVALENCE_INDEX
        and percent - kappa > PREVALENCE_GAP
    ):
        flags.append(Flag.PREVALENCE)
    if any(_biased(counts) for counts in many_coders.pair_tables(tally, coders)):
        flags.append(Flag.BIAS)
    if passages < SMALL_PASSAGES or documents < SMALL_DOCUMENTS:
        flags.append(Flag.SMALL_BASE)
    if alone:
        flags.append(Flag.ONLY_ONE_CODER)
    return tuple(flags)


def _biased(counts: Fourfold) -> bool:
    index = two_coders.bias_index(counts)
    return index is not None and index >= BIAS_INDEX
