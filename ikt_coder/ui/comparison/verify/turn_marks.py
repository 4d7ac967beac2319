"""Beside the text: which turns are checked. A click marks a turn, or takes the mark off."""

from __future__ import annotations

from bisect import bisect_left
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.pane import TextPane

WIDTH = 34
_SIDE = 16


class TurnMarks(QWidget):
    """A ring beside the first line of each turn; a check where it was looked at."""

    toggled = Signal(object, bool)
    """A turn, and whether it shall be marked."""

    def __init__(self, appearance: Appearance, pane: TextPane) -> None:
        super().__init__(pane)
        self._appearance = appearance
        self._pane = pane
        self._turns: list[tuple[int, UUID]] = []
        self._checked: frozenset[UUID] = frozenset()
        self._whole = False
        self._boxes: list[tuple[QRectF, UUID]] = []
        self.current: UUID | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Turns checked"))
        pane.scrolled.connect(self.update)
        pane.resized.connect(self.place)

    def set_turns(
        self, turns: list[tuple[int, UUID]], checked: frozenset[UUID], *, whole: bool
    ) -> None:
        """Turns by where they begin (Qt positions), and which are checked."""
        self._turns = sorted(turns, key=lambda turn: turn[0])
        self._checked, self._whole = checked, whole
        self.place()
        self.update()

    def place(self) -> None:
        """Right of the words."""
        pane, px = self._pane, self._appearance.px
        viewport = pane.viewport().geometry()
        left = min(viewport.right() + 1, pane.width() - px(WIDTH))
        self.setGeometry(left, viewport.top(), px(WIDTH), viewport.height())
        self.raise_()

    def is_checked(self, turn: UUID) -> bool:
        return self._whole or turn in self._checked

    def paintEvent(self, event: QPaintEvent) -> None:
        pane, look = self._pane, self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), pane.look.paper)
        self._boxes = []
        side = look.px(_SIDE)
        lines = pane.lines()
        at = bisect_left(self._turns, lines[0].start, key=lambda turn: turn[0]) if lines else 0
        for line in lines:
            while at < len(self._turns) and self._turns[at][0] < max(line.end, line.start + 1):
                turn = self._turns[at][1]
                at += 1
                middle = (line.top + line.bottom) / 2 - pane.scroll_y
                box = QRectF(look.px(8), middle - side / 2, side, side)
                self._boxes.append((box, turn))
                if self.is_checked(turn):
                    look.icon("check", "accent").paint(painter, box.toRect())
                else:
                    role = "accent" if turn == self.current else "dim"
                    painter.setPen(QPen(look.colour(role), 2 if turn == self.current else 1))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(QPointF(box.center()), side / 2 - 2, side / 2 - 2)
        painter.end()

    def _under(self, point: QPoint) -> UUID | None:
        return next((turn for box, turn in self._boxes if box.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._under(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        turn = self._under(event.position().toPoint())
        if turn is not None and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(turn, not self.is_checked(turn))

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._pane.viewport(), event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            turn = self._under(event.pos())
            if turn is None:
                QToolTip.hideText()
            else:
                words = (
                    self.tr("This turn is checked; click to take the mark off")
                    if self.is_checked(turn)
                    else self.tr("Mark this turn as checked (T)")
                )
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
