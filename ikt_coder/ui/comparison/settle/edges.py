"""Edges of the result set by hand: S or E and arrows, or the mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor

from ikt_coder.core.span import Span
from ikt_coder.services.settling_rows import Edges
from ikt_coder.ui.comparison.columns.column_pane import ColumnPane
from ikt_coder.ui.comparison.columns.text_columns import TextColumns
from ikt_coder.ui.comparison.settle.deciding import Deciding
from ikt_coder.ui.transcript.gesture import Gesture
from ikt_coder.ui.transcript.wording import shortened
from ikt_coder.ui.widgets.announce import announce

translate = QCoreApplication.translate

_MOVES = {
    Qt.Key.Key_Left: QTextCursor.MoveOperation.PreviousCharacter,
    Qt.Key.Key_Right: QTextCursor.MoveOperation.NextCharacter,
    Qt.Key.Key_Up: QTextCursor.MoveOperation.Up,
    Qt.Key.Key_Down: QTextCursor.MoveOperation.Down,
    Qt.Key.Key_Home: QTextCursor.MoveOperation.StartOfLine,
    Qt.Key.Key_End: QTextCursor.MoveOperation.EndOfLine,
}
_WORD = re.compile(r"\S+")
_REACH = 5


class EdgeHold:
    """While an edge is held the arrows move it; Enter keeps it, Esc lets it go back."""

    def __init__(
        self, columns: TextColumns, deciding: Deciding, say: Callable[[str], object]
    ) -> None:
        self._columns = columns
        self._deciding = deciding
        self._say = say
        self._at_start: bool | None = None
        self._before: tuple[Edges, Span | None] = (Edges.OWN, None)

    @property
    def holding(self) -> bool:
        return self._at_start is not None

    def take(self, *, start: bool) -> None:
        """Take hold of an edge of the result."""
        deciding = self._deciding
        if deciding.item is None or deciding.why_not:
            return
        if not self.holding:
            self._before = (deciding.edges(), deciding.draft.span)
        self._at_start = start
        deciding.set_edges(Edges.CUSTOM)
        edge = translate("Settle", "Start edge") if start else translate("Settle", "End edge")
        words = translate("Settle", "{edge} held: arrows move it, Enter keeps it, Esc lets it go")
        self._say(words.format(edge=edge))

    def leave(self) -> None:
        """The edge stays where it is seen."""
        self._at_start = None

    def key(self, event: QKeyEvent) -> bool:
        """Act on a key of the queue while an edge is held."""
        if self._at_start is None:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._at_start = None
            self._say(translate("Settle", "The edges are kept for the next choice."))
        elif key == Qt.Key.Key_Escape:
            self._at_start = None
            self._deciding.set_edges(*self._before)
            self._say(translate("Settle", "The edge is where it was."))
        elif key in _MOVES:
            by_word = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._move(key, by_word)
        else:
            return False
        return True

    def _move(self, key: Qt.Key, by_word: bool) -> None:
        span, content = self._deciding.draft.span, self._columns.content
        if span is None or content is None:
            return
        at_start = bool(self._at_start)
        at = span.start if at_start else span.end
        if by_word and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = _word_edge(content.text, at, at_start, key == Qt.Key.Key_Right)
        else:
            offsets = self._columns.page.offsets
            cursor = self._columns.panes[0].textCursor()
            cursor.setPosition(offsets.to_qt(at))
            cursor.movePosition(_MOVES[key])
            to = offsets.to_point(cursor.position())
        moved = moved_edge(span, to, at_start, len(content.text))
        self._deciding.set_edges(Edges.CUSTOM, moved)
        words = content.text[moved.start : moved.end]
        near = shortened(words, 30) if at_start else "…" + " ".join(words.split()[-4:])
        announce(self._columns, near)


def moved_edge(span: Span, to: int, at_start: bool, length: int) -> Span:
    """``span`` with one edge at ``to``; at least one character is left."""
    if at_start:
        return Span(min(max(to, 0), span.end - 1), span.end)
    return Span(span.start, max(min(to, length), span.start + 1))


def _word_edge(text: str, at: int, at_start: bool, forward: bool) -> int:
    """The next place where a word starts (for a start edge) or ends (for an end edge)."""
    low, high = max(0, at - 400), min(len(text), at + 400)
    spans = [found.span() for found in _WORD.finditer(text, low, high)]
    edges = [start if at_start else end for start, end in spans]
    if forward:
        return min((edge for edge in edges if edge > at), default=high)
    return max((edge for edge in edges if edge < at), default=low)


class EdgeDrag(Gesture):
    """Within a few pixels of an edge that is set by hand the pointer takes hold of it."""

    def __init__(self, pane: ColumnPane, columns: TextColumns, deciding: Deciding) -> None:
        self._pane = pane
        self._columns = columns
        self._deciding = deciding
        self._at_start: bool | None = None

    def press(self, event: QMouseEvent) -> bool:
        edge = self._edge_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or edge is None:
            return False
        self._at_start = edge
        return True

    def move(self, event: QMouseEvent) -> bool:
        if self._at_start is None:
            if not event.buttons():
                over = self._edge_at(event.position()) is not None
                shape = Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.IBeamCursor
                self._pane.viewport().setCursor(shape)
            return False
        span, content = self._deciding.draft.span, self._columns.content
        if span is None or content is None:
            return False
        place = self._pane.position_at(event.position().toPoint())
        to = self._columns.page.offsets.to_point(place)
        moved = moved_edge(span, to, self._at_start, len(content.text))
        self._deciding.set_edges(Edges.CUSTOM, moved)
        return True

    def release(self, event: QMouseEvent) -> bool:
        held, self._at_start = self._at_start, None
        return held is not None

    def leave(self) -> None:
        self._at_start = None

    def _edge_at(self, point: QPointF) -> bool | None:
        """Whether the pointer is at the start edge (True) or the end edge (False)."""
        draft = self._deciding.draft
        if draft.edges is not Edges.CUSTOM or draft.span is None or self._deciding.why_not:
            return None
        start, end = self._columns.page.offsets.units(draft.span)
        rects, lines = self._pane.rects(start, end), self._pane.lines_on_screen()
        if not rects or not lines:
            return None
        first, last = rects[0], rects[-1]
        if start >= lines[0].start and _near(point, first.left(), first.top(), first.bottom()):
            return True
        if end <= lines[-1].end and _near(point, last.right(), last.top(), last.bottom()):
            return False
        return None


def _near(point: QPointF, x: float, top: float, bottom: float) -> bool:
    return abs(point.x() - x) <= _REACH and top - 2 <= point.y() <= bottom + 2
