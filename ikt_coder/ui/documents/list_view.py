"""The tree of folders and documents: keys, drags and drops."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.row_tree import RowTree

_PLAIN_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class DocumentTree(RowTree):
    """Several rows can be chosen; a plain click or Enter opens a document."""

    opened = Signal()
    """A plain click or Enter on the present row."""
    reading_began = Signal()
    """Enter on the present row, after ``opened``: who uses keys goes on to the words."""
    status_stepped = Signal()
    """Space on a document."""
    files_dropped = Signal(object)
    """Files from outside the program, as a list of paths."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() in _PLAIN_KEYS
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState:
                self._open_or_fold()
                event.accept()
                return
        elif plain and key == Qt.Key.Key_Space:
            self.status_stepped.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragging = self.state() == QAbstractItemView.State.DraggingState
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and not was_dragging
            and index.isValid()
            and index == self.currentIndex()
            and not self.model().hasChildren(index)
        ):
            self.opened.emit()

    def _open_or_fold(self) -> None:
        index = self.currentIndex()
        if self.model().hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
        elif index.isValid():
            self.opened.emit()
            self.reading_began.emit()

    # -- files from outside -----------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            return
        super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            return
        super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)
            return
        super().dropEvent(event)


def dropped_files(mime: QMimeData) -> list[Path]:
    """The files of this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
