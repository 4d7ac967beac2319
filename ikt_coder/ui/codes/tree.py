"""The tree of the codebook: pointing, dragging and dropping."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ikt_coder.core.span import Span
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.codes.tree_model import CodeTreeModel, Kind
from ikt_coder.ui.transcript.selection_mime import CODES, SELECTION, codes_in, selection_in
from ikt_coder.ui.widgets.row_tree import RowTree
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate

_MOST_LINES = 4
"""Names of codes are read whole, also in a narrow panel or with large text."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class CodeTree(RowTree):
    """Tells what the person asks for; the panel does it."""

    pressed_code = Signal(object)
    """A code was clicked once, or Enter was pressed on it."""
    opened_code = Signal(object)
    """A code was double-clicked."""
    create_asked = Signal()
    """The row that makes a new code was chosen."""
    moved = Signal(object, object, object)
    """Codes (a list) were dropped: the new parent or None, the position or None."""
    words_dropped = Signal(object, object, object)
    """A selection (document, span) was dropped on a code, or on None: on no code."""
    menu_asked = Signal(object)
    """The context menu at a global point."""
    left_at_top = Signal()
    """The arrow key went up from the first row."""

    def __init__(
        self, appearance: Appearance, name: str, model: CodeTreeModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, name, parent)
        self._model = model
        self.setModel(model)
        lines = TreeRowDelegate(appearance, self, most_lines=_MOST_LINES, indent=self.indent_of)
        self.setItemDelegate(lines)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragEnabled(True)
        self.setAutoExpandDelay(600)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)

    # -- what is chosen ---------------------------------------------------------------------

    def current_code(self) -> UUID | None:
        return self._model.key(self.currentIndex())

    def chosen_codes(self) -> list[UUID]:
        """The selected codes and headings in the order of the tree."""
        chosen = {self._model.key(index) for index in self.selectionModel().selectedIndexes()}
        return [row.id for row in self._model.rows if row.id in chosen]

    def choose(self, code: UUID | None, *, scroll: bool = True) -> None:
        """Select a code alone, opening what it lies in; None selects nothing."""
        index = self._model.index_of(code)
        if not index.isValid():
            self.clearSelection()
            return
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        if scroll:
            self.scrollTo(index)

    # -- pointer and keys -------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A right press keeps several chosen rows chosen, and never counts as a click.
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton:
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            event.accept()
            return
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        kind = self._model.kind(index)
        if kind is Kind.CREATE:
            self.create_asked.emit()
        elif kind is Kind.CODE and not QApplication.keyboardModifiers() & _SEVERAL:
            self.pressed_code.emit(self._model.key(index))

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._model.kind(index) is Kind.CODE:
            self.opened_code.emit(self._model.key(index))
        elif self._model.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in _ENTER and not event.modifiers() and not editing:
            kind = self._model.kind(here)
            if kind is Kind.CREATE:
                self.create_asked.emit()
            elif kind is Kind.CODE:
                self.pressed_code.emit(self._model.key(here))
            elif kind is not None:
                self.setExpanded(here, not self.isExpanded(here))
            event.accept()
            return
        up = event.key() == Qt.Key.Key_Up and not event.modifiers()
        if up and not editing and not self.indexAbove(here).isValid():
            self.left_at_top.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row: QRect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(row.bottomLeft())
        self.menu_asked.emit(place)
        event.accept()

    # -- dropping ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._judge(event)

    def _judge(self, event: QDropEvent) -> None:
        """Take words onto codes, and codes anywhere but into themselves."""
        data = event.mimeData()
        if not self._model.may_change:
            event.ignore()
        elif data.hasFormat(SELECTION):
            self._offer(event, Qt.DropAction.CopyAction)
        elif data.hasFormat(CODES):
            self._offer(event, Qt.DropAction.MoveAction)
        else:
            event.ignore()

    @staticmethod
    def _offer(event: QDropEvent, action: Qt.DropAction) -> None:
        if event.possibleActions() & action:
            event.setDropAction(action)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        place = event.position().toPoint()
        words = selection_in(data)
        codes = codes_in(data)
        self._stop_dropping()
        if not self._model.may_change or not (words or codes):
            event.ignore()
            return
        # A copy: the view that was dragged from must not take its rows away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if words is not None:
            document, span = words
            self._words_fall(document, span, place)
        else:
            self._codes_fall(codes, place)

    def _stop_dropping(self) -> None:
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def _words_fall(self, document: UUID, span: Span, place: QPoint) -> None:
        index = self.indexAt(place)
        code = self._model.key(index) if self._model.kind(index) is Kind.CODE else None
        self.words_dropped.emit(document, span, code)

    def _codes_fall(self, codes: list[UUID], place: QPoint) -> None:
        index = self.indexAt(place)
        where = self.dropIndicatorPosition()
        spot = QAbstractItemView.DropIndicatorPosition
        if not index.isValid() or self._model.kind(index) is Kind.CREATE:
            parent, position = None, None
        elif where == spot.OnItem or self._model.query:
            if self._model.key(index) in codes:
                return
            parent, position = self._model.target(index, -1)
        else:
            below = where == spot.BelowItem
            if below and self.isExpanded(index) and self._model.hasChildren(index):
                parent, position = self._model.target(index, 0)
            else:
                parent, position = self._model.target(index.parent(), index.row() + below)
        self.moved.emit(codes, parent, position)
