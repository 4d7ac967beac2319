"""A quiet count at the foot of the window: codings to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from ikt_coder.core.changes import Changes
from ikt_coder.ui.counting import counted

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow

_SETTLE = 600
"""Milliseconds after an act before it is counted: the hand that codes comes first."""


class AgainLink(QPushButton):
    """Hidden while nothing waits; a click goes to the list."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.status)
        self._window = window
        self._project = window.context.project
        self.setProperty("kind", "link")
        self.setProperty("face", "small")
        self.setToolTip(
            self.tr("Your codings of codes whose definition changed since; nothing hurries")
        )
        self.clicked.connect(window.going.opener("codebook", "look_again"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self.refresh)
        window.context.signals.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        self._later.stop()
        # Mostly there is none, and the service need not be loaded.
        count = self._project.upkeep.count() if self._project.holds("revisit") else 0
        self.setText(
            counted(count, self.tr("1 to look at again"), self.tr("{count} to look at again"))
        )
        self.setVisible(count > 0)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("revisit", "revisited", "coder", "project"):
            self.refresh()
        elif not self.isHidden() and changes.touches("coding"):
            self._later.start()
