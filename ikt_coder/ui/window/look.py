"""How the window looks, as the settings say: kept in step, and changed from the View menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.settings import APPEARANCE, INTERFACE_SIZE, READING_SIZE, Setting, Settings
from ikt_coder.ui.appearance.style import Appearance, Mode
from ikt_coder.ui.appearance.tokens import Size


def text_size(settings: Settings) -> int:
    """The interface's text size in per cent, from the setting in pixels."""
    return round(settings.get(INTERFACE_SIZE) / Size.BODY * 100)


class LookFollowsSettings(QObject):
    """Changes the appearance when its settings change, wherever they were changed."""

    def __init__(self, appearance: Appearance, settings: Settings) -> None:
        super().__init__(appearance)
        self._appearance = appearance
        self._settings = settings
        self._end = settings.subscribe(self._changed)

    def end(self) -> None:
        self._end()

    def _changed(self, setting: Setting[object]) -> None:
        if setting.key == APPEARANCE.key:
            self._appearance.set_mode(Mode(self._settings.get(APPEARANCE)))
        elif setting.key == INTERFACE_SIZE.key:
            self._appearance.set_text_size(text_size(self._settings))


class LookActions(QObject):
    """Text size and light or dark, as menu entries."""

    def __init__(self, appearance: Appearance, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        keys = QKeySequence.StandardKey
        self.larger = self._action(self.tr("&Larger text"), lambda: self._step(1))
        # The plus of most keyboards needs Shift; its key without Shift does as well.
        self.larger.setShortcuts([*QKeySequence.keyBindings(keys.ZoomIn), QKeySequence("Ctrl+=")])
        self.smaller = self._action(self.tr("S&maller text"), lambda: self._step(-1))
        self.smaller.setShortcuts(QKeySequence.keyBindings(keys.ZoomOut))
        self.normal = self._action(self.tr("N&ormal text size"), self._normal)
        self.normal.setShortcut(QKeySequence("Ctrl+0"))
        self.modes = QActionGroup(self)
        for option in APPEARANCE.options:
            mode = QAction(self._mode_words(option.value), self)
            mode.setCheckable(True)
            mode.setData(option.value)
            self.modes.addAction(mode)
        self.modes.triggered.connect(lambda mode: settings.set(APPEARANCE, mode.data()))
        appearance.changed.connect(self._show)
        self._show()

    def fill(self, menu: QMenu) -> None:
        """Put the entries into a menu."""
        menu.addActions([self.larger, self.smaller, self.normal])
        menu.addSeparator()
        menu.addActions(self.modes.actions())

    def _mode_words(self, value: str) -> str:
        return {
            "system": self.tr("Light or dark as the &system"),
            "light": self.tr("L&ight"),
            "dark": self.tr("&Dark"),
        }[value]

    def _action(self, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _step(self, by: int) -> None:
        """All text one step larger or smaller, the interview's included."""
        for setting in (INTERFACE_SIZE, READING_SIZE):
            now = self._settings.get(setting)
            wanted = max(setting.lowest, min(setting.highest, now + by))
            self._settings.set(
                setting, max(wanted, Size.BODY) if setting is INTERFACE_SIZE else wanted
            )

    def _normal(self) -> None:
        self._settings.reset(INTERFACE_SIZE)
        self._settings.reset(READING_SIZE)

    def _show(self) -> None:
        now = self._settings.get(APPEARANCE)
        for mode in self.modes.actions():
            mode.setChecked(mode.data() == now)
