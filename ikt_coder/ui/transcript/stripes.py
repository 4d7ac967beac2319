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

from ikt_coder.core.words import Pattern
from ikt_coder.ui.transcript.lines import Line
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.pane import TextPane
from ikt_coder.ui.transcript.stripe_plan import Name, StripePlan, rect_of
from ikt_coder.ui.widgets.painting import wrapped


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
        self._note_boxes: list[tuple[QRectF, UUID]] = []
        self._plan: StripePlan | None = None
        self._stale = False
        self.setMouseTracking(True)
        pane.scrolled.connect(self.update)
        # An act marks more than once; what it comes to is looked at once, before the painting.
        pane.marked.connect(self._outdate)
        pane.marked.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    @property
    def left_out(self) -> set[UUID]:
        """The codings on screen whose names found no room."""
        return self._plan.left_out if self._plan is not None else set()

    def _outdate(self) -> None:
        self._stale = True

    def _follow(self) -> None:
        """Have painted anew what the marks changed, and only that."""
        if not self._stale:
            return
        before = self._plan
        plan = self._take_plan()
        self.update(plan.changed(before) if before is not None else self.rect())

    def _take_plan(self) -> StripePlan:
        self._plan = plan = StripePlan(self._pane, self.width(), self.height())
        self._stale = False
        self._boxes = [
            (s.left - 2, s.top, s.left + s.width + 2, s.top + s.height, mark)
            for mark, s in plan.stripes
        ]
        self._boxes += [
            (n.left, n.top, n.left + n.width, n.top + n.height, mark) for mark, n in plan.names
        ]
        return plan

    # -- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        pane = self._pane
        whole = event.rect() == self.rect()
        plan = self._plan
        if plan is None or whole or self._stale:
            plan = self._take_plan()
            if not whole:
                self.update()  # elsewhere the margin shows what was before
        region = event.region()
        painter = QPainter(self)
        painter.fillRect(event.rect(), pane.look.paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _, stripe in plan.stripes:
            if whole or region.intersects(rect_of(stripe)):
                box = QRectF(stripe.left, stripe.top, stripe.width, stripe.height)
                colour = stripe.face.colour
                if stripe.other:
                    slim = stripe.width / 4
                    box.adjust(slim, 0, -slim, 0)
                    colour = pane.look.lighter(colour)
                _paint_stripe(painter, box, colour, stripe.face.pattern)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for _, name in plan.names:
            if whole or region.intersects(rect_of(name)):
                self._paint_name(painter, name, plan.sign_width)
        self._note_boxes = []
        lines = pane.lines()
        if lines and self.notes:
            self._paint_notes(painter, lines, pane.scroll_y)
        painter.end()

    def _paint_name(self, painter: QPainter, name: Name, sign_width: int) -> None:
        look = self._pane.look
        first = QRectF(name.left, name.top, name.width, name.height / name.rows)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if name.valence is not None:
            painter.setFont(look.sign)
            painter.setPen(look.valence[name.valence])
            painter.drawText(
                first.adjusted(0, 0, sign_width - name.width, 0), middle, name.valence.sign
            )
        font = look.small_strong if name.here else look.small
        painter.setFont(font)
        painter.setPen(look.dim if name.other else look.ink)
        metrics = QFontMetrics(font)
        words = first.adjusted(sign_width, 0, 0, 0)
        end = words.left()
        extra = metrics.horizontalAdvance(name.after)
        for piece in wrapped(name.face.name, font, words.width() - extra, name.rows):
            painter.drawText(words, middle, piece)
            end = words.left() + metrics.horizontalAdvance(piece)
            words.translate(0, first.height())
        if name.after:
            painter.setPen(look.dim)
            words.translate(0, -first.height())
            words.setLeft(end)
            painter.drawText(words, middle, name.after)

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


def _paint_stripe(painter: QPainter, box: QRectF, colour: QColor, pattern: Pattern) -> None:
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
