"""Segments of two coders, matched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ikt_coder.agreement.differences import SAME_PASSAGE
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.coded import Coded
from ikt_coder.agreement.ratings.shape import share
from ikt_coder.agreement.segment_agreement import Rows, Sides, segment_match, two_way


def segment_answers(coded: Coded, params: Mapping[str, Any], answers: Answers) -> None:
    """Over the codes in question, at the overlap "theta" of the params (else .5)."""
    if len(coded.coders) > 2:
        return
    theta = share(params.get("theta", SAME_PASSAGE), "“theta”")
    cells: dict[tuple[int, int], tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
    for document, code, coder, start, end in coded.segments:
        if coded.grounds[document].coders == 3:
            cells.setdefault((code, document), ([], []))[coder].append((start, end))
    found = segment_match(cells.values(), theta)
    answers.put(
        "segment_match",
        {
            "matched": found.matched,
            f"only_{coded.coders[0]}": found.only_first,
            f"only_{coded.coders[1]}": found.only_second,
            "f1": found.f1.value,
        },
    )
    by_code: dict[str, list[Sides]] = {str(code): [] for code in coded.codes}
    for (code, _document), sides in cells.items():
        by_code[str(coded.codes[code])].append(sides)
    table = two_way(by_code, theta)
    answers.put(
        "segment_agreement_two_way",
        {
            "per_code": {code: _rows(rows) for code, rows in table.per_code.items()},
            "total": _rows(table.total),
            "kappa_bp": table.kappa_bp.value,
            "chance": table.chance,
        },
    )


def _rows(rows: Rows) -> dict[str, Any]:
    return {"agree": rows.agree, "disagree": rows.disagree, "percent": rows.percent}
