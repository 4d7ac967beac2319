"""Changing between light and dark and the size of the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ikt_coder import paths
from ikt_coder.ui.appearance import icons
from ikt_coder.ui.appearance.icons import render
from ikt_coder.ui.appearance.style import Appearance, FontRole, Mode, refresh_face
from ikt_coder.ui.appearance.stylesheet import fill
from ikt_coder.ui.appearance.tokens import DARK, LIGHT


def test_dark_changes_palette_and_sheet_and_says_so(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance
) -> None:
    with qtbot.waitSignal(appearance.changed):
        appearance.set_mode(Mode.DARK)
    assert appearance.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.panel
    assert DARK.accent in qapp.styleSheet()
    assert LIGHT.accent not in qapp.styleSheet()


def test_the_same_mode_again_is_silent(qtbot: QtBot, appearance: Appearance) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.set_mode(Mode.LIGHT)
        appearance.set_text_size(100)


def test_text_size_scales_fonts_and_stays_within_bounds(
    qapp: QApplication, appearance: Appearance
) -> None:
    assert qapp.font().pixelSize() == 13
    appearance.set_text_size(200)
    assert qapp.font().pixelSize() == 26
    assert appearance.font(FontRole.HEADING).pixelSize() == 22
    appearance.set_text_size(900)
    assert appearance.text_size == 200
    appearance.set_text_size(10)
    assert appearance.text_size == 100


def test_the_sheet_has_no_place_left_unfilled(appearance: Appearance, qapp: QApplication) -> None:
    assert "@" not in qapp.styleSheet()


def test_an_unknown_colour_in_the_sheet_is_refused() -> None:
    with pytest.raises(KeyError):
        fill("QLabel { color: @nothing_like_it; }", LIGHT, round, lambda name, colour: "")


def test_sizes_and_icons_are_filled() -> None:
    filled = fill(
        'a: @px(7+1) @px(3); b: url("@icon(check,on_accent)") url("@icon(minus)")',
        LIGHT,
        lambda pixels: round(pixels * 2),
        lambda name, colour: f"{name}{colour}",
    )
    assert filled == f'a: 15px 6px; b: url("check{LIGHT.on_accent}") url("minus{LIGHT.dim}")'


def test_the_reading_font_is_a_serif_of_the_asked_size(appearance: Appearance) -> None:
    font = appearance.reading_font(17)
    assert font.pixelSize() == 17
    assert appearance.reading_font(17, "Georgia").families()[0] == "Georgia"
    assert QFontInfo(font).family() != QFontInfo(appearance.font()).family()


@pytest.mark.parametrize("name", sorted(p.stem for p in paths.resource("icons").glob("*.svg")))
def test_each_icon_is_drawn_in_the_asked_colour(qapp: QApplication, name: str) -> None:
    image = render(name, "#ff0000", 16, 2.0).toImage()
    assert image.width() == 32
    inked = [
        image.pixelColor(x, y)
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    assert all(c.red() > 240 and c.green() < 20 and c.blue() < 20 for c in inked)


def test_a_kept_icon_follows_the_appearance(qtbot: QtBot, appearance: Appearance) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    appearance.set_icon(button, "star-filled", "ink")

    def middle() -> str:
        image = button.icon().pixmap(16, 16).toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2).name()

    assert middle() == LIGHT.ink
    appearance.set_mode(Mode.DARK)
    assert middle() == DARK.ink


def test_a_deleted_button_does_not_disturb_a_change(qtbot: QtBot, appearance: Appearance) -> None:
    button = QPushButton()
    appearance.set_icon(button, "check")
    button.deleteLater()
    qtbot.wait(1)
    appearance.set_mode(Mode.DARK)
    assert appearance.is_dark


def test_a_face_follows_its_property(qtbot: QtBot, appearance: Appearance) -> None:
    label = QLabel("Documents")
    label.setProperty("face", "heading")
    qtbot.addWidget(label)
    label.show()
    assert label.font().pixelSize() == 11
    label.setProperty("face", "title")
    refresh_face(label)
    assert label.font().pixelSize() == 16


def test_an_icon_is_sharp_on_a_dense_screen_and_grey_where_disabled(appearance: Appearance) -> None:
    icon = appearance.icon("star-filled")
    dense = icon.pixmap(QSize(16, 16), 2.0)
    assert (dense.width(), dense.devicePixelRatio()) == (32, 2.0)
    assert dense.toImage().pixelColor(16, 16).name() == LIGHT.ink
    grey = icon.pixmap(QSize(16, 16), 1.0, QIcon.Mode.Disabled).toImage()
    assert grey.pixelColor(8, 8).name() == LIGHT.disabled


def test_an_icon_is_drawn_when_it_is_shown(
    appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def noted(name: str, colour: str, pixels: int, density: float = 1.0) -> QPixmap:
        drawn.append(name)
        return render(name, colour, pixels, density)

    monkeypatch.setattr(icons, "render", noted)
    icon = appearance.icon("undo", "dim")
    assert drawn == []
    target = QPixmap(20, 20)
    target.fill(Qt.GlobalColor.transparent)
    for _ in range(2):
        painter = QPainter(target)
        icon.paint(painter, 0, 0, 20, 20)
        painter.end()
    assert drawn == ["undo"]
    image = target.toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20))


def test_a_wrong_name_of_an_icon_is_told_at_once(appearance: Appearance) -> None:
    with pytest.raises(FileNotFoundError):
        appearance.icon("no-such-icon")
