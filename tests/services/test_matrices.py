"""Matrices and co-occurrence, counted by the rules of the method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.query import Filters, Query
from ikt_coder.core.span import Span
from ikt_coder.core.words import AttributeKind, Consent, Flag, Subject
from ikt_coder.services.cooccurrence import CooccurrenceOptions
from ikt_coder.services.matrices import Matrix, MatrixCell, MatrixOptions, MatrixRows
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from tests.studies import TALK, add_talk, span_of, study

Desk = tuple[Project, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """P01 coded with Contact twice (one passage), its sub-code and Time; P02 with Time;
    P03 has a document of its own and no coding."""
    project, document = study(tmp_path / "study.ikt")
    other = add_talk(project, "Interviewer: So?\nP03: Well.\n", "Other", ("P03",))
    project.documents.set_lead(other, project.coder)
    codes = {name: project.codes.add(name) for name in ("Contact", "Time", "Unused")}
    codes["Phone"] = project.codes.add("Phone", codes["Contact"])
    for name, words in (
        ("Contact", "She phoned"),
        ("Contact", "phoned me"),
        ("Phone", "before the third"),
        ("Time", "meetings were always"),
        ("Time", "Nobody had explained"),
        ("Time", "what got in the way"),
    ):
        project.codings.apply(document, span_of(project, document, words), codes[name])
    questions = project.guide.bring_in("What made it possible?\nWhat got in the way?")
    turns = project.guide.asked(document)
    project.guide.match({turn.turn: key for turn, key in zip(turns, questions, strict=True)})
    yield project, document
    project.close()


def headings(matrix: Matrix) -> list[str]:
    return [column.name for column in matrix.table.columns]


def figures(matrix: Matrix) -> dict[str, list[int | float | None]]:
    return {row[0].text: [cell.value for cell in row[1:]] for row in matrix.table.rows}


def test_participants_by_codes_with_rows_of_zeros(desk: Desk) -> None:
    matrix = desk[0].retrieval.matrix()
    assert headings(matrix) == ["Participant", "Contact (own)", "Phone", "Time"]
    assert figures(matrix) == {"P01": [1, 1, 1], "P02": [0, 0, 1], "P03": [0, 0, 0]}
    assert matrix.table.interim
    note = matrix.table.note[0][0].text
    assert "1 = at least one reference" in note
    assert "Analysis layer" in note
    assert "1 coding stands in no row" in note  # the interviewer's


def test_references_and_passages_are_told_apart(desk: Desk) -> None:
    project, _ = desk
    references = project.retrieval.matrix(MatrixOptions(cell=MatrixCell.REFERENCES))
    passages = project.retrieval.matrix(MatrixOptions(cell=MatrixCell.PASSAGES))
    assert figures(references)["P01"] == [2, 1, 1]
    assert figures(passages)["P01"] == [1, 1, 1]


def test_parents_stand_with_and_without_sub_codes_in_columns_that_say_so(desk: Desk) -> None:
    matrix = desk[0].retrieval.matrix(MatrixOptions(below=True, cell=MatrixCell.REFERENCES))
    assert headings(matrix)[1:] == ["Contact (with sub-codes)", "Contact (own)", "Phone", "Time"]
    assert figures(matrix)["P01"] == [3, 2, 1, 1]
    assert "overlap" in matrix.table.note[0][0].text


def test_chosen_codes_stay_though_nothing_has_them(desk: Desk) -> None:
    project, _ = desk
    unused = project.codes.find("Unused").id
    matrix = project.retrieval.matrix(MatrixOptions(codes=(unused,)))
    assert figures(matrix) == {"P01": [0], "P02": [0], "P03": [0]}


@pytest.mark.parametrize("rows", list(MatrixRows))
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("below", [False, True])
def test_every_cell_opens_to_as_many_codings_as_it_counts(
    desk: Desk, rows: MatrixRows, turned: bool, below: bool
) -> None:
    project, _ = desk
    project.participants.change(project.participants.all()[0].id, group="Panel")
    role = valued(project, {"P01": "Nurse", "P02": "Patient"})
    matrix = project.retrieval.matrix(
        MatrixOptions(
            rows=rows, turned=turned, below=below, cell=MatrixCell.REFERENCES, attribute=role
        )
    )
    assert len(matrix.row_keys) == len(matrix.table.rows)
    assert len(matrix.column_keys) == len(matrix.table.columns)
    met = 0
    for row, cells in enumerate(matrix.table.rows):
        for column, cell in enumerate(cells):
            key = (matrix.row_keys if turned else matrix.column_keys)[row if turned else column]
            if cell.value is None or key is None:
                assert (row, column) not in matrix.behind
                continue
            assert len(matrix.behind.get((row, column), ())) == cell.value
            met += int(cell.value)
    assert met >= 5


def test_groups_name_their_size_and_the_rest_as_not_reported(desk: Desk) -> None:
    project, _ = desk
    project.participants.change(project.participants.all()[0].id, group="Panel")
    matrix = project.retrieval.matrix(MatrixOptions(rows=MatrixRows.GROUPS))
    assert headings(matrix)[:2] == ["Group", "Participants, n"]
    assert figures(matrix) == {"Panel": [1, 1, 1, 1], "Not reported": [2, 0, 0, 1]}


def valued(
    project: Project,
    values: dict[str, str | Sequence[str]],
    kind: AttributeKind = AttributeKind.TEXT,
    choices: tuple[str, ...] = (),
) -> UUID:
    """An attribute of participants with its values by their labels."""
    key = project.attributes.add(f"Kind {kind.value}", Subject.PARTICIPANT, kind, choices)
    people = {row.label: row.id for row in project.participants.all()}
    project.attributes.set({(people[label], key): value for label, value in values.items()})
    return key


def by(key: UUID, **more: object) -> MatrixOptions:
    return MatrixOptions(rows=MatrixRows.ATTRIBUTE, attribute=key, **more)  # type: ignore[arg-type]  # passed on


def test_values_of_an_attribute_name_how_many_participants_have_them(desk: Desk) -> None:
    project, _ = desk
    matrix = project.retrieval.matrix(by(valued(project, {"P01": "Nurse", "P03": "nurse"})))
    assert matrix.table.title == "Kind text by Codes"
    assert headings(matrix)[:3] == ["Kind text", "Participants, n", "Contact (own)"]
    assert figures(matrix) == {"Nurse": [2, 1, 1, 1], "Not reported": [1, 0, 0, 1]}
    assert matrix.table.description == "Values of “Kind text” in rows, codes in columns."
    turned = project.retrieval.matrix(by(project.attributes.all()[0].id, turned=True)).table
    assert turned.title == "Codes by Kind text"
    assert [cell.text for cell in turned.rows[0]] == ["Participants, n", "2", "1"]


def test_numbers_stand_by_size_and_choices_in_their_order(desk: Desk) -> None:
    project, _ = desk
    age = valued(project, {"P01": "9", "P02": "10", "P03": "-2.5"}, AttributeKind.NUMBER)
    assert list(figures(project.retrieval.matrix(by(age)))) == ["-2.5", "9", "10"]
    often = valued(
        project,
        {"P01": "Often", "P02": "Never", "P03": "At times"},
        AttributeKind.CHOICE,
        ("Never", "At times", "Often"),
    )
    assert list(figures(project.retrieval.matrix(by(often)))) == ["Never", "At times", "Often"]


def test_who_has_several_values_is_in_the_row_of_each(desk: Desk) -> None:
    project, _ = desk
    key = valued(
        project,
        {"P01": ("Nurse", "Patient"), "P02": ("Patient",)},
        AttributeKind.CHOICES,
        ("Nurse", "Patient"),
    )
    matrix = project.retrieval.matrix(by(key, cell=MatrixCell.REFERENCES))
    assert figures(matrix) == {
        "Nurse": [1, 2, 1, 1],
        "Patient": [2, 2, 1, 2],
        "Not reported": [1, 0, 0, 0],
    }
    assert "A participant with several values is in the row of each." in (
        matrix.table.note[0][0].text
    )


def test_attributes_of_documents_count_documents(desk: Desk) -> None:
    project, document = desk
    place = project.attributes.add("Setting", Subject.DOCUMENT)
    project.attributes.set({(document, place): "Ward"})
    matrix = project.retrieval.matrix(by(place, cell=MatrixCell.REFERENCES))
    assert headings(matrix)[:2] == ["Setting", "Documents, n"]
    # The interviewer's words too: a document is not a person.
    assert figures(matrix) == {"Ward": [1, 2, 1, 3], "Not reported": [1, 0, 0, 0]}
    assert "“Setting” is said of documents." in matrix.table.note[0][0].text


def test_values_follow_filters_and_those_left_out_have_none(desk: Desk) -> None:
    project, document = desk
    key = valued(project, {"P01": "Nurse", "P02": "Patient", "P03": "Carer"})
    only = Query(filters=Filters(documents=frozenset({document})))
    assert list(figures(project.retrieval.matrix(by(key, query=only)))) == ["Nurse", "Patient"]
    project.participants.leave_out(project.participants.all()[1].id)
    assert list(figures(project.retrieval.matrix(by(key)))) == ["Carer", "Nurse"]


def test_an_attribute_that_is_gone_or_not_named_gets_a_sentence(desk: Desk) -> None:
    project, _ = desk
    key = valued(project, {"P01": "Nurse"})
    project.attributes.delete(key)
    with pytest.raises(NotFound):
        project.retrieval.matrix(by(key))
    with pytest.raises(UserError):
        project.retrieval.matrix(MatrixOptions(rows=MatrixRows.ATTRIBUTE))


def test_rows_follow_filters_and_those_left_out_have_none(desk: Desk) -> None:
    project, document = desk
    only = Query(filters=Filters(documents=frozenset({document})))
    assert list(figures(project.retrieval.matrix(MatrixOptions(query=only)))) == ["P01", "P02"]
    project.participants.leave_out(project.participants.all()[1].id)
    assert list(figures(project.retrieval.matrix())) == ["P01", "P03"]
    by_document = project.retrieval.matrix(MatrixOptions(rows=MatrixRows.DOCUMENTS))
    assert figures(by_document)["Talk"] == [1, 1, 1]
    assert figures(by_document)["Other"] == [0, 0, 0]


def test_two_coders_are_never_added_up(desk: Desk) -> None:
    project, document = desk
    before = figures(project.retrieval.matrix(MatrixOptions(cell=MatrixCell.REFERENCES)))
    project.coders.switch(project.coders.add("Bo Lindqvist"))
    project.codings.apply(
        document, span_of(project, document, "She phoned me"), project.codes.find("Contact").id
    )
    after = figures(project.retrieval.matrix(MatrixOptions(cell=MatrixCell.REFERENCES)))
    assert after == before


def test_a_matrix_of_nothing_is_a_table_of_nothing(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "empty.ikt")
    role = project.attributes.add("Role", Subject.PARTICIPANT)
    for rows in MatrixRows:
        for turned in (False, True):
            matrix = project.retrieval.matrix(
                MatrixOptions(rows=rows, turned=turned, attribute=role)
            )
            assert (matrix.table.rows, dict(matrix.behind)) == ((), {})
    assert project.retrieval.cooccurrence().table.rows == ()
    project.close()


# -- co-occurrence ------------------------------------------------------------------------------


def apply(project: Project, document: UUID, name: str, words: str) -> UUID:
    known = {row.name: row.id for row in project.codes.all()}
    key = known.get(name) or project.codes.add(name)
    return project.codings.apply(document, span_of(project, document, words), key)


def test_three_codes_with_the_words_they_share(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    keys = [
        apply(project, document, name, words)
        for name, words in (
            ("A", "She phoned me before the third meeting"),
            ("B", "phoned me before the third"),
            ("C", "before the third meeting. She"),
        )
    ]
    three = project.retrieval.cooccurrence(CooccurrenceOptions(size=3))
    (row,) = three.table.rows
    assert [cell.text for cell in row[:3]] == ["A", "B", "C"]
    assert [cell.value for cell in row[3:6]] == [1, 1, 1]
    assert row[6].text == "“before the third” (P01, Talk)"
    assert set(three.behind[0]) == set(keys)
    pairs = project.retrieval.cooccurrence()
    assert [[cell.text for cell in row[:2]] for row in pairs.table.rows] == [
        ["A", "B"],
        ["A", "C"],
        ["B", "C"],
    ]
    assert len(pairs.table.columns) == 5  # without words, unless asked
    with pytest.raises(NotAllowed):
        project.retrieval.cooccurrence(CooccurrenceOptions(size=1))
    project.close()


def test_shared_words_obey_consent_and_marks(tmp_path: Path) -> None:
    project, document = study(tmp_path / "study.ikt")
    apply(project, document, "A", "I came late")
    marked = apply(project, document, "A", "phoned me")
    for words in ("I came late", "phoned me"):
        apply(project, document, "B", words)
    person = project.participants.all()[1].id
    project.participants.change(person, consent=Consent.PARAPHRASE)
    project.codings.change(marked, flags={Flag.DO_NOT_QUOTE})
    table = project.retrieval.cooccurrence(CooccurrenceOptions(words=True)).table
    said = table.rows[0][-1].text
    assert "came late" not in said
    assert "phoned" not in said
    assert "2 passages are withheld" in table.note[0][0].text
    team = project.retrieval.cooccurrence(CooccurrenceOptions(words=True, for_team=True)).table
    assert "I came late" in team.rows[0][-1].text
    project.close()


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, UUID, list[UUID]]]:
    """A project that each example empties and codes anew."""
    project, document = study(tmp_path_factory.mktemp("field") / "field.ikt")
    yield project, document, [project.codes.add(name) for name in "ABCD"]
    project.close()


@settings(max_examples=60)
@given(
    picks=st.lists(
        st.tuples(st.integers(0, 120), st.integers(1, 40), st.integers(0, 3)), max_size=12
    ),
    size=st.integers(2, 4),
)
def test_shared_words_are_as_looking_at_every_sign_says(
    field: tuple[Project, UUID, list[UUID]], picks: Sequence[tuple[int, int, int]], size: int
) -> None:
    project, document, codes = field
    project.codings.remove([row.id for row in project.codings.in_document(document)])
    project.codings.apply_many(
        [NewCoding(document, Span(a, a + n), codes[code]) for a, n, code in picks]
    )
    rows = project.codings.in_document(document)
    expected: dict[tuple[UUID, ...], set[int]] = {}
    for at in range(len(TALK)):
        here = {row.code for row in rows if row.span.start <= at < row.span.end}
        for chosen in combinations([code for code in codes if code in here], size):
            expected.setdefault(chosen, set()).add(at)
    result = project.retrieval.cooccurrence(CooccurrenceOptions(size=size))
    found: dict[tuple[UUID, ...], set[int]] = {}
    for chosen, places in zip(result.codes, result.places, strict=True):
        signs = found.setdefault(chosen, set())
        for place in places:
            piece = set(range(place.span.start, place.span.end))
            assert not signs & piece
            # Every place is as long as it can be.
            assert place.span.start - 1 not in expected[chosen]
            assert place.span.end not in expected[chosen]
            signs |= piece
            codings = [row for row in rows if row.id in place.codings]
            assert {row.code for row in codings} == set(chosen)
            assert all(row.span.overlaps(place.span) for row in codings)
    assert found == expected
