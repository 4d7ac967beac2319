"""Retrievals kept under a name: a click asks them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.core.query import Query
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.section_heading import SectionHeading


class SavedQueries(QWidget):
    """The list of names, with a button to save what is asked for now."""

    chosen = Signal(object)  # Query
    name_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[Any, ...] = ()
        look, px = context.appearance, context.appearance.px
        self.save_button = QPushButton(self.tr("Save this…"))
        self.save_button.setProperty("kind", "link")
        self.save_button.clicked.connect(self.name_wanted)
        heading = SectionHeading(look, self.tr("Saved"))
        heading.add_action(self.save_button)
        self.list = RowList(look, self.tr("Saved retrievals"))
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self._acts: dict[str, QAction] = {}
        for name, words, key, act in (
            ("rename", self.tr("Rename…"), "F2", self._rename),
            ("delete", self.tr("Delete"), "Del", self._delete),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _c=False, a=act: a())
            self.list.addAction(action)
            self._acts[name] = action
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(4), px(12), px(8))
        column.setSpacing(px(4))
        column.addWidget(heading)
        column.addWidget(self.list)
        self.save_button.setEnabled(not context.project.read_only)
        self.show_rows(())

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show the saved ones (rows of ``project.queries``)."""
        self._rows = rows
        self._model.clear()
        for row in rows:
            item = QStandardItem(row.name)
            item.setEditable(False)
            item.setData(row.id, ItemRole.KEY)
            if row.query is None:
                item.setData(self.tr("made by a newer version"), ItemRole.SUBTITLE)
                item.setEnabled(False)
            self._model.appendRow(item)
        self.list.setVisible(bool(rows))
        self.list.keep_whole(6, least=30)

    def _current(self) -> Any | None:
        key = self.list.currentIndex().data(ItemRole.KEY)
        return next((row for row in self._rows if row.id == key), None)

    def _choose(self, index: QModelIndex) -> None:
        key = index.data(ItemRole.KEY)
        row = next((row for row in self._rows if row.id == key), None)
        if row is not None and isinstance(row.query, Query):
            self.chosen.emit(row.query)

    def _menu(self, place: QPoint) -> None:
        if not self.list.indexAt(place).isValid() or self._context.project.read_only:
            return
        menu = QMenu(self)
        menu.addActions(list(self._acts.values()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def ask_name(self, query: Query) -> None:
        """Ask what to call the present query, and save it."""

        def save(name: str) -> None:
            self._context.project.queries.save(name, query)
            self._context.say(self.tr("Saved the retrieval {name}").format(name=bold(name)))

        self._ask("", save, self.save_button)

    def _rename(self) -> None:
        row = self._current()
        if row is None or self._context.project.read_only:
            return

        def rename(name: str) -> None:
            self._context.project.queries.rename(row.id, name)
            self._context.say(self.tr("Renamed to {name}").format(name=bold(name)))

        self._ask(row.name, rename, self.list)

    def _ask(self, before: str, act: Callable[[str], None], anchor: QWidget) -> None:
        label = self.tr("Name of the retrieval")
        popover = NamePopover(self._context.appearance, self.window(), label, before)

        def done(name: str) -> None:
            try:
                act(name)
            except UserError as error:
                self._context.fail(error)

        popover.named.connect(done)
        popover.open_for(QRect(anchor.rect()), anchor)

    def _delete(self) -> None:
        row = self._current()
        if row is None or self._context.project.read_only:
            return
        key: UUID = row.id
        try:
            self._context.project.queries.delete(key)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Deleted the retrieval {name}").format(name=bold(row.name)))
