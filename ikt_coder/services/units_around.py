"""The sentence or turn around a place in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from ikt_coder.core.search import Unit
from ikt_coder.core.span import Span
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.text.sentences import sentences


def widener(kept: KeptText, unit: Unit) -> Callable[[Span], Span]:
    """How to widen places of a text to the sentence or to the words of the turn around them,
    from the first to the last where a place crosses an end. A label alone stays what it is."""
    if unit is Unit.HIT:
        return lambda span: span
    if unit is Unit.TURN:
        turns = [_trimmed(kept.text, piece) for piece, _ in kept.pieces()]
        return lambda span: _holding(span, _overlapping(turns, span))
    pieces = kept.spoken()
    found: dict[Span, list[Span]] = {}

    def around(span: Span) -> Span:
        touched: list[Span] = []
        for piece in _overlapping(pieces, span):
            if piece not in found:
                found[piece] = sentences(kept.text, [piece])
            touched += _overlapping(found[piece], span)
        return _holding(span, touched)

    return around


def _overlapping(found: list[Span], span: Span) -> list[Span]:
    """Those of some spans in order that share a sign with a span."""
    touched = []
    for each in found[bisect_right(found, span.start, key=lambda one: one.end) :]:
        if each.start >= span.end:
            break
        touched.append(each)
    return touched


def _holding(span: Span, touched: list[Span]) -> Span:
    """From the first to the last of what is touched; the span itself where nothing is."""
    if not touched:
        return span
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


def _trimmed(text: str, piece: Span) -> Span:
    """A piece without the white space at its ends; at its end where it is nothing else."""
    words = text[piece.start : piece.end]
    start = piece.end - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one; those that only touch stay apart."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and span.start < made[-1].end:
            made[-1] = Span(made[-1].start, max(span.end, made[-1].end))
        else:
            made.append(span)
    return made
