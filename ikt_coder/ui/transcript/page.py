"""Makes the document that Qt shows from a transcript's text, position for position.

Each line of the text is one block. Labels and times that stand before the spoken words stay
in the text but are folded to no width, because the gutter shows them; mending unfolds them.
"""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from ikt_coder.core.transcript import FormatKind, SpeakerRole
from ikt_coder.services.rows import DocumentText
from ikt_coder.ui.transcript.look import Look
from ikt_coder.ui.transcript.offsets import Offsets

SIDE = 6
"""Room at both sides of the words, so that caret and edges are not cut."""
TOP = 28
"""Empty paper above the first line."""
_TURN_GAP = 12
_LINE_GAP = 4
_BLANK = 8
_FOLDED = 1
_HEADING_GAP = 14
_LEFT = QTextOption.TabType.LeftTab


class Page:
    """A transcript laid out for reading; ``folded`` are the Qt spans that take no room."""

    def __init__(
        self, content: DocumentText, look: Look, parent: QObject, *, fold_labels: bool = True
    ) -> None:
        self.content = content
        self.offsets = Offsets(content.text)
        self.folded: list[tuple[int, int]] = []
        self.line_ends = line_ends_of(content.text, self.offsets)
        self.document = QTextDocument(parent)
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(look.reading)
        self._look = look
        self._cursor = QTextCursor(self.document)
        self._cursor.beginEditBlock()
        self._cursor.setBlockFormat(self._spacing(0))
        plain = QTextCharFormat()
        plain.setForeground(look.ink)
        self._cursor.insertText(content.text, plain)
        self._dim_interviewers()
        self._display_formatting()
        if fold_labels:
            self._fold_labels()
        self._space_blocks()
        self._cursor.endEditBlock()
        frame = self.document.rootFrame()
        margins = frame.frameFormat()
        margins.setTopMargin(TOP)
        margins.setBottomMargin(TOP * 4)
        margins.setLeftMargin(SIDE)
        margins.setRightMargin(SIDE)
        frame.setFrameFormat(margins)

    def fold_at(self, position: int) -> tuple[int, int] | None:
        """The fold ``[start, end)`` that holds a Qt position, or ends at it."""
        number = bisect_right(self.folded, (position, self.offsets.qt_length + 1)) - 1
        if number < 0:
            return None
        start, end = self.folded[number]
        return (start, end) if start <= position <= end else None

    def _select(self, start: int, end: int) -> None:
        self._cursor.setPosition(start)
        self._cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)

    def _dim_interviewers(self) -> None:
        asking = {s.id for s in self.content.speakers if s.role is SpeakerRole.INTERVIEWER}
        dim = QTextCharFormat()
        dim.setForeground(self._look.dim)
        for turn in self.content.turns:
            if turn.speaker in asking:
                self._select(*self.offsets.units(turn.span))
                self._cursor.mergeCharFormat(dim)

    def _display_formatting(self) -> None:
        for run in self.content.formats:
            form = QTextCharFormat()
            if run.kind is FormatKind.BOLD:
                form.setFontWeight(QFont.Weight.Bold)
            elif run.kind is FormatKind.ITALIC:
                form.setFontItalic(True)
            elif run.kind is FormatKind.UNDERLINE:
                # The 2 px underline belongs to codings; a dotted one tells them apart.
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            else:
                form.setFontWeight(QFont.Weight.Bold)
                larger = self._look.reading_px + max(0, 4 - run.level)
                form.setProperty(QTextFormat.Property.FontPixelSize, larger)
            self._select(*self.offsets.units(run.span))
            self._cursor.mergeCharFormat(form)

    def _fold_labels(self) -> None:
        tiny = QFont(self._look.reading)
        tiny.setPixelSize(_FOLDED)
        metrics = QFontMetricsF(tiny)
        for turn in self.content.turns:
            start = self._before_indent(turn.span.start)
            if turn.words_start <= start:
                continue
            label = self.content.text[start : turn.words_start].replace("\t", "")
            form = QTextCharFormat()
            form.setProperty(QTextFormat.Property.FontPixelSize, _FOLDED)
            form.setForeground(QColor(Qt.GlobalColor.transparent))
            form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            # Pulled together by their own width, the letters end where they began.
            form.setFontLetterSpacing(-metrics.horizontalAdvance(label) / max(1, len(label)))
            fold = (self.offsets.to_qt(start), self.offsets.to_qt(turn.words_start))
            self._select(*fold)
            self._cursor.mergeCharFormat(form)
            self.folded.append(fold)

    def _before_indent(self, at: int) -> int:
        """Where the line begins of which only spaces and tabs stand before ``at``; else ``at``.
        What sets a turn in, with its label or without, is folded: the gutter tells who speaks."""
        text, start = self.content.text, at
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        return start if start == 0 or text[start - 1] == "\n" else at

    def _space_blocks(self) -> None:
        turn_starts = {
            self.offsets.to_qt(self._before_indent(t.span.start)) for t in self.content.turns
        }
        turn_starts |= {self.offsets.to_qt(t.words_start) for t in self.content.turns}
        headings = {
            self.offsets.to_qt(run.span.start)
            for run in self.content.formats
            if run.kind is FormatKind.HEADING
        }
        folded_ends = dict(self.folded)
        turn_gap, line_gap = self._spacing(_TURN_GAP), self._spacing(_LINE_GAP)
        none, heading = self._spacing(0), self._spacing(_HEADING_GAP)
        blank, nothing = self._spacing(0, _BLANK), self._spacing(0, _FOLDED)
        hidden_until = -1
        after_room = True
        block = self.document.begin()
        while block.isValid():
            start, end = block.position(), block.position() + block.length() - 1
            hidden_until = max(hidden_until, folded_ends.get(start, -1))
            if start < end <= hidden_until:
                form = nothing
            elif start == end:
                form = nothing if hidden_until > end else blank
                if form is blank:
                    self._shrink(block)
                    after_room = True
            elif start in headings:
                form, after_room = heading, False
            elif after_room:
                form, after_room = none, False
            else:
                form = turn_gap if start in turn_starts else line_gap
            self._cursor.setPosition(start)
            self._cursor.setBlockFormat(self._without_tabs(block, folded_ends, form))
            if form is nothing and start in turn_starts and not after_room:
                # A label on a line of its own gives its room to the words below it.
                after_room = False
            block = block.next()

    @staticmethod
    def _without_tabs(
        block: QTextBlock, folded_ends: dict[int, int], form: QTextBlockFormat
    ) -> QTextBlockFormat:
        """``form`` with stops at the line's edge for the tabs of its fold: a tab reaches to the
        next stop whatever the size of its letters."""
        folded = folded_ends.get(block.position(), -1) - block.position()
        tabs = block.text()[:folded].count("\t") if folded > 0 else 0
        if tabs:
            form = QTextBlockFormat(form)
            form.setTabPositions([QTextOption.Tab(stop / 4, _LEFT) for stop in range(1, tabs + 1)])
        return form

    def _shrink(self, block: QTextBlock) -> None:
        small = QTextCharFormat()
        small.setProperty(QTextFormat.Property.FontPixelSize, _BLANK)
        self._cursor.setPosition(block.position())
        self._cursor.setBlockCharFormat(small)

    def _spacing(self, above: int, height: int | None = None) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(
            height if height is not None else self._look.line_px,
            QTextBlockFormat.LineHeightTypes.FixedHeight.value,
        )
        form.setTopMargin(above)
        return form


def line_ends_of(text: str, offsets: Offsets) -> list[int]:
    """The Qt positions at which the lines of ``text`` end, the last one's too."""
    ends: list[int] = []
    at = text.find("\n")
    while at >= 0:
        ends.append(offsets.to_qt(at))
        at = text.find("\n", at + 1)
    ends.append(offsets.qt_length)
    return ends
