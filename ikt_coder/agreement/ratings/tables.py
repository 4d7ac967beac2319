"""Ratings given as the four counts of each document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ikt_coder.agreement.analytic import kappa_standard_error
from ikt_coder.agreement.bootstrap import DEFAULT_SEED
from ikt_coder.agreement.counts import Fourfold, counts_of_tables
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.over_documents import over_documents
from ikt_coder.agreement.ratings.shape import DataError, mapping, sequence, whole
from ikt_coder.agreement.ratings.units import fourfold
from ikt_coder.agreement.two_coders import figure

_NAMES: Final = ("percent", "kappa", "scott_pi", "bennett_s", "fleiss_kappa", "conger_kappa")


def evaluate(data: Mapping[str, Any], params: Mapping[str, Any], answers: Answers) -> None:
    """The counts added up, then one coefficient; and intervals that draw documents."""
    documents: dict[str, Fourfold] = {}
    for name, row in mapping(data.get("documents"), "“documents”").items():
        numbers = sequence(row, f"the counts of “{name}”")
        if len(numbers) != 4:
            raise DataError(f"The counts of “{name}” must be four: both, only A, only B, neither.")
        documents[name] = Fourfold(*(whole(one, f"a count of “{name}”") for one in numbers))
    seed = whole(params.get("seed", DEFAULT_SEED), "“seed”")
    counts = counts_of_tables(documents.values())
    pooled = counts.fourfold(0, 0, 1)
    for id in _NAMES:
        answers.add(id, figure(id, pooled))
    answers.add("brennan_prediger", figure("bennett_s", pooled))
    answers.add("krippendorff_alpha_nominal", figure("alpha", pooled))
    answers.add("gwet_ac1", figure("ac1", pooled))
    fourfold(pooled, ("A", "B"), answers)
    a, b, c, d = pooled
    error = kappa_standard_error({(1, 1): a, (1, 0): b, (0, 1): c, (0, 0): d})
    answers.put("kappa_se", error)
    over_documents(counts, list(documents), answers, seed)
