"""Searching all texts, and coding what was found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import Cancelled, NotAllowed, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.search import Coded, Mode, SearchQuery, Unit
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Origin, Whose
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
from ikt_coder.services.search_sieve import Passages, Places, Sieve, by_person
from ikt_coder.services.units_around import joined, widener
from ikt_coder.services.voices import Voices, documents_within
from ikt_coder.text.patterns import Finder, PatternFinder

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
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
        sieve = Sieve(query, self._coded(query))
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
        return lambda kept: (
            finder.find_in_ascii(kept.text)
            if kept.text.isascii()
            else finder.find(kept.text, kept.folded, kept.unseen)
        )

    def _coded(self, query: SearchQuery) -> Callable[[UUID], Passages] | None:
        """Reads the passages of a document that a hit must lie on, or must not; None where
        all hits count."""
        if query.coded is Coded.ANY:
            return None
        statement = select(Coding.start, Coding.end).order_by(Coding.start)
        if query.coded is Coded.WITH:
            codes = self._project.codes.with_below(list(query.codes))
            statement = statement.where(Coding.code_id.in_(codes))
        whose = Whose(query.whose)

        def passages(document: UUID) -> Passages:
            sight = self._project.sight.of(document, whose)
            here = statement.where(Coding.document_id == document)
            if sight.consensus:
                here = here.where(Coding.layer == Layer.CONSENSUS.value)
            else:
                here = here.where(
                    Coding.layer == Layer.CODER.value, Coding.coder_id.in_(sight.coders)
                )
            return _united(self._rows(here))

        return passages

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
            for person, hits in by_person(each).items():
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
        return widener(self.texts.one(hit.document), unit)(hit.span)

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
            around = widener(kept, unit)
            found += [(kept.document, span) for span in joined(around(h.span) for h in here)]
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
            # Read at once: what is done with a place is no time of the pattern. In order, as
            # (?r) finds from the end.
            places = sorted(finder.find(kept.text, left))
        except (TimeoutError, MemoryError):
            raise UserError(
                f"The pattern takes too long: it was stopped after {SECONDS:g} seconds.",
                "Make it simpler; repeated signs within repeated groups, such as (a+)+, are slow.",
            ) from None
        left -= time.perf_counter() - begun
        return iter(places)

    return look


def _united(spans: Iterable[Sequence[int]]) -> Passages:
    """Spans in order of their starts, those that touch or overlap made one."""
    united: Passages = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            if end > united[-1][1]:
                united[-1] = (united[-1][0], end)
        else:
            united.append((start, end))
    return united
