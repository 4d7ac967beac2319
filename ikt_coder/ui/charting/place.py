"""The Chart place: charting, the engagement log, case ratings and framework matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch

if TYPE_CHECKING:
    from ikt_coder.ui.charting.page import ChartingPage

_STATE = "chart"


class ChartPlacePage(Protocol):
    """What the place asks of its pages."""

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""


class ChartPlace(QWidget):
    """Its pages are made when they are first shown; each is as it was left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._makers: dict[str, Callable[[], QWidget]] = {
            "charting": self._make_charting,
            "engagement": self._make_engagement,
            "ratings": self._make_ratings,
            "matrix": self._make_matrix,
        }
        self._pages: dict[str, QWidget] = {}
        self.switch = SegmentedSwitch(context.appearance, self.tr("What to chart"), self)
        self.switch.set_segments(
            [
                Segment("charting", self.tr("Charting"), self.tr("A form for each document")),
                Segment(
                    "engagement",
                    self.tr("Engagement log"),
                    self.tr("Who took part in the research, when and how"),
                ),
                Segment("ratings", self.tr("Case ratings"), self.tr("From −2 to +2, case by case")),
                Segment(
                    "matrix",
                    self.tr("Framework matrix"),
                    self.tr("A summary for each case and code, written by hand"),
                ),
            ]
        )
        self.stack = QStackedWidget(self)
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
        self.switch.chosen.connect(self.show_page)
        self.show_page(self._kept())

    def _make_charting(self) -> QWidget:
        from ikt_coder.ui.charting.page import ChartingPage

        return ChartingPage(self.context)

    def _make_engagement(self) -> QWidget:
        from ikt_coder.ui.engagement.page import EngagementPage

        return EngagementPage(self.context)

    def _make_ratings(self) -> QWidget:
        from ikt_coder.ui.case_ratings.page import RatingsPage

        return RatingsPage(self.context)

    def _make_matrix(self) -> QWidget:
        from ikt_coder.ui.framework_matrix.page import MatrixPage

        return MatrixPage(self.context)

    @property
    def charting(self) -> ChartingPage:
        return cast("ChartingPage", self.page("charting"))

    def page(self, key: str) -> QWidget:
        """A page, made now if it was not. Raises KeyError."""
        if key not in self._pages:
            page = self._pages[key] = self._makers[key]()
            self.stack.addWidget(page)
        return self._pages[key]

    def show_page(self, key: str) -> None:
        """Show a page; an unknown one gives way to the first."""
        if key not in self._makers:
            key = "charting"
        self.stack.setCurrentWidget(self.page(key))
        if self.switch.current() != key:
            self.switch.choose(key)
        self._keep(key)

    def _kept(self) -> str:
        context = self.context
        kept = context.settings.local_state(context.project.local_id).get(_STATE)
        return kept if isinstance(kept, str) else "charting"

    def _keep(self, key: str) -> None:
        context = self.context
        whole = context.settings.local_state(context.project.local_id)
        if whole.get(_STATE) != key:
            whole[_STATE] = key
            context.settings.remember_local_state(context.project.local_id, whole)

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in the page that is shown."""
        cast(ChartPlacePage, self.stack.currentWidget()).focus_page()
