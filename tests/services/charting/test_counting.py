"""Counts of charted answers: denominators, Not reported, studies once, answers that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given

from ikt_coder.core.errors import UserError
from ikt_coder.core.ids import derived_id
from ikt_coder.services.charting import counting
from ikt_coder.services.charting.counting import FieldCount, Pilot, Unit
from ikt_coder.services.charting.rows import (
    Answer,
    AnswerKind,
    Basis,
    ChartRow,
    ChartStatus,
    FieldRow,
    Grid,
    OptionRow,
    Subject,
    SubjectKind,
)
from ikt_coder.services.project import Project
from tests.services.charting.review import chart, field, of, review, scoping_review


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, list[UUID]]]:
    project, documents = scoping_review(tmp_path_factory.mktemp("review") / "Review.ikt")
    yield project, documents
    project.close()


def counted(project: Project, name: str, unit: Unit | None = None) -> FieldCount:
    wanted = field(project, name)
    return next(f for f in project.charting.counts(unit=unit).fields if f.field.id == wanted)


def figures(found: FieldCount) -> dict[str, int]:
    return {row.option.shown if row.option else "": row.n for row in found.rows}


def test_levels_of_72_studies_in_74_records(reviewed: tuple[Project, list[UUID]]) -> None:
    project, _ = reviewed
    counts = project.charting.counts()
    assert (counts.unit, counts.cases, counts.records) == (Unit.STUDY, 72, 74)
    levels = counted(project, "iap2.level")
    assert figures(levels) == {
        "Inform": 5,
        "Consult": 8,
        "Involve": 9,
        "Collaborate": 43,
        "Empower": 3,
    }
    assert (levels.looked, len(levels.not_reported), levels.not_charted) == (72, 4, ())
    assert sum(row.n for row in levels.rows) + len(levels.not_reported) == 72
    assert sum(row.inferred for row in levels.rows) == len(range(0, 68, 3))
    collaborate = next(row for row in levels.rows if row.option and row.option.key == "iap2.4")
    assert "Adams 2018" in [case.name for case in collaborate.cases]
    by_record = counted(project, "iap2.level", Unit.RECORD)
    assert (by_record.looked, figures(by_record)["Collaborate"]) == (74, 45)


def test_three_outcomes_overlap(reviewed: tuple[Project, list[UUID]]) -> None:
    project, _ = reviewed
    outcomes = counted(project, "out.reported")
    top = {row.option.key: row.n for row in outcomes.rows if row.option and not row.option.depth}
    assert top == {"out.immediate": 38, "out.intermediate": 40, "out.longterm": 15}
    assert (outcomes.given, outcomes.reported, len(outcomes.not_reported)) == (93, 52, 20)
    assert outcomes.looked == 72
    assert outcomes.several > 0


def test_stage_by_level_and_what_nobody_charted(tmp_path: Path) -> None:
    project, documents = review(tmp_path / "Review.ikt", 5)
    stages, level = field(project, "stage.taken"), field(project, "iap2.level")
    chart(project, documents[0], "stage.taken", "stage.1", "stage.5")
    chart(project, documents[0], "iap2.level", "Consult")
    chart(project, documents[1], "stage.taken", "stage.5")
    chart(project, documents[1], "iap2.level")
    chart(project, documents[2], "stage.taken")
    chart(project, documents[2], "iap2.level", "Consult")
    chart(project, documents[3], "iap2.level", "Inform")
    table = project.charting.cross(stages, level)
    assert (table.looked, len(table.not_charted)) == (3, 2)
    assert [o.key if o else None for o in table.row_options] == [
        *(f"stage.{n}" for n in range(1, 7)),
        None,
    ]
    found = {
        (down.key if down else None, over.key if over else None): cell.n
        for down, line in zip(table.row_options, table.cells, strict=True)
        for over, cell in zip(table.column_options, line, strict=True)
        if cell.n
    }
    assert found == {
        ("stage.1", "iap2.2"): 1,
        ("stage.5", "iap2.2"): 1,
        ("stage.5", None): 1,
        (None, "iap2.2"): 1,
    }
    assert [cell.n for cell in table.column_totals] == [0, 2, 0, 0, 0, 1]
    assert counted(project, "stage.taken").looked == 3
    assert [case.name for case in counted(project, "stage.taken").not_charted] == ["R04", "R05"]
    with pytest.raises(UserError):
        project.charting.cross(stages, field(project, "wider.seed.content"))
    with pytest.raises(UserError):
        project.charting.counts(unit=Unit.EVENT)
    project.close()


def test_a_parent_has_what_stands_below_it(tmp_path: Path) -> None:
    project, documents = review(tmp_path / "Review.ikt", 3)
    chart(project, documents[0], "out.reported", "Team transformation")
    chart(project, documents[1], "out.reported", "Team transformation", "out.immediate")
    chart(project, documents[2], "out.reported", "out.longterm")
    rows = {r.option.key: r for r in counted(project, "out.reported").rows if r.option}
    assert (rows["out.immediate"].n, rows["out.immediate"].own) == (2, 1)
    assert (rows["out.immediate.team"].n, rows["out.immediate.team"].own) == (2, 2)
    project.close()


def test_pilots_and_who_was_left_out(tmp_path: Path) -> None:
    project, documents = review(tmp_path / "Review.ikt", 4)
    people = [project.participants.add(f"P{n}") for n in range(3)]
    for document, person in zip(documents, people, strict=False):
        project.documents.link_participant(document, person)
    project.documents.link_participant(documents[1], people[0])
    for document in documents:
        chart(project, document, "iap2.level", "Consult")
    project.charting.change_form(of(documents[3]), pilot=True)
    assert project.charting.counts(pilot=Pilot.WITHOUT).records == 3
    assert project.charting.counts(pilot=Pilot.ONLY).records == 1
    consult = figures(counted(project, "iap2.level", Unit.PARTICIPANT))["Consult"]
    assert consult == 3
    project.participants.leave_out(people[2])
    counts = project.charting.counts()
    assert (counts.records, counts.left_out) == (3, 1)
    assert figures(counted(project, "iap2.level"))["Consult"] == 3
    assert figures(counted(project, "iap2.level", Unit.PARTICIPANT))["Consult"] == 2
    project.close()


# -- any grid, against brute force ----------------------------------------------------------

_KEYS = [derived_id("option", str(n)) for n in range(4)]
_FIELD = derived_id("field", "one")


def _field() -> FieldRow:
    """a, b with c below it, d."""
    parents = [None, None, _KEYS[1], None]
    options = tuple(
        OptionRow(_KEYS[n], _FIELD, parents[n], None, "abcd"[n], "", "", True, False, int(n == 2))
        for n in range(4)
    )
    return FieldRow(
        *(_FIELD, None, "", "", "", None, "f", "", AnswerKind.SEVERAL, False, True),
        frozenset(SubjectKind),
        0,
        options,
    )


answers = st.one_of(
    st.none(),
    st.just(Answer(not_reported=True)),
    st.builds(
        Answer,
        st.sets(st.sampled_from(_KEYS), min_size=1).map(lambda keys: tuple(sorted(keys))),
        basis=st.sampled_from(Basis),
    ),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows = []
    for n, answer in enumerate(draw(st.lists(answers, max_size=12))):
        key = derived_id("document", str(n))
        study = draw(st.sampled_from([None, derived_id("study", "a"), derived_id("study", "b")]))
        rows.append(
            ChartRow(
                Subject(SubjectKind.DOCUMENT, key),
                title=f"R{n}",
                citation=f"R{n}",
                study=study,
                study_name="S" if study else "",
                status=ChartStatus.CHARTED,
                pilot=draw(st.booleans()),
                note="",
                coder=None,
                changed=None,
                answers={_FIELD: answer} if answer else {},
                left_out=draw(st.booleans()),
            )
        )
    return Grid(SubjectKind.DOCUMENT, (_field(),), tuple(rows))


@given(grids(), st.sampled_from([Unit.RECORD, Unit.STUDY]), st.sampled_from(Pilot))
def test_counts_are_those_of_counting_by_hand(grid: Grid, unit: Unit, pilot: Pilot) -> None:
    counts = counting.count(grid, unit, {}, pilot)
    (found,) = counts.fields
    held: dict[UUID, list[Answer]] = {}
    for row in grid.rows:
        if row.left_out or (pilot is Pilot.ONLY) > row.pilot:
            continue
        if pilot is Pilot.WITHOUT and row.pilot:
            continue
        key = row.study if unit is Unit.STUDY and row.study else row.subject.id
        held.setdefault(key, []).append(row.answer(_FIELD))
    chosen = {key: {o for a in several for o in a.options} for key, several in held.items()}
    looked = {
        key for key, several in held.items() if any(a.options or a.not_reported for a in several)
    }
    assert (counts.cases, found.looked) == (len(held), len(looked))
    assert {case.key for case in found.not_reported} == {k for k in looked if not chosen[k]}
    assert {case.key for case in found.not_charted} == held.keys() - looked
    for at, each in enumerate(found.rows):
        inside = {_KEYS[1], _KEYS[2]} if at == 1 else {_KEYS[at]}
        having = {key for key in held if chosen[key] & inside}
        assert {case.key for case in each.cases} == having
        assert each.own == sum(_KEYS[at] in chosen[key] for key in held)
        assert each.explicit + each.inferred == each.n
    assert found.several == sum(len(keys) > 1 for keys in chosen.values())
    assert found.reported + len(found.not_reported) == found.looked


@given(grids(), st.sampled_from([Unit.RECORD, Unit.STUDY]))
def test_a_table_of_a_field_with_itself_holds_the_counts(grid: Grid, unit: Unit) -> None:
    (field_,) = grid.fields
    cases = counting.cases_of(counting.kept(grid, Pilot.WITH), unit, {})
    table = counting.cross(field_, field_, cases, unit, Pilot.WITH)
    found = counting.count_field(field_, cases)
    own = {row.option.id: row.own for row in found.rows if row.option}
    for at, option in enumerate(table.row_options):
        expected = own[option.id] if option else len(found.not_reported)
        assert table.cells[at][at].n == table.row_totals[at].n == expected
    assert table.looked == found.looked
