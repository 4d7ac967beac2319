"""The columns of a file of attributes: what becomes of each, to be changed in place."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from itertools import chain
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ikt_coder.core.words import AttributeKind
from ikt_coder.services.attribute_files.rows import AttributePlan, ColumnUse, PlannedColumn
from ikt_coder.services.attribute_files.written import DayOrder, Decimal
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.attributes.import_wording import (
    day_order_word,
    decimal_word,
    reading_words,
    use_words,
)
from ikt_coder.ui.attributes.wording import kind_word
from ikt_coder.ui.counting import figure
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_SHOWN = 3
"""So many values are shown of a column."""


class Part(IntEnum):
    NAME = 0
    USE = 1
    READING = 2
    FILLED = 3
    VALUES = 4


class ColumnsModel(QAbstractTableModel):
    """One row for each column of the file; ``change`` is told of what was chosen."""

    def __init__(
        self,
        appearance: Appearance,
        change: Callable[[int, Part, Any], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = appearance
        self._change = change
        self._plan: AttributePlan | None = None
        self._asked: frozenset[int] = frozenset()
        self._values: list[str] = []

    def show_plan(self, plan: AttributePlan) -> None:
        before = self._plan
        self._plan = plan
        self._asked = frozenset(question.column for question in plan.questions)
        if before is not None and before.table is plan.table:
            last = self.index(self.rowCount() - 1, len(Part) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._values = [_first(plan, column) for column in plan.columns]
        self.endResetModel()

    def column(self, row: int) -> PlannedColumn:
        assert self._plan is not None
        return self._plan.columns[row]

    def options(self, index: Index) -> list[tuple[str, object]]:
        """What can be chosen in a cell: words and value; nothing where nothing can."""
        column = self.column(index.row())
        if index.column() == Part.USE and column.use is ColumnUse.NEW:
            return [(kind_word(kind), kind) for kind in AttributeKind]
        if index.column() == Part.READING and column.use in (ColumnUse.NEW, ColumnUse.KNOWN):
            if column.kind is AttributeKind.DATE:
                return [(day_order_word(order), order) for order in DayOrder]
            if column.kind is AttributeKind.NUMBER:
                return [(decimal_word(one), one) for one in Decimal]
        return []

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self._plan is None else len(self._plan.columns)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(Part)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Part.NAME: self.tr("Column"),
            Part.USE: self.tr("Becomes"),
            Part.READING: self.tr("Read as"),
            Part.FILLED: self.tr("Values"),
            Part.VALUES: self.tr("The first of them"),
        }[Part(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._plan is None:
            return None
        column, part = self.column(index.row()), Part(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and part is Part.NAME:
            if column.use is ColumnUse.NAMES:
                return None
            taken = column.at not in self._plan.choices.skipped
            return (Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked).value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            asked = column.at in self._asked
            shown = {
                Part.NAME: f"{column.letter}  {column.name}",
                Part.USE: use_words(column),
                Part.READING: reading_words(column, asked),
                Part.FILLED: figure(column.filled) if column.use is not ColumnUse.NAMES else "",
                Part.VALUES: self._values[index.row()],
            }[part]
            if role == Qt.ItemDataRole.DisplayRole and self.options(index) and shown:
                return f"{shown} ▾"
            return shown
        if role == Qt.ItemDataRole.EditRole:
            return column.kind if part is Part.USE else column.days or column.decimal
        if role == Qt.ItemDataRole.ForegroundRole:
            if part is Part.READING and column.at in self._asked:
                return self._look.colour("danger")
            if part is Part.READING and column.near is not None:
                return self._look.colour("dim")
            aside = column.use in (ColumnUse.SKIPPED, ColumnUse.EMPTY)
            return self._look.colour("dim" if aside or part is Part.VALUES else "ink")
        if role == Qt.ItemDataRole.TextAlignmentRole and part is Part.FILLED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        part = Part(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and part is Part.NAME:
            self._change(index.row(), part, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole:
            self._change(index.row(), part, value)
            return True
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._plan is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Part.NAME and self.column(index.row()).use is not ColumnUse.NAMES:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if self.options(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


class OptionDelegate(QStyledItemDelegate):
    """A cell that has options opens their list at once."""

    def __init__(self, model: ColumnsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QuietComboBox(parent)
        box.setAccessibleName(self._columns.column(index.row()).name)
        for words, value in self._columns.options(index):
            box.addItem(words, value)
        box.activated.connect(lambda: self._chosen(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            now = index.data(Qt.ItemDataRole.EditRole)
            values = [value for _, value in self._columns.options(index)]
            editor.setCurrentIndex(values.index(now) if now in values else -1)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox) and editor.currentIndex() >= 0:
            _, value = self._columns.options(index)[editor.currentIndex()]
            model.setData(index, value, Qt.ItemDataRole.EditRole)


class ColumnsTable(QTableView):
    """Space takes a column or leaves it aside; Enter or F2 opens what can be chosen."""

    def __init__(self, appearance: Appearance, model: ColumnsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance
        self.setModel(model)
        self.setItemDelegate(OptionDelegate(model, self))
        self.setAccessibleName(self.tr("Columns of the file"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.clicked.connect(self._clicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.setStretchLastSection(True)
        appearance.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._look.px
        self.verticalHeader().setDefaultSectionSize(px(32))
        for part, width in (
            (Part.NAME, 160),
            (Part.USE, 210),
            (Part.READING, 160),
            (Part.FILLED, 60),
        ):
            self.setColumnWidth(part, px(width))

    def _clicked(self, index: QModelIndex) -> None:
        if self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)


def _first(plan: AttributePlan, column: PlannedColumn) -> str:
    """The first values, those that are odd before all others."""
    found: list[str] = []
    odd = [value for _, value in column.near.odd] if column.near is not None else []
    for value in chain(odd, (row[column.at] for row in plan.table.rows)):
        words = " ".join(value.split())
        if words and words not in found:
            found.append(words[:60])
        if len(found) == _SHOWN:
            break
    return " · ".join(found)
