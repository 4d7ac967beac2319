"""Codings to look at again: code by code, both wordings above, the passages below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDateTime, QEvent, QLocale, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ikt_coder.core.changes import Changes
from ikt_coder.core.frozen import frozen
from ikt_coder.services.base import UNSET, Unset
from ikt_coder.services.rows import PassageRow
from ikt_coder.services.upkeep import RevisitRow
from ikt_coder.services.upkeep.rows import WORDING
from ikt_coder.ui.codebook.paper import Paper
from ikt_coder.ui.codebook.wording_html import field_words, two_wordings
from ikt_coder.ui.codes.acting import carry_out
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted, figure
from ikt_coder.ui.fresh_reading import FreshReading
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.tasks import Progress
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.pill import CheckChip
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.roles import ItemRole
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.rows_model import RowsModel
from ikt_coder.ui.widgets.sealed_note import SealedNote
from ikt_coder.ui.widgets.section_heading import SectionHeading
from ikt_coder.ui.widgets.text_label import TextLabel
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_FOLLOWED = ("revisit", "revisited", "coding", "code", "coder", "project", "document_edit")


@frozen
class _Read:
    """What the page shows, read together."""

    rows: tuple[RevisitRow, ...]
    chosen: RevisitRow | None
    passages: tuple[PassageRow, ...]


class RevisitModel(RowsModel[RevisitRow]):
    """Codes that were worded anew, with how many codings wait."""

    def shown(self, row: RevisitRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.code_name
        if role == ItemRole.SUBTITLE:
            moment = QDateTime.fromSecsSinceEpoch(int(row.since.timestamp()))
            day = QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
            return self.tr("changed {day}").format(day=day)
        if role == ItemRole.COUNT:
            return figure(row.waiting)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            waits = counted(row.waiting, self.tr("1 waits"), self.tr("{count} wait"))
            return f"{row.code_name}, {waits}"
        return None


class WaitingModel(RowsModel[PassageRow]):
    """The passages that wait."""

    def shown(self, row: PassageRow, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(row.text.split())
        if role == ItemRole.SUBTITLE:
            parts = [row.document_title, ", ".join(row.participants), row.coder_initials]
            return " · ".join(part for part in parts if part)
        return None


class LookAgainPage(QWidget):
    """Enter or A: it still fits; C: another code; U: remove the coding; J and K go on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._chosen: UUID | None = None
        self._done: set[UUID] = set()  # codings acted on since the last reading
        self._filling = False
        self.codes = RevisitModel(self)
        self.model = WaitingModel(self)
        self._build()
        self.reading: FreshReading[_Read] = FreshReading(
            self, context.tasks, self._begin, self._show
        )
        context.signals.changed.connect(self._changed)

    def _build(self) -> None:
        look, px = self._context.appearance, self._context.appearance.px
        heading = SectionHeading(look, self.tr("Worded anew"))
        heading.setContentsMargins(px(14), 0, px(10), 0)
        self.everyone = CheckChip(look, self.tr("Every coder’s"))
        self.everyone.toggled.connect(lambda _on: self.reading.ask())
        self.everyone.setVisible(len(self._project.coders.everyone()) > 1)
        heading.add_action(self.everyone)
        self.code_list = RowList(look, self.tr("Codes that were worded anew"), ruled=True)
        self.code_list.setModel(self.codes)
        self.code_list.selectionModel().currentChanged.connect(self._choose)
        left = QWidget(self)
        left.setProperty("surface", "panel")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(heading)
        column.addWidget(self.code_list, 1)
        settings = self._context.settings
        self.splitter = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=settings.splitter("codebook.again"),
            save=lambda sizes: settings.remember_splitter("codebook.again", sizes),
            parent=self,
        )
        self.splitter.add_pane(left, px(264))
        self.splitter.add_pane(self._work(), px(700), stretch=True)
        self.empty = EmptyView(
            look,
            "check",
            self.tr("Nothing to look at again"),
            self.tr(
                "When the definition of a code changes after it was used, or when to use it and "
                "when not, its earlier codings are listed here. Nothing hurries."
            ),
            self,
        )
        self.stack = QStackedWidget(self)
        for page in (QWidget(self), self.splitter, self.empty):
            self.stack.addWidget(page)
        self.sealed = SealedNote(look, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sealed)
        whole.addWidget(self.stack, 1)

    def _work(self) -> QWidget:
        look, px = self._context.appearance, self._context.appearance.px
        settings = self._context.settings
        self.wording = Paper(look, self.tr("Both wordings of the code"), self)
        self.list = RowList(look, self.tr("Codings that wait"), ruled=True)
        self.list.setModel(self.model)
        self.list.installEventFilter(self)
        self.list.doubleClicked.connect(lambda _index: self.reveal())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell_passage())
        self.passage = Paper(look, self.tr("The passage in its context"), self)
        middle = RememberedSplitter(
            Qt.Orientation.Vertical,
            saved=settings.splitter("codebook.again.work"),
            save=lambda sizes: settings.remember_splitter("codebook.again.work", sizes),
            parent=self,
        )
        middle.add_pane(self.wording, px(190))
        middle.add_pane(self.list, px(260), stretch=True)
        middle.add_pane(self.passage, px(120))
        pane = QWidget(self)
        pane.setProperty("surface", "paper")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.told = TextLabel(look, "", role="dim", most_lines=2)
        foot = QFrame(pane)
        foot.setProperty("line", "top")
        row = WrapLayout(foot)
        row.setContentsMargins(px(14), px(8), px(14), px(10))
        self.buttons: dict[str, QPushButton] = {}
        for key, words, hint, act in (
            ("A", self.tr("Still fits"), self.tr("Enter or A"), self.keep),
            ("C", self.tr("Change code…"), "C", self.change_code),
            ("U", self.tr("Remove"), "U", self.remove),
            ("O", self.tr("Show in the text"), "O", self.reveal),
            ("all", self.tr("All the rest fit"), "", self.keep_all),
            (
                "close",
                self.tr("Close without looking"),
                self.tr("For a small change, such as a mended typo; Undo opens it again"),
                self.close_revisit,
            ),
        ):
            button = QPushButton(words, foot)
            button.setToolTip(hint)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._acted, act))
            row.addWidget(button)
            self.buttons[key] = button
        self.buttons["A"].setProperty("kind", "primary")
        for key in ("all", "close"):
            self.buttons[key].setProperty("kind", "flat")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(middle, 1)
        said = QVBoxLayout()
        said.setContentsMargins(px(16), px(6), px(16), 0)
        said.addWidget(self.told)
        column.addLayout(said)
        column.addWidget(foot)
        return pane

    # -- reading ----------------------------------------------------------------------------

    def _whose(self) -> UUID | Unset | None:
        return None if self.everyone.isChecked() else UNSET

    def _begin(self) -> Callable[[Progress], _Read]:
        upkeep, chosen, whose = self._project.upkeep, self._chosen, self._whose()

        def read(_progress: Progress) -> _Read:
            rows = upkeep.all(whose)
            row = next((one for one in rows if one.id == chosen), rows[0] if rows else None)
            return _Read(rows, row, upkeep.waiting(row.id, whose) if row is not None else ())

        return read

    def _show(self, found: _Read) -> None:
        place = self.list.currentIndex().row() if self._chosen is not None else 0
        same = found.chosen is not None and found.chosen.id == self._chosen
        self._done.clear()
        self._filling = True
        self._chosen = found.chosen.id if found.chosen is not None else None
        self.codes.put(found.rows)
        keys = [row.id for row in found.rows]
        if self._chosen is not None:
            self.code_list.setCurrentIndex(self.codes.index(keys.index(self._chosen), 0))
        before = self.current()
        self.model.put(found.passages)
        self._filling = False
        self.stack.setCurrentIndex(1 if found.rows else 2)
        self.sealed.say(self._project.sight.sealed_note())
        at = next(
            (i for i, row in enumerate(found.passages) if before and row.coding.id == before), None
        )
        self._go_to(at if at is not None else place if same else 0)
        self._tell(found.chosen, same=same)

    def _tell(self, row: RevisitRow | None, *, same: bool) -> None:
        if row is None:
            return
        fields = [
            (field_words(name), getattr(row.before, name), getattr(row.now, name))
            for name in WORDING
            if getattr(row.before, name).strip() != getattr(row.now, name).strip()
        ]
        look = self._context.appearance
        head = f"<p><b>{escape(row.code_name)}</b></p>"
        self.wording.show_made(lambda: head + two_wordings(look, fields), same=same)
        waits = counted(row.waiting, self.tr("1 coding waits"), self.tr("{count} codings wait"))
        seen = counted(row.looked_at, self.tr("1 was looked at"), self.tr("{count} were looked at"))
        self.told.set_text(f"{waits}, {seen}. {self.tr('J and K go down and up.')}")
        able = not self._project.read_only
        for key, button in self.buttons.items():
            button.setEnabled(able or key == "O")

    def _tell_passage(self) -> None:
        row = self.model.row(self.list.currentIndex())
        if row is None or self._filling:
            return
        before, words, after = (
            escape(text, quote=False).replace("\n", "<br>")
            for text in (row.before, row.text, row.after)
        )
        memo = f"<p class='dim'>{escape(row.coding.memo)}</p>" if row.coding.memo else ""
        html = f"<p><span class='dim'>{before}</span><b>{words}</b>"
        html += f"<span class='dim'>{after}</span></p>{memo}"
        self.passage.show_made(lambda: html)

    # -- going about ------------------------------------------------------------------------

    def current(self) -> UUID | None:
        """The coding that is looked at."""
        row = self.model.row(self.list.currentIndex())
        return row.coding.id if row is not None else None

    def _go_to(self, at: int) -> None:
        rows = self.model.rowCount()
        if rows:
            self.list.setCurrentIndex(self.model.index(max(0, min(at, rows - 1)), 0))
            self._tell_passage()

    def _choose(self, index: QModelIndex) -> None:
        row = self.codes.row(index)
        if self._filling or row is None:
            return
        self._chosen = row.id
        self.reading.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            at = self.list.currentIndex().row()
            acts: dict[int, Callable[[], object]] = {
                Qt.Key.Key_Return: self.keep,
                Qt.Key.Key_Enter: self.keep,
                Qt.Key.Key_A: self.keep,
                Qt.Key.Key_C: self.change_code,
                Qt.Key.Key_U: self.remove,
                Qt.Key.Key_O: self.reveal,
                Qt.Key.Key_J: partial(self._go_to, at + 1),
                Qt.Key.Key_K: partial(self._go_to, at - 1),
            }
            act = acts.get(event.key())
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    # -- acting -----------------------------------------------------------------------------

    def _acted(self, act: Callable[[], object], _checked: bool = False) -> None:
        act()
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """The code still fits the passage."""
        coding, revisit = self._able()
        if coding is None or revisit is None:
            return
        words = self.tr("Looked again at a coding of <b>{name}</b>").format(name=self._name())
        upkeep = self._project.upkeep
        if carry_out(self._context, lambda: upkeep.keep(revisit, coding), words):
            self._take_away(coding)

    def remove(self) -> None:
        """The code no longer fits: take the coding away."""
        coding, _ = self._able()
        if coding is None:
            return
        words = self.tr("Removed a coding of <b>{name}</b>").format(name=self._name())
        if carry_out(self._context, lambda: self._project.codings.remove(coding), words):
            self._take_away(coding)

    def change_code(self) -> None:
        """Choose the code that fits now."""
        coding, _ = self._able()
        if coding is None:
            return
        own = next((row.code for row in self.codes.rows if row.id == self._chosen), None)
        choices = [
            Choice(row.id, row.name, " › ".join(row.path[:-1]), "", row.colour, row.pattern.value)
            for row in self._project.codes.all(counted=False)
            if row.applicable and row.id != own
        ]
        look = self._context.appearance
        chooser = ChoiceList(look, self.tr("Find the code that fits"), choices)
        chooser.taken.connect(partial(self._recode, coding))
        open_choices(look, chooser, self.buttons["C"])

    def _recode(self, coding: UUID, code: object) -> None:
        if not isinstance(code, UUID):
            return
        name = escape(self._project.codes.get(code).name, quote=False)
        words = self.tr("Gave a coding the code <b>{name}</b>").format(name=name)
        if carry_out(self._context, lambda: self._project.codings.recode(coding, code), words):
            self._take_away(coding)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_all(self) -> None:
        """Every coding that still waits fits; Undo brings them back."""
        revisit = self._chosen
        keys = [row.coding.id for row in self.model.rows]
        if revisit is None or not keys or self._project.read_only:
            return
        words = self.tr("Looked again at {count} codings of <b>{name}</b>").format(
            count=figure(len(keys)), name=self._name()
        )
        upkeep = self._project.upkeep
        carry_out(self._context, lambda: upkeep.keep(revisit, keys), words, len(keys))

    def close_revisit(self) -> None:
        """Close without looking."""
        revisit = self._chosen
        if revisit is None or self._project.read_only:
            return
        words = self.tr("Closed the second look at <b>{name}</b>").format(name=self._name())
        carry_out(self._context, lambda: self._project.upkeep.close(revisit), words)

    def reveal(self) -> None:
        """Show the passage in its document."""
        coding = self.current()
        if coding is not None:
            self._context.reveal_coding.emit(coding)

    def _able(self) -> tuple[UUID | None, UUID | None]:
        coding = self.current()
        if self._project.read_only or coding in self._done:
            return None, None
        return coding, self._chosen

    def _name(self) -> str:
        name = next((row.code_name for row in self.codes.rows if row.id == self._chosen), "")
        return escape(name, quote=False)

    def _take_away(self, coding: UUID) -> None:
        """The next one comes at once; the list is read anew behind it."""
        self._done.add(coding)
        at = self.list.currentIndex().row()
        self._filling = True
        self.model.put(row for row in self.model.rows if row.coding.id not in self._done)
        self._filling = False
        self._go_to(at)

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_FOLLOWED):
            self.everyone.setVisible(len(self._project.coders.everyone()) > 1)
            self.reading.outdate()

    def focus_page(self) -> None:
        """Bring the keyboard to the codings that wait."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
