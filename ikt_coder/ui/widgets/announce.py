"""Says things to screen readers."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, now: bool = False) -> None:
    """Let a screen reader say ``words`` (plain text); ``now`` interrupts what it is saying."""
    if not words:
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if now else politeness.Polite)
    QAccessible.updateAccessibility(event)
