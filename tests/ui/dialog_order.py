"""The order of the buttons of a dialog: the one that leaves, and at the end the main one."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QDialogButtonBox, QPushButton

ON_PURPOSE = "out_of_order_on_purpose"
LEAVING = ("Cancel", "Leave", "Close")


def out_of_order(dialog: QDialog) -> list[str]:
    """What is wrong with a visible dialog, in words."""
    leaving = [one for one in _buttons(dialog) if _leaves(one)]
    return [
        f"{type(dialog).__name__}: “{main.text()}” stands before “{leave.text()}”"
        for main in _buttons(dialog)
        if _is_main(main)
        for leave in leaving
        if leave is not main and _row(main, dialog) == _row(leave, dialog)
        if main.mapTo(dialog, QPoint()).x() < leave.mapTo(dialog, QPoint()).x()
    ]


def visible_dialogs() -> list[QDialog]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible() and not one.property(ON_PURPOSE)
    ]


def _buttons(dialog: QDialog) -> list[QPushButton]:
    return [
        one
        for one in dialog.findChildren(QPushButton)
        if one.isVisible() and one.window() is dialog
    ]


def _leaves(button: QAbstractButton) -> bool:
    return button.text().replace("&", "") in LEAVING


def _is_main(button: QPushButton) -> bool:
    box = button.parentWidget()
    if isinstance(box, QDialogButtonBox):
        return box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
    return button.property("kind") == "primary"


def _row(button: QPushButton, dialog: QDialog) -> int:
    return (button.mapTo(dialog, QPoint()).y() + button.height() // 2) // 8
