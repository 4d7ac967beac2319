"""Retrieval: the codings that a query asks for, with the words around them and their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.errors import Cancelled
from ikt_coder.core.query import Query, Whose
from ikt_coder.services.base import Service
from ikt_coder.services.retrieval_counts import counted, people_of
from ikt_coder.services.retrieval_filters import Passing
from ikt_coder.services.retrieval_ground import Ground, GroundKeeper, without_collecting
from ikt_coder.services.retrieval_matching import Matcher, ResolvedBlock
from ikt_coder.services.retrieval_notes import note_of
from ikt_coder.services.retrieval_pool import pool_of
from ikt_coder.services.retrieval_rows import Found, Retrieval
from ikt_coder.services.retrieval_terms import Members, Terms, gone, wanted_of
from ikt_coder.services.rows import CodingRow, PassageRow

if TYPE_CHECKING:
    from ikt_coder.core.table import Table
    from ikt_coder.services.cooccurrence import Cooccurrence, CooccurrenceOptions
    from ikt_coder.services.layers import LayerInfo
    from ikt_coder.services.matrices import Matrix, MatrixOptions
    from ikt_coder.services.project import Project

Stop = Callable[[], bool]


class RetrievalService(Service):
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._ground = GroundKeeper(project)

    def ground(self) -> Ground:
        """Turns, people, documents and coders as they are now, kept between two questions."""
        return self._ground.get()

    def find(self, query: Query, stop: Stop | None = None) -> Retrieval:
        """The codings a query asks for, grouped, sorted and counted.

        What the query names and the project no longer holds is left out and said in
        ``missing``. Raises Cancelled where ``stop`` answers True, asked once a document.
        """
        with without_collecting():
            return self._find(query, stop)

    def _find(self, query: Query, stop: Stop | None) -> Retrieval:
        ground = self.ground()
        info = self._project.layers.info(ground.attribution)
        terms = Terms(self._project)
        blocks = [
            ResolvedBlock(
                terms.of(block.terms),
                tuple((one, terms.of(one.terms)) for one in block.conditions),
            )
            for block in query.blocks
        ]
        wanted = wanted_of(
            query,
            [
                members
                for block in blocks
                for members in (block.members, *(met for _, met in block.conditions))
            ],
        )
        found, missing = self._matched(query, ground, info, blocks, wanted, stop)
        people = people_of(query, ground)
        result = counted(self._project, found, query.grouping, query.sorting, ground, people)
        return Retrieval(
            query=query,
            found=result.found,
            groups=result.groups,
            by_document=result.by_document,
            by_participant=result.by_participant,
            references=result.references,
            passages=result.passages,
            participants=len(result.people),
            note=note_of(self._project, query, info, ground, date.today()),
            interim=query.whose is Whose.LAYER and info.interim,
            missing=gone({**terms.missing, **missing}),
            titles=ground.titles,
        )

    def _matched(
        self,
        query: Query,
        ground: Ground,
        info: LayerInfo,
        blocks: list[ResolvedBlock],
        wanted: Members,
        stop: Stop | None,
    ) -> tuple[list[Found], dict[str, int]]:
        """What matches, in place order, and what the filters name that is gone."""
        attribution = ground.attribution
        passing = Passing(self._project, query.filters, ground)
        matcher = Matcher(blocks)
        in_layer = query.whose is Whose.LAYER and ground.anybody_left_out
        found: list[Found] = []
        # Partners lie in the same document, so that only documents that pass are read.
        pool = pool_of(self._project, query, info, ground, wanted, passing.documents)
        for document, rows in pool.items():
            if stop is not None and stop():
                raise Cancelled("The retrieval was stopped.")
            talk = attribution.talk(document)
            here = rows
            if in_layer:  # words of people who were left out are in no count
                here = [
                    row
                    for row in rows
                    if not (who := talk.of(row.span).participants) or attribution.counted(who)
                ]
            found += [
                Found(row, talk.of(row.span), partners, shared)
                for row, partners, shared in matcher.match(here, passing, talk.touched)
            ]
        return found, passing.missing

    def passages(
        self, found: Iterable[Found | CodingRow], context: int = 120
    ) -> tuple[PassageRow, ...]:
        """The words of some codings with ``context`` code points on either side, in the order
        given; made for the rows a list shows. Those of documents that are gone are left out."""
        some = list(found)
        documents = {
            one.coding.document if isinstance(one, Found) else one.document for one in some
        }
        ground = self._ground.get(documents)
        texts = self._project.texts.many(documents)
        with without_collecting():
            return tuple(_worded(ground, texts, some, context))

    # -- tables -----------------------------------------------------------------------------

    def table(self, retrieval: Retrieval, *, rows: bool = False, for_team: bool = False) -> Table:
        """The passages of a retrieval as a table: grouped, for reading, or (``rows``) one row
        each with all that is known of it, for spreadsheets. Words that consent or a mark does
        not let anybody quote are withheld and counted, unless it is ``for_team``."""
        from ikt_coder.services.passage_tables import PassageTables

        tables = PassageTables(self._project, retrieval, for_team=for_team)
        return tables.rows() if rows else tables.grouped()

    def matrix(self, options: MatrixOptions | None = None) -> Matrix:
        """Participants, documents or groups by codes."""
        from ikt_coder.services.matrices import MatrixOptions, build_matrix

        return build_matrix(self._project, options or MatrixOptions())

    def cooccurrence(self, options: CooccurrenceOptions | None = None) -> Cooccurrence:
        """Codes that stand on the same words, two or more at a time."""
        from ikt_coder.services.cooccurrence import CooccurrenceOptions, build_cooccurrence

        return build_cooccurrence(self._project, options or CooccurrenceOptions())


def _worded(
    ground: Ground, texts: dict[UUID, str], found: list[Found | CodingRow], context: int
) -> Iterable[PassageRow]:
    people = ground.attribution.people
    initials = {key: coder.initials for key, coder in ground.coders.items()}
    text: str | None = None
    here: UUID | None = None
    title, who, labels = "", None, tuple[str, ...]()
    for one in found:
        if isinstance(one, Found):
            row, words = one.coding, one.words
        else:
            row, words = one, ground.attribution.of(one.document, one.span)
        if row.document is not here:  # most follow one of the same document
            here = row.document
            text, title = texts.get(here), ground.titles.get(here, "")
        if text is None:
            continue
        if words.participants is not who:
            who = words.participants
            labels = tuple([people[p].label for p in who if p in people])
        start, end = row.span.start, row.span.end
        yield PassageRow(
            row,
            title,
            text[start:end],
            text[max(0, start - context) : start],
            text[end : end + context],
            words.speakers,
            labels,
            words.start_ms,
            initials.get(row.coder, "") if row.coder is not None else "",
        )
