"""The column left of the text: who speaks, when, and numbers to cite by."""

from __future__ import annotations

from bisect import bisect_left
from itertools import zip_longest

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.services.rows import DocumentText
from ikt_coder.ui.transcript.offsets import Offsets
from ikt_coder.ui.transcript.pane import TextPane

_GAP = 12
_SLACK = 6
_NUMBER = 28
_NARROWEST, _WIDEST = 70, 116
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


@frozen
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


def name_lines(name: str, font: QFont, width: int) -> list[str]:
    """A speaker's name on one line or two of ``width`` pixels; only the second is elided, in
    its middle, as it is the end that tells “… speaker 1” from “… speaker 2”.

    A name that fits is parted where the lines come out most alike. A word is broken only where
    it is wider than a line.
    """
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(name) <= width or width <= 0:
        return [name] if name else []
    words = name.split()
    parted = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    wide = {pair: max(map(metrics.horizontalAdvance, pair)) for pair in parted}
    best = min(parted, key=wide.__getitem__, default=None)
    if best is not None and wide[best] <= width:
        return list(best)
    layout = QTextLayout(name, font)
    layout.setTextOption(_WRAPPED)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    # Qt counts in UTF-16 units, Python in code points.
    rest = name.encode("utf-16-le")[first.textLength() * 2 :].decode("utf-16-le")
    begun = name[: len(name) - len(rest)].rstrip()
    return [begun, metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideMiddle, width)]


_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


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

    def wishes(self) -> tuple[int, int]:
        """Pixels for the longest name, and for its longest word: within reason, with numbers."""
        words = [word for name in self._speakers for word in name.split()]
        return self._width_for(self._speakers), self._width_for(words)

    def wanted_width(self) -> int:
        """Room for the longest name, within reason, and for numbers."""
        return self._width_for(self._speakers)

    def _width_for(self, names: list[str]) -> int:
        look = self._pane.look
        metrics = QFontMetrics(look.label)
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        numbers = look.px(_NUMBER) if look.numbers != "none" else 0
        room = min(look.px(_WIDEST), max(look.px(_NARROWEST), longest))
        return look.px(8) + numbers + room + look.px(_GAP) + _SLACK

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
                if numbers == "turn" and number_width:
                    self._number(painter, centre, str(heading.number))
        tops = [box.top() for box, _ in self._boxes]
        self._boxes = [
            (self._speaker(painter, box, heading, after), heading)
            for (box, heading), after in zip_longest(self._boxes, tops[1:])
        ]
        painter.end()

    def _speaker(
        self, painter: QPainter, box: QRectF, heading: Heading, after: float | None
    ) -> QRectF:
        """Draw who speaks and when, above ``after``; returns the room it took."""
        look = self._pane.look
        height = QFontMetrics(look.label).height()
        names = name_lines(heading.speaker, look.label, int(box.width()))
        painter.setFont(look.label)
        painter.setPen(look.dim if heading.asking else look.ink)
        for number, name in enumerate(names):
            painter.drawText(box.adjusted(0, number * height, 0, height), _AT_RIGHT, name)
        taken = len(names) * height
        below = box.top() + taken + QFontMetrics(look.small).height()
        # Beside a short turn a name of two lines leaves no room; the hint tells the time.
        if heading.time and (after is None or len(names) < 2 or below <= after):
            painter.setFont(look.small)
            painter.setPen(look.dim)
            painter.drawText(box.adjusted(0, taken, 0, height), _AT_RIGHT, heading.time)
            box.setBottom(below)
        else:
            box.setBottom(max(box.bottom(), box.top() + taken))
        if after is not None:
            box.setBottom(min(box.bottom(), max(after, box.top() + height)))
        return box

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
                hint = " · ".join(part for part in (heading.speaker, heading.time) if part)
                QToolTip.showText(event.globalPos(), hint, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
