"""What a round keeps: nothing that was frozen moves, whatever is undone, deleted or gone back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import UndoRefused
from ikt_coder.core.rounds import AssignmentStatus
from ikt_coder.core.words import Valence
from ikt_coder.services.project import Project
from tests.rounds import Team, blind_team
from tests.studies import dump


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path / "study.ikt")
    yield team
    team.close()


def status(team: Team, round_: UUID, coder: int, document: int) -> AssignmentStatus:
    (found,) = (
        row.status
        for row in team.project.rounds.assignments(round_)
        if (row.coder, row.document) == (team.coders[coder], team.documents[document])
    )
    return found


def test_a_snapshot_that_was_tampered_with_is_found(tmp_path: Path) -> None:
    team, _ = blind_team(tmp_path / "study.ikt")
    assert team.project.safety.check().findings == ()
    team.close()
    driver = sqlite3.connect(tmp_path / "study.ikt")
    (made,) = driver.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'ikt_snapshot_u'"
    ).fetchone()
    driver.execute("DROP TRIGGER ikt_snapshot_u")
    driver.execute("UPDATE snapshot SET codings = replace(codings, '[59,', '[60,')")
    driver.execute(made)
    driver.commit()
    driver.close()
    project = Project.open(tmp_path / "study.ikt")
    try:
        (finding,) = project.safety.check().findings
        assert finding.where == "snapshot"
    finally:
        project.close()


def test_undo_and_redo_do_not_change_what_was_finished(team: Team) -> None:
    key = team.round()
    coding = team.code(0, 0, 0, "I came late")
    team.project.codings.set_valence(coding, Valence.BARRIER)
    team.project.history.undo()
    team.project.rounds.finish(key, team.documents[0])
    before = dump(team.project.path)
    with pytest.raises(UndoRefused, match="was finished"):
        team.project.history.undo()
    with pytest.raises(UndoRefused, match="was finished"):
        team.project.history.redo()
    assert dump(team.project.path) == before


def test_coding_in_another_document_is_undone_as_ever(team: Team) -> None:
    key = team.round()
    team.project.rounds.finish(key, team.documents[0])
    team.code(0, 1, 0, "I came late")
    team.project.history.undo()
    assert team.project.codings.in_document(team.documents[1]) == ()


def test_reliability_stays_with_what_stood_at_unsealing(team: Team) -> None:
    key = team.round()
    team.code(0, 0, 0, "I came late")
    team.finish(key)
    team.sit(0)
    team.project.rounds.reopen(key, team.documents[0], "again")
    team.code(0, 0, 1, "the slides")
    team.finish(key, [0])
    team.project.rounds.unseal(key)
    counting = team.project.rounds.snapshots(key)
    team.project.rounds.reopen(key, team.documents[0], "after talking")
    team.code(0, 0, 2, "She phoned me")
    team.project.rounds.finish(key, team.documents[0])
    assert team.project.rounds.snapshots(key) == counting
    assert len(team.project.rounds.all_snapshots(key)) == len(counting) + 2
    (mine,) = (row for row in counting if row.coder == team.coders[0] and len(row.codings))
    assert len(mine.codings) == 2
    (row,) = (
        row
        for row in team.project.rounds.assignments(key)
        if (row.coder, row.document) == (team.coders[0], team.documents[0])
    )
    assert (row.reopened, row.after_unsealing) == (2, True)


def test_a_document_deleted_after_freezing_keeps_its_records(tmp_path: Path) -> None:
    team, key = blind_team(tmp_path / "study.ikt")
    try:
        team.project.rounds.unseal(key)
        counting = team.project.rounds.counting(key)
        team.project.documents.delete([team.documents[0]])
        assert team.project.rounds.counting(key) == counting
        assert team.documents[0] in team.project.rounds.ground(key)
        assert team.project.rounds.get(key).documents == (team.documents[1],)
        assert team.project.safety.check().findings == ()
    finally:
        team.close()


def test_a_document_deleted_meanwhile_does_not_come_back_open(team: Team) -> None:
    key = team.round()
    team.differ()
    team.finish(key, [1])
    team.sit(0)
    team.project.rounds.finish(key, team.documents[1])
    team.project.documents.delete([team.documents[0]])
    team.project.rounds.unseal(key)
    team.project.history.undo()
    assert team.project.rounds.sealed_documents() == {team.documents[0]}
    assert team.project.sight.coders(team.documents[0]) == {team.coders[0]}
    assert team.project.rounds.get(key).sealed
    team.project.rounds.finish(key, team.documents[0])
    team.project.rounds.unseal(key)
    assert team.project.rounds.sealed_documents() == frozenset()


def test_records_outlive_going_back(team: Team) -> None:
    key = team.round()
    before = team.project.history.all()[0].seq
    team.code(0, 0, 0, "I came late")
    team.project.rounds.finish(key, team.documents[0])
    team.project.history.go_back_to(before)
    assert team.project.codings.in_document(team.documents[0]) == ()
    assert status(team, key, 0, 0) is AssignmentStatus.FINISHED
    (snapshot,) = team.project.rounds.all_snapshots(key)
    assert len(snapshot.codings) == 1
    assert team.project.safety.check().findings == ()
    team.project.history.undo()
    assert len(team.project.codings.in_document(team.documents[0])) == 1


def test_setting_up_is_undone_only_until_somebody_has_worked(team: Team) -> None:
    key = team.round()
    team.project.history.undo()
    assert team.project.rounds.all() == ()
    assert team.project.rounds.sealed_documents() == frozenset()
    team.project.history.redo()
    assert team.project.rounds.get(key).sealed
    team.code(1, 0, 0, "I came late")
    team.sit(0)
    with pytest.raises(UndoRefused, match="Others have coded"):
        team.project.history.undo()
    team.finish(key)
    team.sit(0)
    with pytest.raises(UndoRefused, match="finished"):
        team.project.history.undo()


def test_rounds_are_read_the_same_when_the_file_is_opened_again(tmp_path: Path) -> None:
    team, key = blind_team(tmp_path / "study.ikt")
    team.project.rounds.unseal(key)
    kept = (
        team.project.rounds.all(),
        team.project.rounds.assignments(key),
        team.project.rounds.ground(key),
        team.project.rounds.events(),
    )
    team.close()
    project = Project.open(tmp_path / "study.ikt")
    try:
        project.coders.switch(team.coders[0])
        assert kept == (
            project.rounds.all(),
            project.rounds.assignments(key),
            project.rounds.ground(key),
            project.rounds.events(),
        )
    finally:
        project.close()
