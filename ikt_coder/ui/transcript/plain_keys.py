"""Keys that are no menu's shortcut: the keypad's + and −, letters that cannot act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ikt_coder.core.words import Valence
from ikt_coder.settings import SINGLE_LETTER_KEYS
from ikt_coder.ui.transcript.gesture import Gesture

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

_BUSY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PlainKeys(Gesture):
    """Keypad + is facilitator and − is barrier, as extras beside F and B."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view

    def key(self, event: QKeyEvent) -> bool:
        view = self._view
        if view.mending.active or event.modifiers() & _BUSY:
            return False
        if event.key() == Qt.Key.Key_Escape:
            view.leave_selection()
            return True
        if event.key() == Qt.Key.Key_Menu:
            view.menu.open_at_caret()
            return True
        if not view.settings.get(SINGLE_LETTER_KEYS):
            return False
        if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
            if event.key() == Qt.Key.Key_Plus:
                view.hand.toggle_valence(Valence.FACILITATOR)
                return True
            if event.key() == Qt.Key.Key_Minus:
                view.hand.toggle_valence(Valence.BARRIER)
                return True
            return False
        reason = view.hand.why_not()
        if reason is not None and view.content is not None and view.acts.has_key(event.text()):
            # A key whose act is switched off says why, instead of doing nothing.
            view.fail(reason)
            return True
        return False
