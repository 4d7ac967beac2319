"""The ring shows where the keyboard is, and only where the keyboard brought it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.empty_view import EmptyView


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


def test_a_box_drawn_tight_around_its_buttons_does_not_cut_the_ring(
    qtbot: QtBot, appearance: Appearance
) -> None:
    view = EmptyView(appearance, "document", "No documents yet.")
    first = view.add_button("Import", lambda: None)
    second = view.add_button("Look", lambda: None)
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()

    def around() -> set[str]:
        image = view.grab().toImage()
        edge = QRect(second.mapTo(view, QPoint(0, 0)), second.size())
        across, down = edge.center().x(), edge.center().y()
        return {
            image.pixelColor(x, y).name()
            for x, y in (
                (across, edge.top() - 2),
                (across, edge.bottom() + 2),
                (edge.left() - 2, down),
                (edge.right() + 2, down),
            )
        }

    assert around() == {appearance.tokens.focus}
    view.resize(500, 360)
    qtbot.waitUntil(lambda: around() == {appearance.tokens.focus})
    first.setFocus()
    assert appearance.tokens.focus not in around()


def test_what_scrolls_cuts_the_ring_as_it_cuts_the_button(
    qtbot: QtBot, appearance: Appearance
) -> None:
    area = QScrollArea()
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    buttons = [QPushButton(str(number)) for number in range(12)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inside)
    qtbot.addWidget(area)
    area.resize(200, 120)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    rings = [child for child in area.findChildren(QWidget) if type(child).__name__ == "_Ring"]
    (shown,) = [ring for ring in rings if ring.isVisible()]
    assert shown.parentWidget() in (inside, area.viewport())
    at = shown.y()
    area.verticalScrollBar().setValue(20)
    assert shown.mapTo(area, QPoint(0, 0)).y() == at - 20 + area.viewport().y()
