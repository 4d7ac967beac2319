"""A code's dot as a widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ikt_coder.core.words import Pattern
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.wording import colour_words, pattern_words
from ikt_coder.ui.widgets.painting import paint_dot

_SIZE = 10


class CodeDot(QWidget):
    """Colour and pattern of one code."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._colour, self._pattern = "blue", Pattern.SOLID
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_code(self, colour: str, pattern: Pattern) -> None:
        self._colour, self._pattern = colour, pattern
        self.setAccessibleName(f"{colour_words(colour)}, {pattern_words(pattern)}")
        self.update()

    def sizeHint(self) -> QSize:
        side = self._appearance.px(_SIZE + 4)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._appearance
        middle = QPointF(self.width() / 2, self.height() / 2)
        colour = look.code_colour(self._colour)
        paint_dot(QPainter(self), middle, look.px(_SIZE), colour, self._pattern)
