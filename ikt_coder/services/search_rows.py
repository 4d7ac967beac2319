"""What a search hands to the screen and the command line."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import overload
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.search import SearchQuery
from ikt_coder.core.span import Span
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.services.voices import Voice, turns_touched

LIMIT = 50_000
"""Hits that are shown at most; all are counted."""


@frozen
class Hit:
    """A place that was found. ``speaker`` is the label of its turn, ``start_ms`` when that
    begins; ``edit`` the newest edit of the text that the span refers to."""

    document: UUID
    span: Span
    speaker: str | None
    participants: tuple[UUID, ...]
    start_ms: int | None
    edit: UUID | None


@frozen
class HitContext:
    """A hit with the words around it."""

    hit: Hit
    title: str
    before: str
    words: str
    after: str


@frozen
class DocumentCount:
    document: UUID
    title: str
    hits: int


@frozen
class ParticipantCount:
    """Hits in a participant's words. ``left_out``: of analysis."""

    participant: UUID
    label: str
    hits: int
    documents: int
    left_out: bool = False


class FoundIn:
    """The hits of one document, as numbers."""

    __slots__ = ("document", "edit", "ends", "starts", "texts", "turns", "voices")

    def __init__(self, kept: KeptText, voices: list[Voice]) -> None:
        self.document = kept.document
        self.edit = kept.edit
        self.voices = voices
        self.texts = _turns_only(kept)
        self.starts, self.ends = array("I"), array("I")
        self.turns = array("i")  # the first turn that ends behind the hit's start

    def __len__(self) -> int:
        return len(self.starts)

    def hit(self, n: int) -> Hit:
        start, end, first = self.starts[n], self.ends[n], self.turns[n]
        turns = turns_touched(self.texts, start, end, first)
        voices = [self.voices[self.texts.who[turn]] for turn in turns] or [self.voices[0]]
        if not turns and first < len(self.texts.starts) and self.texts.starts[first] < end:
            voices = []  # a label
        ms = self.texts.times[turns[0]] if turns else -1
        return Hit(
            self.document,
            Span(start, end),
            next((voice.label for voice in voices if voice.label is not None), None),
            tuple(dict.fromkeys(v.person for v in voices if v.person is not None)),
            ms if ms >= 0 else None,
            self.edit,
        )


def _turns_only(kept: KeptText) -> KeptText:
    """The turns without the text, which would stay in memory as long as the hits."""
    return KeptText(
        kept.document,
        kept.state,
        "",
        kept.starts,
        kept.ends,
        kept.words,
        kept.who,
        kept.times,
        kept.speakers,
    )


class Hits(Sequence[Hit]):
    """The first ``LIMIT`` hits in the order of the documents; each is made when it is read."""

    def __init__(self, found: Sequence[FoundIn]) -> None:
        self._found = found
        self._before = array("Q")  # hits before each document's
        count = 0
        for each in found:
            self._before.append(count)
            count += len(each)
        self._count = min(count, LIMIT)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        if isinstance(index, slice):
            return tuple(map(self._made, range(*index.indices(self._count))))
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._made(index % self._count)

    def _made(self, index: int) -> Hit:
        at = bisect_right(self._before, index) - 1
        return self._found[at].hit(index - self._before[at])


@frozen
class SearchResult:
    """What a search found. Counts are of all hits, also of those not shown; a hit that
    touches the words of two participants counts for both. ``notes`` are sentences for the
    person who searched."""

    query: SearchQuery
    hits: Sequence[Hit]
    total: int
    documents: tuple[DocumentCount, ...]
    participants: tuple[ParticipantCount, ...]
    notes: tuple[str, ...]
    seconds: float

    @property
    def shown(self) -> int:
        return len(self.hits)

    @property
    def limited(self) -> bool:
        return self.shown < self.total


@frozen
class CodedHits:
    """What coding some hits did: the code, its codings on them, how many were made and how
    many were there already."""

    code: UUID
    codings: tuple[UUID, ...]
    made: int
    already: int
