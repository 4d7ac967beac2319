"""The Chart place: charting, the engagement log, case ratings and framework matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.paged_place import Makers, PagedPlace
from ikt_coder.ui.widgets.segmented_switch import Segment

if TYPE_CHECKING:
    from ikt_coder.ui.charting.page import ChartingPage

_STATE = "chart"


class ChartPlacePage(Protocol):
    """What the place asks of its pages."""

    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""


class ChartPlace(PagedPlace):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _STATE, parent)
        self.switch.setAccessibleName(self.tr("What to chart"))
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
        self.show_kept()

    def makers(self) -> Makers:
        return {
            "charting": self._make_charting,
            "engagement": self._make_engagement,
            "ratings": self._make_ratings,
            "matrix": self._make_matrix,
        }

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

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in the page that is shown."""
        cast(ChartPlacePage, self.stack.currentWidget()).focus_page()
