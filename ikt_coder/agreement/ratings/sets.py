"""Ratings given as sets of codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ikt_coder.agreement.alpha import Row, alpha
from ikt_coder.agreement.multi_valued import ID, mv_alpha
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.shape import DataError, category, coder_count, sequence
from ikt_coder.agreement.sets import DISTANCES, CodeSet, sets_apart


def evaluate(data: Mapping[str, Any], _params: Mapping[str, Any], answers: Answers) -> None:
    """Alpha over sets with each of the distances, and multi-valued alpha."""
    units: list[list[CodeSet | None]] = []
    width: int | None = None
    for at, given in enumerate(sequence(data.get("units"), "“units”"), start=1):
        row = sequence(given, f"row {at}")
        width = coder_count(len(row)) if width is None else width
        if len(row) != width:
            raise DataError(f"Row {at} has {len(row)} values for {width} coders.")
        units.append([_set(one, at) for one in row])
    rows: list[Row] = [(1, unit) for unit in units]
    for name in DISTANCES:
        answers.add(f"alpha_sets_{name}", alpha("alpha_sets", rows, sets_apart(name)))
    answers.add(ID, mv_alpha(units))


def _set(value: object, row: int) -> CodeSet | None:
    if value is None:
        return None
    return frozenset(
        category(one, f"a code of row {row}") for one in sequence(value, f"a value of row {row}")
    )
