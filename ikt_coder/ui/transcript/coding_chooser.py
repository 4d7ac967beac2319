"""Which coding to remove, where several lie at the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ikt_coder.services.rows import CodingRow
from ikt_coder.ui.widgets.popover import Popover
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ikt_coder.ui.transcript.view import TranscriptView

translate = QCoreApplication.translate

_WIDTH = 300


class CodingChooser(Popover):
    """Lists the codings, the current one first; Enter or a click removes, Esc leaves all."""

    def __init__(self, view: TranscriptView, rows: list[CodingRow]) -> None:
        super().__init__(view.appearance, view.window())
        self._view = view
        px = view.appearance.px
        self._model = QStandardItemModel(self)
        for row in rows:
            self._add(row)
        every = QStandardItem(self.tr("All {count} codings").format(count=len(rows)))
        every.setData([row.id for row in rows], ItemRole.KEY)
        self._model.appendRow(every)
        self.list = _Rows(self)
        self.list.setModel(self._model)
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.list.clicked.connect(self._picked)
        inside = QWidget(self)
        inside.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, px(10), 0, px(8))
        column.setSpacing(px(4))
        heading = QLabel(self.tr("Remove which coding?"))
        heading.setProperty("tone", "dim")
        heading.setContentsMargins(px(14), 0, px(14), 0)
        column.addWidget(heading)
        column.addWidget(self.list)
        self.body.addWidget(inside)
        # Rows wrap to the width, which a hidden list has not been told yet.
        self.list.viewport().resize(px(_WIDTH), px(28))
        self.list.setFixedHeight(self.list.content_height(10) + 2)
        self.closed.connect(self.deleteLater)

    def _add(self, row: CodingRow) -> None:
        view = self._view
        item = QStandardItem(view.code_name(row.code))
        item.setData(view.describe(row), Qt.ItemDataRole.AccessibleTextRole)
        item.setData(view.pane.codes.colour(row.code, view.pane.look), ItemRole.COLOUR)
        item.setData(view.pane.codes.pattern(row.code), ItemRole.PATTERN)
        if row.valence is not None:
            item.setData(row.valence.sign, ItemRole.SIGN)
            item.setData(row.valence.value, ItemRole.SIGN_COLOUR)
        item.setData([row.id], ItemRole.KEY)
        self._model.appendRow(item)

    def open_at(self, beside: QRect) -> None:
        self.open_beside(beside, self._view.pane.viewport(), self.list)

    def accept(self) -> None:
        self._picked(self.list.currentIndex())

    def _picked(self, index: QModelIndex) -> None:
        codings: list[UUID] = list(index.data(ItemRole.KEY) or ())
        self.close_popover()
        if codings:
            self._view.hand.remove_codings(codings)


class _Rows(RowList):
    def __init__(self, chooser: CodingChooser) -> None:
        view = chooser._view
        super().__init__(
            view.appearance, translate("Transcript", "Codings at the caret"), parent=chooser
        )
        self._chooser = chooser

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if event.key() in keys:
            self._chooser.accept()
        else:
            super().keyPressEvent(event)
