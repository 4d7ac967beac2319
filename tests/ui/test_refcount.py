"""Qt's bindings keep the count of references to None (PySide6 6.12.0 did not)."""

from __future__ import annotations

import sys

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

CALLS = 4_000
# Other code of the process may take or give back a few references meanwhile.
SLACK = CALLS // 10


def test_moving_and_formatting_with_a_cursor_keeps_references_to_none(qtbot: QtBot) -> None:
    document = QTextDocument("And then we wrote the questions together. " * 20)
    cursor = QTextCursor(document)
    look = QTextCharFormat()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        cursor.setPosition(number % 700)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 5)
        cursor.mergeCharFormat(look)
        cursor.setCharFormat(look)
        cursor.clearSelection()
    assert abs(sys.getrefcount(None) - before) < SLACK
