"""The sentence or turn around a place in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from ikt_coder.core.search import Unit
from ikt_coder.core.span import Span
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.services.voices import turns_touched
from ikt_coder.text.sentences import sentences


def widener(kept: KeptText, unit: Unit) -> Callable[[Span], Span]:
    """``widened`` for many spans of one text."""
    known: dict[tuple[int, int], Span] = {}

    def around(span: Span) -> Span:
        key = (span.start, span.end)
        if key not in known:
            known[key] = widened(kept, span, unit)
        return known[key]

    return around


def widened(kept: KeptText, span: Span, unit: Unit) -> Span:
    if unit is Unit.HIT:
        return span
    first = bisect_right(kept.ends, span.start)
    turns = turns_touched(kept, span.start, span.end, first)
    if turns:
        piece = Span(kept.words[turns[0]], kept.ends[turns[-1]])
    elif first < len(kept.starts) and kept.starts[first] < span.end:
        return span  # a label
    else:
        before = kept.ends[first - 1] if first else 0
        after = kept.starts[first] if first < len(kept.starts) else len(kept.text)
        piece = Span(before, after)
    start, end = min(span.start, piece.start), max(span.end, piece.end)
    if unit is Unit.TURN:
        words = kept.text[start:end]
        first_word = start + len(words) - len(words.lstrip())
        return Span(min(span.start, first_word), max(span.end, start + len(words.rstrip())))
    pieces = [Span(kept.words[n], kept.ends[n]) for n in turns] or [piece]
    touched = [s for s in sentences(kept.text, pieces) if s.overlaps(span)]
    if not touched:
        return span
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one; those that only touch stay apart."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined
