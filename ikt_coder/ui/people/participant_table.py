"""Participants as a table whose cells are edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ikt_coder.core.words import Consent
from ikt_coder.services.rows import ParticipantRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.people.wording import analysis_word, consent_word
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    LABEL = 0
    GROUP = 1
    CONSENT = 2
    ANALYSIS = 3
    DOCUMENTS = 4
    NOTE = 5


_EDITABLE = frozenset(map(int, (Column.LABEL, Column.GROUP, Column.CONSENT, Column.NOTE)))
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITED = _READ | Qt.ItemFlag.ItemIsEditable


class ParticipantModel(QAbstractTableModel):
    """Rows by participant; ``change`` carries out what was typed into a cell."""

    def __init__(
        self,
        appearance: Appearance,
        change: Callable[[UUID, Column, Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._change = change
        self._all: list[ParticipantRow] = []
        self._rows: list[ParticipantRow] = []
        self._place: dict[UUID, int] = {}  # in all of them
        self._at: dict[UUID, int] = {}  # among those that are shown
        self._words = ""
        self.editable = True

    def show_rows(self, rows: tuple[ParticipantRow, ...]) -> None:
        """Only what differs is told, so that the cell being read keeps its place."""
        self._all = list(rows)
        self._place = {row.id: at for at, row in enumerate(rows)}
        self._show(self._fitting())

    def update(self, rows: Sequence[ParticipantRow]) -> bool:
        """Take over what some participants are now; a row stays, even where the filter no
        longer fits it. False where one of them is new, and all must be read."""
        if not all(row.id in self._place for row in rows):
            return False
        for row in rows:
            self._all[self._place[row.id]] = row
            at = self._at.get(row.id, -1)
            if at >= 0 and row != self._rows[at]:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))
        return True

    @property
    def whole(self) -> int:
        """How many participants there are, shown or not."""
        return len(self._all)

    def filter(self, words: str) -> None:
        """Show only those whose pseudonym, group or note hold these letters."""
        self._words = words.casefold().strip()
        self._show(self._fitting())

    def _fitting(self) -> list[ParticipantRow]:
        if not self._words:
            return list(self._all)
        return [
            row
            for row in self._all
            if self._words in f"{row.label}\n{row.group}\n{row.note}".casefold()
        ]

    def _show(self, rows: list[ParticipantRow]) -> None:
        if [row.id for row in rows] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self._at = {row.id: at for at, row in enumerate(rows)}
            self.endResetModel()
            return
        for at, row in enumerate(rows):
            if row != self._rows[at]:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))

    def knows(self, participant: UUID) -> bool:
        """Whether there is such a participant, shown or not."""
        return participant in self._place

    def row_of(self, participant: UUID) -> int:
        """The row of a participant; -1 where none is shown."""
        return self._at.get(participant, -1)

    def participant(self, row: int) -> ParticipantRow:
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.LABEL: self.tr("Pseudonym"),
            Column.GROUP: self.tr("Group"),
            Column.CONSENT: self.tr("Consent"),
            Column.ANALYSIS: self.tr("In analysis"),
            Column.DOCUMENTS: self.tr("Documents"),
            Column.NOTE: self.tr("Note"),
        }[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.EditRole and column is Column.CONSENT:
            return row.consent
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return {
                Column.LABEL: row.label,
                Column.GROUP: row.group,
                Column.CONSENT: consent_word(row.consent),
                Column.ANALYSIS: analysis_word(row),
                Column.DOCUMENTS: row.documents,
                Column.NOTE: row.note,
            }[column]
        if role == Qt.ItemDataRole.ForegroundRole and row.left_out:
            return self._appearance.colour("dim")
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.LABEL, Column.NOTE):
            return row.note if column is Column.NOTE else row.label
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.DOCUMENTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, column = self._rows[index.row()], Column(index.column())
        if value == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        return self._change(row.id, column, value)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked for every cell of what is chosen, so nothing is worked out here.
        return _EDITED if self.editable and index.column() in _EDITABLE else _READ


class ConsentDelegate(QStyledItemDelegate):
    """Consent is chosen from the three there are."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QuietComboBox(parent)
        box.setAccessibleName(self.tr("Consent"))
        for consent in Consent:
            box.addItem(consent_word(consent), consent)
        box.activated.connect(lambda: self._chosen(box))
        # Opened at once, so that the arrow keys move in the list and Enter alone chooses.
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            consent = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(list(Consent).index(consent))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            consent = list(Consent)[editor.currentIndex()]
            model.setData(index, consent, Qt.ItemDataRole.EditRole)
