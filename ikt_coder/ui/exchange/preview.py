"""The first turns of a file as they will look in the transcript."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole, Transcript
from ikt_coder.ui.appearance.style import Appearance, FontRole
from ikt_coder.ui.documents.wording import clock

ROWS = 40
"""So many turns are shown."""
_LONGEST = 700
"""Code points of a turn that are shown."""


@frozen
class Shown:
    """A turn, or words between turns (no speaker, not counted as anybody's)."""

    speaker: str
    time: str
    words: str
    role: SpeakerRole | None


def first_turns(transcript: Transcript, most: int = ROWS) -> list[Shown]:
    """What the preview shows: turns in order with the words that stand between them."""
    shown: list[Shown] = []
    at = 0
    for turn in transcript.turns:
        between = transcript.text[at : turn.span.start]
        if between.strip():
            shown.append(Shown("", "", _cut(between), None))
        start = turn.span.start if turn.label_end is None else turn.label_end
        time = "" if turn.start_ms is None else clock(turn.start_ms)
        role = transcript.speaker_roles.get(turn.speaker or "", SpeakerRole.PARTICIPANT)
        words = _cut(transcript.text[start : turn.span.end])
        shown.append(Shown(turn.speaker or "", time, words, role))
        at = turn.span.end
        if len(shown) >= most:
            return shown[:most]
    rest = transcript.text[at:]
    if rest.strip():
        shown.append(Shown("", "", _cut(rest, 6 * _LONGEST), None))
    return shown[:most]


def _cut(text: str, longest: int = _LONGEST) -> str:
    text = text.strip("\n ")
    return text if len(text) <= longest else text[:longest].rstrip() + " …"


class Preview(QTextEdit):
    """Speakers and times in their own column, interviewers dimmed, as in the transcript."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._transcript: Transcript | None = None
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(self.tr("How the first turns will look"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(16)
        appearance.changed.connect(self._draw)

    def show_transcript(self, transcript: Transcript | None, *, same_file: bool = False) -> None:
        """Show a file from its beginning; the ``same_file`` read anew keeps its place."""
        self._transcript = transcript
        if not same_file:
            self.verticalScrollBar().setValue(0)
        self._draw()

    def _draw(self) -> None:
        place = self.verticalScrollBar().value()
        self.clear()
        if self._transcript is None:
            return
        rows = first_turns(self._transcript)
        look = self._appearance
        cursor = self.textCursor()
        cursor.beginEditBlock()
        shape = QTextTableFormat()
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(4)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, look.px(104)),
                QTextLength(QTextLength.Type.VariableLength, 0),
            ]
        )
        table = cursor.insertTable(max(1, len(rows)), 2, shape)
        left = QTextBlockFormat()
        left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        for at, row in enumerate(rows):
            cell = table.cellAt(at, 0).firstCursorPosition()
            cell.setBlockFormat(left)
            cell.insertText(row.speaker, self._face(FontRole.SMALL, row.role, name=True))
            if row.time:
                cell.insertText("\n" if row.speaker else "", self._face(FontRole.SMALL, None))
                cell.insertText(row.time, self._face(FontRole.SMALL, None))
            table.cellAt(at, 1).firstCursorPosition().insertText(row.words, self._words(row.role))
        cursor.movePosition(QTextCursor.MoveOperation.End)
        more = len(self._transcript.turns) - sum(row.role is not None for row in rows)
        if more > 0:
            words = self.tr("… and {count} more turns").format(count=more)
            cursor.insertText(words, self._face(FontRole.SMALL, None))
        cursor.endEditBlock()
        # The text cursor was pushed to the end, and the view would follow it there.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def _face(
        self, role: FontRole, speaker: SpeakerRole | None, *, name: bool = False
    ) -> QTextCharFormat:
        face = QTextCharFormat()
        font = self._appearance.font(role)
        if name and speaker is SpeakerRole.PARTICIPANT:
            font.setWeight(font.Weight.DemiBold)
        face.setFont(font)
        strong = name and speaker is SpeakerRole.PARTICIPANT
        face.setForeground(self._appearance.colour("ink" if strong else "dim"))
        return face

    def _words(self, role: SpeakerRole | None) -> QTextCharFormat:
        face = QTextCharFormat()
        look = self._appearance
        face.setFont(look.reading_font(look.px(14)))
        face.setForeground(look.colour("ink" if role is SpeakerRole.PARTICIPANT else "dim"))
        return face
