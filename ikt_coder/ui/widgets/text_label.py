"""A label for names of any length: wraps to a few lines, then elides and tells by tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.painting import wrapped


class TextLabel(QWidget):
    """Plain text in a face and colour role, never clipped."""

    def __init__(
        self,
        appearance: Appearance,
        text: str = "",
        *,
        face: FontRole = FontRole.BODY,
        role: str = "ink",
        most_lines: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._face = face
        self._role = role
        self._most = most_lines
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        appearance.changed.connect(self._fit)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._fit()

    def text(self) -> str:
        return self._text

    def lines(self) -> tuple[str, ...]:
        """What is drawn at the present width."""
        return wrapped(self._text, self._appearance.font(self._face), self.width(), self._most)

    def _line_height(self) -> int:
        return QFontMetrics(self._appearance.font(self._face)).height()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._appearance.font(self._face))
        return QSize(metrics.horizontalAdvance(self._text) + 2, self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.px(48), self._line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Take the height of the lines, and tell the whole text where they do not."""
        self.setFixedHeight(len(self.lines()) * self._line_height())
        self.updateGeometry()
        self.update()
        elided = self._text and self.lines()[-1].endswith("…") and not self._text.endswith("…")
        self.setToolTip(self._text if elided else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._appearance.font(self._face))
        role = self._role if self.isEnabled() else "disabled"
        painter.setPen(self._appearance.colour(role))
        height = self._line_height()
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for at, line in enumerate(self.lines()):
            painter.drawText(QRectF(0, at * height, self.width() + 1, height), flags, line)
