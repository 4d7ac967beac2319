"""What is known of participants, documents and studies: the grid, its filter and its facts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import shiboken6
from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QActionGroup, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.words import Subject
from ikt_coder.services.attribute_grid import AttributeGrid, GridOwner, grid_size, read_grid
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.ui.attributes.cell_note import CellNote
from ikt_coder.ui.attributes.column_acts import ColumnActs
from ikt_coder.ui.attributes.file_acts import FileActs
from ikt_coder.ui.attributes.grid_model import GridModel, Order
from ikt_coder.ui.attributes.grid_view import GridView
from ikt_coder.ui.attributes.value_acts import ValueActs
from ikt_coder.ui.attributes.wording import (
    attribute_in_words,
    attributes_in_words,
    nothing_word,
    owners_in_words,
    owners_word,
)
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.filter_field import FilterField
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.segmented_switch import Segment, SegmentedSwitch
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_AT_ONCE = 3000
"""A grid of so many cells is read at once; a larger one on the worker."""
_TABLES = {
    Subject.PARTICIPANT: ("participant", "attribute", "attribute_value"),
    Subject.DOCUMENT: ("document", "folder", "attribute", "attribute_value"),
    Subject.STUDY: ("study", "attribute", "attribute_value"),
}


class AttributesPage(QWidget):
    """Rows are participants, documents or studies, columns what is known of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        look = context.appearance
        self.subject = Subject.PARTICIPANT
        self._stale = True
        self._number = 0
        self._shown = 0
        self._reading = False
        self._fitted: set[UUID] = set()
        self.switch = SegmentedSwitch(look, self.tr("Whose attributes"), self)
        self.switch.set_segments(
            [Segment(subject.value, owners_word(subject)) for subject in Subject],
            self.subject.value,
        )
        self.filter = FilterField(look, self.tr("Filter names and values"), parent=self)
        self.add_button = QPushButton(self.tr("Add attribute…"), self)
        look.set_icon(self.add_button, "plus")
        self.column_button = QPushButton(self.tr("This attribute"), self)
        look.set_icon(self.column_button, "chevron-down", "dim")
        self.column_button.setToolTip(
            self.tr("Sort, show only, rename, kind, choices, delete (Alt+Down in the grid)")
        )
        self.file_button = QPushButton(self.tr("Files"), self)
        look.set_icon(self.file_button, "chevron-down", "dim")
        self.file_button.setToolTip(
            self.tr("Import from or write to .csv or .xlsx; a file can also be dropped here")
        )
        self.order = Pill(look, self.tr("Order"), opens=True)
        self.narrow: dict[UUID, Pill] = {}
        self.model = GridModel(self._change, self)
        self.model.editable = not self._project.read_only
        self.grid = GridView(look, self.model, self)
        self.note = CellNote(look, self)
        self.facts = QLabel(self)
        self.facts.setProperty("tone", "dim")
        self.here = QLabel(self)
        self.here.setProperty("tone", "dim")
        self.here.setProperty("face", "small")
        self.here.setWordWrap(True)
        self.values = ValueActs(context, self)
        self.columns = ColumnActs(context, self)
        self.files = FileActs(context, self)
        self.empty = EmptyView(
            look,
            "table",
            self.tr("No attributes yet"),
            self.tr(
                "Add what is known beside the words: a role, years of experience, a site. "
                "Retrieve filters by it, and tables have a column for it."
            ),
        )
        first = self.empty.add_button(self.tr("Add attribute…"), self.columns.add, icon="plus")
        first.setEnabled(self.model.editable)
        second = self.empty.add_button(self.tr("Import from a file…"), self.files.ask_import)
        second.setEnabled(self.model.editable)
        self.nobody = EmptyView(
            look,
            "people",
            self.tr("Nobody to describe yet"),
            self.tr("Rows come with imported interviews, or with participants added by hand."),
        )
        third = self.nobody.add_button(self.tr("Import from a file…"), self.files.ask_import)
        third.setEnabled(self.model.editable)
        self.no_match = EmptyView(look, "search", self.tr("No row matches."))
        self.no_match.add_button(self.tr("Show all rows"), self.show_every)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.switch)
        tools.addWidget(self.filter, 1)
        tools.addWidget(self.column_button)
        tools.addWidget(self.add_button)
        tools.addWidget(self.file_button)
        for button in (self.column_button, self.add_button, self.file_button):
            button.setAutoDefault(False)
        self._pills = QWidget(self)
        self._row = WrapLayout(self._pills)
        self._row.addWidget(self.order)
        self.stack = QStackedWidget(self)
        # A frame around the grid, whose rows would else run into the edge of the dialog.
        self._framed = QFrame(self)
        self._framed.setProperty("line", "all")
        inside = QVBoxLayout(self._framed)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        for view in (self._framed, self.empty, self.nobody, self.no_match):
            self.stack.addWidget(view)
        facts = QHBoxLayout()
        facts.addWidget(self._pills, 1)
        facts.addWidget(self.facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addLayout(facts)
        column.addWidget(self.stack, 1)
        column.addWidget(self.here)

    def _connect(self) -> None:
        self.switch.chosen.connect(lambda key: self.show_subject(Subject(key)))
        self.filter.textChanged.connect(self._filter)
        self.filter.enter_list_asked.connect(self.focus_grid)
        self.filter.leave_asked.connect(self.focus_grid)
        self.add_button.clicked.connect(self.columns.add)
        self.column_button.clicked.connect(self._open_column)
        self.file_button.clicked.connect(lambda: self.files.open_menu(self.file_button))
        self.order.clicked.connect(self._open_order)
        grid = self.grid
        grid.choices_wanted.connect(self.values.choose)
        grid.clear_asked.connect(self.values.clear)
        grid.copy_asked.connect(self.values.copy)
        grid.paste_asked.connect(self.values.paste)
        grid.head_menu_asked.connect(self.columns.open_menu)
        grid.cell_menu_asked.connect(self._open_cell_menu)
        grid.touched.connect(self.note.dismiss)
        grid.pressed.connect(self.note.dismiss)
        grid.horizontalHeader().sectionClicked.connect(self._head_clicked)
        grid.selectionModel().currentChanged.connect(self._current)
        self.model.modelReset.connect(self.note.dismiss)
        self._context.signals.changed.connect(self._changed)
        self._context.appearance.changed.connect(self._refit)

    # -- reading ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def _changed(self, changes: Changes) -> None:
        if self.values.writing or not changes.touches(*_TABLES[self.subject]):
            return
        self._stale = True
        if self.isVisible():
            self.read()

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is what the project holds."""
        return not self._stale and self._shown == self._number

    def show_subject(self, subject: Subject) -> None:
        """Show participants, documents or studies."""
        self.subject = subject
        if self.switch.current() != subject.value:
            self.switch.choose(subject.value)
        self.model.show_every()
        self.model.sort_by(None)
        self.filter.clear()
        self.read()

    def read(self) -> None:
        """Read everything anew; a large grid off the main thread. Place and choice stay."""
        self._stale = False
        self._number += 1
        number, subject, project = self._number, self.subject, self._project
        if grid_size(project, subject) <= _AT_ONCE:
            self._take(number, read_grid(project, subject))
            return
        if self._reading:
            return  # what is being read is old already, and is read again when it comes
        self._reading = True
        if self.model.grid is None:
            self.say_busy(self.tr("Reading…"))
        self._context.tasks.run(
            lambda _progress: read_grid(project, subject), done=partial(self._came, number)
        )

    def _came(self, number: int, grid: AttributeGrid) -> None:
        if not shiboken6.isValid(self):
            return  # closed in the meantime
        self._reading = False
        if number == self._number:
            self._take(number, grid)
        else:
            self.read()

    def _take(self, number: int, grid: AttributeGrid) -> None:
        self._shown = number
        here = self._place()
        across = self.grid.horizontalScrollBar().value()
        down = self.grid.verticalScrollBar().value()
        other = self.model.grid is None or self.model.grid.subject is not grid.subject
        widths = self._widths()
        self.model.show_grid(grid)
        for column, attribute in enumerate(grid.attributes):
            if attribute.id in widths:
                self.grid.setColumnWidth(column, widths[attribute.id])
            elif attribute.id not in self._fitted or other:
                self.grid.fit_column(column)
            self._fitted.add(attribute.id)
        self._go_back(here)
        if not other:
            self.grid.horizontalScrollBar().setValue(across)
            self.grid.verticalScrollBar().setValue(down)
        self._say_all()

    def _widths(self) -> dict[UUID, int]:
        grid = self.model.grid
        rows = grid.attributes if grid is not None else ()
        return {row.id: self.grid.columnWidth(at) for at, row in enumerate(rows)}

    def _refit(self) -> None:
        self._fitted.clear()
        for column in range(self.model.columnCount()):
            self.grid.fit_column(column)

    def _place(self) -> tuple[UUID, UUID] | None:
        index = self.grid.currentIndex()
        return self.model.place(index.row(), index.column()) if index.isValid() else None

    def _go_back(self, place: tuple[UUID, UUID] | None) -> None:
        """Make the same cell the present one; the first where it is gone."""
        if not self.model.rowCount() or not self.model.columnCount():
            return
        row = column = 0
        if place is not None:
            row, column = self.model.row_of(place[0]), self.model.column_of(place[1])
        index = self.model.index(max(0, row), max(0, column))
        if index != self.grid.currentIndex():
            self.grid.setCurrentIndex(index)

    # -- finding one's way --------------------------------------------------------------------

    def focus_grid(self) -> None:
        self.grid.setFocus()

    def show_attribute(self, attribute: UUID) -> None:
        """Bring a column into sight, its cell the present one."""
        column = self.model.column_of(attribute)
        if column >= 0 and self.model.rowCount():
            row = max(0, self.grid.currentIndex().row())
            self.grid.setCurrentIndex(self.model.index(row, column))

    def sort_by(self, order: Order | None) -> None:
        """Sort the rows; the present cell stays the present one and in sight."""
        self._keeping_place(lambda: self.model.sort_by(order))

    def show_only(self, attribute: UUID, values: frozenset[str]) -> None:
        """Show only rows that have one of these values."""
        self._keeping_place(lambda: self.model.show_only(attribute, values))

    def show_every(self) -> None:
        """Take all filters away."""
        self.model.show_every()
        self.filter.clear()
        self._keeping_place(lambda: None)

    def _filter(self, words: str) -> None:
        self._keeping_place(lambda: self.model.filter(words))

    def _keeping_place(self, act: Callable[[], None]) -> None:
        here = self._place()
        act()
        self._go_back(here)
        self.grid.scrollTo(self.grid.currentIndex())
        self._say_all()

    def _head_clicked(self, column: int) -> None:
        """Upwards, downwards, and back to the rows' own order."""
        key = self.model.attribute(column).id
        following: dict[Order, Order | None] = {(key, False): (key, True), (key, True): None}
        now = self.model.order
        self.sort_by(following.get(now, (key, False)) if now is not None else (key, False))

    # -- saying -----------------------------------------------------------------------------

    def say_busy(self, words: str) -> None:
        self.facts.setText(words)

    def say_counts(self) -> None:
        """Say how many rows and columns there are, and how many are shown."""
        grid = self.model.grid
        if grid is None:
            return
        whole = owners_in_words(self.subject, len(grid.owners))
        shown = self.model.rowCount()
        if shown != len(grid.owners):
            whole = self.tr("{shown} of {whole}").format(shown=shown, whole=whole)
        self.facts.setText(f"{whole} · {attributes_in_words(len(grid.attributes))}")

    def _say_all(self) -> None:
        grid = self.model.grid
        if grid is None:
            return
        page: QWidget = self._framed
        if not grid.owners:
            page = self.nobody
        elif not grid.attributes:
            page = self.empty
        elif not self.model.rowCount():
            page = self.no_match
        self.stack.setCurrentWidget(page)
        self.add_button.setEnabled(self.model.editable)
        self.column_button.setEnabled(page is self._framed)
        self._say_order()
        self._say_narrowed()
        self.say_counts()
        self._current(self.grid.currentIndex())

    def _say_order(self) -> None:
        self.order.set_words(self.tr("Order"), self._order_words(self.model.order))

    def _order_words(self, order: Order | None) -> str:
        if order is None:
            return self.tr("as listed")
        column = self.model.column_of(order[0]) if order[0] is not None else -1
        name = self.model.attribute(column).name if column >= 0 else self.tr("name")
        return f"{name} {'↓' if order[1] else '↑'}"

    def _say_narrowed(self) -> None:
        for pill in self.narrow.values():
            self._row.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self.narrow = {}
        for key, values in self.model.only.items():
            name = self.model.attribute(self.model.column_of(key)).name
            words = ", ".join(sorted(one or nothing_word() for one in values))
            pill = Pill(self._context.appearance, name, words, opens=True, parent=self._pills)
            pill.clicked.connect(partial(self.columns.ask_only, key))
            self._row.addWidget(pill)
            pill.show()
            self.narrow[key] = pill

    def _current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        self.note.dismiss()
        if index.isValid():
            self.here.setText(attribute_in_words(self.model.attribute(index.column())))
        else:
            self.here.setText("")

    def note_beside(self, row: int, column: int, words: str) -> None:
        """Say something beside a cell, until the next key."""
        cell = self.grid.cell_rect(self.model.index(row, column))
        self.note.say(words, QRect(self.grid.mapTo(self, cell.topLeft()), cell.size()))

    # -- acts and menus ---------------------------------------------------------------------

    def _change(self, owner: GridOwner, attribute: AttributeRow, given: str) -> bool:
        return self.values.change(owner, attribute, given)

    def _open_column(self) -> None:
        self.grid.ask_head_menu(max(0, self.grid.currentIndex().column()))

    def _open_order(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        orders: list[Order | None] = [None, (None, False), (None, True)]
        now = self.model.order
        if now is not None and now[0] is not None:
            orders += [(now[0], False), (now[0], True)]
        for order in orders:
            action = menu.addAction(self._order_words(order))
            action.setCheckable(True)
            action.setChecked(order == now)
            action.triggered.connect(lambda _checked=False, one=order: self.sort_by(one))
            group.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.order.mapToGlobal(QPoint(0, self.order.height())))

    def cell_menu(self) -> QMenu:
        """What can be done with the chosen cells."""
        menu = QMenu(self)
        may_write = self.model.editable
        for words, act, enabled in (
            (self.tr("&Edit\tF2"), lambda: self.grid.begin(self.grid.currentIndex()), may_write),
            (self.tr("C&lear\tDel"), self.values.clear, may_write),
            (self.tr("&Copy\tCtrl+C"), self.values.copy, True),
            (self.tr("Copy with &names"), lambda: self.values.copy(names=True), True),
            (self.tr("&Paste…\tCtrl+V"), self.values.paste, may_write),
        ):
            action = menu.addAction(words)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False, do=act: do())
        column = self.grid.currentIndex().column()
        if column >= 0:
            menu.addSeparator()
            head = self.columns.menu(column)
            head.setTitle(self.model.attribute(column).name.replace("&", "&&"))
            menu.addMenu(head)
            head.setParent(menu, head.windowFlags())
        return menu

    def _open_cell_menu(self, place: QPoint) -> None:
        menu = self.cell_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
