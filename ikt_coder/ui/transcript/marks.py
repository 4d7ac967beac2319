"""The codings of the shown document, found by place.

Positions are Qt units. A mark is looked up through the buckets its span touches, so that
what is painted costs what is visible, not what the document holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from uuid import UUID

from ikt_coder.services.rows import CodingRow
from ikt_coder.ui.transcript.offsets import Offsets

BUCKET = 1024
LINE_REACH = 64
"""Two stripes nearer than a line of text would touch in one lane, so they take two."""


class Mark:
    """One coding where it stands in the shown text; ``lane`` is its column in the margin."""

    # Thousands are made at each opening: a plain class is made faster than a dataclass.
    __slots__ = ("end", "id", "lane", "row", "start")

    def __init__(self, row: CodingRow, start: int, end: int) -> None:
        self.row = row
        self.id: UUID = row.id
        self.start = start
        self.end = end
        self.lane = 0

    @property
    def order(self) -> tuple[int, int, int]:
        """Reading order: by start, the longer first."""
        return (self.start, -self.end, self.row.id.int)


class Marks:
    """All marks of one document."""

    def __init__(self) -> None:
        self._marks: dict[UUID, Mark] = {}
        # By the mark and not by its id: the hash of a UUID is worked out in Python each time.
        self._buckets: dict[int, dict[Mark, None]] = {}
        self._line_ends: list[int] = []
        self._touched: list[tuple[int, int]] = []
        self.lanes = 0

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks.values())

    def get(self, coding: UUID | None) -> Mark | None:
        return self._marks.get(coding) if coding is not None else None

    def load(self, rows: Iterable[CodingRow], offsets: Offsets, line_ends: list[int]) -> None:
        """Take the place of everything; ``line_ends`` are the Qt ends of the text's lines."""
        self._line_ends = line_ends
        if offsets.same:
            self.place([Mark(row, row.span.start, row.span.end) for row in rows])
        else:
            self.place([Mark(row, *offsets.units(row.span)) for row in rows])

    def place(self, marks: Iterable[Mark], line_ends: list[int] | None = None) -> None:
        """Take the place of everything by marks that know their positions."""
        if line_ends is not None:
            self._line_ends = line_ends
        self._marks = {}
        self._buckets = {}
        taken: list[tuple[int, int]] = []  # (up to where, lane), the next to end first
        free: list[int] = []
        ends, count = self._line_ends, len(self._line_ends)
        number = 0
        for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
            # Starts only grow, so the line of a start is found by walking on.
            while number < count and ends[number] <= mark.start:
                number += 1
            if number < count and mark.end <= ends[number]:
                reach = min(ends[number], mark.end + LINE_REACH)
            else:
                reach = self._reach(mark)
            while taken and taken[0][0] <= mark.start:
                heappush(free, heappop(taken)[1])
            mark.lane = heappop(free) if free else len(taken)
            heappush(taken, (reach, mark.lane))
            self._file(mark)
        self.lanes = len(taken) + len(free)
        self._touched = [(0, 1 << 62)]

    def put(self, row: CodingRow, offsets: Offsets) -> Mark:
        """Add or renew one; where it stays in place it keeps its lane."""
        old = self._marks.get(row.id)
        start, end = offsets.units(row.span)
        if old is not None and (old.start, old.end) == (start, end):
            old.row = row
            self._touched.append((start, end))
            return old
        self.drop(row.id)
        return self._add(Mark(row, start, end))

    def move(self, coding: UUID, start: int, end: int) -> None:
        """Show a mark elsewhere (an edge that is being moved); its row stays as it was."""
        mark = self._marks.get(coding)
        if mark is None or (mark.start, mark.end) == (start, end):
            return
        self._unfile(mark)
        mark.start, mark.end = start, end
        self._file(mark)

    def drop(self, coding: UUID) -> Mark | None:
        mark = self._marks.get(coding)
        if mark is not None:
            self._unfile(mark)
        return mark

    def take_touched(self) -> list[tuple[int, int]]:
        """Where marks were put, changed or dropped since this was asked last."""
        touched, self._touched = self._touched, []
        return touched

    def between(self, start: int, end: int) -> list[Mark]:
        """Those that share a unit with ``[start, end)``, in no order."""
        found: list[Mark] = []
        first = start // BUCKET
        for number in range(first, max(start, end - 1) // BUCKET + 1):
            bucket = self._buckets.get(number)
            if not bucket:
                continue
            # A mark in several buckets is taken from the first one that is asked.
            border = number * BUCKET if number > first else 0
            found += [mark for mark in bucket if border <= mark.start < end and start < mark.end]
        return found

    def at(self, position: int) -> list[Mark]:
        """Those at a caret: it may stand inside or at an edge. The narrowest come first."""
        near = self.between(max(0, position - 1), position + 1)
        near = [mark for mark in near if mark.start <= position <= mark.end]
        inside = [mark for mark in near if mark.start <= position < mark.end]
        chosen = inside or near
        return sorted(chosen, key=lambda m: (m.end - m.start, -m.row.id.int))

    def in_order(self) -> list[Mark]:
        return sorted(self._marks.values(), key=lambda m: m.order)

    def _add(self, mark: Mark) -> Mark:
        reach = self._reach(mark)
        # Neighbours before it keep it out of their lane as far as they themselves reach.
        near = self.between(max(0, mark.start - LINE_REACH), reach)
        taken = {other.lane for other in near if self._reach(other) > mark.start}
        mark.lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        self.lanes = max(self.lanes, mark.lane + 1)
        self._file(mark)
        return mark

    def _reach(self, mark: Mark) -> int:
        """Up to where the stripe's lane is taken: the rest of a line, within the paragraph."""
        number = bisect_right(self._line_ends, mark.end - 1)
        line_end = self._line_ends[number] if number < len(self._line_ends) else mark.end
        return max(mark.end, min(line_end, mark.end + LINE_REACH))

    def _file(self, mark: Mark) -> None:
        self._marks[mark.id] = mark
        self._touched.append((mark.start, mark.end))
        first, last = mark.start // BUCKET, max(mark.start, mark.end - 1) // BUCKET
        for number in range(first, last + 1):
            bucket = self._buckets.get(number)
            if bucket is None:
                bucket = self._buckets[number] = {}
            bucket[mark] = None

    def _unfile(self, mark: Mark) -> None:
        self._marks.pop(mark.id, None)
        self._touched.append((mark.start, mark.end))
        first, last = mark.start // BUCKET, max(mark.start, mark.end - 1) // BUCKET
        for number in range(first, last + 1):
            self._buckets[number].pop(mark, None)
