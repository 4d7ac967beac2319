"""Which question of the guide an interviewer's turn asks: a proposal for a person to review.

The words of a question that are rare in the guide count most; a turn asks the question of whose
weight it says the largest share, if that is at least ``LEAST``. Interviewers ask in the order of
the guide, so of equals the one that comes next is taken.

One word that a turn shares with a question ("time", "feel", "come") proposes nothing. Of four
guides tried on eleven interviews, proposals of between 45 and 60 % were right in 12 of 16 cases
where two words or more were shared, and in 5 of 21 where it was one; above 60 % in 59 of 68, and
in 5 of 10. A ``LEAST`` of 0.6 would have lost more that was right (17) and kept half of the guesses
above it. A question that has one such word alone is proposed where the word is said, but counts
as ``HALF`` alike unless the turn asks about nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from uuid import UUID

LEAST = 0.45
"""The share of a question's weight that a turn has to say."""
HALF = 0.5
"""How much a turn that also speaks of other things asks a question of one word."""

_WORD = re.compile(r"[^\W\d_]{2,}")
# Words of asking itself; they tell no question from another.
_COMMON = frozenset(
    _WORD.findall(
        """
        about all also an and any are as at be been but by can could did do does for from get had
        has have how if in into is it its just like make me more my of okay on or our please
        really so some tell that the their them then there these they thing things think this
        those to us was we were what when where which who why will with would you your yourself
        au aux avec ce ces comment dans de des du elle en est et il ils la le les leur lui ma mais
        me mes moi mon ne nos notre nous on ou par pas plus pour quand que quel quelle quelles
        quels qui sa se ses son sur ta te tes toi ton tu un une vos votre vous
        """
    )
)


class Matcher:
    """Compares turns with the questions of one guide, given in its order by id."""

    def __init__(self, questions: Mapping[UUID, str]) -> None:
        self._order = {key: at for at, key in enumerate(questions)}
        words = {key: content_words(text) for key, text in questions.items()}
        spread = Counter(word for some in words.values() for word in some)
        number = len(words)
        self._weights = {
            key: {word: log(1 + number / spread[word]) for word in some}
            for key, some in words.items()
            if some
        }

    def best(self, turn: str, after: UUID | None = None) -> tuple[UUID | None, float]:
        """The question a turn asks most likely, and how much of it; (None, 0.0) where none is
        like enough. ``after`` is the question before it."""
        said = content_words(turn)
        if not said:
            return None, 0.0
        last = self._order.get(after, -1) if after is not None else -1
        best: tuple[float, int, int] | None = None
        found: UUID | None = None
        for key, weights in self._weights.items():
            share = _share(weights, said)
            if share < LEAST:
                continue
            place = self._order[key]
            rank = (round(share, 6), int(place > last), -place)
            if best is None or rank > best:
                best, found = rank, key
        return found, best[0] if best else 0.0

    def propose(self, turns: Sequence[str]) -> list[tuple[UUID | None, float]]:
        """A proposal for each turn of a conversation, in its order."""
        last: UUID | None = None
        proposals = []
        for turn in turns:
            key, share = self.best(turn, last)
            last = key or last
            proposals.append((key, share))
        return proposals


def _share(weights: Mapping[str, float], said: frozenset[str]) -> float:
    """How much of a question's weight is said; none where a single word of several is."""
    shared = [weight for word, weight in weights.items() if word in said]
    if len(weights) == 1:
        return 0.0 if not shared else 1.0 if len(said) == 1 else HALF
    if len(shared) < 2:
        return 0.0
    return sum(shared) / sum(weights.values())


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, folded and without common endings."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(_stem(word) for word in _WORD.findall(folded) if word not in _COMMON)


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
