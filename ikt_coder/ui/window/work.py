"""Work the person waits for: a small dialog that appears only when it takes a moment."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.tasks import Task
from ikt_coder.ui.widgets.progress_panel import ProgressPanel

_MOMENT = 300
"""Milliseconds: what is over by then shows nothing."""


class WorkDialog(QDialog):
    """Shows a task until it ends; Cancel and Esc ask it to stop, where it can."""

    def __init__(
        self,
        appearance: Appearance,
        title: str,
        task: Task,
        parent: QWidget | None = None,
        *,
        may_cancel: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._appearance = appearance
        self._task: Task | None = task
        self._may_cancel = may_cancel
        self._told: tuple[int, int, str] | None = None
        task.progressed.connect(self._progressed)
        task.ended.connect(self._ended)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._appear)
        self._timer.start(_MOMENT)

    @cached_property
    def panel(self) -> ProgressPanel:
        """What the dialog shows; made when it appears, which it seldom does."""
        panel = ProgressPanel(self._appearance, self.windowTitle(), self)
        panel.cancel_button().setVisible(self._may_cancel)
        if self._task is not None:
            panel.cancel_asked.connect(self._task.cancel)
        # Room for the focus ring around Cancel.
        panel.setContentsMargins(4, 4, 4, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.addWidget(panel)
        self.setMinimumWidth(self._appearance.px(380))
        return panel

    def _appear(self) -> None:
        if self._task is None:
            return
        if self._told is not None:
            self._show_progress(*self._told)
        self.panel.show()
        self.open()

    def _progressed(self, done: int, whole: int, now: str) -> None:
        self._told = (done, whole, now)
        if self.isVisible():
            self._show_progress(done, whole, now)

    def _show_progress(self, done: int, whole: int, now: str) -> None:
        left = self._task.time_left(done, whole) if self._task is not None else None
        self.panel.set_progress(done, whole, now, self._left_words(left))

    def _left_words(self, seconds: float | None) -> str:
        """How much longer, roughly; empty while that would be a guess."""
        if seconds is None:
            return ""
        if seconds < 50:
            return self.tr("about {count} s left").format(count=max(1, round(seconds)))
        return self.tr("about {count} min left").format(count=max(1, round(seconds / 60)))

    def _ended(self) -> None:
        self._task = None
        self._timer.stop()
        self.done(0)
        self.deleteLater()

    def reject(self) -> None:
        if self._task is not None and self._may_cancel:
            self.panel.cancel_button().click()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            event.ignore()
            self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            event.accept()
            return
        super().keyPressEvent(event)
