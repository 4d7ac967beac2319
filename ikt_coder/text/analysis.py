"""Sentences, tokens, lemmas and kinds of words of one text."""

from __future__ import annotations

import re
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.frozen import frozen
from ikt_coder.core.span import Span
from ikt_coder.text.pipelines import PipelineInfo, load
from ikt_coder.text.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Stop = Callable[[], bool]

PARTS: Final = (
    *("", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART"),
    *("PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "SPACE", "CONJ", "EOL"),
)
"""The kinds of words, by the names of Universal Dependencies; "" where they are not known."""

_PART: Final = {name: index for index, name in enumerate(PARTS)}
WORD: Final = 1  # has a letter or a figure
STOP: Final = 2  # one of the words of a language that say little by themselves

# Signs that a pipeline reads at once, and of one piece of them: its memory grows with them, and
# between two of its steps the window's thread must come in.
_AT_ONCE: Final = 3000
_PIECE: Final = 2000
_HALF_SIGN: Final = re.compile("[\ud800-\udfff]")


class Token(NamedTuple):
    """A word or sign at code points ``[start, end)``."""

    start: int
    end: int
    lemma: str
    part: str
    word: bool
    stop: bool


@frozen
class Analysis:
    """What a pipeline found in a text. The arrays are read only; positions are code points.

    The token ``n`` lies at ``[starts[n], ends[n])``; ``lemmas[lemma_ids[n]]`` is its lemma (the
    small letters of the word itself where the pipeline knows no lemmas), ``PARTS[parts[n]]``
    its kind, ``flags[n]`` holds WORD and STOP. Sentences lie at
    ``[sentence_starts[n], sentence_ends[n])``.
    """

    pipeline: str
    starts: array[int]
    ends: array[int]
    lemmas: tuple[str, ...]
    lemma_ids: array[int]
    parts: bytes
    flags: bytes
    sentence_starts: array[int]
    sentence_ends: array[int]

    def __len__(self) -> int:
        return len(self.starts)

    def token(self, n: int) -> Token:
        flags = self.flags[n]
        return Token(
            self.starts[n],
            self.ends[n],
            self.lemmas[self.lemma_ids[n]],
            PARTS[self.parts[n]],
            bool(flags & WORD),
            bool(flags & STOP),
        )

    def tokens(self) -> Iterator[Token]:
        return map(self.token, range(len(self)))

    def within(self, span: Span) -> range:
        """The tokens that begin in a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def sentences(self) -> Iterator[Span]:
        return map(Span, self.sentence_starts, self.sentence_ends)

    def sentence_ranges(self) -> Iterator[range]:
        """The tokens of each sentence."""
        for start, end in zip(self.sentence_starts, self.sentence_ends, strict=True):
            yield self.within(Span(start, end))

    def sentence_of(self, at: int) -> Span | None:
        n = bisect_right(self.sentence_starts, at) - 1
        if n < 0 or at >= self.sentence_ends[n]:
            return None
        return Span(self.sentence_starts[n], self.sentence_ends[n])


def analyse(
    text: str, spoken: Sequence[Span], info: PipelineInfo, stop: Stop | None = None
) -> Analysis:
    """Analyse the spoken words of a text: ``spoken`` lie in order; what is between them, the
    labels and times of a transcript, is passed over. About a second for an hour's interview.

    One analysis at a time in the whole program; another waits. Raises Cancelled.
    """
    with _alone(stop):
        language = load(info)
        with language.memory_zone():
            return _Reader(info, language, stop).read(text, spoken)


def lemmas_of(words: str, info: PipelineInfo, stop: Stop | None = None) -> list[frozenset[str]]:
    """For each word of what a person typed, the lemmas that may be meant, in small letters.
    Raises Cancelled."""
    with _alone(stop):
        language = load(info)
        with language.memory_zone():
            found = []
            for token in language(_whole(words)):
                if _has_letter(token.text):
                    low = token.text.lower().replace("’", "'")
                    # By itself a word may be read otherwise than among others.
                    alone = language(low)[0].lemma_.lower() if info.lemmas else low
                    found.append(frozenset({token.lemma_.lower() or low, alone, low}))
            return found


_lock: Final = threading.Lock()


class _alone:
    """The pipelines for one thread. Raises Cancelled where it is stopped while it waits."""

    def __init__(self, stop: Stop | None) -> None:
        self._stop = stop

    def __enter__(self) -> None:
        while not _lock.acquire(timeout=0.1):
            if self._stop is not None and self._stop():
                raise Cancelled

    def __exit__(self, *_: object) -> None:
        _lock.release()


class _Reader:
    """Puts together what a pipeline finds in the pieces of one text."""

    def __init__(self, info: PipelineInfo, language: Language, stop: Stop | None) -> None:
        self._info = info
        self._language = language
        self._stop = stop
        self._starts, self._ends, self._ids = array("I"), array("I"), array("I")
        self._parts, self._flags = bytearray(), bytearray()
        self._known: dict[str, int] = {}

    def read(self, text: str, spoken: Sequence[Span]) -> Analysis:
        for some in _batches(text, spoken):
            if self._stop is not None and self._stop():
                raise Cancelled
            for made, at in self._language.pipe(some, as_tuples=True):
                self._take(made, at)
        found = sentences(text, spoken)
        return Analysis(
            self._info.name,
            self._starts,
            self._ends,
            tuple(self._known),
            self._ids,
            bytes(self._parts),
            bytes(self._flags),
            array("I", [span.start for span in found]),
            array("I", [span.end for span in found]),
        )

    def _take(self, made: Doc, at: int) -> None:
        known, lemmas = self._known, self._info.lemmas
        for token in made:
            if token.is_space:
                continue
            words = token.text
            start = at + token.idx
            self._starts.append(start)
            self._ends.append(start + len(words))
            lemma = ((token.lemma_ if lemmas else "") or words.lower()).replace("’", "'")
            self._ids.append(known.setdefault(lemma, len(known)))
            self._parts.append(_PART.get(token.pos_, 0))
            word = words.isalnum() or _has_letter(words)
            self._flags.append((WORD if word else 0) | (STOP if token.is_stop else 0))


def _has_letter(words: str) -> bool:
    return any(map(str.isalnum, words))


def _whole(text: str) -> str:
    """Half a sign (a lone surrogate) has no bytes; a pipeline cannot take it."""
    return text if text.isascii() else _HALF_SIGN.sub("\ufffd", text)


def _batches(text: str, spoken: Sequence[Span]) -> Iterator[list[tuple[str, int]]]:
    """The pieces, and where each begins, as many together as are read at once."""
    some: list[tuple[str, int]] = []
    size = 0
    for piece in _pieces(text, spoken):
        if some and size + len(piece) > _AT_ONCE:
            yield some
            some, size = [], 0
        some.append((_whole(text[piece.start : piece.end]), piece.start))
        size += len(piece)
    if some:
        yield some


def _pieces(text: str, spoken: Sequence[Span]) -> Iterator[Span]:
    """The spoken words in pieces that are small enough: cut at line ends, else after a sentence,
    else between words."""
    for span in spoken:
        start = span.start
        while span.end - start > _PIECE:
            end = start + _PIECE
            for sign in ("\n", ". ", " "):
                cut = text.rfind(sign, start + _PIECE // 2, end)
                if cut >= 0:
                    end = cut + len(sign)
                    break
            yield Span(start, end)
            start = end
        if start < span.end:
            yield Span(start, span.end)
