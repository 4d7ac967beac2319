"""Parts of the window's frame: the bar at the top, and the column that holds the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.ui.context import Context
from ikt_coder.ui.transcript.view import TranscriptView
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.segmented_switch import SegmentedSwitch
from ikt_coder.ui.window import places
from ikt_coder.ui.window.header import DocumentHeader

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow


def splitter(orientation: Qt.Orientation, parent: QWidget | None = None) -> QSplitter:
    """A splitter whose edge is one pixel wide."""
    made = QSplitter(orientation, parent)
    made.setHandleWidth(1)
    return made


class TopBar(QFrame):
    """Places at the left; who is coding, and the side panels, at the right."""

    def __init__(self, window: MainWindow, parent: QWidget) -> None:
        super().__init__(parent)
        look = window.context.appearance
        self.setProperty("line", "bottom")
        self.setProperty("surface", "panel")
        self.switch = SegmentedSwitch(look, self.tr("Places"), self)
        self.switch.set_segments(places.segments(window.context.project))
        self.switch.leave_focus_to_places()
        self.panel_buttons: list[QToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(8)
        row.addWidget(self.switch)
        row.addStretch(1)
        row.addWidget(window.coder.pill)
        search = window.actions_["search"]
        self.search = Pill(look, self.tr("Search"), icon="search", parent=self)
        self.search.setToolTip(self.tr("Search all documents (Ctrl+Shift+F)"))
        self.search.setAccessibleName(self.tr("Search all documents"))
        self.search.clicked.connect(search.trigger)
        row.addWidget(self.search)
        for name, icon in (("documents_panel", "panel-left"), ("codes_panel", "panel-right")):
            action = window.actions_[name]
            button = QToolButton(self)
            button.setAccessibleName(action.text().replace("&", ""))
            button.setToolTip(action.text().replace("&", ""))
            button.clicked.connect(action.trigger)
            look.set_icon(button, icon, "dim")
            row.addWidget(button)
            self.panel_buttons.append(button)


class Middle(QStackedWidget):
    """The document under its title, or what to do where none is open."""

    header: DocumentHeader
    transcript: TranscriptView
    nothing: EmptyView
    import_button: QPushButton

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def fill(self, bring_in: Callable[[], object]) -> None:
        """Make what it holds, when it stands in its place; ``bring_in`` imports."""
        context = self._context
        look = context.appearance
        self.nothing = EmptyView(look, "document", "", "", self)
        self.nothing.setProperty("surface", "paper")
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.import_button = self.nothing.add_button(
            self.tr("Import interviews…"), bring_in, icon="import"
        )
        text = QWidget(self)
        self.header = DocumentHeader(context, text)
        self.transcript = TranscriptView(context.project, context.settings, look, text)
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.transcript, 1)
        self.addWidget(self.nothing)
        self.addWidget(text)
