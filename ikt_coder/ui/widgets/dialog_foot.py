"""The foot of a dialog around a list: what an act would do, its progress, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.tasks import Task
from ikt_coder.ui.widgets.progress_panel import ProgressPanel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_NOTHING = "\u00a0"
"""Keeps the line of the words, so that nothing jumps."""


class DialogFoot(QFrame):
    """Buttons at the right that wrap; above them words, or how far a long act is while it runs.

    In whatever order they are added, the main one (of the kind *primary*) stands last, as in
    every dialog of the program: beside it, before it, the one that leaves.
    """

    def __init__(self, appearance: Appearance, running: str = "") -> None:
        """``running`` names the long act; without one there are buttons only."""
        super().__init__()
        self.setProperty("line", "top")
        self.buttons: list[QPushButton] = []
        self.words = dim_words("", self)
        self._progress = ProgressPanel(appearance, running, self)
        self._progress.hide()
        self.words.setVisible(bool(running))
        box = QWidget(self)
        self._row = WrapLayout(box, at_end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        for widget in (self.words, self._progress, box):
            column.addWidget(widget)

    def add_button(self, text: str, act: Callable[[], object], hint: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setToolTip(hint)
        button.clicked.connect(lambda _checked=False: act())
        self._row.addWidget(button)
        self.buttons.append(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._put_main_last()

    def _put_main_last(self) -> None:
        rest = [one for one in self.buttons if one.property("kind") != "primary"]
        order = [*rest, *(one for one in self.buttons if one not in rest)]
        if order == self.buttons:
            return
        self.buttons = order
        for button in order:
            self._row.removeWidget(button)
            self._row.addWidget(button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def say(self, words: str = "") -> None:
        """Say what the act would do."""
        self.words.setText(words or _NOTHING)

    def begin(self, task: Task) -> None:
        """Show how far a long act is; no button can be pressed meanwhile."""
        self._progress.reset()
        self._progress.show()
        self.words.hide()
        for button in self.buttons:
            button.setEnabled(False)
        self._progress.cancel_asked.connect(task.cancel)
        task.progressed.connect(self._progress.set_progress)

    def end(self) -> None:
        """The long act has ended, one way or another."""
        self._progress.hide()
        self._progress.cancel_asked.disconnect()
        self.words.show()


def dim_words(text: str, parent: QWidget | None = None) -> QLabel:
    """Plain words that explain, and wrap."""
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "dim")
    return label


def stack_up(dialog: QDialog, *parts: QWidget, wide: QWidget) -> None:
    """Lay parts of a dialog out from top to bottom, edge to edge; ``wide`` takes the room."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, 1 if part is wide else 0)
