"""The wrapping layout and the splitter that remembers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


@pytest.mark.parametrize("width", [90, 200, 340, 900])
def test_chips_stay_inside_and_apart(qtbot: QtBot, appearance: Appearance, width: int) -> None:
    panel = QWidget()
    layout = WrapLayout(panel)
    buttons = [QPushButton(t) for t in ("One", "Interpersonal", "Organizational", "Policy")]
    for button in buttons:
        layout.addWidget(button)
    qtbot.addWidget(panel)
    panel.resize(width, layout.heightForWidth(width))
    panel.show()
    for at, button in enumerate(buttons):
        assert button.geometry().bottom() < panel.height()
        if button.minimumSizeHint().width() <= width:
            assert button.geometry().right() < panel.width()
        for other in buttons[at + 1 :]:
            assert not button.geometry().intersects(other.geometry())


def test_narrower_is_never_lower(qtbot: QtBot, appearance: Appearance) -> None:
    panel = QWidget()
    layout = WrapLayout(panel)
    for text in ("One", "Interpersonal", "Organizational"):
        layout.addWidget(QPushButton(text))
    qtbot.addWidget(panel)
    heights = [layout.heightForWidth(width) for width in range(60, 600, 20)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[-1] == 30


def test_an_item_can_be_taken_out(qtbot: QtBot, appearance: Appearance) -> None:
    panel = QWidget()
    layout = WrapLayout(panel)
    layout.addWidget(QPushButton("One"))
    qtbot.addWidget(panel)
    assert layout.takeAt(3) is None
    assert layout.takeAt(0) is not None
    assert layout.count() == 0
    assert layout.heightForWidth(100) == 0


def _splitter(qtbot: QtBot, saved: list[int], kept: list[list[int]]) -> RememberedSplitter:
    splitter = RememberedSplitter(Qt.Orientation.Horizontal, saved=saved, save=kept.append)
    for size, stretch in ((200, False), (500, True), (300, False)):
        pane = QWidget()
        pane.setMinimumWidth(40)
        splitter.add_pane(pane, size, stretch=stretch)
    splitter.resize(1002, 400)
    qtbot.addWidget(splitter)
    splitter.show()
    return splitter


def test_sizes_of_an_earlier_day_come_back(qtbot: QtBot, appearance: Appearance) -> None:
    assert _splitter(qtbot, [], []).sizes() == [200, 500, 300]
    assert _splitter(qtbot, [250, 450, 300], []).sizes() == [250, 450, 300]
    assert _splitter(qtbot, [1, 2], []).sizes() == [200, 500, 300]


def test_folding_gives_the_room_to_the_middle_and_back(
    qtbot: QtBot, appearance: Appearance
) -> None:
    kept: list[list[int]] = []
    splitter = _splitter(qtbot, [], kept)
    splitter.fold(0, True)
    assert splitter.is_folded(0)
    assert splitter.sizes() == [0, 700, 300]
    splitter.fold(0, False)
    assert splitter.sizes() == [200, 500, 300]
    assert kept == [[0, 700, 300], [200, 500, 300]]


def test_the_middle_takes_what_the_window_gains(qtbot: QtBot, appearance: Appearance) -> None:
    splitter = _splitter(qtbot, [], [])
    splitter.resize(1202, 400)
    assert splitter.sizes() == [200, 700, 300]
