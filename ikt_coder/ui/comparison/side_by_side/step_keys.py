"""J and K through the differences of a text, Enter to settle one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ikt_coder.ui.transcript.gesture import Gesture

_BUSY = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class StepKeys(Gesture):
    """The text cannot be typed in, so letters are free for walking."""

    def __init__(self, step: Callable[[int], object], enter: Callable[[], object]) -> None:
        self._step = step
        self._enter = enter

    def key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _BUSY:
            return False
        if event.key() == Qt.Key.Key_J:
            self._step(1)
        elif event.key() == Qt.Key.Key_K:
            self._step(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            return False
        return True
