"""The strip under the text: which code is on which digit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.widgets.painting import keycap_size, paint_keycap

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

_WIDEST_NAME = 180


class Legend(QWidget):
    """Shows as many digits as fit; a click applies the code to the selection."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._boxes: list[tuple[QRectF, int]] = []
        self._wanted = True
        self.setMouseTracking(True)
        self.hide()

    def set_wanted(self, on: bool) -> None:
        """Show the strip whenever there is a code on a digit, or never."""
        self._wanted = on
        self.refresh()

    def refresh(self) -> None:
        view = self._view
        codes = view.digits.codes() if view.content is not None else {}
        self.setVisible(self._wanted and bool(codes))
        names = [f"{digit} {view.code_name(code)}" for digit, code in sorted(codes.items())]
        self.setAccessibleName(self.tr("Codes on digits: {names}").format(names=", ".join(names)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._view.appearance.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._view.appearance.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        appearance, look = view.appearance, view.pane.look
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.paper)
        painter.fillRect(QRectF(0, 0, self.width(), 1), look.rule)
        font = appearance.font(FontRole.SMALL)
        metrics = QFontMetrics(font)
        self._boxes = []
        left = float(appearance.px(12))
        middle = self.height() / 2
        for digit, code in sorted(view.digits.codes().items()):
            cap = keycap_size(str(digit), appearance)
            name = metrics.elidedText(
                view.code_name(code), Qt.TextElideMode.ElideRight, appearance.px(_WIDEST_NAME)
            )
            width = cap.width() + 6 + metrics.horizontalAdvance(name)
            if left + width > self.width() - 8:
                break
            box = QRectF(left, middle - cap.height() / 2, cap.width(), cap.height())
            paint_keycap(painter, box, str(digit), appearance)
            painter.setFont(font)
            painter.setPen(look.dim)
            words = QRectF(box.right() + 6, 0, width, self.height())
            painter.drawText(
                words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name
            )
            self._boxes.append((QRectF(left - 4, 0, width + 8, self.height()), digit))
            left += width + appearance.px(16)
        painter.end()

    def _digit_at(self, event: QMouseEvent) -> int | None:
        return next((d for box, d in self._boxes if box.contains(event.position())), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        digit = self._digit_at(event)
        if digit is not None and event.button() == Qt.MouseButton.LeftButton:
            self._view.digits.apply(digit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        digit = self._digit_at(event)
        self.setCursor(
            Qt.CursorShape.ArrowCursor if digit is None else Qt.CursorShape.PointingHandCursor
        )
        code: UUID | None = self._view.digits.codes().get(digit) if digit is not None else None
        self.setToolTip(self._view.code_name(code) if code is not None else "")
