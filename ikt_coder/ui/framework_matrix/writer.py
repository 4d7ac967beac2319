"""Where a summary is written, with the passages under it beside."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ikt_coder.core.cases import CaseRef
from ikt_coder.core.errors import UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.services.framework_matrices.rows import CellRow
from ikt_coder.services.rows import PassageRow
from ikt_coder.ui.appearance.style import FontRole
from ikt_coder.ui.case_ratings.passage_cards import PassageCards
from ikt_coder.ui.context import Context
from ikt_coder.ui.widgets.count_link import CountLink
from ikt_coder.ui.widgets.remembered_splitter import RememberedSplitter
from ikt_coder.ui.widgets.text_label import TextLabel

PAUSE = 2500
"""Milliseconds without a key after which a summary is kept."""


@frozen
class Place:
    """The cell that is written."""

    matrix: UUID
    column: UUID
    case: CaseRef
    case_label: str
    column_name: str


class SummaryEdit(QPlainTextEdit):
    """Tab goes to the next cell and Shift+Tab back; Ctrl+Up and Ctrl+Down to the next case.
    Ctrl+Left and Ctrl+Right move by words, and at the ends of the text to the next cell."""

    stepped = Signal(int, int)
    left = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = self._step(key, control)
        if step is not None:
            self.stepped.emit(*step)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _step(self, key: int, control: bool) -> tuple[int, int] | None:
        if not control:
            return {int(Qt.Key.Key_Tab): (0, 1), int(Qt.Key.Key_Backtab): (0, -1)}.get(key)
        cursor = self.textCursor()
        if key == Qt.Key.Key_Up or key == Qt.Key.Key_Down:
            return (-1 if key == Qt.Key.Key_Up else 1), 0
        if key == Qt.Key.Key_Left and cursor.atStart():
            return 0, -1
        if key == Qt.Key.Key_Right and cursor.atEnd():
            return 0, 1
        return None

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False  # Tab is ours; Esc leaves

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class CellWriter(QFrame):
    """The summary of one cell and its passages. What is typed is kept when the cell is left and
    after a pause: one act each."""

    stepped = Signal(int, int)
    escaped = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.place: Place | None = None
        self._stored = ""
        self._number = 0
        look, px = context.appearance, context.appearance.px
        self.setProperty("surface", "panel")
        self.title = TextLabel(look, "", face=FontRole.STRONG, most_lines=3)
        self.done = QCheckBox(self.tr("Finished"))
        self.done.setToolTip(self.tr("This summary is finished"))
        self.editor = SummaryEdit()
        self.editor.setPlaceholderText(
            self.tr("What the case says of this, in your words. It is kept as you write.")
        )
        self.editor.setAccessibleName(self.tr("Summary"))
        self.editor.setProperty("surface", "paper")
        self.editor.setFrameShape(QFrame.Shape.NoFrame)
        self.count = CountLink(look, "", "")
        self.cards = PassageCards(context)
        self.across = RememberedSplitter(
            Qt.Orientation.Horizontal,
            saved=context.settings.splitter("matrix.writer"),
            save=lambda sizes: context.settings.remember_splitter("matrix.writer", sizes),
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out(px(12), px(6))
        self._pause.timeout.connect(self.commit)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.commit)
        self.editor.stepped.connect(self.stepped)
        self.editor.escaped.connect(self.escaped)
        self.done.clicked.connect(self._set_done)
        self.count.clicked.connect(self._list)
        self.cards.opened.connect(context.reveal_coding)
        self.cards.turned.connect(self._turn)
        context.appearance.changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self, edge: int, gap: int) -> None:
        left = QFrame()
        left.setProperty("surface", "paper")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(edge, gap, edge, gap)
        head.addWidget(self.title, 1)
        head.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.editor, 1)
        right = QFrame()
        right.setProperty("surface", "paper")
        right.setProperty("line", "left")
        below = QVBoxLayout(right)
        below.setContentsMargins(1, 0, 0, 0)
        below.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(edge, gap, edge, gap)
        row.addWidget(self.count)
        row.addStretch(1)
        below.addLayout(row)
        below.addWidget(self.cards, 1)
        self.across.add_pane(left, self._context.appearance.px(330), stretch=True)
        self.across.add_pane(right, self._context.appearance.px(330), stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def _restyle(self) -> None:
        self.editor.document().setDocumentMargin(self._context.appearance.px(12))

    # -- showing ------------------------------------------------------------------------

    def show_cell(self, place: Place, cell: CellRow) -> None:
        """Show a cell as it is stored; what is being typed in the same cell stays."""
        other = self.place != place
        if other:
            self.commit()
        stored = self._context.project.matrices.cell_text(place.column, place.case)
        self.place = place
        if other or not self.dirty:
            self._put(stored)
        self._stored = stored
        able = not self._context.project.read_only
        self.editor.setReadOnly(not able)
        self.title.set_text(f"{place.case_label} · {place.column_name}")
        self.editor.setAccessibleName(
            self.tr("Summary of {case}, {column}")
            .replace("{case}", place.case_label)
            .replace("{column}", place.column_name)
        )
        self.done.setChecked(cell.done)
        self.done.setEnabled(able and bool(stored or self.dirty))
        n = cell.passages
        words = self.tr("1 passage") if n == 1 else self.tr("{n} passages").replace("{n}", str(n))
        self.count.set_count(words, self.tr("opens the passages of this cell"))
        self.count.setEnabled(bool(cell.codings))
        self._read(cell)

    def _put(self, text: str) -> None:
        self._stored = text
        if self.editor.toPlainText() != text:
            self.editor.setPlainText(text)
            self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self._pause.stop()

    def _read(self, cell: CellRow) -> None:
        """The words of the passages, away from the main thread; the newest cell wins."""
        self._number += 1
        number, project = self._number, self._context.project
        self._cell = cell
        if not cell.codings and not cell.linked:
            self._show_words((number, ()))
            return
        self._context.tasks.run(
            lambda _progress: (number, project.matrices.words_under(cell)), done=self._show_words
        )

    _cell = CellRow()

    # A method of this object: Qt forgets it when the writer is gone before the reading.
    def _show_words(self, read: tuple[int, tuple[PassageRow, ...]]) -> None:
        number, passages = read
        if number == self._number:
            self.cards.show_passages(
                passages,
                self._cell.linked,
                self.tr("Nothing of this case is coded here in the analysis layer."),
            )

    # -- writing ------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.editor.toPlainText() != self._stored

    def _typed(self) -> None:
        if self.place is not None and self.dirty:
            self._pause.start()
            self.done.setEnabled(not self._context.project.read_only)

    def commit(self) -> None:
        """Keep what was typed, as one act."""
        self._pause.stop()
        place, text = self.place, self.editor.toPlainText()
        if place is None or not self.dirty or self._context.project.read_only:
            return
        before, self._stored = self._stored, text
        if text.strip() == before.strip():
            return
        try:
            self._context.project.matrices.write(place.matrix, place.column, place.case, text)
        except UserError as error:
            self._stored = before
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Wrote the summary of {case}, {column}")
            .replace("{case}", place.case_label)
            .replace("{column}", place.column_name)
        )

    def clear(self) -> None:
        """Take the summary of the cell away; undo brings it back."""
        if self.place is not None and not self._context.project.read_only:
            self.editor.setPlainText("")
            self.commit()

    def begin(self, typed: str = "") -> None:
        """Bring the keyboard to the summary, behind its last word, with what was typed."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        if typed and not self.editor.isReadOnly():
            self.editor.insertPlainText(typed)

    def _set_done(self, on: bool) -> None:
        self.commit()
        place = self.place
        if place is None:
            return
        try:
            self._context.project.matrices.set_done(place.matrix, place.column, place.case, on)
        except UserError as error:
            self.done.setChecked(not on)
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Finished a summary") if on else self.tr("Opened a summary again")
        )

    def _turn(self, coding: UUID, on: bool) -> None:
        self.commit()
        place = self.place
        if place is None:
            return
        try:
            self._context.project.matrices.link(place.matrix, place.column, place.case, coding, on)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Linked a passage to the summary")
            if on
            else self.tr("Took a passage away from the summary")
        )

    def _list(self) -> None:
        codings = tuple(row.id for row in self._cell.codings)
        if codings:
            self._context.passages_wanted.emit(codings)
