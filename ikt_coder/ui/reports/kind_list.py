"""The list of reports in plain groups."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from ikt_coder.services.report_catalogue import REPORTS
from ikt_coder.services.report_kinds import Group
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.reports.wording import group_name, kind_about, kind_name
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.tree_row_delegate import TreeRowDelegate

Index = QModelIndex | QPersistentModelIndex


class _Rows(TreeRowDelegate):
    """Draws headings, which cannot be chosen, in words that can be read."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        shown.state |= QStyle.StateFlag.State_Enabled
        super().paint(painter, shown, index)


class KindList(RowList):
    """Headings of groups are passed over by the keyboard."""

    chosen = Signal(str)
    """The key of the report that is chosen now."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, self.tr("Reports"), parent=parent)
        model = QStandardItemModel(self)
        for group in Group:
            kinds = [kind for kind in REPORTS if kind.group is group]
            if not kinds:
                continue
            heading = QStandardItem(group_name(group))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setData(True, ItemRole.DIM)
            model.appendRow(heading)
            for kind in kinds:
                item = QStandardItem(kind_name(kind))
                item.setData(kind.key, ItemRole.KEY)
                item.setToolTip(kind_about(kind))
                words = f"{kind_name(kind)}, {group_name(group)}"
                item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
                model.appendRow(item)
        self.setModel(model)
        self.setItemDelegate(_Rows(appearance, self))

    def key(self) -> str:
        """The report that is chosen; empty where none is."""
        return str(self.currentIndex().data(ItemRole.KEY) or "")

    def choose(self, key: str) -> None:
        """Choose a report; the first one where there is none of this name."""
        keys = [self._key_at(row) for row in range(self.model().rowCount())]
        row = (
            keys.index(key)
            if key and key in keys
            else next(at for at, one in enumerate(keys) if one)
        )
        self.selectionModel().setCurrentIndex(
            self.model().index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        key = current.data(ItemRole.KEY)
        if key:
            self.chosen.emit(str(key))

    def _key_at(self, row: int) -> str:
        return str(self.model().index(row, 0).data(ItemRole.KEY) or "")
