"""The pages of the Themes place beside the board: each is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.segmented_switch import Segment

if TYPE_CHECKING:
    from ikt_coder.ui.beliefs.page import BeliefsPage
    from ikt_coder.ui.recommendations.page import RecommendationsPage

BELIEFS: Final = "beliefs"
RECOMMENDATIONS: Final = "recommendations"

translate = QCoreApplication.translate


class _Page(Protocol):
    def focus_page(self) -> None:
        """Bring the keyboard to where one works."""


def further_segments() -> list[Segment]:
    """The pages as the switch names them."""
    return [
        Segment(
            BELIEFS,
            translate("Themes", "Beliefs"),
            translate("Themes", "Belief statements, and how relevant domains are"),
        ),
        Segment(
            RECOMMENDATIONS,
            translate("Themes", "Recommendations"),
            translate("Themes", "From barriers to what could be done about them"),
        ),
    ]


class FurtherPages(QStackedWidget):
    """The board with its fields first."""

    def __init__(self, context: Context, board: QWidget) -> None:
        super().__init__()
        self._context = context
        self._board = board
        self.addWidget(board)
        self._makers: dict[str, Callable[[], QWidget]] = {
            BELIEFS: self._make_beliefs,
            RECOMMENDATIONS: self._make_recommendations,
        }
        self._made: dict[str, QWidget] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._makers

    def _make_beliefs(self) -> BeliefsPage:
        from ikt_coder.ui.beliefs.page import BeliefsPage

        return BeliefsPage(self._context)

    def _make_recommendations(self) -> RecommendationsPage:
        from ikt_coder.ui.recommendations.page import RecommendationsPage

        return RecommendationsPage(self._context)

    @property
    def made(self) -> frozenset[str]:
        """The pages that were shown already."""
        return frozenset(self._made)

    def page(self, key: str) -> QWidget:
        """A page, made now if it was not. Raises KeyError."""
        if key not in self._made:
            self._made[key] = self._makers[key]()
            self.addWidget(self._made[key])
        return self._made[key]

    def show_page(self, key: str) -> bool:
        """Show a page, or the board for any other key; whether a page is shown."""
        further = key in self._makers
        self.setCurrentWidget(self.page(key) if further else self._board)
        return further

    def focus_shown(self) -> bool:
        """Bring the keyboard to the page that is shown; False where it is the board."""
        shown = self.currentWidget()
        if shown is self._board:
            return False
        cast(_Page, shown).focus_page()
        return True
