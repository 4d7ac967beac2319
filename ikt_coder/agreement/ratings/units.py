"""Ratings given as units: one row each, or rows that say how many units are like them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from string import ascii_uppercase
from typing import Any, Final

from ikt_coder.agreement import two_coders
from ikt_coder.agreement.alpha import Row, alpha, by_distance, interval, ordinal, ratio_scale
from ikt_coder.agreement.analytic import kappa_standard_error
from ikt_coder.agreement.counts import Fourfold
from ikt_coder.agreement.figure import Figure, Reason, mean
from ikt_coder.agreement.nominal import Judgements
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.shape import DataError, category, coder_count, sequence, whole

_MOST_RATIO_VALUES: Final = 3000


def evaluate(data: Mapping[str, Any], _params: Mapping[str, Any], answers: Answers) -> None:
    """Everything that judgements of any number of coders in any categories allow."""
    rows, coders = _rows(data)
    categories = _categories(data, rows)
    judgements = Judgements(rows, coders, categories)
    total = sum(number for number, _values in rows)
    answers.put(
        "n_units",
        {
            "total": total,
            "rated_by_2_or_more": judgements.pairable,
            "rated_by_all": sum(number for number, values in rows if None not in values),
        },
    )
    answers.put("n_pairable_units", judgements.pairable)
    answers.add("percent", judgements.percent())
    answers.add("bennett_s", judgements.bennett_s())
    answers.add("brennan_prediger", judgements.bennett_s())
    answers.add("fleiss_kappa", judgements.fleiss_kappa())
    answers.add("conger_kappa", judgements.conger_kappa())
    answers.add("gwet_ac1", judgements.ac1())
    _alphas(rows, judgements.categories, answers)
    if coders > 2:
        pairs = {pair: judgements.kappa(*pair) for pair in combinations(range(coders), 2)}
        names = coder_names(coders)
        answers.put(
            "kappa_pairwise",
            {f"{names[a]}-{names[b]}": figure.value for (a, b), figure in pairs.items()},
        )
        answers.add("light_kappa", mean("kappa", pairs.values()))
        return
    answers.add("kappa", judgements.kappa())
    answers.add("scott_pi", judgements.scott_pi())
    table = judgements.table()
    answers.put("kappa_se", kappa_standard_error(table))
    if set(judgements.categories) <= {0, 1}:
        fourfold(Fourfold(table[1, 1], table[1, 0], table[0, 1], table[0, 0]), ("A", "B"), answers)


def fourfold(counts: Fourfold, coders: Sequence[str], answers: Answers) -> None:
    """What only two coders and a code that is applied or not allow."""
    answers.put("counts", named_counts(counts, coders))
    answers.add("pabak", two_coders.figure("bennett_s", counts))
    answers.add("positive_agreement", two_coders.figure("dice", counts))
    answers.add("negative_agreement", two_coders.figure("negative_agreement", counts))
    answers.add("jaccard", two_coders.figure("jaccard", counts))
    answers.add("dice_f1", two_coders.figure("dice", counts))
    answers.put("prevalence_index", two_coders.prevalence_index(counts))
    answers.put("bias_index", two_coders.bias_index(counts))


def named_counts(counts: Fourfold, coders: Sequence[str]) -> dict[str, int]:
    """The four numbers under the names of reference data."""
    return {
        "both": counts.both,
        f"only_{coders[0]}": counts.only_a,
        f"only_{coders[1]}": counts.only_b,
        "neither": counts.neither,
    }


def coder_names(coders: int) -> list[str]:
    """A, B, C … for coders without a name."""
    return [
        ascii_uppercase[at] if at < len(ascii_uppercase) else f"coder {at + 1}"
        for at in range(coders)
    ]


def _rows(data: Mapping[str, Any]) -> tuple[list[Row], int]:
    weighted = data["type"] == "weighted_units"
    name = "rows" if weighted else "units"
    given = sequence(data.get(name), f"“{name}”")
    rows: list[Row] = []
    width: int | None = None
    if "n_coders" in data:
        width = coder_count(whole(data["n_coders"], "“n_coders”"))
    for at, row in enumerate(given, start=1):
        values = sequence(row, f"row {at}")
        number = 1
        if weighted:
            if not values:
                raise DataError(f"Row {at} is empty.")
            number, values = whole(values[0], f"the count of row {at}"), values[1:]
        if width is None:
            width = coder_count(len(values))
        if len(values) != width:
            raise DataError(f"Row {at} has {len(values)} values for {width} coders.")
        rows.append(
            (
                number,
                tuple(
                    None if value is None else category(value, f"a value of row {at}")
                    for value in values
                ),
            )
        )
    if width is None:
        raise DataError(f"“{name}” is empty and “n_coders” is missing.")
    return rows, width


def _categories(data: Mapping[str, Any], rows: Sequence[Row]) -> list[Hashable] | None:
    if "categories" not in data:
        seen = {value for _number, values in rows for value in values if value is not None}
        return [0, 1] if seen and seen <= {0, 1} else None
    given = [category(one, "a category") for one in sequence(data["categories"], "“categories”")]
    offered = dict.fromkeys(given)
    for at, (_number, values) in enumerate(rows, start=1):
        for value in values:
            if value is not None and value not in offered:
                raise DataError(f"“{value}” in row {at} is none of the categories.")
    return list(offered)


def _alphas(rows: Sequence[Row], categories: Sequence[Hashable], answers: Answers) -> None:
    answers.add("krippendorff_alpha_nominal", alpha("alpha", rows))
    numbers = {one for one in categories if isinstance(one, int | float)}
    if len(numbers) < len(categories):
        return
    answers.add("krippendorff_alpha_ordinal", alpha("alpha", rows, ordinal(rows)))
    answers.add("krippendorff_alpha_interval", alpha("alpha", rows, interval))
    if len(numbers) > _MOST_RATIO_VALUES or any(-one in numbers for one in numbers if one):
        answers.add("krippendorff_alpha_ratio", Figure("alpha", None, Reason.NOT_APPLICABLE))
    else:
        answers.add("krippendorff_alpha_ratio", alpha("alpha", rows, by_distance(ratio_scale)))
