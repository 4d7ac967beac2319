"""Theme tables kept under names: chosen, kept anew, renamed and deleted in a menu."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.saved_tables import SavedTableRow
from ikt_coder.services.theme_table import ThemeTableOptions
from ikt_coder.services.theme_table_options import options_to_json
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.codes.wording import bold
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.pill import Pill

WHAT = "themes"
"""The report of the catalogue that a theme table is."""


class SavedTables(QObject):
    """A pill that says which saved table is shown, and its menu. What is saved is how to
    count; the figures are counted anew whenever it is shown."""

    chosen = Signal(object)  # ThemeTableOptions
    refresh_wanted = Signal()

    def __init__(
        self,
        context: Context,
        options: Callable[[], ThemeTableOptions],
        fitted: Callable[[ThemeTableOptions], ThemeTableOptions],
        parent: QWidget,
    ) -> None:
        """``options`` tells what is shown now, ``fitted`` what other options would show."""
        super().__init__(parent)
        self._fitted = fitted
        self._context = context
        self._options = options
        self._rows: tuple[SavedTableRow, ...] = ()
        self._current: UUID | None = None
        self.pill = Pill(context.appearance, self.tr("Saved tables"), opens=True, parent=parent)
        self.pill.clicked.connect(self._open)

    @property
    def current(self) -> SavedTableRow | None:
        """The saved table that is shown; None where none is."""
        return next((row for row in self._rows if row.id == self._current), None)

    @property
    def key(self) -> UUID | None:
        """The id of the saved table that was chosen last, also before it has been read."""
        return self._current

    def set_current(self, table: UUID | None) -> None:
        self._current = table
        self.show_state()

    def show_rows(self, rows: tuple[SavedTableRow, ...]) -> None:
        """Take over what the project keeps now."""
        self._rows = tuple(row for row in rows if row.what == WHAT and row.options is not None)
        self.show_state()

    def show_state(self) -> None:
        """Say on the pill which table it is, and whether it was changed since."""
        row = self.current
        if row is None:
            self.pill.set_words(self.tr("Saved tables"))
            return
        changed = self.tr("(changed)") if self.changed else ""
        self.pill.set_words(f"{row.name} {changed}".strip())

    @property
    def changed(self) -> bool:
        """Whether the table is shown otherwise than it was saved."""
        row = self.current
        if row is None or row.options is None:
            return False
        return options_to_json(self._fitted(row.options)) != options_to_json(self._options())

    # -- menu -----------------------------------------------------------------------------

    def menu(self) -> QMenu:
        menu = QMenu(self.pill)
        for row in self._rows:
            action = menu.addAction(row.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(row.id == self._current)
            action.triggered.connect(lambda _on=False, row=row: self.choose(row))
        if self._rows:
            menu.addSeparator()
        may_write = not self._context.project.read_only
        menu.addAction(self.tr("Save this table as…"), self.ask_name).setEnabled(may_write)
        held = self.current
        if held is not None:
            name = held.name.replace("&", "&&")
            words = self.tr("Save the changes to “{name}”").replace("{name}", name)
            save = menu.addAction(words, lambda: self._save(held.name))
            save.setEnabled(may_write and self.changed)
            menu.addAction(self.tr("Rename…"), self._rename).setEnabled(may_write)
            words = self.tr("Delete “{name}”").replace("{name}", name)
            menu.addAction(words, self._delete).setEnabled(may_write)
        menu.addSeparator()
        menu.addAction(self.tr("Count anew"), self.refresh_wanted.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open(self) -> None:
        self.menu().popup(self.pill.mapToGlobal(self.pill.rect().bottomLeft()))

    def choose(self, row: SavedTableRow) -> None:
        """Show a saved table, counted now."""
        self._current = row.id
        if row.options is not None:
            self.chosen.emit(row.options)
        self.show_state()

    def ask_name(self) -> None:
        """Ask what to call the table as it is shown now, and keep it."""
        options = self._options()
        self._ask(options.title, self._save)

    def _save(self, name: str) -> None:
        def act() -> None:
            self._current = self._context.project.tables.save(name, WHAT, self._options())
            self._context.say(self.tr("Saved the table {name}").replace("{name}", bold(name)))

        self._attempt(act)

    def _rename(self) -> None:
        row = self.current
        if row is None:
            return

        def act(name: str) -> None:
            self._context.project.tables.rename(row.id, name)
            self._context.say(self.tr("Renamed to {name}").replace("{name}", bold(name)))

        self._ask(row.name, lambda name: self._attempt(lambda: act(name)))

    def _delete(self) -> None:
        row = self.current
        if row is None:
            return

        def act() -> None:
            self._context.project.tables.delete(row.id)
            said = self.tr("Deleted the saved table {name}").replace("{name}", bold(row.name))
            self._context.say(said)

        self._attempt(act)

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            self._context.fail(error)

    def _ask(self, before: str, act: Callable[[str], None]) -> None:
        label = self.tr("Name of the table")
        popover = NamePopover(self._context.appearance, self.pill.window(), label, before)
        popover.named.connect(act)
        popover.open_for(QRect(self.pill.rect()), self.pill)
