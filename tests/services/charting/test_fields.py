"""The charting form: questions of frameworks, and the project's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.ids import new_id
from ikt_coder.services.charting.rows import AnswerKind, SubjectKind
from ikt_coder.services.project import Project
from tests.services.charting.review import chart, field, of, option, review
from tests.studies import dump


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, list[UUID]]]:
    project, documents = review(tmp_path / "Review.ikt", 2)
    yield project, documents
    project.close()


def test_frameworks_bring_their_questions(opened: tuple[Project, list[UUID]]) -> None:
    project, _ = opened
    rows = {row.key: row for row in project.charting.fields()}
    assert [each.name for each in rows["iap2.level"].offered] == [
        *("Inform", "Consult", "Involve", "Collaborate", "Empower")
    ]
    level = rows["iap2.level"]
    assert (level.kind, level.ordered, level.has_basis) == (AnswerKind.ONE, True, True)
    assert len(rows["kta.phase"].offered) == 7
    assert len(rows["stage.taken"].offered) == 6
    assert "Not reported" not in [each.name for each in rows["out.reported"].options]
    team = option(project, "out.reported", "Team transformation")
    above = rows["out.reported"].option(team.parent) if team.parent else None
    assert above is not None
    assert above.key == "out.immediate"
    assert rows["wider.seed.content"].kind is AnswerKind.TEXT
    events = {row.key for row in project.charting.fields(SubjectKind.EVENT)}
    assert "iap2.level" in events
    assert "kta.phase" not in events


def test_a_form_is_added_once_and_in_one_act(opened: tuple[Project, list[UUID]]) -> None:
    project, _ = opened
    assert project.charting.add_form(["kta", "iap2"]) == 0
    assert project.charting.add_form(["research-use"]) == 1
    project.history.undo()
    assert len(project.charting.fields()) == 10
    project.history.undo()
    assert project.charting.fields() == ()


def test_a_question_of_the_projects_own(opened: tuple[Project, list[UUID]]) -> None:
    project, documents = opened
    made = project.charting.add(
        "Training level", AnswerKind.ONE, ["Masters", "Doctoral"], subjects={SubjectKind.DOCUMENT}
    )
    row = project.charting.field(made)
    assert [each.name for each in row.offered] == ["Masters", "Doctoral"]
    assert project.charting.fields()[-1] == row
    project.charting.change(made, name="Level of training", has_basis=True)
    assert project.charting.find_field("level of training").has_basis
    later = project.charting.add_option(made, "Postdoctoral")
    chart(project, documents[0], "Level of training", "Postdoctoral")
    assert project.charting.answers_with(later) == 1
    assert project.charting.answers_to(made) == 1
    project.charting.delete_option(later)
    assert not project.charting.form(of(documents[0])).answers
    project.history.undo()
    assert project.charting.answers_with(later) == 1
    before = dump(project.path)
    project.charting.delete(made)
    assert made not in {each.id for each in project.charting.fields()}
    project.history.undo()
    assert dump(project.path) == before


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        ("", AnswerKind.TEXT, []),
        ("KTA phases", AnswerKind.TEXT, []),
        ("Country", AnswerKind.ONE, ["Canada"]),
        ("Country", AnswerKind.SEVERAL, ["Canada", "canada"]),
        ("Country", AnswerKind.TEXT, ["Canada", "Kenya"]),
    ],
)
def test_faulty_questions_are_refused(
    opened: tuple[Project, list[UUID]], name: str, kind: AnswerKind, options: list[str]
) -> None:
    project, _ = opened
    before = dump(project.path)
    with pytest.raises(UserError):
        project.charting.add(name, kind, options)
    assert dump(project.path) == before


def test_an_answer_gets_a_word_of_the_project(opened: tuple[Project, list[UUID]]) -> None:
    project, documents = opened
    empower = option(project, "iap2.level", "Empower")
    project.charting.change_option(empower.id, label="Lead or co-lead")
    assert option(project, "iap2.level", "lead or co-lead").name == "Empower"
    chart(project, documents[0], "iap2.level", "Lead or co-lead")
    with pytest.raises(UserError, match="already"):
        project.charting.change_option(empower.id, label="Collaborate")
    with pytest.raises(UserError, match="published"):
        project.charting.change_option(empower.id, name="Defer")
    project.charting.change_option(empower.id, label="")
    assert option(project, "iap2.level", "Empower").shown == "Empower"


def test_a_hidden_answer_is_not_offered_and_stays_where_it_was_given(
    opened: tuple[Project, list[UUID]],
) -> None:
    project, documents = opened
    inform = option(project, "iap2.level", "Inform")
    chart(project, documents[0], "iap2.level", "Inform")
    project.charting.change_option(inform.id, hidden=True)
    assert inform.id not in {e.id for e in project.charting.find_field("iap2.level").offered}
    assert project.charting.answer_of(of(documents[0]), inform.field).options == (inform.id,)


def test_order_and_what_is_gone(opened: tuple[Project, list[UUID]]) -> None:
    project, _ = opened
    names = [row.name for row in project.charting.fields()]
    project.charting.move(field(project, names[0]), 1)
    assert [row.name for row in project.charting.fields()][:2] == [names[1], names[0]]
    steps = project.history.next_undo()
    project.charting.move(field(project, names[1]), -1)
    assert project.history.next_undo() == steps
    for act in (
        lambda: project.charting.field(new_id()),
        lambda: project.charting.find_field("no such"),
        lambda: project.charting.delete(new_id()),
        lambda: project.charting.change_option(new_id(), hidden=True),
    ):
        with pytest.raises(NotFound):
            act()


def test_removing_a_framework_takes_its_questions(opened: tuple[Project, list[UUID]]) -> None:
    project, documents = opened
    chart(project, documents[0], "kta.phase", "kta.a1")
    kta = project.charting.find_field("kta.phase").framework
    assert kta is not None
    project.frameworks.remove(kta)
    assert "kta.phase" not in {row.key for row in project.charting.fields()}
    project.history.undo()
    assert project.charting.answers_to(field(project, "kta.phase")) == 1
