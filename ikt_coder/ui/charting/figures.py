"""Figures in a table that open what they count, with those listed beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.frozen import frozen
from ikt_coder.services.charting.counting import Case, CrossTable
from ikt_coder.services.charting.rows import ChartRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading

_FORMS = int(Qt.ItemDataRole.UserRole) + 1

Row = TypeVar("Row")


@frozen
class FigureCell:
    """The words of a cell, the forms behind it (None: it opens nothing), how deep it stands."""

    words: str
    forms: tuple[ChartRow, ...] | None = None
    depth: int = 0


class CountTable(QTableWidget):
    """Figures that open what they count: the current cell tells its cases."""

    opened = Signal(object, str, str)
    """The forms (a tuple) behind the current figure, its name, and the figure"""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._least = 0
        self._fitting = False
        header.sectionResized.connect(self._resized)
        self.currentItemChanged.connect(lambda item, _before: self._tell(item))
        self.itemClicked.connect(self._tell)

    def _tell(self, item: QTableWidgetItem | None) -> None:
        forms = item.data(_FORMS) if item is not None else None
        if item is None or forms is None:
            return
        row, head = self.item(item.row(), 0), self.horizontalHeaderItem(item.column())
        words = row.text().strip() if row is not None else ""
        # The first two columns are the answer and its n; the others say what they are.
        if head is not None and item.column() > 0 and head.text() != "n":
            words = f"{words} · {head.text()}"
        figure = item.text() if item.column() else ""
        self.opened.emit(forms, words, figure)

    def set_widths(self, least: int, others: int) -> None:
        """Give every column but the first ``others`` pixels. The first takes what its words
        need where there is room, and never less than ``least``, until it is drawn by hand."""
        for column in range(1, self.columnCount()):
            self.setColumnWidth(column, others)
        self._least = least
        self._fit()

    def _fit(self) -> None:
        if not self._least or not self.columnCount():
            return
        others = sum(self.columnWidth(column) for column in range(1, self.columnCount()))
        room = self.viewport().width() - others
        self._fitting = True
        self.setColumnWidth(0, max(self._least, min(self.sizeHintForColumn(0), room)))
        self._fitting = False

    def _resized(self, column: int, _before: int, _after: int) -> None:
        if column == 0 and not self._fitting:
            self._least = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def put(self, rows: Sequence[Sequence[FigureCell]]) -> None:
        """Fill the table."""
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, each in enumerate(row):
                item = QTableWidgetItem("\u2003" * each.depth + each.words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if each.forms is not None:
                    item.setData(_FORMS, each.forms)
                self.setItem(at, column, item)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.currentItem())
            return
        super().keyPressEvent(event)


class FiguresPane(QWidget, Generic[Row]):
    """A table of figures below its choices and above a note; beside it the rows behind the
    figure that is current, any of which can be opened."""

    opened = Signal(object)
    """The row behind a figure that a person opens"""

    def __init__(
        self,
        appearance: Appearance,
        settings: Any,
        splitter: str,
        choices: QLayout,
        behind: RowsModel[Row],
        *,
        table: str,
        rows: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        """``splitter`` is the name its sizes are remembered by, ``table`` and ``rows`` what a
        screen reader calls the two, ``title`` stands over the rows while no figure is current."""
        super().__init__(parent)
        px = appearance.px
        self._title = title
        choices.setContentsMargins(px(14), px(10), px(14), px(6))
        self.table = CountTable(table)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("tone", "dim")
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setContentsMargins(px(14), px(6), px(14), px(12))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(choices)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        self.heading = SectionHeading(appearance, title)
        self.behind = behind
        self.list = RowList(appearance, rows, ruled=True)
        self.list.setModel(behind)
        self.list.activated.connect(self._open)
        self.list.doubleClicked.connect(self._open)
        right = QWidget()
        right.setProperty("surface", "panel")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = QVBoxLayout(right)
        side.setContentsMargins(px(14), px(10), px(12), px(12))
        side.setSpacing(px(8))
        side.addWidget(self.heading)
        side.addWidget(self.list, 1)
        split = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter(splitter),
            save=lambda sizes: settings.remember_splitter(splitter, sizes),
        )
        split.add_pane(left, px(700), stretch=True)
        split.add_pane(right, min(px(300), 420))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    @contextmanager
    def anew(self) -> Iterator[None]:
        """Fill the emptied table; what is current then stands where it stood, if there still is
        such a place."""
        table = self.table
        row, column = table.currentRow(), table.currentColumn()
        table.clear()
        table.setRowCount(0)
        self.show_behind((), "", "")
        yield
        if 0 <= row < table.rowCount() and 0 <= column < table.columnCount():
            table.setCurrentCell(row, column)

    def show_nothing(self, note: str = "") -> None:
        """Show no figures, and why."""
        self.table.setColumnCount(0)
        self.note.setText(note)

    def show_behind(self, rows: Iterable[Row], name: str, figure: str) -> None:
        """Show what a figure counts, with its name."""
        self.behind.put(rows)
        self.heading.set_title(name or self._title)
        self.heading.set_note(figure)

    def _open(self, index: QModelIndex) -> None:
        row = self.behind.row(index)
        if row is not None:
            self.opened.emit(row)


def cross_cells(made: CrossTable, not_reported: str, total: str) -> list[list[FigureCell]]:
    """The rows of a cross table with their totals, which count each case once."""
    rows = []
    for option, line, all_ in zip(made.row_options, made.cells, made.row_totals, strict=True):
        behind = forms_of(all_.cases)
        name = option.shown if option else not_reported
        rows.append(
            [
                FigureCell(name, behind, option.depth if option else 0),
                *(FigureCell(str(each.n), forms_of(each.cases)) for each in line),
                FigureCell(str(all_.n), behind),
            ]
        )
    totals = [FigureCell(str(each.n), forms_of(each.cases)) for each in made.column_totals]
    whole = forms_of(made.both)
    rows.append([FigureCell(total, whole), *totals, FigureCell(str(made.looked), whole)])
    return rows


def forms_of(cases: Iterable[Case]) -> tuple[ChartRow, ...]:
    """The forms that cases were counted from."""
    return tuple(form for case in cases for form in case.rows)
