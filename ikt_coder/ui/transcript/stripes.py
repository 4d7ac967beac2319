"""The margin right of the text: a stripe per coding, its name once, marks of memos."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ikt_coder.core.words import Flag, Pattern
from ikt_coder.ui.transcript.lines import Line
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.name_places import Wanted, place_names
from ikt_coder.ui.transcript.pane import TextPane
from ikt_coder.ui.widgets.painting import wrapped

_LEFT = 12
_STRIPE = 4
_PITCH = 8
_NARROWEST = 5.0
_SIGN = 14
_NAME_GAP = 8
_ROWS_BELOW = 4
_TWO_LINES = 84
_WITH_NAMES = 110


class StripeMargin(QWidget):
    """Drawn from the pane's lines and marks, for what is on screen."""

    mark_clicked = Signal(object)
    mark_double_clicked = Signal(object)
    hovered = Signal(object, QPoint)
    note_clicked = Signal(object)

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.notes: Mapping[UUID, int] = {}
        """Memos on passages: memo → the Qt position where its passage begins."""
        self._boxes: list[tuple[float, float, float, float, Mark]] = []
        self._dirty = (0, 0)
        self._note_boxes: list[tuple[QRectF, UUID]] = []
        self.left_out: set[UUID] = set()
        self.setMouseTracking(True)
        pane.scrolled.connect(self.update)
        pane.marked.connect(self._update_below)

    def _update_below(self, top: int) -> None:
        self.update(0, max(0, top), self.width(), self.height() - max(0, top))

    # -- measures -----------------------------------------------------------------------

    def _pitch(self) -> float:
        lanes = max(1, self._pane.marks.lanes)
        room = self.width() * (0.42 if self._has_names() else 0.95) - _LEFT
        return max(_NARROWEST, min(_PITCH, room / lanes))

    def _has_names(self) -> bool:
        """Whether there is room for more than stripes."""
        return self.width() >= self._pane.look.px(_WITH_NAMES)

    def _names_left(self) -> float:
        if not self._has_names():
            return self.width() + _NAME_GAP
        lanes = max(2, self._pane.marks.lanes)
        return min(_LEFT + lanes * self._pitch(), self.width() * 0.46) + _NAME_GAP

    def extent(
        self, mark: Mark, lines: list[Line], starts: list[int]
    ) -> tuple[float, float] | None:
        """Top and bottom of a mark's stripe within ``lines``, in document pixels.

        ``starts`` are the beginnings of the lines.
        """
        first = max(0, bisect_right(starts, mark.start) - 1)
        if lines[first].end <= mark.start and first + 1 < len(lines):
            first += 1
        last = max(first, bisect_right(starts, max(mark.start, mark.end - 1)) - 1)
        if mark.end <= lines[first].start or mark.start >= lines[last].end:
            return None
        return lines[first].top, lines[last].bottom

    # -- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        pane, look = self._pane, self._pane.look
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.paper)
        self._boxes = []
        self._note_boxes = []
        lines = pane.lines()
        if lines:
            marks = sorted(pane.shown_marks(), key=lambda m: m.order)
            y = pane.scroll_y
            starts = [line.start for line in lines]
            extents = {m.id: found for m in marks if (found := self.extent(m, lines, starts))}
            self._dirty = (event.rect().top(), event.rect().bottom())
            self._paint_stripes(painter, marks, extents, y)
            self._paint_names(painter, marks, extents, lines, y)
            self._paint_notes(painter, lines, y)
        painter.end()

    def _paint_stripes(
        self,
        painter: QPainter,
        marks: list[Mark],
        extents: dict[UUID, tuple[float, float]],
        y: int,
    ) -> None:
        pane = self._pane
        current, height = pane.current, self.height()
        pitch = self._pitch()
        last = self._names_left() - 2 - _STRIPE
        thin = min(_STRIPE, pitch - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in marks:
            found = extents.get(mark.id)
            left = _LEFT + mark.lane * pitch
            if found is None or left > last:
                continue
            top, bottom = found[0] - y, found[1] - y
            if bottom < 0 or top > height:
                continue
            width = thin
            if mark.id == current:
                left, width = left - 1, width + 2
            box = QRectF(left, top, width, bottom - top)
            self._boxes.append((left - 2, top, left + width + 2, bottom, mark))
            if bottom < self._dirty[0] or top > self._dirty[1]:
                continue
            face = pane.codes.face(mark.row.code, pane.look)
            _stripe(painter, box, face.colour, face.pattern)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_names(
        self,
        painter: QPainter,
        marks: list[Mark],
        extents: dict[UUID, tuple[float, float]],
        lines: list[Line],
        y: int,
    ) -> None:
        look = self._pane.look
        left = self._names_left()
        room = self.width() - left - look.px(4)
        if not self._has_names():
            return
        row = QFontMetrics(look.small).height() + 2
        half = (lines[0].bottom - lines[0].top) / 2 if lines else 0
        wanted = []
        for mark in marks:
            found = extents.get(mark.id)
            if found is None or mark.start < lines[0].start:
                continue
            first = found[0] + half
            wanted.append(Wanted(mark, first, max(first, found[1]) + _ROWS_BELOW * row))
        sign_width = look.px(_SIGN)
        metrics = QFontMetrics(look.small)

        def is_long(mark: Mark) -> bool:
            name = self._pane.codes.name(mark.row.code)
            # In a very narrow margin two lines would be two torn words.
            return (
                room > look.px(_TWO_LINES) and metrics.horizontalAdvance(name) > room - sign_width
            )

        placed, left_out = place_names(wanted, row, is_long)
        self.left_out = {mark.id for mark in left_out}
        for place in placed:
            top = place.y - y - row / 2
            if top + row * place.rows < 0 or top > self.height():
                continue
            box = QRectF(left, top, room, row * place.rows)
            self._boxes.append((left, top, left + room, box.bottom(), place.key))
            if box.bottom() < self._dirty[0] or top > self._dirty[1]:
                continue
            self._paint_name(painter, place.key, box, sign_width, place.rows)

    def _paint_name(
        self, painter: QPainter, mark: Mark, box: QRectF, sign_width: int, rows: int
    ) -> None:
        pane, look = self._pane, self._pane.look
        first = box.adjusted(0, 0, 0, -box.height() * (rows - 1) / rows)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        valence = mark.row.valence
        if valence is not None:
            painter.setFont(look.sign)
            painter.setPen(look.valence[valence])
            painter.drawText(
                first.adjusted(0, 0, sign_width - box.width(), 0), middle, valence.sign
            )
        here = mark.id == pane.current
        font = look.small_strong if here else look.small
        painter.setFont(font)
        painter.setPen(look.ink)
        after = signs_after(mark)
        metrics = QFontMetrics(font)
        words = first.adjusted(sign_width, 0, 0, 0)
        extra = metrics.horizontalAdvance(after)
        for piece in wrapped(pane.codes.name(mark.row.code), font, words.width() - extra, rows):
            painter.drawText(words, middle, piece)
            end = words.left() + metrics.horizontalAdvance(piece)
            words.translate(0, first.height())
        if after:
            painter.setPen(look.dim)
            words.translate(0, -first.height())
            words.setLeft(end)
            painter.drawText(words, middle, after)

    def _paint_notes(self, painter: QPainter, lines: list[Line], y: int) -> None:
        """A memo on a passage: a small corner beside its first line, at the margin's left."""
        look = self._pane.look
        by_line: dict[int, UUID] = {}
        for memo, at in self.notes.items():
            if lines[0].start <= at < lines[-1].end + 1:
                starts = [line.start for line in lines]
                by_line.setdefault(max(0, bisect_right(starts, at) - 1), memo)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, memo in by_line.items():
            line = lines[number]
            centre = (line.top + line.bottom) / 2 - y
            box = QRectF(0, centre - 4.5, 8, 9)
            painter.setPen(QPen(look.dim, 1))
            painter.setBrush(look.paper)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
            for step in (3, 6):
                painter.drawLine(QPointF(2.5, box.top() + step), QPointF(5.5, box.top() + step))
            self._note_boxes.append((box.adjusted(-2, -6, 2, 6), memo))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- mouse --------------------------------------------------------------------------

    def mark_at(self, point: QPointF) -> Mark | None:
        """The coding whose stripe or name lies under ``point``."""
        x, y = point.x(), point.y()
        for left, top, right, bottom, mark in reversed(self._boxes):
            if left <= x <= right and top <= y <= bottom:
                return mark
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        for box, memo in self._note_boxes:
            if box.contains(event.position()):
                self.note_clicked.emit(memo)
                return
        mark = self.mark_at(event.position())
        if mark is not None:
            self.mark_clicked.emit(mark.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        if mark is not None:
            self.mark_double_clicked.emit(mark.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if mark is not None else Qt.CursorShape.ArrowCursor
        )
        self.hovered.emit(mark.id if mark is not None else None, event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None, QPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._pane.viewport(), event)


def signs_after(mark: Mark) -> str:
    """Small signs behind a name: quotable, unsure, a memo."""
    signs = ""
    if Flag.STAR in mark.row.flags:
        signs += " ★"
    if Flag.UNSURE in mark.row.flags:
        signs += " ?"
    if mark.row.memo:
        signs += " ✎"
    return signs


def _stripe(painter: QPainter, box: QRectF, colour: QColor, pattern: Pattern) -> None:
    width = box.width()
    if pattern is Pattern.SOLID or box.height() <= 2 * width:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, width / 2, width / 2)
        return
    # One dashed line, in units of its width: a document full of stripes is hundreds of pieces.
    length, gap = (9.0, 4.0) if pattern is Pattern.DASHED else (width, 3.0)
    pen = QPen(colour)
    pen.setWidthF(width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([max(0.01, (length - width) / width), (gap + width) / width])
    painter.setPen(pen)
    x = box.center().x()
    painter.drawLine(QLineF(x, box.top() + width / 2, x, box.bottom() - width / 2))
