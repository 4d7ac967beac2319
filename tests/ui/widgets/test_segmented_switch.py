from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

PLACES = ("code", "retrieve", "themes")


@pytest.fixture
def switch(qtbot: QtBot, appearance: Appearance) -> SegmentedSwitch:
    made = SegmentedSwitch(appearance, "Places")
    made.set_segments([Segment(k, k.title()) for k in PLACES])
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_click_chooses_and_says_so(qtbot: QtBot, switch: SegmentedSwitch) -> None:
    with qtbot.waitSignal(switch.chosen) as signal:
        qtbot.mouseClick(switch.button("themes"), Qt.MouseButton.LeftButton)
    assert signal.args == ["themes"]
    assert switch.current() == "themes"
    assert not switch.button("code").isChecked()


def test_arrows_home_and_end_move_the_choice_and_wrap(
    qtbot: QtBot, switch: SegmentedSwitch
) -> None:
    steps = [
        (Qt.Key.Key_Right, "retrieve"),
        (Qt.Key.Key_End, "themes"),
        (Qt.Key.Key_Right, "code"),
        (Qt.Key.Key_Left, "themes"),
        (Qt.Key.Key_Home, "code"),
    ]
    switch.button("code").setFocus()
    for key, expected in steps:
        with qtbot.waitSignal(switch.chosen):
            qtbot.keyClick(switch.button(switch.current()), key)
        assert switch.current() == expected
        assert switch.button(expected).hasFocus()


def test_only_the_chosen_place_is_a_stop_for_tab(switch: SegmentedSwitch) -> None:
    switch.choose("retrieve")
    stops = [k for k in PLACES if switch.button(k).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["retrieve"]


def test_new_places_keep_the_choice_where_they_can(qtbot: QtBot, switch: SegmentedSwitch) -> None:
    switch.choose("themes")
    with qtbot.assertNotEmitted(switch.chosen):
        switch.set_segments([Segment("code", "Code"), Segment("themes", "Themes")])
    assert switch.current() == "themes"
    switch.set_segments([Segment("code", "Code")])
    assert switch.current() == "code"


def test_choosing_moves_nothing(switch: SegmentedSwitch) -> None:
    before = [switch.button(k).sizeHint() for k in PLACES]
    switch.choose("themes")
    assert [switch.button(k).sizeHint() for k in PLACES] == before
    assert all(size.height() >= 24 for size in before)


def test_the_keyboard_does_not_stay_on_the_place_that_was_left(
    qtbot: QtBot, switch: SegmentedSwitch
) -> None:
    switch.leave_focus_to_places()
    switch.button("code").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.mouseClick(switch.button("themes"), Qt.MouseButton.LeftButton)
    assert switch.button("themes").hasFocus()
    qtbot.keyClick(switch.button("themes"), Qt.Key.Key_Left)
    assert switch.current() == "retrieve"
