"""Words, noun phrases and runs of words of an analysis, to be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ikt_coder.text.analysis import PARTS, STOP, WORD, Analysis

LONGEST_RUN: Final = 4
"""Words in a run of words at most; a noun phrase may have one more."""

_NOUN, _PROPN, _ADJ, _ADP = map(PARTS.index, ("NOUN", "PROPN", "ADJ", "ADP"))
_NAMES: Final = frozenset({_NOUN, _PROPN})
_BEFORE: Final = _NAMES | {_ADJ}


def noun_phrases(analysis: Analysis) -> Iterator[range]:
    """Tokens of each noun phrase of two words or more, without what stands before it: nouns
    and adjectives that end in a noun, two of them joined by "of" being one ("lack of time").
    Nothing where the pipeline knows no kinds of words."""
    parts, flags = analysis.parts, analysis.flags
    for sentence in analysis.sentence_ranges():
        at, stop = sentence.start, sentence.stop
        while at < stop:
            end = _phrase(parts, flags, at, stop)
            if end == at:
                at += 1
                continue
            if (
                end < stop
                and parts[end] == _ADP
                and analysis.lemmas[analysis.lemma_ids[end]].lower() == "of"
            ):
                end = max(end, _phrase(parts, flags, end + 1, stop, otherwise=end))
            if 2 <= end - at <= LONGEST_RUN + 1:
                yield range(at, end)
            at = end


def _phrase(parts: bytes, flags: bytes, at: int, stop: int, otherwise: int | None = None) -> int:
    """Where nouns and adjectives from ``at`` on end with a noun; ``otherwise`` where none do."""
    end = otherwise = at if otherwise is None else otherwise
    while at < stop and parts[at] in _BEFORE and flags[at] & WORD:
        at += 1
        if parts[at - 1] in _NAMES:
            end = at
    return end


def word_runs(analysis: Analysis) -> Iterator[range]:
    """Tokens of each run of two to ``LONGEST_RUN`` words of one sentence that neither begins
    nor ends with a stop word."""
    flags = analysis.flags
    for sentence in analysis.sentence_ranges():
        for first in sentence:
            if flags[first] & (WORD | STOP) != WORD:
                continue
            for last in range(first + 1, min(first + LONGEST_RUN, sentence.stop)):
                if not flags[last] & WORD:
                    break
                if not flags[last] & STOP:
                    yield range(first, last + 1)


Phrases = Callable[[Analysis], Iterator[range]]


def key_of(analysis: Analysis, phrase: range) -> str:
    """What is the same phrase: its lemmas in small letters."""
    lemmas, ids = analysis.lemmas, analysis.lemma_ids
    return " ".join(lemmas[ids[n]].lower() for n in phrase)


def longest_only(counts: dict[str, int]) -> set[str]:
    """Keys of runs without those that never stand outside one longer run."""
    inside: set[str] = set()
    for key, count in counts.items():
        words = key.split(" ")
        for size in range(2, len(words)):
            for first in range(len(words) - size + 1):
                part = " ".join(words[first : first + size])
                if counts.get(part) == count:
                    inside.add(part)
    return counts.keys() - inside
