"""What a screen reader says of a row: its name and what stands beside and below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem

from ikt_coder.ui.widgets.roles import ItemRole


def speak(item: QStandardItem) -> None:
    """Let the row be read out whole; called when all its words are set."""
    parts = (item.text(), item.data(ItemRole.COUNT), item.data(ItemRole.SUBTITLE))
    words = ", ".join(str(part) for part in parts if part)
    item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
