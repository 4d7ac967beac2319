"""Matrices: participants, documents, groups or questions of the interview guide by codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Filters, Grouping, Query, Sorting, Whose
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.services.code_labels import code_labels, shown_depths
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.retrieval_counts import Tally
from ikt_coder.services.retrieval_filters import Passing
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_notes import counted_on, whose_sentences
from ikt_coder.services.retrieval_rows import Found
from ikt_coder.services.retrieval_wording import QueryWords
from ikt_coder.services.rows import CodeRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


class MatrixRows(StrEnum):
    PARTICIPANTS = "participants"
    DOCUMENTS = "documents"
    GROUPS = "groups"
    QUESTIONS = "questions"


class MatrixCell(StrEnum):
    """What a cell says: whether there is any coding (1 or 0), or how many."""

    PRESENCE = "presence"
    REFERENCES = "references"
    PASSAGES = "passages"


@dataclass(frozen=True, slots=True)
class MatrixOptions:
    """``codes`` empty: all that are used. ``below``: parents also with their sub-codes, in a
    column of its own. ``turned``: codes in rows, for paper. ``query``: which codings are
    counted."""

    rows: MatrixRows = MatrixRows.PARTICIPANTS
    codes: tuple[UUID, ...] = ()
    below: bool = False
    cell: MatrixCell = MatrixCell.PRESENCE
    turned: bool = False
    query: Query = field(default_factory=Query)


@frozen
class Matrix:
    """``behind`` holds the codings of every cell that is not zero, by the places of its row
    and column in the table. ``row_keys`` and ``column_keys`` are ids of participants, documents,
    questions and codes, names of groups, or None for headings and sizes of groups."""

    table: Table
    behind: Mapping[tuple[int, int], tuple[UUID, ...]]
    row_keys: tuple[UUID | str | None, ...]
    column_keys: tuple[UUID | str | None, ...]


@frozen
class _CodeColumn:
    code: UUID
    heading: str
    of: frozenset[UUID]  # the codes whose codings it counts
    depth: int


@frozen
class _Line:
    key: UUID | str
    label: str
    people: int = 0  # of a group


def build_matrix(project: Project, options: MatrixOptions) -> Matrix:
    """Count and lay out a matrix by the rules of method.md."""
    query = replace(options.query, grouping=Grouping.NONE, sorting=Sorting.PLACE)
    result = project.retrieval.find(query)
    ground = project.retrieval.ground()
    info = project.layers.info(ground.attribution)
    codes = project.codes.all(counted=False)
    columns = _columns(codes, options, {found.coding.code for found in result.found})
    lines = _lines(project, options, query.filters, ground, info)
    place = {line.key: at for at, line in enumerate(lines)}
    columns_of: dict[UUID, list[int]] = {}
    for at, column in enumerate(columns):
        for code in column.of:
            columns_of.setdefault(code, []).append(at)

    def keys(found: Found) -> Sequence[UUID | str]:
        if options.rows is MatrixRows.DOCUMENTS:
            return (found.coding.document,)
        if options.rows is MatrixRows.QUESTIONS:
            return ground.answers.of(found.coding.document, found.coding.span)
        who = ground.attribution.counted(found.words.participants)
        if query.whose is not Whose.LAYER:
            who = found.words.participants
        if options.rows is MatrixRows.PARTICIPANTS:
            return who
        people = ground.attribution.people
        return list(dict.fromkeys(people[p].group for p in who))

    grid: dict[tuple[int, int], Tally] = {}
    behind: dict[tuple[int, int], list[UUID]] = {}
    outside: set[UUID] = set()
    for found in result.found:
        met = [place[key] for key in keys(found) if key in place]
        if not met and columns_of.get(found.coding.code):
            outside.add(found.coding.id)
        for row in met:
            for at in columns_of.get(found.coding.code, ()):
                grid.setdefault((row, at), Tally()).add(found.coding, ())
                behind.setdefault((row, at), []).append(found.coding.id)
    note = _note(project, options, query, ground, info, len(outside), bool(result.missing))
    laid = _Layout(options, lines, columns)
    table = Table(
        title=_title(options),
        columns=laid.columns(),
        rows=laid.rows(grid),
        note=((Run(" ".join([*note, *result.missing])),),),
        description=laid.description(),
        empty="There is nobody and nothing to count yet.",
        interim=result.interim,
    )
    return Matrix(
        table,
        {laid.place(*where): tuple(some) for where, some in behind.items()},
        *laid.keys(),
    )


def _title(options: MatrixOptions) -> str:
    who = options.rows.value.capitalize()
    return f"Codes by {who}" if options.turned else f"{who} by Codes"


class _Layout:
    """Where rows and columns of figures stand in the table."""

    def __init__(
        self, options: MatrixOptions, lines: Sequence[_Line], columns: Sequence[_CodeColumn]
    ) -> None:
        self._options = options
        self._lines = lines
        self._columns = columns
        self._sized = options.rows is MatrixRows.GROUPS

    def place(self, line: int, column: int) -> tuple[int, int]:
        if self._options.turned:
            return column + self._sized, line + 1
        return line, column + 1 + self._sized

    def keys(self) -> tuple[tuple[UUID | str | None, ...], tuple[UUID | str | None, ...]]:
        sizes = (None,) * self._sized
        lines = tuple(line.key for line in self._lines)
        codes = tuple(column.code for column in self._columns)
        if self._options.turned:
            return (*sizes, *codes), (None, *lines)
        return lines, (None, *sizes, *codes)

    def columns(self) -> tuple[Column, ...]:
        if self._options.turned:
            first = Column((Run("Code"),), width=2.0)
            return (first, *(_figures((Run(line.label),)) for line in self._lines))
        first = Column((Run(self._options.rows.value.capitalize()[:-1]),), width=1.5)
        sizes = (_figures(_SIZE),) * self._sized
        return (first, *sizes, *(_figures((Run(one.heading),)) for one in self._columns))

    def rows(self, grid: Mapping[tuple[int, int], Tally]) -> tuple[tuple[Cell, ...], ...]:
        def figure(line: int, column: int) -> Cell:
            return _figure(grid.get((line, column)), self._options.cell)

        across, down = range(len(self._columns)), range(len(self._lines))
        if self._options.turned:
            sizes = (Cell((_SIZE,)), *(number(line.people) for line in self._lines))
            return (
                *((sizes,) * (self._sized and bool(self._columns))),
                *(
                    (
                        cell(self._columns[at].heading, indent=self._columns[at].depth),
                        *(figure(n, at) for n in down),
                    )
                    for at in across
                ),
            )
        return tuple(
            (
                cell(line.label),
                *((number(line.people),) * self._sized),
                *(figure(n, at) for at in across),
            )
            for n, line in enumerate(self._lines)
        )

    def description(self) -> str:
        who = self._options.rows.value
        if self._options.turned:
            return f"Codes in rows, {who} in columns."
        return f"{who.capitalize()} in rows, codes in columns."


_SIZE = (Run("Participants, "), Run("n", italic=True))


def _figures(heading: tuple[Run, ...]) -> Column:
    return Column(heading, Align.RIGHT, 0.7)


def _figure(tally: Tally | None, what: MatrixCell) -> Cell:
    if tally is None:
        return number(0)
    if what is MatrixCell.PRESENCE:
        return number(1)
    return number(tally.references if what is MatrixCell.REFERENCES else tally.passages)


def _columns(
    codes: Sequence[CodeRow], options: MatrixOptions, used: set[UUID]
) -> list[_CodeColumn]:
    """The columns in tree order. A parent's own codings and those with sub-codes are columns
    apart, and say so."""
    children: dict[UUID, list[UUID]] = {}
    for code in codes:
        if code.parent is not None:
            children.setdefault(code.parent, []).append(code.id)

    def below(code: UUID) -> set[UUID]:
        reached = {code}
        for child in children.get(code, ()):
            reached |= below(child)
        return reached

    labels = code_labels(codes)
    wanted = set(options.codes)
    columns = []
    with_columns = {
        code.id
        for code in codes
        if code.id in used or (options.below and code.id in children and below(code.id) & used)
    }
    depths = shown_depths(codes, with_columns)
    for code in codes:
        if wanted and code.id not in wanted:
            continue
        name, depth = labels[code.id], 0 if wanted else depths[code.id]
        parent = code.id in children
        whole = frozenset(below(code.id))
        own = code.id in used or (code.id in wanted and not (parent and options.below))
        if options.below and parent and (wanted or whole & used):
            columns.append(_CodeColumn(code.id, f"{name} (with sub-codes)", whole, depth))
        if own:
            heading = f"{name} (own)" if parent else name
            columns.append(_CodeColumn(code.id, heading, frozenset({code.id}), depth))
    return columns


def _lines(
    project: Project,
    options: MatrixOptions,
    filters: Filters,
    ground: Ground,
    info: LayerInfo,
) -> list[_Line]:
    """The rows: everybody and everything that could have been counted, coded or not."""
    passing = Passing(project, filters, ground)
    layer = options.query.whose is Whose.LAYER
    documents = (
        [source.document for source in info.sources if source.layer is not None]
        if layer
        else list(ground.titles)
    )
    if passing.documents is not None:
        documents = [key for key in documents if key in passing.documents]
    attribution = ground.attribution
    people = {person for key in documents for person in attribution.of_document(key)}
    if layer:
        people = set(attribution.counted(people))
    if passing.people is not None:
        people &= passing.people
        documents = [key for key in documents if people.intersection(attribution.of_document(key))]
    known = [person for key, person in attribution.people.items() if key in people]
    if options.rows is MatrixRows.QUESTIONS:
        return [_Line(row.id, row.name) for row in project.guide.all()]
    if options.rows is MatrixRows.DOCUMENTS:
        return [_Line(key, ground.titles[key]) for key in documents]
    if options.rows is MatrixRows.PARTICIPANTS:
        return [_Line(person.id, person.label) for person in known]
    groups: dict[str, int] = {}
    for person in known:
        groups[person.group] = groups.get(person.group, 0) + 1
    ordered = sorted(groups, key=lambda group: (not group, group.casefold()))
    return [_Line(group, group or "Not reported", groups[group]) for group in ordered]


_OF_PEOPLE = frozenset({MatrixRows.PARTICIPANTS, MatrixRows.GROUPS})


def _note(
    project: Project,
    options: MatrixOptions,
    query: Query,
    ground: Ground,
    info: LayerInfo,
    outside: int,
    missing: bool,
) -> list[str]:
    unit = {
        MatrixCell.PRESENCE: "1 = at least one reference (coding), 0 = none.",
        MatrixCell.REFERENCES: "Cells are references; a reference is one coding.",
        MatrixCell.PASSAGES: "Cells are passages; a passage is the union of touching or "
        "overlapping codings of the column in one document.",
    }[options.cell]
    sentences = []
    if query.blocks or query.filters or missing:
        sentences.append(QueryWords(project, ground).sentence(query))
    sentences += [*whose_sentences(project, query, info, ground), unit]
    if options.rows is MatrixRows.QUESTIONS:
        sentences.append(
            "A coding belongs to each question of the interview guide whose answer it touches; "
            "an answer goes on to the next question."
        )
    elif options.rows is not MatrixRows.DOCUMENTS:
        sentences.append(
            "A coding belongs to everybody whose turns it touches; the interviewer's words "
            "belong to nobody."
        )
    if options.below:
        sentences.append(
            "“With sub-codes” counts each coding and passage once; columns of codes and their "
            "sub-codes therefore overlap. “Own” leaves sub-codes out."
        )
    if outside:
        one = outside == 1
        sentences.append(f"{outside:,} {'coding stands' if one else 'codings stand'} in no row.")
    unchosen = sum(source.layer is None for source in info.sources)
    if unchosen and query.whose is Whose.LAYER and options.rows in _OF_PEOPLE:
        sentences.append("Participants of documents that are not counted have no row.")
    return [*sentences, counted_on(date.today())]
