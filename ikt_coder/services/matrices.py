"""Matrices: participants, documents, groups, questions of the interview guide or values of an
attribute by codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ikt_coder.core.frozen import frozen
from ikt_coder.core.query import Grouping, Query, Sorting, Whose
from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number
from ikt_coder.core.words import Subject
from ikt_coder.services.code_labels import code_labels, shown_depths
from ikt_coder.services.layers import LayerInfo
from ikt_coder.services.matrix_lines import Lines, matrix_lines
from ikt_coder.services.matrix_options import MatrixCell as MatrixCell
from ikt_coder.services.matrix_options import MatrixOptions as MatrixOptions
from ikt_coder.services.matrix_options import MatrixRows as MatrixRows
from ikt_coder.services.retrieval_counts import Tally
from ikt_coder.services.retrieval_ground import Ground
from ikt_coder.services.retrieval_notes import counted_on, whose_sentences
from ikt_coder.services.retrieval_wording import QueryWords
from ikt_coder.services.rows import CodeRow

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


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


def build_matrix(project: Project, options: MatrixOptions) -> Matrix:
    """Count and lay out a matrix by the rules of method.md."""
    query = replace(options.query, grouping=Grouping.NONE, sorting=Sorting.PLACE)
    result = project.retrieval.find(query)
    ground = project.retrieval.ground()
    info = project.layers.info(ground.attribution)
    codes = project.codes.all(counted=False)
    columns = _columns(codes, options, {found.coding.code for found in result.found})
    lines = matrix_lines(project, options, query, ground, info)
    place = {line.key: at for at, line in enumerate(lines.lines)}
    columns_of: dict[UUID, list[int]] = {}
    for at, column in enumerate(columns):
        for code in column.of:
            columns_of.setdefault(code, []).append(at)

    grid: dict[tuple[int, int], Tally] = {}
    behind: dict[tuple[int, int], list[UUID]] = {}
    outside: set[UUID] = set()
    for found in result.found:
        met = [place[key] for key in lines.of(found) if key in place]
        if not met and columns_of.get(found.coding.code):
            outside.add(found.coding.id)
        for row in met:
            for at in columns_of.get(found.coding.code, ()):
                grid.setdefault((row, at), Tally()).add(found.coding, ())
                behind.setdefault((row, at), []).append(found.coding.id)
    note = _note(project, options, query, ground, info, lines, len(outside), bool(result.missing))
    laid = _Layout(options, lines, columns)
    table = Table(
        title=_title(options, lines),
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


def _title(options: MatrixOptions, lines: Lines) -> str:
    return f"Codes by {lines.title}" if options.turned else f"{lines.title} by Codes"


class _Layout:
    """Where rows and columns of figures stand in the table."""

    def __init__(
        self, options: MatrixOptions, lines: Lines, columns: Sequence[_CodeColumn]
    ) -> None:
        self._options = options
        self._rows = lines
        self._lines = lines.lines
        self._columns = columns
        self._sized = lines.counted is not None
        self._size = (
            Run(f"{(lines.counted or Subject.PARTICIPANT).plural.capitalize()}, "),
            Run("n", italic=True),
        )

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
        first = Column((Run(self._rows.heading),), width=1.5)
        sizes = (_figures(self._size),) * self._sized
        return (first, *sizes, *(_figures((Run(one.heading),)) for one in self._columns))

    def rows(self, grid: Mapping[tuple[int, int], Tally]) -> tuple[tuple[Cell, ...], ...]:
        def figure(line: int, column: int) -> Cell:
            return _figure(grid.get((line, column)), self._options.cell)

        across, down = range(len(self._columns)), range(len(self._lines))
        if self._options.turned:
            sizes = (Cell((self._size,)), *(number(line.size) for line in self._lines))
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
                *((number(line.size),) * self._sized),
                *(figure(n, at) for at in across),
            )
            for n, line in enumerate(self._lines)
        )

    def description(self) -> str:
        who = self._options.rows.value
        if self._options.rows is MatrixRows.ATTRIBUTE:
            who = f"values of “{self._rows.title}”"
        if self._options.turned:
            return f"Codes in rows, {who} in columns."
        return f"{who[:1].upper()}{who[1:]} in rows, codes in columns."


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


def _note(
    project: Project,
    options: MatrixOptions,
    query: Query,
    ground: Ground,
    info: LayerInfo,
    lines: Lines,
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
    sentences += [*whose_sentences(project, query, info, ground), unit, *lines.notes]
    if options.below:
        sentences.append(
            "“With sub-codes” counts each coding and passage once; columns of codes and their "
            "sub-codes therefore overlap. “Own” leaves sub-codes out."
        )
    if outside:
        one = outside == 1
        sentences.append(f"{outside:,} {'coding stands' if one else 'codings stand'} in no row.")
    unchosen = sum(source.layer is None for source in info.sources)
    if unchosen and query.whose is Whose.LAYER and lines.people:
        sentences.append("Participants of documents that are not counted have no row.")
    return [*sentences, counted_on(date.today())]
