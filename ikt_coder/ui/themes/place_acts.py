"""What the Themes menu does beside the acts of the board: pages, views and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ikt_coder.ui.themes.fields import CODINGS, QUOTES
from ikt_coder.ui.themes.further_pages import BELIEFS, RECOMMENDATIONS

if TYPE_CHECKING:
    from ikt_coder.ui.themes.place import ThemesPlace


class PlaceActs(QObject):
    """Each brings the place forward first."""

    def __init__(self, place: ThemesPlace) -> None:
        super().__init__(place)
        self._place = place
        tr = self.tr
        self.codings = self._action(tr("Codings of the theme"), lambda: place.open_page(CODINGS))
        self.quotes = self._action(tr("Quotes of the theme"), lambda: place.open_page(QUOTES))
        self.deviant = self._action(tr("Deviant cases"), lambda: place.show_view("deviant"))
        self.beliefs = self._action(tr("Belief statements"), lambda: self._show(BELIEFS))
        self.recommendations = self._action(
            tr("Recommendations"), lambda: self._show(RECOMMENDATIONS)
        )
        self.save = self._action(tr("Save the table as…"), place.table.saved.ask_name)
        self.table = self._action(tr("Export the table to Word…"), place.export.export)
        self.chapter = self._action(tr("Write a draft chapter…"), place.export.export_report)

    def _action(self, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _on=False: self._do(act))
        return action

    def _show(self, page: str) -> None:
        self._place.show_view(page)
        self._place.focus_place()

    def _do(self, act: Callable[[], object]) -> None:
        if not self._place.isVisible():
            self._place.context.place_wanted.emit("themes")
        act()

    def actions(self) -> list[QAction]:
        gap, second = QAction(self), QAction(self)
        for one in (gap, second):
            one.setSeparator(True)
        return [
            gap, self.codings, self.quotes, self.deviant, self.beliefs, self.recommendations,
            second, self.save, self.table, self.chapter,
        ]  # fmt: skip
