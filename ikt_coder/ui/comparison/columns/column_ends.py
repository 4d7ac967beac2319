"""What stands above and under a coder's column: who it is, and what they coded there."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ikt_coder.core.colour import blend
from ikt_coder.core.words import Pattern, Valence
from ikt_coder.services.settling_rows import Segment, Side
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.comparison.columns.item_words import characters, strength_words
from ikt_coder.ui.comparison.columns.study import Study
from ikt_coder.ui.widgets.painting import DOT, keycap_size, paint_dot, paint_keycap, wrapped
from ikt_coder.ui.widgets.scroll_column import ScrollColumn

_TINT = 0.18
_HEAD = 44
_MOST_MEMO = 240


class ColumnHead(QWidget):
    """The key that takes this column's version, and whose it is."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._key = self._name = self._note = ""
        appearance.changed.connect(self.updateGeometry)

    def show_side(self, key: str, name: str, note: str = "") -> None:
        """``note`` stands dimmed behind the name, such as "nothing here"."""
        self._key, self._name, self._note = key, name, note
        self.setAccessibleName(f"{name} {note}".strip())
        self.setToolTip(name)
        self.update()

    @property
    def name(self) -> str:
        return self._name

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.px(120), self._appearance.px(_HEAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, px = self._appearance, self._appearance.px
        painter = QPainter(self)
        left = 0.0
        middle = self.height() / 2 + px(2)
        if self._key:
            size = keycap_size(self._key, look)
            cap = QRectF(0, middle - size.height() / 2, size.width(), size.height())
            paint_keycap(painter, cap, self._key, look)
            left = size.width() + px(8)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        font = look.font(FontRole.STRONG)
        metrics = QFontMetrics(font)
        room = self.width() - left - px(8)
        shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, int(room))
        box = QRectF(left, middle - px(12), room, px(24))
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        painter.drawText(box, flags, shown)
        if self._note:
            after = metrics.horizontalAdvance(shown) + px(8)
            small = look.font(FontRole.SMALL)
            painter.setFont(small)
            painter.setPen(look.colour("dim"))
            rest = int(room - after)
            words = QFontMetrics(small).elidedText(self._note, Qt.TextElideMode.ElideRight, rest)
            if rest > px(24):
                painter.drawText(box.adjusted(after, 0, 0, 0), flags, words)


class SegmentChip(QWidget):
    """A coding's code in its colour, the direction's sign before it, its levels behind it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = ""
        self._behind = ""
        self._valence: Valence | None = None
        self._colour = ""
        self._pattern = Pattern.SOLID
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_segment(self, segment: Segment, study: Study) -> None:
        row = study.codes.get(segment.code)
        self._name = study.code_name(segment.code)
        self._valence = segment.valence
        self._colour = row.colour if row is not None else ""
        self._pattern = row.pattern if row is not None else Pattern.SOLID
        behind = study.level_names(segment.levels)
        if segment.strength is not None:
            behind.append(strength_words(segment.strength))
        self._behind = ", ".join(behind)
        said = [
            self._name,
            study.direction(segment.valence),
            *behind,
            characters(len(segment.span)),
        ]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    # -- measures ---------------------------------------------------------------------------

    def _left(self) -> int:
        px = self._appearance.px
        return px(8) + px(DOT + 6) + (px(15) if self._valence is not None else 0)

    def _words(self) -> str:
        return f"{self._name} · {self._behind}" if self._behind else self._name

    def _lines(self, width: int) -> tuple[str, ...]:
        font = self._appearance.font(FontRole.STRONG)
        font.setPixelSize(self._appearance.px(12))
        return wrapped(self._words(), font, width - self._left() - self._appearance.px(8), 3)

    def _line_height(self) -> int:
        return self._appearance.px(17)

    def heightForWidth(self, width: int) -> int:
        return len(self._lines(width)) * self._line_height() + self._appearance.px(5)

    def sizeHint(self) -> QSize:
        font = self._appearance.font(FontRole.STRONG)
        font.setPixelSize(self._appearance.px(12))
        width = QFontMetrics(font).horizontalAdvance(self._words()) + 2
        return QSize(width + self._left() + self._appearance.px(8), self.heightForWidth(9999))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.px(80), self._line_height() + self._appearance.px(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, px = self._appearance, self._appearance.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = look.colour("paper")
        colour = look.code_colour(self._colour) if self._colour else look.colour("dim")
        font = look.font(FontRole.STRONG)
        font.setPixelSize(px(12))
        lines = self._lines(self.width())
        metrics = QFontMetricsF(font)
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        box = QRectF(0, 0, min(self.width(), self._left() + widest + px(9)), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(blend(colour.name(), paper.name(), _TINT)))
        painter.drawRoundedRect(box, 5, 5)
        top = px(5) / 2
        first = top + self._line_height() / 2
        left = px(8)
        paint_dot(painter, QPointF(left + px(DOT) / 2, first), px(DOT), colour, self._pattern)
        left += px(DOT + 6)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._valence is not None:
            painter.setPen(look.colour("ink"))
            painter.drawText(
                QRectF(left, top, px(15), self._line_height()), flags, self._valence.sign
            )
            left += px(15)
        painter.setPen(look.colour("ink"))
        for at, line in enumerate(lines):
            y = top + at * self._line_height()
            painter.drawText(QRectF(left, y, self.width(), self._line_height()), flags, line)


class ColumnFoot(ScrollColumn):
    """The codes of a column under the text, and what the coder wrote on them."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._held = QWidget()
        super().__init__(self._held, parent)
        self._appearance = appearance
        self._held.setProperty("transparent", "true")
        self._column = QVBoxLayout(self._held)
        self._column.addStretch(1)
        self._parts: list[QWidget] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_side(self, side: Side, study: Study, memos: Mapping[UUID, str]) -> None:
        """What the coder has in the item; ``memos`` by coding, where they may be seen."""
        px = self._appearance.px
        self._column.setContentsMargins(0, px(8), px(8), px(8))
        self._column.setSpacing(px(5))
        for old in self._parts:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts = []
        for segment in side.segments:
            chip = SegmentChip(self._appearance)
            chip.show_segment(segment, study)
            self._add(chip)
            memo = " ".join(memos.get(segment.coding, "").split()) if segment.coding else ""
            if memo:
                self._add_words(_shortened(self.tr("Memo: {memo}").replace("{memo}", memo)), memo)
        if not side.segments:
            self._add_words(self.tr("Not coded here"), "")
        self._held.updateGeometry()
        self.updateGeometry()

    def _add_words(self, words: str, whole: str) -> None:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("tone", "dim")
        label.setToolTip(whole)
        self._add(label)

    def _add(self, part: QWidget) -> None:
        self._column.insertWidget(len(self._parts), part)
        # Shown at once: the height is asked for before the event loop comes round to it.
        part.show()
        self._parts.append(part)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._column.activate()
        return (
            self._column.totalHeightForWidth(width)
            if self._column.hasHeightForWidth()
            else (self._column.totalSizeHint().height())
        )


def _shortened(words: str) -> str:
    return words if len(words) <= _MOST_MEMO else words[:_MOST_MEMO].rsplit(" ", 1)[0] + "…"
