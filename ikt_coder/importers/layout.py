"""The lines of a text with the look that tells speakers apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ikt_coder.core.transcript import FormatKind, FormatRun
from ikt_coder.importers.labels import Head, read_head

_TABBED = re.compile(r"\t|[ \u00a0]{4,}")
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = re.compile(
    rf"\W*(?:\w+,\s+)?(?:\d{{1,4}}[./_-]\d{{1,2}}[./_-]\d{{2,4}}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?{_MONTH}\s+(?:de\s+)?\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})\W*$"
)
_SYSTEM = re.compile(
    r"transcribed by https?://|transcript(ion)? by |this transcript was (exported|generated)"
    r"|.{0,60} (started|stopped) transcription\W*$|.{0,60} hat die transkription \w+\W*$"
    r"|.{0,60} a (démarré|arrêté) la transcription\W*$|https?://\S+$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|<[^<>]*>)[.\s]*$")
_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


@dataclass(slots=True)
class Line:
    """One line ``[start, end)`` of a text, without its line end."""

    start: int
    end: int
    text: str
    head: Head | None = None
    bold: bool = False
    italic: bool = False
    heading: bool = False
    styled_label: bool = False

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def first(self) -> int:
        """Where in the text the first character stands that is not white space."""
        return self.start + len(self.text) - len(self.text.lstrip())

    @property
    def last(self) -> int:
        """Just behind the last character that is not white space."""
        return self.start + len(self.text.rstrip())

    @property
    def tabbed(self) -> bool:
        return bool(_TABBED.match(self.text))

    @property
    def date(self) -> bool:
        return len(self.text) < 40 and bool(_DATE.match(self.text))

    @property
    def system(self) -> bool:
        """Written by a program, such as “Transcribed by …”."""
        return len(self.text) < 200 and bool(_SYSTEM.match(self.text.strip()))

    @property
    def remark(self) -> bool:
        """A transcriber's remark that fills the line, such as “[phone rings]”."""
        text = self.text.strip()
        return bool(_REMARK.match(text)) and any(character.isalpha() for character in text)

    @property
    def bare_time(self) -> bool:
        head = self.head
        return head is not None and head.time_only and head.words >= len(self.text.rstrip())

    @property
    def ends_sentence(self) -> bool:
        return bool(_END.search(self.text.rstrip()))

    @property
    def title_like(self) -> bool:
        text = self.text.strip()
        return len(text.split()) <= 6 and not _END.search(text)


def lines_of(text: str, formats: Sequence[FormatRun] = ()) -> list[Line]:
    """The lines of a text, each with the head it begins with."""
    lines: list[Line] = []
    at = 0
    for piece in text.split("\n"):
        lines.append(Line(at, at + len(piece), piece, read_head(piece) if piece else None))
        at += len(piece) + 1
    for kind in (FormatKind.BOLD, FormatKind.ITALIC, FormatKind.UNDERLINE, FormatKind.HEADING):
        _look(lines, kind, [run for run in formats if run.kind is kind])
    return lines


def _look(lines: list[Line], kind: FormatKind, runs: list[FormatRun]) -> None:
    """Marks the lines that are wholly of one kind, and labels set off by it."""
    runs.sort(key=lambda run: run.span.start)
    first = 0
    for line in lines:
        while first < len(runs) and runs[first].span.end <= line.start:
            first += 1
        if first >= len(runs):
            return
        at = first
        ink = length = label_ink = 0
        label = _label_range(line)
        while at < len(runs) and runs[at].span.start < line.end:
            start = max(runs[at].span.start, line.start) - line.start
            end = min(runs[at].span.end, line.end) - line.start
            ink += _letters(line.text[start:end])
            if label is not None:
                label_ink += _letters(line.text[max(start, label[0]) : min(end, label[1])])
            at += 1
        if not ink:
            continue
        length = _letters(line.text)
        whole = ink >= 0.95 * length
        if kind is FormatKind.BOLD:
            line.bold = whole
        elif kind is FormatKind.ITALIC:
            line.italic = whole
        elif kind is FormatKind.HEADING:
            line.heading = whole
        if label is not None and kind is not FormatKind.HEADING:
            size = _letters(line.text[label[0] : label[1]])
            rest = length - size
            if label_ink >= 0.9 * size and ink - label_ink <= 0.5 * rest:
                line.styled_label = True


def _label_range(line: Line) -> tuple[int, int] | None:
    head = line.head
    if head is None or head.label is None:
        return None
    return max(head.start, head.label_end - len(head.label)), head.label_end


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
