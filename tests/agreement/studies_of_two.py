"""Small made studies for the tests: documents, spans, judgements, and slow but plain counting."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from ikt_coder.agreement.counts import CodedDocument, Segment, Tally
from ikt_coder.agreement.ground import Rule

CODES = 3


@st.composite
def disjoint(draw: st.DrawFn, length: int) -> tuple[tuple[int, int], ...]:
    """Sorted spans that do not overlap, some touching, within a text."""
    edges = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def studies(
    draw: st.DrawFn, *, most_coders: int = 4, scopes: bool = True, units: bool = False
) -> tuple[list[CodedDocument], list[Segment], int]:
    """Documents of up to 40 characters, codings in them, the number of coders."""
    coders = draw(st.integers(2, most_coders))
    documents: list[CodedDocument] = []
    segments: list[Segment] = []
    for at in range(draw(st.integers(1, 3))):
        length = draw(st.integers(0, 40))
        scope = draw(st.none() | disjoint(length)) if scopes else None
        made = draw(disjoint(length)) if units else None
        documents.append(CodedDocument(length, draw(st.integers(0, 2**coders - 1)), scope, made))
        for _ in range(draw(st.integers(0, 8))):
            start = draw(st.integers(0, length))
            end = draw(st.integers(start, length))
            code, coder = draw(st.integers(0, CODES - 1)), draw(st.integers(0, coders - 1))
            segments.append((at, code, coder, start, end))
    return documents, segments, coders


def finished_by(document: CodedDocument) -> int:
    return document.coders if document.coders.bit_count() > 1 else 0


def in_scope(document: CodedDocument) -> list[int]:
    """The characters that count."""
    if document.scope is None:
        return list(range(document.length))
    return [at for start, end in document.scope for at in range(start, end)]


def applied(segments: list[Segment], document: int, code: int, at: int, finished: int) -> int:
    """The mask of coders who applied a code to a character."""
    mask = 0
    for d, c, coder, start, end in segments:
        if d == document and c == code and start <= at < end and finished >> coder & 1:
            mask |= 1 << coder
    return mask


def counted_slowly(
    documents: list[CodedDocument], segments: list[Segment], code: int, rule: Rule = Rule.ANY
) -> Tally:
    """The tally of a code, character by character and unit by unit."""
    tally: Counter[tuple[int, int]] = Counter()
    for at, document in enumerate(documents):
        finished = finished_by(document)
        if not finished:
            continue
        counting = in_scope(document)
        units = [[one] for one in counting]
        if document.units is not None:
            units = [
                [one for one in counting if start <= one < end] for start, end in document.units
            ]
        for unit in units:
            if not unit:
                continue
            masks = [applied(segments, at, code, one, finished) for one in unit]
            mask = 0
            for coder in range(8):
                coded = sum(1 for one in masks if one >> coder & 1)
                if (
                    (rule is Rule.ANY and coded)
                    or (rule is Rule.HALF and 2 * coded >= len(unit))
                    or (rule is Rule.ALL and coded == len(unit))
                ):
                    mask |= 1 << coder
            tally[finished, mask] += 1
    return dict(tally)


def judged(missing: bool = True) -> st.SearchStrategy[list[tuple[int | None, ...]]]:
    """Units of two to five coders in up to four categories."""
    value: st.SearchStrategy[int | None] = st.integers(0, 3)
    if missing:
        value = st.none() | value

    def rows(coders: int) -> st.SearchStrategy[list[tuple[int | None, ...]]]:
        return st.lists(st.tuples(*[value] * coders), min_size=1, max_size=25)

    return st.integers(2, 5).flatmap(rows)
