"""What was erased for good: when, why, how much; never whose words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.services.erasure import TombstoneRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.people.wording import tombstone_words
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex


class TombstoneModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TombstoneRow, ...] = ()

    def show_rows(self, rows: tuple[TombstoneRow, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tombstone_words(row)
        reason = self.tr("Reason: {reason}").format(reason=row.reason)
        if role == ItemRole.SUBTITLE:
            return reason
        if role == Qt.ItemDataRole.ToolTipRole:
            number = self.tr("Number: {number}").format(number=row.participant)
            return f"{tombstone_words(row)}\n{reason}\n{number}"
        return None


class TombstonesPage(QWidget):
    """One row per erased participant."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = context.project
        self.model = TombstoneModel(self)
        self._stack = QStackedWidget(self)
        self.list = RowList(context.appearance, self.tr("Erased"), ruled=True, parent=self._stack)
        self.list.setModel(self.model)
        self.empty = EmptyView(
            context.appearance,
            "shield",
            self.tr("Nothing was erased"),
            self.tr("When a participant’s words are erased for good, a line without them stays."),
            self._stack,
        )
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.read()

    def read(self) -> None:
        rows = self._project.participants.tombstones()
        self.model.show_rows(rows)
        self._stack.setCurrentWidget(self.list if rows else self.empty)
