"""A tree of rows as in the codebook and the list of documents."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ikt_coder.ui.appearance.focus_ring import OWN_RING
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.tree_row_delegate import (
    PAINTS_ROWS,
    MeasuredWhenSeen,
    TreeRowDelegate,
    paint_row_ground,
)

Index = QModelIndex | QPersistentModelIndex
_SEVERAL = QAbstractItemView.SelectionMode.ExtendedSelection
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class RowTree(QTreeView, MeasuredWhenSeen):
    """No header, rows wrap to the width, chevrons for groups, the whole row is the target."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls the tree."""
        super().__init__(parent)
        self._appearance = appearance
        self._seen = False
        self._unmeasured = True
        self._painted = False
        self._wanted = QPersistentModelIndex()
        self.setAccessibleName(name)
        self.setProperty(PAINTS_ROWS, True)
        self.setProperty(OWN_RING, True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setItemDelegate(TreeRowDelegate(appearance, self, indent=self.indent_of))
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setIndentation(self._appearance.px(12))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._painted and event.size().width() == event.oldSize().width():
            super().resizeEvent(event)
            return
        seen, self._seen = self._seen, False
        super().resizeEvent(event)
        self._seen = seen
        # Before anything is painted or asked where it is.
        self.scheduleDelayedItemsLayout()

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """What the program chooses is chosen alone, whichever keys are still held: after
        Ctrl+Enter a Ctrl that is down would add the row to those chosen before."""
        if event is None and self.selectionMode() is _SEVERAL:
            flags = QItemSelectionModel.SelectionFlag
            return flags.ClearAndSelect | flags.Rows
        return super().selectionCommand(index, event)

    # -- measuring --------------------------------------------------------------------------

    def needs_no_heights(self) -> bool:
        """While nobody sees the tree, or its size changes. It is laid out anew afterwards."""
        if not self._seen:
            self._unmeasured = True
        return not self._seen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen = True
        if self._unmeasured:
            # Not at once: whatever it stands in may be given another width in the same moment.
            self.scheduleDelayedItemsLayout()
            self._unmeasured = False
        if self._wanted.isValid():
            super().scrollTo(self._wanted)
        self._wanted = QPersistentModelIndex()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seen = self._painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painted = True
        super().paintEvent(event)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        if not self._seen:
            self._wanted = QPersistentModelIndex(index)

    def indent_of(self, index: Index) -> int:
        """Pixels before the row's own content."""
        depth = 1 if self.rootIsDecorated() else 0
        parent = index.parent()
        while parent.isValid() and parent != self.rootIndex():
            depth += 1
            parent = parent.parent()
        return depth * self.indentation()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        at_pointer = self.viewport().mapFromGlobal(self.cursor().pos())
        hovered = self.viewport().underMouse() and row.contains(at_pointer)
        selection = self.selectionModel()
        paint_row_ground(
            painter,
            row,
            self._appearance,
            chosen=selection is not None and selection.isSelected(index),
            hovered=hovered,
            focused=self.hasFocus() and index == self.currentIndex(),
        )
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if not self.model().hasChildren(index):
            return
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        side = self._appearance.px(10)
        target = self._chevron_target(index)
        x = target.right() + 1 - side - 2
        y = target.top() + (target.height() - side) // 2
        self._appearance.icon(name, "dim").paint(painter, x, y, side, side)

    def _chevron_target(self, index: Index) -> QRect:
        """Where a press opens or folds a group: everything before its name."""
        row = self.visualRect(index)
        return QRect(0, row.top(), self.indent_of(index) + self._appearance.px(14), row.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._appearance.set_focus_by_keyboard(True)
        here = self.currentIndex()
        to = QModelIndex()
        if event.modifiers() in (_NO_KEYS, Qt.KeyboardModifier.KeypadModifier):
            if event.key() == Qt.Key.Key_Left and not self._is_open(here):
                to = here.parent()
            elif event.key() == Qt.Key.Key_Right and self._is_open(here):
                to = self.model().index(0, 0, here)
        if to.isValid() and to != self.rootIndex():
            self.setCurrentIndex(to)
            event.accept()
            return
        super().keyPressEvent(event)

    def _is_open(self, index: QModelIndex) -> bool:
        return self.isExpanded(index) and self.model().hasChildren(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._appearance.set_focus_by_keyboard(False)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and index.isValid()
            and self.model().hasChildren(index)
            and self._chevron_target(index).contains(place)
        ):
            self.setExpanded(index, not self.isExpanded(index))
            event.accept()
            return
        super().mousePressEvent(event)
