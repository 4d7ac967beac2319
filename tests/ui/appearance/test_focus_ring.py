"""The ring shows where the keyboard is, and only where the keyboard brought it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance


def _two_buttons(qtbot: QtBot) -> tuple[QWidget, QPushButton, QPushButton]:
    window = QWidget()
    row = QHBoxLayout(window)
    one, two = QPushButton("One"), QPushButton("Two")
    row.addWidget(one)
    row.addWidget(two)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    one.setFocus()
    return window, one, two


def _ring_colour_beside(window: QWidget, button: QPushButton) -> str:
    image = window.grab().toImage()
    edge = button.geometry()
    return image.pixelColor(edge.left() - 2, edge.center().y()).name()


def test_tab_brings_the_ring(qtbot: QtBot, appearance: Appearance) -> None:
    window, one, two = _two_buttons(qtbot)
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()
    assert _ring_colour_beside(window, two) == appearance.tokens.focus
    assert _ring_colour_beside(window, one) == appearance.tokens.panel


def test_the_ring_follows_a_button_that_moves(qtbot: QtBot, appearance: Appearance) -> None:
    window, one, two = _two_buttons(qtbot)
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    window.resize(window.width() + 200, window.height() + 40)
    qtbot.waitUntil(lambda: two.x() > 100)
    assert _ring_colour_beside(window, two) == appearance.tokens.focus


def test_a_press_of_the_mouse_brings_none(qtbot: QtBot, appearance: Appearance) -> None:
    window, _one, two = _two_buttons(qtbot)
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)
    assert two.hasFocus()
    assert _ring_colour_beside(window, two) == appearance.tokens.panel
