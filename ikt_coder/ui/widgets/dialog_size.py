"""The size of a dialog: fits the screen, and is as the person left it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QDialog

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance


class DialogSize(QObject):
    """Gives a dialog its size at 100 % text size, or the one remembered under ``name``."""

    def __init__(
        self,
        dialog: QDialog,
        settings: Settings,
        appearance: Appearance,
        name: str,
        width: int,
        height: int,
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._settings = settings
        self._name = name
        size = QSize(appearance.px(width), appearance.px(height))
        sides = (settings.window(name) or "").split("x")
        if len(sides) == 2 and all(side.isdigit() for side in sides):
            size = QSize(int(sides[0]), int(sides[1]))
        room = dialog.screen().availableSize() - QSize(24, 48)
        dialog.resize(size.boundedTo(room))
        self._before = dialog.size()
        dialog.finished.connect(self._remember)

    def _remember(self) -> None:
        if self._dialog.size() != self._before:
            self._before = self._dialog.size()
            side = f"{self._before.width()}x{self._before.height()}"
            self._settings.remember_window(self._name, side)
