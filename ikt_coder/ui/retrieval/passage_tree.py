"""The list of passages: pointing, keys, dragging out, and keeping its place."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.retrieval.passage_delegate import PassageDelegate
from ikt_coder.ui.retrieval.passage_model import PassageModel
from ikt_coder.ui.widgets.row_tree import RowTree

_OPEN_AT_ONCE = 150
"""Passages of groups opened in one go."""
_MOST_KEPT = 200
"""Selected passages that stay selected when the list is built anew."""
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class PassageTree(RowTree):
    """A click shows a passage, a double click or Enter opens it in its document; Space opens
    the text around it."""

    shown = Signal(object)
    """The coding that was clicked."""
    opened = Signal(object)
    """The coding to show in its document."""
    menu_asked = Signal(object)
    left_at_top = Signal()

    def __init__(
        self, appearance: Appearance, name: str, model: PassageModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, name, parent)
        self._passages = model
        self.setModel(model)
        model.looks_changed.connect(self.viewport().update)
        self.setItemDelegate(PassageDelegate(appearance, model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        self._folded: set[Hashable] = set()
        self._closed: deque[int] = deque()
        self._open_more = QTimer(self, singleShot=True, interval=0)
        self._open_more.timeout.connect(self._open_some)
        self.collapsed.connect(lambda index: self._fold(index, True))
        self.expanded.connect(lambda index: self._fold(index, False))

    # -- what is open -----------------------------------------------------------------------

    def forget_folds(self) -> None:
        """Open every group at the next building."""
        self._folded = set()

    @contextmanager
    def kept_place(self) -> Iterator[None]:
        """Scroll, selection and folds of the list stay while it is built anew within."""
        at = self.verticalScrollBar().value()
        chosen = self.chosen()
        current = self._passages.coding(self.currentIndex())
        yield
        # With the layout done, each group that opens is laid out alone and at once.
        self.doItemsLayout()
        self._closed = deque(range(self._passages.rowCount()))
        self._open_some(at + self.viewport().height())
        flags = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        here = self._passages.index_of(current.id) if current is not None else None
        if here is not None and here.isValid():
            selection.setCurrentIndex(here, flags.NoUpdate)
        for coding in chosen[:_MOST_KEPT]:
            index = self._passages.index_of(coding)
            if index.isValid():
                selection.select(index, flags.Select)
        self.verticalScrollBar().setValue(at)

    def _open_some(self, down_to: int = 0) -> None:
        """Open groups from the top: at once as far as is seen, then a few at a time, so that
        a list of thousands never keeps the window waiting."""
        opened = 0
        while self._closed:
            reached = self.verticalScrollBar().maximum() + self.viewport().height()
            if opened >= _OPEN_AT_ONCE and reached > down_to:
                break
            index = self._passages.index(self._closed.popleft(), 0)
            group = self._passages.group(index)
            if group is not None and group.key not in self._folded:
                self.expand(index)
                opened += len(group.codings)
        if self._closed:
            self._open_more.start()

    def _fold(self, index: QModelIndex, folded: bool) -> None:
        group = self._passages.group(index)
        if group is not None:
            (self._folded.add if folded else self._folded.discard)(group.key)

    # -- pointing and keys ------------------------------------------------------------------

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

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self._passages.coding(index)
        if row is not None:
            self.opened.emit(row.id)

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
            self.opened.emit(row.id)
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
