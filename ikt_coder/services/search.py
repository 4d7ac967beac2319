"""Searching all texts, and coding what was found."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import Cancelled, NotAllowed, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.query import Whose
from ikt_coder.core.search import Coded, Mode, SearchQuery, Unit
from ikt_coder.core.span import Span, unite
from ikt_coder.core.words import Layer, Origin
from ikt_coder.model import Coding
from ikt_coder.services.attribution import document_titles
from ikt_coder.services.base import Service
from ikt_coder.services.kept_texts import KeptText, KeptTexts
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.search_rows import (
    LIMIT,
    CodedHits,
    DocumentCount,
    FoundIn,
    Hit,
    HitContext,
    Hits,
    ParticipantCount,
    SearchResult,
)
from ikt_coder.services.voices import Voice, Voices, documents_within, turns_touched
from ikt_coder.text.patterns import Finder, PatternFinder
from ikt_coder.text.sentences import sentences

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
Places = Iterator[tuple[int, int]]
Look = Callable[[KeptText], Places]

SECONDS: Final = 2.0
"""How long a pattern may run over all texts together."""


class SearchService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.texts = KeptTexts(project)

    # -- finding --------------------------------------------------------------------------

    def find(
        self, query: SearchQuery, progress: Progress | None = None, stop: Stop | None = None
    ) -> SearchResult:
        """Find words in all texts. Nothing found is an empty result.

        By lemma, texts that were not analysed yet are analysed first (see ``words``).
        Raises UserError where nothing was typed, where the pattern cannot be read or takes
        too long; Cancelled.
        """
        begun = time.perf_counter()
        documents = documents_within(self._project, query.documents, query.folders)
        notes: list[str] = []
        look = self._look(query, documents, notes, stop)
        voices = Voices(self._project)
        sieve = _Sieve(query, self._coded(query))
        found: list[FoundIn] = []
        for done, kept in enumerate(self.texts.each(documents)):
            if stop is not None and stop():
                raise Cancelled
            here = sieve.sift(kept, voices.of(kept), look(kept))
            if len(here):
                found.append(here)
            if progress is not None:
                progress(done + 1, len(documents))
        return self._result(query, found, voices, notes, begun)

    def _look(
        self,
        query: SearchQuery,
        documents: Sequence[UUID],
        notes: list[str],
        stop: Stop | None,
    ) -> Look:
        if query.mode is Mode.REGEX:
            return _pattern_look(PatternFinder(query.text, case=query.case))
        if query.mode is Mode.LEMMA:
            return self._project.words.lemma_look(query, documents, notes, stop)
        finder = Finder(
            query.text,
            whole=query.mode is Mode.WORD,
            case=query.case,
            accents=query.accents,
        )
        return lambda kept: finder.find(kept.text, kept.folded, kept.unseen)

    def _coded(self, query: SearchQuery) -> dict[UUID, list[Span]] | None:
        """The passages that a hit must lie on, or must not; None where all hits count."""
        if query.coded is Coded.ANY:
            return None
        statement = select(Coding.document_id, Coding.start, Coding.end)
        if query.coded is Coded.WITH:
            codes = self._project.codes.with_below(list(query.codes))
            statement = statement.where(Coding.code_id.in_(codes))
        if query.whose is Whose.MINE:
            statement = statement.where(
                Coding.coder_id == self._project.coder, Coding.layer == Layer.CODER.value
            )
        elif query.whose is Whose.LAYER:
            info = self._project.layers.info()
            layered = {
                source.document: source for source in info.sources if source.layer is not None
            }
            statement = statement.add_columns(Coding.coder_id, Coding.layer)
            spans: dict[UUID, list[Span]] = {}
            for document, start, end, coder, layer in self._rows(statement):
                source = layered.get(document)
                if source is not None and (source.layer, source.coder) == (layer, coder):
                    spans.setdefault(document, []).append(Span(start, end))
            return {document: unite(each) for document, each in spans.items()}
        spans = {}
        for document, start, end in self._rows(statement):
            spans.setdefault(document, []).append(Span(start, end))
        return {document: unite(each) for document, each in spans.items()}

    def _result(
        self,
        query: SearchQuery,
        found: list[FoundIn],
        voices: Voices,
        notes: list[str],
        begun: float,
    ) -> SearchResult:
        titles = document_titles(self._project)
        total = sum(map(len, found))
        if total > LIMIT:
            notes.append(f"{LIMIT:,} of {total:,} places are shown. All of them are counted.")
        counts: dict[UUID, tuple[int, int]] = {}
        for each in found:
            for person, hits in _by_person(each).items():
                before, documents = counts.get(person, (0, 0))
                counts[person] = (before + hits, documents + 1)
        return SearchResult(
            query=query,
            hits=Hits(found),
            total=total,
            documents=tuple(
                DocumentCount(each.document, titles.get(each.document, ""), len(each))
                for each in found
            ),
            participants=tuple(
                ParticipantCount(
                    person.id, person.label, *counts[person.id], left_out=person.left_out
                )
                for person in voices.people.values()
                if person.id in counts
            ),
            notes=tuple(notes),
            seconds=time.perf_counter() - begun,
        )

    # -- around a hit ---------------------------------------------------------------------

    def contexts(self, hits: Iterable[Hit], characters: int = 80) -> tuple[HitContext, ...]:
        """Hits with so many characters before and after them, on their present texts."""
        wanted = list(hits)
        titles = document_titles(self._project)
        texts: dict[UUID, str] = {}
        documents = list(dict.fromkeys(hit.document for hit in wanted))
        for kept in self.texts.each(documents):
            texts[kept.document] = kept.text
        made = []
        for hit in wanted:
            text, (start, end) = texts.get(hit.document, ""), (hit.span.start, hit.span.end)
            made.append(
                HitContext(
                    hit,
                    titles.get(hit.document, ""),
                    text[max(0, start - characters) : start],
                    text[start:end],
                    text[end : end + characters],
                )
            )
        return tuple(made)

    def widened(self, hit: Hit, unit: Unit) -> Span:
        """The sentence (from the first to the last, where a hit crosses an end) or the words
        of the turn around a hit. A label alone stays what it is. Raises NotFound."""
        return _widened(self.texts.one(hit.document), hit.span, unit)

    # -- coding ---------------------------------------------------------------------------

    def code_hits(
        self,
        hits: Iterable[Hit],
        code: UUID | None = None,
        unit: Unit = Unit.HIT,
        *,
        new_code: str = "",
        parent: UUID | None = None,
    ) -> CodedHits:
        """Code hits, their sentences or their turns in one act, by the present coder; hits in
        one sentence or turn code it once. ``new_code`` names a code to be made instead.

        Raises UserError where a text was mended since the search: nothing is coded then.
        """
        wanted = list(hits)
        if not wanted:
            raise NotAllowed("No place was chosen. Nothing was coded.", "Choose one, or all.")
        if (code is None) == (not new_code.strip()):
            raise NotAllowed("Choose a code, or name a new one. Nothing was coded.")
        self._project.coders.ensure_present()
        with self._operation(Op.CODE_HITS) as op:
            spans = self._units(wanted, unit)
            if code is None:
                code = self._project.codes.add(new_code, parent)
            row = self._project.codes.get(code)
            there = {
                (document, start, end)
                for document, start, end in op.execute(
                    select(Coding.document_id, Coding.start, Coding.end).where(
                        Coding.code_id == code,
                        Coding.coder_id == self._project.coder,
                        Coding.layer == Layer.CODER.value,
                    )
                ).all()
            }
            already = sum((doc, span.start, span.end) in there for doc, span in spans)
            new = [NewCoding(doc, span, code, valence=row.default_valence) for doc, span in spans]
            made = self._project.codings.apply_many(new, Origin.SEARCH, Op.CODE_HITS)
            op.note(code=row.name, count=len(made) - already, unit=unit.value)
        return CodedHits(code, tuple(made), len(made) - already, already)

    def _units(self, hits: Sequence[Hit], unit: Unit) -> list[tuple[UUID, Span]]:
        by_document: dict[UUID, list[Hit]] = {}
        for hit in hits:
            by_document.setdefault(hit.document, []).append(hit)
        found: list[tuple[UUID, Span]] = []
        seen = 0
        for kept in self.texts.each(list(by_document)):
            seen += 1
            here = by_document[kept.document]
            if any(hit.edit != kept.edit or hit.span.end > len(kept.text) for hit in here):
                title = document_titles(self._project).get(kept.document, "")
                raise UserError(
                    f"The text of “{title}” was mended since the search. Nothing was coded.",
                    "Search again.",
                )
            around = _widener(kept, unit)
            found += [(kept.document, span) for span in _joined(around(h.span) for h in here)]
        if seen < len(by_document):
            raise UserError(
                "A document is no longer in the project. Nothing was coded.", "Search again."
            )
        return found


def _pattern_look(finder: PatternFinder) -> Look:
    """Look for a pattern, with one limit of time for all texts together."""
    left = SECONDS

    def look(kept: KeptText) -> Places:
        nonlocal left
        begun = time.perf_counter()
        try:
            # Read at once: what is done with a place is no time of the pattern.
            places = list(finder.find(kept.text, left))
        except TimeoutError:
            raise UserError(
                f"The pattern takes too long: it was stopped after {SECONDS:g} seconds.",
                "Make it simpler; repeated signs within repeated groups, such as (a+)+, are slow.",
            ) from None
        left -= time.perf_counter() - begun
        return iter(places)

    return look


class _Sieve:
    """Lets through the places that the filters of a query allow."""

    def __init__(self, query: SearchQuery, coded: dict[UUID, list[Span]] | None) -> None:
        self._query = query
        self._coded = coded
        self._by_voice = bool(query.roles or query.speakers or query.participants)

    def sift(self, kept: KeptText, voices: list[Voice], places: Places) -> FoundIn:
        found = FoundIn(kept, voices)
        allowed = [self._allows(voice) for voice in voices] if self._by_voice else None
        if self._coded is not None:
            places = self._by_coding(places, self._coded.get(kept.document, []))
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

    def _by_coding(self, places: Places, passages: list[Span]) -> Places:
        wanted = self._query.coded is Coded.WITH
        at = 0
        for start, end in places:
            while at < len(passages) and passages[at].end <= start:
                at += 1
            if (at < len(passages) and passages[at].start < end) is wanted:
                yield start, end


def _by_person(found: FoundIn) -> dict[UUID, int]:
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


def _widener(kept: KeptText, unit: Unit) -> Callable[[Span], Span]:
    """``_widened`` for many spans of one text."""
    known: dict[tuple[int, int], Span] = {}

    def around(span: Span) -> Span:
        key = (span.start, span.end)
        if key not in known:
            known[key] = _widened(kept, span, unit)
        return known[key]

    return around


def _widened(kept: KeptText, span: Span, unit: Unit) -> Span:
    if unit is Unit.HIT:
        return span
    first = bisect_right(kept.ends, span.start)
    turns = turns_touched(kept, span.start, span.end, first)
    if turns:
        piece = Span(kept.words[turns[0]], kept.ends[turns[-1]])
    elif first < len(kept.starts) and kept.starts[first] < span.end:
        return span  # a label
    else:
        before = kept.ends[first - 1] if first else 0
        after = kept.starts[first] if first < len(kept.starts) else len(kept.text)
        piece = Span(before, after)
    start, end = min(span.start, piece.start), max(span.end, piece.end)
    if unit is Unit.TURN:
        words = kept.text[start:end]
        first_word = start + len(words) - len(words.lstrip())
        return Span(min(span.start, first_word), max(span.end, start + len(words.rstrip())))
    pieces = [Span(kept.words[n], kept.ends[n]) for n in turns] or [piece]
    touched = [s for s in sentences(kept.text, pieces) if s.overlaps(span)]
    if not touched:
        return span
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one; those that only touch stay apart."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined
