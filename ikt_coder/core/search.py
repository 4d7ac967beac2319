"""What a search in the texts asks for."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.core.words import Whose


class Mode(StrEnum):
    """How the words typed are compared with those of the texts."""

    PLAIN = "plain"  # as a person means them: kinds of apostrophe, hyphen and space are one
    WORD = "word"  # likewise, but whole words only
    LEMMA = "lemma"  # every form of the words: "decide" finds "decided"
    REGEX = "regex"


class Unit(StrEnum):
    """What is coded around a hit."""

    HIT = "hit"
    SENTENCE = "sentence"
    TURN = "turn"


class Coded(StrEnum):
    """Which hits, by the codings that lie on them."""

    ANY = "any"
    UNCODED = "uncoded"
    WITH = "with"  # one of ``SearchQuery.codes``, sub-codes included


@frozen
class SearchQuery:
    """What is looked for and where. An empty set does not filter; the sets are joined by
    *and*. ``case`` and ``accents``: whether they matter. ``labels``: also in the names and
    times that stand before what a turn says. ``whose``: whose codings ``coded`` looks at.
    Lemmas are compared without case; in a pattern accents always matter."""

    text: str
    mode: Mode = Mode.PLAIN
    case: bool = False
    accents: bool = False
    documents: frozenset[UUID] = frozenset()
    folders: frozenset[UUID] = frozenset()  # with those below
    participants: frozenset[UUID] = frozenset()
    speakers: frozenset[str] = frozenset()  # labels in the transcripts
    roles: frozenset[SpeakerRole] = frozenset()
    coded: Coded = Coded.ANY
    codes: frozenset[UUID] = frozenset()
    whose: Whose = Whose.MINE
    labels: bool = False
