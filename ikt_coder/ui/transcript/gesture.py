"""What the transcript asks a gesture; each gesture answers only what concerns it."""

from __future__ import annotations

from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent


class Gesture:
    """One way of acting on the text. A method answers True where it took the event."""

    def key(self, event: QKeyEvent) -> bool:
        return False

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key that is also a menu's shortcut shall come to this gesture first."""
        return False

    def press(self, event: QMouseEvent) -> bool:
        return False

    def move(self, event: QMouseEvent) -> bool:
        return False

    def release(self, event: QMouseEvent) -> bool:
        return False

    def drag_over(self, event: QDropEvent) -> bool:
        return False

    def drag_left(self) -> None:
        """What was dragged is no longer over the text."""

    def drop(self, event: QDropEvent) -> bool:
        return False

    def leave(self) -> None:
        """The text lost the focus."""
