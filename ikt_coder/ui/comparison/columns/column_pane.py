"""One coder's column: the text with that coder's codings and what differs in them."""

from __future__ import annotations

from bisect import bisect_left
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.services.settling_rows import Segment
from ikt_coder.ui.comparison.columns.differing import PATTERNS
from ikt_coder.ui.transcript.lines import Line
from ikt_coder.ui.transcript.look import Look
from ikt_coder.ui.transcript.pane import TextPane
from ikt_coder.ui.transcript.selection_shape import shape_of

Shape = tuple[int, int, DifferenceKind, bool, UUID]
"""Qt start and end, the class, whether the coder has it, and of which item it is."""

_BAND = 5
_ELSE = 0.6
_NOW = 0.95


class ColumnPane(TextPane):
    """A text pane for reading and comparing; nothing is coded here."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._shapes: list[Shape] = []
        self._longest = 0
        self.item: UUID | None = None
        self.segments: dict[UUID, Segment] = {}
        """The codings behind the marks."""
        self.results: list[tuple[int, int]] = []
        """Where the codings that are about to be made begin and end (Qt positions)."""
        self.setAcceptDrops(False)

    def set_shapes(self, shapes: list[Shape], item: UUID | None = None) -> None:
        """Show what differs; that of ``item`` is set off. Sorted here."""
        self.item = item
        self._shapes = sorted(shapes, key=lambda shape: shape[0])
        self._longest = max((end - start for start, end, *_ in shapes), default=0)
        self.viewport().update()

    def shapes_between(self, start: int, end: int) -> list[Shape]:
        """What differs within Qt positions."""
        first = bisect_left(self._shapes, start - self._longest, key=lambda shape: shape[0])
        found = []
        for shape in self._shapes[first:]:
            if shape[0] >= end:
                break
            if shape[1] > start:
                found.append(shape)
        return found

    def _paint_found(self, painter: QPainter, lines: list[Line]) -> None:
        # Between the tints and the words, as the hits of a search are.
        super()._paint_found(painter, lines)
        for start, end, kind, held, item in self.shapes_between(lines[0].start, lines[-1].end):
            now = item == self.item
            if held:
                self._paint_band(painter, lines, (start, end), kind, now=now)
            else:
                pen = QPen(self.look.ink if now else self.look.dim, 1, Qt.PenStyle.DashLine)
                painter.setPen(pen)
                painter.drawPath(shape_of(lines, start, end).translated(-0.5, -0.5))
        self._paint_results(painter, lines)

    def _paint_band(
        self,
        painter: QPainter,
        lines: list[Line],
        units: tuple[int, int],
        kind: DifferenceKind,
        *,
        now: bool,
    ) -> None:
        """The class's pattern in a band over the words, which stay clear to read."""
        colour = QColor(self.look.ink)
        colour.setAlphaF(_NOW if now else _ELSE)
        brush = QBrush(colour, PATTERNS.get(kind, Qt.BrushStyle.BDiagPattern))
        for line in lines:
            for left, right in line.pieces(*units):
                band = QRectF(left, line.top - _BAND + 1, right - left, _BAND)
                painter.fillRect(band, self.look.paper)
                painter.fillRect(band, brush)

    def _paint_results(self, painter: QPainter, lines: list[Line]) -> None:
        painter.setPen(QPen(self.look.accent, 2))
        path = QPainterPath()
        for start, end in self.results:
            path.addPath(shape_of(lines, start, end))
        painter.drawPath(path)
