"""Small things drawn in more than one widget: keycaps, code dots, wrapped lines of text."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from ikt_coder.core.words import Pattern
from ikt_coder.ui.appearance.style import Appearance, FontRole

DOT = 8


def paint_dot(
    painter: QPainter, centre: QPointF, diameter: float, colour: QColor, pattern: Pattern
) -> None:
    """A code's dot. The pattern is the second sign: solid a disc, dashed a disc cut in two,
    dotted a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = diameter / 2
    box = QRectF(centre.x() - half, centre.y() - half, diameter, diameter)
    if pattern is Pattern.DOTTED:
        width = max(1.5, diameter / 4)
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if pattern is Pattern.DASHED:
            gap = diameter / 10
            painter.drawChord(box.translated(0, -gap), 10 * 16, 160 * 16)
            painter.drawChord(box.translated(0, gap), 190 * 16, 160 * 16)
        else:
            painter.drawEllipse(box)
    painter.restore()


def keycap_size(label: str, appearance: Appearance) -> QSizeF:
    """How large :func:`paint_keycap` draws ``label``."""
    metrics = QFontMetricsF(keycap_font(appearance))
    height = appearance.px(16)
    return QSizeF(max(height + 2.0, metrics.horizontalAdvance(label) + appearance.px(10)), height)


def keycap_font(appearance: Appearance) -> QFont:
    font = appearance.font(FontRole.SMALL)
    font.setPixelSize(appearance.px(11))
    return font


def paint_keycap(
    painter: QPainter,
    box: QRectF,
    label: str,
    appearance: Appearance,
    *,
    edge: QColor | None = None,
    words: QColor | None = None,
) -> None:
    """A key as a small cap with a heavier lower edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = edge or appearance.colour("rule")
    cap = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if edge else appearance.colour("paper"))
    painter.drawRoundedRect(cap, 3.5, 3.5)
    painter.drawLine(
        QPointF(cap.left() + 3, cap.bottom() - 1), QPointF(cap.right() - 3, cap.bottom() - 1)
    )
    painter.setPen(words or appearance.colour("dim"))
    painter.setFont(keycap_font(appearance))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
    painter.restore()


def wrapped(text: str, font: QFont, width: float, most: int = 2) -> tuple[str, ...]:
    """``text`` broken into at most ``most`` lines of ``width`` pixels; the last is elided.

    Breaks between words, and inside a word only where it is wider than the line.
    """
    return _wrapped(text, font.key(), round(max(width, 8.0)), most, _Hashed(font))


class _Hashed:
    """A font that a cache keyed by ``font.key()`` may ignore."""

    def __init__(self, font: QFont) -> None:
        self.font = font

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed)


@lru_cache(maxsize=4096)
def _wrapped(text: str, _key: str, width: int, most: int, hashed: _Hashed) -> tuple[str, ...]:
    text = text.replace("\n", " ")
    metrics = QFontMetricsF(hashed.font)
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, hashed.font)
    layout.setTextOption(option)
    # Qt counts UTF-16 units, Python code points: cut in Qt's own measure.
    units = text.encode("utf-16-le")
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == most - 1:
            rest = units[start * 2 :].decode("utf-16-le").rstrip()
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        end = start + line.textLength()
        lines.append(units[start * 2 : end * 2].decode("utf-16-le").rstrip())
    layout.endLayout()
    return tuple(lines)
