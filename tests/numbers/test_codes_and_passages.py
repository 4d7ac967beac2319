"""Codebook, passages and matrices: every number, counted by the services and read back from each
file, is what the ledger counts by the plain words of the method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ikt_coder.core.query import Grouping, Query, Whose
from ikt_coder.services.matrices import MatrixCell, MatrixOptions, MatrixRows
from ikt_coder.services.retrieval_reports import RetrievalOptions
from tests.numbers.asking import (
    beginning,
    coder,
    every_ending,
    figures,
    of_code,
    own,
    said,
    written,
)
from tests.numbers.conftest import Study
from tests.numbers.files import ENDINGS, rows_of, words_of
from tests.numbers.ledger import CODERS, CODES, DIRECTIONS, DOMAINS, GROUPS, Code, Count, Mark

# -- the codebook: the present coder's own ---------------------------------------------------


@pytest.mark.parametrize("name", CODERS)
def test_counts_of_the_codebook_are_the_present_coders(numbers: Study, name: str) -> None:
    numbers.project.coders.switch(coder(numbers, name))
    try:
        for row in numbers.project.codes.all():
            mine = own(numbers, name)
            below = numbers.book.of_code(mine, row.path, below=True)
            assert (row.codings, row.codings_below) == (
                len(numbers.book.of_code(mine, row.path)),
                len(below),
            ), row.path
        for ending in ENDINGS:
            path = written(numbers, "codebook", ending)
            rows = rows_of(path)
            for one in (*CODES, *DOMAINS):
                (cells,) = beginning(rows, one[-1])
                assert cells[-1] == str(len(numbers.book.of_code(own(numbers, name), one))), ending
            note = words_of(path)
            assert f"References of {name} alone, not of the analysis layer" in note
            assert "codings of sub-codes are not counted with the code above them" in note
    finally:
        numbers.project.coders.switch(coder(numbers, CODERS[0]))


@every_ending
def test_frequencies_are_each_coders_own(numbers: Study, ending: str) -> None:
    path = written(numbers, "frequencies", ending)
    rows = rows_of(path)
    for one in (*CODES, *DOMAINS):
        wanted = []
        for name in CODERS:
            marks = numbers.book.of_code(own(numbers, name), one)
            if marks:
                documents = len({mark.document for mark in marks})
                wanted.append([name, str(len(marks)), str(documents)])
        assert sorted(beginning(rows, one[-1])) == sorted(wanted)
    assert "coders are never added up" in words_of(path)


@every_ending
def test_a_row_for_every_coding(numbers: Study, ending: str) -> None:
    path = written(numbers, "codings", ending)
    rows = rows_of(path)
    listed = sorted((row[0], row[1], row[2], row[4].split("/")[-1], row[5]) for row in rows
                    if row[0] in numbers.book.texts)  # fmt: skip
    assert listed == sorted(
        (m.document, str(m.start), str(m.end), m.code[-1], m.coder)
        for m in numbers.book.marks
        if m.coder
    )
    if ending != ".csv":  # a plain list of values has no note
        assert "the Consensus is not among them" in words_of(path)


# -- retrieval: the analysis layer -----------------------------------------------------------


@pytest.mark.parametrize("below", [False, True])
def test_retrieval_counts_each_code(numbers: Study, below: bool) -> None:
    book = numbers.book
    for path in (*CODES, *DOMAINS):
        found = numbers.project.retrieval.find(of_code(numbers, path, below=below))
        marks = book.of_code(book.layer(), path, below=below)
        assert figures(found) == book.count(marks), path
        documents = {row.label: figures(row) for row in found.by_document}
        assert documents == {
            title: book.count([m for m in marks if m.document == title])
            for title in {mark.document for mark in marks}
        }
        people = {row.label if row.key else "": row for row in found.by_participant}
        assert set(people) == {p for m in marks for p in book.people(m) or {""}}
        for label, row in people.items():
            theirs = [m for m in marks if label in (book.people(m) or {""})]
            assert (row.references, row.passages) == (len(theirs), book.passages(theirs))
        assert f"N = {book.n()} participants" in found.note


def test_retrieval_counts_the_codings_of_a_coder(numbers: Study) -> None:
    """Somebody's own codings are listed, those of people left out of analysis among them."""
    for name in CODERS:
        for path in CODES:
            query = of_code(numbers, path, below=False, whose=Whose.CODER)
            found = numbers.project.retrieval.find(
                replace(query, coders=frozenset({coder(numbers, name)}))
            )
            marks = numbers.book.of_code(own(numbers, name), path)
            assert found.references == len(marks)
            assert found.passages == numbers.book.passages(marks)
            assert found.participants == len({p for m in marks for p in numbers.book.said_by(m)})
            assert f"Codings by {name}, not the analysis layer." in found.note


def test_groups_count_what_stands_in_them(numbers: Study) -> None:
    book, layer = numbers.book, numbers.book.layer()

    def of(grouping: Grouping) -> dict[str, Count]:
        found = numbers.project.retrieval.find(Query(grouping=grouping))
        assert figures(found) == book.count(layer)
        for group in found.groups:
            assert len(group.indexes) == group.references
        return {group.label: figures(group) for group in found.groups}

    def wanted(keys: dict[str, list[Mark]]) -> dict[str, Count]:
        return {key: book.count(marks) for key, marks in keys.items() if marks}

    assert of(Grouping.CODE) == wanted(
        {" › ".join(path): book.of_code(layer, path) for path in (*CODES, *DOMAINS)}
    )
    assert of(Grouping.DOCUMENT) == wanted(
        {title: [m for m in layer if m.document == title] for title in book.texts}
    )
    directions = {str(d or "not set").capitalize(): d for d in DIRECTIONS}
    assert of(Grouping.DIRECTION) == wanted(
        {name: [m for m in layer if m.direction == key] for name, key in directions.items()}
    )
    levels = {level: [m for m in layer if level in m.levels] for m in layer for level in m.levels}
    levels["No level"] = [m for m in layer if not m.levels]
    assert of(Grouping.LEVEL) == wanted(levels)
    groups = {
        group: [m for m in layer if group in {GROUPS.get(p) for p in book.people(m)}]
        for group in set(GROUPS.values())
    }
    groups["No group"] = [
        m for m in layer if None in {GROUPS.get(p) for p in book.people(m)} or not book.people(m)
    ]
    assert of(Grouping.GROUP) == wanted(groups)
    assert of(Grouping.CODER) == wanted(
        {
            name or "Consensus": [m for m in layer if m.coder == name]
            for name in {mark.coder for mark in layer}
        }
    )
    in_themes: dict[str, list[Mark]] = {}
    for idea in book.ideas:
        name = f"{idea.parent} › {idea.name}" if idea.parent else idea.name
        in_themes[name] = [m for m in layer if idea.holds(m)]
    in_themes["In no theme"] = [m for m in layer if not any(idea.holds(m) for idea in book.ideas)]
    assert of(Grouping.THEME) == wanted(in_themes)


@every_ending
def test_files_of_passages_hold_and_say_what_was_counted(numbers: Study, ending: str) -> None:
    book = numbers.book
    for path in (CODES[0], CODES[4], CODES[6]):
        query = of_code(numbers, path)
        file = written(numbers, "passages", ending, retrieval=RetrievalOptions(query))
        marks = book.of_code(book.layer(), path, below=True)
        words = words_of(file)
        if ending not in (".csv",):  # a plain list of values has no note
            assert said(book.count(marks)) in words
        rows = rows_of(file)
        if ending in (".csv", ".xlsx"):
            head = next(row for row in rows if "Passage" in row)
            where = [head.index(name) for name in ("Document", "Start", "End", "Coder")]
            listed = sorted([row[at] for at in where] for row in rows if row[0] in book.texts)
            assert listed == sorted(
                [m.document, str(m.start), str(m.end), m.coder or "Consensus"] for m in marks
            )
            people = head.index("Participant")
            listed_people = {
                p for row in rows if row[0] in book.texts for p in row[people].split("; ")
            }
            assert len(listed_people - {""}) == book.participants(marks)
        else:
            for one in CODES:
                if one[: len(path)] == path and (here := book.of_code(marks, one)):
                    assert f"{' › '.join(one)} ({said(book.count(here))})" in words
            references = [
                row[2] for row in rows if len(row) == 3 and row[2].split(", ")[0] in book.texts
            ]
            assert len(references) == len(marks)


# -- matrices --------------------------------------------------------------------------------


# The study has no interview guide and no attributes; matrices of these are in services.
ROWS = [MatrixRows.PARTICIPANTS, MatrixRows.DOCUMENTS, MatrixRows.GROUPS]


def matrix_marks(study: Study, row: str, what: MatrixRows) -> list[Mark]:
    book = study.book
    if what is MatrixRows.DOCUMENTS:
        return [m for m in book.layer() if m.document == row]
    if what is MatrixRows.PARTICIPANTS:
        return [m for m in book.layer() if row in book.people(m)]
    return [
        m for m in book.layer() if row in {GROUPS.get(p, "Not reported") for p in book.people(m)}
    ]


def lines(study: Study, what: MatrixRows) -> set[str]:
    book = study.book
    documents = [title for title in book.documents() if book.whose(title) is not None]
    if what is MatrixRows.DOCUMENTS:
        return set(documents)
    people = {p for title in documents for p in book.speakers(title)} - book.left_out
    if what is MatrixRows.PARTICIPANTS:
        return people
    return {GROUPS.get(p, "Not reported") for p in people}


def matrix_columns(study: Study, *, below: bool) -> dict[str, tuple[Code, bool]]:
    """What each heading counts: a code, with its sub-codes or without."""
    layer = study.book.layer()
    columns: dict[str, tuple[Code, bool]] = {}
    for path in (*CODES, (DOMAINS[0][0],), *DOMAINS):
        parent = any(other[:-1] == path for other in (*CODES, *DOMAINS))
        if parent and below and study.book.of_code(layer, path, below=True):
            columns[f"{path[-1]} (with sub-codes)"] = (path, True)
        if study.book.of_code(layer, path):
            columns[f"{path[-1]} (own)" if parent else path[-1]] = (path, False)
    return columns


def cell(study: Study, marks: list[Mark], what: MatrixCell) -> str:
    if what is MatrixCell.PRESENCE:
        return str(int(bool(marks)))
    return str(len(marks) if what is MatrixCell.REFERENCES else study.book.passages(marks))


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("cells", list(MatrixCell))
@pytest.mark.parametrize("below", [False, True])
def test_every_cell_of_a_matrix(
    numbers: Study, rows: MatrixRows, cells: MatrixCell, below: bool
) -> None:
    table = numbers.project.retrieval.matrix(
        MatrixOptions(rows=rows, cell=cells, below=below)
    ).table
    columns = matrix_columns(numbers, below=below)
    sized = rows is MatrixRows.GROUPS
    assert [column.name for column in table.columns[1 + sized :]] == list(columns)
    assert {row[0].text for row in table.rows} == lines(numbers, rows)
    for row in table.rows:
        marks = matrix_marks(numbers, row[0].text, rows)
        for printed, (path, whole) in zip(row[1 + sized :], columns.values(), strict=True):
            wanted = cell(numbers, numbers.book.of_code(marks, path, below=whole), cells)
            assert printed.text == wanted == str(printed.value)


@every_ending
@pytest.mark.parametrize("rows", ROWS)
def test_a_matrix_read_back_from_its_file(numbers: Study, ending: str, rows: MatrixRows) -> None:
    options = MatrixOptions(rows=rows, cell=MatrixCell.PASSAGES, below=True)
    file = written(numbers, "matrix", ending, retrieval=RetrievalOptions(matrix=options))
    grid = rows_of(file)
    columns = matrix_columns(numbers, below=True)
    head = next(row for row in grid if set(columns) & set(row) or lines(numbers, rows) & set(row))
    turned = not set(columns) <= set(head)
    for line in lines(numbers, rows):
        marks = matrix_marks(numbers, line, rows)
        for name, (path, whole) in columns.items():
            wanted = cell(
                numbers, numbers.book.of_code(marks, path, below=whole), MatrixCell.PASSAGES
            )
            at, of = (line, name) if turned else (name, line)
            (found,) = (row for row in grid if row[0] == of)
            assert found[head.index(at)] == wanted, (line, name)
    if ending != ".csv":
        assert "a passage is the union of touching or overlapping codings" in words_of(file)
