"""A panel that floats over the window beside what it belongs to."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.appearance.tokens import Space
from ikt_coder.ui.widgets.placement import place_beside

SHADOW = 16


class Popover(QWidget):
    """Lies inside its window, so that it behaves alike on every desktop.

    Esc closes it and gives the focus back to where it was; so does a press outside or the focus
    going elsewhere. Fill ``body`` (a layout) with content.
    """

    closed = Signal()

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._return_to: QWidget | None = None
        self._avoid = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QVBoxLayout(self)
        edge = SHADOW + 1
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(0)
        self.hide()
        appearance.changed.connect(self.refit)

    def open_beside(self, rect: QRect, anchor: QWidget, focus: QWidget | None = None) -> None:
        """Show beside ``rect`` (in the coordinates of ``anchor``), never over it.

        ``focus`` gets the keyboard; the widget that had it gets it back on close.
        """
        window = self.parentWidget()
        if window is None:
            return
        self._avoid = QRect(anchor.mapTo(window, rect.topLeft()), rect.size())
        if not self.isVisible():
            self._return_to = QApplication.focusWidget()
        self.refit()
        self.show()
        self.raise_()
        (focus or self).setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)

    def refit(self) -> None:
        """Measure and place again, after the content or the window has changed."""
        window = self.parentWidget()
        if window is None or self._avoid.isNull():
            return
        self.body.activate()
        around = QSize(2 * SHADOW, 2 * SHADOW)
        wanted = self.sizeHint()
        if self.body.hasHeightForWidth():
            wanted.setHeight(self.body.totalHeightForWidth(wanted.width()))
        bounds = window.rect().adjusted(4, 4, -4, -4)
        panel = place_beside(self._avoid, wanted - around, bounds)
        self.setGeometry(panel.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def panel_rect(self) -> QRect:
        """The panel without its shadow, in the window's coordinates."""
        return self.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def close_popover(self, *, give_back: bool = True) -> None:
        """Hide; ``give_back`` returns the focus to where it was."""
        if not self.isVisible():
            return
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        before, self._return_to = self._return_to, None
        self.hide()
        if give_back and before is not None and shiboken6.isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_popover()
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            if self._is_outside(watched):
                self.close_popover(give_back=False)
        elif kind == QEvent.Type.Resize and watched is self.parentWidget():
            self.refit()
        return super().eventFilter(watched, event)

    def _is_outside(self, watched: QObject) -> bool:
        """Whether ``watched`` is a widget of our window that is not in the panel."""
        if not isinstance(watched, QWidget) or watched.window() is not self.window():
            return False
        return watched is not self and not self.isAncestorOf(watched)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panel = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        paint_shadow(painter, panel, self._appearance)
        painter.setPen(QPen(self._appearance.colour("rule"), 1))
        painter.setBrush(self._appearance.colour("paper"))
        radius = Space.RADIUS_FLOAT
        painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_shadow(painter: QPainter, panel: QRectF, appearance: Appearance) -> None:
    """A soft shadow around and a little below ``panel``."""
    base = appearance.colour("shadow")
    strength = 0.030 if appearance.is_dark else 0.011
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(SHADOW - 2, 0, -1):
        colour = QColor(base)
        colour.setAlphaF(strength)
        painter.setBrush(colour)
        grown = panel.adjusted(-step + 2, -step + 5, step - 2, step)
        painter.drawRoundedRect(grown, Space.RADIUS_FLOAT + step, Space.RADIUS_FLOAT + step)
