"""The window before a project is open: the welcome view, with the few menus it needs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow

from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.welcome.view import WelcomeView
from ikt_coder.ui.window.geometry import keep_geometry, restore_geometry
from ikt_coder.ui.window.look import LookActions


class WelcomeWindow(QMainWindow):
    """Holds a :class:`WelcomeView`."""

    left = Signal()
    """The person closed it."""

    def __init__(self, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
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
        restore_geometry(self, settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_geometry(self, self._settings)
        event.accept()
        self.left.emit()
