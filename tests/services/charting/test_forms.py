"""Filling in forms: one act for each gesture, and what counts as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.services.charting.rows import (
    NO_ANSWER,
    Answer,
    Basis,
    ChartStatus,
    Subject,
    SubjectKind,
)
from ikt_coder.services.project import Project
from tests.services.charting.review import chart, field, of, option, review
from tests.studies import dump


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, list[UUID]]]:
    project, documents = review(tmp_path / "Review.ikt", 3)
    yield project, documents
    project.close()


def test_a_gesture_is_one_act(opened: tuple[Project, list[UUID]]) -> None:
    project, (first, *_) = opened
    stages, level = field(project, "stage.taken"), field(project, "iap2.level")
    one, two = (option(project, "stage.taken", f"stage.{n}").id for n in (1, 5))
    before = dump(project.path)
    charting = project.charting
    assert charting.choose(of(first), stages, one).options == (one,)
    assert set(charting.choose(of(first), stages, two).options) == {one, two}
    assert charting.choose(of(first), stages, one).options == (two,)
    form = charting.form(of(first))
    assert (form.status, form.coder) == (ChartStatus.IN_PROGRESS, project.coder)
    history = project.history.all(limit=1)[0]
    assert history.params["name"] == "Research stages"
    assert history.params["title"] == "R01"
    for _ in range(3):
        project.history.undo()
    assert dump(project.path) == before
    assert charting.answer_of(of(first), level) == NO_ANSWER


def test_one_answer_takes_the_place_of_the_other(opened: tuple[Project, list[UUID]]) -> None:
    project, (first, *_) = opened
    level = field(project, "iap2.level")
    inform, involve = (option(project, "iap2.level", w).id for w in ("Inform", "Involve"))
    charting = project.charting
    charting.choose(of(first), level, inform)
    assert charting.choose(of(first), level, involve).options == (involve,)
    assert charting.answer_of(of(first), level).basis is Basis.EXPLICIT
    charting.answer(of(first), level, basis=Basis.INFERRED)
    # The basis is that of the answer and stays with a change of it.
    assert charting.choose(of(first), level, inform).basis is Basis.INFERRED
    with pytest.raises(UserError, match="one answer"):
        charting.answer(of(first), level, options=[inform, involve])


def test_not_reported_is_an_answer_and_no_row_is_none(
    opened: tuple[Project, list[UUID]],
) -> None:
    project, (first, second, _) = opened
    level = project.charting.find_field("iap2.level")
    chart(project, first, "iap2.level")
    answer = project.charting.answer_of(of(first), level.id)
    assert answer == Answer(not_reported=True)
    assert answer.given(level)
    assert not project.charting.answer_of(of(second), level.id).given(level)
    chart(project, first, "iap2.level", "Consult")
    assert not project.charting.answer_of(of(first), level.id).not_reported
    project.charting.clear(of(first), level.id)
    assert project.charting.form(of(first)).status is ChartStatus.TO_DO
    with pytest.raises(UserError):
        project.charting.answer(
            of(first),
            level.id,
            options=[level.offered[0].id],
            not_reported=True,
        )


def test_texts_and_remarks(opened: tuple[Project, list[UUID]]) -> None:
    project, (first, *_) = opened
    content = project.charting.find_field("wider.seed.content")
    charting = project.charting
    charting.answer(of(first), content.id, not_reported=True)
    assert charting.answer(of(first), content.id, text=" Aims of the study ").text == (
        "Aims of the study"
    )
    assert not charting.answer_of(of(first), content.id).not_reported
    assert charting.answer(of(first), content.id, not_reported=True).text == ""
    level = charting.find_field("iap2.level")
    charting.answer(of(first), level.id, text="p. 4")
    assert not charting.answer_of(of(first), level.id).given(level)
    charting.choose(of(first), level.id, level.offered[0].id)
    assert charting.answer_of(of(first), level.id).text == "p. 4"
    with pytest.raises(UserError):
        charting.answer(of(first), content.id, options=[level.offered[0].id])
    with pytest.raises(UserError):
        charting.answer(of(first), content.id, basis=Basis.INFERRED)


def test_the_form_itself(opened: tuple[Project, list[UUID]]) -> None:
    project, (first, *_) = opened
    charting = project.charting
    charting.change_form(of(first), status=ChartStatus.CHARTED, pilot=True, note="Tried")
    form = charting.form(of(first))
    assert (form.status, form.pilot, form.note) == (ChartStatus.CHARTED, True, "Tried")
    steps = project.history.next_undo()
    charting.change_form(of(first), status=ChartStatus.CHARTED, pilot=True, note="Tried")
    charting.clear(of(first), field(project, "kta.phase"))
    assert project.history.next_undo() == steps  # what changes nothing leaves nothing
    progress = charting.progress()
    assert (progress.subjects, progress.charted, progress.to_do, progress.pilots) == (3, 1, 2, 1)
    with pytest.raises(NotFound):
        charting.form(of(new_id()))
    with pytest.raises(UserError, match="not asked of events"):
        charting.answer(Subject(SubjectKind.EVENT, new_id()), field(project, "kta.phase"))


def test_several_fields_in_one_act(opened: tuple[Project, list[UUID]]) -> None:
    project, (first, *_) = opened
    before = dump(project.path)
    stage = option(project, "stage.taken", "stage.2")
    project.charting.answer_many(
        of(first),
        [
            (stage.field, Answer((stage.id,))),
            (field(project, "iap2.level"), Answer(not_reported=True)),
        ],
        status=ChartStatus.CHARTED,
    )
    assert len(project.charting.form(of(first)).answers) == 2
    project.history.undo()
    assert dump(project.path) == before


def test_deleting_a_document_takes_its_form(opened: tuple[Project, list[UUID]]) -> None:
    project, (first, *_) = opened
    chart(project, first, "iap2.level", "Consult")
    project.documents.delete(first)
    assert len(project.charting.grid().rows) == 2
    project.history.undo()
    assert project.charting.form(of(first)).answers


def test_same_answers_in_two_copies_have_the_same_ids(tmp_path: Path) -> None:
    project, (first, *_) = review(tmp_path / "A.ikt", 1)
    stage = option(project, "stage.taken", "stage.2")
    rows = []
    for _ in range(2):
        project.charting.choose(of(first), stage.field, stage.id)
        tables = dump(project.path)
        rows.append((tables["chart_answer"], [row[0] for row in tables["chart"]]))
        project.history.undo()
    project.close()
    assert rows[0] == rows[1]


gestures = st.lists(
    st.one_of(
        st.tuples(st.just("choose"), st.integers(0, 3)),
        st.tuples(st.just("missing"), st.booleans()),
        st.tuples(st.just("text"), st.sampled_from(["", "a", "b"])),
        st.tuples(st.just("clear"), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=40)  # each acts in a project file
@given(gestures)
def test_any_gestures_leave_an_answer_that_holds_together(
    charted: tuple[Project, UUID, UUID], acts: list[tuple[str, object]]
) -> None:
    project, document, stages = charted
    charting = project.charting
    row = charting.field(stages)
    charting.clear(of(document), stages)
    wanted: set[UUID] = set()
    missing = False
    for what, value in acts:
        if what == "choose":
            assert isinstance(value, int)
            wanted ^= {row.offered[value].id}
            missing = missing and not wanted
            charting.choose(of(document), stages, row.offered[value].id)
        elif what == "missing":
            missing = bool(value)
            wanted = set() if missing else wanted
            charting.answer(of(document), stages, not_reported=missing)
        elif what == "text":
            charting.answer(of(document), stages, text=str(value))
        else:
            wanted, missing = set(), False
            charting.clear(of(document), stages)
        answer = charting.answer_of(of(document), stages)
        assert set(answer.options) == wanted
        assert answer.not_reported is missing
        assert answer.basis is None  # stages are not asked for their basis


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, UUID, UUID]]:
    path = tmp_path_factory.mktemp("charted") / "Review.ikt"
    project, documents = review(path, 1, form=("research-stages",))
    yield project, documents[0], field(project, "stage.taken")
    project.close()


def test_an_answer_reads_the_options_of_its_own_question_only(
    opened: tuple[Project, list[UUID]],
) -> None:
    project, (first, *_) = opened
    level = field(project, "iap2.level")
    inform = option(project, "iap2.level", "Inform").id
    asked: list[str] = []
    driver = project.file.connections.raw()
    driver.set_trace_callback(asked.append)
    try:
        project.charting.choose(of(first), level, inform)
    finally:
        driver.set_trace_callback(None)
    options = [words for words in asked if "FROM chart_option" in words]
    assert options
    assert all("WHERE chart_option.field_id" in words for words in options)
    assert not [words for words in asked if "FROM document_participant" in words]
