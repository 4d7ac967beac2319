"""An editing widget for each kind of setting."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from ikt_coder.settings import Choice, Font, Number, Setting, Switch
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietDoubleSpinBox, QuietSpinBox


class SettingEditor(QWidget):
    """Shows a setting's value and tells what the person makes of it."""

    changed = Signal(object)
    has_own_label = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def show_value(self, value: Any) -> None:
        """Show ``value`` without telling of a change."""
        raise NotImplementedError

    def focus_widget(self) -> QWidget:
        """What takes the keyboard."""
        raise NotImplementedError

    def set_label(self, words: str) -> None:
        """For an editor that says its own label."""

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.focus_widget().setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.focus_widget().setAccessibleDescription(description)

    def _add(self, widget: QWidget, *, wide: bool = False) -> None:
        self._row.addWidget(widget)
        if not wide:
            self._row.addStretch(1)


class SwitchEditor(SettingEditor):
    has_own_label = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.box.clicked.connect(lambda on: self.changed.emit(bool(on)))
        self._add(self.box)

    def set_label(self, words: str) -> None:
        self.box.setText(words)

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def focus_widget(self) -> QWidget:
        return self.box


class ChoiceEditor(SettingEditor):
    def __init__(self, setting: Choice, appearance: Appearance, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.box = QuietComboBox(self)
        self.box.setMinimumWidth(appearance.px(200))
        for option in setting.options:
            words = QCoreApplication.translate("Settings", option.label)
            self.box.addItem(words, option.value)
        self.box.activated.connect(lambda _at: self.changed.emit(self.box.currentData()))
        self._add(self.box)

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def focus_widget(self) -> QWidget:
        return self.box


class FontEditor(SettingEditor):
    """The program's own choice first, then every family that is installed."""

    def __init__(self, appearance: Appearance, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.box = QuietComboBox(self)
        self.box.setMinimumWidth(appearance.px(200))
        self.box.addItem(self.tr("The program's choice"), "")
        for family in QFontDatabase.families():
            if not QFontDatabase.isPrivateFamily(family) and family.isprintable():
                self.box.addItem(family, family)
        self.box.activated.connect(lambda _at: self.changed.emit(self.box.currentData()))
        self._add(self.box)

    def show_value(self, value: Any) -> None:
        at = self.box.findData(value)
        if at < 0:
            # Chosen on another day, not installed now: it stays the choice and is shown.
            self.box.addItem(self.tr("{family} (not installed)").format(family=value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def focus_widget(self) -> QWidget:
        return self.box


class NumberEditor(SettingEditor):
    def __init__(self, setting: Number, appearance: Appearance, parent: QWidget | None) -> None:
        super().__init__(parent)
        whole = float(setting.step).is_integer()
        self.box: QSpinBox | QDoubleSpinBox
        if whole:
            self.box = QuietSpinBox(self)
            self.box.setRange(round(setting.lowest), round(setting.highest))
            self.box.setSingleStep(round(setting.step))
            self.box.valueChanged.connect(self.changed.emit)
        else:
            self.box = QuietDoubleSpinBox(self)
            self.box.setDecimals(2)
            self.box.setRange(setting.lowest, setting.highest)
            self.box.setSingleStep(setting.step)
            self.box.valueChanged.connect(lambda value: self.changed.emit(round(value, 4)))
        if setting.unit:
            self.box.setSuffix(f" {QCoreApplication.translate('Settings', setting.unit)}")
        # A number being typed is not yet meant: told when the field is left or Enter pressed.
        self.box.setKeyboardTracking(False)
        self.box.lineEdit().setTextMargins(6, 0, 0, 0)
        self.box.setMinimumWidth(appearance.px(150))
        self._add(self.box)

    def show_value(self, value: Any) -> None:
        self.box.blockSignals(True)
        if isinstance(self.box, QSpinBox):
            self.box.setValue(round(value))
        else:
            self.box.setValue(float(value))
        self.box.blockSignals(False)

    def focus_widget(self) -> QWidget:
        return self.box


def editor_for(
    setting: Setting[Any], appearance: Appearance, parent: QWidget | None = None
) -> SettingEditor:
    """The editor for a setting that is not hidden; raises ``TypeError`` for a kind that has
    none, so that a new kind cannot be forgotten."""
    if isinstance(setting, Switch):
        return SwitchEditor(parent)
    if isinstance(setting, Choice):
        return ChoiceEditor(setting, appearance, parent)
    if isinstance(setting, Font):
        return FontEditor(appearance, parent)
    if isinstance(setting, Number):
        return NumberEditor(setting, appearance, parent)
    raise TypeError(f"no editor for a setting of the kind {type(setting).__name__}")
