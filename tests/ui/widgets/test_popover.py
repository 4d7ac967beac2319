from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.popover import Popover


class Window(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.before = QLineEdit()
        self.other = QPushButton("Other")
        column = QVBoxLayout(self)
        column.addWidget(self.before)
        column.addStretch(1)
        column.addWidget(self.other)
        self.popover = Popover(appearance, self)
        self.inside = QLineEdit()
        self.inside.setMinimumSize(200, 80)
        self.popover.body.addWidget(self.inside)

    def open_at(self, rect: QRect) -> None:
        self.popover.open_beside(rect, self, self.inside)


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Window:
    made = Window(appearance)
    made.resize(600, 500)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.before.setFocus()
    return made


def test_it_takes_the_keyboard_and_esc_gives_it_back(qtbot: QtBot, window: Window) -> None:
    window.open_at(QRect(100, 100, 80, 20))
    assert window.inside.hasFocus()
    qtbot.keyClicks(window.inside, "a")
    with qtbot.waitSignal(window.popover.closed):
        qtbot.keyClick(window.inside, Qt.Key.Key_Escape)
    assert not window.popover.isVisible()
    assert window.before.hasFocus()


@pytest.mark.parametrize("top", [60, 240, 440])
def test_it_never_covers_its_rect(window: Window, top: int) -> None:
    rect = QRect(100, top, 80, 20)
    window.open_at(rect)
    panel = window.popover.panel_rect()
    assert not panel.intersects(rect)
    assert window.rect().contains(panel)


def test_a_press_outside_closes_and_still_works(qtbot: QtBot, window: Window) -> None:
    window.open_at(QRect(100, 100, 80, 20))
    with qtbot.waitSignals([window.popover.closed, window.other.clicked]):
        qtbot.mouseClick(window.other, Qt.MouseButton.LeftButton)
    assert not window.popover.isVisible()


def test_a_press_inside_does_not_close(qtbot: QtBot, window: Window) -> None:
    window.open_at(QRect(100, 100, 80, 20))
    qtbot.mouseClick(window.inside, Qt.MouseButton.LeftButton)
    assert window.popover.isVisible()


def test_it_stays_off_its_rect_when_the_window_shrinks(qtbot: QtBot, window: Window) -> None:
    rect = QRect(100, 300, 80, 20)
    window.open_at(rect)
    window.resize(400, 360)
    panel = window.popover.panel_rect()
    assert window.rect().contains(panel)
    assert not panel.intersects(rect)
