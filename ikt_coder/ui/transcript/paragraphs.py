"""From paragraph to paragraph by keys, as in a word processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.pane import TextPane

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def step_by_key(pane: TextPane, event: QKeyEvent) -> bool:
    """Ctrl with an arrow puts the caret where the next words begin, or those before; with
    Shift too it selects up to there. Returns whether it was such a key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    by = _STEPS.get(Qt.Key(event.key()))
    if by is None or held not in (ctrl, ctrl | shift) or pane.page is None:
        return False
    cursor = pane.textCursor()
    target = _next_words(pane, cursor, by)
    if target is None:
        target = pane.document().characterCount() - 1 if by > 0 else cursor.position()
    keep = QTextCursor.MoveMode.KeepAnchor if held & shift else QTextCursor.MoveMode.MoveAnchor
    cursor.setPosition(target, keep)
    pane.setTextCursor(cursor)
    pane.ensureCursorVisible()
    event.accept()
    return True


def _next_words(pane: TextPane, cursor: QTextCursor, by: int) -> int | None:
    """Where the words of the next paragraph begin that has any, None behind the last."""
    at = cursor.position()
    block = cursor.block()
    while block.isValid():
        begins = _begins(pane, block)
        if begins is not None and (begins > at if by > 0 else begins < at):
            return begins
        block = block.next() if by > 0 else block.previous()
    return None


def _begins(pane: TextPane, block: QTextBlock) -> int | None:
    """Behind the folded label of a paragraph; None where it has no words."""
    start, end = block.position(), block.position() + block.length() - 1
    fold = pane.page.fold_at(start) if pane.page is not None else None
    begins = max(start, fold[1]) if fold is not None else start
    return begins if begins < end else None
