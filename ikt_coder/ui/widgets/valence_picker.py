"""Direction of a coding: barrier, facilitator, mixed, neutral, or nothing for not set."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.core.words import Valence
from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import Space


class ValencePicker(QWidget):
    """Four segments; choosing the one that is set clears it.

    Breaks into more rows where the words are too long for the width. Arrow keys move between
    the segments, Space and Enter choose.
    """

    picked = Signal(object)
    """The ``Valence`` the person chose, or None where they cleared it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._value: Valence | None = None
        self._buttons = {v: _Segment(appearance, v, self) for v in Valence}
        for valence, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, v=valence: self._clicked(v))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Direction"))
        self.set_words({})
        appearance.changed.connect(self._arrange)

    def set_words(self, words: Mapping[Valence, str]) -> None:
        """The project's words, such as "Enabler"; the usual ones where none is given."""
        usual = {
            Valence.BARRIER: self.tr("Barrier"),
            Valence.FACILITATOR: self.tr("Facilitator"),
            Valence.MIXED: self.tr("Mixed"),
            Valence.NEUTRAL: self.tr("Neutral"),
        }
        for valence, button in self._buttons.items():
            button.set_word(words.get(valence, usual[valence]))
        self._arrange()

    def value(self) -> Valence | None:
        return self._value

    def set_value(self, value: Valence | None) -> None:
        """Show a value without a signal."""
        self._value = value
        for valence, button in self._buttons.items():
            button.setChecked(valence is value)
            stop = valence is (value or Valence.BARRIER)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.ClickFocus)

    def button(self, valence: Valence) -> QAbstractButton:
        return self._buttons[valence]

    def _clicked(self, valence: Valence) -> None:
        self.set_value(None if self._value is valence else valence)
        self.picked.emit(self._value)

    # -- arrangement ------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._one_row(), self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._widths()), self._row_height())

    def _row_height(self) -> int:
        return self._appearance.px(Space.ROW)

    def _one_row(self) -> int:
        return sum(self._widths())

    def _widths(self) -> list[int]:
        return [b.sizeHint().width() for b in self._buttons.values()]

    def _rows(self) -> list[list[_Segment]]:
        """One row, two or four: as few as hold the words."""
        buttons, widths = list(self._buttons.values()), self._widths()
        for each in (4, 2):
            rows = range(0, len(buttons), each)
            if all(sum(widths[at : at + each]) <= self.width() for at in rows):
                return [buttons[at : at + each] for at in rows]
        return [[button] for button in buttons]

    def resizeEvent(self, _event: object) -> None:
        self._arrange()

    def _arrange(self) -> None:
        rows = self._rows()
        height = self._row_height()
        self.setFixedHeight(height * len(rows))
        for at, row in enumerate(rows):
            asked = [b.sizeHint().width() for b in row]
            spare = max(0, self.width() - sum(asked))
            left = 0
            for place, (button, width) in enumerate(zip(row, asked, strict=True)):
                share = spare // len(row)
                right = self.width() if place == len(row) - 1 else left + width + share
                button.setGeometry(left, at * height, right - left, height)
                left = right
        self.updateGeometry()
        self.update()

    def step(self, button: QAbstractButton, by: int) -> None:
        """Move the focus ``by`` segments on from ``button``."""
        buttons = list(self._buttons.values())
        here = next(i for i, b in enumerate(buttons) if b is button)
        buttons[(here + by) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(box, Space.RADIUS, Space.RADIUS)
        painter.fillPath(outline, self._appearance.colour("paper"))
        painter.setClipPath(outline)
        rule = self._appearance.colour("rule")
        for button in self._buttons.values():
            place = QRectF(button.geometry())
            if button.isChecked():
                painter.fillRect(place, self._appearance.colour("accent_ground"))
            elif button.underMouse() and button.isEnabled():
                painter.fillRect(place, self._appearance.colour("hover"))
            if place.left() > 0:
                painter.fillRect(QRectF(place.left(), place.top(), 1, place.height()), rule)
            if place.top() > 0:
                painter.fillRect(QRectF(place.left(), place.top(), place.width(), 1), rule)
        painter.setClipping(False)
        painter.setPen(QPen(rule, 1))
        painter.drawPath(outline)


class _Segment(QAbstractButton):
    """One direction; its ground is painted by the picker."""

    def __init__(self, appearance: Appearance, valence: Valence, picker: ValencePicker) -> None:
        super().__init__(picker)
        self._appearance = appearance
        self._picker = picker
        self._valence = valence
        self.setCheckable(True)
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        first = valence is Valence.BARRIER
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if first else Qt.FocusPolicy.ClickFocus)

    def set_word(self, word: str) -> None:
        self.setText(f"{self._valence.sign} {word}")
        self.setAccessibleName(word)
        self.setToolTip(word)

    def sizeHint(self) -> QSize:
        # Neutral is its sign alone, as the sign ○ says it; its name is in the tooltip.
        metrics = QFontMetrics(self._appearance.font(FontRole.STRONG))
        width = metrics.horizontalAdvance(self._shown()) + self._appearance.px(14)
        return QSize(max(width, self._appearance.px(30)), self._appearance.px(Space.ROW))

    def _shown(self) -> str:
        return self._valence.sign if self._valence is Valence.NEUTRAL else self.text()

    def nextCheckState(self) -> None:
        """The picker sets the checks: the same again clears."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._picker.step(self, 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._picker.step(self, -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: object) -> None:
        self._picker.update()

    def leaveEvent(self, event: object) -> None:
        self._picker.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setFont(look.font(FontRole.STRONG if self.isChecked() else FontRole.BODY))
        role = "disabled" if not self.isEnabled() else "accent" if self.isChecked() else "dim"
        painter.setPen(look.colour(role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown())
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), Space.RADIUS, look)
