"""Coding in rounds: finishing freezes, reopening is logged, unsealing opens for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.ids import derived_id
from ikt_coder.core.ops import Op
from ikt_coder.core.rounds import AssignmentStatus, RoundEventKind, RoundMode, Scope, Task, Unit
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import DocumentStatus, Valence
from ikt_coder.model import Settled
from ikt_coder.services.base import add_row
from ikt_coder.services.project import Project
from tests.rounds import Team
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


def settle(team: Team, document: UUID) -> None:
    """Mark a document as settled, as settling its last difference does."""
    with team.project.operation(Op.DECIDE) as op:
        add_row(
            op,
            Settled,
            id=derived_id("settled", document),
            document_id=document,
            round_id=None,
            created=team.project.card.get().created,
        )


def test_a_document_goes_from_assigned_to_finished_and_back(team: Team) -> None:
    key = team.round()
    assert status(team, key, 0, 0) is AssignmentStatus.ASSIGNED
    team.code(0, 0, 0, "I came late")
    assert status(team, key, 0, 0) is AssignmentStatus.IN_PROGRESS
    assert status(team, key, 1, 0) is AssignmentStatus.ASSIGNED
    team.project.rounds.finish(key, team.documents[0])
    assert status(team, key, 0, 0) is AssignmentStatus.FINISHED
    with pytest.raises(UserError, match="why"):
        team.project.rounds.reopen(key, team.documents[0], "  ")
    team.project.rounds.reopen(key, team.documents[0], "forgot the last page")
    assert status(team, key, 0, 0) is AssignmentStatus.IN_PROGRESS
    kinds = [event.kind for event in team.project.rounds.events(key)]
    assert kinds == [RoundEventKind.SET_UP, RoundEventKind.FINISHED, RoundEventKind.REOPENED]
    assert team.project.rounds.events(key)[-1].data == {
        "reason": "forgot the last page",
        "after_unsealing": False,
    }


def test_several_documents_are_finished_in_one_act(team: Team) -> None:
    key = team.round()
    before = team.project.history.all()[0].seq
    team.project.rounds.finish(key, team.documents)
    rows = team.project.history.all()
    assert rows[0].seq == before + 1
    assert rows[0].params["count"] == 2
    team.project.rounds.finish(key, team.documents)
    assert team.project.history.all()[0].seq == before + 1


def test_a_snapshot_holds_what_was_coded_and_can_be_proved(team: Team) -> None:
    key = team.round()
    coding = team.code(0, 0, 1, "I came late", Valence.BARRIER)
    other = team.code(0, 0, 0, "She phoned me")
    team.project.codings.change(other, strength=2)
    team.project.rounds.finish(key, team.documents)
    with_codings, without = team.project.rounds.all_snapshots(key)
    frozen = with_codings.codings
    assert frozen.ids == (other, coding)
    text = team.project.texts.get(team.documents[0])
    assert text[frozen.starts[1] : frozen.ends[1]] == "I came late"
    assert frozen.codes == (team.codes[0], team.codes[1])
    assert frozen.valences == (None, Valence.BARRIER)
    assert frozen.strengths == (2, None)
    assert with_codings.length == len(text)
    assert len(without.codings) == 0


def test_what_was_finished_cannot_be_changed_until_it_is_reopened(team: Team) -> None:
    key = team.round()
    coding = team.code(0, 0, 0, "I came late")
    elsewhere = team.code(0, 1, 0, "I came late")
    team.project.rounds.finish(key, team.documents[0])
    before = dump(team.project.path)
    acts = (
        lambda: team.code(0, 0, 1, "the slides"),
        lambda: team.project.codings.remove(coding),
        lambda: team.project.codings.remove([elsewhere, coding]),
        lambda: team.project.codings.set_valence(coding, Valence.BARRIER),
        lambda: team.project.codings.recode(coding, team.codes[1]),
        lambda: team.project.codings.move_edges(coding, Span(0, 5)),
        lambda: team.project.codes.split(team.codes[0], [coding], "Part"),
        lambda: team.project.codings.apply_new_code(team.documents[0], Span(0, 4), "New"),
    )
    for act in acts:
        with pytest.raises(NotAllowed, match="was finished in Round 1"):
            act()
        assert dump(team.project.path) == before
    team.project.codings.set_valence(elsewhere, Valence.BARRIER)
    team.project.rounds.reopen(key, team.documents[0], "an oversight")
    team.project.codings.remove(coding)


def test_unsealing_waits_for_everybody(team: Team) -> None:
    key = team.round()
    team.differ()
    team.finish(key, [0])
    assert "Beni Kask has 2 documents to finish" in team.project.rounds.may_unseal(key)
    with pytest.raises(NotAllowed, match="Nothing was unsealed"):
        team.project.rounds.unseal(key)
    assert team.project.rounds.counting(key) == ()
    team.finish(key, [1])
    assert team.project.rounds.may_unseal(key) == ""
    team.project.rounds.unseal(key)
    row = team.project.rounds.get(key)
    assert row.unsealed is not None
    assert not row.sealed
    assert len(team.project.rounds.counting(key)) == 4
    assert team.project.rounds.sealed_documents() == frozenset()
    assert "already" in team.project.rounds.may_unseal(key)


def test_nothing_of_others_is_told_before(team: Team) -> None:
    key = team.round()
    team.differ()
    team.finish(key)
    team.sit(0)
    rows = team.project.rounds.assignments(key)
    assert {row.codings for row in rows if row.coder == team.coders[1]} == {None}
    assert {row.coder for row in team.project.rounds.all_snapshots(key)} == {team.coders[0]}
    told = repr([event.data for event in team.project.rounds.events(key)])
    assert "codings" not in told
    assert "count" not in told
    team.project.rounds.unseal(key)
    rows = team.project.rounds.assignments(key)
    assert [row.codings for row in rows] == [4, 4, 0, 0]
    assert {row.coder for row in team.project.rounds.all_snapshots(key)} == set(team.coders)


def test_unsealing_freezes_units_and_scope(tmp_path: Path) -> None:
    team = Team(tmp_path / "units.ikt", documents=1)
    try:
        key = team.round(unit=Unit.SENTENCES, scope=Scope.RESPONDENTS)
        team.finish(key)
        team.project.rounds.unseal(key)
        (ground,) = team.project.rounds.ground(key).values()
        text = team.project.texts.get(team.documents[0])
        assert "I came late, and the meetings were always at two." in [
            text[a:b] for a, b in ground.units or ()
        ]
        said = "".join(text[a:b] for a, b in ground.scope or ())
        assert "She phoned me" in said
        assert "And what got in the way?" not in said
    finally:
        team.close()


def test_a_text_mended_between_two_finishings_is_known_by_its_edits(team: Team) -> None:
    key = team.round()
    team.code(0, 0, 0, "I came late")
    team.finish(key, [0])
    team.project.texts.mend(team.documents[0], [TextEdit(0, "Interviewer", "Host")])
    team.code(1, 0, 0, "I came late")
    team.finish(key, [1])
    team.project.rounds.unseal(key)
    first, second = (
        row for row in team.project.rounds.snapshots(key) if row.document == team.documents[0]
    )
    assert first.edits == ()
    assert second.edits == team.project.texts.marks(team.documents[0])
    assert first.codings.starts[0] == second.codings.starts[0] + 7
    ground = team.project.rounds.ground(key)[team.documents[0]]
    assert ground.edits == second.edits
    assert ground.length == second.length == first.length - 7


def test_who_has_begun_stays_until_the_others_have_finished(team: Team) -> None:
    key = team.round()
    team.code(1, 0, 0, "I came late")
    team.sit(0)
    with pytest.raises(NotAllowed, match="has begun"):
        team.project.rounds.unassign(key, team.coders[1], [team.documents[0]])
    team.project.rounds.unassign(key, team.coders[1], [team.documents[1]])
    assert team.project.rounds.sealed_documents() == {team.documents[0]}
    team.project.rounds.assign(key, team.coders[1], [team.documents[1]])
    assert team.project.rounds.sealed_documents() == set(team.documents)
    team.finish(key, [0])
    team.project.rounds.unassign(key, team.coders[1], [team.documents[0]])
    kinds = [event.kind for event in team.project.rounds.events(key)]
    assert kinds.count(RoundEventKind.UNASSIGNED) == 2
    assert kinds.count(RoundEventKind.ASSIGNED) == 1


def test_who_could_have_looked_does_not_code_blind(team: Team) -> None:
    key = team.round()
    team.code(1, 0, 0, "I came late")
    team.sit(0)
    team.project.rounds.unassign(key, team.coders[0], [team.documents[0]])
    assert team.project.sight.coders(team.documents[0]) >= {team.coders[1]}
    with pytest.raises(NotAllowed, match="could see"):
        team.project.rounds.assign(key, team.coders[0], [team.documents[0]])


def test_nobody_is_assigned_to_what_is_open_or_outside(tmp_path: Path) -> None:
    team = Team(tmp_path / "three.ikt", coders=3, documents=2)
    try:
        key = team.round(coders=tuple(team.coders[:2]), documents=(team.documents[0],))
        with pytest.raises(NotAllowed, match="locked"):
            team.project.rounds.assign(key, team.coders[2], [team.documents[1]])
        team.project.rounds.assign(key, team.coders[2], [team.documents[0]])
        team.finish(key)
        team.project.rounds.unseal(key)
        more = team.project.coders.add("Late Comer")
        with pytest.raises(NotAllowed, match="not blind"):
            team.project.rounds.assign(key, more, [team.documents[0]])
    finally:
        team.close()


def test_the_rest_waits_for_the_first_to_be_settled(tmp_path: Path) -> None:
    team = Team(tmp_path / "first.ikt", documents=3)
    try:
        key = team.round(first=1)
        duty = team.project.rounds.duty(team.documents[1])
        assert duty is not None
        assert duty.waiting
        with pytest.raises(NotAllowed, match="waits in Round 1"):
            team.code(0, 1, 0, "I came late")
        with pytest.raises(NotAllowed, match="waits in Round 1"):
            team.project.rounds.finish(key, team.documents)
        for number in (0, 1):
            team.code(number, 0, 0, "I came late")
            team.project.rounds.finish(key, team.documents[0])
        team.project.rounds.unseal(key)
        row = team.project.rounds.get(key)
        assert row.unsealed is not None
        assert row.sealed
        assert team.project.rounds.sealed_documents() == set(team.documents[1:])
        settle(team, team.documents[0])
        team.code(0, 1, 0, "I came late")
        team.finish(key)
        team.project.rounds.unseal(key)
        assert not team.project.rounds.get(key).sealed
        assert len(team.project.rounds.counting(key)) == 6
    finally:
        team.close()


def test_verifying_leaves_no_snapshot(team: Team) -> None:
    key = team.round(RoundMode.VERIFY)
    team.code(0, 0, 0, "I came late")
    team.finish(key)
    assert {row.coder for row in team.project.rounds.all_snapshots(key)} == {team.coders[0]}
    assert team.project.rounds.sealed_documents() == frozenset()
    assert "nothing to unseal" in team.project.rounds.may_unseal(key)
    duty = team.project.rounds.duty(team.documents[0])
    assert duty is not None
    assert (duty.task, duty.status) == (Task.VERIFY, AssignmentStatus.FINISHED)


def test_nobody_has_verified_what_is_not_finished(team: Team) -> None:
    key = team.round(RoundMode.VERIFY)
    team.sit(1)
    with pytest.raises(NotAllowed, match="Amara Okafor has not finished"):
        team.project.rounds.finish(key, team.documents[0])
    team.finish(key, [0])
    team.sit(1)
    team.project.verification.mark_checked(key, team.documents[0])
    duty = team.project.rounds.duty(team.documents[0])
    assert duty is not None
    assert duty.status is AssignmentStatus.IN_PROGRESS
    team.project.rounds.finish(key, team.documents[0])


def test_in_open_coding_finishing_freezes_nothing(team: Team) -> None:
    key = team.round(RoundMode.OPEN)
    team.finish(key)
    team.code(0, 0, 0, "I came late")
    assert not team.project.rounds.get(key).sealed


def test_sitting_down_in_a_sealed_round_is_logged(team: Team) -> None:
    third = team.project.coders.add("Visitor")
    team.project.coders.switch(third)
    team.sit(0)
    key = team.round()
    team.sit(1)
    team.project.coders.switch(third)
    switched = [
        (event.data["before"], event.coder)
        for event in team.project.rounds.events(key)
        if event.kind is RoundEventKind.SWITCHED
    ]
    assert switched == [
        (team.coders[0].hex, team.coders[1]),
        (team.coders[1].hex, third),
    ]
    assert team.project.rounds.participates(team.coders[0])
    assert not team.project.rounds.participates(third)


def test_who_sits_down_after_a_pause_is_logged_too(tmp_path: Path) -> None:
    team = Team(tmp_path / "paused.ikt")
    key = team.round()
    team.code(0, 0, 0, "I came late")
    coders = team.coders
    team.close()
    project = Project.open(tmp_path / "paused.ikt")
    try:
        project.coder = None  # nobody has said yet who they are
        project.coders.switch(coders[0])
        assert len(project.rounds.events(key)) == 1
        project.coder = None
        project.coders.switch(coders[1])
        event = project.rounds.events(key)[-1]
        assert (event.kind, event.coder) == (RoundEventKind.SWITCHED, coders[1])
        assert event.data["before"] == coders[0].hex
    finally:
        project.close()


def test_two_rounds_have_two_names(team: Team) -> None:
    team.round(documents=(team.documents[0],))
    with pytest.raises(UserError, match="already"):
        team.round(documents=(team.documents[1],), name="ROUND 1")
    other = team.round(documents=(team.documents[1],), name="Pilot")
    with pytest.raises(UserError, match="already"):
        team.project.rounds.rename(other, name="Round 1")


def test_codes_made_in_a_sealed_round_are_proposals(team: Team) -> None:
    key = team.round()
    made = team.project.codes.add("Fatigue")
    team.sit(1)
    assert made not in {row.id for row in team.project.codes.all()}
    team.project.codebook_versions.keep("while sealed")
    assert len(team.project.codebook_versions.all()) == 1
    team.finish(key)
    team.project.rounds.unseal(key)
    assert made in {row.id for row in team.project.codes.all()}
    (opened,) = (event for event in team.project.rounds.events(key) if "proposals" in event.data)
    assert opened.data["proposals"] == [made.hex]
    assert len(team.project.codebook_versions.all()) == 2


def test_codes_that_others_may_use_are_not_taken_from_them(team: Team) -> None:
    key = team.round()
    team.code(1, 0, 0, "I came late")
    team.sit(0)
    for act in (
        lambda: team.project.codes.delete(team.codes[0]),
        lambda: team.project.codes.delete(team.codes[2]),
        lambda: team.project.codes.merge([team.codes[1]], team.codes[2]),
    ):
        with pytest.raises(NotAllowed, match="while Round 1 is sealed"):
            act()
    own = team.project.codes.add("Fatigue")
    team.project.codes.delete(own)
    team.finish(key)
    team.project.rounds.unseal(key)
    team.project.codes.merge([team.codes[1]], team.codes[2])


def test_documents_are_coded_when_a_round_is_unsealed(team: Team) -> None:
    key = team.round()
    team.differ()
    assert team.project.documents.get(team.documents[0]).lead_coder is None
    team.finish(key)
    team.project.rounds.unseal(key)
    row = team.project.documents.get(team.documents[0])
    assert row.status is DocumentStatus.CODED
    assert row.lead_coder == team.coders[0]


def test_a_round_is_renamed_and_nothing_else(team: Team) -> None:
    key = team.round()
    team.project.rounds.rename(key, name="Pilot", note="two interviews")
    row = team.project.rounds.get(key)
    assert (row.name, row.note) == ("Pilot", "two interviews")
    team.project.history.undo()
    assert team.project.rounds.get(key).name == "Round 1"
