"""Enter presses the button that has the focus, in windows as it does in dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def enter_presses(window: QWidget, event: QKeyEvent) -> bool:
    """Press the focused button for an Enter that nobody took; returns whether there was one.

    For ``keyPressEvent`` of a window. Qt presses a button outside of dialogs with the space bar
    alone, and who sees a ring around a button presses Enter.
    """
    plain = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
    if event.key() not in _ENTER or event.modifiers() not in plain or event.isAutoRepeat():
        return False
    button = window.focusWidget()
    if not isinstance(button, QAbstractButton) or not button.isEnabled():
        return False
    if isinstance(button, QToolButton) and button.menu() is not None:
        button.showMenu()
    else:
        button.click()
    event.accept()
    return True
