"""The lines of text that are on screen, and where words lie in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

_INSIDE = 12
_BIDI = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(slots=True, eq=False, repr=False)
class Line:
    """One laid-out line: Qt positions ``[start, end)``, edges in document pixels.

    ``top`` and ``bottom`` enclose the letters, not the spacing between lines.
    """

    start: int
    end: int
    top: float
    bottom: float
    left: float
    block_start: int
    first: bool
    mixed: bool
    line: QTextLine

    def x(self, position: int) -> float:
        """Where a caret at ``position`` stands, in document pixels."""
        inside = min(max(position, self.start), self.end) - self.block_start
        return self.left + _x(self.line, inside)

    def pieces(self, start: int, end: int) -> list[tuple[float, float]]:
        """Left and right edges of what ``[start, end)`` covers in this line.

        One piece in text of one direction, perhaps several where directions mix.
        """
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return []
        if not self.mixed:
            return [(self.x(start), self.x(end))]
        edges: list[tuple[float, float]] = []
        for position in range(start - self.block_start, end - self.block_start):
            a = _x(self.line, position, QTextLine.Edge.Leading)
            b = _x(self.line, position, QTextLine.Edge.Trailing)
            if a != b:
                edges.append((self.left + min(a, b), self.left + max(a, b)))
        return _joined(edges)


def lines_between(document: QTextDocument, top: float, bottom: float) -> list[Line]:
    """The lines that touch the document's pixels from ``top`` to ``bottom``, in order."""
    layout = document.documentLayout()
    block = _first_block(document, top)
    lines: list[Line] = []
    while block.isValid():
        box = layout.blockBoundingRect(block)
        if box.top() > bottom:
            break
        if box.bottom() >= top:
            inner = block.layout()
            # Line positions are counted from the block's own origin, margins left out.
            origin = inner.position()
            mixed: bool | None = None
            start = block.position()
            for number in range(inner.lineCount()):
                line = inner.lineAt(number)
                line_top = origin.y() + line.y()
                line_bottom = line_top + line.height()
                if line_bottom < top or line_top > bottom:
                    continue
                if mixed is None:
                    mixed = _BIDI.search(block.text()) is not None
                first = line.textStart()
                lines.append(
                    Line(
                        start + first,
                        start + first + line.textLength(),
                        line_top,
                        line_bottom,
                        origin.x(),
                        start,
                        number == 0,
                        mixed,
                        line,
                    )
                )
        block = block.next()
    return lines


def _first_block(document: QTextDocument, top: float) -> QTextBlock:
    """A block that begins at or above ``top``. Asks for no more layout than that."""
    if top <= document.rootFrame().frameFormat().topMargin():
        return document.begin()
    layout = document.documentLayout()
    position = layout.hitTest(QPointF(_INSIDE, top), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, position))
    # Between paragraphs the hit may be the later one.
    while block.previous().isValid() and layout.blockBoundingRect(block).top() >= top:
        block = block.previous()
    return block


def _x(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    # The binding answers (x, position it took), where C++ answers x.
    found: Any = line.cursorToX(position, edge)
    return float(found[0] if isinstance(found, tuple) else found)


def _joined(edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
