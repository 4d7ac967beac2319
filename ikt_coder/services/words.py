"""Words of the texts: analyses by language pipelines, frequencies, phrases, words in context."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from ikt_coder.core.errors import Cancelled, UserError
from ikt_coder.core.frozen import frozen
from ikt_coder.core.ops import Op
from ikt_coder.core.search import Mode, SearchQuery
from ikt_coder.core.transcript import SpeakerRole
from ikt_coder.model import Document
from ikt_coder.services.analyses import Analyses
from ikt_coder.services.base import Service, change_row
from ikt_coder.services.kept_texts import KeptText
from ikt_coder.services.search_rows import FoundIn, Hit, HitContext
from ikt_coder.services.voices import Voice, Voices, documents_within
from ikt_coder.services.word_rows import WordKind, WordRow, WordScope, WordTable
from ikt_coder.text.analysis import STOP, WORD, Analysis
from ikt_coder.text.frequency import key_of, longest_only, noun_phrases, word_runs
from ikt_coder.text.lemmas import LemmaFinder
from ikt_coder.text.patterns import refuse_long
from ikt_coder.text.pipelines import LANGUAGES, PipelineInfo, pipeline_for
from ikt_coder.text.runner import OnThisThread

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

_SPEAKING: Final = frozenset({SpeakerRole.PARTICIPANT, SpeakerRole.OTHER})


class WordService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._runner = project.make_runner() if project.make_runner else OnThisThread()
        self._analyses = Analyses(project, self._runner)

    def close(self) -> None:
        """Give back what runs the pipelines; who waits for an analysis gets Cancelled."""
        self._runner.close()

    # -- languages and analyses -------------------------------------------------------------

    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages a document can be in: code and English name."""
        return tuple(LANGUAGES.items())

    def pipelines(self) -> tuple[PipelineInfo, ...]:
        """The pipelines that the documents' languages call for."""
        return tuple(sorted(set(self._known().values()), key=lambda info: info.name))

    def pipeline(self, document: UUID) -> PipelineInfo:
        """The pipeline for a document. Raises NotFound."""
        row = self._one(select(Document.language).where(Document.id == document), "document")
        return pipeline_for(row.language)

    def set_language(self, document: UUID, code: str) -> None:
        """Say in which language a document is; one act."""
        if code not in LANGUAGES:
            raise UserError(f"The program knows no language “{code}”. Nothing was changed.")
        row = self._one(select(Document.title).where(Document.id == document), "document")
        with self._operation(
            Op.SET_LANGUAGE, document=document, title=row.title, language=code
        ) as op:
            change_row(op, Document, document, {"language": code})

    def analysis(self, document: UUID, stop: Stop | None = None) -> Analysis:
        """Sentences, tokens and lemmas of a document. Raises NotFound, Cancelled."""
        kept = self._project.search.texts.one(document)
        return self._analyses.of(kept, self.pipeline(document), stop)

    def missing(self, documents: Sequence[UUID] | None = None) -> tuple[UUID, ...]:
        """The documents whose present text was not analysed yet."""
        known = self._known()
        texts = self._project.search.texts.each(self._all(documents))
        return tuple(self._analyses.missing([(kept, known[kept.document]) for kept in texts]))

    def prepare(
        self,
        documents: Sequence[UUID] | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> int:
        """Analyse what was not yet, one second for an interview; returns how many. What is
        done stays done where it is stopped. Raises Cancelled."""
        missing = self.missing(documents)
        for done, document in enumerate(missing):
            self.analysis(document, stop)
            if progress is not None:
                progress(done + 1, len(missing))
        return len(missing)

    def _all(self, documents: Sequence[UUID] | None) -> Sequence[UUID]:
        return documents_within(self._project) if documents is None else documents

    def _known(self) -> dict[UUID, PipelineInfo]:
        """The pipeline of each document. What is installed is looked up once for a language:
        for 300 documents that would take longer than a search."""
        languages = dict(self._rows(select(Document.id, Document.language)))
        known = {code: pipeline_for(code) for code in set(languages.values())}
        return {document: known[code] for document, code in languages.items()}

    def lemma_look(
        self,
        query: SearchQuery,
        documents: Sequence[UUID],
        notes: list[str],
        stop: Stop | None,
    ) -> Callable[[KeptText], Iterator[tuple[int, int]]]:
        """How ``search`` looks for a word in all its forms. Raises UserError."""
        refuse_long(query.text)
        known = self._known()
        finders: dict[str, LemmaFinder] = {}
        plain: list[PipelineInfo] = []
        for document in documents:
            info = known[document]
            if not info.lemmas:
                plain.append(info)
            if info.name not in finders:
                words = self._runner.lemmas_of(query.text, info, stop)
                if not words:
                    raise UserError("There is nothing to search for.", "Type some words.")
                finders[info.name] = LemmaFinder(words, accents=query.accents)
        if plain:
            notes.append(
                f"In {len(plain)} of {len(documents)} documents words are compared as they "
                f"stand: {_known('the forms of words', plain)}"
            )

        def look(kept: KeptText) -> Iterator[tuple[int, int]]:
            info = known[kept.document]
            analysis = self._analyses.of(kept, info, stop)
            return finders[info.name].find(kept.text, analysis)

        return look

    # -- counting -----------------------------------------------------------------------------

    def frequencies(
        self,
        scope: WordScope = WordScope(),  # noqa: B008 - frozen
        *,
        lemmas: bool = True,
        stop_words: bool = False,
        shortest: int = 1,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> WordTable:
        """How often each word is said, by how many participants, in how many documents.
        ``lemmas``: all forms of a word together; ``stop_words``: also those that say little
        by themselves; ``shortest``: letters a word must have. Raises Cancelled."""
        kind = WordKind.LEMMAS if lemmas else WordKind.FORMS
        counts = _Counts()
        for page in self._pages(scope, progress, stop):
            counts.open(page)
            for n, key in page.words(kind):
                if not stop_words and page.analysis.flags[n] & STOP:
                    continue
                if len(key) >= shortest:
                    counts.add(page, n, key.lower(), key)
        return counts.table(kind, scope, self._notes(scope, kind))

    def phrases(
        self,
        scope: WordScope = WordScope(),  # noqa: B008 - frozen
        *,
        kind: WordKind = WordKind.NOUN_PHRASES,
        least: int = 2,
        most: int = 200,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> WordTable:
        """Frequent phrases, as suggestions for codes in the participants' own words: noun
        phrases, or runs of words that neither begin nor end with a stop word. At most
        ``most`` of those said ``least`` times. Raises Cancelled."""
        counts = _Counts()
        for page in self._pages(scope, progress, stop):
            counts.open(page)
            for phrase in page.phrases(kind):
                shown = " ".join(page.slice(phrase).split())
                counts.add(page, phrase.start, key_of(page.analysis, phrase), shown)
        only = None
        if kind is WordKind.WORD_RUNS:
            only = longest_only({key: each.count for key, each in counts.by_key.items()})
        return counts.table(kind, scope, self._notes(scope, kind), least, most, only)

    def places(self, table: WordTable, row: WordRow) -> tuple[Hit, ...]:
        """The places a row of a table counts, in document order."""
        hits: list[Hit] = []
        for page in self._pages(table.scope, None, None):
            found = FoundIn(page.kept, page.voices)
            if table.kind in (WordKind.LEMMAS, WordKind.FORMS):
                ranges = (
                    range(n, n + 1) for n, key in page.words(table.kind) if key.lower() == row.key
                )
            else:
                ranges = (
                    phrase
                    for phrase in page.phrases(table.kind)
                    if key_of(page.analysis, phrase) == row.key
                )
            for each in ranges:
                start = page.analysis.starts[each.start]
                found.starts.append(start)
                found.ends.append(page.analysis.ends[each.stop - 1])
                found.turns.append(bisect_right(page.kept.ends, start))
            hits += map(found.hit, range(len(found)))
        return tuple(hits)

    def in_context(
        self,
        word: str,
        scope: WordScope = WordScope(),  # noqa: B008 - frozen
        *,
        lemmas: bool = True,
        characters: int = 60,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> tuple[HitContext, ...]:
        """A word in every place, with what is said before and after."""
        query = SearchQuery(
            word,
            Mode.LEMMA if lemmas else Mode.WORD,
            documents=scope.documents,
            folders=scope.folders,
            participants=scope.participants,
            roles=_SPEAKING if scope.participants_only else frozenset(),
        )
        found = self._project.search.find(query, progress, stop)
        return self._project.search.contexts(found.hits, characters)

    def _pages(
        self, scope: WordScope, progress: Progress | None, stop: Stop | None
    ) -> Iterator[_Page]:
        documents = documents_within(self._project, scope.documents, scope.folders)
        known = self._known()
        voices = Voices(self._project)
        for done, kept in enumerate(self._project.search.texts.each(documents)):
            if stop is not None and stop():
                raise Cancelled
            info = known[kept.document]
            found = self._analyses.of(kept, info, stop)
            here = voices.of(kept)
            counted = [_counts(voice, scope, voices) for voice in here]
            yield _Page(kept, info, found, here, counted, _who(kept, found))
            if progress is not None:
                progress(done + 1, len(documents))

    def _notes(self, scope: WordScope, kind: WordKind) -> tuple[str, ...]:
        notes = []
        if scope.participants_only:
            notes.append("The interviewer's words are not counted.")
        known = self._known()
        documents = documents_within(self._project, scope.documents, scope.folders)
        found = [known[key] for key in documents]
        plain = [info for info in found if not info.lemmas]
        if plain and kind is WordKind.LEMMAS:
            notes.append(
                f"In {len(plain)} of {len(documents)} documents each form of a word is counted "
                f"by itself: {_known('the forms of words', plain)}"
            )
        if plain and kind is WordKind.NOUN_PHRASES:
            notes.append(
                f"In {len(plain)} of {len(documents)} documents runs of words are counted: "
                f"{_known('noun phrases', plain)}"
            )
        return tuple(notes)


def _known(what: str, plain: Sequence[PipelineInfo]) -> str:
    """Why something of the words of some documents is not known."""
    if any(info.language == "en" for info in plain):
        return f"{what} are known for English only, and its word list is not installed."
    return f"{what} are known for English only."


@frozen
class _Page:
    """A text with its analysis; ``who`` is the voice of each token, ``counted`` which voices
    count."""

    kept: KeptText
    info: PipelineInfo
    analysis: Analysis
    voices: list[Voice]
    counted: list[bool]
    who: array[int]

    def words(self, kind: WordKind) -> Iterator[tuple[int, str]]:
        """Each word that counts: its token, and its lemma or what stands in the text."""
        analysis, counted, text = self.analysis, self.counted, self.kept.text
        lemmas = analysis.lemmas
        for n, (number, voice, flags) in enumerate(
            zip(analysis.lemma_ids, self.who, analysis.flags, strict=True)
        ):
            if flags & WORD and counted[voice]:
                if kind is WordKind.LEMMAS:
                    yield n, lemmas[number]
                else:
                    shown = text[analysis.starts[n] : analysis.ends[n]]
                    yield n, shown.replace("’", "'")

    def phrases(self, kind: WordKind) -> Iterator[range]:
        nouns = kind is WordKind.NOUN_PHRASES and self.info.phrases
        for phrase in noun_phrases(self.analysis) if nouns else word_runs(self.analysis):
            if self.counted[self.who[phrase.start]]:
                yield phrase

    def slice(self, phrase: range) -> str:
        ends = self.analysis.ends[phrase.stop - 1]
        return self.kept.text[self.analysis.starts[phrase.start] : ends]


def _counts(voice: Voice, scope: WordScope, voices: Voices) -> bool:
    if scope.participants_only and voice.role is SpeakerRole.INTERVIEWER:
        return False
    person = voices.people.get(voice.person) if voice.person is not None else None
    if person is not None and person.left_out:
        return False
    return not scope.participants or voice.person in scope.participants


def _who(kept: KeptText, analysis: Analysis) -> array[int]:
    """The voice of each token."""
    who = array("H", bytes(2 * len(analysis)))
    starts = analysis.starts
    first = 0
    for end, voice in zip(kept.ends, kept.who, strict=True):
        last = bisect_right(starts, end - 1, lo=first)
        if voice:
            turn_first = first
            begin = kept.starts[bisect_right(kept.ends, end - 1)]
            while turn_first < last and starts[turn_first] < begin:
                turn_first += 1
            who[turn_first:last] = array("H", [voice]) * (last - turn_first)
        first = last
    return who


@dataclass(slots=True)
class _Count:
    count: int = 0
    people: set[UUID] = field(default_factory=set)
    documents: set[UUID] = field(default_factory=set)
    shown: Counter[str] = field(default_factory=Counter)


class _Counts:
    """Adds up words or phrases over documents."""

    def __init__(self) -> None:
        self.by_key: dict[str, _Count] = {}
        self._words = 0
        self._documents: set[UUID] = set()
        self._people: set[UUID] = set()

    def open(self, page: _Page) -> None:
        """Count the words of a document that is added up next."""
        said = Counter(
            voice
            for voice, flags in zip(page.who, page.analysis.flags, strict=True)
            if flags & WORD
        )
        for voice, count in said.items():
            if page.counted[voice]:
                self._words += count
                self._documents.add(page.kept.document)
                person = page.voices[voice].person
                if person is not None:
                    self._people.add(person)

    def add(self, page: _Page, token: int, key: str, shown: str) -> None:
        found = self.by_key.get(key)
        if found is None:
            found = self.by_key[key] = _Count()
        found.count += 1
        found.documents.add(page.kept.document)
        person = page.voices[page.who[token]].person
        if person is not None:
            found.people.add(person)
        found.shown[shown] += 1

    def table(
        self,
        kind: WordKind,
        scope: WordScope,
        notes: tuple[str, ...],
        least: int = 1,
        most: int | None = None,
        only: set[str] | None = None,
    ) -> WordTable:
        rows = [
            WordRow(
                min(each.shown, key=lambda form: (-each.shown[form], form)),
                key,
                each.count,
                len(each.people),
                len(each.documents),
            )
            for key, each in self.by_key.items()
            if each.count >= least and (only is None or key in only)
        ]
        rows.sort(key=lambda row: (-row.count, -row.participants, row.key))
        return WordTable(
            kind,
            scope,
            tuple(rows[:most]),
            self._words,
            len(self._documents),
            len(self._people),
            notes,
        )
