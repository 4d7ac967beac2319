"""What is done with attributes themselves: the menu of a column's head."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QMenu

from ikt_coder.core.errors import UserError
from ikt_coder.services.attribute_values import AttributeRow
from ikt_coder.ui.attributes.attribute_form import AttributeForm
from ikt_coder.ui.attributes.wording import nothing_word, values_in_words
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import figure
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList
from ikt_coder.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from ikt_coder.ui.attributes.page import AttributesPage

_OFFERED = 200
"""Of an attribute with more different values, the most frequent are offered to show only;
the filter finds the others."""
_MANY = 300
"""An attribute with so many values is deleted on the worker."""


class ColumnActs(QObject):
    def __init__(self, context: Context, page: AttributesPage) -> None:
        super().__init__(page)
        self._context = context
        self._project = context.project
        self._page = page
        self.form: AttributeForm | None = None
        self.chooser: ChoiceList | None = None

    def menu(self, column: int) -> QMenu:
        """Everything that can be done with a column."""
        attribute = self._page.model.attribute(column)
        may_write = self._page.model.editable
        menu = QMenu(self._page)
        menu.setAccessibleName(attribute.name)

        def add(words: str, act: Callable[[], object], enabled: bool = True) -> None:
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False: act())
            action.setEnabled(enabled)

        sort = self._page.sort_by
        add(self.tr("Sort &upwards"), partial(sort, (attribute.id, False)))
        add(self.tr("Sort &downwards"), partial(sort, (attribute.id, True)))
        add(self.tr("&Own order"), partial(sort, None), self._page.model.order is not None)
        menu.addSeparator()
        add(self.tr("Show &only…"), partial(self.ask_only, attribute.id))
        menu.addSeparator()
        add(self.tr("&Rename…"), partial(self.edit, attribute, "name"), may_write)
        add(self.tr("&Kind and meaning…"), partial(self.edit, attribute, "kind"), may_write)
        if attribute.choices:
            add(self.tr("&Choices…"), partial(self.edit, attribute, "choices"), may_write)
        last = self._page.model.columnCount() - 1
        add(self.tr("Move &left"), partial(self.move, column, -1), may_write and column > 0)
        add(self.tr("Move ri&ght"), partial(self.move, column, 1), may_write and column < last)
        menu.addSeparator()
        add(self.tr("&Add an attribute…"), self.add, may_write)
        known = self._page.model.known(column)
        words = self.tr("De&lete with {values}").format(values=values_in_words(known))
        add(words if known else self.tr("De&lete"), partial(self.delete, attribute), may_write)
        return menu

    def open_menu(self, column: int, place: QPoint) -> None:
        menu = self.menu(column)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    # -- the form ---------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new attribute."""
        self._open_form(None, "name")

    def edit(self, attribute: AttributeRow, field: str) -> None:
        """Ask how an attribute should be; ``field`` has the keyboard first."""
        self._open_form(attribute, field)

    def _open_form(self, row: AttributeRow | None, field: str) -> None:
        form = AttributeForm(self._context, self._page.subject, row, self._page.window())
        form.kept.connect(self._page.show_attribute)
        form.finished.connect(self._form_closed)
        self.form = form
        form.open()
        form.focus_on(field)

    def _form_closed(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.deleteLater()
        self._page.grid.setFocus()

    # -- acts -------------------------------------------------------------------------------

    def move(self, column: int, by: int) -> None:
        """Put an attribute one place further left or right."""
        rows = list(self._page.model.grid.attributes) if self._page.model.grid else []
        attribute = rows.pop(column)
        to = column + by
        before = rows[to].id if to < len(rows) else None
        if self._do(lambda: self._project.attributes.move(attribute.id, before)):
            words = self.tr("Moved the attribute {name}")
            self._context.say(words.format(name=bold(attribute.name)))
            self._page.show_attribute(attribute.id)

    def delete(self, attribute: AttributeRow) -> None:
        """Delete an attribute with its values; undo brings them back."""
        known = self._page.model.known(self._page.model.column_of(attribute.id))
        words = self.tr("Deleted the attribute {name} with {values}").format(
            name=bold(attribute.name), values=values_in_words(known)
        )
        if known < _MANY:
            if self._do(lambda: self._project.attributes.delete(attribute.id)):
                self._context.say(words)
            return
        self._page.say_busy(self.tr("Deleting {values}…").format(values=values_in_words(known)))
        self._context.tasks.run(
            lambda _progress: self._project.attributes.delete(attribute.id),
            done=lambda _nothing: self._context.say(words),
            failed=self._failed,
            writes=True,
        )

    def _failed(self, error: BaseException) -> None:
        self._page.say_counts()
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)

    def _do(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except UserError as error:
            self._context.fail(error)
            return False
        return True

    # -- filtering --------------------------------------------------------------------------

    def ask_only(self, attribute: UUID) -> None:
        """Offer the values of an attribute; rows that have none of the chosen go."""
        model, grid = self._page.model, self._page.grid
        column = model.column_of(attribute)
        if column < 0:
            return
        row = model.attribute(column)
        counts = model.values(column)
        order = {choice: at for at, choice in enumerate(row.choices)}
        often = sorted((one for one in counts if one), key=lambda one: -counts[one])
        values = sorted(often[:_OFFERED], key=lambda one: (order.get(one, 0), one))
        rows = [Choice(one, one, count=figure(counts[one])) for one in values]
        if counts.get(""):
            rows.append(Choice("", nothing_word(), count=figure(counts[""])))
        checked = model.only.get(attribute, frozenset())
        chooser = ChoiceList(
            self._context.appearance, row.name, rows, several=True, checked=frozenset(checked)
        )
        chooser.changed.connect(lambda keys: self._page.show_only(attribute, keys))
        popover = Popover(self._context.appearance, self._page.window())
        popover.body.addWidget(chooser)
        popover.closed.connect(popover.deleteLater)
        popover.closed.connect(self._chooser_closed)
        self.chooser = chooser
        grid.scrollTo(model.index(max(0, grid.currentIndex().row()), column))
        heads = grid.horizontalHeader()
        left = grid.viewport().x() + max(0, heads.sectionViewportPosition(column))
        head = QRect(left, 0, heads.sectionSize(column), heads.height())
        popover.open_beside(head, grid, chooser.focus_widget())

    def _chooser_closed(self) -> None:
        self.chooser = None
