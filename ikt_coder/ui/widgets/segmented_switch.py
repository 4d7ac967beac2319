"""A switch between a few places, of which exactly one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import Space


@frozen
class Segment:
    """One place: ``key`` names it in the signal, ``hint`` is its tooltip."""

    key: str
    text: str
    hint: str = ""


class SegmentedSwitch(QWidget):
    """Exclusive; one stop for Tab, arrow keys, Home and End move the choice."""

    chosen = Signal(str)
    """The key of the place the person chose; silent for :meth:`choose`."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls the switch."""
        super().__init__(parent)
        self._appearance = appearance
        self._segments: dict[str, _SegmentButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(0)
        self._by_mouse = Qt.FocusPolicy.ClickFocus
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_segments(self, segments: list[Segment], chosen: str | None = None) -> None:
        """Show these places; keeps the choice where it is still among them."""
        before = chosen or self.current()
        for button in self._segments.values():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._segments = {}
        for segment in segments:
            button = _SegmentButton(self._appearance, segment, self)
            button.clicked.connect(self._clicked)
            self._group.addButton(button)
            self._row.addWidget(button)
            self._segments[segment.key] = button
        if self._segments:
            self.choose(before if before in self._segments else next(iter(self._segments)))

    def current(self) -> str:
        """The key of the chosen place; the empty string where there is none."""
        return next((key for key, b in self._segments.items() if b.isChecked()), "")

    def keys(self) -> list[str]:
        return list(self._segments)

    def shown(self) -> list[tuple[str, str]]:
        """Each place's key and text."""
        return [(key, button.text()) for key, button in self._segments.items()]

    def button(self, key: str) -> QAbstractButton:
        """The button of a place, for tests and pictures; raises ``KeyError``."""
        return self._segments[key]

    def choose(self, key: str) -> None:
        """Choose a place without a signal; raises ``KeyError`` where it is not shown."""
        self._segments[key].setChecked(True)
        self._one_stop()

    def _one_stop(self) -> None:
        for button in self._segments.values():
            chosen = button.isChecked()
            policy = Qt.FocusPolicy.TabFocus if chosen else self._by_mouse
            button.setFocusPolicy(policy)

    def leave_focus_to_places(self) -> None:
        """A click takes no focus: whoever listens brings it to the place that is shown."""
        self._by_mouse = Qt.FocusPolicy.NoFocus
        self._one_stop()

    def _clicked(self) -> None:
        focus, chosen = QApplication.focusWidget(), self._segments[self.current()]
        if focus is not chosen and focus in self._segments.values():
            # The keyboard stood on the place that was chosen before.
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        self._one_stop()
        self.chosen.emit(self.current())

    def step(self, to: int) -> None:
        """Choose the place at position ``to`` (wrapping) as by key, with the signal."""
        buttons = list(self._segments.values())
        button = buttons[to % len(buttons)]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._appearance.colour("rule"), 1))
        painter.setBrush(self._appearance.colour("ground"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Space.RADIUS_FLOAT, Space.RADIUS_FLOAT)


class _SegmentButton(QAbstractButton):
    def __init__(self, appearance: Appearance, segment: Segment, switch: SegmentedSwitch) -> None:
        super().__init__(switch)
        self._appearance = appearance
        self._switch = switch
        self.setText(segment.text)
        self.setToolTip(segment.hint)
        self.setCheckable(True)
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        # The width of the chosen, heavier face, so that nothing moves when it is chosen.
        metrics = QFontMetrics(self._appearance.font(FontRole.STRONG))
        px = self._appearance.px
        return QSize(metrics.horizontalAdvance(self._shown()) + px(26), px(Space.ROW))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _shown(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self._switch.keys()
        here = keys.index(self._switch.current())
        moves = {
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }
        to = moves.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and event.key() in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        ):
            to = 2 * here - to
        self._switch.step(to)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(look.colour("rule"), 1))
            painter.setBrush(look.colour("paper"))
            painter.drawRoundedRect(box, 6, 6)
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        strong = self.isChecked()
        painter.setFont(look.font(FontRole.STRONG if strong else FontRole.BODY))
        role = "disabled" if not self.isEnabled() else "ink" if strong else "dim"
        painter.setPen(look.colour(role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown())
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), 6, look)
