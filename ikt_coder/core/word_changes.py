"""What changed from one wording to another, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from ikt_coder.core.frozen import frozen

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


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
    for kind, at, end, at_other, end_other in _joined(matcher.get_opcodes(), one):
        if kind == "equal":
            put(one[at:end], Fate.SAME)
        else:
            put(one[at:end], Fate.GONE)
            put(other[at_other:end_other], Fate.NEW)
    return tuple(found)


_Step = tuple[str, int, int, int, int]


def _joined(steps: Sequence[_Step], one: list[str]) -> list[_Step]:
    """A single space that stayed between two changes is no landmark: the three become one."""
    kept: list[_Step] = []
    for at, step in enumerate(steps):
        kind, start, end, start_other, end_other = step
        alone = kind == "equal" and end - start == 1 and _is_space(one[start])
        between = 0 < at < len(steps) - 1
        if kept and kept[-1][0] != "equal" and (kind != "equal" or (alone and between)):
            _, first, _, first_other, _ = kept[-1]
            kept[-1] = ("replace", first, end, first_other, end_other)
        else:
            kept.append((kind, start, end, start_other, end_other))
    return kept


def _is_space(piece: str) -> bool:
    return piece.isspace()
