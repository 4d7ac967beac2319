"""What is done with values: typed, chosen, cleared, copied, pasted; each is one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QGuiApplication

from ikt_coder.core.errors import UserError
from ikt_coder.core.words import AttributeKind
from ikt_coder.services.attribute_block import (
    BlockPlan,
    Fit,
    block_of,
    block_text,
    chosen,
    plan_block,
    set_block,
)
from ikt_coder.services.attribute_grid import GridOwner
from ikt_coder.services.attribute_values import AttributeRow, shown_value, stored_value
from ikt_coder.services.attributes import Place, Value
from ikt_coder.ui.attributes.grid_model import GridModel
from ikt_coder.ui.attributes.grid_view import GridView
from ikt_coder.ui.attributes.paste_preview import PastePreview
from ikt_coder.ui.attributes.wording import nothing_word, values_in_words
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList
from ikt_coder.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from ikt_coder.ui.attributes.page import AttributesPage

_AT_ONCE = 40
"""So many values are written at once; more on the worker."""
_NOTHING = ""


class ValueActs(QObject):
    def __init__(self, context: Context, page: AttributesPage) -> None:
        super().__init__(page)
        self._context = context
        self._project = context.project
        self._page = page
        self.writing = False
        """Whether what the project tells now was written from here, and is shown already."""
        self.preview: PastePreview | None = None
        self.chooser: ChoiceList | None = None

    @property
    def _model(self) -> GridModel:
        return self._page.model

    @property
    def _view(self) -> GridView:
        return self._page.grid

    # -- one value --------------------------------------------------------------------------

    def change(self, owner: GridOwner, attribute: AttributeRow, given: str) -> bool:
        """Keep what was typed into a cell; what does not fit is refused beside it."""
        return self._set_one(owner, attribute, given)

    def _set_one(self, owner: GridOwner, attribute: AttributeRow, given: Value) -> bool:
        place = (owner.id, attribute.id)
        try:
            stored = stored_value(attribute, given)
            self._write({place: given})
        except UserError as error:
            self._view.refused()
            row, column = self._model.row_of(owner.id), self._model.column_of(attribute.id)
            now = self._model.shown(row, column) if row >= 0 and column >= 0 else ""
            kept = self.tr("{value} stays.").format(value=f"“{now}”" if now else nothing_word())
            what = error.what.removesuffix(" Nothing was changed.")
            kept = kept[:1].upper() + kept[1:]
            self._page.note_beside(row, column, f"{what}\n{kept} {error.to_do}".strip())
            return False
        self._model.put({place: stored})
        shown = shown_value(attribute, stored)
        if shown:
            words = self.tr("{owner}: {attribute} is {value}").format(
                owner=bold(owner.name), attribute=bold(attribute.name), value=bold(shown)
            )
        else:
            words = self.tr("{owner}: {attribute} is not known").format(
                owner=bold(owner.name), attribute=bold(attribute.name)
            )
        self._context.say(words)
        self._page.say_counts()
        return True

    def _write(self, values: Mapping[Place, Value]) -> None:
        self.writing = True
        try:
            self._project.attributes.set(values)
        finally:
            self.writing = False

    def choose(self, index: QModelIndex | QPersistentModelIndex, typed: str = "") -> None:
        """Show the choices of a cell beside it; ``typed`` narrows them."""
        row, column = index.row(), index.column()
        owner, attribute = self._model.owner(row), self._model.attribute(column)
        several = attribute.kind is AttributeKind.CHOICES
        has = chosen(attribute, self._model.stored(row, column))
        rows = [Choice(one, one) for one in attribute.choices]
        if not rows:
            self._page.note_beside(
                row,
                column,
                self.tr(
                    "“{name}” offers no choices yet. Alt+Down opens its menu to add some."
                ).format(name=attribute.name),
            )
            return
        if not several:
            rows = [
                Choice(one, one, sign="✓" if one in has else " ", sign_role="accent")
                for one in attribute.choices
            ]
            rows.append(Choice(_NOTHING, nothing_word(), sign=" " if has else "✓"))
        name = f"{attribute.name}, {owner.name}"
        chooser = ChoiceList(
            self._context.appearance, name, rows, several=several, checked=frozenset(has)
        )
        popover = Popover(self._context.appearance, self._page.window())
        popover.body.addWidget(chooser)
        popover.closed.connect(popover.deleteLater)
        popover.closed.connect(self._chooser_closed)
        if several:
            marked = {"now": frozenset(has)}
            chooser.changed.connect(lambda keys: marked.update(now=keys))
            # All marks of one opening are one act.
            popover.closed.connect(lambda: self._take_several(owner, attribute, has, marked["now"]))
        else:
            chooser.taken.connect(partial(self._take_one, popover, owner, attribute, has))
        self.chooser = chooser
        cell = self._view.cell_rect(self._model.index(row, column))
        popover.open_beside(QRect(cell), self._view, chooser.focus_widget())
        if typed:
            self._go_to(chooser, typed)

    def _chooser_closed(self) -> None:
        self.chooser = None

    def _go_to(self, chooser: ChoiceList, typed: str) -> None:
        if chooser.field.isVisibleTo(chooser):
            chooser.field.setText(typed)
        else:
            chooser.list.keyboardSearch(typed)

    def _take_one(
        self,
        popover: Popover,
        owner: GridOwner,
        attribute: AttributeRow,
        had: tuple[str, ...],
        value: str,
    ) -> None:
        popover.close_popover()
        if (value,) != (had or ("",)):
            self._set_one(owner, attribute, value)

    def _take_several(
        self,
        owner: GridOwner,
        attribute: AttributeRow,
        had: tuple[str, ...],
        now: frozenset[str],
    ) -> None:
        if now != frozenset(had):
            self._set_one(owner, attribute, [one for one in attribute.choices if one in now])

    # -- several values -----------------------------------------------------------------------

    def clear(self) -> None:
        """Take the values of all chosen cells away, in one act."""
        if not self._model.editable:
            return
        values: dict[Place, Value] = {
            self._model.place(row, column): None
            for row, column in self._view.chosen_cells()
            if self._model.stored(row, column)
        }
        if len(values) == 1:
            here = next(iter(values))
            row, column = self._model.row_of(here[0]), self._model.column_of(here[1])
            self._set_one(self._model.owner(row), self._model.attribute(column), "")
        elif values:
            words = self.tr("Cleared {values}").format(values=values_in_words(len(values)))
            self._many(partial(self._project.attributes.set, values), len(values), words)

    def _many(self, act: Callable[[], None], count: int, words: str) -> None:
        """Carry out an act on many values; a large one on the worker."""
        if count <= _AT_ONCE:
            try:
                act()
            except UserError as error:
                self._context.fail(error)
                return
            self._context.say(words)
            return
        self._page.say_busy(self.tr("Writing {values}…").format(values=values_in_words(count)))
        self._context.tasks.run(
            lambda _progress: act(),
            done=lambda _nothing: self._context.say(words),
            failed=self._failed,
            writes=True,
        )

    def _failed(self, error: BaseException) -> None:
        self._page.say_counts()
        if not isinstance(error, UserError):
            raise error
        self._context.fail(error)

    # -- the clipboard ------------------------------------------------------------------------

    def copy(self, *, names: bool = False) -> None:
        """Copy the chosen block for a spreadsheet; ``names``: with those of its rows and
        columns."""
        rows, columns = self._view.chosen()
        if not rows:
            return
        lines = [[self._model.shown(row, column) for column in columns] for row in rows]
        if names:
            lines = [
                [self._model.owner(row).name, *line] for row, line in zip(rows, lines, strict=True)
            ]
            lines.insert(0, ["", *(self._model.attribute(column).name for column in columns)])
        QGuiApplication.clipboard().setText(block_text(lines))
        words = self.tr("Copied {values}")
        count = len(rows) * len(columns)
        self._context.say(words.format(values=values_in_words(count)), undo=False)

    def paste(self) -> None:
        """Show what the clipboard would set, from the upper left chosen cell on; a single
        value is for all chosen cells."""
        if not self._model.editable:
            return
        block = block_of(QGuiApplication.clipboard().text())
        rows, columns = self._view.chosen()
        if not block or not rows:
            self._context.say(self.tr("There is nothing to paste"), undo=False)
            return
        if [len(line) for line in block] == [1] and len(rows) * len(columns) > 1:
            block = [block[0] * len(columns) for _ in rows]
        deep, wide = len(block), max(len(line) for line in block)
        last_row = min(rows[0] + deep, self._model.rowCount())
        last_column = min(columns[0] + wide, self._model.columnCount())
        owners = [self._model.owner(row) for row in range(rows[0], last_row)]
        attributes = [self._model.attribute(at) for at in range(columns[0], last_column)]
        stored = {
            self._model.place(row, column): self._model.stored(row, column)
            for row in range(rows[0], last_row)
            for column in range(columns[0], last_column)
        }
        keys = [owner.id for owner in owners]

        def plan(clear_empty: bool, add_choices: bool) -> BlockPlan:
            return plan_block(
                block, keys, attributes, stored, clear_empty=clear_empty, add_choices=add_choices
            )

        preview = PastePreview(self._context, owners, attributes, plan, self._page.window())
        only = preview.plan.cells
        if len(only) == 1 and len(only[0]) == 1 and only[0][0].fit is not Fit.FAULT:
            # One value that fits needs no looking at beforehand.
            preview.deleteLater()
            if only[0][0].fit is Fit.SET:
                self._set_one(owners[0], attributes[0], block[0][0])
            return
        preview.accepted_plan.connect(self._paste)
        preview.finished.connect(self._preview_closed)
        self.preview = preview
        preview.open()

    def _preview_closed(self) -> None:
        preview, self.preview = self.preview, None
        if preview is not None:
            preview.deleteLater()
        self._view.setFocus()

    def _paste(self, plan: BlockPlan) -> None:
        words = self.tr("Pasted {values}").format(values=values_in_words(len(plan.values)))
        self._many(partial(set_block, self._project, plan), len(plan.values), words)
