"""The settings, generated from their declaration. Each takes effect at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.settings import DECLARED, Setting, Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.preferences.editors import SettingEditor, editor_for
from ikt_coder.ui.widgets.dialog_size import DialogSize
from ikt_coder.ui.widgets.notification_bar import NotificationBar, Weight
from ikt_coder.ui.widgets.section_heading import SectionHeading

_CONTEXT = "Settings"


class PreferencesDialog(QDialog):
    """One field for each setting that is not hidden, in the groups of the declaration."""

    def __init__(
        self, settings: Settings, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        self._appearance = appearance
        self._editors: dict[str, SettingEditor] = {}
        self._undo_links: dict[str, QPushButton] = {}
        self._message = NotificationBar(appearance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._message)
        column.addWidget(self._fields(), 1)
        foot = QFrame(self)
        foot.setProperty("line", "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 12)
        close = QPushButton(self.tr("Close"), foot)
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.close)
        row.addStretch(1)
        row.addWidget(close)
        column.addWidget(foot)
        self._end_listening = settings.subscribe(self._changed)
        DialogSize(self, settings, appearance, "preferences", 520, 600)
        self._show_failure()

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(12)
        group = ""
        for setting in DECLARED:
            if setting.hidden:
                continue
            if setting.group != group:
                group = setting.group
                if column.count():
                    column.addSpacing(12)
                column.addWidget(SectionHeading(self._appearance, translated(group)))
            column.addWidget(self._field(setting, inside))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _field(self, setting: Setting[Any], parent: QWidget) -> QWidget:
        """Label, editor, explanation, and a way back to the default where it was left."""
        field = QWidget(parent)
        editor = editor_for(setting, self._appearance, field)
        editor.show_value(self._settings.get(setting))
        editor.changed.connect(lambda value: self._set(setting, value))
        self._editors[setting.key] = editor
        reset = QPushButton(self.tr("Back to the default"), field)
        reset.setProperty("kind", "link")
        reset.setProperty("face", "small")
        reset.setAutoDefault(False)
        reset.clicked.connect(lambda: self._settings.reset(setting))
        self._undo_links[setting.key] = reset
        label, note = translated(setting.label), translated(setting.explanation)
        words = QLabel(note, field)
        words.setWordWrap(True)
        words.setProperty("tone", "dim")
        words.setProperty("face", "small")
        words.setVisible(bool(note))
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(note)
        column = QVBoxLayout(field)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if editor.has_own_label:
            editor.set_label(label)
        else:
            title = QLabel(label, field)
            title.setBuddy(editor.focus_widget())
            column.addWidget(title)
        column.addWidget(editor)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(words, 1)
        below.addWidget(reset, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)
        self._show_way_back(setting)
        return field

    def editor(self, setting: Setting[Any]) -> SettingEditor:
        """The field of a setting; raises ``KeyError`` for a hidden one."""
        return self._editors[setting.key]

    def way_back(self, setting: Setting[Any]) -> QPushButton:
        """The link that brings a setting back to its default; hidden while it is there."""
        return self._undo_links[setting.key]

    def _set(self, setting: Setting[Any], value: object) -> None:
        try:
            self._settings.set(setting, value)
        except ValueError:
            # What was typed is not allowed: the field shows again what holds.
            self._editors[setting.key].show_value(self._settings.get(setting))
        self._show_failure()

    def _changed(self, setting: Setting[Any]) -> None:
        if setting.key in self._editors:
            self._editors[setting.key].show_value(self._settings.get(setting))
            self._show_way_back(setting)

    def _show_way_back(self, setting: Setting[Any]) -> None:
        at_default = self._settings.get(setting) == setting.default
        self._undo_links[setting.key].setVisible(not at_default)

    def _show_failure(self) -> None:
        failure = self._settings.save_failure
        if failure is not None:
            self._message.show_message(str(failure), Weight.WARNING)
        else:
            self._message.hide()

    def done(self, result: int) -> None:
        self._stop_listening()
        super().done(result)

    def _stop_listening(self) -> None:
        end, self._end_listening = self._end_listening, lambda: None
        end()


def translated(words: str) -> str:
    """Words of a declaration, in the language of the window."""
    return QCoreApplication.translate(_CONTEXT, words) if words else ""
