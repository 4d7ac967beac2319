"""Decisions of copies: brought back, united, and clashing where they say different things."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundMode
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Valence
from ikt_coder.services.project import Project
from ikt_coder.services.settling_rows import ItemState
from tests.rounds import Team
from tests.services.settling.desk import Desk


def layer(project: Project, document: object) -> set[tuple[int, int, str]]:
    rows = project.codings.in_document(document, None, Layer.CONSENSUS)  # type: ignore[arg-type]  # a UUID
    return {(row.span.start, row.span.end, row.code.hex) for row in rows}


def test_what_was_verified_in_a_copy_comes_back(tmp_path: Path) -> None:
    team = Team(tmp_path / "study.ikt", 2, 1)
    round_ = team.round(RoundMode.VERIFY)
    document = team.documents[0]
    team.code(0, 0, 0, "She phoned me before the third meeting.")
    team.code(0, 0, 1, "what a partner does")
    team.finish(round_, [0])
    team.sit(0)
    path = tmp_path / "copy.ikt"
    team.project.copies.make(team.coders[1], path, round_)
    copy = Project.open(path)
    assert copy.coder == team.coders[1]
    first, second = copy.verification.items(round_)
    copy.verification.judge(first.id, round_, DecisionKind.ACCEPT)
    copy.verification.judge(second.id, round_, DecisionKind.CHANGE_CODE, code=team.codes[2])
    copy.verification.add_missed(round_, document, Span(5, 15), team.codes[0])
    copy.verification.mark_checked(round_, document)
    made = layer(copy, document)
    assert len(made) == 3
    copy.close()

    team.project.merging.apply(path)
    assert layer(team.project, document) == made
    assert document in team.project.reconciliation.consensus_state().settled
    rates = team.project.verification.rates(round_)
    assert (rates.accepted, rates.code_changed, rates.added, rates.left) == (1, 1, 1, 0)
    team.project.history.undo()
    assert layer(team.project, document) == set()
    assert all(i.state is ItemState.OPEN for i in team.project.verification.items(round_))
    assert len(team.project.verification.items(round_)) == 2
    team.project.history.redo()
    assert layer(team.project, document) == made
    assert team.project.safety.check().sound
    team.close()


def test_two_projects_that_settled_apart_say_the_same_in_either_order(tmp_path: Path) -> None:
    """The whole project was copied as a file, and both went on settling."""
    desk = Desk(tmp_path / "one.ikt")
    document, round_ = desk.document, desk.round
    desk.project.safety.save_copy(tmp_path / "two.ikt")
    desk.close()
    paths = [tmp_path / "one.ikt", tmp_path / "two.ikt"]
    for number, path in enumerate(paths):
        project = Project.open(path)
        rec = project.reconciliation
        items = {item.kind: item for item in rec.items(round_)}
        rec.decide(
            items[DifferenceKind.BOUNDARY].id, round_, DecisionKind.KEEP, side=0
        )  # both alike
        rec.decide(  # each otherwise
            items[DifferenceKind.DIFFERENT_CODE].id, round_, DecisionKind.KEEP, side=number
        )
        if number:
            rec.accept_matches(round_)  # one alone
        project.close()
    ends = []
    for here, there in (paths, paths[::-1]):
        path = tmp_path / f"from {here.name}"
        project = Project.open(here)
        project.safety.save_copy(path)
        project.close()
        project = Project.open(path)
        project.merging.apply(there)
        states = {item.kind: item.state for item in project.reconciliation.items(round_)}
        assert states[DifferenceKind.BOUNDARY] is ItemState.SETTLED
        assert states[DifferenceKind.DIFFERENT_CODE] is ItemState.CLASH
        assert states[DifferenceKind.MATCH] is ItemState.SETTLED
        ends.append(layer(project, document))
        assert len(ends[-1]) == 2
        project.close()
    assert ends[0] == ends[1]


@pytest.mark.parametrize("again", [1, 2])
def test_bringing_the_same_in_twice_changes_nothing(tmp_path: Path, again: int) -> None:
    desk = Desk(tmp_path / "one.ikt")
    other = tmp_path / "two.ikt"
    desk.project.safety.save_copy(other)
    copy = Project.open(other)
    copy.reconciliation.accept_matches(desk.round)
    copy.close()
    desk.project.merging.apply(other)
    after = desk.consensus(), desk.decisions()
    assert after[1] == 1
    for _ in range(again):
        desk.project.merging.apply(other)
    assert (desk.consensus(), desk.decisions()) == after
    desk.check()
    desk.close()


def test_codes_merged_in_another_copy_are_merged_in_the_consensus(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "one.ikt", [(0, 0, 0, 10, 30), (1, 0, 1, 10, 30)])
    other = tmp_path / "two.ikt"
    desk.project.safety.save_copy(other)
    desk.choose(desk.of_kind(DifferenceKind.DIFFERENT_CODE), "T")
    copy = Project.open(other)
    copy.codes.merge([desk.team.codes[1]], desk.team.codes[0])
    copy.close()
    assert len(desk.consensus()) == 2
    desk.project.merging.apply(other)
    assert desk.consensus() == {(10, 30, 0, None)}
    desk.check()
    assert desk.project.safety.check().sound
    desk.project.history.undo()
    assert len(desk.consensus()) == 2
    desk.close()


def test_a_theme_of_settled_codings_comes_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "one.ikt", [(0, 0, 0, 10, 30), (1, 0, 0, 15, 32)])
    (coding,) = desk.project.codings.in_document(desk.document, desk.coders[0])
    theme = desk.project.themes.add("Being called")
    desk.project.themes.add_codings(theme, coding.id)
    other = tmp_path / "two.ikt"
    desk.project.safety.save_copy(other)
    copy = Project.open(other)
    (item,) = copy.reconciliation.items(desk.round)
    copy.reconciliation.decide(item.id, desk.round, DecisionKind.KEEP, side=1)
    (settled,) = copy.themes.codings(theme)
    copy.close()
    desk.project.merging.apply(other)
    (row,) = desk.project.themes.codings(theme)
    assert row.passage.coding.id == settled.passage.coding.id
    assert desk.project.safety.check().sound
    desk.project.merging.apply(other)
    assert len(desk.project.themes.codings(theme)) == 1
    desk.close()


def test_a_clash_of_codings_that_a_theme_holds(tmp_path: Path) -> None:
    """What another copy gathered of its Consensus goes with it where the decisions clash."""
    marks = [(0, 0, 0, 10, 30, Valence.BARRIER), (1, 0, 1, 10, 30, Valence.FACILITATOR)]
    desk = Desk(tmp_path / "one.ikt", marks)
    other = tmp_path / "two.ikt"
    desk.project.safety.save_copy(other)
    desk.choose(desk.of_kind(DifferenceKind.DIFFERENT_CODE), "1")
    copy = Project.open(other)
    (item,) = copy.reconciliation.items(desk.round)
    copy.reconciliation.decide(item.id, desk.round, DecisionKind.KEEP, side=1)
    (settled,) = copy.codings.in_document(desk.document, None, Layer.CONSENSUS)
    theme = copy.themes.add("Being called")
    copy.themes.add_codings(theme, settled.id)
    copy.close()
    desk.project.merging.apply(other)
    assert desk.of_kind(DifferenceKind.DIFFERENT_CODE).state is ItemState.CLASH
    assert desk.consensus() == set()
    assert desk.settled() == set()
    assert desk.project.themes.codings(theme) == ()
    assert desk.project.safety.check().sound
    desk.check()
    desk.close()
