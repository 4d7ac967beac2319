"""Settling differences: what is offered, what is asked, and what it makes of the Consensus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.core.errors import NotAllowed, NotFound, UserError
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    NoteKind,
    ReasonCategory,
)
from ikt_coder.core.span import Span
from ikt_coder.core.words import DocumentStatus, Valence, Whose
from ikt_coder.services.settling_rows import Edges, ItemState
from ikt_coder.services.strategies import Strategy
from tests.services.settling.desk import Desk

Make = Callable[..., Desk]
B, F = Valence.BARRIER, Valence.FACILITATOR


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Desk] = []

    def one(*args: Any, **options: Any) -> Desk:
        made.append(Desk(tmp_path / f"study{len(made)}.ikt", *args, **options))
        return made[-1]

    yield one
    for desk in made:
        desk.close()


MATCH = [(0, 0, 0, 10, 30), (1, 0, 0, 10, 30)]
BOUNDARY = [(0, 0, 0, 10, 30), (1, 0, 0, 15, 32)]
OTHER = [(0, 0, 0, 10, 30), (1, 0, 1, 10, 30)]
ALONE = [(0, 0, 0, 10, 30)]
DIRECTION = [(0, 0, 0, 10, 30, B), (1, 0, 0, 10, 30, F)]
SPLIT = [(0, 0, 0, 10, 40), (1, 0, 0, 10, 24), (1, 0, 0, 26, 40)]


@pytest.mark.parametrize(
    ("marks", "kind", "keys", "results"),
    [
        (MATCH, DifferenceKind.MATCH, "1Z", [{(10, 30, 0)}, set()]),
        (
            BOUNDARY,
            DifferenceKind.BOUNDARY,
            "12TIZ",
            [{(10, 30, 0)}, {(15, 32, 0)}, {(10, 32, 0)}, {(15, 30, 0)}, set()],
        ),
        (
            OTHER,
            DifferenceKind.DIFFERENT_CODE,
            "12TZ",
            [{(10, 30, 0)}, {(10, 30, 1)}, {(10, 30, 0), (10, 30, 1)}, set()],
        ),
        (ALONE, DifferenceKind.ONE_SIDE, "12", [{(10, 30, 0)}, set()]),
        (DIRECTION, DifferenceKind.ATTRIBUTE, "12TZ", [{(10, 30, 0)}] * 3 + [set()]),
        (
            SPLIT,
            DifferenceKind.SPLIT,
            "12TZ",
            [{(10, 40, 0)}, {(10, 24, 0), (26, 40, 0)}, {(10, 40, 0)}, set()],
        ),
    ],
)
def test_what_is_offered_by_class(
    make: Make,
    marks: list[Any],
    kind: DifferenceKind,
    keys: str,
    results: list[set[tuple[int, int, int]]],
) -> None:
    desk = make(marks)
    item = desk.of_kind(kind)
    offered = desk.project.reconciliation.choices(item)
    assert "".join(choice.key for choice in offered) == keys
    for choice, result in zip(offered, results, strict=True):
        desk.choose(item, choice.key, reason="so")
        assert {coding[:3] for coding in desk.consensus()} == result
        assert desk.settled() == {0}


def test_together_two_directions_are_mixed(make: Make) -> None:
    desk = make(DIRECTION)
    item = desk.of_kind(DifferenceKind.ATTRIBUTE)
    desk.choose(item, "T")
    assert desk.consensus() == {(10, 30, 0, "mixed")}
    desk.choose(item, "2", valence=None)
    assert desk.consensus() == {(10, 30, 0, None)}


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (DecisionKind.NEITHER, {}),
        (DecisionKind.DEFER, {}),
        (DecisionKind.UNCLEAR, {"category": ReasonCategory.DEFINITION}),
    ],
)
def test_a_reason_is_asked_for(make: Make, kind: DecisionKind, options: Any) -> None:
    desk = make(OTHER)
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    with pytest.raises(UserError, match=r"reason|unclear"):
        desk.project.reconciliation.decide(item.id, desk.round, kind, **options)
    assert desk.decisions() == 0
    with pytest.raises(UserError, match="needs a reason"):
        desk.project.reconciliation.other_code(item.id, desk.round, desk.team.codes[2])


def test_a_category_alone_is_a_reason(make: Make) -> None:
    desk = make(OTHER)
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    desk.project.reconciliation.other_code(
        item.id, desk.round, desk.team.codes[2], category=ReasonCategory.OVERSIGHT
    )
    assert desk.consensus() == {(10, 30, 2, None)}
    (logged,) = desk.project.reconciliation.log(desk.round)
    assert logged.decision.category is ReasonCategory.OVERSIGHT
    assert logged.decision.present == (desk.coders[0],)
    assert [(coder, s.span) for coder, s in logged.before] == [
        (desk.coders[0], Span(10, 30)),
        (desk.coders[1], Span(10, 30)),
    ]


def test_an_unclear_codebook_becomes_a_question_at_the_code(make: Make) -> None:
    desk = make(OTHER)
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    desk.project.reconciliation.decide(
        item.id, desk.round, DecisionKind.UNCLEAR, reason="Does a phone call count?"
    )
    (memo,) = desk.project.memos.on(code=desk.team.codes[0])
    assert memo.ask
    assert memo.text == "Does a phone call count?"
    assert desk.of_kind(DifferenceKind.DIFFERENT_CODE).state is ItemState.UNCLEAR
    desk.project.history.undo()
    assert desk.project.memos.on(code=desk.team.codes[0]) == ()
    assert desk.of_kind(DifferenceKind.DIFFERENT_CODE).state is ItemState.OPEN


def test_edges_of_their_own_and_what_a_coding_carries(make: Make) -> None:
    desk = make(BOUNDARY)
    rec = desk.project.reconciliation
    item = desk.of_kind(DifferenceKind.BOUNDARY)
    said = {"span": Span(12, 31), "valence": F, "strength": 2}
    rec.decide(item.id, desk.round, DecisionKind.EDGES, **said)
    assert desk.consensus() == {(12, 31, 0, "facilitator")}
    rec.decide(item.id, desk.round, DecisionKind.KEEP, side=1, edges=Edges.INTERSECTION)
    assert desk.consensus() == {(15, 30, 0, None)}
    for wrong in (Span(12, 12), Span(10, 5000)):
        with pytest.raises(UserError):
            rec.decide(item.id, desk.round, DecisionKind.EDGES, span=wrong)
    with pytest.raises(UserError, match="Say whose"):
        rec.decide(item.id, desk.round, DecisionKind.KEEP)
    with pytest.raises(NotFound):
        rec.decide(desk.round, desk.round, DecisionKind.KEEP, side=0)


def test_what_nobody_has_in_common_is_no_edge(make: Make) -> None:
    desk = make([(0, 0, 0, 10, 20), (1, 0, 0, 14, 24), (2, 0, 0, 19, 28)], coders=3)
    item = next(i for i in desk.items() if len(i.sides[0].segments))
    if item.kind is DifferenceKind.BOUNDARY:
        assert "I" in {c.key for c in desk.project.reconciliation.choices(item)}
    other = make(OTHER)
    item = other.of_kind(DifferenceKind.DIFFERENT_CODE)
    with pytest.raises(UserError, match="Say which code"):
        other.project.reconciliation.decide(item.id, other.round, DecisionKind.EDGES)


def test_the_last_difference_takes_the_matches_along(make: Make) -> None:
    desk = make(documents=2)
    rec = desk.project.reconciliation
    for item in desk.items(kinds={*DifferenceKind} - {DifferenceKind.MATCH}):
        assert desk.settled() <= {1}
        desk.choose(item, "1")
    assert desk.settled() == {0, 1}, "nobody coded anything in the second"
    match = desk.of_kind(DifferenceKind.MATCH)
    assert match.state is ItemState.SETTLED
    assert match.decision is not None
    assert match.decision.in_bulk
    progress = rec.progress(desk.round)
    assert (progress.agreed, progress.agreed_accepted, progress.total, progress.left) == (
        1,
        1,
        4,
        0,
    )
    assert progress.ways == {DecisionKind.KEEP: 4}
    document = desk.project.documents.get(desk.document)
    assert document.status is DocumentStatus.CODED
    desk.project.history.undo()
    assert desk.settled() == {1}
    assert desk.of_kind(DifferenceKind.MATCH).state is ItemState.OPEN


def test_matches_can_be_accepted_at_once(make: Make) -> None:
    desk = make([*MATCH, (0, 1, 0, 5, 20), (1, 1, 0, 5, 21)], documents=2)
    assert desk.project.reconciliation.accept_matches(desk.round, [desk.document]) == 1
    assert desk.settled() == {0}
    assert desk.project.reconciliation.accept_matches(desk.round) == 1
    assert desk.settled() == {0, 1}
    assert desk.consensus(1) == {(5, 21, 0, None)}, "the edges of matches are taken together"
    assert desk.project.reconciliation.accept_matches(desk.round) == 0
    desk.project.history.undo()
    assert desk.settled() == {0}


def test_keeping_all_of_one_coder_gives_what_they_had(make: Make) -> None:
    desk = make()
    for item in desk.items():
        if item.kind is not DifferenceKind.MATCH:
            desk.project.reconciliation.decide(
                item.id, desk.round, DecisionKind.KEEP, kept=desk.coders[1]
            )
    (snapshot,) = [
        row
        for row in desk.project.rounds.snapshots(desk.round)
        if row.coder == desk.coders[1] and row.document == desk.document
    ]
    frozen = snapshot.codings
    numbers = {key: at for at, key in enumerate(desk.team.codes)}
    had = zip(frozen.starts, frozen.ends, frozen.codes, strict=True)
    assert {c[:3] for c in desk.consensus()} == {(s, e, numbers[c]) for s, e, c in had}
    sight = desk.project.sight.of(desk.document, Whose.LAYER)
    assert sight.consensus


def test_own_codings_are_never_altered(make: Make) -> None:
    desk = make()
    own = desk.own()
    rec = desk.project.reconciliation
    rec.accept_matches(desk.round)
    rec.accept_boundaries(desk.round)
    rec.accept_proposals(desk.round, Strategy.union(1))
    assert rec.progress(desk.round).left == 0
    for item in desk.items():
        rec.withdraw(item.id, desk.round)
    assert desk.own() == own
    assert desk.consensus() == set()


def test_bulk_gives_what_item_by_item_gives(make: Make) -> None:
    marks = [*BOUNDARY, (0, 0, 1, 50, 70), (1, 0, 1, 52, 78), (0, 0, 2, 90, 99, B)]
    bulk, single = make(marks), make(marks)
    assert bulk.project.reconciliation.accept_boundaries(bulk.round) == 2
    for item in single.items(kinds={DifferenceKind.BOUNDARY}):
        single.choose(item, "T")
    assert bulk.consensus() == single.consensus()
    assert bulk.decisions() == single.decisions() == 2


def test_no_direction_is_settled_in_bulk(make: Make) -> None:
    desk = make([*DIRECTION, (0, 0, 1, 50, 70, B), (1, 0, 1, 52, 78, F)])
    rec = desk.project.reconciliation
    assert rec.accept_boundaries(desk.round) == 0
    assert rec.accept_proposals(desk.round, Strategy.prefer(desk.coders[0])) == 0
    assert len(rec.propose(desk.round, Strategy.prefer(desk.coders[0]))) == 2
    assert desk.decisions() == 0
    with pytest.raises(NotAllowed):
        rec.accept_boundaries(desk.round, Edges.CUSTOM)


def test_strategies_of_three_coders(make: Make) -> None:
    marks = [
        *((n, 0, 0, 10, 30) for n in (0, 1)),  # two of three
        (2, 0, 1, 10, 30),
        (0, 0, 2, 50, 60),  # one alone
        *((n, 0, 0, 70 + n, 90) for n in range(3)),  # edges
    ]
    desk = make(marks, coders=3)
    rec = desk.project.reconciliation
    said = {
        (item.span.start, choice.kind): {(s.span, s.code) for s in choice.result}
        for item, choice in rec.propose(desk.round, Strategy.majority())
    }
    codes = desk.team.codes
    assert said[10, DecisionKind.KEEP] == {(Span(10, 30), codes[0])}
    assert said[50, DecisionKind.KEEP] == set(), "two of three coded nothing there"
    assert rec.accept_proposals(desk.round, Strategy.majority()) == len(said)
    assert {c[:3] for c in desk.consensus()} >= {(10, 30, 0)}
    logged = rec.log(desk.round)
    assert {each.proposed_by for each in logged} <= {"majority", "match"}
    assert all(each.decision.in_bulk for each in logged)


def test_an_adjudicator_sees_no_names(make: Make) -> None:
    desk = make(extra=1)
    rec = desk.project.reconciliation
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    rec.note(item.id, desk.round, NoteKind.COMMENT, "It is about the timetable.")
    rec.defer(item.id, desk.round, reason="we do not agree")
    with pytest.raises(NotAllowed, match="waits for Chloe Roy"):
        rec.decide(item.id, desk.round, DecisionKind.KEEP, side=0)
    assert "Chloe Roy" in rec.may_decide(desk.of_kind(DifferenceKind.DIFFERENT_CODE))
    desk.team.sit(2)
    assert rec.adjudicating(desk.round)
    seen = desk.items()
    assert all(side.coder is None for one in seen for side in one.sides)
    assert {side.label for one in seen for side in one.sides} == {"A", "B"}
    assert all(c.kept is None for one in seen for c in rec.choices(one))
    assert [note.coder for note in rec.notes(item.id, desk.round)] == [None]
    hidden = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    desk.choose(hidden, "1")
    shown = hidden.sides[0].segments[0]
    assert {c[2] for c in desk.consensus()} == {desk.team.codes.index(shown.code)}
    desk.team.sit(0)
    decided = desk.of_kind(DifferenceKind.DIFFERENT_CODE).decision
    assert decided is not None
    assert decided.names_hidden
    kept = desk.coders[0] if shown.code == desk.team.codes[1] else desk.coders[1]
    assert decided.kept == kept, "the log stores the person"
    rec.note(item.id, desk.round, NoteKind.DISSENT, "I still see it otherwise.")
    assert desk.of_kind(DifferenceKind.DIFFERENT_CODE).notes == 2


def test_a_deferral_can_be_withdrawn_by_those_who_deferred(make: Make) -> None:
    desk = make(extra=1)
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    rec = desk.project.reconciliation
    rec.defer(item.id, desk.round, category=ReasonCategory.INTERPRETATION)
    assert rec.progress(desk.round).deferred == 1
    rec.withdraw(item.id, desk.round)
    desk.choose(item, "1")
    assert rec.progress(desk.round).settled == 1


def test_nothing_is_settled_while_a_round_is_sealed(tmp_path: Path) -> None:
    from tests.rounds import blind_team

    team, round_ = blind_team(tmp_path / "study.ikt")
    with pytest.raises(NotAllowed, match="sealed"):
        team.project.reconciliation.items(round_)
    with pytest.raises(NotAllowed, match="sealed"):
        team.project.reconciliation.accept_matches(round_)
    team.close()


def test_sides_can_be_put_first_and_items_sorted(make: Make) -> None:
    desk = make(coders=3)
    second = desk.items(coders=[desk.coders[2], desk.coders[1]])
    assert all([s.coder for s in item.sides][:2] == desk.coders[:0:-1] for item in second)
    assert {item.id for item in second} == {item.id for item in desk.items()}
    longest = [len(item.span) for item in desk.items(order="length")]
    assert longest == sorted(longest, reverse=True)
    for order in ("code", "kind"):
        assert {i.id for i in desk.items(order=order)} == {i.id for i in desk.items()}
    with pytest.raises(ValueError, match="ordered"):
        desk.items(order="colour")
    one = desk.items(codes={desk.team.codes[2]}, states={ItemState.OPEN})
    assert one
    assert all(desk.team.codes[2] in item.codes for item in one)


def test_the_log_names_everybody_to_the_adjudicator_when_all_is_settled(make: Make) -> None:
    desk = make(extra=1)
    rec = desk.project.reconciliation
    item = desk.of_kind(DifferenceKind.DIFFERENT_CODE)
    rec.defer(item.id, desk.round, reason="we do not agree")
    desk.team.sit(2)
    assert {each.decision.coder for each in rec.log(desk.round)} == {None}
    desk.choose(desk.of_kind(DifferenceKind.DIFFERENT_CODE), "1")
    desk.team.sit(0)
    for one in desk.items():
        if one.state is ItemState.OPEN and one.kind is not DifferenceKind.MATCH:
            desk.choose(one, "1")
    desk.team.sit(2)
    assert {each.decision.coder for each in rec.log(desk.round)} == set(desk.team.coders[0:3:2])
