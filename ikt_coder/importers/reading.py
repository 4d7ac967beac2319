"""What a scheme finds in a text, before roles and names are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ikt_coder.core.span import Span
from ikt_coder.core.transcript import TimeMark, Turn
from ikt_coder.importers.clock import rising
from ikt_coder.importers.layout import Line
from ikt_coder.importers.options import Scheme
from ikt_coder.importers.voting import Votes


@dataclass(slots=True)
class Draft:
    """A turn in the making; ``speaker`` is a label in its commonest writing."""

    start: int
    end: int
    words: int
    speaker: str | None
    start_ms: int | None = None

    def turn(self) -> Turn:
        words = min(max(self.words, self.start), self.end)
        label_end = words if words > self.start else None
        return Turn(Span(self.start, self.end), self.speaker, self.start_ms, label_end)


@dataclass(slots=True)
class Reading:
    """Turns and times of a text under one scheme; ``votes`` where labels were counted."""

    scheme: Scheme
    text: str
    turns: list[Draft] = field(default_factory=list)
    marks: list[TimeMark] = field(default_factory=list)
    votes: Votes = field(default_factory=Votes)
    warnings: list[str] = field(default_factory=list)
    confidence: float = 0.5
    shown: str = ""
    """An example of the layout, for the description."""

    def counts(self) -> Counter[str]:
        return Counter(turn.speaker for turn in self.turns if turn.speaker is not None)


def settle_times(reading: Reading, *, wanted: bool) -> None:
    """Keep the marks that never fall; where most fall, they were no times of a recording."""
    marks = sorted(reading.marks, key=lambda mark: mark.at) if wanted else []
    kept = [marks[at] for at in rising([mark.ms for mark in marks])]
    if len(kept) == 1 and all(turn.start_ms is None for turn in reading.turns):
        kept = marks = []  # one time in a remark says nothing of the recording
    if len(kept) < 0.7 * len(marks):
        reading.warnings.append(
            "What looks like times does not rise through the text; no times were taken."
        )
        kept = []
    elif len(kept) < len(marks):
        reading.warnings.append(
            f"{len(marks) - len(kept)} times fall behind an earlier one and were left out."
        )
    reading.marks = kept
    known = {mark.ms for mark in kept}
    last = -1
    for turn in reading.turns:
        if turn.start_ms is not None and turn.start_ms in known and turn.start_ms >= last:
            last = turn.start_ms
        else:
            turn.start_ms = None


def trim_tail(draft: Draft, lines: Sequence[Line], first: int, last: int) -> None:
    """End a turn (of the lines ``first`` to ``last``) before remarks, programs' lines and
    bare times that follow its words."""
    while last > first and (
        lines[last].blank or lines[last].remark or lines[last].system or lines[last].bare_time
    ):
        last -= 1
    draft.end = max(lines[last].last, draft.start)
