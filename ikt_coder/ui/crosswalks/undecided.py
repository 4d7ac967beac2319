"""Codings that lead to several nodes: a list to work through with the digit keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.crosswalks.rows import Target
from ikt_coder.settings import SINGLE_LETTER_KEYS
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.comparison.settle.choice_button import ChoiceButton
from ikt_coder.ui.context import Context
from ikt_coder.ui.crosswalks.reading import CrosswalksRead, Waiting
from ikt_coder.ui.own_interview import OwnInterviewCover
from ikt_coder.ui.retrieval.context_view import ContextView, read_surroundings
from ikt_coder.ui.transcript.digits import digit_of
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class WaitingModel(RowsModel[Waiting]):
    """The words, and below them the code, where it may lead, who says it and where."""

    def shown(self, row: Waiting, role: int) -> Any:
        valence = row.row.valence
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}. {self.about(row)}"
        if role == ItemRole.SUBTITLE:
            return self.about(row)
        if role == ItemRole.COLOUR:
            return row.row.code.colour
        if role == ItemRole.PATTERN:
            return row.row.code.pattern.value
        if role == ItemRole.SIGN and valence is not None:
            return valence.sign
        if role == ItemRole.SIGN_COLOUR and valence is not None:
            return valence.value
        if role == ItemRole.DIM:
            return not row.row.chooser
        return None

    @staticmethod
    def about(row: Waiting) -> str:
        who = ", ".join(row.row.participants)
        return " · ".join(part for part in (row.row.code.name, who, row.row.document_title) if part)


class UndecidedView(QWidget):
    """The list, the passage in its context, and a button with its key for each choice.

    Digits choose one target for every chosen row that offers it, T all of them; J and K go on
    and back, O shows the passage in its transcript.
    """

    count_changed = Signal(int)
    settled = Signal()
    """A choice was stored, and the list shows it already."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read: CrosswalksRead | None = None
        self._shown: UUID | None = None
        look, px = context.appearance, context.appearance.px
        self.model = WaitingModel(self)
        self.list = _WaitingList(self)
        self.empty = EmptyView(
            look,
            "check",
            self.tr("Nothing waits for a choice"),
            self.tr(
                "Codings that lead to several components stand here until somebody says which."
            ),
        )
        self.pages = ListPages(self.list, self.empty)
        self.passage = ContextView(look, context.settings)
        self.own = OwnInterviewCover(context, self.passage)
        self.title = TextLabel(look, face=FontRole.STRONG, most_lines=2)
        self.hint = QLabel(self.tr("J K next, previous · O in its place · several rows at once"))
        self.hint.setProperty("tone", "dim")
        self.hint.setProperty("face", "small")
        self.hint.setWordWrap(True)
        self._held = QWidget()
        self._row = WrapLayout(self._held, across=6, down=6)
        self.buttons: list[ChoiceButton] = []
        panel = QFrame()
        panel.setProperty("surface", "panel")
        panel.setProperty("line", "top")
        panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(14), px(8), px(14), px(10))
        column.setSpacing(px(6))
        for widget in (self.title, self._held, self.hint):
            column.addWidget(widget)
        self.panel = panel
        panel.installEventFilter(self)
        right = QWidget()
        reading = QVBoxLayout(right)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(0)
        reading.addWidget(self.passage, 1)
        reading.addWidget(panel)
        settings = context.settings
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("crosswalks.undecided"),
            save=lambda sizes: settings.remember_splitter("crosswalks.undecided", sizes),
        )
        # Large text must not push the passage off a small screen.
        self.across.add_pane(self.pages, min(px(420), 460))
        self.across.add_pane(right, px(560), stretch=True)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._offer())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.panel and event.type() == QEvent.Type.Resize:
            self._fit_buttons()
        return super().eventFilter(watched, event)

    def _fit_buttons(self) -> None:
        """A panel of fixed height does not ask how high its rows of buttons get."""
        width = self.panel.width() - 2 * self._context.appearance.px(14)
        self._held.setMinimumHeight(self._row.heightForWidth(max(1, width)))

    # -- showing --------------------------------------------------------------------------

    def show_read(self, read: CrosswalksRead) -> None:
        """Show the codings that wait; the row one was at stays, else what stands in its place."""
        here, at = self._current(), self.list.currentIndex().row()
        self._read = read
        self.model.put(read.waiting)
        self._come_to(here.key if here is not None else None, at)
        self.pages.choose()
        self.count_changed.emit(len(read.waiting))

    def _come_to(self, key: UUID | None, at: int) -> None:
        rows = self.model.rows
        place = next((n for n, row in enumerate(rows) if row.key == key), None)
        if place is None:
            place = min(max(at, 0), len(rows) - 1)
        if rows:
            self.list.setCurrentIndex(self.model.index(place))
        self._show_current()
        self._offer()

    def _current(self) -> Waiting | None:
        return self.model.row(self.list.currentIndex())

    def chosen(self) -> list[Waiting]:
        """The rows that are chosen, in order; the current one where none is."""
        at = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        rows = [self.model.rows[row] for row in at if row < len(self.model.rows)]
        here = self._current()
        return rows or ([here] if here is not None else [])

    def _show_current(self) -> None:
        here = self._current()
        self.panel.setVisible(here is not None)
        if here is None:
            self._shown = None
            self.passage.show_surroundings(None)
        elif here.key != self._shown:
            self._shown = here.key
            try:
                found = read_surroundings(self._context.project, here.row.coding, here.row.code)
            except UserError:  # deleted meanwhile: the list is read anew in a moment
                found = None
            self.own.show_for(here.row.coding.document)
            self.passage.show_surroundings(found)

    def targets(self) -> tuple[Target, ...]:
        """What the chosen rows may lead to, each once."""
        found: dict[str, Target] = {}
        for row in self.chosen():
            found.update((target.key, target) for target in row.row.candidates)
        return tuple(found.values())

    def _offer(self) -> None:
        rows, targets = self.chosen(), self.targets()
        if not rows:
            return
        names = list(dict.fromkeys(row.row.code.name for row in rows))
        if len(rows) == 1:
            said = self.tr("{code} leads to").replace("{code}", names[0])
        else:
            said = self.tr("{n} codings of {codes} lead to").replace("{n}", str(len(rows)))
            said = said.replace("{codes}", ", ".join(names))
        if not any(row.row.chooser for row in rows):
            said = self.tr("This is another coder's coding: only they choose.")
        self.title.set_text(said)
        wanted = [*((str(at), target.name) for at, target in enumerate(targets[:9], 1))]
        wanted.append(("T", self.tr("Both") if len(targets) == 2 else self.tr("All of them")))
        if [(button.key, button.text()) for button in self.buttons] != wanted:
            self._make_buttons(wanted)
        able = any(row.row.chooser for row in rows) and not self._context.project.read_only
        for button in self.buttons:
            button.setEnabled(able)

    def _make_buttons(self, wanted: Sequence[tuple[str, str]]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for key, words in wanted:
            button = ChoiceButton(self._context.appearance, key, words, self._held)
            button.clicked.connect(lambda _on=False, key=key: self.press(key))
            self._row.addWidget(button)
            button.show()
            self.buttons.append(button)
        self._fit_buttons()

    # -- choosing -------------------------------------------------------------------------

    def press(self, key: str) -> bool:
        """Choose by the key of a button. False where there is no such one."""
        targets = self.targets()
        if key == "T":
            wanted = targets
        elif key.isdigit() and 0 < int(key) <= len(targets):
            wanted = (targets[int(key) - 1],)
        else:
            return False
        self._choose(wanted)
        return True

    def _choose(self, wanted: tuple[Target, ...]) -> None:
        read = self._read
        keys = {target.key for target in wanted}
        # A row that does not offer the target stays for its own choice.
        fitting: dict[tuple[str, ...], list[UUID]] = {}
        for row in self.chosen():
            offered = tuple(t.key for t in row.row.candidates if t.key in keys)
            if row.row.chooser and offered:
                fitting.setdefault(offered, []).append(row.key)
        if read is None or not fitting or self._context.project.read_only:
            return
        done = {key for some in fitting.values() for key in some}
        try:
            self._act(fitting, read.target, len(done))
        except UserError as error:
            self._context.fail(error)
            return
        names = ", ".join(target.name for target in wanted)
        words = self.tr("to <b>{name}</b>").replace("{name}", names)
        if len(done) > 1:
            words = self.tr("{n} codings to <b>{name}</b>").replace("{n}", str(len(done)))
            words = words.replace("{name}", names)
        self._context.say(words)
        # Shown at once, so that the next key meets the next row; then read anew.
        at = self.list.currentIndex().row()
        before = sum(row.key in done for row in self.model.rows[: max(at, 0)])
        rows = tuple(row for row in self.model.rows if row.key not in done)
        self.model.put(rows)
        self._come_to(None, at - before)
        self.pages.choose()
        self.count_changed.emit(len(rows))
        self.settled.emit()
        announce(self.list, self.tr("{n} left").replace("{n}", str(len(rows))))

    def _act(self, fitting: dict[tuple[str, ...], list[UUID]], target: str, count: int) -> None:
        project = self._context.project
        with project.operation(Op.CHOOSE_TARGETS, count=count):
            for offered, codings in fitting.items():
                project.crosswalks.choose(codings, offered, target)

    def step(self, by: int) -> None:
        """Go to the next or the previous row."""
        to = self.list.currentIndex().row() + by
        if 0 <= to < len(self.model.rows):
            index = self.model.index(to)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, flags)
            self.list.scrollTo(index)

    def reveal(self) -> None:
        """Show the passage in its transcript."""
        here = self._current()
        if here is not None:
            self._context.reveal_coding.emit(here.key)

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _WaitingList(RowList):
    """Several rows can be chosen; digits and letters are acts."""

    def __init__(self, view: UndecidedView) -> None:
        super().__init__(
            view._context.appearance, view.tr("Codings that wait for a choice"), ruled=True
        )
        self._view = view
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._letters: dict[str, Callable[[], object]] = {
            "J": lambda: view.step(1),
            "K": lambda: view.step(-1),
            "O": view.reveal,
            "T": lambda: view.press("T"),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._letters.get(event.text().upper()) if plain else None
        if not self._view._context.settings.get(SINGLE_LETTER_KEYS):
            digit = act = None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            act = self._view.reveal
        if digit is not None:
            self._view.press(str(digit))
        elif act is not None:
            act()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
