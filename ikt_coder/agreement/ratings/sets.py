"""Ratings given as sets of codes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ikt_coder.agreement.alpha import Row, alpha, by_distance
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.shape import DataError, category, coder_count, sequence
from ikt_coder.agreement.sets import DISTANCES


def evaluate(data: Mapping[str, Any], _params: Mapping[str, Any], answers: Answers) -> None:
    """Alpha over sets with each of the distances."""
    rows: list[Row] = []
    width: int | None = None
    for at, given in enumerate(sequence(data.get("units"), "“units”"), start=1):
        row = sequence(given, f"row {at}")
        width = coder_count(len(row)) if width is None else width
        if len(row) != width:
            raise DataError(f"Row {at} has {len(row)} values for {width} coders.")
        rows.append((1, [_set(one, at) for one in row]))
    for name, distance in DISTANCES.items():
        answers.add(f"alpha_sets_{name}", alpha("alpha_sets", rows, by_distance(distance)))


def _set(value: object, row: int) -> Hashable:
    if value is None:
        return None
    return frozenset(
        category(one, f"a code of row {row}") for one in sequence(value, f"a value of row {row}")
    )
