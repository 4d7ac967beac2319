"""One way to settle an item: the key that does it, and what it is called."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import Space
from ikt_coder.ui.comparison.settle.draft import Way
from ikt_coder.ui.widgets.painting import keycap_size, paint_keycap

_HEIGHT = 30


class ChoiceButton(QAbstractButton):
    """Filled with the accent where it is what was decided, or what waits for its reason."""

    looked_at = Signal(bool)
    """The pointer or the focus is on it, or has left: its outcome is worth showing."""

    def __init__(
        self, appearance: Appearance, key: str, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.key = key
        self.setText(words)
        self.way: Way | None = None
        """What a press does; set by the panel."""
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        if key:
            self.setAccessibleDescription(self.tr("Key {key}").format(key=key))
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        look, px = self._appearance, self._appearance.px
        # Measured in the heavier face: chosen or not, the row stays as it is.
        width = QFontMetrics(look.font(FontRole.STRONG)).horizontalAdvance(self.text())
        if self.key:
            width += round(keycap_size(self.key, look).width()) + px(8)
        return QSize(width + 2 * px(12) + 2, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        return QSize(min(size.width(), self._appearance.px(88)), size.height())

    def nextCheckState(self) -> None:
        """What is decided is known by the item, not by the button."""

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.looked_at.emit(True)

    def leaveEvent(self, event: object) -> None:
        self.looked_at.emit(self.hasFocus())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.looked_at.emit(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, px = self._appearance, self._appearance.px
        chosen, able = self.isChecked(), self.isEnabled()
        ground = "accent" if chosen else "hover" if self.underMouse() and able else "paper"
        words = "on_accent" if chosen else "ink"
        if not able:
            ground, words = "panel", "disabled"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent" if chosen and able else "rule"), 1))
        painter.setBrush(look.colour(ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Space.RADIUS, Space.RADIUS)
        left = float(px(12))
        if self.key:
            size = keycap_size(self.key, look)
            cap = QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())
            ink = look.colour(words) if chosen else None
            paint_keycap(painter, cap, self.key, look, edge=ink, words=ink)
            left += size.width() + px(8)
        face = FontRole.STRONG if chosen else FontRole.BODY
        font = look.font(face)
        painter.setFont(font)
        painter.setPen(look.colour(words))
        room = QRectF(left, 0, self.width() - left - px(10), self.height())
        shown = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, shown)
