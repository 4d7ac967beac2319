"""Finding words and patterns in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from ikt_coder.core.errors import UserError
from ikt_coder.text.folding import UNSEEN_CLASS, comparable, folded, without_unseen

LONGEST: Final = 1000
"""Signs a pattern or words to search for may have."""

HEAVIEST: Final = 100_000
"""Parts a pattern may have when its counted repeats are written out, which is how it is compiled:
one of 60 signs can fill all memory otherwise."""

_PIECE: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<least>\d*)(?:,(?P<most>\d*))?\}|.", re.DOTALL
)
_RECURSION: Final = re.compile(r"\(\?(?:R|[+-]?\d+|&|P>)")


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
        self._left = whole and _of_word(self._parts[0][0])
        self._right = whole and _of_word(self._parts[-1][-1])
        self._words = " ".join(words.split())
        self._case, self._accents = case, accents
        self._wanted = comparable(words, case=case, accents=accents)
        self._in_ascii = self._ascii_pattern(0 if case else regex.IGNORECASE)
        self._plain = regex.compile(self._pattern(""))
        self._passing = regex.compile(self._pattern(f"[{UNSEEN_CLASS}]*+"))

    def _pattern(self, passed: str) -> str:
        """The words, each sign followed by what is passed over."""
        words = (f"(?: {passed})++").join(
            "".join(regex.escape(sign) + passed for sign in part) for part in self._parts
        )
        left = rf"(?<!\w{passed})" if self._left else ""
        return left + words + (r"(?!\w)" if self._right else "")

    def _ascii_pattern(self, flags: int) -> regex.Pattern[str] | None:
        """The words for a text of ASCII alone; None where they cannot stand in one."""
        if not self._wanted.isascii():
            return None
        words = r"\s++".join(
            "['`]".join(map(regex.escape, part.split("'"))) for part in self._wanted.split()
        )
        left, right = (r"\b" if side else "" for side in (self._left, self._right))
        return regex.compile(left + words + right, flags)

    def find_in_ascii(self, text: str) -> Iterator[tuple[int, int]]:
        """``find`` for a text of ASCII alone, which needs no folded form."""
        if self._in_ascii is None:
            return iter(())
        return (match.span() for match in self._in_ascii.finditer(text))

    def find(self, text: str, text_folded: str, unseen: bool) -> Iterator[tuple[int, int]]:
        """Start and end of each place, from left to right, none overlapping another.

        ``text_folded`` is ``folded(text)``; ``unseen``: ``has_unseen(text)``.
        """
        found: Iterator[tuple[int, int]]
        if not unseen and len(self._parts) == 1 and not (self._left or self._right):
            found = self._find_one(text_folded)
        else:
            pattern = self._passing if unseen else self._plain
            found = (match.span() for match in pattern.finditer(text_folded))
        return self._same(text, found) if self._case or self._accents else found

    def _find_one(self, text: str) -> Iterator[tuple[int, int]]:
        (part,) = self._parts
        size, find = len(part), text.find
        at = find(part)
        while at >= 0:
            yield at, at + size
            at = find(part, at + size)

    def _same(self, text: str, found: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Those that are the same also in case, in accents, or in both."""
        case, accents, words, wanted = self._case, self._accents, self._words, self._wanted
        for start, end in found:
            piece = text[start:end]
            if piece == words or comparable(piece, case=case, accents=accents) == wanted:
                yield start, end


def _of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


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
        if _weight(pattern) > HEAVIEST:
            raise UserError(
                "The pattern repeats too much: its counts, multiplied, come to more than "
                f"{HEAVIEST:,}.",
                "Use smaller numbers in { }, or + and * instead.",
            )
        if _RECURSION.search(pattern):
            # Without an end it takes memory faster than time.
            raise UserError(
                "The pattern calls itself, as (?R) or (?1) does, which is not possible here.",
                "Leave the call out.",
            )
        flags = regex.MULTILINE | (0 if case else regex.IGNORECASE)
        try:
            self._pattern = regex.compile(pattern, flags)
        except regex.error as error:
            raise UserError(
                f"The pattern cannot be read{_place(pattern, error.pos)}: {error.msg}.",
                r"Signs such as ( ) [ ] * + ? . have a meaning; put \ before one that is meant "
                "as it stands.",
            ) from None
        except ValueError:  # flags within the pattern that exclude each other
            raise UserError(
                "The pattern cannot be read: its options, such as (?u), exclude each other.",
                "Leave them out.",
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


def _place(pattern: str, at: int | None) -> str:
    if at is None:
        return ""
    return f" at sign {at + 1}" if at < len(pattern) else " to its end"


def _weight(pattern: str) -> int:
    """How many parts a pattern has when its counted repeats are written out."""
    open_groups, last = [0], 0
    for piece in _PIECE.finditer(pattern):
        counts = [int(count) for count in piece.group("least", "most") if count]
        if counts:
            times = max(1, *counts)
            open_groups[-1] += last * (times - 1)
            last *= times
        elif piece.group() == "(":
            open_groups.append(0)
        elif piece.group() == ")" and len(open_groups) > 1:
            last = open_groups.pop()
            open_groups[-1] += last
        else:
            last = 1
            open_groups[-1] += 1
    return sum(open_groups)
