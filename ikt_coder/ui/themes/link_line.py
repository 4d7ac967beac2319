"""A link to another theme in a line: an icon and words that go there."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.services.rows import LinkRow
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.themes.wording import link_words
from ikt_coder.ui.widgets.painting import wrapped


class LinkLine(QAbstractButton):
    """ "leads to Making room": dimmed, underlined under the pointer; the tooltip has the note."""

    def __init__(
        self,
        appearance: Appearance,
        link: LinkRow,
        theme: UUID,
        *,
        lines: int = 1,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        self.link = link
        self._most = lines
        self._face = FontRole.SMALL if small else FontRole.BODY
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = link_words(link, theme)
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(link.note)
        self.setToolTip(f"{words}\n{link.note}" if link.note else words)
        appearance.changed.connect(self._fit)
        self._fit()

    def _before(self) -> int:
        return self._look.px(22 if self._face is FontRole.BODY else 18)

    def lines(self) -> tuple[str, ...]:
        room = max(self.width() - self._before(), self._look.px(40))
        return wrapped(self.text(), self._look.font(self._face), room, self._most)

    def height_for(self, width: int) -> int:
        """The height the words take at a width."""
        room = max(width - self._before(), self._look.px(40))
        font = self._look.font(self._face)
        count = len(wrapped(self.text(), font, room, self._most))
        return max(self._look.px(24), count * QFontMetrics(font).height() + self._look.px(6))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._look.font(self._face))
        return QSize(self._before() + metrics.horizontalAdvance(self.text()) + 2, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(80), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        height = self.height_for(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)
            self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        lit = self.underMouse() or self.hasFocus()
        role = "accent" if lit else "dim"
        font = look.font(self._face)
        font.setUnderline(lit)
        painter.setFont(font)
        lines = self.lines()
        height = QFontMetrics(font).height()
        top = (self.height() - len(lines) * height) / 2
        side = look.px(14 if self._face is FontRole.BODY else 12)
        look.icon("link", role).paint(painter, 0, round(top + (height - side) / 2), side, side)
        painter.setPen(look.colour(role))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for at, line in enumerate(lines):
            place = QRectF(self._before(), top + at * height, self.width(), height)
            painter.drawText(place, flags, line)
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), 4, look)
