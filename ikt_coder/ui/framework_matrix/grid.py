"""The matrix as a grid: cases down, codes or themes across, the beginnings of the summaries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
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

from ikt_coder.core.cases import CaseRef
from ikt_coder.services.framework_matrices.rows import CellRow, MatrixGrid
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.widgets.painting import wrapped

Index = QModelIndex | QPersistentModelIndex
CellKey = tuple[CaseRef, UUID]
_TOP = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole
_WIDE, _HIGH = 190, 84
_CASES = 230
_BESIDE = 48  # what a heading keeps free beside its words


class MatrixModel(QAbstractTableModel):
    """Rows are cases, columns those of the matrix."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid: MatrixGrid | None = None

    def put(self, grid: MatrixGrid | None) -> None:
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self.grid is None else len(self.grid.cases)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self.grid is None else len(self.grid.matrix.columns)

    def key(self, index: Index) -> CellKey | None:
        """Case and column of a cell."""
        if self.grid is None or not index.isValid():
            return None
        columns = self.grid.matrix.columns
        return self.grid.cases[index.row()].ref, columns[index.column()].id

    def place(self, key: CellKey) -> Index:
        """Where a cell stands; an invalid index where it is gone."""
        if self.grid is not None:
            rows = [case.ref for case in self.grid.cases]
            columns = [column.id for column in self.grid.matrix.columns]
            if key[0] in rows and key[1] in columns:
                return self.index(rows.index(key[0]), columns.index(key[1]))
        return QModelIndex()

    def cell(self, index: Index) -> CellRow | None:
        key = self.key(index)
        return self.grid.cell(*key) if self.grid is not None and key is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None or self.grid is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text or self.state(cell)
        if role == _CELL:
            return cell
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            case = self.grid.cases[index.row()].label
            column = self.grid.matrix.columns[index.column()].name
            parts = [f"{case}, {column}", cell.text, self.state(cell)]
            return "\n".join(part for part in parts if part)
        return None

    def state(self, cell: CellRow) -> str:
        """How far a cell is, in words."""
        n = cell.passages
        passages = (
            self.tr("1 passage") if n == 1 else self.tr("{n} passages").replace("{n}", str(n))
        )
        if cell.written:
            done = self.tr("finished") if cell.done else ""
            return " · ".join(part for part in (passages if n else "", done) if part)
        if n:
            return f"{passages} · {self.tr('not summarised yet')}"
        return self.tr("no passages")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.grid is None:
            return None
        down = orientation == Qt.Orientation.Vertical
        if role == Qt.ItemDataRole.TextAlignmentRole and down:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            if down:
                case = self.grid.cases[section]
                return f"{case.label}\n{case.group}" if case.group else case.label
            return self.grid.matrix.columns[section].name
        if role == Qt.ItemDataRole.ToolTipRole:
            if down:
                return self.grid.cases[section].label
            column = self.grid.matrix.columns[section]
            return f"{column.name}\n{column.definition}".strip()
        return None


class _CellDelegate(QStyledItemDelegate):
    """The first lines of a summary; dim words where none is written."""

    def __init__(self, appearance: Appearance, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(_CELL)
        if not isinstance(cell, CellRow):
            return
        look, px = self._look, self._look.px
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, look.colour("accent_ground" if chosen else "paper"))
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
            look.colour("rule"),
        )
        painter.fillRect(
            QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()),
            look.colour("rule"),
        )
        if chosen:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), px(3), option.rect.height()),
                look.colour("accent"),
            )
        inner = option.rect.adjusted(px(9), px(5), -px(7), -px(5))
        foot_font = look.font(FontRole.SMALL)
        foot = QFontMetrics(foot_font).height()
        model = index.model()
        state = model.state(cell) if isinstance(model, MatrixModel) else ""
        if cell.written:
            font = look.font(FontRole.BODY)
            line = QFontMetrics(font).height()
            most = max(1, (inner.height() - foot) // line)
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            for at, words in enumerate(
                wrapped(" ".join(cell.text.split()), font, inner.width(), most)
            ):
                painter.drawText(
                    QRect(inner.left(), inner.top() + at * line, inner.width(), line),
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                    words,
                )
            if cell.done:
                state = f"✓ {state}"
        painter.setFont(foot_font)
        painter.setPen(look.colour("dim"))
        if cell.written:
            where = QRect(inner.left(), inner.bottom() - foot, inner.width(), foot)
        else:
            where = QRect(inner.left(), inner.top(), inner.width(), inner.height())
        for at, words in enumerate(
            wrapped(state, foot_font, inner.width(), 1 if cell.written else 3)
        ):
            painter.drawText(
                where.adjusted(0, at * foot, 0, 0),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                words,
            )
        painter.restore()


class _WrappedHeader(QHeaderView):
    """Names of columns in up to three lines."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = appearance
        self.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(appearance.px(90))

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._look.font(FontRole.STRONG)).height()
        names = [
            str(self.model().headerData(at, Qt.Orientation.Horizontal))
            for at in range(self.count())
        ]
        lines = max(
            (
                len(
                    wrapped(
                        name,
                        self._look.font(FontRole.STRONG),
                        max(40, self.sectionSize(at) - self._look.px(18)),
                        3,
                    )
                )
                for at, name in enumerate(names)
            ),
            default=1,
        )
        return QSize(super().sizeHint().width(), lines * line + self._look.px(12))


class MatrixGridView(QTableView):
    """Arrows go from cell to cell; Enter, or typing, goes to the summary."""

    chosen = Signal()
    write_wanted = Signal(str)
    """what was typed"""
    cleared = Signal()
    moved = Signal(int, int)
    """a column was dragged from one place to another"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self.matrix = MatrixModel(self)
        self.setHorizontalHeader(_WrappedHeader(appearance, self))
        self.setModel(self.matrix)
        self.setItemDelegate(_CellDelegate(appearance, self))
        self.setAccessibleName(self.tr("Framework matrix"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionMoved.connect(self._dragged)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.write_wanted.emit(""))
        appearance.changed.connect(self._measure)
        self._quiet = False
        self._measure()

    def _measure(self) -> None:
        px = self._look.px
        self.verticalHeader().setDefaultSectionSize(px(_HIGH))
        self.verticalHeader().setMaximumWidth(px(_CASES))
        self.verticalHeader().setMinimumWidth(self._cases_width())
        self.horizontalHeader().setDefaultSectionSize(px(_WIDE))

    def _cases_width(self) -> int:
        """How wide the names of the cases stand; Qt measures them as if they were not bold."""
        metrics = QFontMetrics(self._look.font(FontRole.STRONG))
        lines = [
            line
            for at in range(self.matrix.rowCount())
            for line in self.matrix.headerData(at, Qt.Orientation.Vertical).splitlines()
        ]
        widest = max((metrics.horizontalAdvance(line) for line in lines), default=0)
        return min(self._look.px(_CASES), widest + self._look.px(_BESIDE))

    def show_grid(self, grid: MatrixGrid) -> None:
        """Show a matrix; the current cell stays."""
        same = self.matrix.grid is not None and self.matrix.grid.matrix.id == grid.matrix.id
        key, place = self.key(), self.verticalScrollBar().value()
        across = self.horizontalScrollBar().value()
        self._quiet = True
        header = self.horizontalHeader()
        for at in range(header.count()):  # what was dragged is the order of the matrix by now
            header.moveSection(header.visualIndex(at), at)
        self._quiet = False
        self.matrix.put(grid)
        self._measure()
        wanted = self.matrix.place(key) if same and key is not None else QModelIndex()
        if not wanted.isValid() and grid.cases and grid.matrix.columns:
            wanted = self.matrix.index(0, 0)
        if isinstance(wanted, QModelIndex) and wanted.isValid():
            self.setCurrentIndex(wanted)
        if same:
            self.verticalScrollBar().setValue(place)
            self.horizontalScrollBar().setValue(across)
        header.updateGeometry()

    def key(self) -> CellKey | None:
        """Case and column of the current cell."""
        return self.matrix.key(self.currentIndex())

    def step(self, down: int, across: int) -> None:
        """Go some cells on; across the edge of a row to the next or former one."""
        index = self.currentIndex()
        columns, rows = self.matrix.columnCount(), self.matrix.rowCount()
        if not index.isValid() or not columns:
            return
        row, column = index.row() + down, index.column() + across
        if column >= columns:
            row, column = row + 1, 0
        elif column < 0:
            row, column = row - 1, columns - 1
        if 0 <= row < rows:
            self.setCurrentIndex(self.matrix.index(row, column))

    def _dragged(self, _logical: int, before: int, after: int) -> None:
        if not self._quiet:
            self.moved.emit(before, after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look.set_focus_by_keyboard(True)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and plain:
            self.write_wanted.emit("")
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain:
            self.cleared.emit()
        elif plain and event.text() and event.text().isprintable():
            self.write_wanted.emit(event.text())
        else:
            super().keyPressEvent(event)
