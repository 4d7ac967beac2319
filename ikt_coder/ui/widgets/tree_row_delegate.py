"""Draws the rows of every list and tree: dot, sign, name, key, count, second text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ikt_coder.core.colour import is_colour
from ikt_coder.core.frozen import frozen
from ikt_coder.core.words import Pattern
from ikt_coder.ui.appearance.focus_ring import paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.appearance.tokens import Space
from ikt_coder.ui.widgets.painting import DOT, keycap_size, paint_dot, paint_keycap, wrapped
from ikt_coder.ui.widgets.roles import ItemRole

Index = QModelIndex | QPersistentModelIndex
PAINTS_ROWS = "paintsRows"
"""A view with this property paints the ground of whole rows itself (a tree, over its branches)."""


@frozen
class _Row:
    """What a row shows, measured for its width."""

    lines: tuple[str, ...]
    under: tuple[str, ...]
    font: QFont
    under_font: QFont
    left: int
    """Where the name starts, from the row's left edge."""
    right: int
    """What stands at the right edge, with its distance."""
    height: int


class MeasuredWhenSeen:
    """A view whose rows are one line high until it is seen.

    A tree that is filled, unfolded and given its place is laid out each time, and asks for the
    height of every row; only the last time counts.
    """

    def needs_no_heights(self) -> bool:
        """Whether the rows need not be measured yet."""
        raise NotImplementedError


class TreeRowDelegate(QStyledItemDelegate):
    """One line is 28 pixels high; long names take two and then elide with a tooltip.

    Reads the roles of :class:`ItemRole`. The chosen row has the accent's ground and a 3-pixel
    bar at its left edge.
    """

    def __init__(
        self,
        appearance: Appearance,
        parent: QObject | None = None,
        *,
        most_lines: int = 2,
        ruled: bool = False,
        floating: bool = False,
        indent: Callable[[Index], int] | None = None,
    ) -> None:
        """``ruled`` draws a line under each row, for lists of two-line entries; ``floating`` sets
        the chosen row off from the edges, for lists in a popover; a tree gives
        ``indent``, the pixels before a row's own content."""
        super().__init__(parent)
        self._appearance = appearance
        self._most = most_lines
        self._ruled = ruled
        self._floating = floating
        self._indent = indent
        appearance.changed.connect(self._measure_again)

    def _measure_again(self) -> None:
        view = self.parent()
        if isinstance(view, QAbstractItemView):
            view.scheduleDelayedItemsLayout()

    # -- measuring --------------------------------------------------------------------------

    def _row(self, index: Index, width: int) -> _Row:
        look, px = self._appearance, self._appearance.px
        face = FontRole.STRONG if index.data(ItemRole.STRONG) else FontRole.BODY
        font, under_font = look.font(face), look.font(FontRole.SMALL)
        left = px(14)
        if self._colour(index) is not None:
            left += px(DOT + 8)
        if index.data(ItemRole.SIGN) is not None:
            left += px(20)
        right = px(14)
        count = _words(index.data(ItemRole.COUNT))
        if count:
            figures = QFontMetrics(look.font(FontRole.FIGURES))
            right += figures.horizontalAdvance(count) + px(8)
        badge = _words(index.data(ItemRole.BADGE))
        if badge:
            right += round(keycap_size(badge, look).width()) + px(5)
        room = max(px(24), width - left - right)
        name = _words(index.data(Qt.ItemDataRole.DisplayRole))
        below = _words(index.data(ItemRole.SUBTITLE))
        lines = wrapped(name, font, room, self._most)
        under = wrapped(below, under_font, max(room, width - left - px(14)), 2) if below else ()
        text = len(lines) * QFontMetrics(font).height()
        text += len(under) * QFontMetrics(under_font).height()
        around = px(16) if under else px(8)
        height = max(px(Space.ROW), text + around)
        return _Row(lines, under, font, under_font, left, right, height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        if isinstance(view, MeasuredWhenSeen) and view.needs_no_heights():
            return QSize(self._appearance.px(48), self._appearance.px(Space.ROW))
        # A tree asks for the height before it tells the width left beside the branches.
        width = option.rect.width()
        if isinstance(view, QAbstractItemView) and (width <= 0 or self._indent is not None):
            width = view.viewport().width()
        if self._indent is not None:
            width -= self._indent(index)
        row = self._row(index, width)
        # The view decides the width: asking for more would bring a scroll bar.
        return QSize(self._appearance.px(48), row.height)

    # -- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px = self._appearance, self._appearance.px
        box = QRect(option.rect)
        state: Any = option.state
        row = self._row(index, box.width())
        painter.save()
        painter.setClipRect(box)
        owns = option.widget is not None and option.widget.property(PAINTS_ROWS)
        if not owns:
            paint_row_ground(
                painter,
                box,
                look,
                chosen=bool(state & QStyle.StateFlag.State_Selected),
                hovered=bool(state & QStyle.StateFlag.State_MouseOver),
                focused=bool(state & QStyle.StateFlag.State_HasFocus),
                floating=self._floating,
            )
        if self._ruled:
            foot = QRectF(box.left(), box.bottom(), box.width(), 1)
            painter.fillRect(foot, look.colour("rule"))
        first = QFontMetrics(row.font).height()
        under = QFontMetrics(row.under_font).height()
        text_height = len(row.lines) * first + len(row.under) * under
        top = box.top() + (box.height() - text_height) / 2
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        dim = "dim" if index.data(ItemRole.DIM) else "ink"
        name_role = dim if enabled else "disabled"
        head = top + first / 2 if row.under else box.top() + box.height() / 2
        self._paint_signs(painter, index, box, head)
        painter.setFont(row.font)
        painter.setPen(look.colour(name_role))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        matches = index.data(ItemRole.MATCH)
        for at, line in enumerate(row.lines):
            place = QRectF(box.left() + row.left, top + at * first, box.width() - row.left, first)
            if matches and at == 0:
                self._paint_matched(painter, place, line, matches, row.font)
            else:
                painter.drawText(place, flags, line)
        painter.setFont(row.under_font)
        painter.setPen(look.colour("dim" if enabled else "disabled"))
        for at, line in enumerate(row.under):
            y = top + len(row.lines) * first + at * under
            painter.drawText(QRectF(box.left() + row.left, y, box.width(), under), flags, line)
        self._paint_right(painter, index, box.right() + 1 - px(14), head)
        painter.restore()

    def _colour(self, index: Index) -> QColor | None:
        value = index.data(ItemRole.COLOUR)
        if isinstance(value, str):
            return self._appearance.code_colour(value) if is_colour(value) else None
        return value if isinstance(value, QColor) else None

    def _paint_signs(self, painter: QPainter, index: Index, box: QRect, middle: float) -> None:
        look, px = self._appearance, self._appearance.px
        left = box.left() + px(14)
        colour = self._colour(index)
        if colour is not None:
            pattern = Pattern(index.data(ItemRole.PATTERN) or Pattern.SOLID)
            centre = QPointF(left + px(DOT) / 2, middle)
            paint_dot(painter, centre, px(DOT), colour, pattern)
            left += px(DOT + 8)
        sign = index.data(ItemRole.SIGN)
        if sign is not None:
            given = index.data(ItemRole.SIGN_COLOUR) or "dim"
            painter.setPen(look.colour(given) if isinstance(given, str) else given)
            painter.setFont(look.font(FontRole.STRONG))
            place = QRectF(left, middle - px(10), px(16), px(20))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | _MIDDLE, str(sign))

    def _paint_right(self, painter: QPainter, index: Index, right: int, middle: float) -> None:
        look, px = self._appearance, self._appearance.px
        count = _words(index.data(ItemRole.COUNT))
        if count:
            font = look.font(FontRole.FIGURES)
            width = QFontMetrics(font).horizontalAdvance(count)
            painter.setFont(font)
            painter.setPen(look.colour("dim"))
            place = QRectF(right - width - 2, middle - px(10), width + 2, px(20))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | _MIDDLE, count)
            right -= width + px(6)
        badge = _words(index.data(ItemRole.BADGE))
        if badge:
            size = keycap_size(badge, look)
            box = QRectF(right - size.width(), middle - size.height() / 2, size.width(), 0)
            box.setHeight(size.height())
            paint_keycap(painter, box, badge, look)

    def _paint_matched(
        self, painter: QPainter, place: QRectF, line: str, matches: Any, font: QFont
    ) -> None:
        """One line whose matched parts are semibold (a little wider than measured)."""
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        at, x = 0, place.left()
        pieces: list[tuple[str, QFont]] = []
        for start, end in matches:
            pieces += [(line[at:start], font), (line[start:end], bold)]
            at = max(at, end)
        pieces.append((line[at:], font))
        for words, face in pieces:
            painter.setFont(face)
            room = QRectF(x, place.top(), place.right() - x, place.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | _MIDDLE, words)
            x += QFontMetricsF(face).horizontalAdvance(words)

    # -- hints ------------------------------------------------------------------------------

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The model's tooltip, or the whole name where it is elided."""
        if event.type() != QEvent.Type.ToolTip or index.data(Qt.ItemDataRole.ToolTipRole):
            return super().helpEvent(event, view, option, index)
        words = self.whole_text(option, index)
        QToolTip.showText(event.globalPos(), words, view)
        return bool(words)

    def whole_text(self, option: QStyleOptionViewItem, index: Index) -> str:
        """The name and second text where either is elided in ``option.rect``, else nothing."""
        row = self._row(index, option.rect.width())
        cut = [t for t in (*row.lines[-1:], *row.under[-1:]) if t.endswith("…")]
        if not cut:
            return ""
        parts = (index.data(Qt.ItemDataRole.DisplayRole), index.data(ItemRole.SUBTITLE))
        return "\n".join(str(part) for part in parts if part)

    def setModelData(self, editor: Any, model: QAbstractItemModel, index: Index) -> None:
        """Names are trimmed; an empty one changes nothing."""
        words = editor.text().strip() if hasattr(editor, "text") else ""
        if words and words != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, words, Qt.ItemDataRole.EditRole)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def paint_row_ground(
    painter: QPainter,
    box: QRect,
    appearance: Appearance,
    *,
    chosen: bool,
    hovered: bool,
    focused: bool,
    floating: bool = False,
) -> None:
    """The ground of one row: chosen, under the pointer, and the ring where it has the focus."""
    if floating:
        _paint_floating_ground(painter, box, appearance, chosen=chosen, hovered=hovered)
        return
    if chosen:
        painter.fillRect(box, appearance.colour("accent_ground"))
        bar = QRect(box.left(), box.top(), Space.SELECTED_BAR, box.height())
        painter.fillRect(bar, appearance.colour("accent"))
    elif hovered:
        painter.fillRect(box, appearance.colour("hover"))
    if focused and appearance.focus_by_keyboard:
        paint_focus_ring(painter, box, 4, appearance)


def _paint_floating_ground(
    painter: QPainter, box: QRect, appearance: Appearance, *, chosen: bool, hovered: bool
) -> None:
    """In a popover the list is walked from the field above: the row has an edge, not a ring."""
    if not chosen and not hovered:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(appearance.colour("accent_ground" if chosen else "hover"))
    painter.setPen(QPen(appearance.colour("accent"), 1) if chosen else Qt.PenStyle.NoPen)
    inset = Space.SMALL - 2
    painter.drawRoundedRect(QRectF(box).adjusted(inset + 0.5, 0.5, -inset - 0.5, -0.5), 6, 6)
    painter.restore()


def _words(value: object) -> str:
    return "" if value is None else str(value)
