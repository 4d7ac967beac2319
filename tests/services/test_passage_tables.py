"""Passages as tables: columns, references, and consent."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document
from openpyxl import load_workbook

from ikt_coder.core.query import Grouping, Query, Whose
from ikt_coder.core.span import Span
from ikt_coder.core.table import Table
from ikt_coder.core.words import AttributeKind, Consent, Flag, Subject, Valence
from ikt_coder.exporters.catalogue import write_tables
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.passage_tables import clock
from ikt_coder.services.project import Project
from tests.studies import add_talk, span_of, study

Desk = tuple[Project, UUID]

MARKUP = '<b>=cmd()</b> & "x"'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    parent = project.codes.add(MARKUP)
    child = project.codes.add("Phone", parent)
    for words, code, memo in (
        ("She phoned me before the third meeting.", child, "=1+1"),
        ("I came late", parent, ""),
    ):
        project.codings.apply(
            document, span_of(project, document, words), code, valence=Valence.BARRIER, memo=memo
        )
    people = {row.label: row.id for row in project.participants.all()}
    project.participants.change(people["P02"], consent=Consent.PARAPHRASE, group="Panel")
    age = project.attributes.add("Age", Subject.PARTICIPANT, AttributeKind.NUMBER)
    place = project.attributes.add("Age", Subject.DOCUMENT)
    project.attributes.set({(people["P01"], age): "61", (document, place): "new"})
    folder = project.folders.add("In", project.folders.add("Out/side"))
    project.documents.move(document, folder)
    yield project, document
    project.close()


def records(table: Table) -> list[dict[str, str]]:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    return [dict(zip(names, (cell.text for cell in row), strict=True)) for row in table.rows]


def test_a_row_has_a_column_for_each_level_of_codes_and_each_attribute(desk: Desk) -> None:
    project, document = desk
    table = project.retrieval.table(project.retrieval.find(Query()), rows=True)
    first, second = records(table)
    assert (first["Level 1"], first["Level 2"]) == (MARKUP, "Phone")
    assert (second["Level 1"], second["Level 2"]) == (MARKUP, "")
    assert (first["Age (participant)"], first["Age (document)"]) == ("61", "new")
    assert second["Age (participant)"] == ""
    assert (second["Participant"], second["Group"]) == ("P02", "Panel")
    assert first["Folder"] == "Out\\/side/In"
    assert (first["Direction"], first["Memo"], first["Coder"]) == (
        "Barrier",
        "=1+1",
        "Amara Okafor",
    )
    assert (first["Speaker"], first["Turn"]) == ("P01", "2")
    span = span_of(project, document, first["Passage"])
    assert (int(first["Start"]), int(first["End"])) == (span.start, span.end)


def test_words_that_may_not_be_quoted_are_withheld_and_counted(desk: Desk) -> None:
    project, _ = desk
    result = project.retrieval.find(Query())
    for rows in (False, True):
        table = project.retrieval.table(result, rows=rows)
        everything = " ".join(cell.text for row in table.rows for cell in row)
        assert "She phoned me" in everything
        assert "came late" not in everything
        assert "consent to paraphrase only" in everything
        assert "The words of 1 passage are withheld" in table.note[0][0].text
        team = project.retrieval.table(result, rows=rows, for_team=True)
        assert "came late" in " ".join(cell.text for row in team.rows for cell in row)
        assert "For the team only" in team.note[0][0].text


@pytest.mark.parametrize("flag", [Flag.DO_NOT_QUOTE, Flag.PARAPHRASE_ONLY])
def test_marks_on_a_coding_withhold_its_words(desk: Desk, flag: Flag) -> None:
    project, _ = desk
    first = project.retrieval.find(Query()).found[0].coding
    project.codings.change(first.id, flags={flag})
    table = project.retrieval.table(project.retrieval.find(Query()))
    assert not any("phoned" in cell.text for row in table.rows for cell in row)


def test_those_left_out_are_withheld_also_where_they_are_listed(desk: Desk) -> None:
    project, _ = desk
    project.participants.leave_out(project.participants.all()[0].id)
    table = project.retrieval.table(project.retrieval.find(Query(whose=Whose.MINE)), rows=True)
    assert [row["Quoting"] for row in records(table)] == [
        "left out of analysis",
        "consent to paraphrase only",
    ]


def test_passages_stand_under_headings_with_their_references(desk: Desk) -> None:
    project, _ = desk
    table = project.retrieval.table(project.retrieval.find(Query()))
    texts = [[cell.text for cell in row] for row in table.rows]
    assert texts[0][0] == f"{MARKUP} (1 reference, 1 passage, 1 participant)"
    assert texts[2][0].startswith(f"{MARKUP} › Phone (1 reference")
    assert texts[3] == [
        "She phoned me before the third meeting.",
        "Barrier\nMemo: =1+1",
        "Talk, P01, turn 2, AO",
    ]
    flat = project.retrieval.table(project.retrieval.find(Query(grouping=Grouping.NONE)))
    assert len(flat.rows) == 2
    assert flat.rows[0][1].text.startswith(f"{MARKUP} › Phone")


def test_files_hold_every_passage_and_run_nothing(desk: Desk, tmp_path: Path) -> None:
    project, _ = desk
    result = project.retrieval.find(Query())
    rows = project.retrieval.table(result, rows=True)
    book = tmp_path / "passages.xlsx"
    write_tables([rows], book)
    sheet = load_workbook(book).worksheets[0]
    values = list(sheet.iter_rows(values_only=True))
    assert values[0][0] == "Document"
    assert len(values) == 1 + result.references
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)
    plain = tmp_path / "passages.csv"
    write_tables([rows], plain)
    with plain.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["Level 2"] for line in lines] == ["Phone", ""]
    word = tmp_path / "passages.docx"
    write_tables([project.retrieval.table(result)], word)
    (table,) = Document(str(word)).tables
    assert MARKUP in table.rows[1].cells[0].text
    page = tmp_path / "passages.html"
    write_tables([project.retrieval.table(result)], page)
    assert MARKUP not in page.read_text(encoding="utf-8")


def test_ten_thousand_uses_of_a_code_fit_a_spreadsheet(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "often.ikt")
    project.coders.switch(project.coders.add("Ann Lee"))
    document = add_talk(project, "P01: " + "word " * 10_050, "Long", ("P01",))
    code = project.codes.add("Often")
    project.codings.apply_many(
        [NewCoding(document, Span(at * 5, at * 5 + 4), code) for at in range(1, 10_001)]
    )
    table = project.retrieval.table(project.retrieval.find(Query()), rows=True)
    assert len(table.rows) == 10_000
    target = tmp_path / "often.csv"
    write_tables([table], target)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 10_001
    project.close()


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (61_999, "1:01"), (3_600_000, "1:00:00"), (3_723_000, "1:02:03")]
)
def test_times_of_the_recording(ms: int, shown: str) -> None:
    assert clock(ms) == shown
