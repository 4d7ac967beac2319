"""Files with faults: each is told with its row and column, and nothing is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import UnreadableFile, UserError
from ikt_coder.core.words import Subject
from ikt_coder.services.attribute_files.cells import read_cells
from ikt_coder.services.attribute_files.rows import Missing, UnfitAttributes, column_letter
from tests.services.attribute_files.conftest import Desk
from tests.studies import dump

HEAD = "Name,Years,Joined,Role,Tongues,Site"
FAULTS = [
    # rows below the heading, where the fault is, what it says
    ("P01,many,,,,", (2, 1), "“many” is not a number."),
    ("P01,45%,,,,", (2, 1), "“45%” is not a number."),
    ("P01,1.2.3,,,,", (2, 1), "“1.2.3” is not a number."),
    ("P01,nan,,,,", (2, 1), "“nan” is not a number."),
    ("P01,1e999,,,,", (2, 1), "“1e999” is not a number"),
    ("P01,,soon,,,", (2, 2), "“soon” is not a date."),
    ("P01,,2024-02-30,,,", (2, 2), "“2024-02-30” is not a date."),
    ("P01,,03/04/24,,,", (2, 2), "has two figures"),
    ("P01,,31/31/2024,,,", (2, 2), "is not a date"),
    ("P01,,45355,,,", (2, 2), "“45355” is not a date."),
    ("P01,,,Carer,,", (2, 3), "“Carer” is not among the choices of “Role” (Nurse, Patient)."),
    ("P01,,,,English; Klingon,", (2, 4), "“Klingon” is not among the choices"),
    ("P01,#N/A,,,,", (2, 1), "“#N/A” is an error of the spreadsheet."),
    ("P01,,,,,#DIV/0!", (2, 5), "“#DIV/0!” is an error of the spreadsheet."),
    ("P01,,,,,=A1+B1", (2, 5), "“=A1+B1” is a formula without its result."),
    ("P01,1,,,,\n,2,,,,", (3, 0), "there is no name of a participant."),
    ("P01,1,,,,\nP02,,,,,\np01,2,,,,", (4, 0), "“p01” stands in row 2 already."),
    ("#REF!,1,,,,", (2, 0), "“#REF!” is no name of a participant."),
    (f"P01,,,,,{'x' * 2001}", (2, 5), "2,001 characters"),
]


@pytest.mark.parametrize(("rows", "place", "what"), FAULTS)
def test_each_fault_is_told_with_its_place_and_nothing_is_imported(
    desk: Desk, rows: str, place: tuple[int, int], what: str
) -> None:
    # A row that fits must not come in alone.
    plan = desk.plan(f"{HEAD}\n{rows}\nP03,7,,,,\n")
    (fault,) = plan.faults
    assert (fault.row, fault.column) == place
    assert what in fault.what
    assert str(fault).startswith(f"Row {place[0]}, column {column_letter(place[1])}: ")
    before = dump(desk.project.path)
    with pytest.raises(UnfitAttributes, match="was not imported"):
        desk.project.attributes.import_plan(plan)
    assert dump(desk.project.path) == before


HEADINGS = [
    ("Name,Years,years\nP01,1,2\n", (1, 2), "“years” names column B already"),
    ("Name,,Years\nP01,x,2\n", (1, 1), "this column has no name."),
    ("Name,Years\nP01,1,stray\n", (1, 2), "this column has no name."),
    (f"Name,{'x' * 121}\nP01,1\n", (1, 1), "121 characters"),
    ("Name,#N/A\nP01,1\n", (1, 1), "is no name for an attribute"),
    ("Name\nP01\n", (0, -1), "no column but that of the names"),
    ("Name,Years\n", (0, -1), "no row below"),
]


@pytest.mark.parametrize(("text", "place", "what"), HEADINGS)
def test_faults_of_the_headings(desk: Desk, text: str, place: tuple[int, int], what: str) -> None:
    plan = desk.plan(text)
    assert any(
        (fault.row, fault.column) == place and what in fault.what for fault in plan.faults
    ), plan.faults
    with pytest.raises(UnfitAttributes):
        desk.project.attributes.import_plan(plan)
    assert desk.known() == {}


def test_all_faults_are_told_in_their_order_and_a_column_can_be_left_aside(desk: Desk) -> None:
    text = f"{HEAD}\nP01,x,y,,,\nP02,1,z,,,\n"
    plan = desk.plan(text)
    assert [(f.row, f.column) for f in plan.faults] == [(2, 1), (2, 2), (3, 2)]
    with pytest.raises(UnfitAttributes) as raised:
        desk.project.attributes.import_plan(plan)
    assert "Row 2, column B: “x” is not a number. Row 2, column C:" in raised.value.what
    aside = desk.plan(text, skipped=frozenset({1, 2}))
    assert (aside.faults, aside.something) == ((), False)


def test_a_doubled_name_can_be_left_aside(desk: Desk) -> None:
    text = "Name,Years,years\nP01,1,2\n"
    desk.project.attributes.import_plan(desk.plan(text, skipped=frozenset({1})))
    assert desk.known() == {"P01": {"Years": "2"}}


def test_a_row_that_is_skipped_has_no_faults(desk: Desk) -> None:
    text = "Name,Years\nP09,many\nP01,1\n"
    assert not desk.plan(text).faults
    assert len(desk.plan(text, missing=Missing.CREATE).faults) == 1


UNREADABLE = [
    (b"", "is empty"),
    (b"   \n \n", "holds no t"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older kind"),
    (b"PK\x03\x04 no archive", "damaged|no workbook"),
    (bytes(range(256)) * 40, "nothing was imported"),
]


@pytest.mark.parametrize(("data", "what"), UNREADABLE)
def test_files_that_are_no_tables(desk: Desk, data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        desk.plan(data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="could not be read"):
        read_cells(tmp_path / "gone.csv")


def test_too_many_columns(desk: Desk) -> None:
    with pytest.raises(UnreadableFile, match="2,000 columns"):
        desk.plan("Name," + ",".join(f"c{at}" for at in range(2001)) + "\nP01\n")


GARBAGE = st.one_of(
    st.binary(max_size=400),
    st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data),
    st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=12),
                st.sampled_from(["P01", "P02", "Name", "Years", "03/04/2024", "1,234", "=1", ";"]),
            ),
            max_size=6,
        ).map(",".join),
        max_size=8,
    ).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")),
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=GARBAGE, create=st.booleans())
def test_garbage_is_refused_or_imported_whole_and_never_breaks(
    desk: Desk, data: bytes, create: bool
) -> None:
    before = dump(desk.project.path)
    acts = len(desk.project.history.all())
    missing = Missing.CREATE if create else Missing.SKIP
    try:
        plan = desk.plan(data, Subject.PARTICIPANT, missing=missing)
        desk.project.attributes.import_plan(plan)
    except UserError:
        assert dump(desk.project.path) == before
        return
    if not plan.something:
        assert dump(desk.project.path) == before
        return
    assert len(desk.project.history.all()) == acts + 1
    assert sum(map(len, desk.known().values())) >= plan.new
    desk.project.history.undo()
    assert dump(desk.project.path) == before
