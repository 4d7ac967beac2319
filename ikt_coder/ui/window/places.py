"""The places of the window beside Code: each is made when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ikt_coder.core.words import Approach
from ikt_coder.services.project import Project
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.segmented_switch import Segment
from ikt_coder.ui.window.cover import Cover

CODE = "code"

translate = QCoreApplication.translate


class Place(Protocol):
    """What the window asks of a place's widget."""

    def focus_place(self) -> None:
        """Bring the keyboard to where one works in it."""


@runtime_checkable
class HasPages(Protocol):
    """A place of several pages."""

    def show_page(self, key: str) -> None:
        """Show one of them."""


def _retrieve(context: Context) -> QWidget:
    from ikt_coder.ui.retrieval.place import RetrievePlace

    return RetrievePlace(context)


def _themes(context: Context) -> QWidget:
    from ikt_coder.ui.themes.place import ThemesPlace

    return ThemesPlace(context)


def _compare(context: Context) -> QWidget:
    from ikt_coder.ui.comparison.place import ComparePlace

    return ComparePlace(context)


def _chart(context: Context) -> QWidget:
    from ikt_coder.ui.charting.place import ChartPlace

    return ChartPlace(context)


def _codebook(context: Context) -> QWidget:
    from ikt_coder.ui.codebook.place import CodebookPlace

    return CodebookPlace(context)


def _reports(context: Context) -> QWidget:
    from ikt_coder.ui.reports.place import ReportsPlace

    return ReportsPlace(context)


_MAKERS: dict[str, Callable[[Context], QWidget]] = {
    "retrieve": _retrieve,
    "themes": _themes,
    "compare": _compare,
    "chart": _chart,
    "codebook": _codebook,
    "reports": _reports,
}
"""Each place by its key, in the order of the switch; imported when it is first needed, so that
the start is quick."""


_CHART = ("chart_field", "engagement_event", "case_rating", "framework_matrix")
"""Whose first row makes the Chart place worth showing."""
_CODEBOOK = ("framework", "codebook_version", "revisit", "glossary_term")
"""Whose first row makes the Codebook place worth showing."""
FOLLOWED = ("project", "coder", "coding_round", *_CHART, *_CODEBOOK)
"""The tables by which the switch may change."""


def segments(project: Project, asked: Collection[str] = ()) -> list[Segment]:
    """What the switch shows: Compare with the second coder, called Readings where the
    approach knows no coefficients; Codebook with what is kept of it. Places in ``asked`` are
    shown in any case."""
    shown = [
        Segment(CODE, translate("Window", "Code"), translate("Window", "Read and code")),
        Segment(
            "retrieve",
            translate("Window", "Retrieve"),
            translate("Window", "Bring coded passages back, compared and counted"),
        ),
        Segment(
            "themes",
            translate("Window", "Themes"),
            translate("Window", "Bring codes together, make tables"),
        ),
    ]
    if len(project.coders.everyone()) > 1:
        reflexive = project.card.get().approach is Approach.REFLEXIVE
        shown.append(
            Segment(
                "compare",
                translate("Window", "Readings") if reflexive else translate("Window", "Compare"),
                translate("Window", "Bring coders together, see where they differ, settle it"),
            )
        )
    if "chart" in asked or project.holds(*_CHART):
        shown.append(
            Segment(
                "chart",
                translate("Window", "Chart"),
                translate("Window", "Chart documents, log engagement, rate and compare cases"),
            )
        )
    if "codebook" in asked or project.holds(*_CODEBOOK):
        shown.append(
            Segment(
                "codebook",
                translate("Window", "Codebook"),
                translate("Window", "Versions, codings to look at again, crosswalks, glossary"),
            )
        )
    shown.append(
        Segment(
            "reports",
            translate("Window", "Reports"),
            translate("Window", "See and write every report"),
        )
    )
    return shown


class Places(QStackedWidget):
    """Code, and beside it the others. Each of these stands in a splitter, whose other half is
    for the list of passages."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._made: dict[str, QWidget] = {}
        self._beside: dict[str, QSplitter] = {}
        self._actions: list[QAction] = []
        self._read_for_others: set[str] = set()

    def give_actions(self, *actions: QAction) -> None:
        """Actions whose keys hold in every place."""
        self._actions += actions

    def made(self, key: str) -> QWidget:
        """The widget of a place other than Code, made now if it was not. Raises KeyError."""
        if key not in self._made:
            widget = _MAKERS[key](self._context)
            widget.addActions(self._actions)
            beside = QSplitter(Qt.Orientation.Horizontal, self)
            beside.setHandleWidth(1)
            beside.addWidget(widget)
            beside.setCollapsible(0, False)
            self.addWidget(beside)
            self._made[key], self._beside[key] = widget, beside
        return self._made[key]

    def beside(self, key: str) -> QSplitter:
        """The splitter in which a place stands."""
        self.made(key)
        return self._beside[key]

    def show_place(self, key: str) -> None:
        """Show a place; Code is the first widget of the stack."""
        if key == CODE:
            self.setCurrentIndex(0)
            return
        beside = self.beside(key)
        if key in self._read_for_others:
            self._read_for_others.discard(key)
            Cover(self._made[key], self._context.tasks)
        self.setCurrentWidget(beside)

    def cover_all(self) -> None:
        """Another coder sat down who may not see all that the places hold: each is covered until
        it has been read anew, at once or when it is shown next."""
        self._read_for_others = set(self._made)
        here = self.current()
        if here != CODE:
            self.show_place(here)

    def current(self) -> str:
        """The key of the place that is shown."""
        here = self.currentWidget()
        return next((key for key, widget in self._beside.items() if widget is here), CODE)

    def focus_place(self, key: str) -> None:
        """Bring the keyboard to a place other than Code."""
        cast(Place, self.made(key)).focus_place()
