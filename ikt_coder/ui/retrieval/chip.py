"""A chip that names one part of a query and can be taken away."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.core.words import Pattern
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.painting import DOT, paint_dot


class Chip(QAbstractButton):
    """A dot in a code's colour or an icon, the words, and a cross. A click (Enter) changes it,
    the cross (Del) takes it away."""

    removed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        text: str,
        *,
        colour: str = "",
        pattern: Pattern = Pattern.SOLID,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        self._colour, self._pattern, self._icon_name = colour, pattern, icon
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(text)
        appearance.changed.connect(self.updateGeometry)

    @property
    def colour(self) -> str:
        """The code's stored colour; the empty string where the chip is of no code."""
        return self._colour

    def set_words(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self.tr("Delete takes it away"))
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def _before(self) -> int:
        px = self._look.px
        return px(DOT + 6) if self._colour else px(14 + 5) if self._icon_name else 0

    def sizeHint(self) -> QSize:
        px = self._look.px
        words = ceil(QFontMetricsF(self._look.font()).horizontalAdvance(self.text())) + 1
        return QSize(px(10) + self._before() + words + px(26), px(26))

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        return QSize(min(size.width(), self._look.px(96)), size.height())

    def cross(self) -> QRectF:
        """Where a click takes the chip away."""
        side = self._look.px(24)
        return QRectF(self.width() - side, 0, side, self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.cross().contains(event.position()):
            self.setDown(False)
            event.accept()
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, px = self._look, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("rule"), 1))
        painter.setBrush(look.colour("hover" if self.underMouse() else "paper"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        left, middle = px(10), self.height() / 2
        if self._colour:
            place = QPointF(left + px(DOT) / 2, middle)
            paint_dot(painter, place, px(DOT), look.code_colour(self._colour), self._pattern)
        elif self._icon_name:
            icon = look.icon(self._icon_name, "dim")
            icon.paint(painter, left, round(middle - px(7)), px(14), px(14))
        left += self._before()
        font = look.font(FontRole.BODY)
        painter.setFont(font)
        painter.setPen(look.colour("ink" if self.isEnabled() else "disabled"))
        room = self.width() - left - px(24)
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, room + 1, self.height()), flags, words)
        cross, side = self.cross(), px(12)
        look.icon("close", "dim").paint(
            painter,
            round(cross.center().x() - side / 2 - px(1)),
            round(middle - side / 2),
            side,
            side,
        )
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), self.height() / 2 - 1, look)
