"""Attributes from files: what is read, what is asked, and what is kept."""

from __future__ import annotations

import pytest

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.ops import Op
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.attribute_files.rows import (
    Asked,
    ColumnUse,
    Missing,
    UnfitAttributes,
)
from ikt_coder.services.attribute_files.written import DayOrder, Decimal
from tests.services.attribute_files.conftest import Desk
from tests.studies import add_talk, dump


def test_a_file_is_one_act_and_undo_takes_all_of_it_back(desk: Desk) -> None:
    text = (
        "Name,Years,Joined,Role,Tongues,Site,Country\n"
        "P01,3.5,2024-03-31,nurse,french; english,North,Ghana\n"
        "p02,,31 March 2023,,Cree; Dene,,\n"
    )
    before = dump(desk.project.path)
    acts = len(desk.project.history.all())
    plan = desk.plan(text)
    assert (plan.new, plan.changed, plan.same, plan.ready) == (8, 0, 0, True)
    assert plan.absent == ("P03",)
    assert [column.use for column in plan.columns] == [
        ColumnUse.NAMES,
        *[ColumnUse.KNOWN] * 5,
        ColumnUse.NEW,
    ]
    desk.project.attributes.import_plan(plan)
    assert len(desk.project.history.all()) == acts + 1
    assert desk.project.history.all()[0].kind == Op.IMPORT_ATTRIBUTES
    assert desk.known() == {
        "P01": {
            "Years": "3.5",
            "Joined": "2024-03-31",
            "Role": "Nurse",
            "Tongues": "English; French",
            "Site": "North",
            "Country": "Ghana",
        },
        "P02": {"Joined": "2023-03-31", "Tongues": "Cree; Dene"},
    }
    desk.project.history.undo()
    assert dump(desk.project.path) == before


def test_empty_cells_leave_what_is_there(desk: Desk) -> None:
    desk.project.attributes.import_plan(desk.plan("Name,Years,Site\nP01,3,North\n"))
    plan = desk.plan("Name,Years,Site\nP01,,South\n")
    assert (plan.new, plan.changed, plan.same) == (0, 1, 0)
    desk.project.attributes.import_plan(plan)
    assert desk.known()["P01"] == {"Years": "3", "Site": "South"}


def test_a_second_import_of_the_same_file_changes_nothing(desk: Desk) -> None:
    text = "Name,Years,Site\nP01,3,North\n"
    desk.project.attributes.import_plan(desk.plan(text))
    plan = desk.plan(text)
    assert (plan.same, plan.something, plan.ready) == (2, False, False)
    acts = len(desk.project.history.all())
    desk.project.attributes.import_plan(plan)
    assert len(desk.project.history.all()) == acts


NUMBERS = [
    # separator and cells of a column, what is kept (None: asked)
    (";", ("3,5", "4"), ("3.5", "4")),
    (";", ("1.234,5", "2.000"), ("1234.5", "2000")),
    (";", ("1,234.5", "2,000"), ("1234.5", "2000")),
    (",", ('"1,234"', "2.5"), ("1234", "2.5")),
    (";", ("1,234", "12"), None),
    (";", ("1.234", "12"), None),
    (",", ("1.234", "12"), ("1.234", "12")),
    (";", ("1 234,5", "1\u202f000"), ("1234.5", "1000")),
    (";", ("1’234.50", "7"), ("1234.5", "7")),
    (";", ("0,123", "1,234"), ("0.123", "1.234")),
    (";", ("1.234.567", "3"), ("1234567", "3")),
    (";", ("−2", "1e3"), ("-2", "1000")),
    (";", ("3,5", "4.5"), None),
]


@pytest.mark.parametrize(("separator", "cells", "kept"), NUMBERS)
def test_decimal_signs(
    desk: Desk, separator: str, cells: tuple[str, ...], kept: tuple[str, ...] | None
) -> None:
    rows = [f"P0{at}{separator}{cell}{separator}x" for at, cell in enumerate(cells, start=1)]
    text = "\n".join([separator.join(("Name", "Years", "Site")), *rows])
    plan = desk.plan(text)
    if kept is None:
        (question,) = plan.questions
        assert (question.asked, question.column) == (Asked.DECIMAL, 1)
        assert not plan.faults
        with pytest.raises(UnfitAttributes, match="can be two numbers"):
            desk.project.attributes.import_plan(plan)
        assert desk.known() == {}
        answered = desk.plan(text, decimals={1: Decimal.COMMA})
        assert not answered.questions
        return
    assert (plan.questions, plan.faults) == ((), ())
    desk.project.attributes.import_plan(plan)
    known = desk.known()
    assert tuple(known[f"P0{at}"]["Years"] for at in (1, 2)) == kept


DAYS = [
    (("2024-03-04", "2024/3/5"), ("2024-03-04", "2024-03-05")),
    (("04.03.2024", "5. 3. 2024"), ("2024-03-04", "2024-03-05")),
    (("4 March 2024", "Mar 5, 2024"), ("2024-03-04", "2024-03-05")),
    (("04-Mar-2024", "5 Sept 2024"), ("2024-03-04", "2024-09-05")),
    (("03/04/2024", "25/03/2024"), ("2024-04-03", "2024-03-25")),
    (("03/04/2024", "03/25/2024"), ("2024-03-04", "2024-03-25")),
    (("03/03/2024", "2024-03-05"), ("2024-03-03", "2024-03-05")),
    (("03/04/2024", "2024-03-05"), None),
    (("25/03/2024", "03/25/2024", "03/04/2024"), None),
]


@pytest.mark.parametrize(("cells", "kept"), DAYS)
def test_orders_of_days(desk: Desk, cells: tuple[str, ...], kept: tuple[str, ...] | None) -> None:
    text = "Name;Joined\n" + "".join(f"P0{at};{cell}\n" for at, cell in enumerate(cells, start=1))
    plan = desk.plan(text)
    if kept is None:
        (question,) = plan.questions
        assert (question.asked, question.example) == (Asked.DAYS, "03/04/2024")
        with pytest.raises(UnfitAttributes, match="can be two days"):
            desk.project.attributes.import_plan(plan)
        assert desk.known() == {}
        return
    assert (plan.questions, plan.faults) == ((), ())
    desk.project.attributes.import_plan(plan)
    assert tuple(desk.known()[f"P0{at}"]["Joined"] for at in (1, 2)) == kept


def test_an_order_found_from_other_cells_is_told_and_can_be_changed(desk: Desk) -> None:
    text = "Name;Joined\nP01;03/04/2024\nP02;25/03/2024\n"
    plan = desk.plan(text)
    assert plan.columns[1].days is DayOrder.DAY_FIRST
    assert "the day is taken to come first, as in “25/03/2024”" in plan.notices[-1]
    other = desk.plan(text, days={1: DayOrder.MONTH_FIRST})
    (fault,) = other.faults
    assert (fault.row, fault.column, fault.text) == (3, 1, "25/03/2024")


def test_an_answer_about_days_is_obeyed(desk: Desk) -> None:
    text = "Name;Joined\nP01;03/04/2024\n"
    for order, day in ((DayOrder.DAY_FIRST, "2024-04-03"), (DayOrder.MONTH_FIRST, "2024-03-04")):
        desk.project.attributes.import_plan(desk.plan(text, days={1: order}))
        assert desk.known()["P01"]["Joined"] == day


KINDS = [
    (("1", "2", "3"), AttributeKind.NUMBER),
    (("01234", "56789", "2"), AttributeKind.TEXT),
    (("2024-01-02", "03/04/2024", ""), AttributeKind.DATE),
    (("Nurse", "Nurse", "nurse", "Patient"), AttributeKind.CHOICE),
    (("Nurse; Patient", "Nurse", "Patient; Nurse"), AttributeKind.CHOICES),
    (("one thing", "another", "a third"), AttributeKind.TEXT),
    (("", "", ""), AttributeKind.TEXT),
]


@pytest.mark.parametrize(("cells", "kind"), KINDS)
def test_kinds_of_new_attributes_are_guessed_shown_and_changed(
    desk: Desk, cells: tuple[str, ...], kind: AttributeKind
) -> None:
    text = "Name\tTrait\n" + "".join(f"P0{at}\t{cell}\n" for at, cell in enumerate(cells, start=1))
    assert desk.plan(text).columns[1].kind is kind
    plan = desk.plan(text, kinds={1: AttributeKind.TEXT}, missing=Missing.CREATE)
    assert plan.columns[1].kind is AttributeKind.TEXT
    desk.project.attributes.import_plan(plan)
    assert desk.kinds()["Trait"] is AttributeKind.TEXT
    assert {who: some["Trait"] for who, some in desk.known().items()} == {
        f"P0{at}": cell for at, cell in enumerate(cells, start=1) if cell
    }


def test_choices_of_a_new_attribute_are_those_of_its_cells(desk: Desk) -> None:
    text = "Name,Work\nP01,Nurse; Carer\nP02,carer\nP03,Nurse\n"
    plan = desk.plan(text)
    assert plan.columns[1].kind is AttributeKind.CHOICES
    assert plan.columns[1].choices == ("Nurse", "Carer")
    desk.project.attributes.import_plan(plan)
    assert desk.known()["P02"]["Work"] == "Carer"


def test_new_choices_of_a_known_attribute_are_faults_until_they_are_wished(desk: Desk) -> None:
    text = "Name,Role,Tongues\nP01,Carer,Cree; Dene;Inuktitut\n"
    plan = desk.plan(text)
    assert [(fault.row, fault.column) for fault in plan.faults] == [(2, 1), (2, 2)]
    wished = desk.plan(text, add_choices=True)
    assert wished.columns[1].added == ("Carer",)
    assert wished.columns[2].added == ("Inuktitut",)
    desk.project.attributes.import_plan(wished)
    assert desk.known()["P01"] == {"Role": "Carer", "Tongues": "Cree; Dene; Inuktitut"}


def test_who_is_missing_is_skipped_or_made_as_chosen(desk: Desk) -> None:
    text = "Name,Years\nP01,1\nP09,2\n001,3\n"
    plan = desk.plan(text)
    assert (plan.unknown, plan.absent) == (("P09", "001"), ("P02", "P03"))
    desk.project.attributes.import_plan(plan)
    assert desk.known() == {"P01": {"Years": "1"}}
    acts = len(desk.project.history.all())
    plan = desk.plan(text, missing=Missing.CREATE)
    assert plan.created == ("P09", "001")
    desk.project.attributes.import_plan(plan)
    assert len(desk.project.history.all()) == acts + 1
    assert desk.known() == {"P01": {"Years": "1"}, "P09": {"Years": "2"}, "001": {"Years": "3"}}
    desk.project.history.undo()
    assert len(desk.project.participants.all()) == 3


def test_documents_are_never_made(desk: Desk) -> None:
    text = "Title,Year\ntalk,2020\nOther,2021\n"
    plan = desk.plan(text, Subject.DOCUMENT, missing=Missing.CREATE)
    assert (plan.created, plan.unknown) == ((), ("Other",))
    desk.project.attributes.import_plan(plan)
    assert desk.known(Subject.DOCUMENT) == {"Talk": {"Year": "2020"}}


def test_studies_are_made(desk: Desk) -> None:
    plan = desk.plan("Study,Country\nA,Ghana\nB,Nepal\n", Subject.STUDY, missing=Missing.CREATE)
    desk.project.attributes.import_plan(plan)
    assert desk.known(Subject.STUDY) == {"A": {"Country": "Ghana"}, "B": {"Country": "Nepal"}}


def test_another_column_may_hold_the_names(desk: Desk) -> None:
    plan = desk.plan("Years,Who,Note\n3,P01,\n4,P02,\n", names=1, skipped=frozenset({2}))
    desk.project.attributes.import_plan(plan)
    assert desk.known() == {"P01": {"Years": "3"}, "P02": {"Years": "4"}}


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(desk: Desk, encoding: str) -> None:
    text = "Name;Site\nP01;Zürich à l’été\nP02;Montréal\n"
    desk.project.attributes.import_plan(desk.plan(text.encode(encoding)))
    assert desk.known()["P01"]["Site"] == "Zürich à l’été"


def test_excel_may_name_the_separator(desk: Desk) -> None:
    desk.project.attributes.import_plan(desk.plan("sep=;\r\nName;Site\r\nP01;a, b\r\n"))
    assert desk.known() == {"P01": {"Site": "a, b"}}


def test_line_breaks_and_quotes_in_cells(desk: Desk) -> None:
    plan = desk.plan('Name,Site\r\nP01,"two ""lines"",\r\none cell"\r\nP02,x\r\n')
    assert plan.table.numbers == (2, 3)
    desk.project.attributes.import_plan(plan)
    assert desk.known()["P01"]["Site"] == 'two "lines",\none cell'


def test_what_has_changed_since_the_preview_is_not_imported(desk: Desk) -> None:
    plan = desk.plan("Name,Years\nP01,3\n")
    years = desk.project.attributes.find("Years", Subject.PARTICIPANT)
    desk.project.attributes.change(years.id, kind=AttributeKind.TEXT)
    before = dump(desk.project.path)
    with pytest.raises(NotAllowed, match="has changed since"):
        desk.project.attributes.import_plan(plan)
    assert dump(desk.project.path) == before


def test_a_failure_in_the_middle_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = desk.plan("Name,Years,New\nP01,3,x\nP09,4,y\n", missing=Missing.CREATE)
    before = dump(desk.project.path)

    def fail(*_given: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(desk.project.attributes, "_put", fail)
    with pytest.raises(OSError, match="disk"):
        desk.project.attributes.import_plan(plan)
    assert dump(desk.project.path) == before


def test_two_documents_of_one_title_are_not_mistaken_for_each_other(desk: Desk) -> None:
    other = add_talk(desk.project, "P01: Other words.\n", "Other", ())
    desk.project.documents.rename(other, "talk")
    plan = desk.plan("Title,Year\nTalk,2020\n", Subject.DOCUMENT)
    (fault,) = plan.faults
    assert fault.what == "the project has several documents called “Talk”."


@pytest.mark.parametrize(
    ("cells", "near"),
    [
        ("12,9,about ten,4,7", (AttributeKind.NUMBER, 4, ((4, "about ten"),))),
        ("2024-01-02,3 March 2024,soon", (AttributeKind.DATE, 2, ((4, "soon"),))),
        ("12,9,4", None),
        ("12,nine", None),
        ("12,9,ten,eleven,7", None),
        ("red,blue,12", None),
    ],
)
def test_a_few_odd_values_are_named(desk: Desk, cells: str, near: object) -> None:
    rows = "\n".join(f"P{at:02},{cell}" for at, cell in enumerate(cells.split(","), start=1))
    (column,) = desk.plan(f"Name,Months\n{rows}\n").columns[1:]
    found = column.near
    assert (found and (found.kind, found.fitting, found.odd)) == near
    if near is not None:
        assert column.kind is AttributeKind.TEXT
