"""The lists of the log: which activities, types of knowledge users and parts are offered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import UserError
from ikt_coder.services.engagement.rows import ListName, TermRow
from ikt_coder.ui.context import Context
from ikt_coder.ui.engagement.wording import list_words
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch


class _TermModel(RowsModel[TermRow]):
    def shown(self, row: TermRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ItemRole.SUBTITLE:
            hidden = [self.tr("not offered")] if row.hidden else []
            return " · ".join([*hidden, *([row.definition] if row.definition else [])])
        if role == ItemRole.COUNT:
            return str(row.uses) if row.uses else ""
        if role == ItemRole.DIM:
            return row.hidden
        return None


class ListsDialog(QDialog):
    """A list at a time; each change is an act that can be undone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._terms = context.project.engagement.terms
        look, px = context.appearance, context.appearance.px
        self.setWindowTitle(self.tr("Lists of the engagement log"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.switch = SegmentedSwitch(look, self.tr("List"), self)
        self.switch.set_segments([Segment(name.value, list_words(name), "") for name in ListName])
        self.switch.chosen.connect(lambda _key: self.read())
        self.model = _TermModel(self)
        self.list = RowList(look, self.tr("Entries"), ruled=True)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_at: self._show())
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the entry"))
        self.name.editingFinished.connect(self._rename)
        self.new_name = QLineEdit()
        self.new_name.setAccessibleName(self.tr("A new entry"))
        self.new_name.setPlaceholderText(self.tr("A new entry"))
        self.new_name.returnPressed.connect(self._add)
        self.hide_button = QPushButton(self.tr("Offer no longer"))
        self.up_button = QPushButton(self.tr("Up"))
        self.down_button = QPushButton(self.tr("Down"))
        self.delete_button = QPushButton(self.tr("Delete"))
        self.add_button = QPushButton(self.tr("Add"))
        self.close_button = QPushButton(self.tr("Close"))
        for button, act in (
            (self.hide_button, self._turn_hidden),
            (self.up_button, lambda: self._move(-1)),
            (self.down_button, lambda: self._move(1)),
            (self.delete_button, self._delete),
            (self.add_button, self._add),
            (self.close_button, self.accept),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, act=act: act())
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setProperty("tone", "danger")
        self.problem.hide()
        acts = QHBoxLayout()
        for widget in (self.name, self.up_button, self.down_button, self.hide_button):
            acts.addWidget(widget)
        acts.addWidget(self.delete_button)
        new = QHBoxLayout()
        new.addWidget(self.new_name, 1)
        new.addWidget(self.add_button)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(16), px(18), px(16))
        column.setSpacing(px(10))
        column.addWidget(self.switch)
        column.addWidget(self.list, 1)
        column.addLayout(acts)
        column.addLayout(new)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.resize(px(620), px(520))
        context.signals.changed.connect(self._changed)
        self.read()
        self.list.setFocus()

    @property
    def list_name(self) -> ListName:
        return ListName(self.switch.current() or ListName.ACTIVITY.value)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("list_term", "engagement_event", "event_user"):
            self.read()

    def read(self) -> None:
        """Show the list as it is now; the chosen entry stays chosen."""
        chosen = self._row()
        rows = self._terms.all(self.list_name, hidden=True)
        self.model.put(rows)
        keys = [row.id for row in rows]
        at = keys.index(chosen.id) if chosen is not None and chosen.id in keys else 0
        if rows:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self._show()

    def _row(self) -> TermRow | None:
        return self.model.row(self.list.currentIndex())

    def _show(self) -> None:
        row = self._row()
        self.problem.hide()
        for widget in (
            self.name,
            self.hide_button,
            self.up_button,
            self.down_button,
            self.delete_button,
        ):
            widget.setEnabled(row is not None)
        if row is not None:
            self.name.setText(row.name)
            self.hide_button.setText(
                self.tr("Offer again") if row.hidden else self.tr("Offer no longer")
            )

    def _try(self, act: Any) -> None:
        try:
            act()
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()

    def _rename(self) -> None:
        row = self._row()
        if row is not None and self.name.text().strip() != row.name:
            self._try(lambda: self._terms.change(row.id, name=self.name.text()))

    def _turn_hidden(self) -> None:
        row = self._row()
        if row is not None:
            self._try(lambda: self._terms.change(row.id, hidden=not row.hidden))

    def _move(self, by: int) -> None:
        row, rows = self._row(), self.model.rows
        if row is None:
            return
        at = rows.index(row)
        if not 0 <= at + by < len(rows):
            return
        after = at + by + (1 if by > 0 else 0)
        before = rows[after].id if after < len(rows) else None
        self._try(lambda: self._terms.move(row.id, before))

    def _delete(self) -> None:
        row = self._row()
        if row is not None:
            self._try(lambda: self._terms.delete(row.id))

    def _add(self) -> None:
        if self.new_name.text().strip():
            self._try(self._add_named)

    def _add_named(self) -> None:
        self._terms.add(self.list_name, self.new_name.text())
        self.new_name.clear()
