"""Setting a round up: what is drawn, what is locked, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.rounds import Batch, RoundEventKind, RoundMode, Scope, Task, Unit
from ikt_coder.services.round_setup import draw, size_of
from tests.rounds import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path / "study.ikt", documents=4)
    yield team
    team.close()


keys = st.lists(st.uuids(), unique=True, max_size=40)


@given(keys, st.integers(1, 100), st.integers(0, 2**40), st.randoms())
def test_a_seed_draws_the_same_share_whatever_the_order(
    documents: list[UUID], share: int, seed: int, chance: object
) -> None:
    drawn = draw(documents, share, seed)
    shuffled = list(documents)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types it as object
    assert draw(shuffled, share, seed) == drawn
    assert drawn <= set(documents)
    assert len(drawn) == size_of(len(documents), share)


@given(st.integers(1, 1000), st.integers(1, 100))
def test_a_share_is_rounded_and_never_nothing(count: int, share: int) -> None:
    assert max(1, count * share / 100 - 0.5) <= size_of(count, share) <= max(1, count)
    assert abs(size_of(count, share) - count * share / 100) <= max(0.5, 1 - count * share / 100)


def test_a_known_seed_draws_known_documents() -> None:
    documents = [UUID(int=number) for number in range(10)]
    assert sorted(key.int for key in draw(documents, 30, 4711)) == [1, 2, 5]


def test_seeds_draw_differently() -> None:
    documents = [UUID(int=number) for number in range(40)]
    assert len({draw(documents, 25, seed) for seed in range(50)}) > 45


def test_everything_is_locked_and_logged(team: Team) -> None:
    plan = team.plan(
        unit=Unit.FIXED,
        unit_size=40,
        target=0.7,
        overlap=0.6,
        share=50,
        seed=7,
        codes=(team.codes[1],),
    )
    drawn = team.project.rounds.preview(plan)
    key = team.project.rounds.set_up(plan)
    row = team.project.rounds.get(key)
    assert row.documents == drawn
    assert len(drawn) == 2
    assert (row.unit, row.unit_size, row.target, row.overlap) == (Unit.FIXED, 40, 0.7, 0.6)
    assert (row.share, row.seed, row.codes) == (50, 7, (team.codes[1],))
    assert row.coders == tuple(team.coders)
    assert row.sealed
    assert row.unsealed is None
    assert row.codebook_number == 1
    (event,) = team.project.rounds.events(key)
    assert event.kind is RoundEventKind.SET_UP
    assert event.data["documents"] == [document.hex for document in drawn]
    assert event.data["of"] == 4


def test_a_share_without_a_seed_keeps_the_seed_it_took(team: Team) -> None:
    key = team.round(share=25)
    row = team.project.rounds.get(key)
    assert row.seed is not None
    assert team.project.rounds.preview(team.plan(share=25, seed=row.seed)) == row.documents


def test_first_documents_come_before_the_rest(team: Team) -> None:
    key = team.round(RoundMode.VERIFY, first=1)
    rows = team.project.rounds.assignments(key)
    assert {row.document for row in rows if row.batch is Batch.FIRST} == {team.documents[0]}
    assert [row.task for row in rows if row.document == team.documents[0]] == [
        Task.CODE,
        Task.VERIFY,
    ]


def test_a_share_of_a_verified_round_is_coded_blind_by_both(team: Team) -> None:
    key = team.round(RoundMode.VERIFY, first=1, blind_share=33, seed=3)
    rows = team.project.rounds.assignments(key)
    both = {
        document
        for document in team.documents
        if all(row.task is Task.CODE for row in rows if row.document == document)
    }
    assert len(both) == 1
    assert team.documents[0] not in both
    assert team.project.rounds.sealed_documents() == both


def test_nobody_codes_an_interview_of_their_own(team: Team) -> None:
    people = {row.label: row.id for row in team.project.participants.all()}
    team.project.coders.change(team.coders[1], participant=people["P01"])
    assert team.project.coders.get(team.coders[1]).participant == people["P01"]
    with pytest.raises(UserError, match="interview of their own"):
        team.round()
    key = team.round(RoundMode.OPEN)
    coders = {row.coder for row in team.project.rounds.assignments(key)}
    assert coders == {team.coders[0]}
    with pytest.raises(NotAllowed, match="nobody codes an interview of their own"):
        team.project.rounds.assign(key, team.coders[1], [team.documents[0]])


def test_a_selection_is_what_a_code_marks(team: Team) -> None:
    with pytest.raises(UserError, match="marks nothing"):
        team.round(scope=Scope.SELECTION, selection_code=team.codes[0])
    team.code(0, 0, 0, "And what got in the way?")
    key = team.round(scope=Scope.SELECTION, selection_code=team.codes[0])
    team.finish(key)
    team.project.rounds.unseal(key)
    ground = team.project.rounds.ground(key)
    text = team.project.texts.get(team.documents[0])
    ((start, end),) = ground[team.documents[0]].scope or ()
    assert text[start:end] == "And what got in the way?"
    assert ground[team.documents[1]].scope == ()


def test_what_cannot_hold_is_refused_and_leaves_nothing(team: Team) -> None:
    good = team.plan()
    for plan in (
        replace(good, coders=(team.coders[0],)),
        replace(good, coders=(team.coders[0], UUID(int=5))),
        replace(good, documents=(UUID(int=5),)),
        replace(good, codes=(UUID(int=5),)),
        replace(good, share=0),
        replace(good, share=101),
        replace(good, first=0),
        replace(good, first=4),
        replace(good, blind_share=10),
        replace(good, unit=Unit.FIXED),
        replace(good, scope=Scope.SELECTION),
        replace(good, target=1.5),
        replace(good, overlap=0.0),
        replace(good, name="x" * 200),
    ):
        with pytest.raises(UserError):
            team.project.rounds.set_up(plan)
    assert team.project.rounds.all() == ()
    assert team.project.rounds.events() == ()
    assert team.project.codebook_versions.all() == ()


def test_a_document_is_sealed_in_one_round_at_a_time(team: Team) -> None:
    key = team.round(documents=(team.documents[0],))
    with pytest.raises(NotAllowed, match="still sealed"):
        team.round(name="Other")
    again = team.round(documents=(team.documents[1],), name="")
    assert team.project.rounds.get(again).name == "Round 2"
    assert team.project.rounds.find("2").id == again
    assert team.project.rounds.find("round 1").id == key


def test_twelve_coders_and_no_more(tmp_path: Path) -> None:
    team = Team(tmp_path / "many.ikt", coders=12, documents=1)
    try:
        key = team.round()
        assert len(team.project.rounds.assignments(key)) == 12
        for number in range(12):
            team.sit(number)
            assert bool(team.project.rounds.may_unseal(key))
            team.project.rounds.finish(key, team.documents[0])
        team.project.rounds.unseal(key)
        assert len(team.project.rounds.counting(key)) == 12
        more = team.project.coders.add("One More")
        with pytest.raises(UserError, match="12 coders"):
            team.round(coders=(*team.coders, more))
    finally:
        team.close()
