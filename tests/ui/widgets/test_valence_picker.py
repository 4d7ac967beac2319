from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ikt_coder.core.words import Valence
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.valence_picker import ValencePicker


@pytest.fixture
def picker(qtbot: QtBot, appearance: Appearance) -> ValencePicker:
    made = ValencePicker(appearance)
    qtbot.addWidget(made)
    made.resize(400, 28)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_the_same_again_clears(qtbot: QtBot, picker: ValencePicker) -> None:
    for expected in (Valence.MIXED, None):
        with qtbot.waitSignal(picker.picked) as signal:
            qtbot.mouseClick(picker.button(Valence.MIXED), Qt.MouseButton.LeftButton)
        assert signal.args == [expected]
        assert picker.value() is expected
        assert picker.button(Valence.MIXED).isChecked() is (expected is not None)


def test_one_direction_at_a_time(qtbot: QtBot, picker: ValencePicker) -> None:
    for valence in (Valence.BARRIER, Valence.FACILITATOR):
        qtbot.mouseClick(picker.button(valence), Qt.MouseButton.LeftButton)
    assert [v for v in Valence if picker.button(v).isChecked()] == [Valence.FACILITATOR]


def test_arrows_move_and_enter_chooses(qtbot: QtBot, picker: ValencePicker) -> None:
    picker.button(Valence.BARRIER).setFocus()
    qtbot.keyClick(picker.button(Valence.BARRIER), Qt.Key.Key_Right)
    facilitator = picker.button(Valence.FACILITATOR)
    assert facilitator.hasFocus()
    assert picker.value() is None
    qtbot.keyClick(facilitator, Qt.Key.Key_Return)
    assert picker.value() is Valence.FACILITATOR
    qtbot.keyClick(facilitator, Qt.Key.Key_Space)
    assert picker.value() is None


def test_setting_a_value_is_silent(qtbot: QtBot, picker: ValencePicker) -> None:
    with qtbot.assertNotEmitted(picker.picked):
        picker.set_value(Valence.NEUTRAL)
    assert picker.value() is Valence.NEUTRAL


def test_the_projects_words_and_names_for_screen_readers(picker: ValencePicker) -> None:
    picker.set_words({Valence.FACILITATOR: "Enabler"})
    assert picker.button(Valence.FACILITATOR).text() == "+ Enabler"
    assert picker.button(Valence.FACILITATOR).accessibleName() == "Enabler"
    assert picker.button(Valence.NEUTRAL).accessibleName() == "Neutral"


@pytest.mark.parametrize(("width", "rows"), [(480, 1), (280, 2), (190, 4)])
def test_long_words_take_more_rows_and_clip_nothing(
    picker: ValencePicker, width: int, rows: int
) -> None:
    picker.set_words({Valence.BARRIER: "Élément défavorable", Valence.FACILITATOR: "Favorable"})
    picker.resize(width, picker.height())
    assert picker.height() == 28 * rows
    for valence in Valence:
        button = picker.button(valence)
        assert button.width() >= button.sizeHint().width()
        assert picker.rect().contains(button.geometry())
