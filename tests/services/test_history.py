"""Undo and redo by the rules for two coders, going back, restore points, the undo floor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import Cancelled, UndoRefused, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.words import Valence
from ikt_coder.services.codings import NewCoding
from ikt_coder.services.history import HistoryService
from ikt_coder.services.project import Project
from tests.services.undoing import as_second, last_seq
from tests.studies import dump, span_of, study


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, UUID]]:
    project, talk = study(tmp_path / "study.ikt")
    project.coders.add("Beni Kask")
    yield project, talk
    project.close()


# -- undo and redo ------------------------------------------------------------------------------


def test_acts_are_undone_newest_first_and_redone_in_their_order(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    for name in ("Trust", "Role", "Time"):
        project.codes.add(name)
    for left in (["Trust", "Role"], ["Trust"], []):
        project.history.undo()
        assert [c.name for c in project.codes.all()] == left
    for back in (["Trust"], ["Trust", "Role"], ["Trust", "Role", "Time"]):
        project.history.redo()
        assert [c.name for c in project.codes.all()] == back
    with pytest.raises(UndoRefused, match="nothing to redo"):
        project.history.redo()


def test_changes_say_whether_an_act_was_undone_or_redone(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    undone = project.history.undo()
    assert undone.undone
    assert not undone.redone
    assert undone.kind == Op.ADD_CODE.value
    redone = project.history.redo()
    assert redone.redone
    assert not redone.undone


def test_a_new_act_ends_redo(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    project.history.undo()
    project.codes.add("Role")
    assert project.history.next_redo() is None
    with pytest.raises(UndoRefused):
        project.history.redo()


def test_undo_takes_ones_own_acts_only(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    first = as_second(project)
    theirs = project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    project.coders.switch(first)
    with pytest.raises(UndoRefused) as refused:
        project.history.undo()
    assert project.codings.get(theirs).code == trust
    blocker = next(r for r in project.history.all() if r.seq == refused.value.blocker)
    assert blocker.kind == Op.APPLY_CODE.value
    assert "Trust" in refused.value.what
    assert "History" in refused.value.to_do


def test_undo_passes_over_what_another_coder_did_elsewhere(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Mine")
    first = as_second(project)
    project.codes.add("Theirs")
    project.coders.switch(first)
    project.history.undo()
    assert [c.name for c in project.codes.all()] == ["Theirs"]


def test_an_act_on_the_same_row_blocks_until_it_is_taken_back(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    mine = project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    first = as_second(project)
    project.codes.change(trust, definition="Being believed.")
    project.coders.switch(first)
    project.codings.set_valence(mine, Valence.BARRIER)
    project.history.undo()
    project.history.undo()
    with pytest.raises(UndoRefused) as refused:
        project.history.undo()
    assert refused.value.blocker is not None
    other = next(c.id for c in project.coders.all() if c.id != first)
    project.coders.switch(other)
    project.history.undo()
    project.coders.switch(first)
    project.history.undo()
    assert project.codes.all() == ()


def test_undo_goes_on_after_the_project_was_closed(tmp_path: Path) -> None:
    project, talk = study(tmp_path / "study.ikt")
    trust = project.codes.add("Trust")
    before = dump(project.path)
    coding = project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    after = dump(project.path)
    project.close()

    project = Project.open(tmp_path / "study.ikt")
    project.history.undo()
    assert dump(project.path) == before
    project.close()

    project = Project.open(tmp_path / "study.ikt")
    project.history.redo()
    assert dump(project.path) == after
    assert project.codings.get(coding).code == trust
    project.close()


def test_the_history_says_what_stands(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    project.codes.add("Role")
    project.history.undo()
    added = {
        str(r.params["name"]): r.stands
        for r in project.history.all()
        if r.kind == Op.ADD_CODE.value and r.seq == r.root
    }
    assert added == {"Trust": True, "Role": False}
    project.history.redo()
    assert all(r.stands for r in project.history.all() if r.kind == Op.ADD_CODE.value)


def test_pages_go_on_where_the_last_one_ended(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    for n in range(7):
        project.codes.add(f"Code {n}")
    whole = [r.seq for r in project.history.all()]
    pages: list[int] = []
    before: int | None = None
    while page := project.history.all(limit=3, before=before):
        pages += [r.seq for r in page]
        before = page[-1].seq
    assert pages == whole == sorted(whole, reverse=True)


def test_a_long_undo_tells_how_far_it_is_and_can_be_cancelled(
    opened: tuple[Project, UUID],
) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    length = project.documents.get(talk).length
    spans = [Span(a, b) for a in range(length - 1) for b in range(a + 1, min(length, a + 9))]
    project.codings.apply_many([NewCoding(talk, span, trust) for span in spans])
    before = dump(project.path)
    acts = len(project.history.all())
    told: list[tuple[int, int]] = []

    with pytest.raises(Cancelled):
        project.history.undo(
            progress=lambda done, whole: told.append((done, whole)),
            cancel=lambda: len(told) >= 2,
        )
    assert len(told) == 2
    assert dump(project.path) == before
    assert len(project.history.all()) == acts

    told.clear()
    project.history.undo(progress=lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1] >= len(spans)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert project.codings.in_document(talk) == ()


# -- restore points -----------------------------------------------------------------------------


def test_a_restore_point_survives_undo_and_brings_its_state_back(
    opened: tuple[Project, UUID],
) -> None:
    project, _ = opened
    project.codes.add("Trust")
    then = dump(project.path)
    project.history.name_restore_point("  Before\n merging ")
    project.codes.add("Role")
    project.history.undo()
    project.history.undo()
    (point,) = project.history.restore_points()
    assert point.name == "Before merging"
    project.history.go_back_to(point.op)
    assert dump(project.path) == then
    assert [p.name for p in project.history.restore_points()] == ["Before merging"]
    flagged = next(r for r in project.history.all() if r.seq == point.op)
    assert flagged.restore_points == ("Before merging",)


def test_an_earlier_act_can_be_named(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    here, then = last_seq(project), dump(project.path)
    project.codes.add("Role")
    project.history.name_restore_point("With trust only", here)
    project.history.go_back_to(project.history.restore_points()[0].op)
    assert dump(project.path) == then


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_restore_point_needs_a_name_of_its_own(opened: tuple[Project, UUID], name: str) -> None:
    project, _ = opened
    with pytest.raises(UserError):
        project.history.name_restore_point(name)
    project.history.name_restore_point("First")
    with pytest.raises(UserError, match="already"):
        project.history.name_restore_point("First")


def test_naming_a_state_is_no_act_to_undo(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    project.history.name_restore_point("Here")
    found = project.history.next_undo()
    assert found is not None
    assert found.kind == Op.ADD_CODE.value


# -- the floor ----------------------------------------------------------------------------------


def test_nothing_below_the_floor_is_undone(opened: tuple[Project, UUID]) -> None:
    project, _ = opened
    project.codes.add("Trust")
    project.history.name_restore_point("Before")
    here = project.history.restore_points()[0].op
    project.codes.add("Undone")
    project.history.undo()
    project.safety.compact()
    before = dump(project.path)
    assert project.history.next_undo() is None
    assert project.history.next_redo() is None
    for act in (project.history.undo, project.history.redo):
        with pytest.raises(UndoRefused):
            act()
    with pytest.raises(UndoRefused, match="compacted"):
        project.history.go_back_to(here)
    assert dump(project.path) == before
    assert not any(r.undoable for r in project.history.all())
    project.codes.add("Role")
    project.history.undo()
    assert [c.name for c in project.codes.all()] == ["Trust"]


def test_the_rows_an_act_touched_show_its_place(opened: tuple[Project, UUID]) -> None:
    project, talk = opened
    trust = project.codes.add("Trust")
    coding = project.codings.apply(talk, span_of(project, talk, "She phoned me"), trust)
    seq = last_seq(project)
    history: HistoryService = project.history
    assert history.touched(seq, "coding") == (coding,)
    assert history.touched(seq, "theme") == ()
