"""The lines above the figures: all codes together, what was counted, what was left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from ikt_coder.services.comparison_rows import Agreement
from ikt_coder.ui.comparison.agreement.facts_said import (
    said_of_all,
    said_of_counted,
    said_of_left_out,
)
from ikt_coder.ui.comparison.said import AROUND, OpeningWords, Said
from ikt_coder.ui.context import Context


class Facts(QFrame):
    """Says nothing without its unit, scope, coders and whether it is from a round."""

    opened = Signal(object)
    """What a figure in the words stands for."""
    intervals_asked = Signal()
    stop_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        px = context.appearance.px
        look = context.appearance
        self.main = OpeningWords(look)
        self.counted, self.left, self.note = (OpeningWords(look, role="dim") for _ in range(3))
        for label in (self.counted, self.left, self.note):
            label.setProperty("tone", "dim")
            label.setProperty("face", "small")
        for label in (self.main, self.counted, self.left, self.note):
            label.opened.connect(self.opened)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(120))
        self.bar.setAccessibleName(self.tr("Intervals are being computed"))
        self.working = QLabel(self.tr("Computing the intervals"))
        self.working.setProperty("tone", "dim")
        self.working.setProperty("face", "small")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setProperty("kind", "link")
        self.again_button = QPushButton(self.tr("Compute intervals"))
        self.again_button.setProperty("kind", "link")
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.main, 1)
        for widget in (self.working, self.bar, self.stop_button, self.again_button):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
            widget.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14) - AROUND, px(10), px(14) - AROUND, px(8))
        column.setSpacing(px(3))
        column.addLayout(top)
        column.addWidget(self.counted)
        column.addWidget(self.left)
        column.addWidget(self.note)
        self.stop_button.clicked.connect(self.stop_asked)
        self.again_button.clicked.connect(self.intervals_asked)

    def show_agreement(self, found: Agreement) -> None:
        """Say what was found and what it counts."""
        self.main.show_said(said_of_all(found))
        self.counted.show_said(said_of_counted(found))
        left = said_of_left_out(found)
        self.left.show_said(left)
        self.left.setVisible(bool(left))

    def show_note(self, said: Said) -> None:
        self.note.show_said(said)
        self.note.setVisible(bool(said))

    def show_work(self, done: int, whole: int) -> None:
        """How far the intervals are."""
        self.bar.setRange(0, whole)
        self.bar.setValue(done)
        self._offer(working=True, again=False)

    def end_work(self, *, again: bool) -> None:
        """The intervals are there, or may be computed ``again``."""
        self._offer(working=False, again=again)

    def _offer(self, *, working: bool, again: bool) -> None:
        for widget in (self.working, self.bar, self.stop_button):
            widget.setVisible(working)
        self.again_button.setVisible(again)
