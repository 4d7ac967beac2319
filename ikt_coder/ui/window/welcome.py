"""The window before a project is open: the welcome view, with the few menus it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.guide.chapters import BEGIN, KEYS
from ikt_coder.ui.welcome.view import WelcomeView
from ikt_coder.ui.widgets.enter_presses import enter_presses
from ikt_coder.ui.window.geometry import keep_geometry, restore_geometry
from ikt_coder.ui.window.look import LookActions

if TYPE_CHECKING:
    from ikt_coder.ui.guide.window import GuideWindow


class WelcomeWindow(QMainWindow):
    """Holds a :class:`WelcomeView`."""

    left = Signal()
    """The person closed it."""

    def __init__(self, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._appearance = appearance
        self.setWindowTitle(self.tr("IKT Coder"))
        self.view = WelcomeView(appearance, settings, self)
        self.setCentralWidget(self.view)
        self.look = LookActions(appearance, settings, self)
        project = self.menuBar().addMenu(self.tr("&Project"))
        for text, keys, act in (
            (self.tr("&New…"), QKeySequence.StandardKey.New, self.view.new_asked.emit),
            (
                self.tr("&Open…"),
                QKeySequence.StandardKey.Open,
                lambda: self.view.open_asked.emit(None),
            ),
            (self.tr("Open the &sample project"), None, self.view.sample_asked.emit),
            (self.tr("&Quit"), QKeySequence.StandardKey.Quit, self.close),
        ):
            action = QAction(text, self)
            if keys is not None:
                action.setShortcuts(QKeySequence.keyBindings(keys))
            action.triggered.connect(lambda _checked=False, act=act: act())
            project.addAction(action)
        view = self.menuBar().addMenu(self.tr("&View"))
        self.look.fill(view)
        help_menu = self.menuBar().addMenu(self.tr("&Help"))
        self.guide_action = QAction(self.tr("&Guide"), self)
        bound, f1 = QKeySequence.keyBindings(QKeySequence.StandardKey.HelpContents), "F1"
        self.guide_action.setShortcuts(
            bound if QKeySequence(f1) in bound else [*bound, QKeySequence(f1)]
        )
        self.guide_action.triggered.connect(lambda _checked=False: self.show_guide())
        help_menu.addAction(self.guide_action)
        self.guide: GuideWindow | None = None
        restore_geometry(self, settings)

    def show_guide(self) -> GuideWindow:
        """The guide, at how to begin."""
        from ikt_coder.ui.guide.window import GuideWindow

        if self.guide is None:
            # No window's child: it may lie beside this one or behind it.
            self.guide = GuideWindow(self._settings, self._appearance)
            self.guide.keys_wanted.connect(self._show_keys)
        self.guide.show()
        self.guide.go_to(BEGIN)
        self.guide.activateWindow()
        return self.guide

    def give_guide(self) -> GuideWindow | None:
        """The guide, for the window that comes in the place of this one; None where it is not
        being read."""
        guide, self.guide = self.guide, None
        if guide is not None:
            guide.keys_wanted.disconnect(self._show_keys)
            if not guide.isVisible():
                guide.deleteLater()
                return None
        return guide

    def _show_keys(self) -> None:
        if self.guide is not None:
            self.guide.show_chapter(KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_geometry(self, self._settings)
        event.accept()
        if self.guide is not None:
            self.guide.close()
            self.guide.deleteLater()
            self.guide = None
        self.left.emit()
