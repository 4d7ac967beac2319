"""The list of passages: pointing, keys, dragging out."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.passage_delegate import PassageDelegate
from ikt_coder.ui.retrieval.passage_model import PassageModel
from ikt_coder.ui.widgets.row_tree import RowTree

_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class PassageTree(RowTree):
    """A click or Enter shows a passage in its document; Space opens the text around it."""

    shown = Signal(object)
    """The coding to show in its document."""
    menu_asked = Signal(object)
    left_at_top = Signal()

    def __init__(
        self, appearance: Appearance, name: str, model: PassageModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, name, parent)
        self._passages = model
        self.setModel(model)
        self.setItemDelegate(PassageDelegate(appearance, model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.clicked.connect(self._clicked)

    def chosen(self) -> list[UUID]:
        """The codings of the selected passages in the order of the list; those of a whole
        document where its heading is selected."""
        found: dict[UUID, None] = {}
        for index in self.selectionModel().selectedIndexes():
            group = self._passages.group(index)
            row = self._passages.coding(index)
            for coding in group.codings if group is not None else [row] if row else []:
                found[coding.id] = None
        return list(found)

    def toggle_around(self, index: QModelIndex) -> None:
        """Show more, or again less, of the text around a passage."""
        row = self._passages.coding(index)
        if row is not None:
            self._passages.expanded ^= {row.id}
            # Only the heights are reckoned anew; nothing scrolls.
            at = self.verticalScrollBar().value()
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(at)

    def _clicked(self, index: QModelIndex) -> None:
        row = self._passages.coding(index)
        if row is not None and not QApplication.keyboardModifiers() & _SEVERAL:
            self.shown.emit(row.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.RightButton:
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            event.accept()
            return
        if event.button() == Qt.MouseButton.LeftButton and self._on_chevron(index, place):
            self.toggle_around(index)
            event.accept()
            return
        super().mousePressEvent(event)

    def _on_chevron(self, index: QModelIndex, place: QPoint) -> bool:
        delegate = self.itemDelegate()
        if self._passages.coding(index) is None or not isinstance(delegate, PassageDelegate):
            return False
        row = self.visualRect(index)
        box = QRect(0, row.top(), self.viewport().width(), row.height())
        return delegate.chevron(box).contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        row = self._passages.coding(here)
        key, plain = event.key(), not event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and row is not None:
            self.shown.emit(row.id)
        elif key == Qt.Key.Key_Space and plain and row is not None:
            self.toggle_around(here)
        elif key == Qt.Key.Key_Up and plain and not self.indexAbove(here).isValid():
            self.left_at_top.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_asked.emit(place)
        event.accept()
