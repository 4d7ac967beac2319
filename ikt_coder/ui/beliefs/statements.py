"""Belief statements: a list, and the form of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.errors import UserError
from ikt_coder.services.beliefs import BeliefRow
from ikt_coder.services.retrieval_counts import direction_names
from ikt_coder.ui.beliefs.reading import BeliefsRead, Evidence
from ikt_coder.ui.context import Context
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.form_field import FormField
from ikt_coder.ui.widgets.list_pages import ListPages
from ikt_coder.ui.widgets.pill import Pill
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.valence_picker import ValencePicker
from ikt_coder.ui.widgets.wrap_layout import WrapLayout


class BeliefModel(RowsModel[BeliefRow]):
    """The sentence; below it the domain and how many participants say it."""

    def shown(self, row: BeliefRow, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.text
        if role == ItemRole.SUBTITLE:
            domain = row.code_name or self.tr("No domain")
            n = self.tr("n = {n}").replace("{n}", str(row.participants))
            return f"{domain} · {n}"
        if role == ItemRole.SIGN and row.direction is not None:
            return row.direction.sign
        if role == ItemRole.SIGN_COLOUR and row.direction is not None:
            return row.direction.value
        return None


class EvidenceModel(RowsModel[Evidence]):
    """The words; below them who says them, and where."""

    def shown(self, row: Evidence, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        if role == ItemRole.SUBTITLE:
            return " · ".join(part for part in (row.who, row.title) if part)
        return None


class StatementsView(QWidget):
    """N makes a statement, Del deletes the one that is chosen; Enter goes to its sentence."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read: BeliefsRead | None = None
        self._key: UUID | None = None
        look, px = context.appearance, context.appearance.px
        self.model = BeliefModel(self)
        self.list = _KeyList(
            look,
            self.tr("Belief statements"),
            {
                Qt.Key.Key_N: self.add,
                Qt.Key.Key_Insert: self.add,
                Qt.Key.Key_Delete: self.delete,
                Qt.Key.Key_Backspace: self.delete,
                Qt.Key.Key_Return: self.focus_text,
                Qt.Key.Key_Enter: self.focus_text,
            },
        )
        self.list.setModel(self.model)
        self.empty = EmptyView(
            look,
            "quote",
            self.tr("No belief statement yet"),
            self.tr(
                "A belief statement sums up passages of a domain in one sentence, in a "
                "participant's voice. Nothing is written for you."
            ),
        )
        self.empty.add_button(self.tr("New statement"), self.add, icon="plus", hint="N")
        self.pages = ListPages(self.list, self.empty)
        self.add_button = QPushButton(self.tr("New statement"))
        look.set_icon(self.add_button, "plus")
        self.text = FormField.text(
            look, self.tr("The statement"), self.tr("One sentence, as a participant would say it.")
        )
        self.domain = Pill(look, self.tr("Domain"), opens=True)
        self.direction = ValencePicker(look)
        self.note = FormField.text(look, self.tr("Note"))
        self.count = CountLink(look, "", "")
        self.gather_button = QPushButton(self.tr("Add passages…"))
        self.gather_button.setProperty("kind", "link")
        self.evidence = EvidenceModel(self)
        self.evidence_list = _KeyList(
            look,
            self.tr("Passages under the statement"),
            {
                Qt.Key.Key_Delete: self.release,
                Qt.Key.Key_Backspace: self.release,
                Qt.Key.Key_Return: self.reveal,
                Qt.Key.Key_Enter: self.reveal,
                Qt.Key.Key_O: self.reveal,
            },
        )
        self.evidence_list.setModel(self.evidence)
        self.release_button = QPushButton(self.tr("Take the passage away"))
        self.release_button.setProperty("kind", "link")
        self.delete_button = QPushButton(self.tr("Delete the statement"))
        self.delete_button.setProperty("kind", "link")
        self.up, self.down = (
            self._arrow("arrow-up", self.tr("Earlier in the list"), -1),
            self._arrow("arrow-down", self.tr("Later in the list"), 1),
        )
        self._lay_out(px)
        self._connect()
        self._show_current()

    def _arrow(self, icon: str, hint: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        self._context.appearance.set_icon(button, icon, "dim")
        button.clicked.connect(lambda _on=False: self.move_by(by))
        return button

    def _lay_out(self, px: Callable[[float], int]) -> None:
        look, settings = self._context.appearance, self._context.settings
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(8), 0, px(8))
        column.setSpacing(px(6))
        acts = QHBoxLayout()
        acts.setContentsMargins(px(14), 0, px(10), 0)
        acts.addWidget(self.add_button)
        acts.addStretch(1)
        acts.addWidget(self.up)
        acts.addWidget(self.down)
        column.addLayout(acts)
        column.addWidget(self.pages, 1)
        self.form = QFrame()
        self.form.setProperty("surface", "panel")
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(px(18), px(12), px(18), px(12))
        inner.setSpacing(px(10))
        inner.addWidget(self.text)
        inner.addWidget(self.domain, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.direction)
        heading = SectionHeading(look, self.tr("Passages"))
        inner.addWidget(heading)
        gathering = QWidget()
        row = WrapLayout(gathering, across=8, down=4)
        for widget in (self.count, self.gather_button, self.release_button):
            row.addWidget(widget)
        inner.addWidget(gathering)
        self.evidence_list.setMinimumHeight(px(150))
        inner.addWidget(self.evidence_list, 1)
        inner.addWidget(self.note)
        inner.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setProperty("surface", "panel")
        area.viewport().setProperty("surface", "panel")
        area.setWidget(self.form)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("beliefs"),
            save=lambda sizes: settings.remember_splitter("beliefs", sizes),
        )
        self.across.add_pane(left, px(460), stretch=True)
        self.across.add_pane(area, px(560), stretch=True)
        self.area = area
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.add_button.clicked.connect(lambda _on=False: self.add())
        self.text.editor.committed.connect(self._commit_text)
        self.note.editor.committed.connect(lambda words: self._change(note=words.strip()))
        self.domain.clicked.connect(self._open_domains)
        self.direction.picked.connect(lambda value: self._change(direction=value))
        self.count.clicked.connect(self._open_passages)
        self.gather_button.clicked.connect(self._open_gather)
        self.release_button.clicked.connect(lambda _on=False: self.release())
        self.delete_button.clicked.connect(lambda _on=False: self.delete())

    # -- showing --------------------------------------------------------------------------

    def show_read(self, read: BeliefsRead) -> None:
        """Show the statements as they are; the one that was chosen stays."""
        self._read = read
        self.direction.set_words(direction_names(read.pair))
        key, at = self._key, self.list.currentIndex().row()
        self.model.put(read.beliefs)
        place = next((n for n, row in enumerate(read.beliefs) if row.id == key), None)
        if place is None and read.beliefs:
            place = min(max(at, 0), len(read.beliefs) - 1)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))
        self.pages.choose()
        self.add_button.setVisible(bool(read.beliefs))
        self._show_current()

    def current(self) -> BeliefRow | None:
        """The statement that is chosen."""
        return self.model.row(self.list.currentIndex())

    def _show_current(self) -> None:
        row = self.current()
        self.area.setVisible(row is not None)
        for button in (self.up, self.down):
            button.setVisible(row is not None and not self._context.project.read_only)
        if row is None or self._read is None:
            self._key = None
            return
        other, self._key = self._key != row.id, row.id
        for field, words in ((self.text, row.text), (self.note, row.note)):
            if other or not field.editor.hasFocus():
                field.editor.set_text(words)
        self.domain.set_words(self.tr("Domain"), row.code_name or self.tr("none yet"))
        self.direction.set_value(row.direction)
        self.evidence.put(self._read.evidence(row.codings))
        self.count.set_count(
            f"{self._passages(row.passages)}, {self._people(row.participants)}",
            self.tr("opens the passages"),
        )
        self.count.setEnabled(bool(row.codings))
        able = not self._context.project.read_only
        for widget in (self.text, self.note, self.domain, self.direction, self.gather_button):
            widget.setEnabled(able)
        self.release_button.setVisible(able and bool(row.codings))
        self.delete_button.setVisible(able)

    def _passages(self, n: int) -> str:
        words = self.tr("1 passage") if n == 1 else self.tr("{n} passages")
        return words.replace("{n}", str(n))

    def _people(self, n: int) -> str:
        words = self.tr("1 participant") if n == 1 else self.tr("{n} participants")
        return words.replace("{n}", str(n))

    # -- acts -----------------------------------------------------------------------------

    def _do(self, act: Callable[[], Any], words: str) -> Any:
        try:
            result = act()
        except UserError as error:
            self._context.fail(error)
            self._show_current()
            return None
        self._context.say(words)
        return result

    def add(self) -> None:
        """Make a statement, whose sentence is then typed."""
        if self._context.project.read_only:
            return
        here = self.current()
        words = self.tr("New statement")
        made = self._do(
            lambda: self._context.project.beliefs.add(
                words, code=here.code if here is not None else None
            ),
            self.tr("Added a belief statement"),
        )
        if made is not None:
            self._key = made
            self._begin_typing = True

    _begin_typing = False

    def type_new(self) -> None:
        """After a new statement was read: its sentence is chosen, to be typed over."""
        if self._begin_typing and self.current() is not None:
            self._begin_typing = False
            self.focus_text()
            self.text.editor.selectAll()

    def focus_text(self) -> None:
        self.text.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _commit_text(self, words: str) -> None:
        self._change(text=words)

    def _change(self, **values: Any) -> None:
        key = self._key
        if key is not None:
            self._do(
                lambda: self._context.project.beliefs.change(key, **values),
                self.tr("Changed a belief statement"),
            )

    def delete(self) -> None:
        """Delete the statement that is chosen; undo brings it back."""
        row = self.current()
        if row is not None and not self._context.project.read_only:
            self._do(
                lambda: self._context.project.beliefs.delete(row.id),
                self.tr("Deleted a belief statement"),
            )

    def move_by(self, by: int) -> None:
        """Put the statement earlier or later in the list."""
        at, row = self.list.currentIndex().row(), self.current()
        if row is not None and 0 <= at + by < len(self.model.rows):
            self._do(
                lambda: self._context.project.beliefs.move(row.id, at + by),
                self.tr("Moved a belief statement"),
            )

    def _open_domains(self) -> None:
        if self._read is None:
            return
        choices = [
            Choice(
                code.id,
                code.name,
                " › ".join(code.path[:-1]),
                str(len(self._read.passages.get(code.id, ()))),
                code.colour,
                code.pattern.value,
            )
            for code in self._read.domains
        ]
        shown = ChoiceList(self._context.appearance, self.tr("Domain"), choices)
        shown.taken.connect(lambda key: self._change(code=key))
        open_choices(self._context.appearance, shown, self.domain)

    def offered(self) -> tuple[Evidence, ...]:
        """The passages of the statement's domain that are not under it yet."""
        row = self.current()
        if row is None or self._read is None or row.code is None:
            return ()
        there = set(row.codings)
        return tuple(
            one for one in self._read.passages.get(row.code, ()) if one.coding.id not in there
        )

    def _open_gather(self) -> None:
        row, offered = self.current(), self.offered()
        if row is None:
            return
        if row.code is None:
            self._context.say(
                self.tr("Choose the domain first: its passages are then offered"), False
            )
            return
        if not offered:
            self._context.say(self.tr("Every passage of this domain stands here already"), False)
            return
        choices = [
            Choice(one.coding.id, one.words, " · ".join(p for p in (one.who, one.title) if p))
            for one in offered
        ]
        shown = ChoiceList(
            self._context.appearance, self.tr("Passages of the domain"), choices, several=True
        )
        shown.setFixedWidth(self._context.appearance.px(460))
        chosen: list[UUID] = []

        def keep(keys: frozenset[UUID]) -> None:
            chosen[:] = [one.coding.id for one in offered if one.coding.id in keys]

        shown.changed.connect(keep)
        popover = open_choices(
            self._context.appearance, shown, self.gather_button, close_after=False
        )
        popover.closed.connect(lambda: self.gather(chosen))

    def gather(self, codings: list[UUID]) -> None:
        """Put passages under the statement, in one act."""
        key = self._key
        if key is not None and codings:
            self._do(
                lambda: self._context.project.beliefs.gather(key, list(codings)),
                self.tr("Put {n} passages under a belief statement").replace(
                    "{n}", str(len(codings))
                ),
            )

    def release(self) -> None:
        """Take the passage the list is at from under the statement."""
        key, one = self._key, self.evidence.row(self.evidence_list.currentIndex())
        if key is not None and one is not None and not self._context.project.read_only:
            self._do(
                lambda: self._context.project.beliefs.release(key, [one.coding.id]),
                self.tr("Took a passage away"),
            )

    def reveal(self) -> None:
        """Show the passage the list is at in its transcript."""
        one = self.evidence.row(self.evidence_list.currentIndex())
        if one is not None:
            self._context.reveal_coding.emit(one.coding.id)

    def _open_passages(self) -> None:
        row = self.current()
        if row is not None and row.codings:
            self._context.passages_wanted.emit(row.codings)

    def focus_first(self) -> None:
        """Bring the keyboard to the list, or to the way to a first statement."""
        first: QWidget = self.list if self.model.rows else self.empty.findChildren(QPushButton)[0]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _KeyList(RowList):
    """A list with a few keys of its own."""

    def __init__(self, appearance: Any, name: str, acts: dict[Qt.Key, Callable[[], None]]) -> None:
        super().__init__(appearance, name, ruled=True)
        self._acts = {int(key): act for key, act in acts.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts.get(event.key()) if not event.modifiers() else None
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()
