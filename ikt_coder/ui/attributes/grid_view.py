"""The grid itself: its keys, its editing, its heads."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from ikt_coder.core.words import AttributeKind
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.attributes.cell_editors import CellDelegate
from ikt_coder.ui.attributes.grid_model import GridModel

_LOOKED_AT = 60
"""So many rows are looked at for the width of a column,"""
_LONGEST = 8
"""and of their different words so many of the longest are measured."""
_NARROWEST, _WIDEST, _NAMES_WIDEST = 84, 240, 220
_OF_A_DAY = 150
"""A day is typed into a line with a calendar's button."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridView(QTableView):
    """Arrows move; F2, Enter or typing edits; Del clears; Alt+Down opens the head's menu."""

    choices_wanted = Signal(object, str)
    """Index of a cell whose value is chosen, and what was typed to begin."""
    clear_asked = Signal()
    copy_asked = Signal()
    paste_asked = Signal()
    head_menu_asked = Signal(int, object)
    """Column, and the global QPoint where its menu should stand."""
    cell_menu_asked = Signal(object)
    """The global QPoint."""
    touched = Signal()
    """A key or a scroll: what floats beside a cell goes."""

    def __init__(self, appearance: Appearance, model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._grid = model
        self._accepted = True
        self.setModel(model)
        self.setItemDelegate(CellDelegate(appearance, model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        heads, names = self.horizontalHeader(), self.verticalHeader()
        for header in (heads, names):
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setSectionsClickable(True)
            # Heads show nothing of what is chosen, and would ask about every cell of it.
            header.setSelectionModel(QItemSelectionModel(model, header))
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setMinimumSectionSize(appearance.px(48))
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(self._head_menu)
        self.doubleClicked.connect(self.begin)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.touched)
        appearance.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._appearance.px
        self.verticalHeader().setDefaultSectionSize(px(32))
        self.verticalHeader().setMaximumWidth(px(_NAMES_WIDEST))

    def fit_column(self, column: int) -> None:
        """Give a column the width of its name and first values."""
        px = self._appearance.px
        strong = QFontMetrics(self._appearance.font(FontRole.STRONG))
        plain = QFontMetrics(self._appearance.font())
        widest = strong.horizontalAdvance(self._grid.attribute(column).name) + px(40)
        first = {words[:80] for words in self._grid.first_words(column, _LOOKED_AT)}
        for words in sorted(first, key=len)[-_LONGEST:]:
            widest = max(widest, plain.horizontalAdvance(words) + px(24))
        day = self._grid.attribute(column).kind is AttributeKind.DATE
        least = px(_OF_A_DAY if day else _NARROWEST)
        self.setColumnWidth(column, max(least, min(px(_WIDEST), widest)))

    # -- editing ----------------------------------------------------------------------------

    def begin(self, index: QModelIndex) -> None:
        """Edit a cell in the way its kind asks for."""
        if not index.isValid() or not self._grid.editable:
            return
        if self._grid.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.touched.emit()
            self.edit(index)
        else:
            self.choices_wanted.emit(index, "")

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        here = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and self._accepted:
            self._step_down(here)
        self._accepted = True

    def refused(self) -> None:
        """The value just typed was not taken: the cell stays the present one."""
        self._accepted = False

    def _step_down(self, here: QModelIndex) -> None:
        if here.row() + 1 < self._grid.rowCount():
            self.setCurrentIndex(self._grid.index(here.row() + 1, here.column()))

    # -- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        self._appearance.set_focus_by_keyboard(True)
        self.touched.emit()
        key, modifiers = event.key(), event.modifiers()
        here = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif modifiers == Qt.KeyboardModifier.AltModifier and key == Qt.Key.Key_Down:
            self.ask_head_menu(here.column())
        elif (
            key in (*_ENTER, Qt.Key.Key_F2) and not modifiers & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.begin(here)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not modifiers:
            self.clear_asked.emit()
        elif self._is_chosen(here) and _is_typed(event):
            if self._grid.editable:
                self.choices_wanted.emit(here, event.text().strip())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _is_chosen(self, index: QModelIndex) -> bool:
        kinds = (AttributeKind.CHOICE, AttributeKind.CHOICES)
        return index.isValid() and self._grid.attribute(index.column()).kind in kinds

    # -- menus ------------------------------------------------------------------------------

    def ask_head_menu(self, column: int) -> None:
        """The menu of a column, under its head."""
        if column < 0:
            return
        heads = self.horizontalHeader()
        self.scrollTo(self._grid.index(max(0, self.currentIndex().row()), column))
        foot = QPoint(heads.sectionViewportPosition(column), heads.height())
        self.head_menu_asked.emit(column, heads.viewport().mapToGlobal(foot))

    def _head_menu(self, place: QPoint) -> None:
        heads = self.horizontalHeader()
        column = heads.logicalIndexAt(place)
        if column >= 0:
            self.head_menu_asked.emit(column, heads.viewport().mapToGlobal(place))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            cell = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(cell.bottomLeft())
        else:
            place = event.globalPos()
        self.cell_menu_asked.emit(place)
        event.accept()

    # -- what is chosen ---------------------------------------------------------------------

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(at) for at in range(selection.count())]

    def chosen(self) -> tuple[list[int], list[int]]:
        """Rows and columns of the least block around all chosen cells."""
        # Ranges and not cells: all may be chosen, and they are many.
        ranges = self._ranges()
        if not ranges:
            here = self.currentIndex()
            return ([here.row()], [here.column()]) if here.isValid() else ([], [])
        rows = range(min(one.top() for one in ranges), max(one.bottom() for one in ranges) + 1)
        columns = range(min(one.left() for one in ranges), max(one.right() for one in ranges) + 1)
        return list(rows), list(columns)

    def chosen_cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of every chosen cell."""
        ranges = self._ranges()
        if not ranges and self.currentIndex().isValid():
            yield self.currentIndex().row(), self.currentIndex().column()
        for one in ranges:
            for row in range(one.top(), one.bottom() + 1):
                for column in range(one.left(), one.right() + 1):
                    yield row, column

    def cell_rect(self, index: QModelIndex) -> QRect:
        """Where a cell stands, in the coordinates of the view."""
        rect = self.visualRect(index)
        return QRect(self.viewport().mapTo(self, rect.topLeft()), rect.size())


def _is_typed(event: QKeyEvent) -> bool:
    """Whether a key writes something."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & commands
