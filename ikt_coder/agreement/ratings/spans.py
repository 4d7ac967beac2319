"""Ratings given as the coded spans of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ikt_coder.agreement.counts import (
    Counts,
    Fourfold,
    Rule,
    count,
    count_presence,
    frequency_agreement,
)
from ikt_coder.agreement.figure import mean
from ikt_coder.agreement.ground import CodedDocument, unit_flags
from ikt_coder.agreement.overall import overall, pair_matrix
from ikt_coder.agreement.per_code import code_agreement
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.coded import Coded, read
from ikt_coder.agreement.ratings.over_documents import over_documents
from ikt_coder.agreement.ratings.segments import segment_answers
from ikt_coder.agreement.ratings.shape import DataError, category, option, sequence
from ikt_coder.agreement.ratings.units import fourfold, named_counts
from ikt_coder.agreement.sets import set_alpha
from ikt_coder.agreement.two_coders import figure

ALL_CODES: Final = "all codes pooled"


def evaluate(data: Mapping[str, Any], params: Mapping[str, Any], answers: Answers) -> None:
    """Character counts, and what follows from segments, sets of codes and larger units.

    "code" and "codes" of the params choose codes, "theta" the overlap of segments, "unit" and
    "rule" a projection.
    """
    coded = read(data)
    if "codes" in params:
        chosen = [category(one, "a code") for one in sequence(params["codes"], "“codes”")]
        unknown = next((one for one in chosen if one not in coded.codes), None)
        if unknown is not None:
            raise DataError(f"The code “{unknown}” of “codes” is not in the data.")
        coded = coded.only(list(dict.fromkeys(chosen)))
    counts = coded.counts()
    _per_code(coded, counts, answers)
    segment_answers(coded, params, answers)
    for distance in ("jaccard", "masi"):
        answers.add(
            f"alpha_sets_{distance}",
            set_alpha(coded.grounds, coded.segments, coders=len(coded.coders), distance=distance),
        )
    one = _one_code(coded, params)
    _presence(coded, one, answers)
    if one is None:
        return
    alone = coded.only([one])
    _one(alone, alone.counts(), answers)
    _projection(alone, params, answers)


def _per_code(coded: Coded, counts: Counts, answers: Answers) -> None:
    together = overall(counts)
    answers.add("pooled_kappa", together.pooled_kappa)
    answers.add("mean_kappa", together.mean_kappa)
    if len(coded.coders) > 2:
        return
    rows: dict[str, Any] = {}
    for at, code in enumerate(coded.codes):
        table = counts.fourfold(at, 0, 1)
        values = {id: figure(id, table).value for id in ("kappa", "percent", "jaccard")}
        rows[str(code)] = {**values, **named_counts(table, coded.coders)}
    answers.put("per_code", rows)
    anything = [
        (document, 0, coder, start, end) for document, _code, coder, start, end in coded.segments
    ]
    merged = count(coded.grounds, anything, codes=1, coders=2)
    answers.add("kappa_any_code", figure("kappa", merged.fourfold(0, 0, 1)))


def _one(coded: Coded, counts: Counts, answers: Answers) -> None:
    """One code, over all documents."""
    found = code_agreement(counts, 0)
    figures = found.figures
    present = [ground.coders.bit_count() for ground in coded.grounds]
    sizes = [ground.length for ground in coded.grounds]
    answers.put(
        "n_units",
        {
            "total": sum(sizes),
            "rated_by_2_or_more": found.units,
            "rated_by_all": sum(
                size
                for size, coders in zip(sizes, present, strict=True)
                if coders == len(coded.coders)
            ),
        },
    )
    answers.put("n_pairable_units", found.units)
    answers.add("percent", figures["percent"])
    answers.add("krippendorff_alpha_nominal", figures["alpha"])
    answers.add("gwet_ac1", figures["ac1"])
    for id in ("bennett_s", "fleiss_kappa", "conger_kappa"):
        answers.add(id, figures[id])
    answers.add("brennan_prediger", figures["bennett_s"])
    pairs = pair_matrix(counts, 0)
    names = coded.coders
    answers.put(
        "kappa_pairwise",
        {f"{names[pair.first]}-{names[pair.second]}": pair.kappa.value for pair in pairs},
    )
    if len(names) > 2:
        answers.add("light_kappa", mean("kappa", (pair.kappa for pair in pairs)))
        return
    answers.add("kappa", figures["kappa"])
    answers.add("scott_pi", figures["scott_pi"])
    fourfold(counts.fourfold(0, 0, 1), names, answers)
    over_documents(counts, [str(one) for one in coded.documents], answers)


def _presence(coded: Coded, code: Any, answers: Answers) -> None:
    """Whether a code occurs in a document at all, and how often."""
    if len(coded.coders) > 2:
        return
    present = count_presence(
        coded.grounds, coded.segments, codes=len(coded.codes), coders=len(coded.coders)
    )
    equal = frequency_agreement(
        coded.grounds, coded.segments, codes=len(coded.codes), first=0, second=1
    )
    tables = [present.fourfold(at, 0, 1) for at in range(len(coded.codes))]
    if code is None:
        table = Fourfold(*(sum(one[field] for one in tables) for field in range(4)))
        wanted = {"percent": "percent", "bennett_s": "bennett_s"}
        shares = [one for one in equal if one is not None]
        share = sum(shares) / len(shares) if shares else None
    else:
        at = coded.codes.index(code)
        table, share = tables[at], equal[at]
        wanted = {
            "percent": "percent",
            "kappa": "kappa",
            "bennett_s": "bennett_s",
            "gwet_ac1": "ac1",
        }
    answers.put("document_presence", {name: figure(id, table).value for name, id in wanted.items()})
    answers.put("document_frequency", {"percent_equal_counts": share})


def _projection(coded: Coded, params: Mapping[str, Any], answers: Answers) -> None:
    """The code on larger units, unit by unit."""
    kinds = [set(units) for units in coded.units]
    known = sorted(set.intersection(*kinds)) if kinds else []
    if not known or len(coded.coders) > 2:
        return
    unit = option(params, "unit", known, known[0])
    rule = Rule(option(params, "rule", [one.value for one in Rule], Rule.ANY.value))
    flags: list[list[int]] = [[], []]
    table = [0, 0, 0, 0]
    for at, (ground, units) in enumerate(zip(coded.grounds, coded.units, strict=True)):
        document = CodedDocument(ground.length, ground.coders, ground.scope, units[unit])
        own = [
            (coder, start, end)
            for document_at, _code, coder, start, end in coded.segments
            if document_at == at
        ]
        first, second = unit_flags(document, own, rule, coders=2)
        flags[0] += first
        flags[1] += second
        if ground.coders == 3:
            for one, other in zip(first, second, strict=True):
                table[(1 - one) * 2 + (1 - other)] += 1
    counts = Fourfold(*table)
    names = coded.coders
    answers.put(
        "unit_projection",
        {
            names[0]: flags[0],
            names[1]: flags[1],
            "counts": list(counts),
            "percent": figure("percent", counts).value,
            "kappa": figure("kappa", counts).value,
        },
    )


def _one_code(coded: Coded, params: Mapping[str, Any]) -> Any:
    """The code that figures of a single code are about; None where there are several."""
    given = params.get("code")
    if given is None:
        return coded.codes[0] if len(coded.codes) == 1 else None
    if given == ALL_CODES and given not in coded.codes:
        return None
    if given not in coded.codes:
        raise DataError(f"The code “{given}” of “code” is not in the data.")
    return given
