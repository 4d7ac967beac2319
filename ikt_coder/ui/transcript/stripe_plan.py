"""Where the stripes and their names stand in the margin now, worked out before it is painted.

Two plans tell what one act changed, so that only that is painted anew.
"""

from __future__ import annotations

from bisect import bisect_right
from math import ceil, floor
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QRegion

from ikt_coder.core.words import Flag, Valence
from ikt_coder.ui.transcript.code_looks import Face
from ikt_coder.ui.transcript.lines import Line
from ikt_coder.ui.transcript.marks import Mark
from ikt_coder.ui.transcript.name_places import Wanted, place_names
from ikt_coder.ui.transcript.pane import TextPane

_LEFT = 12
_STRIPE = 4
_PITCH = 8
_NARROWEST = 5.0
_SIGN = 14
_NAME_GAP = 8
_ROWS_BELOW = 4
_TWO_LINES = 84
_WITH_NAMES = 110

Extents = dict[UUID, tuple[float, float]]


class Stripe(NamedTuple):
    """A stripe, in pixels of the margin. ``other``: of a coder who is only looked at."""

    left: float
    top: float
    width: float
    height: float
    face: Face
    other: bool


class Name(NamedTuple):
    """A name with its signs, in pixels of the margin. ``here``: of the current coding;
    ``other``: of a coder who is only looked at."""

    left: float
    top: float
    width: float
    height: float
    face: Face
    rows: int
    valence: Valence | None
    after: str
    here: bool
    other: bool


class StripePlan:
    """The margin of ``width`` x ``height`` pixels beside a pane, as it is now."""

    def __init__(self, pane: TextPane, width: int, height: int) -> None:
        self._pane = pane
        self._width = width
        self._height = height
        self.stripes: list[tuple[Mark, Stripe]] = []
        self.names: list[tuple[Mark, Name]] = []
        self.left_out: set[UUID] = set()
        self.sign_width = pane.look.px(_SIGN)
        lines = pane.lines()
        if not lines:
            return
        marks = sorted(pane.shown_marks(), key=lambda m: m.order)
        starts = [line.start for line in lines]
        extents = {m.id: found for m in marks if (found := _extent(m, lines, starts))}
        self._place_stripes(marks, extents)
        if self._has_names():
            self._place_names(marks, extents, lines)

    def changed(self, before: StripePlan) -> QRegion:
        """What is to be painted anew where ``before`` was painted."""
        region = QRegion()
        for old, new in (
            ({m.id: s for m, s in before.stripes}, {m.id: s for m, s in self.stripes}),
            ({m.id: n for m, n in before.names}, {m.id: n for m, n in self.names}),
        ):
            for coding in old.keys() | new.keys():
                was, now = old.get(coding), new.get(coding)
                if was != now:
                    for shape in (was, now):
                        if shape is not None:
                            region += rect_of(shape)
        return region

    # -- measures -----------------------------------------------------------------------

    def _pitch(self) -> float:
        lanes = max(1, self._pane.marks.lanes)
        room = self._width * (0.42 if self._has_names() else 0.95) - _LEFT
        return max(_NARROWEST, min(_PITCH, room / lanes))

    def _has_names(self) -> bool:
        """Whether there is room for more than stripes."""
        return self._width >= self._pane.look.px(_WITH_NAMES)

    def _names_left(self) -> float:
        if not self._has_names():
            return self._width + _NAME_GAP
        lanes = max(2, self._pane.marks.lanes)
        return min(_LEFT + lanes * self._pitch(), self._width * 0.46) + _NAME_GAP

    # -- places -------------------------------------------------------------------------

    def _place_stripes(self, marks: list[Mark], extents: Extents) -> None:
        pane = self._pane
        y, current, pitch = pane.scroll_y, pane.current, self._pitch()
        last = self._names_left() - 2 - _STRIPE
        thin = min(_STRIPE, pitch - 1)
        for mark in marks:
            found = extents.get(mark.id)
            left = _LEFT + mark.lane * pitch
            if found is None or left > last:
                continue
            top, bottom = found[0] - y, found[1] - y
            if bottom < 0 or top > self._height:
                continue
            width = thin
            if mark.id == current:
                left, width = left - 1, width + 2
            face = pane.codes.face(mark.row.code, pane.look)
            other = mark.row.coder in pane.others
            self.stripes.append((mark, Stripe(left, top, width, bottom - top, face, other)))

    def _place_names(self, marks: list[Mark], extents: Extents, lines: list[Line]) -> None:
        pane, look = self._pane, self._pane.look
        left = self._names_left()
        room = self._width - left - look.px(4)
        metrics = QFontMetrics(look.small)
        row = metrics.height() + 2
        half = (lines[0].bottom - lines[0].top) / 2
        wanted = []
        for mark in marks:
            found = extents.get(mark.id)
            if found is None or mark.start < lines[0].start:
                continue
            first = found[0] + half
            wanted.append(Wanted(mark, first, max(first, found[1]) + _ROWS_BELOW * row))

        def is_long(mark: Mark) -> bool:
            name = pane.codes.name(mark.row.code)
            # In a very narrow margin two lines would be two torn words.
            return (
                room > look.px(_TWO_LINES)
                and metrics.horizontalAdvance(name) > room - self.sign_width
            )

        placed, left_out = place_names(wanted, row, is_long)
        self.left_out = {mark.id for mark in left_out}
        y = pane.scroll_y
        for mark, centre, rows in placed:
            top = centre - y - row / 2
            if top + row * rows < 0 or top > self._height:
                continue
            who = pane.others.get(mark.row.coder)
            name = Name(
                left,
                top,
                room,
                row * rows,
                pane.codes.face(mark.row.code, look),
                rows,
                mark.row.valence,
                signs_after(mark) + ("" if who is None else f"  {who}"),
                mark.id == pane.current,
                who is not None,
            )
            self.names.append((mark, name))


def rect_of(shape: Stripe | Name) -> QRect:
    """The whole pixels that a shape may touch."""
    left, top = floor(shape.left) - 1, floor(shape.top) - 1
    return QRect(left, top, ceil(shape.width) + 3, ceil(shape.height) + 3)


def signs_after(mark: Mark) -> str:
    """Small signs behind a name: quotable, unsure, a memo."""
    signs = ""
    if Flag.STAR in mark.row.flags:
        signs += " ★"
    if Flag.UNSURE in mark.row.flags:
        signs += " ?"
    if mark.row.memo:
        signs += " ✎"
    return signs


def _extent(mark: Mark, lines: list[Line], starts: list[int]) -> tuple[float, float] | None:
    """Top and bottom of a mark's stripe within ``lines``, in document pixels.

    ``starts`` are the beginnings of the lines.
    """
    first = max(0, bisect_right(starts, mark.start) - 1)
    if lines[first].end <= mark.start and first + 1 < len(lines):
        first += 1
    last = max(first, bisect_right(starts, max(mark.start, mark.end - 1)) - 1)
    if mark.end <= lines[first].start or mark.start >= lines[last].end:
        return None
    return lines[first].top, lines[last].bottom
