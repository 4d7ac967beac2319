"""The keys of the Verify page: letters judge while the text has the focus."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.settings import SINGLE_LETTER_KEYS, Settings
from ikt_coder.ui.transcript.gesture import Gesture

_BUSY = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_NAMED = {
    Qt.Key.Key_Return: "A",
    Qt.Key.Key_Enter: "A",
    Qt.Key.Key_Delete: "U",
    Qt.Key.Key_Backspace: "U",
}


class VerifyKeys(Gesture):
    """``acts`` by letter. Enter accepts and Del removes also where letters are turned off."""

    def __init__(self, settings: Settings, acts: Mapping[str, Callable[[], object]]) -> None:
        self._settings = settings
        self._acts = acts

    def key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _BUSY:
            return False
        letter = _NAMED.get(Qt.Key(event.key())) if event.key() in _KNOWN else None
        if letter is None and self._settings.get(SINGLE_LETTER_KEYS):
            letter = event.text().upper()
        act = self._acts.get(letter or "")
        if act is None:
            return False
        act()
        return True


def open_menu(
    place: QPoint,
    window: QWidget,
    words: Mapping[str, str],
    acts: Mapping[str, Callable[[], object]],
    unable: Container[str],
) -> None:
    """Every act with its key, for those who do not type letters."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for letter, said in words.items():
        if not said:
            menu.addSeparator()
            continue
        action = QAction(f"{said}\t{letter}".replace("&", "&&"), menu)
        action.setEnabled(letter not in unable)
        action.triggered.connect(lambda _on=False, letter=letter: acts[letter]())
        menu.addAction(action)
    menu.popup(place)


_KNOWN = frozenset(int(key) for key in _NAMED)
