"""Widening and narrowing a selection: word, sentence, paragraph, turn."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from ikt_coder.core.span import Span

_ABBREVIATIONS = frozenset(
    {"dr.", "mr.", "mrs.", "ms.", "m.", "mme.", "prof.", "st.", "e.g.", "i.e.", "etc.", "vs."}
)


def units_around(text: str, span: Span, turns: list[Span]) -> list[Span]:
    """The word, sentence, paragraph and turn that hold ``span``, smallest first.

    ``turns`` are the spoken words of the turns, in order. Code points throughout.
    """
    start, end = span.start, span.end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    paragraph = Span(line_start, line_end)
    turn = next((t for t in turns if t.start <= end and start <= t.end), None)
    if turn is not None and turn.start < turn.end:
        # A label in front of the words is not part of what is said.
        paragraph = Span(max(line_start, min(turn.start, start)), max(line_end, paragraph.start))
    boundary = QTextBoundaryFinder.BoundaryType
    found = [
        _around(text, paragraph, span, boundary.Word),
        _around(text, paragraph, span, boundary.Sentence),
        paragraph,
    ]
    if turn is not None:
        found.append(Span(min(turn.start, paragraph.start), max(turn.end, paragraph.end)))
    units = {trimmed(text, unit) for unit in found if unit.start <= start and unit.end >= end}
    return sorted((unit for unit in units if len(unit) > 0), key=len)


def sentence_at(text: str, at: int, turns: list[Span]) -> Span | None:
    """The sentence around code point ``at``; None on an empty line."""
    line = Span(text.rfind("\n", 0, at) + 1, _line_end(text, at))
    # Where a turn begins in this line, its label is not part of the sentence.
    begun = next((t for t in turns if line.start <= t.start <= line.end), None)
    if begun is not None:
        line = Span(begun.start, line.end)
    at = max(at, line.start)
    found = _around(text, line, Span(at, at), QTextBoundaryFinder.BoundaryType.Sentence)
    sentence = trimmed(text, found)
    return sentence if len(sentence) > 0 else None


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _around(text: str, within: Span, span: Span, kind: QTextBoundaryFinder.BoundaryType) -> Span:
    piece = text[within.start : within.end]
    edges = _boundaries(piece, kind)
    start, end = span.start - within.start, span.end - within.start
    left = max((edge for edge in edges if edge <= start), default=0)
    right = min((edge for edge in edges if edge >= end and edge > left), default=len(piece))
    return Span(within.start + left, within.start + right)


def _boundaries(piece: str, kind: QTextBoundaryFinder.BoundaryType) -> list[int]:
    """Boundaries in code points. Qt's finder counts UTF-16 units: it is asked over a stand-in
    in which each character beyond U+FFFF is one letter-like sign."""
    stand_in = "".join(c if ord(c) <= 0xFFFF else "\u2b24" for c in piece)
    finder = QTextBoundaryFinder(kind, stand_in)
    edges = [0]
    while (at := finder.toNextBoundary()) != -1:
        if kind is QTextBoundaryFinder.BoundaryType.Sentence and at < len(piece):
            before = piece[edges[-1] : at].split()
            if before and before[-1].lower() in _ABBREVIATIONS:
                continue
        edges.append(at)
    return edges
