"""The one place where code points become Qt positions and come back.

The project counts Unicode code points, Qt counts UTF-16 units: a character beyond U+FFFF
(most emoji) is one of ours and two of Qt's.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ikt_coder.core.span import Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Converts positions of one text, in O(log n) by a table of its astral characters."""

    __slots__ = ("_points", "_units", "length")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._points = [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]

    @property
    def qt_length(self) -> int:
        return self.length + len(self._points)

    @property
    def same(self) -> bool:
        """Whether both ways of counting agree all through the text."""
        return not self._points

    def to_qt(self, point: int) -> int:
        """The Qt position of code point ``point``; beyond the text it is the text's end."""
        point = min(max(point, 0), self.length)
        return point + bisect_left(self._points, point)

    def to_point(self, unit: int) -> int:
        """The code point at Qt position ``unit``; the inside of a pair counts as its start."""
        unit = min(max(unit, 0), self.qt_length)
        return unit - bisect_left(self._units, unit)

    def span(self, start: int, end: int) -> Span:
        """The span of the Qt positions ``[start, end)``."""
        return Span(self.to_point(start), self.to_point(end))

    def units(self, span: Span) -> tuple[int, int]:
        """Qt start and end of a span of code points."""
        return self.to_qt(span.start), self.to_qt(span.end)
