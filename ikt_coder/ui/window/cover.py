"""Covers a place that was read for another coder until it has been read anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ikt_coder.ui.tasks import Tasks

_LEAST = 200
"""Milliseconds in which a page that is shown again begins to read."""


class Cover(QLabel):
    """Lies over ``place`` and goes away by itself when nothing is being read any more."""

    def __init__(self, place: QWidget, tasks: Tasks) -> None:
        super().__init__(place)
        self._tasks = tasks
        self.setText(self.tr("Reading what you may see…"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("tone", "dim")
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setGeometry(place.rect())
        place.installEventFilter(self)
        self._look = QTimer(self, singleShot=True, interval=_LEAST)
        self._look.timeout.connect(self._weigh)
        self._look.start()
        self.show()
        self.raise_()

    def _weigh(self) -> None:
        if self._tasks.busy:
            self._look.start()
            return
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)
