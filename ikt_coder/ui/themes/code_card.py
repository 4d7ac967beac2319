"""A code as a small card on the board: its colour on the edge, its name, its passages."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ikt_coder.core.words import Pattern
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import Space
from ikt_coder.ui.widgets.painting import wrapped

_EDGE = 4
_DASHES = {Pattern.SOLID: (), Pattern.DASHED: (8, 4), Pattern.DOTTED: (4, 4)}


class CodeCard(QFrame):
    """One code within a theme, or the single codings of a theme (then ``code`` is None)."""

    pressed = Signal(object, object)  # the card, keyboard modifiers
    drag_wanted = Signal(object)  # the card
    opened = Signal(object)  # the card: its passages are wanted
    menu_wanted = Signal(object, object)  # the card, global place

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        count: int,
        *,
        theme: UUID | None,
        code: UUID | None,
        colour: str = "",
        pattern: Pattern = Pattern.SOLID,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.name = name
        self.count = count
        self.theme = theme
        self.code = code
        self._colour = colour
        self._pattern = pattern
        self._lines: tuple[str, ...] = (name,)
        self._press: QPoint | None = None
        self._over_count = False
        self.chosen = False
        self.cut = False
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if code is not None:
            one = self.tr("{name}, 1 passage in the analysis layer")
            many = self.tr("{name}, {count} passages in the analysis layer")
        else:
            one = self.tr("{name}, 1 coding in the analysis layer")
            many = self.tr("{name}, {count} codings in the analysis layer")
        said = one if count == 1 else many.replace("{count}", str(count))
        self.setAccessibleName(said.replace("{name}", name))
        self.setToolTip(self.accessibleName())

    def arrange(self, width: int) -> int:
        """Break the name for ``width``; returns the height needed."""
        px = self._appearance.px
        font = self._appearance.font()
        room = width - px(_EDGE + 10) - px(10) - self._count_width() - px(8)
        self._lines = wrapped(self.name, font, room, 3)
        height = max(px(32), len(self._lines) * QFontMetrics(font).height() + px(12))
        self.resize(width, height)
        return height

    def set_marks(self, *, chosen: bool, cut: bool) -> None:
        if (chosen, cut) != (self.chosen, self.cut):
            self.chosen, self.cut = chosen, cut
            self.update()

    def count_rect(self) -> QRectF:
        """Where a click opens the passages."""
        width = max(self._count_width() + self._appearance.px(16), Space.TARGET)
        return QRectF(self.width() - width, 0, width, self.height())

    def _count_width(self) -> int:
        metrics = QFontMetrics(self._appearance.font(FontRole.FIGURES))
        return metrics.horizontalAdvance(str(self.count))

    # -- pointer --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._appearance.set_focus_by_keyboard(False)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self.pressed.emit(self, event.modifiers())
        elif event.button() == Qt.MouseButton.RightButton:
            self.pressed.emit(self, Qt.KeyboardModifier.NoModifier)
            self.menu_wanted.emit(self, event.globalPosition().toPoint())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.count_rect().contains(event.position())
        if over != self._over_count:
            self._over_count = over
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if over else Qt.CursorShape.OpenHandCursor)
            self.update()
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.position().toPoint() - self._press).manhattanLength()
        if way >= QApplication.startDragDistance() and self.code is not None:
            self._press = None
            self.drag_wanted.emit(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._press = self._press, None
        if pressed is not None and self.count_rect().contains(event.position()):
            self.opened.emit(self)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = None
            self.opened.emit(self)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._over_count = False
        self.update()
        super().leaveEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    # -- drawing --------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.cut:
            painter.setOpacity(0.5)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(box, 6, 6)
        ground = "accent_ground" if self.chosen else "hover" if self.underMouse() else "paper"
        painter.fillPath(outline, look.colour(ground))
        painter.save()
        painter.setClipPath(outline)
        self._paint_edge(painter)
        painter.restore()
        painter.setPen(QPen(look.colour("accent" if self.chosen else "rule"), 1))
        painter.drawPath(outline)
        self._paint_words(painter)
        if self.hasFocus() and look.focus_by_keyboard:
            painter.setOpacity(1)
            paint_focus_ring(painter, self.rect(), 6, look)

    def _paint_edge(self, painter: QPainter) -> None:
        look = self._appearance
        colour = look.code_colour(self._colour) if self._colour else look.colour("field_edge")
        width = look.px(_EDGE)
        dashes = _DASHES[self._pattern]
        if not dashes:
            painter.fillRect(QRectF(0, 0, width, self.height()), colour)
            return
        drawn, gap = (look.px(part) for part in dashes)
        y = 0
        while y < self.height():
            painter.fillRect(QRectF(0, y, width, drawn), colour)
            y += drawn + gap

    def _paint_words(self, painter: QPainter) -> None:
        look = self._appearance
        px = look.px
        font = look.font()
        painter.setFont(font)
        painter.setPen(look.colour("ink" if self.code is not None else "dim"))
        line = QFontMetrics(font).height()
        left = px(_EDGE + 10)
        top = (self.height() - line * len(self._lines)) / 2
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for at, words in enumerate(self._lines):
            painter.drawText(QRectF(left, top + at * line, self.width(), line), flags, words)
        figures = look.font(FontRole.FIGURES)
        figures.setUnderline(self._over_count)
        painter.setFont(figures)
        painter.setPen(look.colour("accent" if self._over_count else "dim"))
        place = QRectF(0, top, self.width() - px(10), line)
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self.count)
        )
