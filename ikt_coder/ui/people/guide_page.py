"""The interview guide: its questions, and which turns of the interviewer ask them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.ui.context import Context
from ikt_coder.ui.people.guide_questions import GuideQuestions
from ikt_coder.ui.people.guide_review import GuideReview

_TABLES = (
    "guide_question",
    "question_stage",
    "question_turn",
    "chart_option",
    "chart_field",
    "document",
    "speaker",
    "turn",
)


class GuidePage(QWidget):
    """Questions left, the review of a document right."""

    undo_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = True
        # From the outside in, so that nothing has to take over the style of another parent.
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.questions = GuideQuestions(context, splitter)
        self.review = GuideReview(context, splitter)
        self.review.undo_asked.connect(self.undo_asked)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.questions)
        splitter.addWidget(self.review)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([400, 460])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        context.signals.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_TABLES):
            self._stale = True
            if self.isVisible():
                self.read()

    def read(self) -> None:
        """Bring both sides in line with the project."""
        self._stale = False
        self.questions.read()
        self.review.read()

    def focus_page(self) -> None:
        """Bring the keyboard to the turns, or to the questions where there are none."""
        turns = self.review.turns
        wanted = turns if self.review.model.rows else self.questions.list
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
