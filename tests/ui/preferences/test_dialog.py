"""The preferences: every declared setting has a field, takes effect at once, finds back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from ikt_coder.settings import (
    APPEARANCE,
    DECLARED,
    INTERFACE_SIZE,
    LINE_SPACING,
    READING_FONT,
    READING_SIZE,
    SELECT_THEN_CLICK,
    Setting,
    Settings,
    Strings,
)
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.preferences.dialog import PreferencesDialog
from ikt_coder.ui.preferences.editors import NumberEditor, editor_for

SHOWN = [setting for setting in DECLARED if not setting.hidden]


@pytest.fixture
def settings() -> Settings:
    return Settings.load()


@pytest.fixture
def dialog(qtbot: QtBot, settings: Settings, appearance: Appearance) -> Iterator[PreferencesDialog]:
    made = PreferencesDialog(settings, appearance)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def another_value(setting: Setting[Any], dialog: PreferencesDialog) -> Any:
    """Choose something else in a setting's field, as a hand would; returns it."""
    widget = dialog.editor(setting).focus_widget()
    if isinstance(widget, QCheckBox):
        widget.click()
        return widget.isChecked()
    if isinstance(widget, QComboBox):
        at = 1 if widget.currentIndex() != 1 else 2
        widget.setCurrentIndex(at)
        widget.activated.emit(at)
        return widget.itemData(at)
    assert isinstance(widget, QSpinBox | QDoubleSpinBox)
    widget.stepUp()
    return widget.value()


@pytest.mark.parametrize("setting", SHOWN, ids=lambda setting: setting.key)
def test_a_field_sets_its_setting_at_once_and_back(
    dialog: PreferencesDialog, settings: Settings, setting: Setting[Any]
) -> None:
    assert dialog.way_back(setting).isHidden()
    wanted = another_value(setting, dialog)
    assert settings.get(setting) == wanted != setting.default
    assert Settings.load().get(setting) == wanted
    assert not dialog.way_back(setting).isHidden()
    dialog.way_back(setting).click()
    assert settings.get(setting) == setting.default
    assert dialog.way_back(setting).isHidden()


@pytest.mark.parametrize("setting", SHOWN, ids=lambda setting: setting.key)
def test_a_field_is_named_for_screen_readers(
    dialog: PreferencesDialog, setting: Setting[Any]
) -> None:
    widget = dialog.editor(setting).focus_widget()
    assert widget.accessibleName() == setting.label
    assert widget.accessibleDescription() == setting.explanation
    assert widget.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_hidden_settings_have_no_field(dialog: PreferencesDialog) -> None:
    for setting in DECLARED:
        if setting.hidden:
            with pytest.raises(KeyError):
                dialog.editor(setting)


def test_a_new_kind_of_setting_cannot_be_forgotten(appearance: Appearance) -> None:
    with pytest.raises(TypeError, match="Strings"):
        editor_for(Strings("a.b", (), "Label"), appearance)


def test_what_changes_elsewhere_shows_here(dialog: PreferencesDialog, settings: Settings) -> None:
    settings.set(APPEARANCE, "dark")
    settings.set(READING_SIZE, 21)
    settings.set(LINE_SPACING, 1.9)
    settings.set(SELECT_THEN_CLICK, False)
    assert dialog.editor(APPEARANCE).focus_widget().currentText() == "Dark"  # type: ignore[attr-defined]  # a combo box
    assert dialog.editor(READING_SIZE).focus_widget().value() == 21  # type: ignore[attr-defined]  # a spin box
    assert dialog.editor(LINE_SPACING).focus_widget().value() == 1.9  # type: ignore[attr-defined]  # a spin box
    assert not dialog.editor(SELECT_THEN_CLICK).focus_widget().isChecked()  # type: ignore[attr-defined]  # a check box


def test_a_number_counts_when_its_field_is_left(
    qtbot: QtBot, dialog: PreferencesDialog, settings: Settings
) -> None:
    box = dialog.editor(READING_SIZE).focus_widget()
    assert isinstance(box, QSpinBox)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "2")
    assert settings.get(READING_SIZE) == READING_SIZE.default
    qtbot.keyClicks(box, "3")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert settings.get(READING_SIZE) == 23


def test_the_wheel_does_not_change_what_it_passes(
    dialog: PreferencesDialog, settings: Settings
) -> None:
    for setting in (INTERFACE_SIZE, APPEARANCE):
        widget = dialog.editor(setting).focus_widget()
        event = QWheelEvent(
            QPointF(5, 5),
            widget.mapToGlobal(QPointF(5, 5)),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        assert settings.get(setting) == setting.default


def test_a_font_that_is_not_installed_stays_the_choice(
    qtbot: QtBot, settings: Settings, appearance: Appearance
) -> None:
    settings.set(READING_FONT, "No Such Face")
    dialog = PreferencesDialog(settings, appearance)
    qtbot.addWidget(dialog)
    box = dialog.editor(READING_FONT).focus_widget()
    assert isinstance(box, QComboBox)
    assert box.currentText() == "No Such Face (not installed)"
    assert box.currentData() == "No Such Face"
    dialog.close()


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot,
    dialog: PreferencesDialog,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Any,
) -> None:
    expect_log("could not be written")
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    settings.folder = blocked / "below"
    another_value(SELECT_THEN_CLICK, dialog)
    assert dialog._message.isVisible()
    assert "could not be written" in dialog._message.message()
    assert settings.get(SELECT_THEN_CLICK) is False


def test_a_closed_dialog_listens_no_more(
    qtbot: QtBot, settings: Settings, appearance: Appearance
) -> None:
    dialog = PreferencesDialog(settings, appearance)
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(settings._listeners) == 1
    dialog.reject()
    assert settings._listeners == []


@pytest.mark.parametrize(("step", "kind"), [(1, QSpinBox), (0.05, QDoubleSpinBox)])
def test_whole_numbers_have_no_decimals(
    appearance: Appearance, step: float, kind: type[object]
) -> None:
    setting = INTERFACE_SIZE if step == 1 else LINE_SPACING
    editor = NumberEditor(setting, appearance, None)
    assert isinstance(editor.box, kind)
    editor.deleteLater()
