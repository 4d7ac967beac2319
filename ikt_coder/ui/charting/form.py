"""The charting form of one document or event, filled in by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.core.changes import Changes
from ikt_coder.core.errors import NotFound
from ikt_coder.services.charting.rows import (
    ChartRow,
    ChartStatus,
    CheckRow,
    FieldRow,
    Subject,
)
from ikt_coder.settings import SINGLE_LETTER_KEYS
from ikt_coder.ui.charting.acting import Charter
from ikt_coder.ui.charting.field_card import FieldCard
from ikt_coder.ui.context import Context
from ikt_coder.ui.transcript.digits import digit_of
from ikt_coder.ui.widgets.announce import announce
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.scroll_column import ScrollColumn

_FOLLOWED = ("chart", "chart_answer", "chart_check", "chart_field", "chart_option", "coder")
_FIELDS = ("chart_field", "chart_option", "framework")


class ChartForm(QWidget):
    """Shows the questions of a subject below each other. Digits choose, arrows go from question
    to question, a letter does the rest; every gesture is one act. Other pages can hold it too:
    ``whole`` False leaves out the title and what is said of the form as such."""

    stepped = Signal(int)
    """The next (1) or previous (-1) subject is wanted."""
    opened = Signal(object)
    """Subject whose document is to be opened in Code"""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, whole: bool = True
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._look = context.appearance
        self._subject: Subject | None = None
        self._fields: tuple[FieldRow, ...] = ()
        self._at = 0
        self.form: ChartRow | None = None
        self.cards: list[FieldCard] = []
        self.charter = Charter(context, self)
        self._heard = False
        self.charter.acted.connect(self._acted)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Charting form"))
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build(whole)
        context.signals.changed.connect(self._changed)

    def _build(self, whole: bool) -> None:
        px = self._look.px
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("face", "title")
        self.title.setWordWrap(True)
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setProperty("tone", "dim")
        self.about.setWordWrap(True)
        self.check_button = QPushButton(self.tr("Check"))
        self.check_button.setCheckable(True)
        self.check_button.setToolTip(
            self.tr("Go through the answers of another coder: agree, change, question")
        )
        self.check_button.toggled.connect(self._set_checking)
        self.more_button = QPushButton(self.tr("More"))
        self.more_button.clicked.connect(
            lambda _on=False: self._open_menu(
                self.more_button.mapToGlobal(QPoint(0, self.more_button.height()))
            )
        )
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = QHBoxLayout()
        row.setContentsMargins(px(14), px(10), px(12), px(8))
        row.setSpacing(px(8))
        row.addLayout(words, 1)
        row.addWidget(self.check_button)
        row.addWidget(self.more_button)
        self.head = QFrame(self)
        self.head.setProperty("line", "bottom")
        self.head.setLayout(row)
        held = QWidget()
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area = ScrollColumn(held, self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = GrowingTextEdit(self._look, least=1, most=4)
        self.note.setPlaceholderText(self.tr("A note on this record"))
        self.note.setAccessibleName(self.tr("Note on the record"))
        self.note.committed.connect(self._set_note)
        self.pilot = QCheckBox(self.tr("Pilot"))
        self.pilot.setToolTip(self.tr("On this record the form was tried"))
        self.pilot.clicked.connect(self._turn_pilot)
        self.done_button = QPushButton(self.tr("Charted, next"))
        self.done_button.setProperty("kind", "primary")
        self.done_button.setToolTip(self.tr("Mark as charted and go on to the next record (C)"))
        self.done_button.clicked.connect(lambda _on=False: self.finish())
        foot = QHBoxLayout()
        foot.setContentsMargins(px(14), px(8), px(12), px(8))
        foot.setSpacing(px(10))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.pilot)
        foot.addWidget(self.done_button)
        self.foot = QFrame(self)
        self.foot.setProperty("line", "top")
        self.foot.setLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)
        self.head.setVisible(whole)
        self.foot.setVisible(whole)

    # -- showing ------------------------------------------------------------------------------

    @property
    def subject(self) -> Subject | None:
        return self._subject

    def show_subject(self, subject: Subject | None, field: UUID | None = None) -> None:
        """Show a form; ``field`` names the question to go to, else the first one open."""
        self.commit()
        self._subject = subject
        self.read(rebuild=True)
        if field is not None:
            self._go([f.id for f in self._fields].index(field))
        elif self.form is not None:
            form = self.form
            open_ = [n for n, f in enumerate(self._fields) if not form.answer(f.id).given(f)]
            self._go(open_[0] if open_ else 0)

    def read(self, rebuild: bool = False) -> None:
        """Bring the form in line with the project."""
        subject = self._subject
        charting = self._context.project.charting
        if subject is None:
            self.form = None
        else:
            try:
                self.form = charting.form(subject)
            except NotFound:
                self.form = self._subject = None
        if rebuild or self.form is None:
            fields = charting.fields(subject.kind) if subject is not None else ()
            if fields != self._fields:
                self._fields = fields
                self._make_cards()
        self.area.setEnabled(self.form is not None)
        self._tell()

    def _make_cards(self) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for at, field in enumerate(self._fields):
            card = FieldCard(self._look, field, self.take_key, self)
            card.entered.connect(lambda at=at: self._go(at, scroll=False))
            card.chosen.connect(lambda key, at=at: self._choose(at, key))
            card.missing.connect(lambda at=at: self._not_reported(at))
            card.basis.connect(lambda at=at: self._basis(at))
            card.written.connect(lambda text, at=at: self._write(at, text))
            card.agreed.connect(lambda at=at: self._agree(at))
            card.asked.connect(lambda words, at=at: self._ask(at, words))
            card.taken_back.connect(lambda at=at: self._take_back(at))
            card.left.connect(self.setFocus)
            self._column.insertWidget(at, card)
            self.cards.append(card)
        self._at = 0
        self._mark()

    def _tell(self) -> None:
        form = self.form
        project = self._context.project
        for part in (self.head, self.foot):
            part.setEnabled(form is not None)
        if form is None:
            self.title.setText("")
            self.about.setText("")
            return
        names = {row.id: row.name for row in project.coders.everyone()}
        given = sum(form.answer(f.id).given(f) for f in self._fields)
        parts = [form.study_name] if form.study is not None else []
        parts.append(self.tr("{n} of {all} answered").format(n=given, all=len(self._fields)))
        if form.coder in names and form.answers:
            parts.append(self.tr("charted by {name}").format(name=names[form.coder]))
        if form.status is ChartStatus.CHARTED:
            parts.append(self.tr("marked as charted"))
        self.title.setText(form.title)
        self.about.setText(" · ".join(parts))
        hindrance = project.charting.hindrance(form)
        self.check_button.setEnabled(not hindrance)
        self.check_button.setToolTip(
            hindrance or self.tr("Go through the answers of another coder: agree, change, question")
        )
        if hindrance and self.check_button.isChecked():
            self.check_button.setChecked(False)
        checks = self._checks(form)
        enabled = not project.read_only
        for card in self.cards:
            check = checks.get(card.field.id)
            coder = names.get(check.coder, "") if check is not None else ""
            card.show_answer(
                form.answer(card.field.id),
                check,
                coder,
                checking=self.charter.checking,
                enabled=enabled,
            )
        if not self.note.hasFocus():
            self.note.set_text(form.note)
        self.pilot.setChecked(form.pilot)
        for widget in (self.note, self.pilot, self.done_button):
            widget.setEnabled(enabled)

    def _checks(self, form: ChartRow) -> dict[UUID, CheckRow]:
        """The last word of a second coder on each field."""
        return {c.field: c for c in self._context.project.charting.checks_of(form, self._fields)}

    def _changed(self, changes: Changes) -> None:
        if self._subject is not None and (not changes.tables or changes.touches(*_FOLLOWED)):
            self._heard = True
            self.read(rebuild=changes.touches(*_FIELDS) or not changes.tables)

    def _acted(self) -> None:
        """An act that wrote nothing leaves boxes as they were clicked: show what stands."""
        if not self._heard:
            self.read()
        self._heard = False

    # -- going --------------------------------------------------------------------------------

    def _go(self, at: int, *, scroll: bool = True) -> None:
        if not self.cards:
            return
        before, self._at = self._at, max(0, min(at, len(self.cards) - 1))
        self._mark()
        if scroll:
            self.area.ensureWidgetVisible(self.cards[self._at], 0, 8)
        if before != self._at and scroll:
            announce(self, self.cards[self._at].field.name)

    def _mark(self) -> None:
        for at, card in enumerate(self.cards):
            card.set_current(at == self._at)

    def card(self) -> FieldCard | None:
        """The card that keys act on."""
        return self.cards[self._at] if self.cards else None

    def commit(self) -> None:
        """Keep what is being typed."""
        for card in self.cards:
            card.text.commit()
        self.note.commit()

    # -- acts ---------------------------------------------------------------------------------

    def _choose(self, at: int, option: UUID) -> None:
        if self.form is not None:
            self.charter.choose(self.form, self._fields[at], option)

    def _not_reported(self, at: int) -> None:
        if self.form is not None:
            self.charter.turn_not_reported(self.form, self._fields[at])

    def _basis(self, at: int) -> None:
        if self.form is not None:
            self.charter.turn_basis(self.form, self._fields[at])

    def _write(self, at: int, text: str) -> None:
        if self.form is not None and at < len(self._fields):
            self.charter.write(self.form, self._fields[at], text)

    def _clear(self) -> None:
        if self.form is not None and self._fields:
            self.charter.clear(self.form, self._fields[self._at])

    def _agree(self, at: int) -> None:
        if self.form is not None and self.charter.agree(self.form, self._fields[at]):
            self._next_unchecked(at)

    def _ask(self, at: int, words: str) -> None:
        if self.form is not None and self.charter.question(self.form, self._fields[at], words):
            self.setFocus()
            self._next_unchecked(at)

    def _take_back(self, at: int) -> None:
        if self.form is not None:
            self.charter.take_back(self.form, self._fields[at])

    def _next_unchecked(self, at: int) -> None:
        """Go on to the next answer that nobody checked yet."""
        form = self.form
        if form is None:
            return
        done = {key for key, check in self._checks(form).items() if check.stands}
        for step in range(1, len(self._fields) + 1):
            field = self._fields[(at + step) % len(self._fields)]
            if form.answer(field.id).given(field) and field.id not in done:
                self._go((at + step) % len(self._fields))
                return
        self._context.say(self.tr("Every answer of this record is checked."), undo=False)

    def _agree_here(self) -> None:
        if self.charter.checking:
            self._agree(self._at)

    def _ask_here(self) -> None:
        card = self.card()
        if card is not None and self.charter.checking and card.answer.given(card.field):
            card.open_question()

    def _write_here(self) -> None:
        card = self.card()
        if card is not None:
            card.write()

    def _set_checking(self, on: bool) -> None:
        self.charter.checking = on
        self.read()
        self.setFocus()

    def _set_note(self, words: str) -> None:
        if self._subject is not None:
            self.charter.set_note(self._subject, words)

    def _turn_pilot(self) -> None:
        if self._subject is not None and self.form is not None:
            self.charter.set_pilot(self._subject, not self.form.pilot)

    def finish(self) -> None:
        """Mark the form as charted and go on to the next one."""
        self.commit()
        if self._subject is not None and self.charter.set_status(
            self._subject, ChartStatus.CHARTED
        ):
            self.stepped.emit(1)

    def _reopen(self) -> None:
        if self._subject is not None:
            self.charter.set_status(self._subject, ChartStatus.IN_PROGRESS)

    def _open(self) -> None:
        if self._subject is not None:
            self.opened.emit(self._subject)

    # -- keys ---------------------------------------------------------------------------------

    def acts(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """Key, words and act of everything the form can do."""
        checking = (
            (
                ("A", self.tr("Agree with the answer"), self._agree_here),
                ("Q", self.tr("Ask about the answer"), self._ask_here),
            )
            if self.charter.checking
            else ()
        )
        return (
            ("R", self.tr("Not reported"), lambda: self._not_reported(self._at)),
            ("I", self.tr("Inferred, or explicit again"), lambda: self._basis(self._at)),
            ("Return", self.tr("Write a text or a remark"), self._write_here),
            ("Delete", self.tr("Empty the field"), self._clear),
            *checking,
            ("J", self.tr("Next record"), lambda: self.stepped.emit(1)),
            ("K", self.tr("Previous record"), lambda: self.stepped.emit(-1)),
            ("C", self.tr("Charted, next"), self.finish),
            ("O", self.tr("Open in Code"), self._open),
        )

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; whether it stood for anything."""
        key, modifiers = event.key(), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        moves = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -len(self.cards),
            Qt.Key.Key_End: len(self.cards),
        }
        if key in moves:
            if control:
                self.stepped.emit(1 if moves[Qt.Key(key)] > 0 else -1)
            else:
                self._go(self._at + moves[Qt.Key(key)])
                self.setFocus()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.finish() if control else self._write_here()
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
            return True
        if not self._context.settings.get(SINGLE_LETTER_KEYS) or self.form is None:
            return False
        digit = digit_of(event)
        card = self.card()
        if digit is not None and card is not None:
            if digit <= len(card.digits):
                self._choose(self._at, card.digits[digit - 1])
            return True
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        act = {name: act for name, _, act in self.acts() if len(name) == 1}.get(
            event.text().upper()
        )
        if act is None:
            return False
        act()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def _open_menu(self, at: QPoint) -> None:
        if self.form is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words, act in self.acts():
            # The key is a hint: the form takes it, and a field that is typed in goes first.
            shown = {"Return": self.tr("Enter"), "Delete": self.tr("Del")}.get(key, key)
            menu.addAction(f"{words}\t{shown}").triggered.connect(lambda _on=False, act=act: act())
        if self.form.status is ChartStatus.CHARTED:
            menu.addAction(self.tr("Not charted yet after all")).triggered.connect(self._reopen)
        menu.popup(at)
