"""The column left of the text: who speaks, when, and numbers to cite by."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.rows import DocumentText
from ikt_coder.ui.transcript.offsets import Offsets
from ikt_coder.ui.transcript.pane import TextPane

_GAP = 12
_SLACK = 6
_NUMBER = 28
_NARROWEST, _WIDEST = 64, 116


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands beside the first words of a turn (Qt positions)."""

    at: int
    start: int
    end: int
    speaker: str
    asking: bool
    time: str
    number: int


def headings_of(content: DocumentText, offsets: Offsets) -> list[Heading]:
    """One heading per turn, in order."""
    speakers = {speaker.id: speaker for speaker in content.speakers}
    made: list[Heading] = []
    for number, turn in enumerate(content.turns, 1):
        who = speakers.get(turn.speaker) if turn.speaker is not None else None
        made.append(
            Heading(
                offsets.to_qt(turn.words_start),
                offsets.to_qt(turn.span.start),
                offsets.to_qt(turn.span.end),
                (who.participant_label or who.label) if who is not None else "",
                who is not None and who.role is SpeakerRole.INTERVIEWER,
                clock(turn.start_ms) if turn.start_ms is not None else "",
                number,
            )
        )
    return made


def clock(milliseconds: int) -> str:
    """A place in the recording: 04:12, or 1:04:12 after the first hour."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


class Gutter(QWidget):
    """Drawn from the pane's lines; a click on a speaker selects the turn."""

    turn_clicked = Signal(int, int)

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._headings: list[Heading] = []
        self._starts: list[int] = []
        self._speakers: list[str] = []
        self._boxes: list[tuple[QRectF, Heading]] = []
        pane.scrolled.connect(self.update)

    def set_headings(self, headings: list[Heading]) -> None:
        self._headings = headings
        self._starts = [heading.at for heading in headings]
        self._speakers = sorted({heading.speaker for heading in headings})
        self.update()

    def wanted_width(self) -> int:
        """Room for the longest name, within reason, and for numbers."""
        look = self._pane.look
        metrics = QFontMetrics(look.label)
        longest = max((metrics.horizontalAdvance(name) for name in self._speakers), default=0)
        numbers = look.px(_NUMBER) if look.numbers != "none" else 0
        names = min(look.px(_WIDEST), max(look.px(_NARROWEST), longest))
        return look.px(8) + numbers + names + look.px(_GAP) + _SLACK

    def turn_at(self, position: int) -> Heading | None:
        """The turn that Qt position ``position`` lies in."""
        number = bisect_left(self._starts, position + 1) - 1
        if number < 0:
            return None
        heading = self._headings[number]
        return heading if position <= heading.end else None

    def paintEvent(self, event: QPaintEvent) -> None:
        pane, look = self._pane, self._pane.look
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.paper)
        self._boxes = []
        numbers = look.numbers
        number_width = look.px(_NUMBER) if numbers != "none" and self.width() > look.px(90) else 0
        names_left = self._numbers_left() + number_width if number_width else 0
        right = self.width() - look.px(_GAP)
        name_height = QFontMetrics(look.label).height()
        time_height = QFontMetrics(look.small).height()
        metrics = QFontMetrics(look.label)
        y = pane.scroll_y
        for line in pane.lines():
            centre = (line.top + line.bottom) / 2 - y
            if numbers == "line" and number_width and line.bottom - line.top > 4:
                self._number(painter, centre, self._line_number(line.block_start, line.first))
            index = bisect_left(self._starts, line.start)
            while index < len(self._headings) and self._headings[index].at < max(
                line.end, line.start + 1
            ):
                heading = self._headings[index]
                index += 1
                top = centre - name_height / 2
                box = QRectF(names_left, top, right - names_left, name_height + time_height)
                self._boxes.append((box, heading))
                painter.setFont(look.label)
                painter.setPen(look.dim if heading.asking else look.ink)
                name = metrics.elidedText(
                    heading.speaker, Qt.TextElideMode.ElideRight, int(box.width())
                )
                at_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                painter.drawText(box, at_right, name)
                painter.setFont(look.small)
                painter.setPen(look.dim)
                below = box.adjusted(0, name_height if heading.speaker else 0, 0, 0)
                painter.drawText(below, at_right, heading.time)
                if numbers == "turn" and number_width:
                    self._number(painter, centre, str(heading.number))
        painter.end()

    def _line_number(self, block_start: int, first: bool) -> str:
        """Lines of the text, not of the screen: a citation must not change with the window."""
        page = self._pane.page
        if not first or page is None:
            return ""
        return str(bisect_left(page.line_ends, block_start) + 1)

    def _number(self, painter: QPainter, centre: float, text: str) -> None:
        look = self._pane.look
        painter.setFont(look.small)
        painter.setPen(look.dim)
        height = QFontMetrics(look.small).height()
        painter.drawText(
            QRectF(self._numbers_left(), centre - height / 2, look.px(_NUMBER), height),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            text,
        )

    def _numbers_left(self) -> int:
        # In a wide window numbers stay near the words they number.
        return max(
            self._pane.look.px(8), self.width() - self.wanted_width() + self._pane.look.px(8)
        )

    def _heading_at(self, point: QPoint) -> Heading | None:
        return next((h for box, h in self._boxes if box.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        heading = self._heading_at(event.position().toPoint())
        if heading is not None and event.button() == Qt.MouseButton.LeftButton:
            self.turn_clicked.emit(heading.at, heading.end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._pane.viewport(), event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            heading = self._heading_at(event.pos())
            if heading is not None and heading.speaker:
                QToolTip.showText(event.globalPos(), heading.speaker, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
