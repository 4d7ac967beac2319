"""Choosing a code's colour and pattern."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QVBoxLayout, QWidget

from ikt_coder.core.colour import PALETTE
from ikt_coder.core.words import Pattern
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.wording import colour_words, pattern_words
from ikt_coder.ui.widgets.painting import paint_dot
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.section_heading import SectionHeading

_ACROSS = 5


class LookPopover(Popover):
    """Ten colours and three patterns; arrows move, Space and Enter choose, Esc leaves."""

    colour_chosen = Signal(str)
    pattern_chosen = Signal(object)

    def __init__(
        self, appearance: Appearance, window: QWidget, colour: str, pattern: Pattern
    ) -> None:
        super().__init__(appearance, window)
        self._colour, self._pattern = colour, pattern
        self.colours = {
            name: _Swatch(appearance, name, pattern, colour_words(name)) for name in PALETTE
        }
        self.patterns = {
            each: _Swatch(appearance, colour, each, pattern_words(each)) for each in Pattern
        }
        px = appearance.px
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(12), px(8), px(12), px(12))
        column.setSpacing(px(4))
        column.addWidget(SectionHeading(appearance, self.tr("Colour")))
        column.addLayout(_grid(list(self.colours.values())))
        column.addWidget(SectionHeading(appearance, self.tr("Pattern")))
        column.addLayout(_grid(list(self.patterns.values())))
        self.body.addWidget(inside)
        for name, button in self.colours.items():
            button.clicked.connect(lambda _c=False, n=name: self._choose_colour(n))
        for each, button in self.patterns.items():
            button.clicked.connect(lambda _c=False, p=each: self._choose_pattern(p))
        self._show()
        self.closed.connect(self.deleteLater)

    def open_for(self, rect: QRect, anchor: QWidget) -> None:
        chosen = self.colours.get(self._colour) or next(iter(self.colours.values()))
        self.open_beside(rect, anchor, chosen)

    def _choose_colour(self, name: str) -> None:
        self._colour = name
        self._show()
        self.colour_chosen.emit(name)

    def _choose_pattern(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self._show()
        self.pattern_chosen.emit(pattern)

    def _show(self) -> None:
        for name, button in self.colours.items():
            button.show_as(name, self._pattern, chosen=name == self._colour)
        for each, button in self.patterns.items():
            button.show_as(self._colour, each, chosen=each is self._pattern)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_ACROSS,
            Qt.Key.Key_Down: _ACROSS,
        }
        step = steps.get(Qt.Key(event.key()))
        every = [*self.colours.values(), *self.patterns.values()]
        here = next((at for at, button in enumerate(every) if button.hasFocus()), None)
        if step is not None and here is not None:
            to = max(0, min(len(every) - 1, here + step))
            every[to].setFocus(Qt.FocusReason.TabFocusReason)
            event.accept()
            return
        super().keyPressEvent(event)


class _Swatch(QAbstractButton):
    """A dot in a colour and pattern; the chosen one has an edge and a check mark's word."""

    def __init__(self, appearance: Appearance, colour: str, pattern: Pattern, name: str) -> None:
        super().__init__()
        self._appearance = appearance
        self._colour, self._pattern = colour, pattern
        self.setCheckable(True)
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(name)
        self.setAccessibleName(name)

    def show_as(self, colour: str, pattern: Pattern, *, chosen: bool) -> None:
        self._colour, self._pattern = colour, pattern
        self.setChecked(chosen)
        self.update()

    def nextCheckState(self) -> None:
        """The popover sets the checks."""

    def sizeHint(self) -> QSize:
        side = self._appearance.px(32)
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            edge = "accent" if self.isChecked() else "rule"
            ground = "accent_ground" if self.isChecked() else "hover"
            painter.setPen(QPen(look.colour(edge), 1))
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        middle = QPointF(self.width() / 2, self.height() / 2)
        paint_dot(painter, middle, look.px(14), look.code_colour(self._colour), self._pattern)
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), 6, look)


def _grid(buttons: list[_Swatch]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(2)
    for at, button in enumerate(buttons):
        grid.addWidget(button, at // _ACROSS, at % _ACROSS)
    grid.setColumnStretch(_ACROSS, 1)
    return grid
