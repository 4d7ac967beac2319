"""Paints one passage: who and when, the words, what stands around them, the memo."""

from __future__ import annotations

import re
from math import ceil
from uuid import UUID

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Flag, Valence
from ikt_coder.services.rows import CodingRow, PassageRow
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.codes.wording import flag_words, shortened
from ikt_coder.ui.retrieval.passage_model import PassageModel
from ikt_coder.ui.widgets.painting import DOT, paint_dot, wrapped
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate

Index = QModelIndex | QPersistentModelIndex
MOST_LINES = 4
"""Lines a passage takes until it is opened."""
MEASURED = 700
"""Code points that are measured of a long passage: more than its lines hold."""
_WHOLE = 40
"""Surroundings shorter than this end where the document does, not within a word."""
_BLANKS = re.compile(r"\s*\n\s*")
_VALENCE_ROLES = {
    Valence.BARRIER: "barrier",
    Valence.FACILITATOR: "facilitator",
    Valence.MIXED: "mixed",
    Valence.NEUTRAL: "neutral",
}


@frozen
class _Faces:
    """Fonts and their measures at the present text size."""

    words: QFont
    small: QFont
    line: int
    small_line: int


class PassageDelegate(TreeRowDelegate):
    """Groups look as in every tree. A passage's height is reckoned from the width of its
    words, measured once; only what is seen is laid out in lines."""

    def __init__(self, appearance: Appearance, model: PassageModel, parent: QObject) -> None:
        super().__init__(appearance, parent)
        self._look = appearance
        self._model = model
        self._advances: dict[UUID, float] = {}
        self._metrics = QFontMetricsF(appearance.font())
        self._faces = self._measure()
        # Words that changed are measured anew with the list they come in.
        model.modelReset.connect(self._advances.clear)
        model.dataChanged.connect(lambda *_: self._advances.clear())
        appearance.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._advances.clear()
        self._faces = self._measure()

    def _measure(self) -> _Faces:
        words, small = self._look.font(FontRole.BODY), self._look.font(FontRole.SMALL)
        self._metrics = QFontMetricsF(words)
        return _Faces(
            words,
            small,
            QFontMetrics(words).height() + self._look.px(2),
            QFontMetrics(small).height(),
        )

    def _left(self) -> int:
        return self._look.px(30)

    def _width(self, whole: int) -> int:
        return max(self._look.px(60), whole - self._left() - self._look.px(36))

    # -- measuring --------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._model.coding(index)
        view = option.widget
        if row is None or view is None:
            return super().sizeHint(option, index)
        whole = view.viewport().width() if hasattr(view, "viewport") else option.rect.width()
        return QSize(self._look.px(48), self.height(index, row, whole))

    def height(self, index: Index, row: CodingRow, whole: int) -> int:
        """Pixels of one passage in a list ``whole`` pixels wide."""
        faces, width = self._faces, self._width(whole)
        above = faces.small_line + self._look.px(4)
        around = self._look.px(14)
        memo = faces.small_line + self._look.px(4) if row.memo else 0
        if row.id in self._model.expanded:
            passage = self._model.passage(index)
            if passage is not None:
                laid = self._laid(passage, width, expanded=True)
                whole_memo = 0
                if row.memo:
                    memo_lines = wrapped(row.memo, faces.small, width, 12)
                    whole_memo = len(memo_lines) * faces.small_line + self._look.px(4)
                return above + around + ceil(laid.boundingRect().height()) + whole_memo
        return above + around + self._lines(row, width) * faces.line + memo

    def _lines(self, row: CodingRow, width: int) -> int:
        """How many lines a passage takes while it is not opened."""
        asked = self._advances.get(row.id)
        if asked is None:
            asked = self._model.widths.get(row.id)
            if asked is None:
                words = self._model.words(row, MEASURED)
                asked = self._metrics.horizontalAdvance(words)
            self._advances[row.id] = asked
        if asked <= width:
            return 1
        # Each line but the last loses about half a word at its end.
        return min(MOST_LINES, ceil(asked / max(1, width - self._look.px(18))))

    def _laid(self, passage: PassageRow, width: int, *, expanded: bool) -> QTextLayout:
        """The words with their surroundings, laid out."""
        before = _around(passage.before, leading=True) if expanded else ""
        after = _around(passage.after, leading=False) if expanded else ""
        text = before + _BLANKS.sub("\u2028", passage.text) + after
        layout = QTextLayout(text, self._faces.words)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges = []
        start, length = _units(before), _units(_BLANKS.sub("\u2028", passage.text))
        for at, size in ((0, start), (start + length, _units(after))):
            if size:
                dim = QTextLayout.FormatRange()
                dim.start, dim.length = at, size
                face = QTextCharFormat()
                face.setForeground(self._look.colour("dim"))
                dim.format = face
                ranges.append(dim)
        layout.setFormats(ranges)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += self._faces.line
        layout.endLayout()
        return layout

    # -- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.coding(index)
        if row is None:
            super().paint(painter, option, index)
            return
        passage = self._model.passage(index)
        if passage is None:
            return
        view = option.widget
        whole = view.viewport().width() if hasattr(view, "viewport") else option.rect.width()
        box = QRect(0, option.rect.top(), whole, option.rect.height())
        look, faces = self._look, self._faces
        left, width = self._left(), self._width(whole)
        expanded = row.id in self._model.expanded
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(QRectF(left, box.bottom(), whole - left, 1), look.colour("rule"))
        top = box.top() + look.px(6)
        self._paint_sign(painter, row, QRectF(look.px(10), top, look.px(18), faces.small_line))
        self._paint_about(painter, passage, QRect(left, top, whole - left, faces.small_line))
        self._paint_chevron(painter, box, expanded)
        top += faces.small_line + look.px(3)
        painter.setPen(look.colour("ink"))
        if expanded:
            laid = self._laid(passage, width, expanded=True)
            laid.draw(painter, QPointF(left, top))
            top += ceil(laid.boundingRect().height())
        else:
            painter.setFont(faces.words)
            room = self._lines(row, width)
            for line in wrapped(passage.text, faces.words, width, room):
                place = QRectF(left, top, width + look.px(20), faces.line)
                painter.drawText(place, _LEFT, line)
                top += faces.line
        if row.memo:
            self._paint_memo(
                painter, row, QRect(left, top + look.px(3), width, box.bottom() - top), expanded
            )
        painter.restore()

    def _paint_sign(self, painter: QPainter, row: CodingRow, place: QRectF) -> None:
        if row.valence is not None:
            painter.setFont(self._look.font(FontRole.STRONG))
            painter.setPen(self._look.colour(_VALENCE_ROLES[row.valence]))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, row.valence.sign)

    def _paint_about(self, painter: QPainter, passage: PassageRow, place: QRect) -> None:
        """The code where several are listed, then who, when, and marks."""
        look, row = self._look, passage.coding
        x = place.left()
        code = self._model.code(row)
        metrics = QFontMetrics(self._faces.small)
        painter.setFont(self._faces.small)
        limit = place.right() - look.px(40)
        if self._model.several_codes and code is not None:
            middle = place.top() + place.height() / 2
            colour: QColor = look.code_colour(code.colour)
            paint_dot(
                painter, QPointF(x + look.px(DOT) / 2, middle), look.px(DOT), colour, code.pattern
            )
            x += look.px(DOT + 6)
            named = code.name
            if row.id in self._model.beside:
                named = f"{named} + {self._model.beside[row.id]}"
            name = metrics.elidedText(named, Qt.TextElideMode.ElideRight, (limit - x) * 3 // 5)
            painter.setPen(look.colour("ink"))
            painter.drawText(QRectF(x, place.top(), limit - x, place.height()), _LEFT, name)
            x += metrics.horizontalAdvance(name) + look.px(8)
        painter.setPen(look.colour("dim"))
        words = metrics.elidedText(
            self.about(passage), Qt.TextElideMode.ElideRight, max(0, limit - x)
        )
        painter.drawText(QRectF(x, place.top(), limit - x, place.height()), _LEFT, words)

    def about(self, passage: PassageRow) -> str:
        """ "Interview 3 · P01 · 06:22 · AO · ★ Quotable" """
        row = passage.coding
        who = list(passage.speakers)
        who += [label for label in passage.participants if label not in who]
        parts = [passage.document_title] if self._model.several_documents else []
        parts.append(", ".join(who))
        if passage.start_ms is not None:
            parts.append(clock(passage.start_ms))
        if self._model.several_coders:
            parts.append(passage.coder_initials)
        parts += [flag_words(flag) for flag in Flag if flag in row.flags]
        return " · ".join(part for part in parts if part)

    def _paint_chevron(self, painter: QPainter, box: QRect, expanded: bool) -> None:
        place = self.chevron(box)
        side = self._look.px(12)
        icon = self._look.icon("chevron-up" if expanded else "chevron-down", "dim")
        icon.paint(
            painter,
            place.center().x() - side // 2,
            place.center().y() - side // 2,
            side,
            side,
        )

    def chevron(self, box: QRect) -> QRect:
        """Where a click shows more or less of the text around a passage."""
        side = self._look.px(26)
        return QRect(
            box.right() - side - self._look.px(4), box.top() + self._look.px(1), side, side
        )

    def _paint_memo(self, painter: QPainter, row: CodingRow, place: QRect, expanded: bool) -> None:
        painter.setFont(self._faces.small)
        painter.setPen(self._look.colour("dim"))
        y = place.top()
        for line in wrapped(row.memo, self._faces.small, place.width(), 12 if expanded else 1):
            painter.drawText(
                QRectF(place.left(), y, place.width() + 8, self._faces.small_line), _LEFT, line
            )
            y += self._faces.small_line

    def whole_text(self, option: QStyleOptionViewItem, index: Index) -> str:
        row = self._model.coding(index)
        if row is None:
            return super().whole_text(option, index)
        passage = self._model.passage(index)
        if passage is None or row.id in self._model.expanded:
            return ""
        return shortened(passage.text, 1200)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _around(text: str, *, leading: bool) -> str:
    """What stands before or after a passage: whole words, blank lines left out."""
    if leading:
        cut = text.find(" ") + 1 if len(text) > _WHOLE else 0
        text = ("… " if cut else "") + text[cut:].lstrip()
    elif len(text) > _WHOLE:
        text = text[: max(text.rfind(" "), 0)].rstrip() + " …"
    return _BLANKS.sub("\u2028", text)


def _units(text: str) -> int:
    """The length as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


def clock(milliseconds: int) -> str:
    """ "06:22", or "1:06:22" from an hour on."""
    seconds = milliseconds // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes:02}:{seconds % 60:02}"
