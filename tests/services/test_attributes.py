"""Attributes of participants and documents: kinds, values, and one act for many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ikt_coder.core.errors import NotFound, UserError
from ikt_coder.core.words import AttributeKind, Subject
from ikt_coder.services.project import Project
from tests.studies import dump, study

Desk = tuple[Project, UUID, UUID]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A study, its document and one of its participants."""
    project, document = study(tmp_path / "study.ikt")
    yield project, document, project.participants.all()[0].id
    project.close()


def attribute(project: Project, kind: AttributeKind, *choices: str) -> UUID:
    return project.attributes.add("Trait", Subject.PARTICIPANT, kind, choices)


FITTING = [
    (AttributeKind.TEXT, "  two words ", "two words"),
    (AttributeKind.TEXT, "[1, 2]", "[1, 2]"),
    (AttributeKind.NUMBER, "42", "42"),
    (AttributeKind.NUMBER, "3,5", "3.5"),
    (AttributeKind.NUMBER, "1,234.5", "1234.5"),
    (AttributeKind.NUMBER, "−2", "-2"),
    (AttributeKind.DATE, "2025-03-31", "2025-03-31"),
    (AttributeKind.DATE, "31 March 2025", "2025-03-31"),
    (AttributeKind.CHOICE, "nurse", "Nurse"),
    (AttributeKind.CHOICES, "patient ; nurse;nurse", "Nurse; Patient"),
    (AttributeKind.CHOICES, ["Patient"], "Patient"),
    (AttributeKind.CHOICES, "Carer; paid", "Carer; paid"),
    (AttributeKind.TEXT, "   ", ""),
    (AttributeKind.CHOICES, ";", ""),
    (AttributeKind.NUMBER, None, ""),
]


@pytest.mark.parametrize(("kind", "given", "shown"), FITTING)
def test_values_are_kept_and_shown(
    desk: Desk, kind: AttributeKind, given: str | None, shown: str
) -> None:
    project, _, person = desk
    key = attribute(project, kind, "Nurse", "Patient", "Carer; paid")
    project.attributes.set({(person, key): given})
    assert project.attributes.value(person, key) == shown
    known = project.attributes.values(Subject.PARTICIPANT).get(person, {})
    assert known == ({key: shown} if shown else {})


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (AttributeKind.NUMBER, "many"),
        (AttributeKind.NUMBER, "nan"),
        (AttributeKind.NUMBER, "1e999"),
        (AttributeKind.DATE, "03/04/2025"),
        (AttributeKind.DATE, "2025-02-30"),
        (AttributeKind.CHOICE, "Doctor"),
        (AttributeKind.CHOICES, "Nurse; Doctor"),
        (AttributeKind.TEXT, ["a", "b"]),
        (AttributeKind.TEXT, "x" * 2001),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_of_the_act_is_kept(
    desk: Desk, kind: AttributeKind, given: str | list[str]
) -> None:
    project, _, person = desk
    key = attribute(project, kind, "Nurse", "Patient")
    plain = project.attributes.add("Plain", Subject.PARTICIPANT)
    before = dump(project.path)
    with pytest.raises(UserError, match="Nothing was changed"):
        project.attributes.set({(person, plain): "kept?", (person, key): given})
    assert dump(project.path) == before


def test_many_values_are_one_act(desk: Desk) -> None:
    project, document, person = desk
    age = project.attributes.add("Age", Subject.PARTICIPANT, AttributeKind.NUMBER)
    place = project.attributes.add("Place", Subject.DOCUMENT)
    project.attributes.set({(person, age): "61", (document, place): "At home"})
    assert project.attributes.values(Subject.DOCUMENT) == {document: {place: "At home"}}
    project.attributes.set({(person, age): "62", (document, place): None})
    assert project.attributes.value(person, age) == "62"
    project.history.undo()
    assert project.attributes.value(person, age) == "61"
    assert project.attributes.value(document, place) == "At home"
    project.history.undo()
    assert project.attributes.values(Subject.PARTICIPANT) == {}
    count = len(project.history.all())
    project.attributes.set({(person, age): ""})
    assert len(project.history.all()) == count  # nothing changed, so nothing was done


def test_a_value_belongs_to_what_the_attribute_is_of(desk: Desk) -> None:
    project, document, person = desk
    age = project.attributes.add("Age", Subject.PARTICIPANT)
    with pytest.raises(NotFound):
        project.attributes.set({(document, age): "61"})
    with pytest.raises(NotFound):
        project.attributes.set({(person, uuid4()): "61"})
    with pytest.raises(NotFound):
        project.attributes.set({(uuid4(), age): "61"})


def test_a_name_is_taken_once_for_each_subject(desk: Desk) -> None:
    project, _, _ = desk
    key = project.attributes.add("Age", Subject.PARTICIPANT)
    project.attributes.add("Age", Subject.DOCUMENT)
    with pytest.raises(UserError, match="already"):
        project.attributes.add(" AGE ", Subject.PARTICIPANT)
    other = project.attributes.add("Role", Subject.PARTICIPANT)
    with pytest.raises(UserError, match="already"):
        project.attributes.change(other, name="age")
    project.attributes.change(key, name="age")
    assert project.attributes.find("AGE", Subject.PARTICIPANT).name == "age"
    with pytest.raises(UserError, match="twice"):
        project.attributes.add("Sort", Subject.PARTICIPANT, AttributeKind.CHOICE, ("a", "A"))


def test_another_kind_carries_the_values_that_fit_and_refuses_the_rest(desk: Desk) -> None:
    project, _, person = desk
    other = project.participants.all()[1].id
    key = attribute(project, AttributeKind.TEXT)
    project.attributes.set({(person, key): "1,5", (other, key): "about 3"})
    with pytest.raises(UserError, match="about 3"):
        project.attributes.change(key, kind=AttributeKind.NUMBER)
    assert project.attributes.get(key).kind is AttributeKind.TEXT
    project.attributes.set({(other, key): "3"})
    project.attributes.change(key, kind=AttributeKind.NUMBER)
    assert project.attributes.value(person, key) == "1.5"
    project.attributes.change(key, kind=AttributeKind.CHOICE)
    assert project.attributes.get(key).choices == ("1.5", "3")
    project.attributes.change(key, kind=AttributeKind.CHOICES)
    project.attributes.set({(person, key): ["3", "1.5"]})
    assert project.attributes.value(person, key) == "1.5; 3"
    with pytest.raises(UserError, match="no longer fit"):
        project.attributes.change(key, choices=["3"])
    project.attributes.change(key, kind=AttributeKind.TEXT)
    assert project.attributes.value(person, key) == "1.5; 3"


def test_order_and_deleting_with_all_values(desk: Desk) -> None:
    project, _, person = desk
    keys = [project.attributes.add(name, Subject.PARTICIPANT) for name in ("A", "B", "C")]
    project.attributes.move(keys[2], keys[0])
    assert [row.name for row in project.attributes.all()] == ["C", "A", "B"]
    project.attributes.set({(person, keys[0]): "x"})
    project.attributes.delete(keys[0])
    assert project.attributes.values(Subject.PARTICIPANT) == {}
    project.history.undo()
    assert project.attributes.value(person, keys[0]) == "x"
    assert project.safety.check().sound


def test_values_of_an_erased_participant_leave_the_file(desk: Desk) -> None:
    project, _, person = desk
    key = attribute(project, AttributeKind.TEXT)
    project.attributes.set({(person, key): "Zanzibarian lighthouse"})
    project.participants.erase(person, "asked for it")
    assert project.attributes.values(Subject.PARTICIPANT) == {}
    project.file.close()
    assert b"Zanzibarian" not in project.path.read_bytes()
