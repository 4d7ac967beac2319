"""The lists of records and of studies; records are dragged from one onto the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from ikt_coder.core.frozen import frozen
from ikt_coder.services.studies import StudyRow
from ikt_coder.ui.people.study_wording import records_in_words
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.rows_model import RowsModel

Index = QModelIndex | QPersistentModelIndex
RECORDS = "application/x-ikt-records"
"""Documents that are dragged: their keys in hexadecimal, one on each line."""


@frozen
class RecordRow:
    id: UUID
    title: str
    study: UUID | None
    study_name: str


class RecordsModel(RowsModel[RecordRow]):
    """Every document with the study it describes; narrowed by letters of both."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: tuple[RecordRow, ...] = ()
        self._words = ""

    def show_rows(self, rows: Iterable[RecordRow]) -> None:
        self._all = tuple(rows)
        self._narrow()

    def filter(self, words: str) -> None:
        self._words = words.casefold().strip()
        self._narrow()

    def _narrow(self) -> None:
        words = self._words
        self.put(
            row
            for row in self._all
            if words in row.title.casefold() or words in row.study_name.casefold()
        )

    def shown(self, row: RecordRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == ItemRole.SUBTITLE:
            return row.study_name or self.tr("in no study")
        if role == ItemRole.KEY:
            return row.id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.study_name or self.tr('in no study')}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return [RECORDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        rows = sorted(index.row() for index in indexes)
        keys = "\n".join(self.rows[row].id.hex for row in rows)
        data.setData(RECORDS, keys.encode("ascii"))
        return data


class StudiesModel(RowsModel[StudyRow]):
    """``dropped`` is told of records that fell onto a study."""

    def __init__(
        self, dropped: Callable[[Sequence[UUID], StudyRow], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._dropped = dropped

    def shown(self, row: StudyRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.SUBTITLE:
            return row.citation or None
        if role == ItemRole.COUNT:
            return records_in_words(row.n)
        if role == ItemRole.KEY:
            return row.id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {records_in_words(row.n)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDropEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return [RECORDS]

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return data.hasFormat(RECORDS) and parent.isValid()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        study = self.row(parent)
        if study is None or not data.hasFormat(RECORDS):
            return False
        written = bytes(data.data(RECORDS).data()).decode("ascii")
        self._dropped([UUID(hex=line) for line in written.splitlines()], study)
        return True
