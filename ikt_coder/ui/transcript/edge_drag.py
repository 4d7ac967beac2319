"""Moving an edge of the current coding by the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from ikt_coder.ui.transcript.gesture import Gesture

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

_REACH = 4


class EdgeDrag(Gesture):
    """Within four pixels of an edge of the current coding the pointer takes hold of it."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._coding: UUID | None = None
        self._at_start = False
        self._was = (0, 0)

    def press(self, event: QMouseEvent) -> bool:
        edge = self._edge_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or edge is None:
            return False
        mark = self._view.current_mark()
        if mark is None or self._view.hand.why_not() is not None:
            return False
        self._coding, self._at_start = mark.id, edge == "start"
        self._was = (mark.start, mark.end)
        return True

    def move(self, event: QMouseEvent) -> bool:
        if self._coding is None:
            if not event.buttons():
                self._show_pointer(self._edge_at(event.position()) is not None)
            return False
        pane = self._view.pane
        mark = pane.marks.get(self._coding)
        if mark is None:
            self._coding = None
            return False
        to = pane.position_at(event.position().toPoint())
        if self._at_start:
            pane.marks.move(mark.id, min(to, mark.end - 1), mark.end)
        else:
            pane.marks.move(mark.id, mark.start, max(to, mark.start + 1))
        pane.refresh_marks()
        return True

    def release(self, event: QMouseEvent) -> bool:
        coding, self._coding = self._coding, None
        if coding is None:
            return False
        mark = self._view.pane.marks.get(coding)
        if mark is not None and (mark.start, mark.end) != self._was:
            self._view.hand.move_edges(coding, mark.start, mark.end)
        return True

    def leave(self) -> None:
        coding, self._coding = self._coding, None
        if coding is not None:
            self._view.pane.marks.move(coding, *self._was)
            self._view.pane.refresh_marks()

    def _edge_at(self, point: QPointF) -> str | None:
        mark = self._view.current_mark()
        if mark is None or self._view.mending.active or not self._view.shown.is_own(mark):
            return None
        rects = self._view.pane.rects(mark.start, mark.end)
        if not rects:
            return None
        lines = self._view.pane.lines_on_screen()
        first, last = rects[0], rects[-1]
        starts_here = bool(lines) and mark.start >= lines[0].start
        ends_here = bool(lines) and mark.end <= lines[-1].end
        if starts_here and _near(point, first.left(), first.top(), first.bottom()):
            return "start"
        if ends_here and _near(point, last.right(), last.top(), last.bottom()):
            return "end"
        return None

    def _show_pointer(self, over: bool) -> None:
        viewport = self._view.pane.viewport()
        shape = Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.IBeamCursor
        if viewport.cursor().shape() is not shape:
            viewport.setCursor(shape)


def _near(point: QPointF, x: float, top: float, bottom: float) -> bool:
    return abs(point.x() - x) <= _REACH and top - 2 <= point.y() <= bottom + 2
