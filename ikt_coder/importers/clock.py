"""Times in a recording, as transcripts and subtitle files write them."""

from __future__ import annotations

import re
from bisect import bisect_right

from ikt_coder.core.frozen import frozen

_CORE = r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?"
_CUE_TIME = re.compile(_CORE)
_STAMP = re.compile(
    r"(?P<open>[\[({<#*]?)\s*"
    r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2})"
    r"(?:[.,](?P<f>\d{1,3})|:(?P<frames>\d{2})(?!\d)|(?<=\d)-(?P<tenths>\d{1,3})(?=\s*#))?"
    r"(?:\s*(?:-->|–|—|-|to)\s*(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)?"
    r"\s*(?P<close>[\])}>#]?)"
    r"(?!\d)(?!(?<=\d):)(?!\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">", "#": "#"}


def milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """A time from its written parts; ``fraction`` are the digits after the point."""
    ms = int((fraction or "0")[:3].ljust(3, "0"))
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + ms


def cue_time(text: str) -> int | None:
    """``0:0:1.6``, ``00:43.810`` or ``00:00:43,810`` in ms; None where it is none."""
    match = _CUE_TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return milliseconds(hours, minutes, seconds, fraction)


@frozen
class Stamp:
    """A time mark in a line, ``[start, end)`` with its brackets. ``fenced``: it has some."""

    start: int
    end: int
    ms: int
    fenced: bool


def stamp_at(line: str, at: int) -> Stamp | None:
    """The time mark beginning exactly at ``at``: plain, or in [] () {} <> ##."""
    match = _STAMP.match(line, at)
    return None if match is None else _stamp(match)


def _stamp(match: re.Match[str]) -> Stamp | None:
    opening, closing = match["open"], match["close"]
    hours, minutes, seconds = match["h"], match["m"], match["s"]
    if len(seconds) < 2 and opening != "*":  # “*0:0 = I1:” is written by hand
        return None
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    end = match.end()
    if opening in _PAIRS:
        if closing != _PAIRS[opening]:
            return None
    else:
        end = match.start() + len(match.group()[: match.start("close") - match.start()].rstrip())
    ms = milliseconds(hours, minutes, seconds, match["f"] or match["tenths"])
    return Stamp(match.start(), end, ms, opening in _PAIRS)


_FENCE = re.compile(r"[\[(#{]")


def stamp_at_end(line: str) -> Stamp | None:
    """A fenced time mark that ends the line, as f4 and easytranscript write them."""
    stripped = line.rstrip()
    if not stripped or stripped[-1] not in "])#}":
        return None
    for fence in _FENCE.finditer(stripped, max(0, len(stripped) - 40)):
        found = stamp_at(stripped, fence.start())
        if found is not None and found.end == len(stripped) and found.fenced:
            return found
    return None


def rising(times: list[int]) -> list[int]:
    """Indices of a longest run through ``times`` that never falls."""
    tails: list[int] = []
    at_tail: list[int] = []
    before: list[int] = [-1] * len(times)
    for index, time in enumerate(times):
        place = bisect_right(tails, time)
        if place == len(tails):
            tails.append(time)
            at_tail.append(index)
        else:
            tails[place] = time
            at_tail[place] = index
        before[index] = at_tail[place - 1] if place else -1
    kept: list[int] = []
    index = at_tail[-1] if at_tail else -1
    while index >= 0:
        kept.append(index)
        index = before[index]
    return kept[::-1]
