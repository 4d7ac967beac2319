"""Ratings given as units on one continuum, coder by coder."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.shape import (
    LONGEST_TEXT,
    DataError,
    category,
    coder_count,
    edges,
    mapping,
    sequence,
    whole,
)
from ikt_coder.agreement.unitizing import Unit, unitizing


def evaluate(data: Mapping[str, Any], _params: Mapping[str, Any], answers: Answers) -> None:
    """The u-alpha family."""
    length = whole(data.get("length"), "“length”", 0, LONGEST_TEXT)
    coders = mapping(data.get("coders"), "“coders”")
    coder_count(len(coders))
    tracks = [_track(name, given, length) for name, given in coders.items()]
    found = unitizing([(length, tracks)])
    answers.add("u_alpha", found.u_alpha)
    answers.add("u_alpha_binary", found.u_alpha_binary)
    answers.add("cu_alpha", found.cu_alpha)
    answers.put("coverage", found.coverage)
    answers.put(
        "k_u_alpha",
        {
            str(value): {"alpha": figure.value, "coverage": coverage}
            for value, (figure, coverage) in found.of_value.items()
        },
    )


def _track(name: str, given: object, length: int) -> list[Unit]:
    track: list[Unit] = []
    for at, one in enumerate(sequence(given, f"the units of “{name}”"), start=1):
        what = f"unit {at} of “{name}”"
        parts = sequence(one, what)
        if len(parts) != 3:
            raise DataError(f"{what.capitalize()} must be [start, end, value].")
        start, end = edges(parts[0], parts[1], length, what)
        if start == end:
            raise DataError(f"{what.capitalize()} is empty.")
        track.append((start, end, category(parts[2], f"the value of {what}")))
    track.sort(key=lambda unit: unit[:2])
    for before, after in pairwise(track):
        if after[0] < before[1]:
            raise DataError(f"Units of “{name}” overlap at {after[0]}.")
    return track
