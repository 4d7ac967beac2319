"""A splitter of side panels and a middle that remembers sizes and folded panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

Save = Callable[[list[int]], None]


class RememberedSplitter(QSplitter):
    """Panes keep their size when the window grows; the pane ``stretch`` takes the rest.

    ``saved`` are sizes in pixels from an earlier day (0 for a folded pane), ``save`` is called
    when the person moves an edge or folds a pane.
    """

    def __init__(
        self,
        orientation: Qt.Orientation,
        *,
        saved: Sequence[int] = (),
        save: Save | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self._saved = list(saved)
        self._save = save
        self._unfolded: dict[int, int] = {}
        self._restored = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(True)
        self.splitterMoved.connect(self._remember)

    def add_pane(self, pane: QWidget, size: int, *, stretch: bool = False) -> None:
        """Add a pane ``size`` pixels wide (or high) where nothing was saved."""
        at = self.count()
        self.addWidget(pane)
        self.setStretchFactor(at, 1 if stretch else 0)
        self.setCollapsible(at, not stretch)
        self._unfolded[at] = size

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._restored:
            self._restored = True
            fits = len(self._saved) == self.count()
            self.setSizes(self._saved if fits else [self._unfolded[i] for i in self._unfolded])

    def is_folded(self, at: int) -> bool:
        return self.sizes()[at] == 0

    def fold(self, at: int, folded: bool) -> None:
        """Fold a pane away or bring it back at its former size; tells ``save``."""
        sizes = self.sizes()
        if (sizes[at] == 0) == folded:
            return
        middle = next((i for i in range(self.count()) if not self.isCollapsible(i)), 0)
        if folded:
            self._unfolded[at] = sizes[at]
            sizes[middle] += sizes[at]
            sizes[at] = 0
        else:
            sizes[at] = self._unfolded[at]
            sizes[middle] = max(1, sizes[middle] - sizes[at])
        self.setSizes(sizes)
        self._remember()

    def _remember(self, *_where: int) -> None:
        sizes = self.sizes()
        self._unfolded.update({at: size for at, size in enumerate(sizes) if size > 0})
        if self._save is not None:
            self._save(sizes)
