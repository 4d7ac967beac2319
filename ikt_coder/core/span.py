"""Spans of a text: Unicode code points, half-open ``[start, end)``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikt_coder.core.frozen import frozen


@frozen
class Span:
    """A piece of a text from code point ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    # In the order of their beginnings, and of their ends where they begin together.

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __le__(self, other: Span) -> bool:
        return (self.start, self.end) <= (other.start, other.end)

    def __gt__(self, other: Span) -> bool:
        return (self.start, self.end) > (other.start, other.end)

    def __ge__(self, other: Span) -> bool:
        return (self.start, self.end) >= (other.start, other.end)

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def overlap(self, other: Span) -> int:
        """How many code points the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers_half_of_shorter(self, other: Span) -> bool:
        """The rule that ties a domain to a theme's passage: half of the shorter span."""
        shorter = min(len(self), len(other))
        return shorter > 0 and 2 * self.overlap(other) >= shorter


def unite(spans: Iterable[Span]) -> list[Span]:
    """The passages of some codings: touching or overlapping spans become one, in order."""
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end:
            if span.end > united[-1].end:
                united[-1] = Span(united[-1].start, span.end)
        else:
            united.append(span)
    return united


def moved_edges(at: int, removed: int, inserted: int, start: int, end: int) -> tuple[int, int]:
    """Where a span lies after ``removed`` code points at ``at`` gave way to ``inserted``
    others; see ``TextEdit.move``."""
    behind, shift = at + removed, inserted - removed
    if not removed:  # pure insertion: outside at both edges
        new_start = start + shift if start >= at else start
        new_end = end + shift if end > at else end
        return new_start, max(new_start, new_end)
    if start >= behind:
        new_start = start + shift
    elif start > at:  # the start lay within the removed words
        new_start = at + inserted if end > behind else at
    else:
        new_start = start
    if end <= at:
        new_end = end
    elif end >= behind:
        new_end = end + shift
    else:  # the end lay within the removed words
        new_end = at + inserted
    return new_start, max(new_start, new_end)


def moved_point(at: int, removed: int, inserted: int, point: int) -> int:
    """Where a mark lies after ``removed`` code points at ``at`` gave way to ``inserted``."""
    if point <= at:
        return point
    if point >= at + removed:
        return point + inserted - removed
    return min(point, at + inserted)


@frozen
class TextEdit:
    """One mended place: at code point ``at``, ``removed`` gave way to ``inserted``."""

    at: int
    removed: str
    inserted: str

    @property
    def shift(self) -> int:
        return len(self.inserted) - len(self.removed)

    def apply(self, text: str) -> str:
        """The text after the edit. ValueError where ``removed`` does not stand at ``at``."""
        if not 0 <= self.at <= len(text):
            raise ValueError("the edit lies outside the text")
        if text[self.at : self.at + len(self.removed)] != self.removed:
            raise ValueError("the text to be replaced is not there")
        return text[: self.at] + self.inserted + text[self.at + len(self.removed) :]

    def inverse(self) -> TextEdit:
        return TextEdit(self.at, self.inserted, self.removed)

    def move(self, span: Span) -> Span:
        """Where a span lies after the edit.

        A span around the edit grows or shrinks with it; one that overlaps it keeps what
        is left of its own words; words inserted exactly at an edge stay outside, except
        where they replace words of the span.
        """
        return Span(*self.move_edges(span.start, span.end))

    def move_edges(self, start: int, end: int) -> tuple[int, int]:
        """``move`` for thousands of spans."""
        return moved_edges(self.at, len(self.removed), len(self.inserted), start, end)

    def move_point(self, at: int) -> int:
        """Where a mark (a time, a line) lies after the edit."""
        return moved_point(self.at, len(self.removed), len(self.inserted), at)


def apply_edits(text: str, edits: Sequence[TextEdit]) -> str:
    """The text after all edits, in order."""
    for edit in edits:
        text = edit.apply(text)
    return text
