"""Case ratings: what is kept, what counts, what the codings suggest, and groups compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.words import DocumentStatus, Valence
from ikt_coder.exporters.column_widths import column_widths, text_width
from ikt_coder.exporters.docx_file import MARGIN, page_size
from ikt_coder.services.case_ratings.comparing import Distinction, distinction_of
from ikt_coder.services.case_ratings.hints import hint_of
from ikt_coder.services.case_ratings.rows import Rated
from ikt_coder.services.case_ratings.tables import (
    comparison_table,
    matrix_table,
    raters_table,
    signed,
)
from ikt_coder.services.report_catalogue import report_kind
from ikt_coder.services.report_kinds import ReportOptions
from tests.studies import dump, span_of, study


class Rating:
    """Two participants, two constructs and two raters."""

    def __init__(self, path: Path) -> None:
        self.project, self.document = study(path)
        project = self.project
        self.climate = project.codes.add("Implementation climate")
        self.tension = project.codes.add("Tension for change", self.climate)
        self.cost = project.codes.add("Cost")
        self.coding = project.codings.apply(
            self.document, span_of(project, self.document, "She phoned me"), self.tension
        )
        project.documents.set_lead(self.document, project.coder)
        project.documents.set_status(self.document, DocumentStatus.CODED)
        people = {row.label: row.id for row in project.participants.all()}
        self.p01 = CaseRef(CaseKind.PARTICIPANT, people["P01"])
        self.p02 = CaseRef(CaseKind.PARTICIPANT, people["P02"])
        self.first = project.coder
        self.second = project.coders.add("Beni Tan")


@pytest.fixture
def rating(tmp_path: Path) -> Iterator[Rating]:
    made = Rating(tmp_path / "Study.ikt")
    yield made
    made.project.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rating]:
    made = Rating(tmp_path_factory.mktemp("ratings") / "Study.ikt")
    yield made
    made.project.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    value=st.one_of(st.none(), st.integers(-2, 2)),
    mixed=st.booleans(),
    rationale=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    agreed=st.booleans(),
)
def test_what_is_rated_is_what_is_read(
    kept: Rating, value: int | None, mixed: bool, rationale: str, agreed: bool
) -> None:
    ratings = kept.project.ratings
    if mixed and value not in (None, 0):
        with pytest.raises(UserError):
            ratings.rate(kept.p01, kept.cost, value, mixed=mixed, agreed=agreed)
        return
    ratings.rate(kept.p01, kept.cost, value, mixed=mixed, rationale=rationale, agreed=agreed)
    row = ratings.cell(kept.p01, kept.cost).of(None if agreed else kept.first)
    assert row is not None
    assert row.rated == (Rated(0, True) if mixed else Rated(value))
    assert row.rationale == rationale.strip()
    assert ratings.cell(kept.p02, kept.cost).of(kept.first) is None


def test_missing_zero_mixed_and_not_rated_are_four_things(rating: Rating) -> None:
    ratings = rating.project.ratings
    ratings.rate(rating.p01, rating.cost, 0)
    ratings.rate(rating.p02, rating.cost, None)
    ratings.rate(rating.p01, rating.tension, mixed=True)
    grid = ratings.grid(CaseKind.PARTICIPANT, [rating.cost, rating.tension])
    (_, cost, tension) = ("", grid.constructs[1], grid.constructs[0])
    assert [
        grid.cell(case.ref, construct.code).counts
        for construct in (cost, tension)
        for case in grid.cases
    ] == [Rated(0), Rated(None), Rated(0, True), None]
    table = matrix_table(grid)
    assert [[one.text for one in row] for row in table.rows] == [
        ["Tension for change", "±", "—", "1", "0"],
        ["Cost", "0", "M", "1", "1"],
    ]


def test_a_rating_is_undone_and_the_same_one_leaves_no_act(rating: Rating) -> None:
    ratings = rating.project.ratings
    before = dump(rating.project.path)
    ratings.rate(rating.p01, rating.cost, -2, rationale="No budget")
    acts = len(rating.project.history.all())
    ratings.rate(rating.p01, rating.cost, -2)
    assert len(rating.project.history.all()) == acts
    assert ratings.cell(rating.p01, rating.cost).ratings[0].rationale == "No budget"
    rating.project.history.undo()
    assert dump(rating.project.path) == before
    rating.project.history.redo()
    ratings.clear(rating.p01, rating.cost)
    assert dump(rating.project.path)["case_rating"] == before["case_rating"]


@pytest.mark.parametrize("value", [-3, 3])
def test_what_is_off_the_scale_is_refused(rating: Rating, value: int) -> None:
    with pytest.raises(UserError, match="scale"):
        rating.project.ratings.rate(rating.p01, rating.cost, value)


def test_what_is_gone_cannot_be_rated(rating: Rating) -> None:
    with pytest.raises(NotFound):
        rating.project.ratings.rate(CaseRef(CaseKind.GROUP, None, "Nobody"), rating.cost, 1)
    with pytest.raises(NotFound):
        rating.project.ratings.rate(rating.p01, rating.document, 1)
    with pytest.raises(UserError):
        rating.project.ratings.explain(rating.p01, rating.cost, "because")


def test_raters_differ_until_one_rating_is_agreed(rating: Rating) -> None:
    project, ratings = rating.project, rating.project.ratings
    ratings.rate(rating.p01, rating.cost, -2)
    project.coders.switch(rating.second)
    ratings.rate(rating.p01, rating.cost, 1, rationale="they found money")
    cell = ratings.cell(rating.p01, rating.cost)
    assert (cell.undecided, cell.distance, cell.counts) == (True, 3, None)
    grid = ratings.grid(CaseKind.PARTICIPANT)
    assert grid.undecided == 1
    assert [row.text for row in matrix_table(grid).rows[0]][1] == "−2 / +1"
    assert "raters differ" in matrix_table(grid).note[0][0].text
    ratings.rate(rating.p01, rating.cost, -1, agreed=True)
    cell = ratings.cell(rating.p01, rating.cost)
    assert (cell.undecided, cell.counts) == (False, Rated(-1))
    assert [row.rated.value for row in cell.ratings] == [-2, 1]  # both stay
    rows = raters_table(ratings.grid(CaseKind.PARTICIPANT)).rows
    assert sorted(row[2].text for row in rows) == sorted(["AO", "BT", "Agreed"])


def test_raters_who_say_missing_and_a_value_differ_without_a_distance(rating: Rating) -> None:
    ratings = rating.project.ratings
    ratings.rate(rating.p01, rating.cost, None)
    rating.project.coders.switch(rating.second)
    ratings.rate(rating.p01, rating.cost, 0)
    cell = ratings.cell(rating.p01, rating.cost)
    assert (cell.differ, cell.distance) == (True, None)


def test_passages_of_sub_codes_stand_behind_a_construct(rating: Rating) -> None:
    grid = rating.project.ratings.grid(CaseKind.PARTICIPANT, [rating.climate, rating.tension])
    assert [one.depth for one in grid.constructs] == [0, 1]
    for construct in grid.constructs:
        assert [row.id for row in grid.cell(rating.p01, construct.code).codings] == [rating.coding]
        assert grid.cell(rating.p02, construct.code).passages == 0


@pytest.mark.parametrize(
    ("directions", "rated"),
    [
        ("", None),
        ("?", None),
        ("+", Rated(1)),
        ("-?", Rated(-1)),
        ("+!", Rated(2)),
        ("--!", Rated(-2)),
        ("---!", Rated(-1)),
        ("+-", Rated(0, True)),
        ("++-", Rated(1)),
        ("+++!-", Rated(1)),
        ("-+m--", Rated(0, True)),
        ("m", Rated(0, True)),
        ("00", Rated(0)),
        ("0+", Rated(1)),
    ],
)
def test_the_hint_follows_the_directions(
    rating: Rating, directions: str, rated: Rated | None
) -> None:
    """``!`` makes the one before it strong; ``?`` has no direction."""
    known = {"+": Valence.FACILITATOR, "-": Valence.BARRIER, "m": Valence.MIXED}
    from dataclasses import replace

    row = rating.project.codings.get(rating.coding)
    rows = []
    for sign in directions:
        if sign == "!":
            rows[-1] = replace(rows[-1], strength=2)
        elif sign == "?":
            rows.append(replace(row, valence=None))
        else:
            rows.append(replace(row, valence=known.get(sign, Valence.NEUTRAL)))
    hint = hint_of(rows)
    assert (hint.rated if hint is not None else None) == rated


def test_a_hint_is_never_stored(rating: Rating) -> None:
    rating.project.codings.set_valence(rating.coding, Valence.FACILITATOR)
    cell = rating.project.ratings.cell(rating.p01, rating.tension)
    assert cell.hint is not None
    assert cell.hint.rated == Rated(1)
    assert cell.counts is None
    assert rating.project.ratings.all() == ()


@pytest.mark.parametrize(
    ("difference", "distinction"),
    [
        (None, Distinction.NONE),
        (0.5, Distinction.NONE),
        (1.0, Distinction.WEAK),
        (1.5, Distinction.WEAK),
        (2.0, Distinction.STRONG),
        (4.0, Distinction.STRONG),
    ],
)
def test_how_far_medians_must_be_apart(difference: float | None, distinction: Distinction) -> None:
    assert distinction_of(difference) is distinction


def test_groups_are_told_apart_by_medians(rating: Rating) -> None:
    project, ratings = rating.project, rating.project.ratings
    assert rating.p01.id is not None
    assert rating.p02.id is not None
    project.participants.set_group([rating.p01.id], "High")
    project.participants.set_group([rating.p02.id], "Low")
    ratings.rate(rating.p01, rating.cost, 2)
    ratings.rate(rating.p02, rating.cost, mixed=True)
    ratings.rate(rating.p01, rating.tension, 1)
    ratings.rate(rating.p02, rating.tension, None)
    ratings.rate(rating.p01, rating.climate, -1)
    ratings.rate(rating.p02, rating.climate, -2)
    grid = ratings.grid(CaseKind.PARTICIPANT)
    (by,) = ratings.splittings(CaseKind.PARTICIPANT)
    compared = {row.construct.name: row for row in ratings.compare(grid, by).rows}
    assert len(compared) == 3  # none is hidden
    assert compared["Cost"].distinction is Distinction.STRONG
    assert compared["Implementation climate"].distinction is Distinction.WEAK
    assert compared["Tension for change"].distinction is Distinction.NONE
    assert compared["Tension for change"].difference is None  # Missing is no value
    assert [one.missing for one in compared["Tension for change"].groups] == [0, 1]
    table = comparison_table(grid, ratings.compare(grid, by))
    heads = ["".join(run.text for run in column.heading) for column in table.columns]
    assert all(" " not in head[head.index("(") :] for head in heads if "(" in head), heads
    assert any("(n\u00a0=\u00a0" in head for head in heads)
    rows = table.rows
    assert [one.text for one in rows[2]] == ["Cost", "+2 (1)", "0 (1)", "2**"]
    assert [signed(value) for value in (-1.5, 0, 2)] == ["−1.5", "0", "+2"]


def test_merged_codes_hand_their_ratings_on(rating: Rating) -> None:
    rating.project.ratings.rate(rating.p01, rating.cost, 1)
    rating.project.codes.merge([rating.cost], rating.climate)
    (row,) = rating.project.ratings.all()
    assert row.code == rating.climate


def test_the_report_has_the_matrix_and_each_rating(rating: Rating) -> None:
    build = report_kind("case_ratings").build
    empty = build(rating.project, ReportOptions())
    assert isinstance(empty, list)
    assert not empty[0].rows
    rating.project.ratings.rate(rating.p01, rating.cost, 1)
    tables = build(rating.project, ReportOptions())
    assert isinstance(tables, list)
    assert [table.title for table in tables] == [
        "Ratings of Constructs by Case",
        "Ratings by Rater",
    ]
    note = tables[0].note[0][0].text
    assert "N = 2 participants" in note
    assert "Raters: AO" in note


def test_ratings_as_data_compose_no_cell(rating: Rating) -> None:
    project = rating.project
    project.ratings.rate(rating.p01, rating.cost, 0, mixed=True)
    project.ratings.rate(rating.p02, rating.cost, None)
    for case, group in ((rating.p01, "Panel"), (rating.p02, "Staff")):
        assert case.id is not None
        project.participants.set_group([case.id], group)
    ratings, groups = report_kind("case_ratings").build(project, ReportOptions(ending=".csv"))
    listed = [[each.text for each in row] for row in ratings.rows]
    assert [row[4:7] for row in listed] == [["0", "mixed", "1"], ["", "missing", "1"]]
    names = [column.name for column in groups.columns]
    rows = [dict(zip(names, (one.text for one in row), strict=True)) for row in groups.rows]
    cost = {row["group"]: row for row in rows if row["construct"].endswith("Cost")}
    assert (cost["Panel"]["rated"], cost["Panel"]["median"]) == ("1", "0.0")
    assert (cost["Staff"]["missing"], cost["Staff"]["median"]) == ("1", "")
    assert not any(sign in text for row in rows for text in row.values() for sign in "*±(")


def test_names_of_constructs_have_the_room_they_need_on_a_page(rating: Rating) -> None:
    project = rating.project
    project.codes.change(rating.cost, name="Contact between meetings")
    project.ratings.rate(rating.p01, rating.cost, 1, rationale="A long reason. " * 12)
    table = raters_table(project.ratings.grid(CaseKind.PARTICIPANT))
    width, *_ = column_widths(table, page_size("en")[0] - 2 * MARGIN)
    assert width > text_width("Contact between meetings")
