"""Moving an edge of the current coding by keys: S or E, then arrows, Enter or Esc."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from ikt_coder.ui.transcript.gesture import Gesture
from ikt_coder.ui.transcript.wording import shortened
from ikt_coder.ui.widgets.announce import announce

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate

_MOVES = {
    Qt.Key.Key_Left: QTextCursor.MoveOperation.PreviousCharacter,
    Qt.Key.Key_Right: QTextCursor.MoveOperation.NextCharacter,
    Qt.Key.Key_Up: QTextCursor.MoveOperation.Up,
    Qt.Key.Key_Down: QTextCursor.MoveOperation.Down,
    Qt.Key.Key_Home: QTextCursor.MoveOperation.StartOfLine,
    Qt.Key.Key_End: QTextCursor.MoveOperation.EndOfLine,
}
_KEEP = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WORD = re.compile(r"\S+")


@dataclass(slots=True, eq=False, repr=False)
class _Held:
    coding: UUID
    at_start: bool
    start: int
    end: int
    was: tuple[int, int]


class EdgeGrab(Gesture):
    """While an edge is held it moves on screen only; Enter makes it so, Esc lets it go back."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._held: _Held | None = None

    @property
    def holding(self) -> bool:
        return self._held is not None

    def grab(self, *, start: bool) -> None:
        """Take an edge of the current coding; one that was held is kept where it is."""
        self.keep()
        view = self._view
        mark = view.hand.own_coding()
        if mark is None:
            return
        self._held = _Held(mark.id, start, mark.start, mark.end, (mark.start, mark.end))
        self._show()
        which = (
            translate("Transcript", "Start edge") if start else translate("Transcript", "End edge")
        )
        hint = translate(
            "Transcript", "{edge} held: arrows move it, Enter keeps it, Esc lets it go"
        )
        view.tell(hint.format(edge=which))

    def keep(self) -> None:
        """Make the held edge's place the coding's own."""
        held, self._held = self._held, None
        if held is not None and (held.start, held.end) != held.was:
            self._view.hand.move_edges(held.coding, held.start, held.end)

    def let_go(self) -> None:
        """Put the held edge back where it was."""
        held, self._held = self._held, None
        if held is not None:
            self._view.pane.marks.move(held.coding, *held.was)
            self._view.pane.refresh_marks()
            announce(self._view.pane, translate("Transcript", "The edge is where it was."))

    def wants_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        return self.holding and (key in _MOVES or key in _KEEP or key == Qt.Key.Key_Escape)

    def key(self, event: QKeyEvent) -> bool:
        held = self._held
        if held is None:
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.let_go()
        elif key in _KEEP:
            self.keep()
        elif key in _MOVES:
            by_word = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._move(held, key, by_word)
        else:
            return False
        return True

    def leave(self) -> None:
        # The edge is where the person saw it last; going elsewhere must not undo that.
        self.keep()

    def _move(self, held: _Held, key: Qt.Key, by_word: bool) -> None:
        at = held.start if held.at_start else held.end
        if by_word and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = self._word_edge(at, held.at_start, key == Qt.Key.Key_Right)
        else:
            cursor = self._view.pane.textCursor()
            cursor.setPosition(at)
            cursor.movePosition(_MOVES[key])
            to = cursor.position()
        if held.at_start:
            held.start = min(to, held.end - 1)
        else:
            held.end = max(to, held.start + 1)
        self._view.pane.marks.move(held.coding, held.start, held.end)
        self._show()
        self._announce(held)

    def _word_edge(self, at: int, at_start: bool, forward: bool) -> int:
        """The next place where a word starts (for a start edge) or ends (for an end edge)."""
        content, offsets = self._view.content, self._view.page.offsets
        assert content is not None
        point, text = offsets.to_point(at), content.text
        near = range(max(0, point - 400), min(len(text), point + 400))
        spans = [m.span() for m in _WORD.finditer(text, near.start, near.stop)]
        edges = [start if at_start else end for start, end in spans]
        if forward:
            to = min((edge for edge in edges if edge > point), default=near.stop)
        else:
            to = max((edge for edge in edges if edge < point), default=near.start)
        return offsets.to_qt(to)

    def _show(self) -> None:
        held = self._held
        if held is not None:
            self._view.pane.place_caret(held.start if held.at_start else held.end)
            self._view.pane.ensureCursorVisible()
            self._view.pane.refresh_marks()

    def _announce(self, held: _Held) -> None:
        content, offsets = self._view.content, self._view.page.offsets
        assert content is not None
        words = content.text[offsets.to_point(held.start) : offsets.to_point(held.end)]
        near = shortened(words, 30) if held.at_start else "…" + " ".join(words.split()[-4:])
        announce(self._view.pane, near)
