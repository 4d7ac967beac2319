"""Code and verify: the second coder judges what the first one coded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.errors import NotAllowed, UserError
from ikt_coder.core.rounds import DecisionKind, DifferenceKind, RoundMode
from ikt_coder.core.span import Span
from ikt_coder.core.words import Layer, Valence
from ikt_coder.services.settling_rows import Item, ItemState
from tests.rounds import Team


class Check:
    """The first coder has coded three passages; the second one sits at the desk."""

    def __init__(self, path: Path, documents: int = 1, **options: object) -> None:
        self.team = Team(path, 2, documents)
        self.project = self.team.project
        self.round = self.team.round(RoundMode.VERIFY, **options)
        for document in range(documents):
            self.team.code(0, document, 0, "She phoned me before the third meeting.")
            self.team.code(0, document, 1, "what a partner does", Valence.BARRIER)
            self.team.code(0, document, 2, "I came late")

    def finish(self) -> None:
        self.team.finish(self.round, [0])
        self.team.sit(1)

    @property
    def document(self) -> object:
        return self.team.documents[0]

    def items(self) -> tuple[Item, ...]:
        return self.project.verification.items(self.round, self.team.documents[0])

    def consensus(self) -> set[tuple[int, int, int, str | None]]:
        rows = self.project.codings.in_document(self.team.documents[0], None, Layer.CONSENSUS)
        return {
            (
                row.span.start,
                row.span.end,
                self.team.codes.index(row.code),
                row.valence.value if row.valence else None,
            )
            for row in rows
        }

    def settled(self) -> bool:
        return self.team.documents[0] in self.project.reconciliation.consensus_state().settled


@pytest.fixture
def check(tmp_path: Path) -> Iterator[Check]:
    made = Check(tmp_path / "verify.ikt")
    made.finish()
    yield made
    made.team.close()


def test_items_are_the_first_coders_codings(check: Check) -> None:
    items = check.items()
    assert [item.kind for item in items] == [DifferenceKind.FIRST_CODER] * 3
    assert [side.coder for item in items for side in item.sides] == [check.team.coders[0]] * 3
    assert all(item.state is ItemState.OPEN for item in items)


def test_nothing_is_verified_before_the_first_coder_has_finished(tmp_path: Path) -> None:
    made = Check(tmp_path / "verify.ikt")
    made.team.sit(1)
    assert made.items() == ()
    made.team.close()


def test_every_judgement(check: Check) -> None:
    first, second, third = check.items()
    judge, own = (
        check.project.verification.judge,
        check.project.codings.in_document(check.team.documents[0], check.team.coders[0]),
    )
    judge(first.id, check.round, DecisionKind.CHANGE_EDGES, span=Span(60, 80))
    judge(second.id, check.round, DecisionKind.CHANGE_CODE, code=check.team.codes[0])
    judge(third.id, check.round, DecisionKind.REMOVE)
    there = second.sides[0].segments[0].span
    assert check.consensus() == {
        (60, 80, 0, None),
        (there.start, there.end, 0, "barrier"),
    }
    missed = check.project.verification.add_missed(
        check.round, check.team.documents[0], Span(5, 15), check.team.codes[2]
    )
    assert (5, 15, 2, None) in check.consensus()
    items = check.items()
    assert items[-1].id == missed
    assert items[-1].kind is DifferenceKind.MISSED
    assert items[-1].sides[1].segments[0].span == Span(5, 15)
    assert not check.settled(), "nothing is marked as checked yet"
    check.project.verification.mark_checked(check.round, check.team.documents[0])
    assert check.settled()
    assert check.project.codings.in_document(check.team.documents[0], check.team.coders[0]) == own
    rates = check.project.verification.rates(check.round)
    told = (rates.accepted, rates.edges_changed, rates.code_changed, rates.removed, rates.added)
    assert told == (0, 1, 1, 1, 1)
    assert rates.acceptance == 0.0
    assert rates.added_per_document == 1.0
    assert "not independent" in rates.why_no_coefficient
    assert not hasattr(rates, "kappa")


def test_accepting_with_another_direction_is_a_change(check: Check) -> None:
    item = check.items()[1]
    check.project.verification.judge(
        item.id, check.round, DecisionKind.ACCEPT, valence=Valence.FACILITATOR
    )
    decided = check.items()[1].decision
    assert decided is not None
    assert decided.kind is DecisionKind.CHANGE_CODE
    check.project.verification.judge(item.id, check.round, DecisionKind.ACCEPT)
    decided = check.items()[1].decision
    assert decided is not None
    assert decided.kind is DecisionKind.ACCEPT


def test_turn_by_turn(check: Check) -> None:
    document = check.team.documents[0]
    turns = check.project.documents.turns(document)
    counts = [check.project.verification.check_turn(check.round, document, t.id) for t in turns]
    assert sum(counts) == 3
    assert check.settled()
    (row,) = check.project.verification.documents(check.round)
    assert (row.codings, row.judged, row.whole) == (3, 3, True)
    assert row.checked.all
    assert not row.checked.whole
    check.project.history.undo()
    assert not check.settled()
    rates = check.project.verification.rates(check.round)
    assert (rates.turns, rates.turns_checked) == (len(turns), len(turns) - 1)
    check.project.history.redo()
    assert check.settled()
    check.project.verification.mark_checked(check.round, document, turns[0].id, on=False)
    assert not check.settled()


def test_undo_of_an_addition_and_of_a_judgement(check: Check) -> None:
    verification, document = check.project.verification, check.team.documents[0]
    verification.accept_rest(check.round, document)
    item = verification.add_missed(check.round, document, Span(5, 15), check.team.codes[2])
    verification.judge(item, check.round, DecisionKind.CHANGE_EDGES, span=Span(6, 15))
    assert check.items()[-1].sides[1].segments[0].span == Span(6, 15)
    decided = check.items()[-1].decision
    assert decided is not None
    assert decided.kind is DecisionKind.ADD
    check.project.history.undo()
    assert check.items()[-1].sides[1].segments[0].span == Span(5, 15)
    check.project.history.undo()
    assert len(check.items()) == 3
    check.project.history.undo()
    assert check.consensus() == set()
    assert {item.state for item in check.items()} == {ItemState.OPEN}
    check.project.history.redo()
    assert len(check.consensus()) == 3
    verification.withdraw(check.items()[0].id, check.round)
    assert len(check.consensus()) == 2


def test_who_may_judge(check: Check) -> None:
    verification = check.project.verification
    item = check.items()[0]
    check.team.sit(0)
    with pytest.raises(NotAllowed, match="do not verify"):
        verification.judge(item.id, check.round, DecisionKind.ACCEPT)
    with pytest.raises(NotAllowed):
        verification.mark_checked(check.round, check.team.documents[0])
    check.team.sit(1)
    verification.judge(item.id, check.round, DecisionKind.REMOVE, reason="not a role")
    check.team.sit(0)
    verification.judge(item.id, check.round, DecisionKind.ACCEPT, present=check.team.coders)
    decided = check.items()[0].decision
    assert decided is not None
    assert decided.present == tuple(check.team.coders)


def test_what_does_not_fit_is_refused(check: Check) -> None:
    verification = check.project.verification
    item = check.items()[0]
    for kind in (DecisionKind.CHANGE_EDGES, DecisionKind.CHANGE_CODE, DecisionKind.DEFER):
        with pytest.raises(UserError):
            verification.judge(item.id, check.round, kind)
    with pytest.raises(NotAllowed, match="not verified by"):
        verification.judge(item.id, check.round, DecisionKind.KEEP)
    with pytest.raises(NotAllowed):
        verification.add_missed(
            check.round, check.team.documents[0], Span(0, 9000), check.team.codes[0]
        )
    with pytest.raises(NotAllowed):
        check.project.reconciliation.decide(item.id, check.round, DecisionKind.ACCEPT)
    with pytest.raises(NotAllowed, match="page Verify"):
        check.project.reconciliation.decide(item.id, check.round, DecisionKind.KEEP, side=0)


def test_first_documents_are_settled_before_the_rest(tmp_path: Path) -> None:
    team = Team(tmp_path / "batches.ikt", 2, 3)
    round_ = team.round(RoundMode.VERIFY, first=1)
    first = team.documents.index(
        next(
            row.document
            for row in team.project.rounds.assignments(round_)
            if row.batch.value == "first"
        )
    )
    team.code(0, first, 0, "I came late")
    rest = next(n for n in range(3) if n != first)
    with pytest.raises(NotAllowed):
        team.code(0, rest, 0, "I came late")
    team.sit(0)
    team.project.rounds.finish(round_, team.documents[first])
    team.sit(1)
    verification = team.project.verification
    verification.accept_rest(round_, team.documents[first])
    verification.mark_checked(round_, team.documents[first])
    team.code(0, rest, 0, "I came late")
    team.close()


def test_a_blind_share_goes_through_reconciliation(tmp_path: Path) -> None:
    team = Team(tmp_path / "share.ikt", 2, 4)
    round_ = team.round(RoundMode.VERIFY, blind_share=25, seed=3)
    sealed = team.project.rounds.sealed_documents()
    (blind,) = sealed
    number = team.documents.index(blind)
    for coder in (0, 1):
        team.code(coder, number, coder, "I came late")
    team.finish(round_)
    team.sit(0)
    team.project.rounds.unseal(round_)
    items = team.project.reconciliation.items(round_)
    assert [item.kind for item in items] == [DifferenceKind.DIFFERENT_CODE]
    assert {row.document for row in team.project.verification.documents(round_)} == {
        key for key in team.documents if key != blind
    }
    team.close()
