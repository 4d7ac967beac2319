"""Going back to an earlier state, taking that back, and what then stands and is undone next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import Cancelled, NotFound, UndoRefused, UserError
from ikt_coder.core.ops import Op
from ikt_coder.services.project import Project
from tests.services.undoing import as_second, last_seq
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, talk = study(tmp_path / "study.ikt")
    project.coders.add("Beni Kask")
    yield project, talk
    project.close()


def test_going_back_takes_everybodys_acts_and_is_undone_as_one(
    opened: tuple[Project, UUID],
) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    here, then = last_seq(project), dump(project.path)
    project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    as_second(project)
    project.codings.apply(talk, span_of(project, talk, "I came late"), trust)
    project.codes.add("Role")
    now = dump(project.path)

    project.history.go_back_to(here)
    assert dump(project.path) == then
    project.history.undo()
    assert dump(project.path) == now
    project.history.redo()
    assert dump(project.path) == then
    assert project.safety.check().sound


def test_going_back_to_before_one_was_added_can_still_be_undone(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    here, then = last_seq(project), dump(project.path)
    project.coders.switch(project.coders.add("Chi Duong"))
    project.codes.add("Role")
    now = dump(project.path)

    project.history.go_back_to(here)
    assert dump(project.path) == then
    present = project.coders.present()
    assert present is not None
    assert present.name != "Chi Duong"
    went = project.history.all(limit=1)[0]
    assert went.params["by"] == "Chi Duong"
    lost = next(r for r in project.history.all() if r.kind == Op.ADD_CODE.value)
    assert lost.coder_name == "Chi Duong"
    project.history.undo()
    assert dump(project.path) == now


def test_adding_a_coder_who_has_acted_is_not_undone(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    first = as_second(project)
    project.codes.add("Theirs")
    theirs = last_seq(project)
    project.coders.switch(first)
    with pytest.raises(UndoRefused) as refused:
        project.history.undo()
    assert refused.value.blocker is not None
    assert refused.value.blocker >= theirs
    assert "Beni Kask" in {c.name for c in project.coders.all()}


def test_the_preview_says_how_many_acts_by_whom(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    here = last_seq(project)
    project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    project.codes.add("Gone")
    project.history.undo()
    as_second(project)
    project.codes.add("Role")
    project.codes.add("Time")

    preview = project.history.go_back_preview(here)
    assert {(name, count) for _, name, count in preview.takes_back} == {
        ("Beni Kask", 2),
        ("Amara Okafor", 1),
    }
    assert preview.count == 3
    assert preview.brings_back == 0
    assert project.history.go_back_preview(last_seq(project)).count == 0


def test_going_back_past_an_undo_brings_the_act_back(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    here, then = last_seq(project), dump(project.path)
    project.history.undo()
    preview = project.history.go_back_preview(here)
    assert (preview.count, preview.brings_back) == (0, 1)
    project.history.go_back_to(here)
    assert dump(project.path) == then
    act = next(r for r in project.history.all() if r.seq == here)
    assert act.stands


def test_what_another_coder_went_back_past_is_not_the_next_undo(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    trust = project.codes.add("Trust")
    mine = last_seq(project)
    lost = project.codes.add("Lost")
    project.codes.change(trust, definition="Lost too")
    amara = as_second(project)
    project.history.go_back_to(mine)
    project.coders.switch(amara)

    found = project.history.next_undo()
    assert found is not None
    assert (found.seq, found.params["name"]) == (mine, "Trust")
    assert project.history.next_redo() is None
    project.history.undo()  # though the lost acts and the going back touched the same code
    assert project.codes.all() == ()
    project.history.redo()
    assert [code.name for code in project.codes.all()] == ["Trust"]
    assert project.codes.get(trust).definition == ""

    project.coders.switch(project.coders.find("Beni Kask").id)
    project.history.undo()
    assert [code.id for code in project.codes.all()] == [trust, lost]
    assert project.codes.get(trust).definition == "Lost too"
    assert project.safety.check().sound


def test_when_going_back_is_taken_back_the_acts_are_offered_again(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    here = last_seq(project)
    project.codes.add("Trust")
    mine = last_seq(project)
    amara = as_second(project)
    project.history.go_back_to(here)
    project.history.undo()
    project.coders.switch(amara)
    found = project.history.next_undo()
    assert found is not None
    assert found.seq == mine
    project.history.undo()
    assert project.codes.all() == ()


def test_an_undo_that_was_gone_back_past_is_no_redo(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    here = last_seq(project)
    project.history.undo()
    amara = as_second(project)
    project.history.go_back_to(here)
    project.coders.switch(amara)
    assert project.history.next_redo() is None
    found = project.history.next_undo()
    assert found is not None
    assert found.seq == here
    project.history.undo()
    assert project.codes.all() == ()
    as_second(project)
    with pytest.raises(UndoRefused):
        project.history.undo()  # the act that was brought back has been taken back since


def test_acts_in_a_stretch_that_was_taken_back_do_not_stand(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    here = last_seq(project)
    project.codes.add("Trust")
    inside = last_seq(project)
    project.history.go_back_to(here)

    def stands() -> bool:
        return next(r.stands for r in project.history.all() if r.seq == inside)

    assert not stands()
    preview = project.history.go_back_preview(inside)
    assert (preview.count, preview.brings_back) == (0, 1)
    project.history.undo()
    assert stands()


def test_a_preview_knows_a_going_back_that_nobody_has_looked_at(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    here = last_seq(project)
    project.codes.add("Trust")
    inside = last_seq(project)
    project.history.go_back_to(here)
    preview = project.history.go_back_preview(inside)
    assert (preview.count, preview.brings_back) == (0, 1)


def test_an_undo_under_a_going_back_does_not_outlive_it(opened: tuple[Project, UUID]) -> None:
    """Two "go back"s, one over the other, are taken back; then an act that only stands without
    them is undone and redone; then both are done again. What was undone between leaves no
    trace, neither in what stands nor in the way of the last redo."""
    project, _ = opened
    first = project.coders.present()
    trust = project.codes.add("Trust")
    with_trust = last_seq(project)
    project.history.undo()
    without = last_seq(project)
    as_second(project)
    project.history.go_back_to(with_trust)
    there = last_seq(project)
    assert first is not None
    project.coders.switch(first.id)
    project.history.go_back_to(without)
    project.history.go_back_to(there)
    now = dump(project.path)
    stood = [row.stands for row in project.history.all()]

    project.history.undo()
    assert not project.codes.all()
    project.history.undo()
    assert [row.id for row in project.codes.all()] == [trust]
    project.history.undo()
    assert not project.codes.all()
    for _ in range(3):
        project.history.redo()
    assert dump(project.path) == now
    assert [row.stands for row in project.history.all()][6:] == stood
    assert project.safety.check().sound


def test_going_back_cancelled_changes_nothing(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    here = last_seq(project)
    project.codes.add("Trust")
    before = dump(project.path)
    with pytest.raises(Cancelled):
        project.history.go_back_to(here, cancel=lambda: True)
    assert dump(project.path) == before


def test_going_back_to_an_act_that_never_was_is_refused(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    with pytest.raises(NotFound):
        project.history.go_back_to(10_000)


ACTS: tuple[Callable[[Project], object], ...] = (
    lambda project: project.codes.add(f"Code {len(project.history.all())}"),
    lambda project: project.codes.delete([c.id for c in project.codes.all()][:1]),
    lambda project: project.memos.add("A thought"),
    lambda project: project.history.undo(),
    lambda project: project.history.redo(),
    lambda project: project.themes.add(f"Theme {len(project.history.all())}"),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(st.integers(0, len(ACTS) - 1), min_size=1, max_size=12),
    back=st.integers(0, 11),
)
def test_any_state_can_be_gone_back_to_and_left_again(
    tmp_path_factory: pytest.TempPathFactory, acts: list[int], back: int
) -> None:
    project, _ = study(tmp_path_factory.mktemp("any") / "study.ikt")
    states = [(last_seq(project), dump(project.path))]
    for number in acts:
        try:
            ACTS[number](project)
        except UserError:
            continue
        states.append((last_seq(project), dump(project.path)))
    seq, then = states[back % len(states)]
    end = dump(project.path)
    project.history.go_back_to(seq)
    assert dump(project.path) == then
    if then != end:
        project.history.undo()
    assert dump(project.path) == end
    assert project.safety.check().sound
    project.close()
