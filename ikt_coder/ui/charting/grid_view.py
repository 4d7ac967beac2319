"""All forms as a table: a row for each record, a column for each question."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ikt_coder.services.charting.checking import answer_words
from ikt_coder.services.charting.rows import ChartRow, Grid, SubjectKind
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.charting.records import by_study
from ikt_coder.ui.charting.wording import not_charted, not_reported, status_word

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_FIRST = 2  # columns before the questions: record, status


class GridModel(QAbstractTableModel):
    """Words of the cells are made when they are seen."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance
        self.grid = Grid(SubjectKind.DOCUMENT, (), ())
        self.rows: tuple[ChartRow, ...] = ()

    def put(self, grid: Grid) -> None:
        self.beginResetModel()
        self.grid, self.rows = grid, by_study(grid.rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else _FIRST + len(self.grid.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section < _FIRST:
                return (self.tr("Record"), self.tr("Status"))[section]
            return self.grid.fields[section - _FIRST].name
        if role == Qt.ItemDataRole.ToolTipRole and section >= _FIRST:
            return self.grid.fields[section - _FIRST].definition
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(row, index.column()) or not_charted()
        if role == Qt.ItemDataRole.ForegroundRole and (
            row.left_out or (index.column() >= _FIRST and self._missing(row, index.column()))
        ):
            return self._look.colour("dim")
        return None

    def _missing(self, row: ChartRow, column: int) -> bool:
        return row.answer(self.grid.fields[column - _FIRST].id).not_reported

    def _words(self, row: ChartRow, column: int) -> str:
        if column == 0:
            return f"{row.title} ({row.study_name})" if row.study_name else row.title
        if column == 1:
            return status_word(row.status)
        field = self.grid.fields[column - _FIRST]
        answer = row.answer(field.id)
        return not_reported() if answer.not_reported else answer_words(field, answer)


class GridView(QTableView):
    """Enter, or a double click, opens a form at the question of the cell."""

    opened = Signal(object, object)
    """Subject, and the UUID of the question (None for the first columns)"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self.grid_model = GridModel(appearance, self)
        self.setModel(self.grid_model)
        self.setAccessibleName(self.tr("All records and their answers"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(self._open)
        appearance.changed.connect(self._measure)

    def show_grid(self, grid: Grid) -> None:
        """Show the forms; the current cell stays where it is."""
        at = self.currentIndex()
        self.grid_model.put(grid)
        if at.isValid() and at.row() < self.grid_model.rowCount():
            self.setCurrentIndex(self.grid_model.index(at.row(), at.column()))
        self._measure()

    def _measure(self) -> None:
        px = self._look.px
        self.verticalHeader().setDefaultSectionSize(px(30))
        for column in range(self.grid_model.columnCount()):
            self.setColumnWidth(column, px((220, 90)[column] if column < _FIRST else 170))

    def _open(self, index: Index) -> None:
        if not index.isValid():
            return
        row = self.grid_model.rows[index.row()]
        field = index.column() - _FIRST
        key = self.grid_model.grid.fields[field].id if field >= 0 else None
        self.opened.emit(row.subject, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
