"""Numbers and days as people write them, and what in them can mean two things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from ikt_coder.services.attribute_files.cells import Day, Failed, Figure, Truth

# -- numbers ------------------------------------------------------------------------------------


class Decimal(StrEnum):
    """The sign before the decimals."""

    POINT = "point"
    COMMA = "comma"


_SPACES = {ord(space): None for space in "\u00a0\u202f\u2009"}
_LONGEST_NUMBER = 60
# Thousands are set apart by one sign throughout, and never begin with a nought.
_GROUPED = {
    Decimal.POINT: re.compile(r"[+-]?[1-9]\d{0,2}([,'’ ])\d{3}(?:\1\d{3})*"),
    Decimal.COMMA: re.compile(r"[+-]?[1-9]\d{0,2}([.'’ ])\d{3}(?:\1\d{3})*"),
}
_BARE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")


def _plain_number(text: str) -> str:
    return text.strip().replace("−", "-").translate(_SPACES)


def looks_numeric(text: str) -> bool:
    """Whether a cell could be a number, one way or the other."""
    return isinstance(text, Figure) or any(number_of(text, one) is not None for one in Decimal)


def number_of(text: str, decimal: Decimal) -> str | None:
    """A number with a decimal point and nothing else; None where the cell is none."""
    if isinstance(text, Figure):
        return str(text)
    if isinstance(text, (Day, Truth, Failed)):
        return None
    plain = _plain_number(text)
    if not plain or len(plain) > _LONGEST_NUMBER or not any(sign.isdigit() for sign in plain):
        return None
    sign, group = (".", ",") if decimal is Decimal.POINT else (",", ".")
    whole, _, rest = plain.partition(sign)
    if any(one in whole for one in f"{group} '’"):
        if not _GROUPED[decimal].fullmatch(whole):
            return None
        whole = re.sub(r"[.,' ’]", "", whole)
    made = whole + (f".{rest}" if sign in plain else "")
    return made if _BARE.fullmatch(made) else None


def says_decimal(text: str) -> Decimal | None:
    """Which sign a cell must have before its decimals, by its form alone; None where it says
    nothing: 12, or 1,234, which is either."""
    if isinstance(text, (Figure, Day, Truth, Failed)):
        return None
    plain = _plain_number(text)
    ways = [one for one in Decimal if number_of(plain, one) is not None]
    return ways[0] if len(ways) == 1 else None


def is_two_numbers(text: str) -> bool:
    """Whether a cell is another number with a decimal comma than with a decimal point."""
    if isinstance(text, (Figure, Day, Truth, Failed)) or not ("," in text or "." in text):
        return False
    ways = {number_of(text, one) for one in Decimal}
    return None not in ways and len({float(way) for way in ways if way}) > 1


# -- days ---------------------------------------------------------------------------------------


class DayOrder(StrEnum):
    """What 03/04/2024 means."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_SLASHED = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{3,9})\.?[ ,-]+(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SHORT = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")


def day_of(text: str, order: DayOrder | None) -> date | None:
    """The day that a cell says; None where it is none, or can be two and ``order`` is None."""
    if isinstance(text, (Figure, Truth, Failed)):
        return None
    plain = " ".join(text.split())
    if found := _ISO.fullmatch(plain):
        return _day(found[1], found[3], found[4])
    if found := _DOTTED.fullmatch(plain):
        return _day(found[3], found[2], found[1])
    if found := _SLASHED.fullmatch(plain):
        one, other, year = found[1], found[3], found[4]
        day_first, month_first = _day(year, other, one), _day(year, one, other)
        if day_first is None or month_first is None or day_first == month_first:
            # Its form allows one way only. Where the whole column is the other way, it is none.
            if order is DayOrder.DAY_FIRST:
                return day_first
            return month_first if order is DayOrder.MONTH_FIRST else day_first or month_first
        if order is None:
            return None
        return day_first if order is DayOrder.DAY_FIRST else month_first
    if found := _DAY_MONTH.fullmatch(plain):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(plain):
        return _day(found[3], _month(found[1]), found[2])
    return None


def is_two_days(text: str) -> bool:
    """Whether a cell can be two days: 03/04/2024."""
    days = {day_of(text, order) for order in DayOrder}
    return None not in days and len(days) == 2


def says_order(texts: Iterable[str]) -> set[DayOrder]:
    """The orders that cells must have by their form: 25/03/2024 has the day first."""
    found = set()
    for text in texts:
        if _SLASHED.fullmatch(text.strip()):
            fits = [order for order in DayOrder if day_of(text, order) is not None]
            if len(fits) == 1:
                found.add(fits[0])
    return found


def looks_like_a_day(text: str) -> bool:
    return any(day_of(text, order) is not None for order in DayOrder)


def has_short_year(text: str) -> bool:
    """Whether a day is written with two figures for its year, which no rule can complete."""
    return bool(_SHORT.fullmatch("".join(text.split())))


def _month(word: str) -> str:
    word = word.casefold()
    found = [at for at, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
    if word == "sept":
        return "9"
    return str(found[0]) if len(found) == 1 and len(word) >= 3 else "0"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
