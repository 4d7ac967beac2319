"""The panels at the sides: folded away and brought back, at the size they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ikt_coder.ui.main_window import MainWindow

LEFT, MIDDLE, RIGHT = 0, 1, 2


class SidePanels(QObject):
    """Documents at the left, codebook at the right, in the splitter of the desk."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def _pane(self, at: int) -> QWidget:
        pane = self._window.desk.widget(at)
        assert pane is not None
        return pane

    def shown(self, at: int) -> bool:
        """Whether a panel can be seen while the desk can."""
        return not self._pane(at).isHidden() and not self._window.desk.is_folded(at)

    def turn(self, at: int) -> None:
        """Hide a panel, or bring it back."""
        window, pane = self._window, self._pane(at)
        if self.shown(at):
            if pane.isAncestorOf(window.focusWidget() or window):
                window.transcript.setFocus()
            window.desk.fold(at, True)
            pane.hide()
        else:
            pane.show()
            window.desk.fold(at, False)
        window.going.go_to_place("code")

    def show(self, at: int) -> None:
        """Bring a panel back where it is folded."""
        if not self.shown(at):
            self.turn(at)

    def put_folded_away(self) -> None:
        """Panels folded on an earlier day are out of the way of the Tab key too."""
        for at in (LEFT, RIGHT):
            if self._window.desk.is_folded(at):
                self._pane(at).hide()
        self.tell()

    def tell(self) -> None:
        """Check in the menu what can be seen."""
        actions = self._window.actions_
        for name, at in (("documents_panel", LEFT), ("codes_panel", RIGHT)):
            actions[name].setChecked(self.shown(at))
        actions["passages_panel"].setChecked(self._window.passages_shown)
