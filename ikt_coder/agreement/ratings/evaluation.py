"""Agreement on ratings from outside, whatever their kind.

The names are those of published reference data, so that they can be held against it:
``krippendorff_alpha_nominal`` and ``gwet_ac1`` are what tables of a project call alpha and AC1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ikt_coder.agreement.ratings import continuum, sets, spans, tables, units
from ikt_coder.agreement.ratings.answers import Answers
from ikt_coder.agreement.ratings.shape import DataError, mapping, text

_KINDS: Final[dict[str, Callable[[Mapping[str, Any], Mapping[str, Any], Answers], None]]] = {
    "units": units.evaluate,
    "weighted_units": units.evaluate,
    "spans": spans.evaluate,
    "continuum": continuum.evaluate,
    "continuum_1995": continuum.evaluate_1995,
    "sets": sets.evaluate,
    "tables": tables.evaluate,
}


def evaluate(value: object) -> dict[str, Any]:
    """All coefficients that ratings allow: value, or None where it is undefined; the reasons
    for that stand under "reasons". ``value`` is the ratings, perhaps with "params" among them,
    or {"input": ratings, "params": …}. Raises DataError for anything else."""
    data = mapping(value, "the data")
    params: Mapping[str, Any] = mapping(data.get("params", {}), "“params”")
    if "type" not in data and "input" in data:
        data = mapping(data["input"], "“input”")
        params = {**mapping(data.get("params", {}), "“params”"), **params}
    kind = text(data.get("type"), "“type”")
    if kind not in _KINDS:
        raise DataError(f"“type” is one of {', '.join(_KINDS)}, not “{kind[:40]}”.")
    answers = Answers()
    _KINDS[kind](data, params, answers)
    return answers.as_dict()
