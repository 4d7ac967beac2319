"""Paints codings under the words: a tint of 15 % each, and an underline of 2 px.

What a line shows is worked out once and kept until a coding on it, its codes or the layout
change: painting then costs a few fills per visible line, however many codings there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ikt_coder.ui.transcript.code_looks import CodeLooks, Face
from ikt_coder.ui.transcript.lines import Line
from ikt_coder.ui.transcript.look import TINT, TINT_CAP, Look
from ikt_coder.ui.transcript.marks import Mark, Marks

UNDERLINE = 2
_STEP = 3
_CURRENT_WEIGHT = 3
"""The current coding is as strong as three."""

Fills = list[tuple[QRectF, QColor]]


class Tints:
    """The fills of each line, in document pixels."""

    def __init__(self) -> None:
        self._fills: dict[tuple[int, int], Fills] = {}

    def forget(self) -> None:
        """The layout, the look or the codes changed."""
        self._fills.clear()

    def forget_between(self, spans: Iterable[tuple[int, int]]) -> None:
        """Codings on these Qt positions changed."""
        for start, end in spans:
            for key in [k for k in self._fills if k[0] < end and start < k[1]]:
                del self._fills[key]

    def paint(
        self,
        painter: QPainter,
        lines: list[Line],
        marks: Marks,
        codes: CodeLooks,
        look: Look,
        current: UUID | None,
        others: Collection[UUID | None] = (),
    ) -> None:
        """Paint under ``lines``; works out those that are not known. Codings of the coders
        ``others`` are underlined lightly and tint nothing."""
        missing = [line for line in lines if (line.start, line.end) not in self._fills]
        if missing:
            if len(self._fills) > 2000:
                self._fills.clear()
                missing = lines
            near = marks.between(missing[0].start, missing[-1].end)
            for line in missing:
                here = [m for m in near if m.start < line.end and line.start < m.end]
                self._fills[line.start, line.end] = (
                    _fills_of(line, here, codes, look, current, others) if here else []
                )
        for line in lines:
            for box, colour in self._fills[line.start, line.end]:
                painter.fillRect(box, colour)


def _fills_of(
    line: Line,
    here: list[Mark],
    codes: CodeLooks,
    look: Look,
    current: UUID | None,
    others: Collection[UUID | None],
) -> Fills:
    own = here
    if others:
        own = [m for m in here if m.row.coder not in others or m.id == current]
    fills = _tints_of(line, own, codes, look, current)
    height = line.bottom - line.top
    room = look.line_px - height
    slots = max(1, min(3, int((room + _STEP - 1) // _STEP)))
    # Underlines of overlapping codings lie below each other as far as the spacing allows.
    ends = [0] * slots
    for mark in sorted(here, key=lambda m: (m.id != current, m.start, -m.end)):
        start, end = max(mark.start, line.start), min(mark.end, line.end)
        slot = next((s for s in range(slots) if ends[s] <= start), None)
        if slot is None:
            continue
        ends[slot] = end
        thick = UNDERLINE + 1 if mark.id == current else UNDERLINE
        top = line.bottom - 1 + slot * _STEP
        colour = codes.face(mark.row.code, look).colour
        if others and mark.row.coder in others:
            colour = look.lighter(colour)
        fills += [
            (QRectF(left, top, right - left, thick), colour)
            for left, right in line.pieces(start, end)
        ]
    return fills


def _tints_of(
    line: Line, here: list[Mark], codes: CodeLooks, look: Look, current: UUID | None
) -> Fills:
    """One fill for each stretch between two edges: the mean of the colours that lie on it, as
    strong as that many layers of a tint, at most the cap."""
    steps: dict[int, list[tuple[int, Face]]] = {}
    for mark in here:
        weight = _CURRENT_WEIGHT if mark.id == current else 1
        face = codes.face(mark.row.code, look)
        steps.setdefault(max(mark.start, line.start), []).append((weight, face))
        steps.setdefault(min(mark.end, line.end), []).append((-weight, face))
    fills: Fills = []
    height = line.bottom - line.top
    paper = look.paper
    layers = red = green = blue = 0
    previous = line.start
    for at in sorted(steps):
        if layers and at > previous:
            share = min(TINT_CAP, 1 - (1 - TINT) ** layers)
            rest = 1 - share
            share /= layers
            colour = QColor(
                round(paper.red() * rest + red * share),
                round(paper.green() * rest + green * share),
                round(paper.blue() * rest + blue * share),
            )
            fills += [
                (QRectF(left, line.top, right - left, height), colour)
                for left, right in line.pieces(previous, at)
            ]
        for weight, face in steps[at]:
            layers += weight
            red += weight * face.red
            green += weight * face.green
            blue += weight * face.blue
        previous = at
    return fills
