"""Looking that data from a file has the shape it should, with one sentence where it has not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import isfinite
from typing import Any, Final

from ikt_coder.core.errors import UnreadableFile

MOST_CODERS: Final = 100
LONGEST_TEXT: Final = 10**12
MOST_UNITS: Final = 10**15
"""Beyond these, whole numbers would no longer be exact in every formula."""


class DataError(UnreadableFile):
    """Ratings that are not what they should be; nothing was computed."""


def mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DataError(f"{capital(what)} must be an object with names, not {kind(value)}.")
    return value


def sequence(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise DataError(f"{capital(what)} must be a list, not {kind(value)}.")
    return value


def text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise DataError(f"{capital(what)} must be a text, not {kind(value)}.")
    return value


def whole(value: object, what: str, least: int = 0, most: int = MOST_UNITS) -> int:
    """A whole number within bounds; 3.0 is one too."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise DataError(f"{capital(what)} must be a whole number, not {kind(value)}.")
    if not least <= value <= most:
        shown = str(value) if abs(value) < 10**20 else "a far larger number"
        raise DataError(f"{capital(what)} must lie between {least} and {most}, not {shown}.")
    return value


def share(value: object, what: str) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise DataError(f"{capital(what)} must be a number from 0 to 1.")
    return float(value)


def weight(value: object, what: str) -> float:
    """A number from 0 to a million."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10**6:
        raise DataError(f"{capital(what)} must be a number from 0 to 1000000.")
    return float(value)


def category(value: object, what: str) -> Hashable:
    """A text or a finite number."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(f"{capital(what)} must be a text or a number, not {kind(value)}.")
    if isinstance(value, int) and abs(value) > MOST_UNITS:
        raise DataError(f"{capital(what)} is too large a number.")
    if not isfinite(value):
        raise DataError(f"{capital(what)} must be a finite number.")
    return value


def span(value: object, text_length: int, what: str) -> tuple[int, int]:
    """[start, end] within a text."""
    pair = sequence(value, what)
    if len(pair) != 2:
        raise DataError(f"{capital(what)} must be [start, end].")
    return edges(pair[0], pair[1], text_length, what)


def edges(start: object, end: object, text_length: int, what: str) -> tuple[int, int]:
    """A start and an end within a text."""
    low = whole(start, f"the start of {what}", 0, text_length)
    high = whole(end, f"the end of {what}", 0, text_length)
    if low > high:
        raise DataError(f"{capital(what)} ends ({high}) before it starts ({low}).")
    return low, high


def coder_count(number: int) -> int:
    """How many coders there are, if that many can be."""
    if not 2 <= number <= MOST_CODERS:
        raise DataError(f"Agreement takes 2 to {MOST_CODERS} coders, not {number}.")
    return number


def distinct(names: Sequence[str], what: str) -> Sequence[str]:
    if len(set(names)) != len(names):
        raise DataError(f"{capital(what)} must differ from each other.")
    return names


def option(params: Mapping[str, Any], name: str, choices: Sequence[str], otherwise: str) -> str:
    """One of some words."""
    given = params.get(name, otherwise)
    if given not in choices:
        raise DataError(f"“{name}” is one of {', '.join(choices)}.")
    return str(given)


def kind(value: object) -> str:
    """What a value is, in plain words."""
    if value is None:
        return "missing"
    for types, word in (
        (bool, "true or false"),
        (int | float, "a number"),
        (str, "a text"),
        (list, "a list"),
        (dict, "an object"),
    ):
        if isinstance(value, types):
            return word
    return "something else"


def capital(what: str) -> str:
    """The beginning of a sentence."""
    return what[:1].upper() + what[1:]
