"""What is counted in words and phrases."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen


class WordKind(StrEnum):
    """What a table of words counts."""

    LEMMAS = "lemmas"  # all forms of a word together
    FORMS = "forms"
    NOUN_PHRASES = "noun_phrases"
    WORD_RUNS = "word_runs"


@frozen
class WordScope:
    """Whose words are counted. An empty set does not filter. ``participants_only``: the
    interviewer's words are left out. Those of people left out of analysis always are."""

    documents: frozenset[UUID] = frozenset()
    folders: frozenset[UUID] = frozenset()  # with those below
    participants: frozenset[UUID] = frozenset()
    participants_only: bool = True


@frozen
class WordRow:
    """A word or phrase: ``text`` is shown, ``key`` is what is counted as the same."""

    text: str
    key: str
    count: int
    participants: int
    documents: int


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words or phrases, the most frequent first. ``words`` is the number of all words in the
    scope, stop words included; ``documents`` and ``participants`` are those they come from.
    ``notes`` are sentences for the person who reads the table."""

    kind: WordKind
    scope: WordScope
    rows: tuple[WordRow, ...]
    words: int
    documents: int
    participants: int
    notes: tuple[str, ...] = field(default=())
