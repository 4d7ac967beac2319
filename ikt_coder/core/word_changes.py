"""What changed from one wording to another, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from ikt_coder.core.frozen import frozen

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.3
"""The share of the shorter wording that has to stay for the two to be shown as one."""


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@frozen
class Words:
    """A stretch of words with one fate."""

    text: str
    fate: Fate


def word_changes(before: str, after: str) -> tuple[Words, ...]:
    """The words of both wordings in reading order: what is gone stands before what is new.

    Without what is new the stretches read as ``before``, without what is gone as ``after``.
    """
    one, other = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Words] = []

    def put(pieces: list[str], fate: Fate) -> None:
        if pieces:
            found.append(Words("".join(pieces), fate))

    matcher = SequenceMatcher(_is_space, one, other, autojunk=False)
    steps = _joined(matcher.get_opcodes(), one)
    stays = sum(_ink(one[at:end]) for kind, at, end, _, _ in steps if kind == "equal")
    if stays < _ALIKE * min(_ink(one), _ink(other)):
        # Hardly a word stayed: two whole wordings are read more easily than their crumbs.
        put(one, Fate.GONE)
        put(other, Fate.NEW)
        return tuple(found)
    for kind, at, end, at_other, end_other in steps:
        if kind == "equal":
            put(one[at:end], Fate.SAME)
        else:
            put(one[at:end], Fate.GONE)
            put(other[at_other:end_other], Fate.NEW)
    return tuple(found)


_Step = tuple[str, int, int, int, int]


def _joined(steps: Sequence[_Step], one: list[str]) -> list[_Step]:
    """What holds no word and stayed between two changes is no landmark: the three become one."""
    kept: list[_Step] = []
    for at, step in enumerate(steps):
        kind, start, end, start_other, end_other = step
        between = 0 < at < len(steps) - 1
        lost = kind == "equal" and between and not _ink(one[start:end])
        if kept and kept[-1][0] != "equal" and (kind != "equal" or lost):
            _, first, _, first_other, _ = kept[-1]
            kept[-1] = ("replace", first, end, first_other, end_other)
        else:
            kept.append((kind, start, end, start_other, end_other))
    return kept


def _ink(pieces: Sequence[str]) -> int:
    """How many letters and digits some pieces have."""
    return sum(len(piece) for piece in pieces if piece[0].isalnum() or piece[0] == "_")


def _is_space(piece: str) -> bool:
    return piece.isspace()
