"""Names that a person says are speakers', beyond what the label rule would take for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ikt_coder.importers.clock import stamp_at
from ikt_coder.importers.labels import Form, Head
from ikt_coder.importers.layout import Line
from ikt_coder.importers.spellings import fold

_SET_OFF = re.compile(r"[ \u00a0]*(?:[:：>]|\t|\.?[-–—]+(?=\s|$))[ \t\u00a0]*|[ \t\u00a0]*$")


def take_given_names(lines: Sequence[Line], names: Iterable[str]) -> None:
    """Give a head to each line that begins with one of ``names`` (as the text writes it, but
    for case) and sets it off: by a colon, a tab, a dash, a “>”, or by a line of its own."""
    wanted = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    if not wanted:
        return
    pattern = re.compile("|".join(re.escape(name) for name in wanted), re.IGNORECASE)
    folded = {fold(name) for name in wanted}
    for line in lines:
        if line.blank or (
            line.head is not None and line.head.label and fold(line.head.label) in folded
        ):
            continue
        start = line.first - line.start
        found = pattern.match(line.text, start)
        if found is None:
            continue
        behind = _SET_OFF.match(line.text, found.end())
        if behind is None:
            continue
        words = behind.end()
        time = stamp_at(line.text, words) if words < len(line.text) else None
        if time is not None and time.fenced:
            words = time.end + len(line.text[time.end :]) - len(line.text[time.end :].lstrip())
        else:
            time = None
        line.head = Head(start, words, found.group(), found.end(), Form.COLON, time)
