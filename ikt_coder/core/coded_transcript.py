"""A transcript with its codings, ready to be written; apart from the file it is written to.

Positions are code points of ``CodedTranscript.text``, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime

from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import FormatRun
from ikt_coder.core.words import Pattern


@frozen
class Part:
    """A turn without its label, or words between turns (a heading, a date).

    ``speaker`` and ``time`` are printed beside the first line. ``withheld``: the words are
    not printed, because whose they are was left out of analysis.
    """

    span: Span
    speaker: str = ""
    time: str = ""
    asking: bool = False
    withheld: bool = False


@frozen
class PrintedCode:
    """A code in the legend. ``colours`` are #rrggbb on light and on dark paper."""

    name: str
    path: tuple[str, ...]
    definition: str
    include: str
    exclude: str
    colours: tuple[str, str]
    pattern: Pattern
    codings: int


@frozen
class PrintedCoding:
    """One coding. ``code`` counts from 0 in the legend; ``sign`` and ``direction`` tell the
    valence, empty where it is not set; ``details`` are levels, strength, flags in words."""

    span: Span
    code: int
    sign: str
    direction: str
    levels: tuple[str, ...]
    details: tuple[str, ...]
    memo: str
    coder: str
    initials: str
    created: datetime


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """One document as it was coded by one coder or agreed upon.

    ``whose`` names the coder or the layer; ``notes`` are sentences for the head of the
    document; ``parts`` lie in order and do not overlap; ``codings`` lie in text order.
    """

    title: str
    subtitle: str
    whose: str
    text: str
    parts: tuple[Part, ...]
    codes: tuple[PrintedCode, ...]
    codings: tuple[PrintedCoding, ...]
    formats: tuple[FormatRun, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = "en"
    lines: tuple[tuple[Span, ...], ...] = field(init=False)
    """For each part the lines of it that are printed: those that are not blank."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self._lines(part) for part in self.parts))

    def _lines(self, part: Part) -> tuple[Span, ...]:
        if part.withheld:
            return ()
        found: list[Span] = []
        at = part.span.start
        for line in self.text[part.span.start : part.span.end].split("\n"):
            if line.strip():
                found.append(Span(at, at + len(line)))
            at += len(line) + 1
        return tuple(found)

    def anchors(self) -> tuple[Span, ...]:
        """For each coding the stretch of printed text it is shown on: its own span without
        labels, blank lines and line ends at its edges. Where nothing of it is printed but a
        label, the empty span before the words that follow."""
        lines = [line for lines in self.lines for line in lines]
        starts = [line.start for line in lines]
        return tuple(_anchor(coding.span, lines, starts) for coding in self.codings)


def _anchor(span: Span, lines: list[Span], starts: list[int]) -> Span:
    if not lines:
        return Span(0, 0)
    first = max(0, bisect_right(starts, span.start) - 1)
    if lines[first].end <= span.start and first + 1 < len(lines):
        first += 1
    last = max(0, bisect_right(starts, span.end - 1) - 1)
    start = max(span.start, lines[first].start)
    end = min(span.end, lines[last].end)
    if start < end:
        return Span(start, end)
    return Span(lines[first].start, lines[first].start)
