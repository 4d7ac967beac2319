"""Pills: round buttons that say a state, and chips to check."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ikt_coder.ui.appearance.focus_ring import OWN_RING, paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.painting import keycap_size, paint_keycap

_Colours = tuple[QColor, QColor, QColor]


class Pill(QAbstractButton):
    """A round button: initials or an icon, words, then what is set in semibold.

    "CA Coding as **Coder A**", "Unit: **characters**". Where it opens a menu, ``opens`` adds a
    chevron. Where there is no room the words are elided and the tooltip tells them.
    """

    def __init__(
        self,
        appearance: Appearance,
        text: str = "",
        strong: str = "",
        *,
        initials: str = "",
        icon: str = "",
        opens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._strong = strong
        self._initials = initials
        self._icon_name = icon
        self._opens = opens
        self.setProperty(OWN_RING, True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(text, strong, initials)
        appearance.changed.connect(self.updateGeometry)

    def set_words(self, text: str, strong: str = "", initials: str = "") -> None:
        """Say something else."""
        self._strong = strong
        self._initials = initials
        self.setText(text)
        self.setAccessibleName(f"{text} {strong}".strip())
        if not self.toolTip() or self.toolTip() == self.property("wholeText"):
            self.setToolTip(self.accessibleName())
        self.setProperty("wholeText", self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._appearance.px
        width = 2 * px(11) + self._before() + sum(w for _, _, w in self._runs())
        return QSize(width + (px(15) if self._opens else 0), px(26))

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        return QSize(min(size.width(), self._appearance.px(72)), size.height())

    def _before(self) -> int:
        """Width of what stands before the words."""
        px = self._appearance.px
        width = px(16) + px(5) if self._icon_name else 0
        if self._initials:
            width += round(keycap_size(self._initials, self._appearance).width()) + px(7)
        return width

    def _runs(self) -> list[tuple[str, FontRole, int]]:
        """The words in their faces, each with its width."""
        faces = [(self.text(), FontRole.BODY), (self._strong, FontRole.STRONG)]
        runs: list[tuple[str, FontRole, int]] = []
        for words, face in faces:
            if not words:
                continue
            gap = self._appearance.px(5) if runs else 0
            runs.append((words, face, gap + self._width(words, face)))
        return runs

    def _width(self, words: str, face: FontRole) -> int:
        return ceil(QFontMetricsF(self._appearance.font(face)).horizontalAdvance(words)) + 1

    def _colours(self) -> _Colours:
        """Edge, ground, words."""
        look = self._appearance
        if not self.isEnabled():
            return look.colour("rule"), look.colour("panel"), look.colour("disabled")
        ground = "accent_ground" if self.isDown() else "hover" if self.underMouse() else "paper"
        return look.colour("rule"), look.colour(ground), look.colour("ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance
        edge, ground, words = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self._paint_words(painter, words)
        if self.hasFocus() and look.focus_by_keyboard:
            paint_focus_ring(painter, self.rect(), self.height() / 2 - 1, look)

    def _paint_words(self, painter: QPainter, colour: QColor) -> None:
        px = self._appearance.px
        left = px(11)
        middle = self.height() / 2
        if self._icon_name:
            icon = self._appearance.icon(self._icon_name, "dim")
            icon.paint(painter, left, round(middle - px(16) / 2), px(16), px(16))
            left += px(16) + px(5)
        if self._initials:
            cap = keycap_size(self._initials, self._appearance)
            place = QRectF(left, middle - cap.height() / 2, cap.width(), cap.height())
            paint_keycap(painter, place, self._initials, self._appearance)
            left += round(cap.width()) + px(7)
        start = left
        end = self.width() - px(11) - (px(15) if self._opens else 0)
        painter.setPen(colour)
        runs = self._runs()
        over = sum(width for *_, width in runs) - (end - left)
        if over > 0 and len(runs) > 1:
            # What is set matters more than what it is called: shorten that first.
            words, face, width = runs[0]
            runs[0] = (words, face, width - over)
            if width - over < px(28):
                runs = [(self._strong, FontRole.STRONG, end - left)]
        for words, face, width in runs:
            font = self._appearance.font(face)
            painter.setFont(font)
            gap = px(5) if left > start else 0
            room = min(width, end - left) - gap
            text = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(left + gap, 0, room + 1, self.height()), flags, text)
            left += width
        if self._opens:
            icon = self._appearance.icon("chevron-down", "dim")
            side = px(12)
            icon.paint(painter, self.width() - px(11) - side, round(middle - side / 2), side, side)


class CheckChip(Pill):
    """A chip that is on or off; on shows a check mark, an accent edge and accent words."""

    def __init__(self, appearance: Appearance, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(appearance, text, parent=parent)
        self.setCheckable(True)
        self.toggled.connect(self.updateGeometry)

    def _runs(self) -> list[tuple[str, FontRole, int]]:
        shown = f"✓ {self.text()}" if self.isChecked() else self.text()
        return [(shown, FontRole.BODY, self._width(shown, FontRole.BODY))]

    def _colours(self) -> _Colours:
        edge, ground, words = super()._colours()
        if self.isChecked() and self.isEnabled():
            accent = self._appearance.colour("accent")
            return accent, ground, accent
        return edge, ground, words
