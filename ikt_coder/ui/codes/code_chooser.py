"""A list of codes with a filter, of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ikt_coder.services.rows import CodeRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.ranking import rank
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList

_FEW = 6
"""With so many codes or fewer the filter is left out."""


class CodeChooser(QWidget):
    """Shows each code with its colour, count and what it lies below."""

    chosen = Signal()
    """Another code is chosen, or none."""

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        rows: Sequence[CodeRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = list(rows)
        self.field = FilterField(appearance, self.tr("Find a code"))
        self.list = RowList(appearance, name)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.field.setVisible(len(self._rows) > _FEW)
        self.field.textChanged.connect(self._fill)
        self.field.enter_list_asked.connect(self.list.setFocus)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self._fill("")

    def _fill(self, words: str) -> None:
        before = self.current()
        self._model.clear()
        shown = [match.code for match in rank(words, self._rows)] if words else self._rows
        for row in shown:
            item = QStandardItem(row.name)
            item.setEditable(False)
            item.setData(row.id, ItemRole.KEY)
            item.setData(row.colour, ItemRole.COLOUR)
            item.setData(row.pattern.value, ItemRole.PATTERN)
            item.setData(str(row.codings), ItemRole.COUNT)
            if len(row.path) > 1:
                item.setData(" › ".join(row.path[:-1]), ItemRole.SUBTITLE)
            self._model.appendRow(item)
        if before is not None:
            self.choose(before)

    def current(self) -> UUID | None:
        indexes = self.list.selectionModel().selectedIndexes()
        key = indexes[0].data(ItemRole.KEY) if indexes else None
        return key if isinstance(key, UUID) else None

    def choose(self, code: UUID) -> None:
        """Choose a code where it is listed."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if index.data(ItemRole.KEY) == code:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)
                return

    def showEvent(self, event: object) -> None:
        (self.field if self.field.isVisible() else self.list).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
