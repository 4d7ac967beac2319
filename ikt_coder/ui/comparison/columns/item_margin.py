"""The narrow margin in which each item of the text has its icon, beside its first line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import DifferenceKind
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.comparison.columns.differing import ICONS
from ikt_coder.ui.transcript.pane import TextPane

WIDTH = 44
_SIDE = 16
_STEP = 20
_BESIDE = 2
"""So many icons stand beside one line; what is over them is counted."""


@frozen
class Flagged:
    """An item where it begins (a Qt position)."""

    at: int
    kind: DifferenceKind
    item: UUID
    done: bool


class ItemMargin(QWidget):
    """Drawn from the pane's lines. A click goes to the item; resting tells it in words."""

    item_clicked = Signal(object)

    def __init__(self, appearance: Appearance, pane: TextPane) -> None:
        super().__init__(pane)
        self._appearance = appearance
        self._pane = pane
        self._items: list[Flagged] = []
        self._boxes: list[tuple[QRectF, tuple[Flagged, ...]]] = []
        self.current: UUID | None = None
        self.describe: Callable[[UUID], str] = lambda _item: ""
        self.setMouseTracking(True)
        pane.scrolled.connect(self.update)

    def set_items(self, items: list[Flagged]) -> None:
        """Show these; sorted here."""
        self._items = sorted(items, key=lambda item: item.at)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        pane, px = self._pane, self._appearance.px
        painter = QPainter(self)
        painter.fillRect(event.rect(), pane.look.paper)
        self._boxes = []
        side, step = px(_SIDE), px(_STEP)
        at = bisect_left(self._items, pane.lines()[0].start, key=_at) if pane.lines() else 0
        for line in pane.lines():
            here = []
            while at < len(self._items) and self._items[at].at < max(line.end, line.start + 1):
                here.append(self._items[at])
                at += 1
            if not here:
                continue
            here.sort(key=lambda flagged: (flagged.item != self.current, flagged.done))
            middle = (line.top + line.bottom) / 2 - pane.scroll_y
            right = self.width() - px(4)
            few = here if len(here) <= _BESIDE else here[:1]
            if len(few) < len(here):
                box = QRectF(right - step, middle - side / 2, step, side)
                self._boxes.append((box, tuple(here[1:])))
                painter.setFont(pane.look.small)
                painter.setPen(pane.look.dim)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{len(here) - 1}")
                right -= step
            for flagged in few:
                box = QRectF(right - side, middle - side / 2, side, side)
                self._boxes.append((box, (flagged,)))
                self._paint_icon(painter, box, flagged)
                right -= step
        painter.end()

    def _paint_icon(self, painter: QPainter, box: QRectF, flagged: Flagged) -> None:
        look = self._appearance
        role = "disabled" if flagged.done else "dim"
        if flagged.item == self.current:
            role = "accent"
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_ground"))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4)
            painter.restore()
        look.icon(ICONS[flagged.kind], role).paint(painter, box.toRect())

    def _under(self, point: QPoint) -> tuple[Flagged, ...]:
        return next((items for box, items in self._boxes if box.contains(point)), ())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = bool(self._under(event.position().toPoint()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position().toPoint())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.item_clicked.emit(found[0].item)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._pane.viewport(), event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(event.pos())
            words = "\n".join(self.describe(flagged.item) for flagged in found)
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


def _at(flagged: Flagged) -> int:
    return flagged.at
