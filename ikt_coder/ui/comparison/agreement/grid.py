"""A table of figures on the screen: every figure that has passages behind it opens them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.ui.appearance.focus_ring import paint_focus_ring
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.comparison.said import Said

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_SORT = Qt.ItemDataRole.UserRole
SHOWN = Qt.ItemDataRole.UserRole + 1
"""The cell itself, for the delegate."""


@frozen
class Head:
    """The head of a column; ``hint`` says what it holds, ``width`` in pixels at 100 %."""

    words: str
    hint: str = ""
    width: int = 76
    figures: bool = True


@frozen
class Shown:
    """A cell: its words, by what it is sorted, what it opens (None: nothing), what is said
    of it, how far it is set in, and an icon before it. ``quiet`` cells are guidance."""

    words: str
    sort: float | str | None = None
    opens: Hashable | None = None
    hint: str = ""
    indent: int = 0
    icon: str = ""
    quiet: bool = False


@frozen
class Grid:
    """A whole table. ``name`` is said to screen readers, ``empty`` where it has no rows."""

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Shown, ...], ...]
    empty: str = ""
    note: Said = Said()


class GridModel(QAbstractTableModel):
    """A grid, sorted by a column; unsorted it is in the order it was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid("", (), ())
        self._order: list[int] = []
        self._by: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show(self, grid: Grid) -> None:
        self.beginResetModel()
        if [head.words for head in grid.heads] != [head.words for head in self.grid.heads]:
            self._by = (-1, Qt.SortOrder.AscendingOrder)
        self.grid = grid
        self._arrange()
        self.endResetModel()

    def cell(self, index: Index) -> Shown:
        return self.grid.rows[self._order[index.row()]][index.column()]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [(at, self._order[at.row()], at.column()) for at in self.persistentIndexList()]
        self._by = (column, order)
        self._arrange()
        place = {row: at for at, row in enumerate(self._order)}
        for old, row, at in kept:
            self.changePersistentIndex(old, self.index(place[row], at))
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        column, order = self._by
        self._order = list(range(len(self.grid.rows)))
        if not 0 <= column < len(self.grid.heads):
            return
        down = order is Qt.SortOrder.DescendingOrder
        rows = self.grid.rows
        # What has no value stays at the end, whichever way the others are turned.
        known = [at for at in self._order if rows[at][column].sort is not None]
        unknown = [at for at in self._order if rows[at][column].sort is None]
        known.sort(key=lambda at: rows[at][column].sort, reverse=down)  # type: ignore[arg-type, return-value]  # one column is of one kind
        self._order = known + unknown

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.grid.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.grid.heads):
            return None
        head = self.grid.heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return head.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return head.hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if head.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.hint or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.grid.heads[index.column()].words}: {cell.words}. {cell.hint}".strip(". ")
        if role == SHOWN:
            return cell
        return None


class _Painter(QStyledItemDelegate):
    """Figures right, words left; a quiet underline says "opens", without hue."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._look.px(60), self._look.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px = self._look, self._look.px
        cell: Shown = index.data(SHOWN)
        model = index.model()
        assert isinstance(model, GridModel)
        figures = model.grid.heads[index.column()].figures
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and cell.opens is not None
        painter.save()
        box = QRectF(option.rect)
        if chosen:
            painter.fillRect(box, look.colour("accent_ground"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.colour("rule"))
        inner = box.adjusted(px(8) + px(14) * cell.indent, 0, -px(8), 0)
        if cell.icon:
            side = px(14)
            look.icon(cell.icon, "dim").paint(
                painter, round(inner.left()), round(box.center().y() - side / 2), side, side
            )
            inner.setLeft(inner.left() + side + px(5))
        font = look.font(FontRole.FIGURES if figures else FontRole.BODY)
        if cell.quiet:
            font = look.font(FontRole.SMALL)
        metrics = QFontMetrics(font)
        words = metrics.elidedText(
            cell.words, Qt.TextElideMode.ElideRight, max(0, int(inner.width()))
        )
        role = "accent" if hovered else "dim" if cell.quiet else "ink"
        painter.setFont(font)
        painter.setPen(look.colour(role))
        side_flag = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side_flag | Qt.AlignmentFlag.AlignVCenter, words)
        if cell.opens is not None and words:
            width = metrics.horizontalAdvance(words)
            base = round(box.center().y() + (metrics.ascent() - metrics.descent()) / 2 + 2.5)
            style = Qt.PenStyle.SolidLine if hovered else Qt.PenStyle.DotLine
            painter.setPen(QPen(look.colour("accent" if hovered else "dim"), 1, style))
            right = inner.right() if figures else inner.left() + width
            painter.drawLine(round(right - width), base, round(right), base)
        if state & QStyle.StateFlag.State_HasFocus and look.focus_by_keyboard:
            paint_focus_ring(painter, option.rect, 3, look)
        painter.restore()


class GridView(QTableView):
    """Arrows go from cell to cell; Enter, Space or a click opens what a figure counts."""

    opened = Signal(object)
    left_at_top = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self.figures = GridModel(self)
        self.setModel(self.figures)
        self.setItemDelegate(_Painter(appearance, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(appearance.px(30))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.clicked.connect(self._open)
        appearance.changed.connect(self._size)

    def show_grid(self, grid: Grid) -> None:
        """Show figures; the scroll place stays where the columns are the same."""
        same = [head.words for head in grid.heads] == [
            head.words for head in self.figures.grid.heads
        ]
        down, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        here = (self.currentIndex().row(), self.currentIndex().column())
        self.setAccessibleName(grid.name)
        if not same:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.figures.show(grid)
        self._size()
        if same:
            self.verticalScrollBar().setValue(down)
            self.horizontalScrollBar().setValue(across)
            self.setCurrentIndex(self.figures.index(*here))

    def _size(self) -> None:
        """Columns as wide as they need; what room is left goes to names and to remarks."""
        header, px = self.horizontalHeader(), self._look.px
        self.verticalHeader().setDefaultSectionSize(px(30))
        heads = self.figures.grid.heads
        header.setMinimumSectionSize(px(44))
        room = max(0, self.viewport().width() - sum(px(head.width) for head in heads))
        worded = [at for at, head in enumerate(heads) if not head.figures]
        for at, head in enumerate(heads):
            more = room // len(worded) if at in worded else 0
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, px(head.width) + more)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._size()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            opens = self.figures.cell(index).opens
            if opens is not None:
                self.opened.emit(opens)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint() - QPoint(0, 0))
        opens = index.isValid() and self.figures.cell(index).opens is not None
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look.set_focus_by_keyboard(False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look.set_focus_by_keyboard(True)
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not event.modifiers():
            self._open(self.currentIndex())
            event.accept()
            return
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_at_top.emit()
        super().keyPressEvent(event)
