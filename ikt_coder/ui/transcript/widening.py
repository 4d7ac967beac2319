"""Widening and narrowing a selection: word, sentence, paragraph, turn."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from ikt_coder.core.span import Span
from ikt_coder.text.sentences import sentences


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
    found = [
        _words_around(text, paragraph, span),
        _sentences_around(text, paragraph, span),
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
    found = _sentences_around(text, line, Span(at, at))
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


def _words_around(text: str, within: Span, span: Span) -> Span:
    piece = text[within.start : within.end]
    return _between(_word_edges(piece), within, span)


def _sentences_around(text: str, within: Span, span: Span) -> Span:
    """By the rules that a search codes sentences by, so that both mean the same."""
    edges = {0, len(within)}
    for sentence in sentences(text, [within]):
        edges |= {sentence.start - within.start}
    return _between(sorted(edges), within, span)


def _between(edges: list[int], within: Span, span: Span) -> Span:
    """From the last edge before ``span`` to the first behind it."""
    start, end = span.start - within.start, span.end - within.start
    left = max((edge for edge in edges if edge <= start), default=0)
    right = min((edge for edge in edges if edge >= end and edge > left), default=len(within))
    return Span(within.start + left, within.start + right)


def _word_edges(piece: str) -> list[int]:
    """Boundaries in code points. Qt's finder counts UTF-16 units: it is asked over a stand-in
    in which each character beyond U+FFFF is one letter-like sign."""
    stand_in = "".join(c if ord(c) <= 0xFFFF else "\u2b24" for c in piece)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, stand_in)
    edges = [0]
    while (at := finder.toNextBoundary()) != -1:
        edges.append(at)
    return edges
