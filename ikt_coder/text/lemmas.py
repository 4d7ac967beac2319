"""Finding words in all their forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from ikt_coder.text.analysis import PARTS, STOP, WORD, Analysis
from ikt_coder.text.folding import folded, without_unseen

BETWEEN: Final = 2
"""Small words that may stand between two words of a phrase."""

_DET, _PRON = map(PARTS.index, ("DET", "PRON"))


def compared(lemma: str, *, accents: bool) -> str:
    """The form in which lemmas are the same: without case, and without accents unless these
    matter."""
    if accents:
        return unicodedata.normalize("NFC", lemma.lower())
    return without_unseen(folded(lemma))


class LemmaFinder:
    """Looks for a phrase whose words may each have any of some lemmas.

    Between two words an article or a possessive may stand, so that "make decision" finds
    "made their decision"; also a hyphen.
    """

    def __init__(self, words: Sequence[frozenset[str]], *, accents: bool = False) -> None:
        self._accents = accents
        self._wanted = [
            frozenset(compared(lemma, accents=accents) for lemma in each) for each in words
        ]

    def find(self, text: str, analysis: Analysis) -> Iterator[tuple[int, int]]:
        """Start and end of each place, from left to right, none overlapping another."""
        known = [compared(lemma, accents=self._accents) for lemma in analysis.lemmas]
        ids = [
            frozenset(n for n, lemma in enumerate(known) if lemma in wanted)
            for wanted in self._wanted
        ]
        if not ids or not all(ids):
            return
        first, done = ids[0], 0
        for n, number in enumerate(analysis.lemma_ids):
            if number in first and n >= done and analysis.flags[n] & WORD:
                last = self._rest(text, analysis, ids, n)
                if last >= 0:
                    yield analysis.starts[n], analysis.ends[last]
                    done = last + 1

    @staticmethod
    def _rest(text: str, analysis: Analysis, ids: list[frozenset[int]], n: int) -> int:
        """The last token of the phrase that begins with token ``n``; -1 where there is none."""
        for wanted in ids[1:]:
            passed = 0
            n += 1
            while n < len(analysis) and analysis.lemma_ids[n] not in wanted:
                part = analysis.parts[n]
                small = part in (_DET, _PRON) and analysis.flags[n] & STOP
                joint = folded(text[analysis.starts[n] : analysis.ends[n]]) == "-"
                passed += 1
                if passed > BETWEEN or not (small or joint):
                    return -1
                n += 1
            if n >= len(analysis):
                return -1
        return n
