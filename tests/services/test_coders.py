"""Coders: adding, changing, switching, and who sits down at the next opening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from ikt_coder.core.errors import NotFound, UndoRefused, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.words import Role
from ikt_coder.model import Coder
from ikt_coder.services.coders import initials_of
from ikt_coder.services.project import Project
from tests.studies import span_of, study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "study.ikt")
    yield project
    project.close()


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Amara Okafor", "AO"),
        ("Jean-Luc Tremblay", "JLT"),
        ("Zoe", "ZO"),
        ("ana maria de la cruz", "AMD"),
        ("Élodie  Ångström", "ÉÅ"),
    ],
)
def test_initials_stand_for_a_name(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_name_has_initials_that_fit(name: str) -> None:
    assert len(initials_of(name)) <= 6
    assert not any(sign.isspace() for sign in initials_of(name))


def test_coders_are_listed_as_they_were_added(project: Project) -> None:
    first = project.coders.add("Amara Okafor", role=Role.SUPERVISOR, positionality=" A nurse. ")
    second = project.coders.add("Beni Kask", "BEN")
    rows = project.coders.all()
    assert [r.id for r in rows] == [first, second]
    assert rows[0].role is Role.SUPERVISOR
    assert rows[0].positionality == "A nurse."
    assert [r.initials for r in rows] == ["AO", "BEN"]


def test_a_name_is_taken_once_whatever_its_letters(project: Project) -> None:
    amara = project.coders.add("Amara Okafor")
    other = project.coders.add("Beni Kask")
    acts = len(project.history.all())
    for bad in ("amara OKAFOR", "  Amara   Okafor ", "", " \n"):
        with pytest.raises(UserError):
            project.coders.add(bad)
        with pytest.raises(UserError):
            project.coders.change(other, name=bad)
    assert len(project.history.all()) == acts
    project.coders.change(amara, name="amara okafor")
    assert project.coders.get(amara).name == "amara okafor"


def test_changes_touch_what_is_given_and_can_be_undone(project: Project) -> None:
    coder = project.coders.add("Amara Okafor")
    before = project.coders.get(coder)
    project.coders.change(coder, role=Role.TRAINEE)
    assert project.coders.get(coder).name == before.name
    assert project.coders.get(coder).role is Role.TRAINEE
    project.coders.change(coder, initials="  ")
    assert project.coders.get(coder).initials == "AO"
    project.history.undo()
    assert project.coders.get(coder) == before


def test_who_everyone_is_follows_every_act_and_what_is_taken_back(project: Project) -> None:
    def names() -> list[str]:
        return [row.name for row in project.coders.everyone()]

    before = names()
    coder = project.coders.add("Amara Okafor")
    assert names() == [*before, "Amara Okafor"]
    heard: list[list[str]] = []
    project.listen(lambda _: heard.append(names()))
    project.coders.change(coder, name="Amara O.")
    assert heard == [[*before, "Amara O."]], "a listener sees what it is told of"

    def fail_within() -> None:
        with project.operation(Op.ADD_CODER) as op:
            op.execute(update(Coder).where(Coder.id == coder).values(name="Within"))
            assert names() == [*before, "Within"]
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail_within()
    assert names() == [*before, "Amara O."]
    project.history.undo()
    project.history.undo()
    assert names() == before
    assert [row.name for row in project.coders.all()] == before


def test_a_coder_is_found_by_name_initials_or_id(project: Project) -> None:
    key = project.coders.add("Amara Okafor")
    project.coders.add("AO", "X")
    assert project.coders.find("amara okafor").id == key
    assert project.coders.find(str(key)).id == key
    assert project.coders.find("ao").name == "AO"  # a name goes before initials
    with pytest.raises(NotFound, match="nobody"):
        project.coders.find("nobody")
    with pytest.raises(NotFound):
        project.coders.get(uuid4())


def test_switching_is_kept_in_the_history_and_is_no_act_to_undo(project: Project) -> None:
    first, second = project.coders.add("Amara Okafor"), project.coders.add("Beni Kask")
    project.coders.switch(first)
    project.coders.switch(second)
    project.coders.switch(second)
    switches = [r for r in project.history.all() if r.kind == Op.SWITCH_CODER.value]
    assert [r.params["name"] for r in switches] == ["Beni Kask", "Amara Okafor"]
    with pytest.raises(UndoRefused):
        project.history.undo()
    assert project.coder == second


def test_who_coded_last_sits_down_again(tmp_path: Path) -> None:
    project, _ = study(tmp_path / "study.ikt")
    second = project.coders.add("Beni Kask")
    project.coders.switch(second)
    project.close()
    project = Project.open(tmp_path / "study.ikt")
    assert project.coder == second
    project.close()


def test_the_first_act_of_nobody_makes_a_first_coder(project: Project) -> None:
    assert project.coders.present() is None
    project.memos.add("Who am I?")
    present = project.coders.present()
    assert present is not None
    assert present.name == "Coder A"
    assert project.coders.ensure_present() == present.id


def test_counts_are_each_coders_own(tmp_path: Path) -> None:
    project, talk = study(tmp_path / "study.ikt")
    trust = project.codes.add("Trust")
    project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    project.coders.switch(project.coders.add("Beni Kask"))
    assert [r.codings for r in project.coders.all()] == [1, 0]
    project.close()


def test_names_outlive_a_coder_whose_adding_was_taken_back(project: Project) -> None:
    key = project.coders.add("Amara Okafor")
    project.history.undo()
    assert project.coders.all() == ()
    assert project.coders.names()[key] == "Amara Okafor"
