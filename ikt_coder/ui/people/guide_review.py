"""Looking through the interviewer's turns of a document: which question of the guide each asks."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ikt_coder.core.errors import UserError
from ikt_coder.services.interview_guide.rows import AskedTurn, GuideProgress, QuestionRow
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.context import Context
from ikt_coder.ui.counting import counted
from ikt_coder.ui.people.guide_models import DIGITS, TurnsModel
from ikt_coder.ui.retrieval.choices import Choice, ChoiceList, open_choices
from ikt_coder.ui.widgets.dialog_foot import dim_words
from ikt_coder.ui.widgets.empty_view import EmptyView
from ikt_coder.ui.widgets.quiet_fields import QuietComboBox, QuietSpinBox
from ikt_coder.ui.widgets.row_list import RowList
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

_USUAL = 70
"""Proposals from this likeness on (percent) are accepted together, unless another is set. On the
guides that ``interview_guide.matching`` was tried on, 44 of 46 proposals from 70 % on were right,
and 15 of 22 between 60 and 70 %: these are better looked at one by one."""


class _Turns(RowList):
    """Enter, letters and digits say something of the turn."""

    pressed_key = Signal(int)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(appearance, name, ruled=True, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = Qt.Key.Key_1 <= key <= Qt.Key.Key_9
        if plain and (
            digit or key in (Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_U)
        ):
            self.pressed_key.emit(int(key))
            event.accept()
            return
        super().keyPressEvent(event)


class GuideReview(QWidget):
    """A document, its interviewer turns with proposals, and what can be said of them."""

    undo_asked = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._project = context.project
        self._progress: tuple[GuideProgress, ...] = ()
        self._questions: tuple[QuestionRow, ...] = ()
        look = context.appearance
        self.documents = QuietComboBox(self)
        self.documents.setAccessibleName(self.tr("Document"))
        self.facts = QLabel(self)
        self.facts.setProperty("tone", "dim")
        self.turns = _Turns(look, self.tr("Turns of the interviewer"), self)
        self.model = TurnsModel(self)
        self.turns.setModel(self.model)
        self.accept_button = QPushButton(self.tr("Accept"), self)
        self.accept_button.setToolTip(self.tr("The proposal for this turn (Enter)"))
        self.choose_button = QPushButton(self.tr("Another…"), self)
        self.choose_button.setToolTip(self.tr("Another question (its number, or C for the list)"))
        self.none_button = QPushButton(self.tr("None of the guide"), self)
        self.none_button.setToolTip(self.tr("A follow-up, or small talk (N)"))
        self.least = QuietSpinBox(self)
        self.least.setRange(45, 100)
        self.least.setSuffix(self.tr(" % alike"))
        self.least.setValue(_USUAL)
        self.least.setAccessibleName(self.tr("Likeness from which proposals are accepted together"))
        self.all_button = QPushButton(self)
        self.all_button.setToolTip(self.tr("Those in bold in the list, in one act"))
        self.hint = dim_words(
            self.tr("Enter accepts, a number chooses, N: none of the guide, C: list, U: undo"), self
        )
        self.without = QPushButton(self)
        self.without.setProperty("kind", "link")
        self.empty = EmptyView(look, "people", "")
        self.empty.add_button(self.tr("Say who speaks"), self._to_speakers)
        self._body = QWidget(self)
        self._lay_out()
        self.turns.pressed_key.connect(self._key)
        self.turns.selectionModel().currentRowChanged.connect(self._refresh)
        self.documents.activated.connect(lambda _at: self.read_document())
        self.accept_button.clicked.connect(self.accept)
        self.choose_button.clicked.connect(self.open_questions)
        self.none_button.clicked.connect(lambda: self.say(None))
        self.all_button.clicked.connect(self.accept_all)
        self.without.clicked.connect(self._to_speakers)
        self.least.valueChanged.connect(self._set_least)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(12, 12, 16, 12)
        column.setSpacing(8)
        # Side by side, the title of an interview would be cut off.
        column.addWidget(self.documents)
        column.addWidget(self.facts)
        column.addWidget(self.turns, 1)
        for widgets in (
            (self.accept_button, self.choose_button, self.none_button),
            (self.all_button, self.least),
        ):
            below = QWidget(self)
            row = WrapLayout(below)
            for widget in widgets:
                if isinstance(widget, QPushButton):
                    widget.setAutoDefault(False)
                row.addWidget(widget)
            column.addWidget(below)
        column.addWidget(self.hint)
        self.without.setAutoDefault(False)
        column.addWidget(self.without, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.empty, 1)

    # -- reading ----------------------------------------------------------------------------

    def read(self) -> None:
        """Show the documents with interviewer turns; the chosen one stays chosen."""
        chosen = self.document()
        self._progress = self._project.guide.progress()
        self._questions = self._project.guide.all()
        self.documents.clear()
        for one in self._progress:
            words = self.tr("{title} ({done} of {all})")
            self.documents.addItem(
                words.format(title=one.title, done=one.reviewed, all=one.turns), one.document
            )
        keys = [one.document for one in self._progress]
        if chosen in keys:
            self.documents.setCurrentIndex(keys.index(chosen))
        self._say_empty()
        self.read_document()

    def _say_empty(self) -> None:
        shown = bool(self._progress and self._questions)
        self._body.setVisible(shown)
        self.empty.setVisible(not shown)
        rows = self._project.documents.all()
        known = {one.document for one in self._progress}
        missing = sum(row.id not in known for row in rows)
        self.without.setVisible(shown and missing > 0)
        one = self.tr("1 document without a known interviewer")
        many = self.tr("{count} documents without a known interviewer")
        self.without.setText(counted(missing, one, many))
        if not rows:
            self.empty.set_words(self.tr("No documents yet"))
        elif not self._progress:
            self.empty.set_words(
                self.tr("Nobody is known as the interviewer"),
                self.tr("Say in Speakers who asks; then the turns can be matched with questions."),
            )
        else:
            self.empty.set_words(
                self.tr("The guide has no questions yet"),
                self.tr("Write or paste them at the left."),
            )
        for button in self.empty.findChildren(QPushButton):
            button.setVisible(bool(rows) and not self._progress)

    def document(self) -> UUID | None:
        key = self.documents.currentData()
        return key if isinstance(key, UUID) else None

    def choose_document(self, document: UUID) -> None:
        keys = [one.document for one in self._progress]
        if document in keys:
            self.documents.setCurrentIndex(keys.index(document))
            self.read_document()

    def read_document(self) -> None:
        """Show the turns of the chosen document; the chosen turn stays chosen."""
        document, current = self.document(), self.chosen()
        rows = self._project.guide.asked(document) if document is not None else ()
        self.model.show_turns(rows, self._questions, self.least.value() / 100)
        keys = [row.turn for row in rows]
        if keys:
            kept = current is not None and current.turn in keys
            at = keys.index(current.turn) if kept and current is not None else _first_open(rows)
            self.turns.setCurrentIndex(self.model.index(at, 0))
        done = sum(row.reviewed for row in rows)
        words = self.tr("{done} of {all} turns looked at")
        self.facts.setText(words.format(done=done, all=len(rows)))
        self._refresh()

    def chosen(self) -> AskedTurn | None:
        return self.model.row(self.turns.currentIndex())

    def _set_least(self, percent: int) -> None:
        self.model.set_least(percent / 100)
        self._refresh()

    def _refresh(self) -> None:
        row, may_write = self.chosen(), not self._project.read_only
        accepted = len(self.model.accepted())
        self.accept_button.setEnabled(may_write and row is not None and row.proposed is not None)
        for button in (self.choose_button, self.none_button):
            button.setEnabled(may_write and row is not None)
        one, many = self.tr("Accept 1 proposal from"), self.tr("Accept {count} proposals from")
        self.all_button.setText(counted(accepted, one, many))
        self.all_button.setEnabled(may_write and accepted > 0)

    # -- acts -------------------------------------------------------------------------------

    def _key(self, key: int) -> None:
        if key == Qt.Key.Key_Return:
            self.accept()
        elif key == Qt.Key.Key_N:
            self.say(None)
        elif key == Qt.Key.Key_C:
            self.open_questions()
        elif key == Qt.Key.Key_U:
            self.undo_asked.emit()
        elif (at := key - int(Qt.Key.Key_1)) < min(DIGITS, len(self._questions)):
            self.say(self._questions[at].id)

    def accept(self) -> None:
        """Accept the proposal for the chosen turn, or ask where there is none."""
        row = self.chosen()
        if row is None:
            return
        if row.proposed is not None:
            self.say(row.proposed)
        elif not row.reviewed:
            self.open_questions()

    def say(self, question: UUID | None) -> None:
        """Say which question the chosen turn asks (None: none of the guide); go on to the next
        turn that nobody looked at."""
        row = self.chosen()
        if row is None or not self._match({row.turn: question}):
            return
        name = next((one.name for one in self._questions if one.id == question), "")
        self._context.say(
            self.tr("This turn asks: {question}").format(question=name)
            if name
            else self.tr("This turn asks none of the guide")
        )
        rows = self.model.rows
        here = next((at for at, one in enumerate(rows) if one.turn == row.turn), 0)
        after = [at for at, one in enumerate(rows) if at > here and not one.reviewed]
        self.turns.setCurrentIndex(self.model.index(after[0] if after else here, 0))

    def accept_all(self) -> None:
        """Accept the proposals that are shown strong, in one act."""
        wanted = self.model.accepted()
        if wanted and self._match(wanted):
            one, many = self.tr("Accepted 1 proposal"), self.tr("Accepted {count} proposals")
            self._context.say(counted(len(wanted), one, many))

    def open_questions(self) -> None:
        """Let a question be chosen from the list."""
        if self.chosen() is None or self._project.read_only:
            return
        choices = [
            Choice(row.id, f"{at}. {row.name}", below=row.text if row.label else "")
            for at, row in enumerate(self._questions, start=1)
        ]
        look = self._context.appearance
        chooser = ChoiceList(look, self.tr("Which question is asked"), choices)
        chooser.taken.connect(self.say)
        open_choices(look, chooser, self.choose_button)

    def _match(self, turns: Mapping[UUID, UUID | None]) -> bool:
        if self._project.read_only:
            return False
        try:
            self._project.guide.match(turns)
        except UserError as error:
            self._context.fail(error)
            return False
        return True

    def _to_speakers(self) -> None:
        self._context.people_wanted.emit("speakers")


def _first_open(rows: tuple[AskedTurn, ...]) -> int:
    return next((at for at, row in enumerate(rows) if not row.reviewed), 0)
