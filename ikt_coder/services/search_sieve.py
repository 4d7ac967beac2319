"""Which of the places found in a text a search lets through, and whose words they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from ikt_coder.core.search import Coded, SearchQuery
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.services.search_rows import FoundIn
from ikt_coder.services.voices import Voice, turns_touched

Places = Iterator[tuple[int, int]]
Passages = list[tuple[int, int]]


class Sieve:
    """Lets through the places that the filters of a query allow."""

    def __init__(self, query: SearchQuery, coded: Callable[[UUID], Passages] | None) -> None:
        self._query = query
        self._coded = coded
        self._by_voice = bool(query.roles or query.speakers or query.participants)

    def sift(self, kept: KeptText, voices: list[Voice], places: Places) -> FoundIn:
        found = FoundIn(kept, voices)
        allowed = [self._allows(voice) for voice in voices] if self._by_voice else None
        if self._coded is not None:
            some = list(places)
            places = self._by_coding(some, self._coded(kept.document) if some else [])
        labels = self._query.labels
        starts, ends, words, who = kept.starts, kept.ends, kept.words, kept.who
        count, turn = len(starts), 0
        add_start, add_end, add_turn = (
            found.starts.append,
            found.ends.append,
            found.turns.append,
        )
        for start, end in places:
            while turn < count and ends[turn] <= start:
                turn += 1
            if turn < count and starts[turn] < end:
                # A label that a span ends in is nobody's words.
                label = end <= words[turn] < ends[turn] and starts[turn] <= start
                if label and not labels:
                    continue
                if allowed is not None:
                    if label:
                        passes = allowed[who[turn]]
                    elif end <= ends[turn]:
                        passes = allowed[who[turn] if end > words[turn] else 0]
                    else:
                        touched = turns_touched(kept, start, end, turn)
                        passes = any(allowed[who[n]] for n in touched)
                    if not passes:
                        continue
            elif allowed is not None and not allowed[0]:
                continue
            add_start(start)
            add_end(end)
            add_turn(turn)
        return found

    def _allows(self, voice: Voice) -> bool:
        query = self._query
        return (
            (not query.roles or voice.role in query.roles)
            and (not query.speakers or voice.label in query.speakers)
            and (not query.participants or voice.person in query.participants)
        )

    def _by_coding(self, places: Iterable[tuple[int, int]], passages: Passages) -> Places:
        wanted = self._query.coded is Coded.WITH
        at = 0
        for start, end in places:
            while at < len(passages) and passages[at][1] <= start:
                at += 1
            if (at < len(passages) and passages[at][0] < end) is wanted:
                yield start, end


def by_person(found: FoundIn) -> dict[UUID, int]:
    """How many hits of a document touch each participant's words."""
    turns = found.texts
    starts, ends, words, who = turns.starts, turns.ends, turns.words, turns.who
    by_voice = [0] * len(found.voices)
    several: dict[UUID, int] = {}
    count = len(starts)
    for n, turn in enumerate(found.turns):
        end = found.ends[n]
        if turn >= count or starts[turn] >= end:
            by_voice[0] += 1
        elif end <= ends[turn] and starts[turn] <= found.starts[n]:
            if end > words[turn]:
                by_voice[who[turn]] += 1
        else:
            for person in found.hit(n).participants:
                several[person] = several.get(person, 0) + 1
    for voice, hits in zip(found.voices, by_voice, strict=True):
        if voice.person is not None and hits:
            several[voice.person] = several.get(voice.person, 0) + hits
    return several
