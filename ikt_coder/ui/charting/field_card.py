"""One question of the form: its answers with their digits, *not reported*, the basis, a remark."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    Basis,
    CheckRow,
    FieldRow,
    OptionRow,
    Verdict,
)
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.charting.wording import check_words, kind_word, not_charted, not_reported
from ikt_coder.ui.widgets.growing_text_edit import GrowingTextEdit
from ikt_coder.ui.widgets.key_hint import KeyHint


class FieldCard(QFrame):
    """Shows an answer and tells of gestures; the form around it acts and keeps the keys."""

    entered = Signal()
    """Somebody works in this card."""
    chosen = Signal(object)
    """UUID of an option"""
    missing = Signal()
    basis = Signal()
    written = Signal(str)
    agreed = Signal()
    asked = Signal(str)
    taken_back = Signal()
    left = Signal()
    """Typing has ended: the keyboard goes back to the form."""

    def __init__(
        self,
        appearance: Appearance,
        field: FieldRow,
        keys: Callable[[QKeyEvent], bool],
        parent: QWidget,
    ) -> None:
        """``keys`` takes a key that is not for typing, and says whether it did."""
        super().__init__(parent)
        self._look = appearance
        self._keys = keys
        self.field = field
        self.answer = Answer()
        self.current = False
        self.setAccessibleName(field.name)
        px = appearance.px
        name = QLabel(field.name)
        name.setProperty("face", "strong")
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        kind = "" if field.kind is AnswerKind.TEXT else kind_word(field.kind)
        hint = QLabel(" · ".join(part for part in (field.framework_name, kind) if part))
        hint.setProperty("tone", "dim")
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setWordWrap(True)
        self.state = QLabel(not_charted())
        self.state.setProperty("tone", "dim")
        self.setToolTip("\n".join(part for part in (field.definition, field.source) if part))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(name, 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        column.addLayout(head)
        if hint.text():
            column.addWidget(hint)
        self.boxes: dict[UUID, QCheckBox | QRadioButton] = {}
        self._lines: dict[UUID, QWidget] = {}
        self.digits: list[UUID] = []
        for option in field.options:
            self._add_option(column, option)
        self.text = GrowingTextEdit(
            appearance, least=2 if field.kind is AnswerKind.TEXT else 1, most=8
        )
        self.text.setAccessibleName(
            field.name
            if field.kind is AnswerKind.TEXT
            else self.tr("Remark on {field}").format(field=field.name)
        )
        if field.kind is AnswerKind.TEXT:
            self.text.setPlaceholderText(self.tr("What the source says"))
        else:
            self.text.setPlaceholderText(self.tr("Remark, page"))
        self.text.committed.connect(self.written)
        column.addWidget(self.text)
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        self.missing_box = QCheckBox(not_reported())
        self.missing_box.setToolTip(self.tr("Somebody looked and found nothing"))
        self.missing_box.clicked.connect(lambda _on=False: self.missing.emit())
        self.inferred_box = QCheckBox(self.tr("Inferred"))
        self.inferred_box.setToolTip(self.tr("Concluded by who charts; the source does not say so"))
        self.inferred_box.clicked.connect(lambda _on=False: self.basis.emit())
        foot.addWidget(KeyHint(appearance, "R"))
        foot.addWidget(self.missing_box)
        if field.has_basis:
            foot.addSpacing(px(14))
            foot.addWidget(KeyHint(appearance, "I"))
        foot.addWidget(self.inferred_box)
        foot.addStretch(1)
        column.addLayout(foot)
        self.inferred_box.setVisible(field.has_basis)
        self._add_checking(column)
        for box in (*self.boxes.values(), self.missing_box, self.inferred_box):
            box.installEventFilter(self)
        self.text.installEventFilter(self)

    def _add_option(self, column: QVBoxLayout, option: OptionRow) -> None:
        px = self._look.px
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addSpacing(px(18) * option.depth)
        if not option.applicable:
            heading = QLabel(option.shown)
            heading.setProperty("tone", "dim")
            row.addWidget(heading, 1)
            column.addLayout(row)
            return
        box: QCheckBox | QRadioButton
        words = option.shown.replace("&", "&&")
        box = QRadioButton(words) if self.field.kind is AnswerKind.ONE else QCheckBox(words)
        box.setAutoExclusive(False)  # chosen again, an answer is taken back
        box.setToolTip(option.definition)
        box.clicked.connect(lambda _on=False, key=option.id: self.chosen.emit(key))
        hint = KeyHint(self._look, str(len(self.digits) + 1))
        if option.hidden or len(self.digits) >= 9:
            policy = hint.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            hint.setSizePolicy(policy)
            hint.hide()
        if not option.hidden:
            self.digits.append(option.id)
        row.addWidget(hint)
        row.addWidget(box, 1)
        holder = QWidget(self)
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        holder.setHidden(option.hidden)
        self.boxes[option.id] = box
        self._lines[option.id] = holder

    def _add_checking(self, column: QVBoxLayout) -> None:
        px = self._look.px
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.agree_button = QPushButton(self.tr("Agree"))
        self.agree_button.clicked.connect(lambda _on=False: self.agreed.emit())
        self.ask_button = QPushButton(self.tr("Question…"))
        self.ask_button.clicked.connect(lambda _on=False: self.open_question())
        self.back_button = QPushButton(self.tr("Take back"))
        self.back_button.clicked.connect(lambda _on=False: self.taken_back.emit())
        self.question = GrowingTextEdit(self._look, least=1, most=4)
        self.question.setAccessibleName(
            self.tr("Question on {field}").format(field=self.field.name)
        )
        self.question.setPlaceholderText(self.tr("What is to be talked over"))
        self.question.committed.connect(self._ask)
        self.question.installEventFilter(self)
        self.question.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, px(4), 0, 0)
        row.setSpacing(px(6))
        for key, button in (("A", self.agree_button), ("Q", self.ask_button)):
            row.addWidget(KeyHint(self._look, key))
            row.addWidget(button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.checking = QWidget(self)
        self.checking.setLayout(row)
        self.checking.hide()
        self.said.hide()
        column.addWidget(self.said)
        column.addWidget(self.checking)
        column.addWidget(self.question)

    # -- showing ------------------------------------------------------------------------------

    def show_answer(
        self,
        answer: Answer,
        check: CheckRow | None = None,
        coder: str = "",
        *,
        checking: bool = False,
        enabled: bool = True,
    ) -> None:
        """Show what stands in the field, and what a second coder said of it."""
        self.answer = answer
        for key, box in self.boxes.items():
            box.setChecked(key in answer.options)
            option = self.field.option(key)
            if option is not None and option.hidden:
                self._lines[key].setVisible(key in answer.options)
            box.setEnabled(enabled)
        self.missing_box.setChecked(answer.not_reported)
        self.missing_box.setEnabled(enabled)
        given = answer.given(self.field)
        self.inferred_box.setChecked(answer.basis is Basis.INFERRED)
        self.inferred_box.setEnabled(enabled and given and not answer.not_reported)
        if not self.text.hasFocus():
            self.text.set_text(answer.text)
        self.text.setReadOnly(not enabled)
        self.state.setText("" if given else not_charted())
        self.checking.setVisible(checking and given)
        self.back_button.setVisible(check is not None)
        self.agree_button.setEnabled(
            check is None or not check.stands or check.verdict is Verdict.QUESTION
        )
        self.said.setVisible(check is not None)
        if check is not None:
            self.said.setText(check_words(check, coder))
        if not checking:
            self.question.hide()
        self.update()

    def set_current(self, current: bool) -> None:
        """Mark the card the keys act on."""
        if self.current != current:
            self.current = current
            self.update()

    def open_question(self) -> None:
        """Write what is to be talked over."""
        self.question.set_text("")
        self.question.show()
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, words: str) -> None:
        self.question.hide()
        if words.strip():
            self.asked.emit(words)

    def write(self) -> None:
        """Bring the keyboard to the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys and look ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            writing = watched in (self.text, self.question)
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if writing and event.key() == Qt.Key.Key_Escape:
                if watched is self.question:
                    self.question.set_text("")
                    self.question.hide()
                self.left.emit()
                return True
            if not writing and plain and event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Tab):
                # Letters, digits and arrows are the form's wherever one is in it.
                return self._keys(event)
        return False

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.entered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        painter.fillRect(self.rect(), look.colour("paper"))
        rule = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(rule, look.colour("rule"))
        if self.current:
            painter.fillRect(QRectF(0, 0, look.px(4), self.height() - 1), look.colour("accent"))
