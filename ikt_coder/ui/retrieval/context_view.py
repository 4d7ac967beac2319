"""One passage within its turns, to read before deciding, without leaving the list."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from ikt_coder.core.colour import blend
from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.project import Project
from ikt_coder.services.rows import CodeRow, CodingRow
from ikt_coder.settings import Settings
from ikt_coder.ui.appearance.style import Appearance
from ikt_coder.ui.transcript.look import look_of

_AROUND = 700
"""Code points before and after the passage, widened to whole turns."""
_TINT = 0.22


@frozen
class Piece:
    """One turn, or part of one: who speaks, and the words before, within and after the
    passage."""

    speaker: str
    participant: bool
    before: str
    within: str
    after: str


@frozen
class Surroundings:
    """A coding with the turns around it."""

    coding: CodingRow
    code: CodeRow | None
    title: str
    pieces: tuple[Piece, ...]


def read_surroundings(project: Project, coding: CodingRow, code: CodeRow | None) -> Surroundings:
    """Read the turns around a passage (off the main thread). Raises NotFound."""
    document = coding.document
    text = project.texts.get(document)
    span = coding.span
    turns = project.documents.turns(document)
    speakers = {row.id: row for row in project.documents.speakers(document)}
    low, high = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    title = project.documents.get(document).title
    pieces = []
    starts = [turn.span.start for turn in turns]
    first = max(0, bisect_right(starts, low) - 1)
    for turn in turns[first:]:
        if turn.span.start >= high:
            break
        speaker = speakers.get(turn.speaker) if turn.speaker else None
        pieces.append(
            _piece(
                text,
                Span(min(turn.words_start, turn.span.end), turn.span.end),
                span,
                speaker.label if speaker else "",
                speaker is None or speaker.role is not SpeakerRole.INTERVIEWER,
            )
        )
    if not turns:
        start = text.rfind("\n", 0, low) + 1
        end = text.find("\n", high)
        whole = Span(start, len(text) if end < 0 else end)
        pieces.append(_piece(text, whole, span, "", True))
    return Surroundings(coding, code, title, tuple(pieces))


def _piece(text: str, words: Span, span: Span, speaker: str, participant: bool) -> Piece:
    start = min(max(span.start, words.start), words.end)
    end = min(max(span.end, start), words.end)
    return Piece(
        speaker,
        participant,
        text[words.start : start],
        text[start:end],
        text[end : words.end].rstrip("\n"),
    )


class ContextView(QTextBrowser):
    """Read-only text in the reading face; the passage tinted and underlined in its colour."""

    def __init__(
        self, appearance: Appearance, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._settings = appearance, settings
        self._shown: Surroundings | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("The passage in its context"))
        self.setProperty("surface", "paper")
        appearance.changed.connect(self._again)

    def show_surroundings(self, shown: Surroundings | None) -> None:
        """Show a passage with its turns, or nothing."""
        self._shown = shown
        self._again()

    def _again(self) -> None:
        self.clear()
        shown = self._shown
        if shown is None:
            return
        look = look_of(self._look, self._settings)
        self.document().setDocumentMargin(self._look.px(12))
        ink, dim = QTextCharFormat(), QTextCharFormat()
        for face, colour in ((ink, look.ink), (dim, look.dim)):
            face.setFont(look.reading)
            face.setForeground(colour)
        label = QTextCharFormat()
        label.setFont(look.label)
        label.setForeground(look.dim)
        found = self._found(ink, shown)
        block = QTextBlockFormat()
        block.setBottomMargin(self._look.px(8))
        block.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(block)
        at = 0
        for number, piece in enumerate(shown.pieces):
            if number:
                cursor.insertBlock(block)
            words = ink if piece.participant else dim
            if piece.speaker:
                cursor.insertText(f"{piece.speaker}\u2002", label)
            cursor.insertText(_lines(piece.before), words)
            if piece.within:
                at = at or cursor.position()
                cursor.insertText(_lines(piece.within), found)
            cursor.insertText(_lines(piece.after), words)
        self._scroll_to(at)

    def _found(self, ink: QTextCharFormat, shown: Surroundings) -> QTextCharFormat:
        found = QTextCharFormat(ink)
        colour = QColor(self._look.colour("accent"))
        if shown.code is not None:
            colour = self._look.code_colour(shown.code.colour)
        paper = self._look.colour("paper")
        tint = QColor(blend(colour.name(), paper.name(), _TINT))
        found.setBackground(tint)
        found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        found.setUnderlineColor(colour)
        return found

    def _scroll_to(self, at: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - self.viewport().height() // 4)


def _lines(text: str) -> str:
    """Line ends within a turn stay lines of the same paragraph."""
    return text.replace("\n", "\u2028")
