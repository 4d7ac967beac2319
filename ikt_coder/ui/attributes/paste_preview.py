"""Before a block is pasted: what of it fits, what does not and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.attribute_block import BlockPlan, Fit
from ikt_coder.services.attribute_grid import GridOwner
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.ui.attributes.wording import values_in_words
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted, figure
from ikt_coder.ui.widgets.dialog_foot import DialogFoot, dim_words

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_NAMED = 3
"""So many faults are named in words above the table; each cell tells its own."""


class BlockModel(QAbstractTableModel):
    """The pasted cells beside the names of their rows and columns."""

    def __init__(
        self,
        context: Context,
        owners: Sequence[GridOwner],
        attributes: Sequence[AttributeRow],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = context.appearance
        self._owners, self._attributes = owners, attributes
        self._plan: BlockPlan | None = None

    def show_plan(self, plan: BlockPlan) -> None:
        self.beginResetModel()
        self._plan = plan
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self._plan is None else len(self._plan.cells)

    def columnCount(self, parent: Index = _TOP) -> int:
        if parent.isValid() or self._plan is None:
            return 0
        return max((len(row) for row in self._plan.cells), default=0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        plan = self._plan
        if plan is None or not index.isValid() or index.column() >= len(plan.cells[index.row()]):
            return None
        cell = plan.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            # A sign before the words, so that colour is not the only one.
            signs = {Fit.FAULT: "✕ ", Fit.BEYOND: "… ", Fit.SET: "✓ ", Fit.CLEAR: "✓ "}
            shown = cell.text
            if cell.fit is Fit.CLEAR:
                shown = self.tr("cleared")
            return signs.get(cell.fit, "") + shown
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = {
                Fit.SET: self.tr("is set"),
                Fit.SAME: self.tr("stands there already"),
                Fit.CLEAR: self.tr("takes the value away"),
                Fit.LEAVE: self.tr("empty: what is there stays"),
                Fit.BEYOND: self.tr("lies beyond the last row or column"),
            }
            said = cell.words or words[cell.fit]
            return said if cell.fit is Fit.FAULT else f"{cell.text}: {said}".removeprefix(": ")
        if role == Qt.ItemDataRole.ForegroundRole:
            tones = {Fit.FAULT: "danger", Fit.SET: "ink", Fit.CLEAR: "ink"}
            return self._look.colour(tones.get(cell.fit, "dim"))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._owners[section].name if section < len(self._owners) else "…"
        return self._attributes[section].name if section < len(self._attributes) else "…"


class PastePreview(QDialog):
    """``plan`` makes the plan anew for the two choices; ``accepted_plan`` hands it on."""

    accepted_plan = Signal(object)

    def __init__(
        self,
        context: Context,
        owners: Sequence[GridOwner],
        attributes: Sequence[AttributeRow],
        plan: Callable[[bool, bool], BlockPlan],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = plan
        self._owners, self._attributes = owners, attributes
        look = context.appearance
        self.plan = plan(False, False)
        self.setWindowTitle(self.tr("Paste values"))
        self.summary = QLabel(self)
        self.summary.setProperty("face", "strong")
        self.summary.setWordWrap(True)
        self.faults = dim_words("", self)
        self.model = BlockModel(context, owners, attributes, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What is pasted"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        rows = self.table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look.px(30))
        rows.setMaximumWidth(look.px(200))
        heads = self.table.horizontalHeader()
        heads.setDefaultSectionSize(look.px(160))
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for header in (heads, rows):
            header.setHighlightSections(False)
        self.add_choices = QCheckBox(self)
        self.clear_empty = QCheckBox(self.tr("Empty cells take values away"), self)
        for box in (self.add_choices, self.clear_empty):
            box.toggled.connect(self._again)
        self.foot = DialogFoot(look)
        self.set_button = self.foot.add_button("", self._set)
        self.set_button.setProperty("kind", "primary")
        self.cancel_button = self.foot.add_button(self.tr("Cancel"), self.reject)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 10)
        body.setSpacing(8)
        for widget in (self.summary, self.faults):
            body.addWidget(widget)
        body.addWidget(self.table, 1)
        for box in (self.add_choices, self.clear_empty):
            body.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(body, 1)
        column.addWidget(self.foot)
        self.set_button.setDefault(True)  # known as such only within the dialog
        self.resize(look.px(640), look.px(460))
        self._offer()
        self._show()
        self.set_button.setFocus()

    def _offer(self) -> None:
        names = {row.id: row.name for row in self._attributes}
        words = "; ".join(
            f"{names[key]}: {', '.join(new[:4])}{'…' if len(new) > 4 else ''}"
            for key, new in self.plan.unknown.items()
        )
        self.add_choices.setVisible(bool(words))
        self.add_choices.setText(self.tr("Add new choices ({names})").format(names=words))
        empty = self.plan.count(Fit.LEAVE) > 0
        self.clear_empty.setVisible(empty)

    def _again(self) -> None:
        self.plan = self._make(self.clear_empty.isChecked(), self.add_choices.isChecked())
        self._show()

    def _show(self) -> None:
        plan = self.plan
        self.model.show_plan(plan)
        fit = plan.count(Fit.SET, Fit.CLEAR)
        parts = [counted(fit, self.tr("1 value is set"), self.tr("{count} values are set"))]
        for count, one, many in (
            (
                plan.count(Fit.SAME),
                self.tr("1 stands there already"),
                self.tr("{count} stand there already"),
            ),
            (plan.count(Fit.FAULT), self.tr("1 does not fit"), self.tr("{count} do not fit")),
            (
                plan.count(Fit.BEYOND),
                self.tr("1 lies beyond the grid"),
                self.tr("{count} lie beyond the grid"),
            ),
        ):
            if count:
                parts.append(counted(count, one, many))
        self.summary.setText(", ".join(parts) + ".")
        faults = plan.faults()
        lines = [
            f"{self._owners[cell.row].name}, {self._attributes[cell.column].name}: {cell.words}"
            for cell in faults[:_NAMED]
        ]
        if len(faults) > _NAMED:
            more = self.tr("… and {count} more, marked ✕ below.")
            lines.append(more.format(count=figure(len(faults) - _NAMED)))
        if faults:
            lines.append(self.tr("What does not fit is left out; what is there stays."))
        self.faults.setText("\n".join(lines))
        self.faults.setVisible(bool(lines))
        self.set_button.setText(self.tr("Set {values}").format(values=values_in_words(fit)))
        self.set_button.setEnabled(fit > 0)

    def _set(self) -> None:
        self.accepted_plan.emit(self.plan)
        self.accept()
