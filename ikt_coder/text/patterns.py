"""Finding words and patterns in one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from ikt_coder.core.errors import UserError
from ikt_coder.text.folding import (
    UNSEEN_CLASS,
    UNSEEN_SIGNS,
    comparable,
    folded,
    without_unseen,
)

LONGEST: Final = 1000
"""Signs a pattern or words to search for may have."""


class Finder:
    """Looks for words as a person means them.

    A space stands for any white space, line breaks too; a straight apostrophe for a curly one,
    and the other way round; likewise hyphens. Marks on letters and signs that are not seen are
    passed over. Raises UserError where there is nothing to look for.
    """

    def __init__(
        self, words: str, *, whole: bool = False, case: bool = False, accents: bool = False
    ) -> None:
        refuse_long(words)
        self._parts = without_unseen(folded(words)).split()
        if not self._parts:
            raise UserError("There is nothing to search for.", "Type some words.")
        self._anchor = max(range(len(self._parts)), key=lambda n: len(self._parts[n]))
        self._whole_left = whole and _of_word(self._parts[0][0])
        self._whole_right = whole and _of_word(self._parts[-1][-1])
        self._exact = (case, accents) if case or accents else None
        self._wanted = comparable(words, case=case, accents=accents)
        self._passing: regex.Pattern[str] | None = None

    def find(self, text: str, text_folded: str, unseen: bool) -> Iterator[tuple[int, int]]:
        """Start and end of each place, from left to right, none overlapping another.

        ``text_folded`` is ``folded(text)``; ``unseen``: ``has_unseen(text)``.
        """
        if unseen:
            found = self._find_passing(text_folded)
        elif len(self._parts) == 1:
            found = self._find_one(text_folded)
        else:
            found = self._find_several(text_folded)
        if self._whole_left or self._whole_right:
            found = self._whole(text_folded, found)
        return found if self._exact is None else self._same(text, found, *self._exact)

    def _find_one(self, text: str) -> Iterator[tuple[int, int]]:
        (part,) = self._parts
        size, find = len(part), text.find
        at = find(part)
        while at >= 0:
            yield at, at + size
            at = find(part, at + size)

    def _find_several(self, text: str) -> Iterator[tuple[int, int]]:
        anchor, done = self._parts[self._anchor], 0
        at = text.find(anchor)
        while at >= 0:
            start = self._backward(text, at)
            end = self._forward(text, at + len(anchor)) if start >= done else -1
            if end >= 0:
                yield start, end
                done = end
            at = text.find(anchor, max(at + 1, done))

    def _backward(self, text: str, at: int) -> int:
        """Where the words before the anchor begin; -1 where they do not stand there."""
        for part in reversed(self._parts[: self._anchor]):
            end = at
            while end > 0 and text[end - 1] == " ":
                end -= 1
            start = end - len(part)
            if end == at or start < 0 or not text.startswith(part, start):
                return -1
            at = start
        return at

    def _forward(self, text: str, at: int) -> int:
        for part in self._parts[self._anchor + 1 :]:
            start = at
            while start < len(text) and text[start] == " ":
                start += 1
            if start == at or not text.startswith(part, start):
                return -1
            at = start + len(part)
        return at

    def _find_passing(self, text: str) -> Iterator[tuple[int, int]]:
        if self._passing is None:
            passed = f"[{UNSEEN_CLASS}]*+"
            parts = ["".join(regex.escape(s) + passed for s in part) for part in self._parts]
            self._passing = regex.compile(f"(?: {passed})++".join(parts))
        for match in self._passing.finditer(text):
            yield match.span()

    def _whole(self, text: str, found: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        left, right, length = self._whole_left, self._whole_right, len(text)
        for start, end in found:
            if left and start and _of_word(text[start - 1]) and _word_before(text, start):
                continue
            if right and end < length and _of_word(text[end]):
                continue
            yield start, end

    def _same(
        self, text: str, found: Iterator[tuple[int, int]], case: bool, accents: bool
    ) -> Iterator[tuple[int, int]]:
        for start, end in found:
            if comparable(text[start:end], case=case, accents=accents) == self._wanted:
                yield start, end


def _of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or sign in UNSEEN_SIGNS


def _word_before(text: str, at: int) -> bool:
    """Whether a letter stands before, signs that are not seen passed over."""
    while at and text[at - 1] in UNSEEN_SIGNS:
        at -= 1
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")


def refuse_long(words: str) -> None:
    if len(words) > LONGEST:
        raise UserError(
            f"What is searched for has {len(words):,} signs; {LONGEST:,} are the most.",
            "Search for a few of the words.",
        )


class PatternFinder:
    """Looks for a regular expression; ``^`` and ``$`` are the ends of a line.

    Raises UserError, in plain words and with the place, where the pattern cannot be read.
    """

    def __init__(self, pattern: str, *, case: bool = False) -> None:
        refuse_long(pattern)
        if not pattern:
            raise UserError("There is nothing to search for.", "Type a pattern.")
        flags = regex.VERSION0 | regex.MULTILINE | (0 if case else regex.IGNORECASE)
        try:
            self._pattern = regex.compile(pattern, flags)
        except regex.error as error:
            place = "" if error.pos is None else f" at sign {error.pos + 1}"
            raise UserError(
                f"The pattern cannot be read{place}: {error.msg}.",
                r"Signs such as ( ) [ ] * + ? . have a meaning; put \ before one that is meant "
                "as it stands.",
            ) from None
        except (RecursionError, OverflowError, MemoryError):
            raise UserError("The pattern is too deeply nested.", "Make it simpler.") from None

    def find(self, text: str, seconds: float) -> Iterator[tuple[int, int]]:
        """Start and end of each place that is not empty. Raises TimeoutError after so many
        seconds; meanwhile other threads run."""
        if seconds <= 0:
            raise TimeoutError
        for match in self._pattern.finditer(text, timeout=seconds, concurrent=True):
            start, end = match.span()
            if start < end:
                yield start, end
