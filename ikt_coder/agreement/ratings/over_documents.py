"""One code of two coders, document by document."""

from __future__ import annotations

from collections.abc import Sequence

from ikt_coder.agreement.bootstrap import DEFAULT_SEED, bootstrap, jackknife_standard_error
from ikt_coder.agreement.counts import Counts
from ikt_coder.agreement.per_code import document_figures, mean_of_documents
from ikt_coder.agreement.ratings.answers import Answers


def over_documents(
    counts: Counts, documents: Sequence[str], answers: Answers, seed: int = DEFAULT_SEED
) -> None:
    """Kappa of each document, the means, and intervals that draw documents."""
    rows = document_figures(counts, 0)
    answers.put(
        "kappa_per_document",
        {documents[document]: row.value("kappa") for document, row in rows},
    )
    answers.add("kappa_mean_of_documents", mean_of_documents(rows, "kappa"))
    answers.add("kappa_length_weighted_mean", mean_of_documents(rows, "kappa", weighted=True))
    answers.add("percent_mean_of_documents", mean_of_documents(rows, "percent"))
    answers.put("jackknife_se", jackknife_standard_error(counts, "kappa"))
    interval = bootstrap(counts, seed=seed).of("kappa", 0)
    answers.put(
        "bootstrap_ci95",
        None if interval is None else {"low": interval.low, "high": interval.high},
    )
