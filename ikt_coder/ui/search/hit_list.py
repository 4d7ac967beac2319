"""The list of hits: pointing and keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.search.hit_delegate import HitDelegate
from ikt_coder.ui.search.hit_model import HitModel


class HitList(QListView):
    """Enter codes the current hit, Space leaves it out, a double click opens the document."""

    code_asked = Signal()
    opened = Signal(int)
    left_at_top = Signal()

    def __init__(
        self, appearance: Appearance, name: str, model: HitModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        self._hits = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(HitDelegate(appearance, model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        appearance.changed.connect(self.doItemsLayout)

    def chosen(self) -> list[int]:
        """The rows of the selected hits, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def go_to(self, row: int) -> None:
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def next_wanted(self) -> None:
        """To the next hit that is neither coded nor left out."""
        here = self.currentIndex().row()
        wanted = self._hits.wanted()
        after = [row for row in wanted if row > here] or wanted
        if after:
            self.go_to(after[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look.set_focus_by_keyboard(False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look.set_focus_by_keyboard(True)
        here: QModelIndex = self.currentIndex()
        plain = not event.modifiers()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.code_asked.emit()
        elif event.key() == Qt.Key.Key_Space and plain:
            self._hits.toggle(self.chosen())
            if len(self.chosen()) == 1 and here.row() + 1 < self._hits.rowCount():
                self.go_to(here.row() + 1)
        elif event.key() == Qt.Key.Key_O and plain and here.isValid():
            self.opened.emit(here.row())
        elif event.key() == Qt.Key.Key_Up and plain and here.row() <= 0:
            self.left_at_top.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
