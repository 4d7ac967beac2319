"""A count that opens what it counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole


class CountLink(QAbstractButton):
    """Figures (tabular) that can be clicked; ``what`` says in words what they count."""

    def __init__(
        self, appearance: Appearance, count: str, what: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count, what)
        appearance.changed.connect(self.updateGeometry)

    def set_count(self, count: str, what: str) -> None:
        self.setText(count)
        self.setAccessibleName(f"{count} {what}".strip())
        self.setToolTip(what)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._appearance.font(FontRole.FIGURES))
        px = self._appearance.px
        return QSize(max(px(24), metrics.horizontalAdvance(self.text()) + px(8)), px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        font = look.font(FontRole.FIGURES)
        painter.setFont(font)
        lit = (self.underMouse() or self.hasFocus()) and self.isEnabled()
        role = "disabled" if not self.isEnabled() else "accent" if lit else "dim"
        painter.setPen(look.colour(role))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        inner = QRectF(self.rect()).adjusted(look.px(4), 0, -look.px(4), 0)
        painter.drawText(inner, right, self.text())
        # A quiet underline says "link" without hue.
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(self.text())
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2 + 2.5
        style = Qt.PenStyle.SolidLine if lit else Qt.PenStyle.DotLine
        painter.setPen(QPen(look.colour(role), 1, style))
        painter.drawLine(
            round(inner.right() - width), round(base), round(inner.right()), round(base)
        )
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), 5, look)
