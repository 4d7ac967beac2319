"""A name and how often: a whole row that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.painting import wrapped

_HEIGHT = 26


class CountRow(QAbstractButton):
    """Long names take two lines. Where it is checked, what it names is what the queue shows."""

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        count: str,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._count = count
        self.setText(name)
        self.setAccessibleName(f"{name}, {count}" if count else name)
        self.setToolTip(hint)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def count(self) -> str:
        return self._count

    def nextCheckState(self) -> None:
        """The queue says what it shows."""

    def _room(self, width: int) -> int:
        figures = QFontMetrics(self._appearance.font(FontRole.FIGURES))
        return width - figures.horizontalAdvance(self._count) - self._appearance.px(12 + 16)

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self.text(), self._appearance.font(), self._room(width), 2)

    def heightForWidth(self, width: int) -> int:
        line = QFontMetrics(self._appearance.font()).height()
        return max(self._appearance.px(_HEIGHT), len(self._lines(width)) * line + 6)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.px(180), self.heightForWidth(self._appearance.px(220)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.px(120), self._appearance.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, px = self._appearance, self._appearance.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent_ground" if self.isChecked() else "hover" if self.underMouse() else ""
        if ground and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        lines = self._lines(self.width())
        font = look.font()
        height = QFontMetrics(font).height()
        top = (self.height() - len(lines) * height) / 2
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(look.colour("ink" if self.isEnabled() else "disabled"))
        for at, line in enumerate(lines):
            painter.drawText(QRectF(px(8), top + at * height, self.width(), height), flags, line)
        painter.setFont(look.font(FontRole.FIGURES))
        painter.setPen(look.colour("dim" if self.isEnabled() else "disabled"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, self.width() - px(8), height), right, self._count)
