"""Page and paragraph numbers in the margins of a print, and lines cut by its width."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatRun
from ikt_coder.importers.layout import lines_of
from ikt_coder.importers.options import ImportOptions
from ikt_coder.importers.protocol import RawText, Row
from ikt_coder.importers.voting import vote

_NUMBER = re.compile(r"\s*(\d{1,5})\s*$")
_PAGE = re.compile(
    r"\s*(?:\W{0,3}|(?:page|seite|pagina|página|p\.|s\.)\s+)(\d{1,4})"
    r"(?:\s*(?:/|of|von|di|de|sur)\s*(\d{1,4}))?\W{0,3}\s*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-–•*▪◦]|\d{1,2}[.)])\s")
_FEWEST = 8
_WIDE = 40


@frozen
class Prepared:
    """A text with what the options ask for done to its print layout."""

    raw: RawText
    margin_numbers: bool = False
    joined_lines: bool = False


def prepare(raw: RawText, options: ImportOptions) -> Prepared:
    """Take margin numbers out and join cut lines, where asked or plainly right.

    Texts that are not prints come back unchanged unless the options ask.
    """
    numbers = joined = False
    remove = options.remove_margin_numbers
    if remove or (remove is None and raw.pages):
        found = margin_numbers(raw)
        numbers = bool(found)
        raw = without(raw, found) if found else raw
    join = options.join_lines
    if join or (join is None and raw.pages):
        places = _cut_places(raw, options, forced=bool(join))
        if places:
            joined = True
            letters = list(raw.text)
            for at in places:
                letters[at] = " "
            raw = replace(raw, text="".join(letters))
    return Prepared(raw, numbers, joined)


def margin_numbers(raw: RawText) -> list[Span]:
    """The lines (with their line ends) that hold nothing but page or margin numbers.

    Page numbers must be on most pages and rise by one; margin numbers must rise by one
    over the whole text (a print repeats one where a page ends), ``_FEWEST`` at least.
    """
    spans: list[Span] = []
    starts = _starts(raw.text)
    pages = _page_numbers(raw, starts)
    numbered: list[tuple[int, int]] = []
    for at in range(len(starts)):
        if at in pages:
            continue
        match = _NUMBER.match(_line(raw.text, starts, at))
        if match:
            numbered.append((at, int(match.group(1))))
    steps = sum(0 <= b[1] - a[1] <= 1 for a, b in pairwise(numbered))
    margin = set(pages)
    if len(numbered) >= _FEWEST and steps >= 0.9 * (len(numbered) - 1):
        margin.update(at for at, _ in numbered)
    for at in sorted(margin):
        start = starts[at]
        end = starts[at + 1] if at + 1 < len(starts) else len(raw.text)
        spans.append(Span(start, end))
    return spans


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _line(text: str, starts: Sequence[int], at: int) -> str:
    end = starts[at + 1] - 1 if at + 1 < len(starts) else len(text)
    return text[starts[at] : end]


def _page_numbers(raw: RawText, starts: Sequence[int]) -> set[int]:
    """The lines that are the page number of their page: its first or its last line."""
    found: list[tuple[int, int]] = []
    for number, page in enumerate(raw.pages):
        first = bisect_right(starts, page) - 1
        after = raw.pages[number + 1] if number + 1 < len(raw.pages) else len(raw.text) + 1
        last = bisect_right(starts, after - 1) - 1
        while last > first and not _line(raw.text, starts, last).strip():
            last -= 1
        for at in (first, last):
            match = _PAGE.match(_line(raw.text, starts, at))
            if match and (match.group(2) or len(raw.pages) > 1):
                found.append((at, int(match.group(1)) - number))
                break
    if not found or len(found) < 0.8 * len(raw.pages):
        return set()
    offsets = {offset for _, offset in found}
    return {at for at, _ in found} if len(offsets) == 1 else set()


def without(raw: RawText, cuts: Sequence[Span]) -> RawText:
    """The text without ``cuts`` (in order, apart), every position moved along."""
    kept: list[str] = []
    at = 0
    for cut in cuts:
        kept.append(raw.text[at : cut.start])
        at = cut.end
    kept.append(raw.text[at:])
    text = "".join(kept)
    ends = [cut.end for cut in cuts]
    removed = [0]
    for cut in cuts:
        removed.append(removed[-1] + len(cut))

    def moved(position: int) -> int:
        done = bisect_right(ends, position)
        inside = max(0, position - cuts[done].start) if done < len(cuts) else 0
        return min(position - removed[done] - inside, len(text))

    def span(old: Span) -> Span:
        return Span(moved(old.start), moved(old.end))

    runs = [FormatRun(span(run.span), run.kind, run.level) for run in raw.formats]
    return replace(
        raw,
        text=text,
        formats=tuple(run for run in runs if len(run.span)),
        rows=tuple(Row(tuple(span(cell) for cell in row.cells)) for row in raw.rows),
        pages=tuple(moved(page) for page in raw.pages),
    )


def _cut_places(raw: RawText, options: ImportOptions, *, forced: bool) -> list[int]:
    """The line ends that the width of the page made."""
    lines = lines_of(raw.text, raw.formats)
    lengths = sorted(len(line.text) for line in lines if not line.blank)
    if len(lengths) < (2 if forced else 10):
        return []
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if width < _WIDE and not forced:
        return []
    votes = vote(lines, options.speakers)
    places: list[int] = []
    for at, (line, following) in enumerate(pairwise(lines)):
        if line.blank or following.blank or line.heading or following.heading:
            continue
        word = following.text.split(maxsplit=1)[0]
        if (
            len(line.text) + 1 + len(word) >= (0.8 if line.ends_sentence else 0.7) * width
            and votes.label_of(at + 1, lines) is None
            and (following.head is None or following.head.time is None)
            and not _BULLET.match(following.text)
        ):
            places.append(line.end)
    if not forced and len(places) < 0.2 * len(lengths):
        return []
    return places
