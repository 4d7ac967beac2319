"""Co-occurrence: codes that stand on the same words, two or more at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final
from uuid import UUID

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Grouping, Query, Sorting, Whose
from ikt_coder.core.span import Span
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.code_labels import code_labels
from ikt_coder.services.quoting import why_withheld, withheld_sentence, withheld_words
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_notes import counted_on, whose_sentences
from ikt_coder.services.retrieval_rows import Found
from ikt_coder.services.retrieval_wording import QueryWords
from ikt_coder.services.rows import CodingRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project

MOST_ROWS: Final = 20_000
"""Combinations of codes in one table; codes are to be chosen where there are more."""


@dataclass(frozen=True, slots=True)
class CooccurrenceOptions:
    """``codes`` empty: all that are used. ``size``: how many codes at a time. ``words``: with
    the shared words of each; None for three codes and more. ``for_team``: also of those who
    may not be quoted."""

    codes: tuple[UUID, ...] = ()
    size: int = 2
    words: bool | None = None
    for_team: bool = False
    query: Query = field(default_factory=Query)


@frozen
class SharedPlace:
    """Words on which all codes of a row stand, and the codings that lie there."""

    document: UUID
    span: Span
    codings: tuple[UUID, ...]


@frozen
class Cooccurrence:
    """``codes`` of each row in tree order; ``places`` of each row in place order."""

    table: Table
    codes: tuple[tuple[UUID, ...], ...]
    places: tuple[tuple[SharedPlace, ...], ...]

    @property
    def behind(self) -> Mapping[int, tuple[UUID, ...]]:
        """The codings behind each row."""
        return {
            row: tuple(dict.fromkeys(key for place in some for key in place.codings))
            for row, some in enumerate(self.places)
        }


def build_cooccurrence(project: Project, options: CooccurrenceOptions) -> Cooccurrence:
    """Find and lay out which codes share words. Raises NotAllowed for fewer than two codes at
    a time, or more than MOST_ROWS combinations."""
    if options.size < 2:
        raise NotAllowed("Codes co-occur two or more at a time.", "Ask for at least two.")
    query = replace(options.query, grouping=Grouping.NONE, sorting=Sorting.PLACE)
    result = project.retrieval.find(query)
    ground = project.retrieval.ground()
    labels = code_labels(project.codes.all(counted=False))
    rank = {code: at for at, code in enumerate(labels)}
    wanted = set(options.codes) or set(labels)
    found = {one.coding.id: one for one in result.found if one.coding.code in wanted}
    shared: dict[tuple[UUID, ...], list[SharedPlace]] = {}
    rows = [one.coding for one in found.values()]
    for document, some in groupby(rows, key=lambda row: row.document):
        by_coder: dict[UUID | None, list[CodingRow]] = {}
        for row in some:
            by_coder.setdefault(row.coder, []).append(row)
        for theirs in by_coder.values():
            for codes, span, keys in _shared(theirs, options.size, rank):
                places = shared.setdefault(codes, [])
                if len(shared) > MOST_ROWS:
                    raise NotAllowed(
                        f"More than {MOST_ROWS:,} combinations of {options.size} codes share "
                        "words.",
                        "Choose the codes to compare, or filter the passages.",
                    )
                places.append(SharedPlace(document, span, keys))
    ordered = sorted(
        shared.items(), key=lambda one: (-len(one[1]), [rank[code] for code in one[0]])
    )
    with_words = options.words if options.words is not None else options.size > 2
    quotes = _Quotes(project, ground, found, for_team=options.for_team)
    table_rows = tuple(
        (
            *(cell(labels[code]) for code in codes),
            number(len(places)),
            number(len({p for place in places for p in _people(place, query, ground)})),
            number(len({place.document for place in places})),
            *((quotes.cell(places),) if with_words else ()),
        )
        for codes, places in ordered
    )
    n = (Run("n", italic=True),)
    table = Table(
        title="Codes That Share Words",
        columns=(
            *(Column((Run(f"Code {at + 1}"),), width=1.4) for at in range(options.size)),
            Column((Run("Shared passages, "), *n), Align.RIGHT, 0.8),
            Column((Run("Participants, "), *n), Align.RIGHT, 0.8),
            Column((Run("Documents, "), *n), Align.RIGHT, 0.8),
            *((Column((Run("Shared words"),), width=3.0),) if with_words else ()),
        ),
        rows=table_rows,
        note=((Run(" ".join(_note(project, query, ground, result.missing, quotes.withheld))),),),
        description="Codes that stand on the same words, most often first.",
        empty=f"No words carry {options.size} of these codes.",
        interim=result.interim,
    )
    return Cooccurrence(
        table,
        tuple(codes for codes, _ in ordered),
        tuple(tuple(places) for _, places in ordered),
    )


def _shared(
    rows: Sequence[CodingRow], size: int, rank: Mapping[UUID, int]
) -> Iterator[tuple[tuple[UUID, ...], Span, tuple[UUID, ...]]]:
    """Codes that stand on the same words of one document, with these words: every longest
    piece on which all of some codes stand."""
    edges = sorted({edge for row in rows for edge in (row.span.start, row.span.end)})
    begins: dict[int, list[CodingRow]] = {}
    ends: dict[int, list[CodingRow]] = {}
    for row in rows:
        if len(row.span):
            begins.setdefault(row.span.start, []).append(row)
            ends.setdefault(row.span.end, []).append(row)
    active: dict[UUID, dict[UUID, None]] = {}
    open_pieces: dict[tuple[UUID, ...], tuple[int, dict[UUID, None]]] = {}
    for at in edges:
        for row in ends.get(at, ()):
            active[row.code].pop(row.id)
            if not active[row.code]:
                del active[row.code]
        for row in begins.get(at, ()):
            active.setdefault(row.code, {})[row.id] = None
        now = set(combinations(sorted(active, key=rank.__getitem__), size))
        for codes in [codes for codes in open_pieces if codes not in now]:
            start, keys = open_pieces.pop(codes)
            yield codes, Span(start, at), tuple(keys)
        for codes in now:
            _, keys = open_pieces.setdefault(codes, (at, {}))
            for code in codes:
                keys.update(active[code])


def _people(place: SharedPlace, query: Query, ground: Ground) -> tuple[UUID, ...]:
    """Whose words are shared: those of the piece itself, not of the longer codings."""
    who = ground.attribution.of(place.document, place.span).participants
    return ground.attribution.counted(who) if query.whose is Whose.LAYER else who


class _Quotes:
    """Shared words as a cell, as far as consent allows."""

    def __init__(
        self, project: Project, ground: Ground, found: Mapping[UUID, Found], *, for_team: bool
    ) -> None:
        self._project = project
        self._ground = ground
        self._found = found
        self._for_team = for_team
        self.withheld = 0

    def cell(self, places: Sequence[SharedPlace]) -> Cell:
        texts = self._project.texts.many({place.document for place in places})
        people = self._ground.attribution.people
        said = []
        for place in places:
            who = self._ground.attribution.of(place.document, place.span).participants
            persons = [people[p] for p in who if p in people]
            reasons = (why_withheld(self._found[key].coding, persons) for key in place.codings)
            reason = next((one for one in reasons if one), "")
            words = " ".join(
                texts.get(place.document, "")[place.span.start : place.span.end].split()
            )
            if reason and not self._for_team:
                self.withheld += 1
                words = withheld_words(reason)
            else:
                words = f"“{words}”"
            where = [*(person.label for person in persons)] or ["nobody’s words"]
            title = self._ground.titles.get(place.document, "")
            said.append(f"{words} ({', '.join(dict.fromkeys([*where, title]))})")
        return cell(*said, quote=True)


def _note(
    project: Project,
    query: Query,
    ground: Ground,
    missing: Sequence[str],
    withheld: int,
) -> list[str]:
    sentences = list(missing)
    if query.blocks or query.filters:
        sentences.append(QueryWords(project, ground).sentence(query))
    info = project.layers.info(ground.attribution)
    sentences += [
        *whose_sentences(project, query, info, ground),
        "A shared passage is a piece of a document on which codings of all codes of the row, by "
        "one coder, stand together. One passage may stand in several rows.",
        withheld_sentence(withheld),
        counted_on(date.today()),
    ]
    return [said for said in sentences if said]
