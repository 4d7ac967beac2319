"""Changing a quote: its edges, other words in brackets, words left out, names replaced."""

from __future__ import annotations

import re
from uuid import UUID

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from ikt_coder.core.span import Span
from ikt_coder.services.rows import AlterationRow, QuoteRow
from ikt_coder.ui.codes.name_popover import NamePopover
from ikt_coder.ui.context import Context
from ikt_coder.ui.themes.acts import ThemeActs
from ikt_coder.ui.transcript.offsets import Offsets
from ikt_coder.ui.widgets.wrap_layout import WrapLayout

AROUND = 160
"""Code points of the transcript shown before and after the quote."""

Key = Qt.Key


class QuoteEditor(QWidget):
    """The words as they were said, in their surroundings. Words are selected with the mouse or
    Shift and the arrows; without a selection the word at the caret is meant."""

    left = Signal()

    def __init__(
        self, context: Context, acts: ThemeActs, row: QuoteRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._acts = acts
        look = context.appearance
        rule = QLabel(self.tr("Select words, then choose what is printed instead."))
        rule.setWordWrap(True)
        rule.setProperty("face", "small")
        rule.setProperty("tone", "dim")
        self.text = _WordsView(self)
        self.text.setAccessibleName(self.tr("The quote as it was said"))
        self.text.setProperty("field", "true")
        self.text.cursorPositionChanged.connect(self._fit_buttons)
        self.text.selectionChanged.connect(self._fit_buttons)
        buttons = QWidget()
        row_of = WrapLayout(buttons, across=6, down=4)
        self.wording = self._button(self.tr("Change wording…"), "W")
        self.leave_out = self._button(self.tr("Leave out"), "O")
        self.name = self._button(self.tr("Replace a name…"), "N")
        self.edges = self._button(self.tr("Quote these words"), "Q")
        self.edges.setToolTip(self.tr("Let the quote begin and end with the selection (Q)"))
        self.restore = self._button(self.tr("As it was said"), "R")
        self.wording.clicked.connect(self.change_wording)
        self.leave_out.clicked.connect(self.leave_words_out)
        self.name.clicked.connect(self.replace_name)
        self.edges.clicked.connect(self.change_edges)
        self.restore.clicked.connect(self.restore_words)
        self.done = self._button(self.tr("Done"), self.tr("Esc"))
        self.done.clicked.connect(self.left)
        for button in (
            self.wording, self.leave_out, self.name, self.edges, self.restore, self.done,
        ):  # fmt: skip
            row_of.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 10)
        column.setSpacing(6)
        for widget in (rule, self.text, buttons):
            column.addWidget(widget)
        self._start = 0
        self._whole = ""
        self._offsets = Offsets("")
        # A method of this widget: Qt forgets it when the words are closed.
        look.changed.connect(self._restyle)
        self.show_row(row)
        self._caret_to(row.span.start)

    def _button(self, words: str, key: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setProperty("face", "small")
        button.setToolTip(f"{words.rstrip('…')} ({key})")
        # A click must not take the selection's focus away.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # -- showing --------------------------------------------------------------------------

    def show_row(self, row: QuoteRow) -> None:
        """Show the quote as it is now; caret and selection stay on their words."""
        self.row = row
        text = self._context.project.texts.get(row.document)
        kept = self.selection() if self._whole else None
        start, end = _around(text, row.span)
        bar = self.text.verticalScrollBar()
        place = bar.value() if (start, text[start:end]) == (self._start, self._whole) else None
        self._start, self._whole = start, text[start:end]
        self._offsets = Offsets(self._whole)
        look = self._context.appearance
        self.text.setFont(look.reading_font(look.px(14)))
        self.text.setPlainText(self._whole)
        self.text.setFixedHeight(look.px(168))
        # New words take the look of those that were at the caret: begin plainly.
        plain = QTextCursor(self.text.document())
        plain.select(QTextCursor.SelectionType.Document)
        plain.setCharFormat(QTextCharFormat())
        dim = QTextCharFormat()
        dim.setForeground(look.colour("dim"))
        for span in (Span(start, row.span.start), Span(row.span.end, end)):
            self._format(span, dim)
        quoted = QTextCharFormat()
        quoted.setBackground(look.colour("accent_ground"))
        self._format(row.span, quoted)
        for one in row.alterations:
            changed = QTextCharFormat()
            changed.setFontStrikeOut(True)
            changed.setFontWeight(QFont.Weight.DemiBold)
            changed.setToolTip(f"[{one.shown}]" if one.shown else "…")
            self._format(one.span, changed)
        if kept is not None:
            self._select(kept)
        if place is not None:
            bar.setValue(place)
        elif self.isVisible():
            self._show_start(row.span.start)
        self._fit_buttons()

    def _restyle(self) -> None:
        self.show_row(self.row)

    def _format(self, span: Span, how: QTextCharFormat) -> None:
        cursor = QTextCursor(self.text.document())
        self._place(cursor, span)
        cursor.mergeCharFormat(how)

    def _place(self, cursor: QTextCursor, span: Span) -> None:
        low, high = self._start, self._start + len(self._whole)
        first = min(max(span.start, low), high)
        last = min(max(span.end, low), high)
        cursor.setPosition(self._offsets.to_qt(first - low))
        cursor.setPosition(self._offsets.to_qt(last - low), QTextCursor.MoveMode.KeepAnchor)

    def _select(self, span: Span) -> None:
        cursor = self.text.textCursor()
        self._place(cursor, span)
        self.text.setTextCursor(cursor)

    def _caret_to(self, point: int) -> None:
        self._select(Span(point, point))
        self._show_start(point)

    def _show_start(self, point: int) -> None:
        """Scroll so that a place and a line of what comes before it are in sight."""
        at = QTextCursor(self.text.document())
        self._place(at, Span(point, point))
        bar, line = self.text.verticalScrollBar(), self.text.fontMetrics().lineSpacing()
        bar.setValue(bar.value() + self.text.cursorRect(at).top() - line)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._caret_to(self.selection().start)

    def select(self, span: Span) -> None:
        """Select words, in positions of the document."""
        self._select(span)

    def selection(self) -> Span:
        """What is selected, in positions of the document; empty at the caret where nothing is."""
        cursor = self.text.textCursor()
        found = self._offsets.span(cursor.selectionStart(), cursor.selectionEnd())
        return Span(found.start + self._start, found.end + self._start)

    def meant(self) -> Span:
        """The selection without white space at its ends, else the word at the caret."""
        chosen = self.selection()
        low, high = chosen.start - self._start, chosen.end - self._start
        if low == high:
            for word in re.finditer(r"\w[\w'’-]*", self._whole):
                if word.start() <= low <= word.end():
                    return Span(word.start() + self._start, word.end() + self._start)
            return chosen
        words = self._whole[low:high]
        low += len(words) - len(words.lstrip())
        high -= len(words) - len(words.rstrip())
        return Span(low + self._start, max(low, high) + self._start)

    def _words(self, span: Span) -> str:
        return self._whole[span.start - self._start : span.end - self._start]

    def _altered(self) -> AlterationRow | None:
        """The alteration the selection or the caret stands on."""
        here = self.selection()
        reach = Span(here.start, max(here.end, here.start + 1))
        return next((one for one in self.row.alterations if one.span.overlaps(reach)), None)

    def _fit_buttons(self) -> None:
        meant = self.meant()
        inside = bool(meant) and meant.start >= self.row.span.start
        inside = inside and meant.end <= self.row.span.end
        for button in (self.wording, self.leave_out, self.name):
            button.setEnabled(inside)
        self.edges.setEnabled(bool(self.selection()) and meant != self.row.span)
        self.restore.setEnabled(bool(self.row.alterations))
        one = self._altered() is not None or not self.row.alterations
        self.restore.setText(self.tr("As it was said") if one else self.tr("All as it was said"))

    # -- acts -----------------------------------------------------------------------------

    def change_wording(self) -> None:
        """Ask what to print instead of the selected words."""
        if not self.wording.isEnabled():
            return
        span = self.meant()
        said = self._words(span)
        popover = NamePopover(
            self._context.appearance,
            self.window(),
            self.tr("Print in square brackets instead of “{words}”").replace("{words}", said),
            said,
        )
        popover.named.connect(lambda shown: self._alter(*_smallest(said, span, shown)))
        self._open(popover)

    def replace_name(self) -> None:
        """Ask what stands for a name; it is replaced wherever the quote has it."""
        if not self.name.isEnabled():
            return
        span = self.meant()
        said = self._words(span)
        spans = self._everywhere(said, span)
        label = self.tr("Print in square brackets instead of the name “{words}”")
        if len(spans) > 1:
            label = self.tr(
                "Print in square brackets instead of the name “{words}”, {n} times in the quote"
            ).replace("{n}", str(len(spans)))
        popover = NamePopover(
            self._context.appearance,
            self.window(),
            label.replace("{words}", said),
            self.tr("name"),
        )
        popover.named.connect(lambda shown: self._alter(spans, shown))
        self._open(popover)

    def _everywhere(self, said: str, chosen: Span) -> list[Span]:
        """The chosen place, and every other place of the quote with the same whole word."""
        found = [chosen]
        for word in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", self._whole):
            place = Span(word.start() + self._start, word.end() + self._start)
            within = self.row.span.start <= place.start and place.end <= self.row.span.end
            altered = any(one.span.overlaps(place) for one in self.row.alterations)
            if within and not altered and not place.overlaps(chosen):
                found.append(place)
        return sorted(found)

    def leave_words_out(self) -> None:
        """Print an ellipsis instead of the selected words."""
        if self.leave_out.isEnabled():
            self._alter([self.meant()], "")

    def change_edges(self) -> None:
        """Let the quote be the selected words."""
        if self.edges.isEnabled():
            self._acts.set_quote_edges(self.row.id, self.meant())
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore_words(self) -> None:
        """Print the altered place at the caret, or all of them, as it was said."""
        if self.restore.isEnabled():
            one = self._altered()
            self._acts.restore_quote(self.row.id, one.id if one is not None else None)

    def _alter(self, spans: list[Span], shown: str) -> None:
        theme: UUID = self.row.theme
        self._acts.alter_quote(theme, self.row.id, spans, shown)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, popover: NamePopover) -> None:
        cursor = QRect(self.text.cursorRect())
        place = QRect(0, cursor.top() - 4, self.text.width(), cursor.height() + 8)
        popover.open_for(place, self.text.viewport())


class _WordsView(QTextEdit):
    """Read-only, with a caret; single letters act."""

    def __init__(self, editor: QuoteEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editor = self._editor
        acts = {
            Key.Key_W: editor.change_wording,
            Key.Key_O: editor.leave_words_out,
            Key.Key_N: editor.replace_name,
            Key.Key_Q: editor.change_edges,
            Key.Key_R: editor.restore_words,
            Key.Key_Escape: editor.left.emit,
        }
        key = Key(event.key())
        if key in acts and not event.modifiers():
            acts[key]()
            event.accept()
            return
        super().keyPressEvent(event)


def _around(text: str, span: Span) -> tuple[int, int]:
    """The quote with some words before and after it, cut between words."""
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    while 0 < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end


def _smallest(said: str, span: Span, shown: str) -> tuple[list[Span], str]:
    """Where only the case of the first letter differs, that letter alone is altered: [I]n."""
    only_case = said[:1] != shown[:1] and said[:1].casefold() == shown[:1].casefold()
    if only_case and said[1:] == shown[1:]:
        return [Span(span.start, span.start + 1)], shown[0]
    return [span], shown
