"""The focus ring: two pixels of accent around one pixel of paper, around what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QScrollBar,
    QSplitter,
    QWidget,
)

from ikt_coder.ui.appearance.tokens import Space

if TYPE_CHECKING:
    from ikt_coder.ui.appearance.style import Appearance

OWN_RING = "ownFocusRing"
"""A widget with this property set draws its focus itself."""

_REACH = Space.RING + Space.RING_GAP


def paint_focus_ring(
    painter: QPainter, rect: QRect | QRectF, radius: float, appearance: Appearance
) -> None:
    """Draw the ring just inside ``rect``, whose corners are rounded by ``radius``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outer = QRectF(rect)
    half = Space.RING / 2
    painter.setPen(QPen(appearance.colour("focus"), Space.RING))
    painter.drawRoundedRect(outer.adjusted(half, half, -half, -half), radius, radius)
    inset = Space.RING + Space.RING_GAP / 2
    inner = max(0.0, radius - inset)
    painter.setPen(QPen(appearance.colour("focus_gap"), Space.RING_GAP))
    painter.drawRoundedRect(outer.adjusted(inset, inset, -inset, -inset), inner, inner)
    painter.restore()


class FocusRing(QObject):
    """Lays the ring around buttons that get the focus by key.

    Fields show their focus by an accent edge at any time, item views by a ring in the row.
    """

    def __init__(self, appearance: Appearance, app: QApplication) -> None:
        super().__init__(appearance)
        self._appearance = appearance
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self._ring: _Ring | None = None
        self.by_keyboard = False
        app.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # Where the window opens or comes back, nobody moved the focus: no new ring then.
        if old is not None and new is not None:
            self.by_keyboard = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        self._leave()
        if new is not None and self.by_keyboard and _wants_ring(new):
            self._surround(new)

    def _surround(self, widget: QWidget) -> None:
        place = widget.parentWidget()
        if place is None:
            return
        self._around = widget
        self._watched = [widget]
        # A box drawn tight around its buttons would cut the ring: it lies in the next larger.
        while not _has_room(place, widget):
            self._watched.append(place)
            around = place.parentWidget()
            assert around is not None  # or it had room
            place = around
        self._ring = _Ring(self._appearance, place)
        for one in self._watched:
            one.installEventFilter(self)
        self._follow()

    def _leave(self) -> None:
        for one in self._watched:
            if shiboken6.isValid(one):
                one.removeEventFilter(self)
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._around = self._ring = None
        self._watched = []

    def _follow(self) -> None:
        widget, ring = self._around, self._ring
        if widget is None or ring is None or not shiboken6.isValid(ring):
            return
        place = ring.parentWidget()
        if place is None or not place.isAncestorOf(widget):  # it has just been put elsewhere
            self._leave()
            return
        ring.setGeometry(_reach(widget, place))
        ring.setVisible(widget.isVisible())
        ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._follow()
        elif kind == QEvent.Type.ParentChange:
            self._leave()
        return super().eventFilter(watched, event)


def _reach(widget: QWidget, place: QWidget) -> QRect:
    """What the ring around a widget covers, in the coordinates of ``place``."""
    rect = QRect(widget.mapTo(place, QPoint(0, 0)), widget.size())
    return rect.adjusted(-_REACH, -_REACH, _REACH, _REACH)


def _has_room(place: QWidget, widget: QWidget) -> bool:
    """Whether the ring fits into ``place``, or may not leave it: what scrolls cuts it too."""
    outer = place.isWindow() or isinstance(place.parentWidget(), QAbstractScrollArea | None)
    return outer or place.rect().contains(_reach(widget, place))


class _Ring(QWidget):
    """Only paint: no events, no focus, no place in any layout."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_focus_ring(painter, self.rect(), Space.RADIUS + 2, self._appearance)


def _wants_ring(widget: QWidget) -> bool:
    if widget.property(OWN_RING) or isinstance(widget, QScrollBar):
        return False
    if isinstance(widget.parentWidget(), QSplitter):
        return False
    return isinstance(widget, QAbstractButton | QAbstractSlider)
