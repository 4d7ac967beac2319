"""Paints one hit: where it is, and the words with those around them in two lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ikt_coder.services.search_rows import HitContext
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.retrieval.passage_delegate import clock
from ikt_coder.ui.search.hit_model import HitModel

Index = QModelIndex | QPersistentModelIndex
_LINES = 2
_LEAD = 70
"""Code points before the hit, so that it stands on the first of the lines."""


class HitDelegate(QStyledItemDelegate):
    """Rows of one height, so that tens of thousands scroll at once."""

    def __init__(self, appearance: Appearance, model: HitModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._model = appearance, model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        look = self._look
        words = QFontMetrics(look.font(FontRole.BODY)).height() + look.px(2)
        small = QFontMetrics(look.font(FontRole.SMALL)).height()
        return QSize(look.px(120), small + _LINES * words + look.px(17))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px = self._look, self._look.px
        row = index.row()
        found = self._model.context(row)
        box = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or hovered:
            painter.fillRect(box, look.colour("accent_ground" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), look.colour("accent"))
        left = box.left() + px(34)
        painter.fillRect(QRectF(left, box.bottom(), box.right() - left, 1), look.colour("rule"))
        self._paint_mark(painter, row, QRectF(box.left() + px(6), box.top(), px(28), px(30)))
        small = look.font(FontRole.SMALL)
        metrics = QFontMetrics(small)
        top = box.top() + px(6)
        width = box.width() - px(34) - px(14)
        painter.setFont(small)
        painter.setPen(look.colour("dim"))
        about = metrics.elidedText(self.about(found, row), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, top, width, metrics.height()), _LEFT, about)
        top += metrics.height() + px(3)
        out = row in self._model.left_out or row in self._model.coded
        painter.setPen(look.colour("dim" if out else "ink"))
        painter.setClipRect(QRectF(left, top, width + px(4), box.bottom() - top))
        self._words(found, width).draw(painter, QPointF(left, top))
        painter.restore()

    def about(self, found: HitContext, row: int) -> str:
        """ "Interview 3 · P01 · 06:22 · coded" """
        parts = [found.title, found.hit.speaker or ""]
        if found.hit.start_ms is not None:
            parts.append(clock(found.hit.start_ms))
        if row in self._model.coded:
            parts.append(self.tr("coded"))
        elif row in self._model.left_out:
            parts.append(self.tr("left out"))
        return " · ".join(part for part in parts if part)

    def _paint_mark(self, painter: QPainter, row: int, place: QRectF) -> None:
        """A check where it is coded, a cross where it is left out."""
        icon = ""
        if row in self._model.coded:
            icon = "check"
        elif row in self._model.left_out:
            icon = "close"
        if icon:
            side = self._look.px(14)
            self._look.icon(icon, "dim").paint(
                painter,
                round(place.center().x() - side / 2),
                round(place.center().y() - side / 2),
                side,
                side,
            )

    def _words(self, found: HitContext, width: int) -> QTextLayout:
        before = found.before
        if len(before) > _LEAD:
            cut = before.find(" ", len(before) - _LEAD)
            before = "… " + before[cut + 1 :] if cut >= 0 else before
        before, words, after = (
            part.replace("\n", " ") for part in (before, found.words, found.after)
        )
        layout = QTextLayout(before + words + after, self._look.font(FontRole.BODY))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        hit = QTextLayout.FormatRange()
        hit.start, hit.length = _units(before), _units(words)
        face = QTextCharFormat()
        face.setFontWeight(QFont.Weight.DemiBold)
        face.setBackground(self._look.colour("selection"))
        face.setForeground(self._look.colour("ink"))
        hit.format = face
        layout.setFormats([hit])
        height = QFontMetrics(self._look.font(FontRole.BODY)).height() + self._look.px(2)
        layout.beginLayout()
        for at in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, at * height))
        layout.endLayout()
        return layout


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _units(text: str) -> int:
    """The length as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2
