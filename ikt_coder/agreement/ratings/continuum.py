"""Ratings given as units on one continuum, coder by coder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ikt_coder.agreement import gamma
from ikt_coder.agreement.alpha_u_1995 import alpha_u_1995
from ikt_coder.agreement.bootstrap import DEFAULT_SEED
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.shape import (
    LONGEST_TEXT,
    DataError,
    capital,
    category,
    coder_count,
    edges,
    mapping,
    option,
    sequence,
    weight,
    whole,
)
from ikt_coder.agreement.unitizing import Unit, unitizing


def evaluate(data: Mapping[str, Any], params: Mapping[str, Any], answers: Answers) -> None:
    """The u-alpha family, where the length of the text is known, and gamma."""
    coders = mapping(data.get("coders"), "“coders”")
    coder_count(len(coders))
    dissimilarity = _dissimilarity(data.get("dissimilarity", {}))
    seed = whole(params.get("seed", DEFAULT_SEED), "“seed”")
    if "length" in data:
        length = whole(data["length"], "“length”", 0, LONGEST_TEXT)
        tracks = [_track(name, given, length) for name, given in coders.items()]
        for name, track in zip(coders, tracks, strict=True):
            _in_order(track, f"“{name}”")
        _u_alphas(length, tracks, answers)
    else:
        tracks = [_track(name, given, LONGEST_TEXT) for name, given in coders.items()]
    _gamma(gamma.gamma(tracks, dissimilarity, seed=seed), answers)


def _u_alphas(length: int, tracks: Sequence[list[Unit]], answers: Answers) -> None:
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


def _gamma(found: gamma.Gamma, answers: Answers) -> None:
    answers.add(gamma.OBSERVED, found.observed)
    answers.add(gamma.ID, found.gamma)
    answers.put(
        "gamma_stochastic",
        None
        if found.expected is None
        else {
            "expected_disorder": found.expected,
            "standard_error": found.standard_error,
            "sampler": gamma.SAMPLER,
            "samples": found.samples,
            "seed": found.seed,
        },
    )


def _dissimilarity(value: object) -> gamma.Dissimilarity:
    given = mapping(value, "“dissimilarity”")
    option(given, "categorical", ("nominal",), "nominal")
    alpha, beta, delta_empty = (
        weight(given.get(name, 1), f"“{name}”") for name in ("alpha", "beta", "delta_empty")
    )
    if not delta_empty:
        raise DataError("“delta_empty” must be above 0.")
    return gamma.Dissimilarity(alpha, beta, delta_empty)


def evaluate_1995(data: Mapping[str, Any], _params: Mapping[str, Any], answers: Answers) -> None:
    """The form of 1995 and 2004: units as [start, length, category], in a text that perhaps does
    not begin at 0."""
    begin = whole(data.get("begin", 0), "“begin”", 0, LONGEST_TEXT)
    length = whole(data.get("length"), "“length”", 1, LONGEST_TEXT)
    coders = sequence(data.get("coders"), "“coders”")
    coder_count(len(coders))
    tracks: list[list[Unit]] = []
    for number, given in enumerate(coders, start=1):
        track: list[Unit] = []
        for at, one in enumerate(sequence(given, f"the units of coder {number}"), start=1):
            what = f"unit {at} of coder {number}"
            start, size, category_ = _three(one, what, "[start, length, category]")
            low = whole(start, f"the start of {what}", begin, begin + length) - begin
            high = low + whole(size, f"the length of {what}", 1, length - low)
            track.append((low, high, category(category_, f"the category of {what}")))
        for category_ in {unit[2] for unit in track}:
            _in_order([unit for unit in track if unit[2] == category_], f"coder {number}")
        tracks.append(track)
    alpha, categories = alpha_u_1995(length, tracks)
    answers.add("alpha_U_1995", alpha)
    answers.put(
        "alpha_U_1995_per_category",
        {
            str(name): {"alpha": one.alpha.value, "D_o": one.observed, "D_e": one.expected}
            for name, one in categories.items()
        },
    )


def _track(name: str, given: object, length: int) -> list[Unit]:
    track: list[Unit] = []
    for at, one in enumerate(sequence(given, f"the units of “{name}”"), start=1):
        what = f"unit {at} of “{name}”"
        given_start, given_end, value = _three(one, what, "[start, end, value]")
        start, end = edges(given_start, given_end, length, what)
        if start == end:
            raise DataError(f"{capital(what)} is empty.")
        track.append((start, end, category(value, f"the value of {what}")))
    return track


def _three(value: object, what: str, shape: str) -> list[Any]:
    parts = sequence(value, what)
    if len(parts) != 3:
        raise DataError(f"{capital(what)} must be {shape}.")
    return parts


def _in_order(track: list[Unit], coder: str) -> None:
    track.sort(key=lambda unit: unit[:2])
    for before, after in pairwise(track):
        if after[0] < before[1]:
            raise DataError(f"Units of {coder} overlap at {after[0]}.")
