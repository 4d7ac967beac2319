"""Coders are grey initials, never a code's colour."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.key_hint import KeyHint


class CoderBadge(KeyHint):
    """A coder's initials in a small grey frame; the whole name is told by tooltip."""

    def __init__(
        self, appearance: Appearance, initials: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, initials, parent)
        self.set_coder(initials, name)

    def set_coder(self, initials: str, name: str) -> None:
        self.set_key(initials)
        self.setToolTip(name)
        self.setAccessibleName(name)
