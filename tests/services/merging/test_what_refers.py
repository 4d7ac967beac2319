"""What refers to codes and codings through a merge of two files: it comes along, is recognised,
and follows what was merged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.cases import CaseKind, CaseRef
from ikt_coder.core.span import Span
from ikt_coder.services.charting.rows import Subject, SubjectKind
from ikt_coder.services.engagement.rows import EventTarget, LinkTarget, ListName, NewUser
from ikt_coder.services.engagement.terms import shipped_id
from ikt_coder.services.framework_matrices.rows import Topic
from ikt_coder.services.project import Project
from tests.services.merging.copies import copied, project_with_codes, talk


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """A project with a matrix and a log, and a plain copy of it."""
    here = project_with_codes(tmp_path / "here.ikt")
    code = here.codes.find("Trust").id
    here.matrices.add("Summaries", topics=[Topic(code=code)])
    here.engagement.add("2024-01", "Kick-off")
    there = copied(here, tmp_path / "there.ikt")
    for project in (here, there):
        project.coders.switch(project.coders.find("Amara Okafor").id)
    yield here, there
    here.close()
    there.close()


def merged(here: Project, there: Project) -> None:
    path = there.path
    there.close()
    here.merging.apply(path)
    reopened = Project.open(path)
    there.__dict__.update(reopened.__dict__)


def person(project: Project) -> CaseRef:
    return CaseRef(CaseKind.PARTICIPANT, project.participants.all()[0].id)


def write(project: Project, code: str, words: str) -> None:
    """A summary in the column of a code, which gets one where it has none."""
    (matrix,) = project.matrices.all()
    key = project.codes.find(code).id
    topics = [column.topic for column in matrix.columns]
    if Topic(code=key) not in topics:
        project.matrices.change(matrix.id, topics=[*topics, Topic(code=key)])
        (matrix,) = project.matrices.all()
    column = next(one.id for one in matrix.columns if one.topic.code == key)
    project.matrices.write(matrix.id, column, person(project), words)


def cells(project: Project) -> dict[str, str]:
    (matrix,) = project.matrices.all()
    grid = project.matrices.read(matrix.id)
    return {
        column.name: grid.cell(case.ref, column.id).text
        for column in matrix.columns
        for case in grid.cases
        if grid.cell(case.ref, column.id).text
    }


def test_charting_log_and_guide_of_both_are_united(pair: tuple[Project, Project]) -> None:
    here, there = pair
    for project, code in ((here, "Time"), (there, "Money")):
        charting = project.charting
        subject = Subject(SubjectKind.DOCUMENT, talk(project))
        charting.add_form(("kta",))
        field = charting.find_field("kta")
        place = 0 if project is here else 1
        charting.answer(subject, field.id, options=[field.offered[place].id])
        project.guide.add("What got in the way?", "Way")
        project.glossary.add("Partner", f"Said with {code}")
        event = project.engagement.all()[0].id
        project.engagement.change(
            event,
            links={EventTarget(LinkTarget.CODE, project.codes.find(code).id): ""},
        )
        project.engagement.add(
            "2024-02",
            code,
            activity=shipped_id(ListName.ACTIVITY, "meeting"),
            users=[NewUser(shipped_id(ListName.KNOWLEDGE_USER, "patient"), None, 1)],
        )
    merged(here, there)
    field = here.charting.find_field("kta")
    assert len([one for one in here.charting.fields() if one.framework_key == "kta"]) == 1
    answer = here.charting.answer_of(Subject(SubjectKind.DOCUMENT, talk(here)), field.id)
    assert set(answer.options) == {option.id for option in field.offered[:2]}
    assert [row.label for row in here.guide.all()] == ["Way"]
    assert len(here.glossary.all()) == 1
    names = {row.title: row for row in here.engagement.all()}
    assert set(names) == {"Kick-off", "Time", "Money"}
    assert {link.name for link in names["Kick-off"].links} == {"Time", "Money"}
    assert here.safety.check().findings == ()


def test_what_was_written_on_a_code_that_the_other_merged_follows(
    pair: tuple[Project, Project],
) -> None:
    here, there = pair
    there.codes.merge([there.codes.find("Money").id], there.codes.find("Trust").id)
    trust, money = here.codes.find("Trust").id, here.codes.find("Money").id
    write(here, "Money", "Fares were paid late.")
    write(here, "Trust", "She trusted one person.")
    here.ratings.rate(person(here), money, -2, rationale="late")
    belief = here.beliefs.add("They pay when it suits them.", code=money)
    kept = here.recommendations.add(code=money, text="Pay fares on the day")
    here.frameworks.add("com-b")
    here.crosswalks.link(money, next(c.id for c in here.codes.all() if c.node_key == "comb.o.phys"))
    merged(here, there)
    assert cells(here) == {"Trust": "Fares were paid late.\n\nShe trusted one person."}
    assert here.beliefs.get(belief).code == trust
    assert here.recommendations.get(kept).code == trust
    assert {link.code for link in here.crosswalks.links()} == {trust}
    assert here.safety.check().findings == ()


def test_the_same_coding_of_both_keeps_what_stands_on_either(
    pair: tuple[Project, Project],
) -> None:
    here, there = pair
    made: dict[Project, UUID] = {}
    for project in (here, there):
        code = project.codes.find("Doubt").id
        made[project] = project.codings.apply(talk(project), Span(30, 44), code)
        belief = project.beliefs.add(f"A sentence of {project.path.stem}.", code=code)
        project.beliefs.gather(belief, [made[project]])
    merged(here, there)
    rows = here.codings.of_codes([here.codes.find("Doubt").id], None)
    assert len(rows) == 1
    gathered = [here.beliefs.codings(row.id) for row in here.beliefs.all()]
    assert gathered == [(rows[0].id,), (rows[0].id,)]
    assert here.safety.check().findings == ()


def test_ratings_of_both_raters_stand_side_by_side(pair: tuple[Project, Project]) -> None:
    here, there = pair
    there.coders.switch(there.coders.find("Ben Li").id)
    for project, value in ((here, -1), (there, 2)):
        project.ratings.rate(person(project), project.codes.find("Trust").id, value)
    merged(here, there)
    assert len({row.coder for row in here.ratings.all()}) == 2
