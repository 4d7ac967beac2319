"""Where the window was on the screen. Both windows are one to the person: one size, one place."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from ikt_coder.settings import Settings

_NAME = "main"
_WIDTH, _HEIGHT = 1440, 900


def restore_geometry(window: QMainWindow, settings: Settings) -> None:
    """Put a window where it was, or give it a size that the screen has room for.

    A place off every screen is brought back by Qt.
    """
    room = window.screen().availableSize()
    window.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 60))
    kept = settings.window(_NAME)
    if kept:
        window.restoreGeometry(QByteArray.fromBase64(kept.encode()))


def keep_geometry(window: QMainWindow, settings: Settings) -> None:
    """Remember size and place."""
    text = window.saveGeometry().toBase64().toStdString()
    settings.remember_window(_NAME, text)
