"""The Beliefs page of the Themes place: statements, and the relevance of domains."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.ui.beliefs.reading import BeliefsRead, read_beliefs
from ikt_coder.ui.beliefs.relevance import RelevanceView
from ikt_coder.ui.beliefs.statements import StatementsView
from ikt_coder.ui.context import Context
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

_UNRELATED = frozenset({"memo", "folder", "source_file", "theme", "quote"})


class BeliefsPage(QWidget):
    """Reads anew, away from the main thread, after each act, while it is seen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.switch = SegmentedSwitch(context.appearance, self.tr("View of the beliefs"), self)
        self.switch.set_segments(
            [
                Segment("statements", self.tr("Belief statements")),
                Segment("relevance", self.tr("Relevance of domains")),
            ]
        )
        self.statements = StatementsView(context)
        self.relevance = RelevanceView(context)
        self.stack = QStackedWidget()
        self._views: dict[str, QWidget] = {
            "statements": self.statements,
            "relevance": self.relevance,
        }
        for view in self._views.values():
            self.stack.addWidget(view)
        bar = QFrame(self)
        bar.setProperty("surface", "panel")
        bar.setProperty("line", "bottom")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self.switch)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.stack, 1)
        self.reading = FreshReading(self, context.tasks, self._begin, self._show)
        self.switch.chosen.connect(self.show_view)
        context.signals.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        if not changes.tables <= _UNRELATED:
            self.reading.outdate()

    def _begin(self) -> Callable[[Progress], BeliefsRead]:
        project = self.context.project
        return lambda progress: read_beliefs(project, progress)

    def _show(self, read: BeliefsRead) -> None:
        self.statements.show_read(read)
        self.relevance.show_read(read)
        self.statements.type_new()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return self.reading.up_to_date

    def refresh(self) -> None:
        """Read anew."""
        self.reading.refresh()

    def show_view(self, key: str) -> None:
        """Show the statements, or the relevance of domains."""
        if key in self._views:
            self.stack.setCurrentWidget(self._views[key])
            if self.switch.current() != key:
                self.switch.choose(key)

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""
        if self.switch.current() == "relevance":
            self.relevance.focus_grid()
        else:
            self.statements.focus_first()
