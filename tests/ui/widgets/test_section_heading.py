"""Headings of sections: a title that has no room says so."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.section_heading import SectionHeading

LONG = "Levels given by the authors of the framework, and those that were added since"


@pytest.fixture
def place(qtbot: QtBot, appearance: Appearance) -> QWidget:
    """A narrow panel with a heading that has a count."""
    around = QWidget()
    heading = SectionHeading(appearance, LONG, "128", around)
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(heading)
    qtbot.addWidget(around)
    around.resize(240, 60)
    with qtbot.waitExposed(around):
        around.show()
    return around


def parts(place: QWidget) -> tuple[SectionHeading, QLabel, QLabel]:
    heading = place.findChild(SectionHeading)
    assert heading is not None
    title, note = heading.findChildren(QLabel)
    return heading, title, note


def inked(label: QLabel) -> list[int]:
    """The columns of a label in which something is drawn."""
    picture = label.grab().toImage()
    ground = picture.pixel(0, 0)
    return [
        x
        for x in range(picture.width())
        if any(picture.pixel(x, y) != ground for y in range(picture.height()))
    ]


def test_a_title_without_room_is_elided_and_whole_in_the_tooltip(place: QWidget) -> None:
    heading, title, note = parts(place)
    assert place.width() == 240, "a long title does not widen its panel"
    assert note.geometry().right() < 240
    assert title.geometry().right() < note.geometry().left()
    assert title.toolTip() == LONG
    assert heading.title() == LONG
    assert heading.accessibleName() == LONG
    long = inked(title)
    heading.set_title(f"{LONG} again")
    assert inked(title) == long, "what is cut away is not drawn"
    heading.set_title(LONG[:20])
    assert title.toolTip() == ""
    assert inked(title) != long


def test_with_room_the_whole_title_stands_there(place: QWidget, qtbot: QtBot) -> None:
    _, title, _ = parts(place)
    place.resize(1400, 60)
    qtbot.waitUntil(lambda: title.toolTip() == "")
    assert title.width() >= title.sizeHint().width()
