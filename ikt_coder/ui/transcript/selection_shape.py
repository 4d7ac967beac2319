"""The shape of a stretch of text on screen: what is filled and edged for a selection."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from ikt_coder.ui.transcript.lines import Line


def shape_of(lines: list[Line], start: int, end: int) -> QPainterPath:
    """The outline of Qt positions ``[start, end)`` over ``lines``, in document pixels.

    Lines that follow each other closely are joined, so that one edge runs around all.
    """
    path = QPainterPath()
    previous_bottom: float | None = None
    for line in lines:
        pieces = line.pieces(start, end)
        if not pieces:
            continue
        top = line.top
        if previous_bottom is not None and 0 < top - previous_bottom < line.bottom - line.top:
            top = previous_bottom
        for left, right in pieces:
            box = QPainterPath()
            # Whole pixels, so that a line of one pixel is one pixel.
            x, y = round(left), round(top)
            box.addRect(QRectF(x, y, max(1, round(right) - x), round(line.bottom) - y))
            path = path.united(box)
        previous_bottom = line.bottom
    return path.simplified()
