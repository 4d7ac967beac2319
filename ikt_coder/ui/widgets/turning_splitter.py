"""A splitter of two panes: beside each other where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter, Save


class TurningSplitter(RememberedSplitter):
    """Turns below ``least`` pixels of width at 100 % text size. Sizes are remembered for the
    panes beside each other only."""

    def __init__(
        self,
        appearance: Appearance,
        least: int,
        *,
        saved: Sequence[int] = (),
        save: Save | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            Qt.Orientation.Horizontal, saved=saved, save=self._save_beside, parent=parent
        )
        self._appearance = appearance
        self._least = least
        self._save_sizes = save

    def _save_beside(self, sizes: list[int]) -> None:
        if self.orientation() == Qt.Orientation.Horizontal and self._save_sizes is not None:
            self._save_sizes(sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= self._appearance.px(self._least)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self.setOrientation(wanted)
            whole = self.width() if beside else self.height()
            self.setSizes([whole // 2, whole - whole // 2])
        super().resizeEvent(event)
