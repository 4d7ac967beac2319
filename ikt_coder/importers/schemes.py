"""Schemes for running text: labels, the look of paragraphs, times at line starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ikt_coder.core.transcript import SpeakerRole, TimeMark
from ikt_coder.importers.clock import stamp_at, stamp_at_end
from ikt_coder.importers.labels import Form, plausible
from ikt_coder.importers.layout import Line
from ikt_coder.importers.options import ANSWERS, QUESTIONS, ImportOptions, Scheme
from ikt_coder.importers.reading import Draft, Reading, trim_tail
from ikt_coder.importers.rolewords import role_of_word
from ikt_coder.importers.spellings import fold
from ikt_coder.importers.voting import Votes

_FENCED = re.compile(r"\[(?:[^\W\d][^\[\]\d]{0,30}\s)?(?=\d{1,3}:\d{2})|#(?=\d{1,2}:\d{2})")
_OPENING = 4


def look_of(scheme: Scheme, votes: Votes | None = None) -> Callable[[Line], bool]:
    """The test a marked scheme puts to a line; ``votes`` decide what is a name."""
    if scheme is Scheme.BOLD:
        return lambda line: line.bold
    if scheme is Scheme.ITALIC:
        return lambda line: line.italic
    if scheme is Scheme.TAB:
        return lambda line: line.tabbed
    accepted = votes.accepted if votes is not None else set()
    return lambda line: (
        line.head is not None and line.head.label is not None and fold(line.head.label) in accepted
    )


def opening(lines: Sequence[Line]) -> int:
    """How many lines at the top are a date, a title, a description: nobody's words."""
    full = [at for at, line in enumerate(lines) if not line.blank]
    if not full:
        return 0
    first = full[0]
    block = [first]
    for at in full[1:]:
        if at != block[-1] + 1:
            break
        block.append(at)
    line = lines[first]
    if len(block) > _OPENING or len(full) == len(block):
        return 0
    return block[-1] + 1 if line.date or line.heading or line.title_like else 0


class _Collector:
    """Grows turns line by line."""

    def __init__(self, reading: Reading, lines: Sequence[Line]) -> None:
        self.reading = reading
        self.lines = lines
        self._draft: Draft | None = None
        self._first = self._last = 0
        self._resume: str | None = None

    def begin(self, at: int, speaker: str | None, words: int, start_ms: int | None) -> None:
        self.close()
        line = self.lines[at]
        self._draft = Draft(line.first, line.last, words, speaker, start_ms)
        self._first = self._last = at

    def extend(self, at: int) -> None:
        """Line ``at`` goes on with the turn, or with the last speaker after a heading."""
        if self._draft is not None:
            self._last = at
        elif self._resume is not None:
            line = self.lines[at]
            if not (line.remark or line.bare_time):
                self.begin(at, self._resume, line.first, None)

    def interrupt(self) -> None:
        """A line that is nobody's words."""
        if self._draft is not None:
            self._resume = self._draft.speaker
        self.close()

    def close(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        trim_tail(draft, self.lines, self._first, self._last)
        if draft.words >= self.lines[self._first].last:  # a head on a line of its own
            nxt = next(
                (
                    self.lines[at].first
                    for at in range(self._first + 1, self._last + 1)
                    if not self.lines[at].blank and self.lines[at].first >= draft.words
                ),
                draft.end,
            )
            draft.words = min(nxt, draft.end)
        self.reading.turns.append(draft)


def read_labels(
    text: str, lines: Sequence[Line], options: ImportOptions, votes: Votes, scheme: Scheme
) -> Reading:
    """A labelled paragraph begins a turn, an unlabelled one goes on with it."""
    reading = Reading(scheme, text, votes=votes)
    collector = _Collector(reading, lines)
    pending: int | None = None
    labelled = 0
    for at, line in enumerate(lines):
        if line.blank or at < options.skip_lines:
            continue
        label = votes.label_of(at, lines)
        head = line.head
        if label is not None and head is not None:
            own = head.time.ms if head.time is not None else pending
            pending = None
            labelled += 1
            collector.begin(at, label, line.start + head.words, own)
            if head.time is not None:
                reading.marks.append(TimeMark(line.first, head.time.ms))
                _add_inline(reading, line, head.time.end)
            else:
                if own is not None and not any(mark.ms == own for mark in reading.marks):
                    reading.marks.append(TimeMark(line.first, own))
                _add_inline(reading, line, 0)
        elif line.heading or line.system or at in votes.legend_lines | votes.header_lines:
            if line.bare_time and head is not None and head.time is not None:
                pending = head.time.ms
                reading.marks.append(TimeMark(line.first, pending))
            collector.interrupt()
        else:
            if line.bare_time and head is not None and head.time is not None:
                pending = head.time.ms
            if head is not None and head.time is not None:
                reading.marks.append(TimeMark(line.first, head.time.ms))
                _add_inline(reading, line, head.time.end)
            else:
                _add_inline(reading, line, 0)
            collector.extend(at)
        ending = stamp_at_end(line.text)
        if ending is not None and ending.start > (head.words if head else 0):
            pending = ending.ms
    collector.close()
    full = sum(not line.blank for line in lines)
    reading.confidence = min(0.99, 0.5 + 0.6 * labelled / max(1, full))
    first = next((lines[at] for at in range(len(lines)) if votes.label_of(at, lines)), None)
    if first is not None and first.head is not None:
        end = first.head.words if first.head.words <= len(first.text) else len(first.text)
        reading.shown = first.text[first.head.start : end].strip()
    return reading


def _add_inline(reading: Reading, line: Line, at: int) -> None:
    """Fenced times within a line, such as “[inaudible 00:20:12]” or “#00:01:23-4#”."""
    if "[" not in line.text and "#" not in line.text and "(" not in line.text:
        return
    ending = stamp_at_end(line.text)
    for found in _FENCED.finditer(line.text, at):
        start = found.start() if len(found.group()) == 1 else found.end()
        stamp = stamp_at(line.text, start)
        if stamp is None or (len(found.group()) == 1 and not stamp.fenced):
            continue
        worded = len(found.group()) > 1  # “[inaudible 00:20:12]”
        if worded and line.text[stamp.end : stamp.end + 1] != "]":
            continue
        reading.marks.append(TimeMark(line.start + found.start(), stamp.ms))
        if ending is not None and ending.start == found.start():
            ending = None
    if ending is not None and ending.start >= at and line.text[ending.start] == "(":
        reading.marks.append(TimeMark(line.start + ending.start, ending.ms))


def read_marked(
    text: str, lines: Sequence[Line], options: ImportOptions, votes: Votes, scheme: Scheme
) -> Reading:
    """Paragraphs of one look are one side's, the others the other side's.

    A label inside a marked paragraph names its speaker; where only one is ever named,
    the unnamed marked paragraphs are that person's too.
    """
    reading = Reading(scheme, text, votes=votes)
    collector = _Collector(reading, lines)
    look = look_of(scheme, votes)
    top = options.skip_lines or opening(lines)
    names = _names_within(lines, look, options.speakers, any_form=scheme is Scheme.ONE_SIDE)
    marked_name, plain_name = QUESTIONS, ANSWERS
    if options.marked_role is SpeakerRole.PARTICIPANT:
        marked_name, plain_name = plain_name, marked_name
    if len(set(names.values())) == 1:
        marked_name = next(iter(names.values()))
    side: bool | None = None
    for at, line in enumerate(lines):
        if line.blank:
            continue
        if at < top or line.heading or line.system or (line.date and side is None):
            collector.interrupt()
            side = None
            continue
        marked = look(line)
        head = line.head
        name = names.get(at)
        start_ms = head.time.ms if head is not None and head.time is not None else None
        if name is not None and head is not None:
            collector.begin(at, name, line.start + head.words, start_ms)
        elif marked is not side:
            words = line.start + head.words if start_ms is not None and head else line.first
            collector.begin(at, marked_name if marked else plain_name, words, start_ms)
        else:
            collector.extend(at)
        if start_ms is not None:
            reading.marks.append(TimeMark(line.first, start_ms))
        side = marked
    collector.close()
    reading.confidence = 0.7
    return reading


def _names_within(
    lines: Sequence[Line],
    look: Callable[[Line], bool],
    named: Mapping[str, str | None],
    *,
    any_form: bool,
) -> dict[int, str]:
    """Labels in the marked paragraphs; a person's “not a speaker” is heeded."""
    denied = {fold(label) for label, speaker in named.items() if speaker is None}
    found: dict[int, str] = {}
    spelling: dict[str, str] = {}
    for at, line in enumerate(lines):
        head = line.head
        if not look(line) or head is None or head.label is None:
            continue
        if head.form in (Form.TAB, Form.BRACKET, Form.POINT) and not any_form:
            continue
        key = fold(head.label)
        if key not in denied and (
            plausible(head.label, strict=True) or role_of_word(head.label) is not None
        ):
            found[at] = spelling.setdefault(key, head.label)
    return found


def read_times(text: str, lines: Sequence[Line], options: ImportOptions) -> Reading:
    """A time at the start of a line begins a turn of nobody named."""
    reading = Reading(Scheme.TIMES, text)
    collector = _Collector(reading, lines)
    timed = 0
    for at, line in enumerate(lines):
        if line.blank or at < options.skip_lines:
            continue
        head = line.head
        if head is not None and head.time is not None:
            timed += 1
            words = (
                head.time.end
                + len(line.text[head.time.end :])
                - len(line.text[head.time.end :].lstrip())
            )
            collector.begin(at, None, line.start + words, head.time.ms)
            reading.marks.append(TimeMark(line.first, head.time.ms))
            reading.shown = reading.shown or line.text[head.start : head.time.end]
        elif line.heading or line.system:
            collector.interrupt()
        else:
            collector.extend(at)
    collector.close()
    full = sum(not line.blank for line in lines)
    reading.confidence = min(0.95, 0.4 + 0.6 * timed / max(1, full))
    return reading
